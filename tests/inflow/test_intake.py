"""The intake, step by step: what is held to, and what never stands in the way."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.inflow.intakes import AT, NO_TO_ALL, YES_TO_ALL, IntakeDesk, make_desk
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.inflow import intake
from trede.inflow.models import Intake, Stage
from trede.people.models import ConsentDecision, Purpose
from trede.questionnaires.models import Sitting

LATER = AT + timedelta(hours=1)


@pytest.fixture
def desk(cast: Cast) -> IntakeDesk:
    return make_desk(cast)


def open_it(desk: IntakeDesk, now: Intake, at=LATER) -> Sitting:
    return intake.open_questionnaire(
        intake=now, mode=Sitting.Mode.ALONE, language="nl", by=desk.by, at=at
    )


def talk(desk: IntakeDesk, now: Intake, note: str, **more) -> Intake:
    given = {"topics": ["week", "money"], "barriers": ["debts"]} | more
    return intake.talk(intake=now, note=note, by=desk.by, at=LATER, **given)


def test_beginning_puts_the_candidate_in_intake_under_the_circumstances(desk):
    now = desk.begin()
    desk.candidate.refresh_from_db()
    assert desk.candidate.stage == Stage.INTAKE
    assert (now.circumstance, now.location) == ("open", "Wijkcentrum")


def test_beginning_twice_is_one_intake(desk):
    assert desk.begin() == desk.begin(at=LATER)
    assert Intake.objects.count() == 1
    assert Line.objects.filter(action="began an intake").count() == 1


def test_only_a_coach_of_this_municipality_holds_an_intake(desk):
    for name in ("greet", "noor"):
        with pytest.raises(Refused, match="Choose a coach"):
            intake.begin(
                candidate=desk.candidate,
                coach=getattr(desk.cast, name),
                location="",
                by=desk.by,
                at=AT,
            )


def test_nobody_is_asked_to_sign_before_being_informed(desk):
    with pytest.raises(Refused, match="First tell"):
        desk.sign(desk.begin())
    assert not ConsentDecision.objects.exists()


def test_telling_twice_keeps_the_first_moment(desk):
    now = desk.informed()
    again = intake.inform(intake=now, by=desk.by, at=LATER)
    assert again.informed_at == AT


def test_who_agreed_gets_the_questionnaire_of_the_intake_once(desk):
    now = desk.signed()
    sitting = open_it(desk, now)
    assert (sitting.wave, sitting.questionnaire.code) == ("T0", "nijmegen_intake")
    now.refresh_from_db()
    assert open_it(desk, now) == sitting
    assert Sitting.objects.count() == 1


def test_without_study_consent_there_is_no_questionnaire_and_still_a_trajectory(desk):
    now = desk.signed(NO_TO_ALL)
    with pytest.raises(Refused, match="no questionnaire"):
        open_it(desk, now)
    assert not Sitting.objects.exists()
    desk.end(now, "start", LATER)
    desk.candidate.refresh_from_db()
    assert desk.candidate.stage == Stage.TO_START


def test_a_no_to_recording_alone_does_not_stop_the_questionnaire(desk):
    now = desk.signed(YES_TO_ALL | {Purpose.RECORDING: False})
    assert open_it(desk, now).state == Sitting.State.PREPARED


def test_nobody_begins_before_being_asked_about_the_study(desk):
    now = desk.informed()
    with pytest.raises(Refused, match="ask about the study"):
        desk.end(now, "start", LATER)
    desk.candidate.refresh_from_db()
    assert desk.candidate.stage == Stage.INTAKE


def test_an_intake_that_is_done_leads_on_to_the_person(desk):
    now = desk.end(desk.signed(), "start", LATER)
    client = Client()
    client.force_login(desk.cast.sanne, "django.contrib.auth.backends.ModelBackend")
    said = client.get(reverse("inflow:intake_outcome", args=[now.pk])).text
    person = reverse("desk:person", args=[desk.person.pk])
    assert said.count(f'href="{person}"') == 2  # back, and on
    assert "Verder met deze persoon" in said


def test_who_does_not_fit_is_referred_on_without_a_signature(desk):
    now = desk.end(desk.begin(), "referred_on", LATER, remark="Welzijnswerk")
    step = desk.candidate.transitions.last()
    assert (now.outcome, step.stage) == ("referred_on", "referred_on")
    assert step.remark == "Welzijnswerk"


def test_not_now_needs_a_reason_of_the_pilot_and_leaves_in_peace(desk):
    now = desk.begin()
    with pytest.raises(Refused, match="why it is not now"):
        desk.end(now, "not_now", LATER, reason="bored")
    desk.end(now, "not_now", LATER, reason="health", until=date(2020, 6, 1))
    desk.candidate.refresh_from_db()
    assert desk.candidate.stage == Stage.RESTING
    assert desk.candidate.rest_until == date(2020, 6, 1)
    assert desk.candidate.transitions.latest("at", "pk").reason == "health"


def test_not_now_without_a_day_rests_as_long_as_the_pilot_says(desk):
    desk.end(desk.begin(), "not_now", LATER, reason="family")
    desk.candidate.refresh_from_db()
    assert desk.candidate.rest_until == date(2020, 8, 10)


def test_ending_twice_is_once_and_ending_otherwise_is_refused(desk):
    now = desk.signed()
    desk.end(now, "start", LATER)
    desk.end(now, "start", LATER + timedelta(seconds=1))
    with pytest.raises(Refused, match="is over"):
        desk.end(now, "wait", LATER)
    assert Line.objects.filter(action="ended an intake").count() == 1


def test_nothing_changes_in_an_intake_that_is_over(desk):
    now = desk.end(desk.signed(), "start", LATER)
    for act in (
        lambda: talk(desk, now, "later"),
        lambda: desk.sign(now, NO_TO_ALL),
        lambda: open_it(desk, now),
    ):
        with pytest.raises(Refused, match="is over"):
            act()


def test_the_talk_keeps_topics_in_the_order_of_the_card(desk):
    now = talk(desk, desk.begin(), " Wil leren fietsen. ", topics=["money", "week"])
    assert (now.topics, now.barriers) == (["week", "money"], ["debts"])
    assert now.talk_note == "Wil leren fietsen."


def test_the_talk_refuses_what_is_not_on_the_card(desk):
    with pytest.raises(Refused, match="not on the card"):
        talk(desk, desk.begin(), "", barriers=["laziness"])


def test_two_windows_do_not_overwrite_each_other(desk):
    now = desk.begin()
    edition = now.edition
    talk(desk, now, "the first window", edition=edition)
    with pytest.raises(Refused, match="another window"):
        talk(desk, now, "the second window", edition=edition)
    now.refresh_from_db()
    assert now.talk_note == "the first window"


def test_saving_the_same_talk_twice_is_once(desk):
    now = desk.begin()
    for _ in range(2):
        talk(desk, now, "the same", edition=now.edition)
    assert Line.objects.filter(action="noted the talk of an intake").count() == 1


def test_a_repeated_intake_has_its_own_wave_while_that_is_held(desk):
    desk.end(desk.signed(), "wait", LATER)
    again = desk.begin(at=AT + timedelta(days=120), repeated=True)
    sitting = open_it(desk, again, at=AT + timedelta(days=120))
    assert (sitting.wave, sitting.questionnaire.code) == (
        "T0b",
        "nijmegen_repeated_intake",
    )


def test_after_that_wave_was_retired_the_ordinary_one_is_held_anew(desk):
    first = open_it(desk, desk.signed())
    now = Intake.objects.get()
    desk.end(now, "wait", LATER)
    in_2021 = AT + timedelta(days=340)
    again = desk.begin(at=in_2021, repeated=True)
    renewed = open_it(desk, again, at=in_2021)
    assert (renewed.wave, renewed.pk != first.pk) == ("T0", True)
    first.refresh_from_db()
    assert first.state == Sitting.State.ENDED  # only one can be open


def test_the_note_of_the_talk_is_not_in_the_database_in_plain_words(desk, db):
    talk(desk, desk.begin(), "Wil leren fietsen")
    with connection.cursor() as cursor:
        cursor.execute("SELECT talk_note FROM inflow_intake")
        (stored,) = cursor.fetchone()
    assert b"fietsen" not in bytes(stored)
