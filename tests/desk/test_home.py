"""Where everybody lands: a section for each role, and what is to be done first."""

import pytest

from tests.cast import Cast
from tests.desk.making import make_story, sign_in
from tests.trajectories.making import make_pilot
from trede.accounts.models import Role

pytestmark = pytest.mark.django_db


def home(staff) -> str:
    answer = sign_in(staff).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_without_a_pilot_every_role_is_told_what_comes_first(cast: Cast, role):
    said = home(cast.with_role(role))
    assert "<h1" in said
    assert "empty" in said or "quiet" in said


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home_with_people_in_the_pilot(cast: Cast, role):
    make_story(cast, make_pilot(cast))
    assert "<h1" in home(cast.with_role(role))
