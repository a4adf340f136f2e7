"""Weights that make the people of a survey look like the participants.

A lot makes groups alike by itself and gets no weights. Where people cannot be weighted,
or no covariates were named, the comparison is made without, and that is refused aloud.
"""

from dataclasses import dataclass

import numpy as np

from trede.evaluation.comparison.weighting import weigh
from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.running.asking import Refused, arms, belonging, refusal
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.covariates import covariates_of
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import People


@dataclass(frozen=True, slots=True)
class Balance:
    """How alike two groups are beforehand, without and with weights.

    `before` and `after`: standardised mean differences by covariate.
    """

    covariates: tuple[str, ...]
    before: Values
    after: Values
    effective: float
    largest: float
    n_missing: int
    method: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """Weights of shape (people,), None when everybody counts once."""

    weights: Values | None = None
    balance: Balance | None = None
    refused: tuple[Refused, ...] = ()


def weighed(people: People, configuration: Configuration) -> Weighted:
    """Weights for a survey; none for any other design."""
    if configuration.design is not Design.CONTROL_GROUP:
        return Weighted()
    covariates = covariates_of(people, configuration.covariates)
    belongs = belonging(people)
    try:
        if not covariates.names:
            raise CannotEstimate("weighting", why="no_covariates", has=0, needed=1)
        made = weigh(np.where(belongs, arms(people), np.nan), covariates.values)
    except CannotEstimate as no:
        return Weighted(refused=(refusal("", "", no),))
    balance = Balance(
        covariates=covariates.names,
        before=made.before,
        after=made.after,
        effective=made.effective,
        largest=made.largest,
        n_missing=made.n_missing - int((~belongs).sum()),
        method=made.method,
        notes=made.notes,
    )
    return Weighted(made.weights, balance)
