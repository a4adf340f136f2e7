"""The list of people, and searching."""

import pytest

from tests.cast import Cast
from tests.desk.making import make_story, sign_in
from tests.trajectories.making import make_pilot

pytestmark = pytest.mark.django_db


def test_a_coach_begins_with_their_own_people(cast: Cast):
    make_story(cast, make_pilot(cast))
    assert "Amrani" in sign_in(cast.sanne).get("/deelnemers/").content.decode()
    assert "Amrani" not in sign_in(cast.willem).get("/deelnemers/").content.decode()
    assert "Amrani" in sign_in(cast.greet).get("/deelnemers/").content.decode()


def test_search_finds_the_start_of_a_name(cast: Cast):
    make_story(cast, make_pilot(cast))
    said = sign_in(cast.sanne).post("/zoeken/", {"q": "amr"}).content.decode()
    assert "Nadia Amrani" in said
