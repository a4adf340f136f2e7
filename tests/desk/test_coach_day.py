"""The day of a coach: what stands on it, and what keeps away from it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from tests.cast import Cast
from tests.desk.making import DAY, OUTDOORS, call, make_story
from tests.trajectories.making import AFTER, make_candidate, make_pilot, make_trajectory
from trede.contact.appointment_day import hold
from trede.contact.appointments import plan
from trede.contact.recording import undo_contact
from trede.desk.coach_day import CoachDay, coach_day
from trede.inflow.models import Stage
from trede.inflow.waiting_lines import A_DAYS_WORK
from trede.people.consenting import withdraw
from trede.people.erasing import erase_person
from trede.people.models import Purpose
from trede.people.responsibility import make_responsible
from trede.pilots.models import Pilot
from trede.trajectories.clock import clock
from trede.trajectories.closing import close
from trede.trajectories.handing_over import hand_over
from trede.trajectories.ladder import assess
from trede.trajectories.models import Trajectory
from trede.trajectories.pausing import pause
from trede.trajectories.weighing import caseloads

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


@pytest.fixture
def guided(cast: Cast, pilot: Pilot) -> Trajectory:
    return make_trajectory(cast, pilot, name="Amrani")


def day(cast: Cast, pilot: Pilot, at: datetime, name: str = "sanne") -> CoachDay:
    return coach_day(getattr(cast, name), pilot, at)


def silent(cast: Cast, pilot: Pilot, at: datetime) -> list[Trajectory]:
    return [one.guided.trajectory for one in day(cast, pilot, at).silent]


def due(cast: Cast, pilot: Pilot, at: datetime) -> list[tuple[str, Trajectory]]:
    return [(one.kind, one.trajectory) for one in day(cast, pilot, at).due]


def meet(cast: Cast, guided: Trajectory, starts_at: datetime, at: datetime):
    return plan(
        person=guided.person,
        pilot=guided.pilot,
        staff=cast.sanne,
        starts_at=starts_at,
        location="walk",
        about="Wandelen",
        by=cast.by("sanne"),
        at=at,
    )


def test_todays_appointments_are_on_it_and_tomorrows_are_not(cast, pilot, guided):
    today = meet(cast, guided, AFTER + timedelta(hours=3), AFTER)
    meet(cast, guided, AFTER + DAY, AFTER)
    shown = day(cast, pilot, AFTER)
    assert [one.appointment for one in shown.meetings] == [today]
    assert sum(len(one.moments) for one in shown.week) == 2


def week(cast: Cast, pilot: Pilot, at: datetime) -> list[str]:
    return [f"{one.on:%a}" for one in day(cast, pilot, at).week]


def test_the_week_is_that_of_today_and_in_a_weekend_the_coming_one(cast, pilot, guided):
    monday = AFTER - timedelta(days=AFTER.weekday())
    work = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    for n in range(5):
        assert week(cast, pilot, monday + n * DAY) == work
        assert not day(cast, pilot, monday + n * DAY).week_to_come
    for n in (5, 6):
        shown = day(cast, pilot, monday + n * DAY)
        assert [one.on for one in shown.week] == [
            (monday + (7 + one) * DAY).date() for one in range(5)
        ]
        assert shown.week_to_come
        assert not any(one.past or one.current for one in shown.week)


def test_a_weekend_with_an_appointment_shows_that_day_too(cast, pilot, guided):
    sunday = AFTER + (6 - AFTER.weekday()) * DAY
    meet(cast, guided, sunday, AFTER)
    assert week(cast, pilot, sunday)[0] == "Sun"
    assert week(cast, pilot, sunday - DAY)[0] == "Sun"
    assert week(cast, pilot, sunday - 2 * DAY)[-1] == "Sun"
    assert len(day(cast, pilot, sunday).meetings) == 1


def test_an_appointment_that_was_held_shows_what_to_take_back(cast, pilot, guided):
    meeting = meet(cast, guided, AFTER + timedelta(hours=3), AFTER)
    later = AFTER + timedelta(hours=4)
    by = cast.by("sanne")
    moment = hold(appointment=meeting, by=by, at=later, submission=uuid4())
    assert day(cast, pilot, later).meetings[0].noted == moment
    undo_contact(moment=moment, by=by, at=later)
    again = day(cast, pilot, later).meetings[0]
    assert again.noted is None
    assert again.appointment.state == "planned"


def test_who_was_not_spoken_for_weeks_is_to_be_called(cast, pilot, guided):
    call(cast, guided.person, pilot, AFTER + DAY)
    spoken = AFTER + DAY
    assert silent(cast, pilot, spoken + 4 * WEEK - DAY) == []
    assert silent(cast, pilot, spoken + 4 * WEEK) == [guided]


def test_no_answer_is_no_contact(cast, pilot, guided):
    call(cast, guided.person, pilot, AFTER + 3 * WEEK, outcome="no_answer")
    assert silent(cast, pilot, AFTER + 4 * WEEK) == [guided]


def test_nobody_is_called_who_has_an_appointment_or_a_pause(cast, pilot, guided):
    at = AFTER + 5 * WEEK
    meeting = meet(cast, guided, at + DAY, AFTER)
    assert silent(cast, pilot, at) == []
    assert silent(cast, pilot, at + 2 * DAY) == [guided]
    assert meeting.person == guided.person
    pause(
        trajectory=guided,
        from_on=at.date(),
        until_on=None,
        reason="family",
        by=cast.by("sanne"),
        at=at,
    )
    assert silent(cast, pilot, at + 2 * DAY) == []


def test_the_end_of_the_months_falls_due_in_time(cast, pilot, guided):
    ends_on = clock(guided, [], guided.started_on).ends_on
    assert ends_on
    ends = AFTER + (ends_on - guided.started_on)
    assert ("months", guided) not in due(cast, pilot, ends - 4 * WEEK - DAY)
    assert ("months", guided) in due(cast, pilot, ends - 4 * WEEK)
    assert ("months", guided) in due(cast, pilot, ends + WEEK)


def test_the_ladder_is_due_at_the_start_and_again_later(cast, pilot, guided):
    assert ("ladder", guided) in due(cast, pilot, AFTER)
    assess(
        trajectory=guided,
        answers=OUTDOORS,
        reference_on=AFTER.date(),
        by=cast.by("sanne"),
        at=AFTER,
    )
    assert ("ladder", guided) not in due(cast, pilot, AFTER)
    assert ("ladder", guided) in due(cast, pilot, AFTER + timedelta(days=180))


def shut(cast: Cast, guided: Trajectory) -> datetime:
    at = AFTER + 8 * WEEK
    close(
        trajectory=guided,
        on=timezone.localdate(at),
        reason="goals_reached",
        note="",
        by=cast.by("sanne"),
        at=at,
    )
    return at


def test_the_evaluation_of_who_closed_is_due_while_the_time_is_open(
    cast, pilot, guided
):
    at = shut(cast, guided)
    assert ("evaluation", guided) in due(cast, pilot, at + DAY)
    assert ("evaluation", guided) not in due(cast, pilot, at + 60 * WEEK)


def test_nobody_is_asked_to_evaluate_who_stopped_with_the_study(cast, pilot, guided):
    at = shut(cast, guided)
    person, by = guided.person, cast.by("sanne")
    withdraw(person=person, pilot=pilot, purpose=Purpose.STUDY, by=by, at=at)
    assert due(cast, pilot, at + DAY) == []


def test_what_falls_due_stands_in_order_of_its_day(cast, pilot):
    for n in range(3):
        make_trajectory(cast, pilot, at=AFTER + n * DAY)
    days = [one.on for one in day(cast, pilot, AFTER + 24 * WEEK).due]
    assert days == sorted(days)


def test_a_colleague_has_another_day(cast, pilot, guided):
    meet(cast, guided, AFTER + timedelta(hours=3), AFTER)
    theirs = day(cast, pilot, AFTER + 6 * WEEK, "willem")
    assert (theirs.meetings, theirs.silent, theirs.due) == ([], [], [])
    assert theirs.load.guides == 0


def test_who_waits_and_was_handed_over_is_news_as_well(cast, pilot, guided):
    waits = make_candidate(cast, pilot, stage=Stage.WAITING, name="Wacht").person
    for name in ("sanne", "willem"):
        make_responsible(
            person=waits,
            staff=getattr(cast, name),
            on=(AFTER + DAY).date(),
            reason="",
            by=cast.by("greet"),
            at=AFTER + DAY,
        )
    news = day(cast, pilot, AFTER + 2 * DAY, "willem")
    assert [(one.person, one.giver) for one in news.came_along] == [(waits, "Sanne")]
    assert waits.pk in news.persons
    assert day(cast, pilot, AFTER + 30 * DAY, "willem").came_along == []
    assert day(cast, pilot, AFTER + 2 * DAY).came_along == []


def test_a_hand_over_is_news_for_who_receives_it(cast, pilot, guided):
    handed = hand_over(
        trajectory=guided,
        receiver=cast.willem,
        on=(AFTER + DAY).date(),
        reason="absent",
        note="Bel na één uur",
        by=cast.by("sanne"),
        at=AFTER + DAY,
    )
    news = day(cast, pilot, AFTER + 2 * DAY, "willem")
    assert (news.hand_overs, news.came_along) == ([handed], [])
    assert day(cast, pilot, AFTER + 30 * DAY, "willem").hand_overs == []
    assert day(cast, pilot, AFTER + 2 * DAY).hand_overs == []
    assert day(cast, pilot, AFTER + 2 * DAY).load.guides == 0


def test_candidates_whose_turn_it_is_are_to_be_called_the_longest_waiting_first(
    cast, pilot
):
    later = make_candidate(cast, pilot, at=AFTER + DAY, stage=Stage.WAITING)
    first = make_candidate(cast, pilot, at=AFTER, stage=Stage.WAITING)
    shown = day(cast, pilot, AFTER + 2 * DAY)
    assert [one.candidate for one in shown.calls.lines] == [first, later]
    assert shown.to_call == 2


def test_no_more_are_counted_to_be_called_than_anybody_calls_in_a_day(cast, pilot):
    for _number in range(A_DAYS_WORK):
        make_candidate(cast, pilot, at=AFTER, stage=Stage.WAITING)
    lead = "desk/home/coach_lead.html"

    def told() -> tuple[int, bool, str]:
        shown = day(cast, pilot, AFTER + DAY)
        words = render_to_string(lead, {"section": {"day": shown}})
        return shown.to_call, shown.calls.whole, words.rpartition(", ")[2]

    assert told() == (100, True, "100 people to call.")
    make_candidate(cast, pilot, at=AFTER, stage=Stage.WAITING)
    assert told() == (100, False, "more than 100 people to call.")


def test_everybody_who_is_named_is_counted_as_looked_at(cast, pilot):
    story = make_story(cast, pilot)
    waiting = make_candidate(cast, pilot, stage=Stage.WAITING)
    shown = day(cast, pilot, AFTER + 9 * DAY)
    assert {story.person.pk, waiting.person_id} <= set(shown.persons)


def test_in_the_tail_it_may_be_quiet_for_longer(cast, pilot, guided):
    call(cast, guided.person, pilot, AFTER + 22 * WEEK)
    assert silent(cast, pilot, AFTER + 27 * WEEK) == []
    (one,) = day(cast, pilot, AFTER + 28 * WEEK).silent
    assert (one.guided.trajectory, one.phase) == (guided, "tail")


@pytest.mark.parametrize(("reason", "asked"), [("placed", True), ("own_wish", False)])
def test_after_care_is_proposed_to_who_finished(cast, pilot, guided, reason, asked):
    closed = AFTER + 10 * WEEK
    close(
        trajectory=guided,
        on=closed.date(),
        reason=reason,
        note="",
        by=cast.by("sanne"),
        at=closed,
    )
    assert silent(cast, pilot, closed + 7 * WEEK) == []
    assert silent(cast, pilot, closed + 8 * WEEK) == ([guided] if asked else [])
    call(cast, guided.person, pilot, closed + 8 * WEEK)
    assert silent(cast, pilot, closed + 9 * WEEK) == []
    assert silent(cast, pilot, closed + 30 * WEEK) == []


def test_of_who_was_erased_nothing_is_left_to_do(cast, pilot, guided):
    meeting = meet(cast, guided, AFTER + 180 * DAY, AFTER)
    by = cast.by("fatima")
    erase_person(person=guided.person, reason="asked", by=by, at=AFTER + DAY)
    shown = day(cast, pilot, AFTER + 180 * DAY)
    assert (shown.meetings, shown.silent, shown.due) == ([], [], [])
    loads = caseloads([cast.sanne], AFTER.date())
    assert shown.load.guides == loads[cast.sanne.pk].guides == 0
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
