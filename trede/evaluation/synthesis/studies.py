"""Figures of pilots side by side, and their mean weighted by precision.

Each pilot counts by 1 / (se² + tau²). With tau² = 0 that is the *fixed effect*: the
mean of these pilots, in which a large one weighs much. It says nothing of pilots that
are not among them.

Source: Hedges and Olkin, "Statistical methods for meta-analysis", 1985.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, sqrt

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.estimate import LEVEL, CannotEstimate, Estimate, Interval, Values
from trede.evaluation.proportions import Z95

Counts = NDArray[np.int64]

# With one there is nothing to put together.
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Studies:
    """Shapes, all (k,): `values`; `errors`, above 0; `people` and `missing`, counts.

    `largest`: no true figure lies beyond it on either side of 0; a share of people is
    at most 1. So neither can figures lie further apart, on the whole, than that.
    """

    values: Values
    errors: Values
    people: Counts
    missing: Counts
    largest: float = inf

    @property
    def n(self) -> int:
        return int(self.people.sum())

    @property
    def n_missing(self) -> int:
        return int(self.missing.sum())

    @property
    def k(self) -> int:
        return len(self.values)

    @property
    def variances(self) -> Values:
        return self.errors**2

    @property
    def reach(self) -> float:
        """From the lowest value to the highest."""
        return float(np.ptp(self.values))

    def weights(self, tau2: float = 0.0) -> Values:
        return 1 / (self.variances + tau2)

    def mean(self, tau2: float = 0.0) -> float:
        return float(np.average(self.values, weights=self.weights(tau2)))

    def error(self, tau2: float = 0.0) -> float:
        """The standard error of the mean, as if tau² were known."""
        return 1 / sqrt(float(self.weights(tau2).sum()))

    def shares(self, tau2: float = 0.0) -> Values:
        """How much each counts, shape (k,), adding up to 1."""
        weights = self.weights(tau2)
        return np.asarray(weights / weights.sum(), np.float64)

    def spread(self, tau2: float = 0.0) -> float:
        """Q: the weighted sum of squared distances to the mean."""
        distance = self.values - self.mean(tau2)
        return float((self.weights(tau2) * distance**2).sum())

    def without(self, place: int) -> "Studies":
        left = np.arange(self.k) != place
        return replace(
            self,
            values=self.values[left],
            errors=self.errors[left],
            people=self.people[left],
            missing=self.missing[left],
        )


def studies(
    values: Sequence[float] | Values,
    errors: Sequence[float] | Values,
    *,
    people: Sequence[int] | None = None,
    missing: Sequence[int] | None = None,
    largest: float = inf,
) -> Studies:
    """Figures and their standard errors, shape (k,), in one unit.

    Args:
        people, missing: shape (k,); 0 for each when left out.
        largest: see `Studies`.

    Raises:
        ValueError: shapes differ, a number is not finite, or an error is not above 0.
        CannotEstimate: `synthesis`, `few_studies` below two.
    """
    y, se = np.asarray(values, np.float64), np.asarray(errors, np.float64)
    counts = [
        np.zeros(len(y), np.int64) if one is None else np.asarray(one, np.int64)
        for one in (people, missing)
    ]
    shapes = {one.shape for one in (y, se, *counts)}
    if len(shapes) > 1 or y.ndim != 1:
        raise ValueError(f"not the same studies: shapes {sorted(shapes)}")
    if not (np.isfinite(y).all() and np.isfinite(se).all() and (se > 0).all()):
        raise ValueError("a figure is not finite, or an error is not above 0")
    if len(y) < FEWEST:
        raise CannotEstimate("synthesis", why="few_studies", has=len(y), needed=FEWEST)
    there, gone = counts
    return Studies(y, se, there, gone, largest)


def fixed_effect(found: Studies) -> Estimate:
    """`fixed_effect`: the mean of these pilots, on the normal distribution.

    Without a p: it would speak of pilots in general, and this mean does not.
    """
    value, se = found.mean(), found.error()
    half = Z95 * se
    return Estimate(
        "fixed_effect",
        value,
        found.n,
        found.n_missing,
        interval=Interval(value - half, value + half, "wald", LEVEL),
        se=se,
        notes=("these_pilots_only",),
    )
