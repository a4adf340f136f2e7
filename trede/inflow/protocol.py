"""What is the next attempt to reach a candidate, and when is it due?

The pilot file says how often people are called, at which parts of the day, when the
letter follows and what comes after it. Only what was tried since the candidate came in,
or since they were last left in peace, counts. A number that is not right is not called
again: the letter follows at once. Nothing is due for who has an appointment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from django.utils import timezone

from trede.contact.models import Channel, Outcome
from trede.inflow.models import Candidate, Stage
from trede.pilots.rules import Rules

NOON, EVENING = 12, 18


class Step(StrEnum):
    CALL = "call"
    LETTER = "letter"
    CHOSE = "chose"  # on the page behind the code in the letter: call now
    AGREE = "agree"  # spoken: agree on an intake, or note that they would rather not
    MEET = "meet"  # an appointment stands
    REST = "rest"  # every attempt was made: leave in peace for a while
    CLOSE = "close"  # or stop trying, if the pilot says so
    RESTING = "resting"
    LIGHT = "light"  # light contact with who is left in peace


class Moment(Protocol):
    """What this module needs of a contact moment."""

    @property
    def at(self) -> datetime: ...
    @property
    def channel(self) -> str: ...
    @property
    def outcome(self) -> str: ...


@dataclass(frozen=True)
class Attempt:
    """`part_of_day` is when to call; empty when it does not matter."""

    step: Step
    due_on: date
    part_of_day: str = ""
    calls: int = 0
    sent_on: date | None = None

    def is_due(self, on: date) -> bool:
        return self.due_on <= on and self.step not in (Step.MEET, Step.RESTING)


def next_attempt(
    *,
    candidate: Candidate,
    moments: Iterable[Moment],
    rules: Rules,
    on: date,
    meets_on: date | None = None,
    has_number: bool = True,
    chose_at: datetime | None = None,
) -> Attempt:
    """`moments` are the standing contacts with the candidate, in any order. `chose_at`
    is when they chose where and when to talk."""
    in_order = sorted(moments, key=lambda one: one.at)
    if meets_on and meets_on >= on:
        return Attempt(Step.MEET, meets_on)
    if is_resting(candidate, on):
        return _while_resting(candidate, in_order, rules)
    begin = counts_from(candidate, on)
    tried = [one for one in in_order if _day(one) >= begin]
    if chose_at and not any(one.at > chose_at for one in in_order):
        return Attempt(Step.CHOSE, timezone.localdate(chose_at))
    if _reached(tried, rules):
        return Attempt(Step.AGREE, _day(tried[-1]), calls=len(_calls(tried)))
    return _unreached(begin, tried, rules, has_number)


def is_resting(candidate: Candidate, on: date) -> bool:
    until = candidate.rest_until
    return candidate.stage == Stage.RESTING and (until is None or until > on)


def counts_from(candidate: Candidate, on: date) -> date:
    """From which day attempts count: a time of rest begins the protocol anew."""
    if candidate.rest_until is None or candidate.rest_until > on:
        return candidate.since_on
    return max(candidate.since_on, candidate.rest_until)


def part_of_day(at: datetime) -> str:
    hour = timezone.localtime(at).hour
    if hour < NOON:
        return "morning"
    return "afternoon" if hour < EVENING else "evening"


def _unreached(
    begin: date, tried: Sequence[Moment], rules: Rules, has_number: bool
) -> Attempt:
    contact, calls, letter = rules.contact, _calls(tried), _sent_on(tried)
    cannot = not has_number or any(one.outcome == Outcome.WRONG_NUMBER for one in calls)
    enough = contact.letter_after_calls if letter is None else contact.calls
    if not cannot and len(calls) < enough:
        return _call(begin, calls, letter, rules)
    if letter is None:
        last = _day(calls[-1]) if calls else begin
        return Attempt(Step.LETTER, last, calls=len(calls))
    return _at_the_end(calls, letter, tried, rules)


def _call(
    begin: date, calls: Sequence[Moment], letter: date | None, rules: Rules
) -> Attempt:
    contact, due = rules.contact, begin
    if calls:
        due = _day(calls[-1]) + timedelta(days=contact.days_between_calls)
    if letter:
        due = max(due, letter + timedelta(days=contact.wait_days_after_letter))
    part = _least_tried(calls, contact.parts_of_day)
    return Attempt(Step.CALL, due, part, len(calls), letter)


def _at_the_end(
    calls: Sequence[Moment], letter: date, tried: Sequence[Moment], rules: Rules
) -> Attempt:
    """Every attempt was made. A letter that came back need not be waited for."""
    contact = rules.contact
    over = letter + timedelta(days=contact.wait_days_after_letter)
    if calls:
        after_call = _day(calls[-1]) + timedelta(days=contact.days_between_calls)
        over = max(over, after_call if _day(calls[-1]) > letter else over)
    came_back = [
        _day(one)
        for one in tried
        if one.channel == Channel.LETTER and one.outcome == Outcome.WRONG_NUMBER
    ]
    then = Step.REST if contact.then == "rest" else Step.CLOSE
    due = min(over, *came_back) if came_back else over
    return Attempt(then, due, calls=len(calls), sent_on=letter)


def _while_resting(
    candidate: Candidate, moments: Sequence[Moment], rules: Rules
) -> Attempt:
    contact, until = rules.contact, candidate.rest_until or date.max
    if not contact.light_contact_while_resting or not contact.light_contact_weeks:
        return Attempt(Step.RESTING, until)
    began = timezone.localdate(candidate.stage_since)
    last = max([began, *(_day(one) for one in moments)])
    due = last + timedelta(weeks=contact.light_contact_weeks)
    return Attempt(Step.LIGHT, due) if due < until else Attempt(Step.RESTING, until)


def _reached(tried: Sequence[Moment], rules: Rules) -> bool:
    reached = {each.code for each in rules.contact.outcomes if each.reached}
    return any(one.outcome in reached for one in tried)


def _calls(tried: Sequence[Moment]) -> list[Moment]:
    return [one for one in tried if one.channel == Channel.TELEPHONE]


def _sent_on(tried: Sequence[Moment]) -> date | None:
    letters = (
        _day(one)
        for one in tried
        if one.channel == Channel.LETTER and one.outcome == Outcome.SENT
    )
    return max(letters, default=None)


def _least_tried(calls: Sequence[Moment], parts: Sequence[str]) -> str:
    """The part of the day at which was called least; the file's order decides."""
    tried = [part_of_day(one.at) for one in calls]
    return min(parts, key=tried.count, default="")


def _day(moment: Moment) -> date:
    return timezone.localdate(moment.at)
