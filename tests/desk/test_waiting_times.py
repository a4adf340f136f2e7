"""How long people wait, as the coordinator sees it: counts, and nobody's name."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.trajectories.making import make_candidate, make_pilot
from trede.desk.steering import steering
from trede.inflow.models import Stage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("days", "median", "longest"), [([10], 10, 10), ([1, 5, 30], 5, 30), ([2, 8], 8, 8)]
)
def test_the_middle_and_the_longest_of_who_waits_now(cast: Cast, days, median, longest):
    pilot = make_pilot(cast)
    for n in days:
        make_candidate(cast, pilot, at=AT - timedelta(days=n), stage=Stage.WAITING)
    make_candidate(cast, pilot, at=AT - timedelta(days=99), stage=Stage.STARTED)
    waiting = steering(pilot, AT.date())["waiting"]
    assert (waiting.n, waiting.median, waiting.longest) == (len(days), median, longest)


def test_nobody_waiting_is_no_number(cast: Cast):
    assert steering(make_pilot(cast), AT.date())["waiting"] is None
