"""The page of one person: who sees it, what it says, and what it never says."""

import pytest

from tests.cast import Cast
from tests.desk.making import make_story, sign_in
from tests.trajectories.making import make_pilot
from trede.audit.models import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast: Cast):
    return make_story(cast, make_pilot(cast))


def page(staff, story, query=""):
    return sign_in(staff).get(f"/deelnemers/{story.person.pk}/{query}")


def test_the_coach_sees_the_whole_story(cast, story):
    said = page(cast.sanne, story).content.decode()
    for words in (
        "Amrani",
        "Slaapt beter",
        "Praten",
        "Bellen",
        "Naar de buurttuin",
        "Liever na één uur",
    ):
        assert words in said
