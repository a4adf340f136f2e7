import pytest

from tests.cast import Cast
from tests.partners.making import make_partner, make_place
from tests.people.making import make_person
from trede.partners.models import ActivityPlace, Organisation
from trede.people.models import Person


@pytest.fixture
def kitchen(cast: Cast) -> Organisation:
    return make_partner(cast.sanne)


@pytest.fixture
def spot(cast: Cast, kitchen: Organisation) -> ActivityPlace:
    return make_place(cast.sanne, kitchen)


@pytest.fixture
def person(cast: Cast) -> Person:
    """Sanne's."""
    return make_person(cast, "Nadia Amrani", cast.sanne)
