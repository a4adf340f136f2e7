"""The code is typed on two telephones at the same moment: one of them opens."""

from functools import partial

import pytest

from tests.at_once import at_once, refusals, several
from tests.questionnaires.conftest import AT, Desk
from trede.questionnaires import own_device
from trede.questionnaires.models import Handover, OwnDevice, Sitting

pytestmark = pytest.mark.django_db(transaction=True)


def waiting() -> OwnDevice:
    rows = OwnDevice.objects.select_related("made_by", "sitting__person")
    return rows.get(ended_at=None)


def test_a_code_typed_on_several_telephones_opens_one(desk: Desk, sitting: Sitting):
    made = own_device.make(sitting=sitting, by=desk.cast.by("sanne"), at=AT)
    results = several(
        lambda: own_device.open_with_code(own=waiting(), code=made.code, at=AT)
    )
    assert len(refusals(results)) == len(results) - 1
    assert Handover.objects.filter(ended_at=None).count() == 1


def test_guessing_at_once_is_no_more_than_five_guesses(desk: Desk, sitting: Sitting):
    made = own_device.make(sitting=sitting, by=desk.cast.by("sanne"), at=AT)
    own, wrong = waiting(), f"{(int(made.code) + 1) % 10**6:06d}"
    guess = partial(own_device.open_with_code, own=own, code=wrong, at=AT)
    for _round in range(2):
        at_once(*[guess] * 4)
    assert waiting().failed_codes == own_device.TRIES
    assert own_device.standing(waiting(), AT) is own_device.Standing.CLOSED


def test_of_links_made_at_once_one_stays_open(desk: Desk, sitting: Sitting):
    several(lambda: own_device.make(sitting=sitting, by=desk.cast.by("sanne"), at=AT))
    assert OwnDevice.objects.filter(ended_at=None).count() == 1
