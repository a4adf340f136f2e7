"""Where everybody lands: a section for each role, and what is to be done first."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import strip_tags

from tests.cast import Cast, employ
from tests.desk.making import DAY, call, make_story, sign_in
from tests.trajectories.making import (
    AFTER,
    make_candidate,
    make_pilot,
    make_trajectory,
)
from trede.accounts.acting import person_actor
from trede.accounts.models import Role, Staff
from trede.audit.models import Line
from trede.contact.appointments import cancel, plan
from trede.desk.steering import steering
from trede.inflow.models import Stage
from trede.pilots.models import Pilot
from trede.studies.founding import found_study
from trede.trajectories.absence import note_absence
from trede.trajectories.closing import close

pytestmark = pytest.mark.django_db

SECTIONS = {
    Role.COACH: "coach",
    Role.COORDINATOR: "coordinator",
    Role.REFERRER: "referrer",
    Role.RESEARCHER: "researcher",
    Role.POLICY_ADVISER: "policy_adviser",
    Role.PRIVACY_OFFICER: "privacy_officer",
    Role.ADMINISTRATOR: "administrator",
}
GUIDES = (Role.COACH, Role.COORDINATOR)


def templates(staff: Staff) -> list[str]:
    answer = sign_in(staff).get("/")
    return [one.template for one in answer.context["sections"]]


@pytest.mark.parametrize("role", list(Role))
def test_without_a_pilot_every_role_is_told_what_comes_first(cast: Cast, role):
    said = sign_in(cast.with_role(role)).get("/").content.decode()
    assert 'class="empty' in said or 'class="quiet"' in said


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_its_own_section(cast: Cast, role):
    make_story(cast, make_pilot(cast))
    expected = [f"desk/home/{SECTIONS[role]}.html"]
    assert templates(cast.with_role(role)) == expected


def test_who_has_two_roles_has_both_sections(cast: Cast):
    make_pilot(cast)
    both = employ(cast.here, "both", Role.COORDINATOR, Role.COACH)
    assert templates(both) == ["desk/home/coach.html", "desk/home/coordinator.html"]


def test_who_has_no_role_is_told_whom_to_ask(cast: Cast):
    nobody = employ(cast.here, "nobody")
    assert sign_in(nobody).get("/").status_code == 403


@pytest.mark.parametrize("role", [one for one in Role if one not in GUIDES])
def test_no_name_of_a_participant_stands_on_another_home(cast: Cast, role):
    make_story(cast, make_pilot(cast))
    said = sign_in(cast.with_role(role)).get("/").content.decode()
    assert "Amrani" not in said


def test_the_look_of_a_coach_is_one_line_with_everybody_who_is_named(cast: Cast):
    story = make_story(cast, make_pilot(cast))
    client = sign_in(cast.sanne)
    before = Line.objects.count()
    assert "Amrani" in client.get("/").content.decode()
    line = Line.objects.order_by("-sequence")[0]
    assert Line.objects.count() == before + 1
    assert line.action == "looked at desk:home"
    assert story.person.pk in {one.person_id for one in line.mentions.all()}


def test_one_tap_notes_the_call_and_comes_back(cast: Cast):
    story = make_story(cast, make_pilot(cast))
    client = sign_in(cast.sanne)
    url = f"/deelnemers/kandidaat/{story.trajectory.candidate_id}/gebeld/"
    typed = {
        "outcome": "spoke",
        "submission": "6e4f6f9e-1d3f-4d8e-9d5a-0a1b2c3d4e5f",
        "seen_until": timezone.now().isoformat(),
    }
    for _click in range(2):
        answer = client.post(url, typed)
        assert answer["Location"] == "/"
    newest = story.person.contact_moments.first()
    assert newest is not None
    assert (newest.outcome, newest.occasion) == ("spoke", "guidance")
    assert story.person.contact_moments.count() == 2


@pytest.mark.parametrize("name", ["willem", "noor"])
def test_nobody_taps_for_somebody_elses_people(cast: Cast, name):
    story = make_story(cast, make_pilot(cast))
    url = f"/deelnemers/kandidaat/{story.trajectory.candidate_id}/gebeld/"
    answer = sign_in(getattr(cast, name)).post(url, {"outcome": "spoke"})
    assert answer.status_code == 404
    assert story.person.contact_moments.count() == 1


def test_a_tap_without_an_outcome_notes_nothing_and_says_so(cast: Cast):
    story = make_story(cast, make_pilot(cast))
    url = f"/deelnemers/kandidaat/{story.trajectory.candidate_id}/gebeld/"
    answer = sign_in(cast.sanne).post(url, {"outcome": "nonsense"}, follow=True)
    assert story.person.contact_moments.count() == 1
    assert list(answer.context["messages"])


def test_the_coordinator_counts_everybody_once_and_every_step_is_a_part(cast: Cast):
    pilot = make_pilot(cast)
    make_story(cast, pilot)
    make_candidate(cast, pilot)
    make_candidate(cast, pilot, stage=Stage.WAITING)
    shown = steering(pilot, (AFTER + DAY).date())
    assert shown["lately"] == 1
    assert steering(pilot, (AFTER + 28 * DAY).date())["lately"] == 0
    counts = shown["counts"]
    assert isinstance(counts, dict)
    order = ("everybody", "reached", "intake", "started")
    numbers = [counts[code] for code in order]
    assert numbers == sorted(numbers, reverse=True)
    assert (counts["everybody"], counts["started"]) == (3, 1)


def test_the_number_of_each_stage_is_the_length_of_its_list(cast: Cast):
    pilot = make_pilot(cast)
    make_story(cast, pilot)
    for stage in (Stage.WAITING, Stage.WAITING, Stage.LISTED):
        make_candidate(cast, pilot, stage=stage)
    client = sign_in(cast.greet)
    stages = client.get("/").context["sections"][0].context["stages"]
    assert sum(n for _code, _label, n in stages) == 4
    for code, _label, n in stages:
        page = client.get(f"/deelnemers/?coach=&stand={code}").context["page"]
        assert page.paginator.count == n


def test_the_load_of_every_coach_is_there_the_empty_ones_too(cast: Cast):
    pilot = make_pilot(cast)
    make_story(cast, pilot)
    loads = steering(pilot, (AFTER + DAY).date())["loads"]
    assert isinstance(loads, list)
    assert [(one.name, one.load.guides) for one in loads] == [
        ("Sanne", 1),
        ("Willem", 0),
    ]


def test_the_coordinator_reads_how_many_started_of_the_aim_of_the_pilot(cast: Cast):
    make_story(cast, make_pilot(cast))
    said = text(sign_in(cast.greet).get("/"))
    assert "van de 150 trajecten die deze pilot wil, zijn gestart." in said


@pytest.mark.parametrize("until", [None, 6])
def test_a_coach_who_is_away_is_said_to_be_beside_their_name(cast: Cast, until):
    make_story(cast, make_pilot(cast))
    now = timezone.now()
    first, last = timezone.localdate(now), None
    words = f"Afwezig vanaf {first:%d-%m}"
    if until:
        last = first + until * DAY
        words = f"Afwezig {first:%d-%m} tot en met {last:%d-%m}"
    note_absence(
        staff=cast.sanne,
        from_on=first,
        until_on=last,
        by=cast.by("greet"),
        at=now,
    )
    said = text(sign_in(cast.greet).get("/"))
    assert f"{words} Sanne" in said
    assert "Afwezig melden Willem" in said
    assert "Afwezig melden Sanne" not in said


def test_the_line_of_an_appointment_says_where_and_has_the_number(cast: Cast):
    story = make_story(cast, make_pilot(cast))
    story.person.telephone = "0600001150"
    story.person.save()
    now = timezone.now()
    plan(
        person=story.person,
        pilot=story.trajectory.pilot,
        staff=cast.sanne,
        starts_at=now,
        location="walk",
        about="Wandelen",
        by=cast.by("sanne"),
        at=now - DAY,
        overlap_ok=True,
    )
    page = sign_in(cast.sanne).get("/").content.decode()
    lines = page.split('aria-label="Afspraken vandaag"')[1].split("</ul>")[0]
    assert "Samen wandelen" in lines
    assert 'href="tel:' in lines
    assert "06 00001150" in lines


def text(answer: HttpResponse) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


def test_a_note_goes_along_with_the_tap(cast: Cast):
    story = make_story(cast, make_pilot(cast))
    story.person.telephone = "06 0000 0001"
    story.person.save()
    candidate = story.trajectory.candidate_id
    client = sign_in(cast.sanne)
    said = client.get(f"/deelnemers/{story.person.pk}/").content.decode()
    assert f'id="gebeld-{candidate}"' in said
    assert f'form="gebeld-{candidate}" name="note"' in said
    tapped = {"outcome": "spoke", "submission": uuid4(), "note": "Komt dinsdag"}
    client.post(f"/deelnemers/kandidaat/{candidate}/gebeld/", tapped)
    assert story.person.contact_moments.order_by("-pk")[0].note == "Komt dinsdag"


def everything_due(cast: Cast, pilot: Pilot) -> None:
    """Silence, a call, a measurement, and today's work, in one pilot."""
    now = timezone.now()
    story = make_story(cast, pilot)
    make_story(cast, pilot, "Ander")
    cancel(
        appointment=story.person.appointments.get(),
        by=person_actor(story.person.pk, cast.here.pk),
        at=now,
    )
    called = make_candidate(cast, pilot, stage=Stage.WAITING)
    call(cast, called.person, pilot, now, outcome="no_answer")
    shut = make_trajectory(cast, pilot)
    close(
        trajectory=shut,
        on=timezone.localdate(now),
        reason="goals_reached",
        note="",
        by=cast.by("sanne"),
        at=now,
    )


