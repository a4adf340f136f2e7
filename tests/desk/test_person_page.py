"""The page of one person: who sees it, what it says, and what it never says."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext, override

from tests.cast import Cast, employ
from tests.desk.making import DAY, OUTDOORS, Story, call, make_story, sign_in
from tests.partners.making import (
    make_onward,
    make_partner,
    make_place,
    make_placement,
)
from tests.trajectories.making import AFTER, make_candidate, make_pilot
from trede.accounts.models import Role, Staff
from trede.audit.models import Line
from trede.contact.letters import make_letter
from trede.contact.recording import undo_contact
from trede.desk.timeline import Kind
from trede.inflow.models import Stage
from trede.inflow.resting import let_rest
from trede.inflow.waiting import wait_from_now
from trede.people.models import Person, Purpose
from trede.people.registering import change_person
from trede.people.responsibility import make_responsible
from trede.pilots.models import Pilot
from trede.questionnaires.models import Answer
from trede.questionnaires.publishing import publish_shipped
from trede.questionnaires.sittings import end_early, finish, prepare
from trede.trajectories.closing import close, open_evaluation
from trede.trajectories.ladder import assess

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast) -> Story:
    return make_story(cast, make_pilot(cast))


def address(story: Story) -> str:
    return f"/deelnemers/{story.person.pk}/"


def page(staff: Staff, story: Story, query: str = "") -> str:
    answer = sign_in(staff).get(address(story) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def entries(staff: Staff, story: Story, query: str = "") -> list[str]:
    answer = sign_in(staff).get(address(story) + query)
    return [str(entry.title) for entry in answer.context["page"]]


def test_the_coach_sees_the_whole_story(cast: Cast, story: Story):
    said = page(cast.sanne, story)
    assert "Nadia Amrani" in said
    assert "Slaapt beter" in said
    assert "Praten" in said
    assert "Bellen" in said
    assert "Naar de buurttuin" in said
    assert "Liever na één uur" in said


def test_the_coordinator_sees_it_too(cast: Cast, story: Story):
    assert "Slaapt beter" in page(cast.greet, story)


@pytest.mark.parametrize("name", ["willem", "noor"])
def test_a_colleague_and_a_stranger_find_nobody(cast: Cast, story: Story, name):
    answer = sign_in(getattr(cast, name)).get(address(story))
    assert answer.status_code == 404
    assert "Amrani" not in answer.content.decode()


@pytest.mark.parametrize("name", ["rik", "ilse", "bas", "aad"])
def test_who_does_not_guide_has_no_door(cast: Cast, story: Story, name):
    answer = sign_in(getattr(cast, name)).get(address(story))
    assert answer.status_code == 403
    assert "Amrani" not in answer.content.decode()


def test_who_is_not_signed_in_goes_to_the_sign_in_page(story: Story):
    assert Client().get(address(story))["Location"].startswith("/aanmelden/")


def test_the_privacy_officer_sees_who_looked_and_no_casework(cast: Cast, story: Story):
    page(cast.sanne, story)
    said = page(cast.fatima, story)
    assert "Sanne" in said
    for words in ("Slaapt beter", "Praten", "buurttuin", "Liever na één uur"):
        assert words not in said


def test_a_privacy_officer_who_is_a_coach_sees_only_their_own_casework(
    cast: Cast, story: Story
):
    both = employ(cast.here, "both", Role.COACH, Role.PRIVACY_OFFICER)
    assert "Slaapt beter" not in page(both, story)
    make_responsible(
        person=story.person,
        staff=both,
        on=(AFTER + DAY).date(),
        reason="",
        by=cast.by("sanne"),
        at=AFTER + DAY,
    )
    assert "Slaapt beter" in page(both, story)


def test_every_look_is_one_line_with_the_person(cast: Cast, story: Story):
    before = Line.objects.count()
    page(cast.sanne, story)
    line = Line.objects.order_by("-sequence").first()
    assert Line.objects.count() == before + 1
    assert line is not None
    assert (line.action, line.actor) == ("looked at desk:person", cast.sanne.actor)
    assert [one.person_id for one in line.mentions.all()] == [story.person.pk]


def test_the_timeline_is_filtered_by_the_address(cast: Cast, story: Story):
    assert len(entries(cast.sanne, story, "?soort=notities")) == 1
    everything = entries(cast.sanne, story)
    assert len(everything) > len(entries(cast.sanne, story, "?soort=contact")) == 1
    assert entries(cast.sanne, story, "?soort=onzin") == everything


def test_what_was_taken_back_does_not_show(cast: Cast, story: Story):
    undo_contact(moment=story.moment, by=cast.by("sanne"), at=AFTER + 2 * DAY)
    assert "Slaapt beter" not in page(cast.sanne, story)


def test_a_fresh_contact_can_be_taken_back_on_the_spot(cast: Cast, story: Story):
    pilot = story.trajectory.pilot
    fresh = call(cast, story.person, pilot, timezone.now(), "Vandaag gebeld")
    undo_url = f"/contact/moment/{fresh.pk}/terugdraaien/"
    assert undo_url in page(cast.sanne, story)
    sign_in(cast.sanne).post(undo_url)
    assert "Vandaag gebeld" not in page(cast.sanne, story)


def test_no_answer_of_a_questionnaire_is_on_the_page(cast: Cast, story: Story):
    by = cast.by("sanne")
    publish_shipped(by=by, at=AFTER)
    sitting = prepare(
        person=story.person,
        pilot=story.trajectory.pilot,
        wave="T1",
        mode="alone",
        language="nl",
        location="",
        by=by,
        at=AFTER + DAY,
    )
    secret = "Dit heb ik nog aan niemand verteld"
    Answer.objects.create(
        sitting=sitting,
        question="anything_else",
        part=Answer.Part.CORE,
        number=1,
        words=secret,
        at=AFTER + DAY,
    )
    finish(sitting=sitting, by=by, at=AFTER + DAY)
    said = page(cast.sanne, story, "?soort=metingen")
    assert secret not in said
    with override("nl"):
        wall = gettext("The answers are the person's own: you do not see them.")
    assert escape(wall) in said
    assert len(entries(cast.sanne, story, "?soort=metingen")) == 1


def test_words_of_people_are_escaped(cast: Cast, story: Story):
    pilot = story.trajectory.pilot
    call(cast, story.person, pilot, AFTER + 2 * DAY, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in page(cast.sanne, story)


def acts(staff: Staff, person_id: int) -> set[str]:
    answer = sign_in(staff).get(f"/deelnemers/{person_id}/")
    return {act.url.split("/")[-2] for act in answer.context["acts"]}


def test_the_menu_follows_the_stage(cast: Cast, story: Story):
    running = acts(cast.sanne, story.person.pk)
    assert {"noteren", "pauze", "overdragen", "afronden"} <= running
    assert "brief" not in running
    close(
        trajectory=story.trajectory,
        on=(AFTER + 8 * DAY).date(),
        reason="goals_reached",
        note="",
        by=cast.by("sanne"),
        at=AFTER + 8 * DAY,
    )
    closed = acts(cast.sanne, story.person.pk)
    assert "evaluatie" in closed
    assert not {"pauze", "overdragen", "afronden"} & closed


def test_who_stopped_with_the_study_is_not_offered_its_evaluation(
    cast: Cast, story: Story
):
    assert "evaluatie" in acts(cast.sanne, story.person.pk)
    candidate = story.trajectory.candidate_id
    sign_in(cast.sanne).post(f"/traject/kandidaat/{candidate}/stoppen-met-onderzoek/")
    assert "evaluatie" not in acts(cast.sanne, story.person.pk)


def test_an_evaluation_that_was_held_is_not_offered_again(cast: Cast, story: Story):
    publish_shipped(by=cast.by("aad"), at=AFTER)
    now = {"by": cast.by("sanne"), "at": AFTER + DAY}
    sitting = open_evaluation(
        trajectory=story.trajectory,
        mode="alone",
        language="nl",
        location="city_office",
        **now,
    )
    assert "evaluatie" in acts(cast.sanne, story.person.pk)
    end_early(sitting=sitting, **now)
    assert "evaluatie" not in acts(cast.sanne, story.person.pk)


def stops(staff: Staff, person_id: int) -> list[str]:
    answer = sign_in(staff).get(f"/deelnemers/{person_id}/")
    return [act.url.split("/")[-2] for act in answer.context["leaving"]]


def test_stopping_is_one_tap_away_and_ends_with_what_there_was(
    cast: Cast, story: Story
):
    both = ["stoppen-met-onderzoek", "verlaten"]
    assert stops(cast.sanne, story.person.pk) == both
    assert stops(cast.greet, story.person.pk) == both
    address = f"/traject/kandidaat/{story.trajectory.candidate_id}"
    sign_in(cast.sanne).post(f"{address}/stoppen-met-onderzoek/")
    assert stops(cast.sanne, story.person.pk) == ["verlaten"]
    sign_in(cast.sanne).post(f"{address}/verlaten/")
    assert stops(cast.sanne, story.person.pk) == []


def test_who_left_before_the_start_did_not_step_out_of_a_trajectory(
    cast: Cast, story: Story
):
    waiting = make_candidate(cast, story.trajectory.pilot, stage=Stage.TO_START)
    for number in (waiting.pk, story.trajectory.candidate_id):
        sign_in(cast.sanne).post(f"/traject/kandidaat/{number}/verlaten/")
    said = sign_in(cast.sanne).get(f"/deelnemers/{waiting.person_id}/")
    titles = [str(entry.title) for entry in said.context["page"]]
    assert "Wil geen traject meer" in titles
    assert "Stapt uit het traject" not in titles
    titles = entries(cast.sanne, story)
    assert "Stapt uit het traject" in titles
    assert "Wil geen traject meer" not in titles


def test_a_letter_is_named_in_dutch(cast: Cast, story: Story):
    make_letter(
        person=story.person,
        pilot=story.trajectory.pilot,
        kind="consent",
        pdf=b"%PDF-1.7",
        content={},
        by=cast.by("sanne"),
        at=AFTER,
    )
    (letter,) = [
        entry
        for entry in sign_in(cast.sanne).get(address(story)).context["page"]
        if entry.icon == "mail"
    ]
    assert letter.words == "de keuzes voor het onderzoek"


def test_a_call_is_noted_in_one_tap_only_where_there_is_a_number(
    cast: Cast, story: Story
):
    tap = f"/deelnemers/kandidaat/{story.trajectory.candidate_id}/gebeld/"
    assert tap not in page(cast.sanne, story)
    change_person(
        person=story.person,
        changes={"telephone": "0612345678"},
        edition=story.person.edition,
        by=cast.by("sanne"),
        at=AFTER + DAY,
    )
    assert tap in page(cast.sanne, story)


def test_only_who_holds_intakes_is_shown_the_way_to_them(cast: Cast, story: Story):
    intake = story.trajectory.candidate.intakes.create(
        coach=cast.sanne, began_at=AFTER, location="city_office"
    )
    way = f"/instroom/intake/{intake.pk}/"
    assert way in page(cast.sanne, story)
    assert way not in page(cast.greet, story)


def test_what_stands_in_the_way_is_told_and_shown_after_the_intake(
    cast: Cast, story: Story
):
    intake = story.trajectory.candidate.intakes.create(
        coach=cast.sanne,
        began_at=AFTER,
        ended_at=AFTER,
        topics=["week"],
        barriers=["debts", "mobility"],
    )
    assert "Schulden, Ergens kunnen komen" in page(cast.sanne, story)
    card = sign_in(cast.sanne).get(f"/instroom/intake/{intake.pk}/gesprek/")
    assert "Schulden, Ergens kunnen komen" in card.content.decode()
    assert "De week" in card.content.decode()


def test_a_pause_and_a_closing_say_under_which_restrictions_they_fell(
    cast: Cast, story: Story
):
    label = "Tweede lockdown: alleen op afstand"
    assert label not in page(cast.sanne, story)
    story.trajectory.pauses.update(circumstance="winter_2021")
    assert page(cast.sanne, story).count(label) == 1
    story.trajectory.closings.create(
        on=AFTER.date(), reason="moved", circumstance="winter_2021", recorded_at=AFTER
    )
    assert page(cast.sanne, story).count(label) == 2


def test_the_menu_has_no_act_for_which_one_has_no_door(cast: Cast):
    candidate = make_candidate(cast, make_pilot(cast))
    assert "intake" in acts(cast.sanne, candidate.person_id)
    # A coordinator does not hold intakes.
    assert "intake" not in acts(cast.greet, candidate.person_id)


def waiting_with(cast: Cast, telephone: str) -> tuple[Person, Pilot]:
    pilot = make_pilot(cast)
    candidate = make_candidate(cast, pilot)
    by = cast.by("sanne")
    wait_from_now(candidate=candidate, by=by, at=AFTER)
    person = candidate.person
    changes = {"telephone": telephone}
    change_person(
        person=person, changes=changes, edition=person.edition, by=by, at=AFTER
    )
    return person, pilot


def test_who_was_spoken_to_leads_to_planning_the_first_talk(cast: Cast):
    person, pilot = waiting_with(cast, "06 12345678")
    call(cast, person, pilot, AFTER + DAY)
    said = sign_in(cast.sanne).get(f"/deelnemers/{person.pk}/").content.decode()
    plan = f"/contact/persoon/{person.pk}/afspraak/?pilot={pilot.code}&occasion=intake"
    assert escape(plan) in said


def test_who_cannot_be_called_leads_to_the_letters(cast: Cast):
    person, pilot = waiting_with(cast, "")
    said = sign_in(cast.sanne).get(f"/deelnemers/{person.pk}/").content.decode()
    assert f"/instroom/uitnodigingen/?pilot={pilot.code}" in said


def test_somebody_left_in_peace_shows_until_when(cast: Cast):
    candidate = make_candidate(cast, make_pilot(cast))
    by = cast.by("sanne")
    wait_from_now(candidate=candidate, by=by, at=AFTER)
    until = (AFTER + timedelta(days=90)).date()
    reason = "family"
    let_rest(candidate=candidate, until=until, reason=reason, by=by, at=AFTER)
    said = sign_in(cast.sanne).get(f"/deelnemers/{candidate.person_id}/")
    assert f"{until:%d-%m-%Y}" in said.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_story(
    cast: Cast, story: Story, django_assert_max_num_queries
):
    client = sign_in(cast.sanne)
    with django_assert_max_num_queries(13) as few:
        client.get(address(story))
    kitchen = make_place(cast.sanne, make_partner(cast.sanne))
    onward = make_onward(cast.sanne, story.person, kitchen, "accepted")
    make_placement(cast.sanne, onward)
    for n in range(12):
        call(cast, story.person, story.trajectory.pilot, AFTER + n * DAY)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address(story))


def test_consent_that_was_withdrawn_shows_as_a_step_of_its_own(
    cast: Cast, story: Story
):
    titles = entries(cast.sanne, story, "?soort=toestemming")
    assert len(titles) == story.person.consents.filter(purpose=Purpose.STUDY).count()


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        (Stage.LISTED, "inflow:eligibility"),
        (Stage.WAITING, "inflow:invitations"),
        (Stage.TO_START, "trajectories:start"),
        (Stage.PAIR_WAITING, ""),
    ],
)
def test_the_next_step_follows_the_stage(cast: Cast, stage, name):
    candidate = make_candidate(cast, make_pilot(cast), stage=stage)
    answer = sign_in(cast.sanne).get(f"/deelnemers/{candidate.person_id}/")
    assert answer.context["next"].url_name == name
    assert str(answer.context["next"].words)
    if name:
        assert sign_in(cast.sanne).get(answer.context["next"].url).status_code == 200


def test_an_appointment_that_stands_is_the_next_step(cast: Cast, story: Story):
    answer = sign_in(cast.sanne).get(address(story))
    assert answer.context["next"].appointment.about == "Naar de buurttuin"


def test_the_path_is_done_up_to_where_somebody_is(cast: Cast, story: Story):
    path = sign_in(cast.sanne).get(address(story)).context["path"]
    states = [step.state for step in path]
    assert states.count("now") == 1
    now = states.index("now")
    assert set(states[:now]) == {"done"}
    assert set(states[now + 1 :]) == {"next"}
    assert path[now].on == story.trajectory.started_on


def test_a_tread_of_the_coachs_own_stands_beside_that_of_the_rule(cast, story: Story):
    assess(
        trajectory=story.trajectory,
        answers=OUTDOORS,
        reference_on=(AFTER + 8 * DAY).date(),
        tread=3,
        override_reason="Begint maandag bij het koor",
        by=cast.by("sanne"),
        at=AFTER + 8 * DAY,
    )
    told = sign_in(cast.sanne).get(address(story)).context["page"]
    words = [one.words for one in told if one.kind == Kind.LADDER]
    own = "Volgens de regel: trede 2. Begint maandag bij het koor."
    assert words == [own, ""]
