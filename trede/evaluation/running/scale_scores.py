"""A scale as an outcome: the mean of a person's answers to its items.

An outcome with the code of a `[[scale]]` is the score of that scale. It is the mean of
the items that somebody answered, in the unit of the items, when that is enough of them
(`answered`, half when nothing is said); with fewer there is no score. What points the
other way is turned round.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from trede.evaluation.estimate import Values
from trede.evaluation.running.configuration import Configuration, Outcome, Scale

Ends = tuple[float, float]
# A half of three is one and a half: the last digit of a share decides nothing.
ROUNDING = 1e-9


def scales_scored(configuration: Configuration) -> dict[str, Scale]:
    """The scales that are an outcome, by their code."""
    codes = {outcome.code for outcome in configuration.outcomes}
    return {scale.code: scale for scale in configuration.scales if scale.code in codes}


def wrong_scores(
    frame: pl.DataFrame,
    scales: Iterable[Scale],
    outcomes: Mapping[str, Outcome],
    items: Mapping[str, Outcome],
) -> list[str]:
    """Scores that are there already, are no scores, or have items that differ."""
    problems = []
    for scale in scales:
        there = [c for c in frame.columns if c.rpartition("_")[0] == scale.code]
        if there:
            problems.append(
                f'Outcome "{scale.code}" is made of the scale of that name, but there'
                f' is a column "{there[0]}" too. Give the scale another code.'
            )
        if outcomes[scale.code].type not in (None, "score"):
            problems.append(
                f'Outcome "{scale.code}" is the mean of a scale: its type is score.'
            )
        ends = {items[code].scale for code in scale.outcomes if code in items}
        if len(ends) > 1:
            problems.append(
                f'Scale "{scale.code}": its items have different answers, so their'
                " mean says nothing. Give them one scale = [lowest, highest]."
            )
    return problems


def as_outcome(outcome: Outcome, scale: Scale, items: Mapping[str, Outcome]) -> Outcome:
    """The score as an outcome, on the scale of its items."""
    ends = outcome.scale or items[scale.outcomes[0]].scale
    return replace(outcome, type="score", scale=ends)


def score_columns(
    frame: pl.DataFrame,
    scale: Scale,
    items: Mapping[str, Outcome],
    moments: Iterable[str],
) -> Iterator[pl.Series]:
    """The score at each moment at which every item was asked."""
    for moment in moments:
        names = {code: f"{code}_{moment}" for code in scale.outcomes}
        if all(name in frame.columns for name in names.values()):
            answers = {
                code: frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
                for code, name in names.items()
            }
            ends = {code: items[code].scale for code in scale.reversed}
            scores = person_means(answers, ends, scale.answered)
            yield pl.Series(f"{scale.code}_{moment}", scores).fill_nan(None)


def person_means(
    answers: Mapping[str, Values],
    reversed: Mapping[str, Ends | None],
    answered: float,
) -> Values:
    """The mean of each person's answers, shape (people,); NaN with too few.

    Args:
        answers: item -> shape (people,), NaN is missing.
        reversed: the items that are turned round, with their lowest and highest answer.
        answered: the least share of the items, 0 to 1.
    """
    turned = [
        sum(ends) - given if (ends := reversed.get(code)) else given
        for code, given in answers.items()
    ]
    table = np.column_stack(turned)
    there = (~np.isnan(table)).sum(axis=1)
    least = max(1.0, answered * table.shape[1] - ROUNDING)
    means = np.nansum(table, axis=1) / np.maximum(there, 1)
    return np.where(there >= least, means, np.nan)
