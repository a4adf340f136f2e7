"""Who takes over from a coach knows where somebody goes, and when to look back."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.partners.making import make_onward, make_placement
from tests.trajectories.making import AFTER, make_pilot, make_trajectory
from trede.partners import placing
from trede.partners.around import add_professional, end_professional
from trede.partners.models import Placement
from trede.partners.referring_onward import State
from trede.trajectories.absence import note_absence
from trede.trajectories.falling_due import falling_due
from trede.trajectories.hand_over_document import content
from trede.trajectories.handing_over import hand_over, in_care_of, running_of
from trede.trajectories.models import Trajectory

DAY = timedelta(days=1)
UNTIL = (AFTER + 28 * DAY).date()


@pytest.fixture
def trajectory(cast: Cast) -> Trajectory:
    return make_trajectory(cast, make_pilot(cast))


@pytest.fixture
def placement(cast: Cast, trajectory: Trajectory, spot) -> Placement:
    onward = make_onward(cast.sanne, trajectory.person, spot, State.ACCEPTED, at=AFTER)
    return make_placement(cast.sanne, onward, UNTIL, at=AFTER + DAY)


def trials(cast: Cast, first, last) -> list[tuple[object, str]]:
    absence = note_absence(
        staff=cast.sanne,
        from_on=first,
        until_on=last,
        by=cast.by("greet"),
        at=AFTER,
    )
    found = falling_due(absence, running_of(*in_care_of(cast.sanne)), first)
    return [(one.on, str(one.what)) for one in found if "trial" in str(one.what)]


def close(cast: Cast, placement: Placement) -> None:
    placing.end(
        placement=placement,
        on=(AFTER + DAY).date(),
        reason="closed",
        words="",
        by=cast.by("sanne"),
        at=AFTER + DAY,
    )


def test_a_trial_period_that_ends_meanwhile_falls_due_on_its_day(cast, placement):
    assert trials(cast, UNTIL - DAY, UNTIL) == [
        (UNTIL, "end of the trial period: Kookgroep, De Keuken")
    ]
    assert trials(cast, UNTIL - 5 * DAY, UNTIL - DAY) == []


def test_one_that_was_over_before_is_due_at_once(cast, placement):
    first = UNTIL + 3 * DAY
    assert [on for on, _words in trials(cast, first, first + DAY)] == [first]


def test_one_that_was_has_ended_is_due_no_more(cast, placement):
    close(cast, placement)
    assert trials(cast, UNTIL - DAY, UNTIL) == []


def at_partners(cast: Cast, trajectory: Trajectory) -> list[object]:
    given = hand_over(
        trajectory=trajectory,
        receiver=cast.willem,
        on=(AFTER + DAY).date(),
        reason="leaves",
        note="",
        by=cast.by("sanne"),
        at=AFTER + DAY,
    )
    sections = {
        one["title"]: one["lines"] for one in content(given, AFTER + DAY)["sections"]
    }
    return sections["At partners"]


def test_the_successor_reads_where_somebody_goes_and_until_when_on_trial(
    cast, trajectory, placement
):
    ((where, (last,)),) = at_partners(cast, trajectory)
    assert where == (
        "Kookgroep, De Keuken: started, since 15-06-2021, trial period until 12-07-2021"
    )
    assert last.startswith("15-06-2021: Placement: started, 4 hours a week")


def test_what_has_ended_is_left_out(cast, trajectory, placement):
    close(cast, placement)
    assert at_partners(cast, trajectory) == ["Nothing was noted."]


def test_the_successor_reads_who_stands_around_and_not_who_stood(cast, trajectory):
    person, by = trajectory.person, cast.by("sanne")
    around = {"person": person, "by": by, "at": AT}
    add_professional(kind="gp", name="De Beek", telephone="0240000115", **around)
    gone = add_professional(kind="debts", name="Weg", telephone="", **around)
    end_professional(professional=gone, by=by, at=AT)
    assert at_partners(cast, trajectory) == ["GP: De Beek, 024 000 01 15"]
