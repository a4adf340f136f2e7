"""The eligibility ledger: of each criterion every outcome ever, the newest counts.

Lines are appended and never changed. A list or a changed rule adds a line only where
it says something else than before, and never speaks over an exception that somebody
made with a reason, unless the value itself changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from trede import many_rows
from trede.accounts.acting import Actor
from trede.inflow.criteria import CriterionRule, Outcome
from trede.inflow.criteria import Standing as Verdict
from trede.inflow.models import Candidate, CriterionOutcome, ListUpload
from trede.pilots.rules import Criterion, Rules

Source = CriterionOutcome.Source
AT_A_TIME = 500


@dataclass(frozen=True)
class Entry:
    """What all lines that are added together have in common."""

    source: CriterionOutcome.Source
    reference_on: date
    rules_number: int
    by: Actor
    at: datetime
    upload: ListUpload | None = None


Line = tuple[Candidate, Outcome]
Standing = Mapping[str, CriterionOutcome]


def criteria(rules: Rules, judged: Literal["list", "screening"]) -> list[Criterion]:
    return [one for one in rules.criteria if one.judged == judged]


def list_rules(rules: Rules) -> list[CriterionRule]:
    """The criteria that a list decides, ready to be judged."""
    return [
        CriterionRule(one.code, one.kind, _limits(one))
        for one in criteria(rules, "list")
    ]


def _limits(one: Criterion) -> dict[str, int | str | bool | Sequence[str]]:
    return {
        name: value
        for name, value in one.parameters.items()
        if isinstance(value, int | str | tuple)
    }


def append(lines: Iterable[Line], entry: Entry) -> int:
    """Add lines, many at a time and without an object for each."""
    shared = CriterionOutcome(
        source=entry.source,
        reference_on=entry.reference_on,
        at=entry.at,
        by=entry.by.name,
        upload=entry.upload,
        rules_number=entry.rules_number,
    )
    return many_rows.add(
        CriterionOutcome,
        ("candidate", "criterion", "outcome", "value"),
        (
            (candidate.pk, outcome.code, outcome.result, outcome.value)
            for candidate, outcome in lines
        ),
        shared=shared,
    )


def standing(candidates: Sequence[Candidate]) -> dict[int, dict[str, CriterionOutcome]]:
    """Of each candidate the line that counts, by criterion."""
    found: dict[int, dict[str, CriterionOutcome]] = {one.pk: {} for one in candidates}
    numbers = list(found)
    for start in range(0, len(numbers), AT_A_TIME):
        lines = CriterionOutcome.objects.filter(
            candidate__in=numbers[start : start + AT_A_TIME]
        )
        for line in lines.order_by("at", "pk"):
            found[line.candidate_id][line.criterion] = line
    return found


def says_something_new(outcome: Outcome, line: CriterionOutcome | None) -> bool:
    if line is None:
        return True
    other_value = line.value != outcome.value
    if line.source in (Source.OVERRIDE, Source.COACH):
        # Who made the exception knew this value; only another one reopens it.
        return other_value and outcome.result != line.outcome
    return other_value or line.outcome != outcome.result


def came_to(results: Iterable[str]) -> Verdict:
    """As for a list: all met, one not met, or not decided yet."""
    known = set(results)
    if "not_met" in known:
        return "ineligible"
    return "undecided" if "unknown" in known else "eligible"
