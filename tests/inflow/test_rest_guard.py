"""Who is left in peace is not called by accident; some pilots keep light contact."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.contact.making import FILE, a_pilot, note_call
from tests.inflow.reaching_out import a_candidate
from trede.accounts.refusing import Refused
from trede.contact.models import ContactMoment
from trede.inflow.inviting import make_invitation
from trede.inflow.models import Candidate
from trede.inflow.resting import let_rest, wake
from trede.inflow.waiting_by_lot import deviations
from trede.pilots.models import Pilot

UNTIL = AT + timedelta(days=60)
LIGHT = FILE.read_text(encoding="utf-8").replace(
    "light_contact_while_resting = false",
    "light_contact_while_resting = true\nlight_contact_weeks = 8",
)


def rests(cast: Cast, pilot: Pilot) -> Candidate:
    candidate = a_candidate(cast, pilot)
    by = cast.by("sanne")
    until = UNTIL.date()
    let_rest(candidate=candidate, until=until, reason="health", by=by, at=AT)
    return candidate


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return a_pilot(cast)


def test_contact_with_who_is_left_in_peace_needs_a_reason(cast, pilot):
    candidate = rests(cast, pilot)
    with pytest.raises(Refused, match="left in peace until 10-04-2020") as refusal:
        note_call(cast, candidate.person, pilot)
    assert refusal.value.field == "deviation_reason"
    moment = note_call(cast, candidate.person, pilot, deviation_reason="Belde ons zelf")
    assert moment.deviation_reason == "Belde ons zelf"


def test_that_is_no_deviation_from_the_design_of_the_study(cast, pilot):
    candidate = rests(cast, pilot)
    soon = AT + timedelta(hours=1)
    note_call(cast, candidate.person, pilot, at=soon, deviation_reason="Belde zelf")
    assert deviations(pilot) == []


def test_no_letter_is_made_meanwhile(cast, pilot):
    candidate = rests(cast, pilot)
    with pytest.raises(Refused, match="left in peace"):
        make_invitation(candidate=candidate, by=cast.by("sanne"), at=AT)


def test_a_pilot_with_light_contact_lets_staff_call(cast):
    pilot = a_pilot(cast, LIGHT)
    candidate = rests(cast, pilot)
    assert note_call(cast, candidate.person, pilot).deviation_reason == ""


def test_on_the_day_itself_and_after_waking_nobody_is_asked_why(cast, pilot):
    candidate = rests(cast, pilot)
    note_call(cast, candidate.person, pilot, at=UNTIL)
    other = rests(cast, pilot)
    wake(candidate=other, by=cast.by("sanne"), at=AT)
    note_call(cast, other.person, pilot)
    assert not ContactMoment.objects.exclude(deviation_reason="").exists()
