"""Judges a person by the criteria of a pilot on a reference date.

Each criterion is met, not met or unknown, with the value that decides. Unknown is not
no: the coach asks. A date of which a part is missing decides only when its earliest
and its latest day give the same answer.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from trede.inflow.reading.dates import PartialDate
from trede.inflow.reading.places import Place

Result = Literal["met", "not_met", "unknown"]
Standing = Literal["eligible", "ineligible", "undecided"]


@dataclass(frozen=True, slots=True)
class CriterionRule:
    """One criterion as the pilot's file has it: its code, its kind, its limits."""

    code: str
    kind: str
    params: Mapping[str, object] = field(default_factory=dict)


class Facts(Protocol):
    """What the criteria need to know of a person; a record of the list has it."""

    @property
    def born_on(self) -> PartialDate | None: ...
    @property
    def birth_country(self) -> Place | None: ...
    @property
    def benefit_since_on(self) -> PartialDate | None: ...
    @property
    def settled_on(self) -> PartialDate | None: ...
    @property
    def last_contact_on(self) -> PartialDate | None: ...
    @property
    def status_approach(self) -> bool | None: ...
    @property
    def other_track(self) -> str | None: ...


class Outcome(NamedTuple):
    """How a criterion turned out, the value it rests on and where that stands."""

    code: str
    result: Result
    value: str
    source: str


class RuleMistake(ValueError):
    """A rule that cannot be applied: an unknown kind, or a limit that is missing."""


Judge = Callable[[Facts], Outcome]
Passed = Callable[[datetime.date], bool]


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months on; of a shorter month the last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"{day} plus {months} months lies outside the calendar")


def birthday(born: datetime.date, years: int) -> datetime.date:
    """The day somebody reaches an age; born on 29 February that is 1 March."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return datetime.date(born.year + years, 3, 1)


def judge_date(known: PartialDate | None, passed: Passed) -> Result:
    if known is None:
        return "unknown"
    earliest = passed(known.earliest)
    if not known.complete and earliest != passed(known.latest):
        return "unknown"
    return "met" if earliest else "not_met"


def _shown(known: PartialDate | None) -> str:
    return known.isoformat() if known else ""


def _number(rule: CriterionRule, name: str) -> int:
    value = rule.params.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise RuleMistake(f"{rule.code}: {name} must be a whole number, 0 or more")
    return value


def _words(rule: CriterionRule, name: str) -> frozenset[str]:
    value = rule.params.get(name)
    if isinstance(value, str) or not isinstance(value, Collection) or not value:
        raise RuleMistake(f"{rule.code}: {name} must be a list of codes")
    return frozenset(str(word) for word in value)


def _age_at_least(rule: CriterionRule, on: datetime.date) -> Judge:
    years = _number(rule, "years")

    def judge(facts: Facts) -> Outcome:
        born = facts.born_on
        result = judge_date(born, lambda day: birthday(day, years) <= on)
        return Outcome(rule.code, result, _shown(born), "born_on")

    return judge


def _benefit_longer_than_months(rule: CriterionRule, on: datetime.date) -> Judge:
    months = _number(rule, "months")

    def judge(facts: Facts) -> Outcome:
        since = facts.benefit_since_on
        result = judge_date(since, lambda day: add_months(day, months) < on)
        return Outcome(rule.code, result, _shown(since), "benefit_since_on")

    return judge


def _background(rule: CriterionRule, on: datetime.date) -> Judge:
    countries = _words(rule, "countries")

    def judge(facts: Facts) -> Outcome:
        place = facts.birth_country
        inside = [code in countries for code in place.codes] if place else []
        result: Result = "unknown"
        # A place that may be several countries decides when all say the same.
        if inside and all(inside):
            result = "met"
        elif inside and not any(inside):
            result = "not_met"
        given = place.given if place else ""
        return Outcome(rule.code, result, given, "birth_country")

    return judge


def _settled_at_least_years(rule: CriterionRule, on: datetime.date) -> Judge:
    years = _number(rule, "years")

    # An empty date is unknown, also for somebody born here: the list does not say
    # who has lived abroad since.
    def judge(facts: Facts) -> Outcome:
        since = facts.settled_on
        result = judge_date(since, lambda day: birthday(day, years) <= on)
        return Outcome(rule.code, result, _shown(since), "settled_on")

    return judge


FLAGS: dict[str, Callable[[Facts], bool | None]] = {
    "status_approach": lambda facts: facts.status_approach,
}


def _flag_not(rule: CriterionRule, on: datetime.date) -> Judge:
    name = str(rule.params.get("flag", "status_approach"))
    if name not in FLAGS:
        raise RuleMistake(f"{rule.code}: there is no flag {name}")
    flag = FLAGS[name]

    def judge(facts: Facts) -> Outcome:
        raised = flag(facts)
        if raised is None:
            return Outcome(rule.code, "unknown", "", name)
        result: Result = "not_met" if raised else "met"
        return Outcome(rule.code, result, "yes" if raised else "no", name)

    return judge


def _no_contact_for_months(rule: CriterionRule, on: datetime.date) -> Judge:
    months = _number(rule, "months")

    def judge(facts: Facts) -> Outcome:
        last = facts.last_contact_on
        result = judge_date(last, lambda day: add_months(day, months) <= on)
        return Outcome(rule.code, result, _shown(last), "last_contact_on")

    return judge


def _none_running(rule: CriterionRule, on: datetime.date) -> Judge:
    def judge(facts: Facts) -> Outcome:
        track = facts.other_track
        if track is None:
            return Outcome(rule.code, "unknown", "", "other_track")
        result: Result = "not_met" if track else "met"
        return Outcome(rule.code, result, track, "other_track")

    return judge


KINDS: dict[str, Callable[[CriterionRule, datetime.date], Judge]] = {
    "age_at_least": _age_at_least,
    "benefit_longer_than_months": _benefit_longer_than_months,
    "background": _background,
    "settled_at_least_years": _settled_at_least_years,
    "flag_not": _flag_not,
    "no_contact_for_months": _no_contact_for_months,
    "none_running": _none_running,
}


def prepare(rules: Iterable[CriterionRule], *, on: datetime.date) -> tuple[Judge, ...]:
    """The rules made ready for one reference date, so that a list goes quickly."""
    judges = []
    for rule in rules:
        if rule.kind not in KINDS:
            known = ", ".join(KINDS)
            raise RuleMistake(f"{rule.code}: no kind {rule.kind}; known are {known}")
        judges.append(KINDS[rule.kind](rule, on))
    return tuple(judges)


def judge(facts: Facts, judges: Iterable[Judge]) -> tuple[Outcome, ...]:
    return tuple(one(facts) for one in judges)


def standing(outcomes: Iterable[Outcome]) -> Standing:
    """All met is eligible; one not met, ineligible; otherwise it is not decided yet."""
    results = {outcome.result for outcome in outcomes}
    if "not_met" in results:
        return "ineligible"
    return "undecided" if "unknown" in results else "eligible"
