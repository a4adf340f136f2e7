"""The partners of the invented town can be found, and nobody real can be called."""

import re

import pytest

from tests.demo.conftest import DAYS
from trede.demo.agenda import moment
from trede.demo.living_rules import living_rules
from trede.demo.partnering import (
    GOES_TO,
    LEFT_TO_CHECK,
    PARTNERS,
    PLACED_AT,
    confirms_partners,
    knows_partners,
)
from trede.demo.town import found_town
from trede.partners.directory import to_check_before
from trede.partners.models import ActivityPlace, ContactPerson, Organisation

pytestmark = pytest.mark.django_db
TODAY = DAYS[0]


def test_the_town_knows_its_partners_once():
    town, at = found_town(), moment(TODAY, 9)
    for _twice in range(2):
        knows_partners(town, at)
    assert Organisation.objects.count() == len(PARTNERS) == 25
    for what in (*GOES_TO, PLACED_AT):
        assert ActivityPlace.objects.filter(what=what).count() == 1


def test_some_are_left_to_check():
    town = found_town()
    knows_partners(town, moment(TODAY.replace(year=TODAY.year - 1), 9))
    confirms_partners(town, moment(TODAY, 9))
    stale = Organisation.objects.filter(confirmed_on__lt=to_check_before(TODAY))
    assert stale.count() == LEFT_TO_CHECK


def test_what_the_file_names_is_known_to_the_pilot():
    rules = living_rules(TODAY)
    quarters = {one.code for one in rules.quarters} | {""}
    kinds = {one.code for one in rules.activity_types}
    for told in PARTNERS:
        assert told["kind"] in Organisation.Kind.values
        assert told["quarter"] in quarters
        assert {place[1] for place in told["places"]} <= kinds


def test_every_number_is_one_that_nobody_has():
    knows_partners(found_town(), moment(TODAY, 9))
    numbers = [
        *Organisation.objects.values_list("telephone", flat=True),
        *ContactPerson.objects.values_list("telephone", flat=True),
    ]
    assert all(re.fullmatch(r"024 000 \d{4}", number) for number in numbers)
