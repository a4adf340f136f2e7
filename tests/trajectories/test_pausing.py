"""A pause stops the clock; pauses do not overlap; a mistake is taken back."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.trajectories.clock import clock
from trede.trajectories.models import Pause, Trajectory
from trede.trajectories.pausing import pause, resume, take_back

FIRST = AFTER.date()


def stop(cast: Cast, trajectory: Trajectory, from_on=FIRST, until_on=None, **more):
    return pause(
        trajectory=trajectory,
        from_on=from_on,
        until_on=until_on,
        reason=more.pop("reason", "family"),
        by=cast.by("sanne"),
        at=AFTER,
    )


def go_on(cast: Cast, trajectory: Trajectory, on: date):
    return resume(trajectory=trajectory, on=on, by=cast.by("sanne"), at=AFTER)


def test_a_pause_keeps_its_period_of_the_calendar(cast, trajectory):
    assert stop(cast, trajectory).circumstance == "open"


def test_going_on_ends_the_pause_the_day_before(cast, trajectory):
    stop(cast, trajectory)
    assert go_on(cast, trajectory, FIRST + 10 * DAY).until_on == FIRST + 9 * DAY
    shown = clock(trajectory, trajectory.pauses.standing(), FIRST)
    assert (shown.paused, shown.ends_on) == (10, date(2021, 12, 24))


def test_going_on_needs_a_pause_without_an_end(cast, trajectory):
    with pytest.raises(Refused, match="no pause without an end"):
        go_on(cast, trajectory, FIRST)
    stop(cast, trajectory)
    with pytest.raises(Refused, match="later day"):
        go_on(cast, trajectory, FIRST)
    go_on(cast, trajectory, FIRST + DAY)
    with pytest.raises(Refused, match="no pause without an end"):
        go_on(cast, trajectory, FIRST + DAY)


@pytest.mark.parametrize(
    ("first", "last"),
    [(0, 3), (3, 8), (5, 6), (-0, 20), (10, 12), (0, None), (10, None)],
)
def test_pauses_do_not_overlap(cast, trajectory, first: int, last: int | None):
    stop(cast, trajectory, FIRST + 3 * DAY, FIRST + 10 * DAY)
    with pytest.raises(Refused, match="already"):
        stop(
            cast,
            trajectory,
            FIRST + first * DAY,
            None if last is None else FIRST + last * DAY,
        )
    stop(cast, trajectory, FIRST + 11 * DAY, None)
    assert Pause.objects.count() == 2


def test_a_second_click_pauses_once(cast, trajectory):
    assert stop(cast, trajectory) == stop(cast, trajectory)
    assert Line.objects.filter(action="paused a trajectory").count() == 1


def test_days_in_the_wrong_order_are_refused(cast, trajectory):
    with pytest.raises(Refused, match="before the first day"):
        stop(cast, trajectory, FIRST + DAY, FIRST)
    with pytest.raises(Refused, match="started on 14-06-2021"):
        stop(cast, trajectory, FIRST - DAY)


def test_a_reason_that_the_pilot_does_not_know_is_refused(cast, trajectory):
    with pytest.raises(Refused, match="reasons of this pilot"):
        stop(cast, trajectory, reason="holiday")


def test_a_pause_that_was_taken_back_counts_no_more_and_stays(cast, trajectory):
    made = stop(cast, trajectory, FIRST, FIRST + 9 * DAY)
    for _twice in range(2):
        take_back(pause=made, by=cast.by("willem"), at=AFTER)
    assert clock(trajectory, trajectory.pauses.standing(), FIRST).paused == 0
    assert Pause.objects.get().reversed_at == AFTER
    assert Line.objects.filter(action="took back a pause").count() == 1
    # The days are free again.
    stop(cast, trajectory, FIRST, FIRST + 9 * DAY)


def test_a_closed_trajectory_is_not_paused(cast, trajectory):
    Trajectory.objects.update(closed_on=FIRST)
    with pytest.raises(Refused, match="closed on 14-06-2021"):
        stop(cast, trajectory)


def test_a_pause_into_another_age_is_refused(cast, trajectory):
    for first, last, field in (
        (FIRST, date.max, "until_on"),
        (date(2921, 1, 1), None, "from_on"),
    ):
        with pytest.raises(Refused, match="a year ahead") as refusal:
            stop(cast, trajectory, first, last)
        assert refusal.value.field == field
    stop(cast, trajectory)
    with pytest.raises(Refused, match="a year ahead"):
        go_on(cast, trajectory, date.max)
