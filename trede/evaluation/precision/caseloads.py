"""What caseloads take away: people of one coach are worth less than as many strangers.

When people of one coach resemble each other (`icc`) each next one tells less that is
new. The design effect says how many times as many people are needed; unequal caseloads
make it larger, since the large ones weigh most. Weights do the same in their own way.

It is about caseloads together and never about a coach: sizes go in, one figure comes
out.

Sources: Kish, "Survey sampling", 1965 (sections 5.4 and 11.7); Eldridge, Ashby and
Kerry, International Journal of Epidemiology 35, 2006 (unequal sizes).
"""

from dataclasses import dataclass

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.precision.planned import Loss

# Of a plan, as long as nobody knows better: a careful guess. Of a thousand such figures
# in primary care three in four lie below .032 (Adams and others, Journal of Clinical
# Epidemiology 57, 2004).
USUAL_ICC = 0.05


@dataclass(frozen=True, slots=True)
class DesignEffect:
    """How many times as many people are needed.

    `if_equal` is the design effect had all caseloads been of the same size; `variation`
    the standard deviation of the sizes (over n) divided by their mean.
    """

    value: float
    if_equal: float
    variation: float
    n: int
    caseloads: int

    @property
    def effective_n(self) -> float:
        """The number of strangers that would tell as much."""
        return self.n / self.value

    def loss(self, response: float = 1.0) -> Loss:
        return Loss(self.value, response)


def design_effect(caseloads: Values, icc: float) -> DesignEffect:
    """The design effect of a mean over everybody, 1 + (Σm² / Σm - 1) · icc.

    Args:
        caseloads: shape (caseloads,), people per coach, whole and at least 1; without
            names, in any order.
        icc: how much people of one coach resemble each other, 0 to 1. An estimate
            below 0 counts as 0: pass that. With fewer than ten coaches it cannot be
            estimated (`comparison.coaches`); then try several.

    Raises:
        CannotEstimate: `design_effect`, `no_caseloads`.
        ValueError: a caseload that is not whole or below 1, an icc outside 0 to 1.
    """
    sizes = np.asarray(caseloads, np.float64)
    if not len(sizes):
        raise CannotEstimate("design_effect", why="no_caseloads", has=0, needed=1)
    if not 0 <= icc <= 1:
        raise ValueError(f"an icc of {icc}")
    if not ((sizes >= 1) & (sizes == np.rint(sizes))).all():
        raise ValueError("a caseload is a whole number of people")
    mean = float(sizes.mean())
    weighted = float((sizes**2).sum() / sizes.sum())
    return DesignEffect(
        1 + (weighted - 1) * icc,
        1 + (mean - 1) * icc,
        float(sizes.std()) / mean,
        int(sizes.sum()),
        len(sizes),
    )


def effective_n_of_weights(weights: Values) -> float:
    """Kish's effective number of people, (Σw)² / Σw².

    Args:
        weights: shape (n,), not negative; NaN (no weight) is left out.

    Raises:
        CannotEstimate: `effective_n_of_weights`, `no_weights` when none is above 0.
        ValueError: a negative or infinite weight.
    """
    given = np.asarray(weights, np.float64)
    given = given[~np.isnan(given)]
    if (given < 0).any() or np.isinf(given).any():
        raise ValueError("a weight is negative or infinite")
    if not given.sum():
        raise CannotEstimate("effective_n_of_weights", why="no_weights", needed=None)
    return float(given.sum() ** 2 / (given**2).sum())
