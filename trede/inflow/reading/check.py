"""Checks a target list against a pilot's criteria and writes nothing.

This is what `trede list check` prints and what the preview on the screen shows.
"""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trede.inflow.criteria import CriterionRule, judge, prepare, standing
from trede.inflow.reading.people import ListReading, Progress, read_list

RESULTS = ("met", "not_met", "unknown")


@dataclass(frozen=True, slots=True)
class ListCheck:
    """What was read, and how many meet which criterion."""

    reading: ListReading
    eligible: int
    ineligible: int
    undecided: int
    by_criterion: dict[str, dict[str, int]]

    @property
    def accepted(self) -> int:
        return len(self.reading.records)

    def as_json(self) -> dict[str, object]:
        """The keys that other programs rely on; reasons in the active language."""
        reading = self.reading
        return {
            "format": reading.format,
            "encoding": reading.encoding,
            "header_row": reading.header_row,
            "columns": {
                column.field: column.source
                for column in reading.columns
                if column.field is not None
            },
            "rows": reading.rows,
            "accepted": self.accepted,
            "rejected": [
                {
                    "row": note.row,
                    "column": note.column,
                    "value": note.value,
                    "reason": note.text,
                }
                for note in reading.rejected
            ],
            "duplicates": len(reading.duplicates),
            "eligible": self.eligible,
            "ineligible": self.ineligible,
            "undecided": self.undecided,
            "by_criterion": self.by_criterion,
        }


def check_list(
    data: bytes,
    name: str,
    rules: Sequence[CriterionRule],
    on: datetime.date,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ListCheck:
    """Read the list and judge everybody on it on the reference date `on`."""
    judges = prepare(rules, on=on)
    reading = read_list(data, name=name, on=on, mapping=mapping, progress=progress)
    standings: Counter[str] = Counter()
    results = {rule.code: Counter[str]() for rule in rules}
    for record in reading.records:
        outcomes = judge(record, judges)
        standings[standing(outcomes)] += 1
        for outcome in outcomes:
            results[outcome.code][outcome.result] += 1
    return ListCheck(
        reading=reading,
        eligible=standings["eligible"],
        ineligible=standings["ineligible"],
        undecided=standings["undecided"],
        by_criterion={
            code: {result: counts[result] for result in RESULTS}
            for code, counts in results.items()
        },
    )
