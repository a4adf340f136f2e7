"""The contact protocol as a small table: what was tried, and what is due next."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from trede.inflow.models import Candidate, Stage
from trede.inflow.protocol import Step, next_attempt, part_of_day
from trede.pilots.reading import read_rules

FILE = Path(read_rules.__code__.co_filename).parent / "approaches" / "nijmegen.toml"
RULES = read_rules(FILE.read_text(encoding="utf-8"))
SINCE = date(2020, 2, 3)
ON = date(2020, 2, 20)


@dataclass(frozen=True)
class Tried:
    at: datetime
    channel: str
    outcome: str


def day(number: int, hour: int = 9) -> datetime:
    return datetime(2020, 2, number, hour, 30, tzinfo=UTC)


def call(number: int, hour: int = 9, outcome: str = "no_answer") -> Tried:
    return Tried(day(number, hour), "telephone", outcome)


def letter(number: int, outcome: str = "sent") -> Tried:
    return Tried(day(number), "letter", outcome)


def candidate(**more: object) -> Candidate:
    given = {"since_on": SINCE, "stage": Stage.WAITING, "stage_since": day(3)}
    return Candidate(**{**given, **more})


MORNING, AFTERNOON, EVENING = 9, 14, 19  # UTC; an hour later in Nijmegen

TABLE = [
    # tried, next step, due on, part of the day
    ([], Step.CALL, date(2020, 2, 3), "morning"),
    ([call(4)], Step.CALL, date(2020, 2, 7), "afternoon"),
    ([call(4, EVENING)], Step.CALL, date(2020, 2, 7), "morning"),
    ([call(4), call(7, AFTERNOON)], Step.CALL, date(2020, 2, 10), "evening"),
    ([call(4, outcome="message_left")], Step.CALL, date(2020, 2, 7), "afternoon"),
    ([call(4), call(7), call(10)], Step.LETTER, date(2020, 2, 10), ""),
    ([call(4, outcome="wrong_number")], Step.LETTER, date(2020, 2, 4), ""),
    ([call(4), call(7), call(10), letter(11)], Step.REST, date(2020, 2, 25), ""),
    (
        [call(4, outcome="wrong_number"), letter(11), letter(14, "wrong_number")],
        Step.REST,
        date(2020, 2, 14),
        "",
    ),
    ([call(4), call(7, outcome="spoke")], Step.AGREE, date(2020, 2, 7), ""),
    ([call(4, outcome="spoke"), call(9)], Step.AGREE, date(2020, 2, 9), ""),
    # A letter went first, say in a round: the calls come after its time.
    ([letter(4)], Step.CALL, date(2020, 2, 18), "morning"),
]


@pytest.mark.parametrize(("tried", "step", "due_on", "part"), TABLE)
def test_what_was_tried_tells_what_is_due(tried, step, due_on, part):
    attempt = next_attempt(candidate=candidate(), moments=tried, rules=RULES, on=ON)
    assert (attempt.step, attempt.due_on, attempt.part_of_day) == (step, due_on, part)


def test_the_order_in_which_contacts_were_noted_does_not_matter():
    tried = [call(10), call(4), call(7)]
    attempt = next_attempt(candidate=candidate(), moments=tried, rules=RULES, on=ON)
    assert attempt.step == Step.LETTER


def test_nobody_is_called_who_has_an_appointment():
    attempt = next_attempt(
        candidate=candidate(),
        moments=[call(4, outcome="spoke")],
        rules=RULES,
        on=ON,
        meets_on=ON + timedelta(days=2),
    )
    assert attempt.step == Step.MEET
    assert not attempt.is_due(ON)


def test_who_has_no_telephone_gets_a_letter_at_once():
    attempt = next_attempt(
        candidate=candidate(), moments=[], rules=RULES, on=ON, has_number=False
    )
    assert (attempt.step, attempt.due_on) == (Step.LETTER, SINCE)


def test_who_is_left_in_peace_is_not_due():
    resting = candidate(stage=Stage.RESTING, rest_until=date(2020, 8, 1))
    attempt = next_attempt(candidate=resting, moments=[], rules=RULES, on=ON)
    assert (attempt.step, attempt.due_on) == (Step.RESTING, date(2020, 8, 1))
    assert not attempt.is_due(ON)


def test_after_the_rest_the_attempts_begin_anew():
    woken = candidate(stage=Stage.RESTING, rest_until=date(2020, 2, 15))
    tried = [call(4), call(7), call(10), letter(11)]
    attempt = next_attempt(candidate=woken, moments=tried, rules=RULES, on=ON)
    assert (attempt.step, attempt.due_on) == (Step.CALL, date(2020, 2, 15))


def test_light_contact_while_resting_where_the_pilot_wants_it():
    contact = replace(
        RULES.contact, light_contact_while_resting=True, light_contact_weeks=4
    )
    rules = replace(RULES, contact=contact)
    resting = candidate(stage=Stage.RESTING, rest_until=date(2020, 8, 1))
    attempt = next_attempt(candidate=resting, moments=[], rules=rules, on=ON)
    assert (attempt.step, attempt.due_on) == (Step.LIGHT, date(2020, 3, 2))
    last = [Tried(day(28), "telephone", "spoke")]
    later = next_attempt(candidate=resting, moments=last, rules=rules, on=ON)
    assert later.due_on == date(2020, 3, 27)


def test_a_pilot_that_stops_trying_says_so():
    rules = replace(RULES, contact=replace(RULES.contact, then="close"))
    tried = [call(4), call(7), call(10), letter(11)]
    attempt = next_attempt(candidate=candidate(), moments=tried, rules=rules, on=ON)
    assert attempt.step == Step.CLOSE


def test_calls_that_remain_come_after_the_time_of_the_letter():
    rules = replace(RULES, contact=replace(RULES.contact, calls=4))
    tried = [call(4), call(7), call(10), letter(11)]
    attempt = next_attempt(candidate=candidate(), moments=tried, rules=rules, on=ON)
    assert (attempt.step, attempt.due_on) == (Step.CALL, date(2020, 2, 25))


def test_the_parts_of_the_day_are_those_of_the_clock_at_home():
    summer = datetime(2020, 7, 1, 16, 30, tzinfo=UTC)  # half past six in Nijmegen
    assert part_of_day(summer) == "evening"


attempts = some.lists(
    some.builds(
        call,
        some.integers(3, 20),
        some.integers(7, 20),
        some.sampled_from(["no_answer", "message_left"]),
    ),
    max_size=6,
)


@given(attempts)
def test_every_call_without_answer_brings_the_end_nearer_and_never_a_ninth_call(tried):
    attempt = next_attempt(candidate=candidate(), moments=tried, rules=RULES, on=ON)
    if len(tried) < RULES.contact.letter_after_calls:
        assert attempt.step == Step.CALL
        used = {part_of_day(one.at) for one in tried}
        if used != set(RULES.contact.parts_of_day):
            assert attempt.part_of_day not in used
    else:
        assert attempt.step == Step.LETTER
    assert all(attempt.due_on >= one.at.date() for one in tried)