def test_home_asks_no_more_when_there_are_more_people_in_two_pilots(
    cast: Cast, django_assert_max_num_queries
):
    for code in ("eerste", "tweede"):
        pilot = make_pilot(cast, code=code)
        everything_due(cast, pilot)
    client, asked = sign_in(cast.sanne), {}
    for url in ("/", "/ontbreekt/"):
        with django_assert_max_num_queries(15) as few:
            client.get(url)
        asked[url] = len(few.captured_queries)
    day = client.get("/").context["sections"][0].context["day"]
    assert {"ladder", "evaluation"} <= {one.kind for one in day.due}
    assert (bool(day.silent), len(day.changes), day.calls.count) == (True, 2, 1)
    assert day.calls.lines[0].done_by == "Sanne"
    lead, of_all = sign_in(cast.greet), {}
    for url in ("/", "/ontbreekt/", "/instroom/wachtlijst/"):
        with django_assert_max_num_queries(15) as few:
            lead.get(url)
        of_all[url] = len(few.captured_queries)
    everything_due(cast, pilot)
    for who, numbers in ((client, asked), (lead, of_all)):
        for url, number in numbers.items():
            with django_assert_max_num_queries(number):
                who.get(url)


def menu(staff: Staff) -> list[str]:
    return [one["url"] for one in sign_in(staff).get("/").context["nav"]]


