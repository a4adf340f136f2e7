"""The database says whose turn it is, and says the same as the rule for one person."""

import random
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from tests.cast import AT, Cast
from tests.contact.making import a_pilot
from tests.inflow.reaching_out import a_candidate
from trede.contact.models import Appointment, ContactMoment
from trede.inflow.long_lists import MOST, counted, shown
from trede.inflow.models import Candidate, InvitationChoice, Stage
from trede.inflow.protocol import Step
from trede.inflow.waiting import attempt_for, contacts_of, waiting_list
from trede.inflow.whose_turn import Turns, with_number
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
TODAY, DAY = AT.date(), timedelta(days=1)
TRIES = (
    *(("telephone", each) for each in ("no_answer", "spoke", "wrong_number")),
    *(("telephone", "no_answer"),) * 6,
    *(("letter", each) for each in ("sent", "sent", "wrong_number")),
)


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return a_pilot(cast)


def a_past(draw: random.Random, cast: Cast, one: Candidate) -> None:
    """What was tried in the last five weeks, in any order, and what was agreed."""
    ContactMoment.objects.bulk_create(
        ContactMoment(
            person=one.person,
            pilot=one.pilot,
            by=cast.sanne,
            at=a_moment(draw),
            channel=channel,
            outcome=outcome,
            occasion="invitation",
            submission=uuid4(),
            recorded_at=AT,
        )
        for channel, outcome in draw.choices(TRIES, k=draw.randrange(7))
    )
    for _again in range(draw.choice((0, 0, 0, 1, 2))):
        InvitationChoice.objects.create(
            candidate=one, chosen_at=a_moment(draw), not_now=draw.random() < 0.3
        )
    if draw.random() < 0.15:
        Appointment.objects.create(
            person=one.person,
            pilot=one.pilot,
            staff=cast.sanne,
            starts_at=AT + draw.choice((-2, 0, 3)) * DAY,
            location="walk",
            planned_at=AT - 9 * DAY,
            state_since=AT - 9 * DAY,
        )


def a_moment(draw: random.Random) -> datetime:
    return AT - draw.choice((0, 1, 2, 3, 4, 13, 14, 15, 20, 34)) * DAY


def judged(pilot: Pilot, on: date) -> tuple[set[int], set[int]]:
    """Due, and due for a letter, by the rule for one after the other."""
    rows = waiting_list(pilot=pilot, on=on)
    contacts, rules = contacts_of(rows, pilot, on), rules_of(pilot, on)
    due, letter = set(), set()
    for one in with_number(rows):
        known = bool(getattr(one, "has_number", True))
        attempt = attempt_for(one, contacts, rules, on, has_number=known)
        moments = contacts.moments.get(one.person_id, ())
        if attempt.is_due(on) or any(each.at.date() == on for each in moments):
            due.add(one.pk)
        if attempt.step == Step.LETTER and attempt.is_due(on):
            letter.add(one.pk)
    return due, letter


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_rule_of_one_person(cast: Cast, pilot: Pilot, seed: int):
    draw = random.Random(seed)
    for number in range(40):
        one = a_candidate(
            cast,
            pilot,
            since=TODAY - draw.choice((0, 3, 20, 90)) * DAY,
            telephone="" if number % 9 == 0 else "06 12345678",
        )
        if number % 5 == 0:
            one.rest_until = TODAY - draw.choice((0, 2, 14, 40)) * DAY
            one.stage = draw.choice((Stage.RESTING, Stage.WAITING))
            one.save()
        a_past(draw, cast, one)
    turns = Turns(pilot, rules_of(pilot, TODAY), TODAY)
    rows = waiting_list(pilot=pilot, on=TODAY)
    due, letter = judged(pilot, TODAY)
    assert set(turns.due(rows).values_list("pk", flat=True)) == due
    assert set(turns.for_a_letter(rows).values_list("pk", flat=True)) == letter
    assert 0 < len(due) < 40
    assert letter


def test_several_lists_are_counted_in_one_question(
    cast: Cast, pilot: Pilot, django_assert_num_queries
):
    a_candidate(cast, pilot)
    everybody = Candidate.objects.order_by("since_on")
    with django_assert_num_queries(1):
        numbers = counted(everybody, everybody.none(), everybody.filter(stage="gone"))
    assert numbers == [1, 0, 0]
    assert (shown(MOST), shown(MOST + 1)) == (1000, "1000+")
