"""Where people stood before and after: what a change was a change of.

Everything is told of the same people, those with both answers: else a mean could rise
because somebody low gave no second answer. Two groups that are compared are described
each by itself.

| type | told beside the means |
|---|---|
| score | counts by answer, when the answers are whole numbers on a short scale |
| likert, ladder | counts by answer, and who went from where to where |
| binary | counts, share of yes |
| hours | share with any |
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trede.evaluation.estimate import Values
from trede.evaluation.running.asking import Group, one_kind
from trede.evaluation.running.configuration import (
    Configuration,
    Contrast,
    Outcome,
    OutcomeType,
)
from trede.evaluation.running.laying_out import People

# With more different answers a table of counts cannot be read, nor published.
MOST_ANSWERS = 21
Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of one group at both moments of a contrast.

    `values` are the answers that can be given, None when they are not counted. `cells`
    has a row per answer before and a column per answer after. Shares are of yes, or of
    those with any hours.
    """

    outcome: str
    contrast: str
    type: OutcomeType | None
    question: str
    primary: bool
    group: str
    n: int
    n_missing: int
    values: tuple[float, ...] | None
    before: Counts | None
    after: Counts | None
    cells: tuple[Counts, ...] | None
    mean_before: float | None
    mean_after: float | None
    sd_before: float | None
    sd_after: float | None
    share_before: float | None
    share_after: float | None
    up: int
    same: int
    down: int


def levels(people: People, configuration: Configuration) -> Iterator[Level]:
    """Every outcome of every group in every contrast in which it was measured."""
    for contrast in configuration.contrasts:
        for outcome in people.outcomes:
            if not people.measured_at(contrast, outcome.code):
                continue
            for group in one_kind(people, configuration.design):
                yield _level(people, outcome, contrast, group)


def _level(people: People, outcome: Outcome, contrast: Contrast, group: Group) -> Level:
    before, after = (
        people.of(outcome.code, moment)[group.who]
        for moment in (contrast.before, contrast.after)
    )
    both = ~(np.isnan(before) | np.isnan(after))
    first, second = before[both], after[both]
    values = _answers(outcome, np.concatenate((first, second)))
    whole_table = outcome.type in ("likert", "ladder") and values is not None
    shares = outcome.type in ("binary", "hours") and len(first)
    return Level(
        outcome=outcome.code,
        contrast=contrast.code,
        type=outcome.type,
        question=outcome.question,
        primary=outcome.primary,
        group=group.name,
        n=len(first),
        n_missing=int((~both).sum()),
        values=values,
        before=_counts(first, values),
        after=_counts(second, values),
        cells=_cells(first, second, values) if whole_table and values else None,
        mean_before=_mean(first),
        mean_after=_mean(second),
        sd_before=_deviation(first),
        sd_after=_deviation(second),
        share_before=float((first > 0).mean()) if shares else None,
        share_after=float((second > 0).mean()) if shares else None,
        up=int((second > first).sum()),
        same=int((second == first).sum()),
        down=int((second < first).sum()),
    )


def _answers(outcome: Outcome, found: Values) -> tuple[float, ...] | None:
    """All answers from the lowest to the highest, also those that nobody gave."""
    if outcome.type == "hours" or (found != np.rint(found)).any():
        return None
    ends = outcome.scale
    if ends is None and len(found):
        ends = float(found.min()), float(found.max())
    if ends is None or ends[1] - ends[0] >= MOST_ANSWERS:
        return None
    return tuple(np.arange(ends[0], ends[1] + 1).tolist())


def _counts(given: Values, values: tuple[float, ...] | None) -> Counts | None:
    if values is None:
        return None
    return tuple(int((given == value).sum()) for value in values)


def _cells(
    before: Values, after: Values, values: tuple[float, ...]
) -> tuple[Counts, ...]:
    return tuple(
        tuple(int(((before == one) & (after == other)).sum()) for other in values)
        for one in values
    )


def _mean(given: Values) -> float | None:
    return float(given.mean()) if len(given) else None


def _deviation(given: Values) -> float | None:
    return float(given.std(ddof=1)) if len(given) > 1 else None