def test_the_menu_is_that_of_ones_role(cast: Cast):
    assert menu(cast.sanne) == [
        "/",
        "/deelnemers/",
        "/instroom/wachtlijst/",
        "/partners/",
        "/zoeken/",
    ]
    assert menu(cast.rik) == [
        "/",
        "/instroom/aanmeldingen/",
        "/instroom/aanmelding/",
    ]
    assert menu(cast.fatima) == ["/", "/logboek/", "/zoeken/"]


def test_the_researcher_sees_counts_and_no_names(cast: Cast):
    pilot = make_pilot(cast)
    story = make_story(cast, pilot)
    found_study(pilot=pilot, by=cast.by("ilse"), at=AFTER)
    answer = sign_in(cast.ilse).get("/")
    [(study, heads)] = answer.context["sections"][0].context["studies"]
    assert study.pilot == pilot
    assert all(head.done <= head.of for head in heads)
    assert story.person.surname not in answer.content.decode()


def test_the_administrator_is_told_who_has_no_role_and_never_of_nobody(cast: Cast):
    said = sign_in(cast.aad).get("/").content.decode()
    assert "Iedereen heeft een rol." in said
    employ(cast.here, "nobody")
    said = sign_in(cast.aad).get("/").content.decode()
    assert "1 van hen heeft geen rol." in said
    assert "Iedereen heeft een rol." not in said
