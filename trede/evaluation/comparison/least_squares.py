"""Least squares, weighted or not, and what robust standard errors need of it.

A model is told by the derivative of its means to its coefficients, by the weight of
each person and by the variance that a person's answer is supposed to have: then least
squares, logistic and Poisson regression have the same robust errors.

Source of the rank check: columns one by one against those before (as R's `lm` does,
with the same tolerance).
"""

from dataclasses import dataclass

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Values

# A column of which less than this part is new says nothing new.
NEW = 1e-7


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model of n people with k coefficients.

    `slopes` (n, k): derivative of each mean to each coefficient (the design itself for
    least squares). `weights` (n,): of the estimating equations, slopes' W residuals =
    0. `variance` (n,): supposed variance of each answer, up to a factor. `residuals`
    (n,). `coefficients` (k,). `bread` (k, k): the inverse of slopes' W slopes.
    """

    slopes: Values
    weights: Values
    variance: Values
    residuals: Values
    coefficients: Values
    bread: Values

    @property
    def n(self) -> int:
        return len(self.residuals)

    @property
    def exact(self) -> bool:
        """Whether the model misses nobody: then there is no error to estimate."""
        seen = float(np.abs(self.residuals).max(initial=0))
        size = float(np.abs(self.slopes @ self.coefficients).max(initial=0))
        return seen <= 1e-12 * max(size, 1e-300)


def least_squares(
    design: Values, outcome: Values, weights: Values | None = None
) -> Fit:
    """Fit by QR.

    Args:
        design: shape (n, k), without NaN.
        outcome: shape (n,).
        weights: shape (n,), positive; how many people of the population each stands
            for. They do not say how precise an answer is.

    Raises:
        CannotEstimate: `least_squares`, `collinear` (has the rank, needed k), or
            `few_people` when there are not more people than coefficients.
    """
    refuse_collinear(design, "least_squares")
    weight = np.ones(len(outcome)) if weights is None else weights / weights.mean()
    root = np.sqrt(weight)
    q, r = np.linalg.qr(design * root[:, None])
    coefficients = np.linalg.solve(r, q.T @ (outcome * root))
    inverse = np.linalg.inv(r)
    return Fit(
        slopes=design,
        weights=weight,
        variance=np.ones(len(outcome)),
        residuals=outcome - design @ coefficients,
        coefficients=coefficients,
        bread=inverse @ inverse.T,
    )


def refuse_collinear(design: Values, what: str) -> None:
    """Refuse columns that follow from each other, and too few people."""
    n, k = design.shape
    if n <= k:
        raise CannotEstimate(what, why="few_people", has=n, needed=k + 1)
    lengths = np.sqrt((design**2).sum(axis=0))
    if not lengths.all():
        raise CannotEstimate(
            what, why="collinear", has=int((lengths > 0).sum()), needed=k
        )
    new = np.abs(np.diag(np.linalg.qr(design / lengths, mode="r")))
    if (new < NEW).any():
        raise CannotEstimate(
            what, why="collinear", has=int((new >= NEW).sum()), needed=k
        )
