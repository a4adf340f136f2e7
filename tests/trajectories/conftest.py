import pytest

from tests.cast import Cast
from tests.trajectories.making import make_pilot, make_trajectory
from trede.pilots.models import Pilot
from trede.trajectories.models import Trajectory


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


@pytest.fixture
def trajectory(cast: Cast, pilot: Pilot) -> Trajectory:
    """Sanne's, started on 14 June 2021, for six months."""
    return make_trajectory(cast, pilot)
