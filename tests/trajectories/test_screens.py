"""The coach's forms: one act a page, in Dutch, and nothing is lost by a wrong one."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.trajectories.making import make_candidate, make_trajectory
from trede.accounts.models import Staff
from trede.audit.models import Line
from trede.contact.links import end_link, make_link
from trede.contact.models import PersonalLink
from trede.inflow.models import Candidate, Stage
from trede.people.consenting import has_consent
from trede.people.models import Purpose
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.trajectories.models import ExemptionNotice, Leaving, Trajectory

LONG_AGO = timedelta(days=60)


def as_(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def sanne(cast: Cast) -> Client:
    return as_(cast.sanne)


@pytest.fixture
def trajectory(cast: Cast, pilot: Pilot) -> Trajectory:
    at = timezone.now() - LONG_AGO
    return make_trajectory(cast, pilot, at=at, name="Geheim")


def url(name: str, *args: object) -> str:
    return reverse(f"trajectories:{name}", args=args)


def today() -> str:
    return timezone.localdate().isoformat()


def test_the_page_shows_plan_clock_and_ladder_and_notes_the_look(sanne, trajectory):
    page = sanne.get(url("trajectory", trajectory.pk))
    text = page.content.decode()
    for words in ("Nog geen doel", "6 maanden", "Geïsoleerd", "Vrijstelling"):
        assert words in text
    line = Line.objects.filter(action="looked at trajectories:trajectory").get()
    assert [m.person_id for m in line.mentions.all()] == [trajectory.person_id]


def test_a_candidate_is_started_by_form(cast, sanne, pilot):
    candidate = make_candidate(cast, pilot, at=timezone.now() - LONG_AGO)
    answer = sanne.post(
        url("start", candidate.pk), {"coach": cast.sanne.pk, "on": today()}
    )
    made = Trajectory.objects.get()
    assert answer.headers["Location"] == url("trajectory", made.pk)


def test_a_goal_that_stands_already_is_the_one_that_can_be_undone(sanne, trajectory):
    for words in ("Fietsen", "Zwemmen"):
        sanne.post(url("set_goal", trajectory.pk), {"words": words})
    first = trajectory.goals.earliest("pk")
    again = sanne.post(url("set_goal", trajectory.pk), {"words": "Fietsen"})
    *_before, said = get_messages(again.wsgi_request)
    assert said.extra_tags == url("take_back_goal", first.pk)


def test_a_goal_and_a_step_are_made_and_kept_up(sanne, trajectory):
    sanne.post(url("set_goal", trajectory.pk), {"words": "Ik wil <b>praten</b>"})
    goal = trajectory.goals.get()
    sanne.post(url("add_step", goal.pk), {"words": "Bellen", "together": "on"})
    step = goal.steps.get()
    sanne.post(url("move_step", step.pk), {"state": "done"})
    text = sanne.get(url("trajectory", trajectory.pk)).content.decode()
    assert "Ik wil &lt;b&gt;praten&lt;/b&gt;" in text
    assert "gelukt" in text


def test_a_day_that_has_passed_does_not_stand_beside_later(sanne, trajectory):
    sanne.post(url("set_goal", trajectory.pk), {"words": "Praten"})
    goal, passed = trajectory.goals.get(), timezone.localdate() - timedelta(days=9)
    sanne.post(
        url("add_step", goal.pk), {"words": "Bellen", "planned_on": passed.isoformat()}
    )
    page = sanne.get(url("trajectory", trajectory.pk)).content.decode()
    told = page.split("Bellen")[1][:300]
    assert "Gepland op" in told and f"{passed:%d-%m-%Y}" in told
    assert "Later" not in told


def test_a_form_that_is_wrong_keeps_what_was_typed(sanne, trajectory):
    wrong = {"from_on": today(), "until_on": "2020-01-01", "reason": "family"}
    page = sanne.post(url("pause", trajectory.pk), wrong)
    text = page.content.decode()
    assert page.status_code == 200
    assert "De laatste dag is vóór de eerste dag" in text
    assert 'value="2020-01-01"' in text
    assert not trajectory.pauses.exists()


def test_a_pause_can_be_undone_from_the_message(sanne, trajectory):
    answer = sanne.post(
        url("pause", trajectory.pk),
        {"from_on": today(), "until_on": "", "reason": "family"},
        follow=True,
    )
    undo = url("take_back_pause", trajectory.pauses.get().pk)
    assert f'action="{undo}"' in answer.content.decode()
    sanne.post(undo)
    assert not trajectory.pauses.standing().exists()


def test_the_ladder_names_the_question_that_is_needed(sanne, trajectory):
    page = sanne.post(
        url("assess", trajectory.pk), {"paid_work": "no", "reference_on": today()}
    )
    assert "Beantwoord ook deze vraag" in page.content.decode()
    answers = {
        "paid_work": "no",
        "unpaid_work": "no",
        "organised_weekly": "yes",
        "growth_potential": "4",
        "reference_on": today(),
    }
    sanne.post(url("assess", trajectory.pk), answers)
    made = trajectory.assessments.get()
    assert (made.tread, made.growth_potential) == (3, 4)


def test_what_was_answered_before_stands_beside_the_ladders_questions(
    sanne, trajectory
):
    answers = {"paid_work": "no", "unpaid_work": "no", "organised_weekly": "yes"}
    sanne.post(url("assess", trajectory.pk), answers | {"reference_on": today()})
    page = sanne.get(url("assess", trajectory.pk)).content.decode()
    day = date.fromisoformat(today()).strftime("%d-%m-%Y")
    assert page.count(f"Op {day} was het antwoord nee.") == 2
    assert page.count(f"Op {day} was het antwoord ja.") == 1
    assert "checked" not in page, "it is asked anew, not taken over"


def test_nonsense_is_refused_in_words(sanne, trajectory):
    for data in ({}, {"reference_on": "yesterday", "paid_work": "perhaps"}):
        page = sanne.post(url("assess", trajectory.pk), data)
        assert page.status_code == 200
    assert not trajectory.assessments.exists()


def test_whoever_hands_over_is_brought_home(cast, sanne, trajectory):
    answer = sanne.post(
        url("hand_over", trajectory.pk),
        {"receiver": cast.willem.pk, "on": today(), "reason": "absent", "note": "x"},
    )
    assert answer.headers["Location"] == reverse("desk:home")
    assert sanne.get(url("trajectory", trajectory.pk)).status_code == 404
    assert as_(cast.willem).get(url("trajectory", trajectory.pk)).status_code == 200


def test_closing_and_opening_the_evaluation(sanne, trajectory):
    sanne.post(
        url("close", trajectory.pk), {"on": today(), "reason": "placed", "note": ""}
    )
    text = sanne.get(url("trajectory", trajectory.pk)).content.decode()
    assert "Heeft een plek gevonden" in text
    choice = {"mode": "alone", "language": "nl", "location": "community_centre"}
    sanne.post(url("open_evaluation", trajectory.pk), choice)
    assert Sitting.objects.get().wave == "T1"


def test_staff_leave_for_somebody_in_two_clicks(sanne, trajectory):
    candidate = trajectory.candidate_id
    text = sanne.get(url("trajectory", trajectory.pk)).content.decode()
    for name in ("stop_with_study", "leave_trajectory"):
        address = url(name, candidate)
        assert f'href="{address}"' in text
        assert sanne.get(address).status_code == 200
        assert not Leaving.objects.filter(kind=name).exists()
        sanne.post(address)
    assert {each.kind for each in Leaving.objects.all()} == {"study", "trajectory"}


def link(cast: Cast, trajectory: Trajectory | Candidate) -> str:
    return make_link(
        person=trajectory.person,
        pilot=trajectory.pilot,
        purpose="leave",
        days=400,
        by=cast.by("sanne"),
        at=timezone.now(),
    )


def test_the_page_of_the_link_shows_two_choices_and_no_name(cast, trajectory):
    token = link(cast, trajectory)
    text = Client().get(url("leave", token)).content.decode()
    assert url("leave_study", token) in text and url("leave_by_link", token) in text
    assert "Nadia" not in text and "Geheim" not in text


def test_looking_at_the_link_changes_nothing(cast, trajectory):
    token, visitor = link(cast, trajectory), Client()
    for name in ("leave", "leave_study", "leave_by_link"):
        assert visitor.get(url(name, token)).status_code == 200
    assert not Leaving.objects.exists()


def test_the_person_stops_with_the_study_through_the_link(cast, trajectory):
    token, visitor = link(cast, trajectory), Client()
    for _twice in range(2):
        page = visitor.post(url("leave_study", token), follow=True)
        assert "U bent gestopt met het onderzoek" in page.content.decode()
    assert not has_consent(trajectory.person, trajectory.pilot, Purpose.STUDY)
    assert Trajectory.objects.get().closed_on is None
    assert Leaving.objects.count() == 1


def test_the_person_leaves_the_trajectory_through_the_link(cast, trajectory):
    token, visitor = link(cast, trajectory), Client()
    for _twice in range(2):
        page = visitor.post(url("leave_by_link", token), follow=True)
        assert "U bent uit het traject gestapt" in page.content.decode()
    assert Trajectory.objects.get().closed_on == timezone.localdate()
    assert has_consent(trajectory.person, trajectory.pilot, Purpose.STUDY)
    page = visitor.get(url("leave", token)).content.decode()
    assert url("leave_by_link", token) not in page


@pytest.fixture
def waiting(cast: Cast, pilot: Pilot) -> Candidate:
    """After the intake, before the start."""
    at = timezone.now() - LONG_AGO
    return make_candidate(cast, pilot, at=at, stage=Stage.PAIR_WAITING)


RAN = ("de vrijstelling ook", "de datum", "stopt vandaag", "uit het traject gestapt")
RAN += ("Uw traject gaat gewoon door", "uw coach en uw traject")


def true_of_who_waits(text: str) -> str:
    assert not [words for words in RAN if words in text]
    return text


def test_staff_are_told_what_is_true_of_who_only_waits(sanne, waiting):
    address = url("leave_trajectory", waiting.pk)
    page = true_of_who_waits(sanne.get(address).content.decode())
    assert "Er liep geen vrijstelling" in page
    for _twice in range(2):
        answer = sanne.post(address, follow=True)
        assert answer.request["PATH_INFO"] == f"/deelnemers/{waiting.person_id}/"
        said = [str(each) for each in answer.context["messages"]]
        assert said == ["Er komt geen traject. De klantmanager krijgt geen bericht."]
    assert Candidate.objects.get(pk=waiting.pk).stage == Stage.DECLINED
    assert not ExemptionNotice.objects.exists()


def test_staff_are_told_when_there_was_nothing_to_leave(sanne, waiting):
    Candidate.objects.filter(pk=waiting.pk).update(stage=Stage.INELIGIBLE)
    for ask in (sanne.get, sanne.post):
        answer = ask(url("leave_trajectory", waiting.pk), follow=True)
        said = [str(each) for each in answer.context["messages"]]
        assert said == ["Er was geen traject (meer) om uit te stappen."]
    assert not Leaving.objects.exists()


def test_the_link_tells_who_only_waits_what_is_true(cast, waiting):
    token, visitor = link(cast, waiting), Client()
    early = visitor.get(url("leave_thanks_trajectory", token))
    assert early.headers["Location"] == url("leave", token)
    for name in ("leave", "leave_study", "leave_by_link"):
        true_of_who_waits(visitor.get(url(name, token)).content.decode())
    page = visitor.get(url("leave_by_link", token)).content.decode()
    assert "Uw plichten blijven zoals ze zijn" in page
    for _twice in range(2):
        answer = visitor.post(url("leave_by_link", token), follow=True)
        thanks = true_of_who_waits(answer.content.decode())
        assert "U begint niet aan een traject" in thanks
        assert "U doet nog wel mee aan het onderzoek" in thanks
    assert not ExemptionNotice.objects.exists()
    page = visitor.get(url("leave_by_link", token), follow=True).content.decode()
    assert url("leave_by_link", token) not in page
    assert "U zit niet (meer) in een traject" in true_of_who_waits(page)


def test_a_link_that_was_ended_or_is_for_something_else_does_not_open(cast, trajectory):
    token = link(cast, trajectory)
    kept = PersonalLink.objects.get()
    end_link(link=kept, by=cast.by("sanne"), at=timezone.now())
    other = make_link(
        person=trajectory.person,
        pilot=trajectory.pilot,
        purpose="other",
        days=5,
        by=cast.by("sanne"),
        at=timezone.now(),
    )
    for each in (token, other, "nonsense"):
        assert Client().post(url("leave_by_link", each)).status_code == 410
    assert Trajectory.objects.get().closed_on is None
