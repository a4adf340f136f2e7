"""Filling in one column out of the others, with all uncertainty that there is.

A model is fitted to who answered; its coefficients are drawn from what the data leave
open (else the filled-in answers would all lie on one line too sure of itself); then:

* `pmm`, predictive mean matching: of the five people whose predicted answer is nearest,
  one lends theirs. Only answers that exist are filled in: whole, within the scale.
  Type 1: who lends is predicted by the fitted coefficients, who borrows by drawn ones.
* `norm`: the drawn line plus normal noise; may leave the scale.
* `logistic`: for 0 and 1, a throw with the drawn chance. Firth's coefficients when the
  rarer answer is rare or the answers separate.

Sources: Little, Journal of Business and Economic Statistics 6, 1988; Rubin 1987, pages
166-170; Van Buuren, "Flexible imputation of missing data", 2018, sections 3.2 and 3.4
(donors, types), 3.6; as R's `mice` with `pmm`, `norm` and `logreg`.
"""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.random import Generator
from scipy.special import expit

from trede.evaluation.comparison.groups import Codes, Who
from trede.evaluation.estimate import Values
from trede.evaluation.missing_people.response import coefficients_of

Way = Literal["pmm", "norm", "logistic"]

DONORS = 5
# Added to the diagonal, relatively, so that columns that nearly coincide do no harm.
RIDGE = 1e-5


def fill(
    way: Way, design: Values, answers: Values, missing: Who, rng: Generator
) -> Values:
    """Drawn answers for who misses one, shape (missing,).

    Args:
        design: shape (n, k), the constant included, without NaN.
        answers: shape (n,); those in `missing` are not looked at.
        missing: shape (n,), True for who is to be filled in; not everybody.
    """
    return _WAYS[way](design, answers, missing, rng)


def _pmm(design: Values, answers: Values, missing: Who, rng: Generator) -> Values:
    there = ~missing
    fitted, drawn, _ = drawn_line(design[there], answers[there], rng)
    donors = nearest(design[there] @ fitted, design[missing] @ drawn, rng)
    return answers[there][donors]


def _norm(design: Values, answers: Values, missing: Who, rng: Generator) -> Values:
    there = ~missing
    _, drawn, deviation = drawn_line(design[there], answers[there], rng)
    noise = rng.normal(size=int(missing.sum()))
    return np.asarray(design[missing] @ drawn + deviation * noise, np.float64)


def _logistic(design: Values, answers: Values, missing: Who, rng: Generator) -> Values:
    there = ~missing
    x, y = design[there], answers[there]
    if y.min() == y.max():
        return np.full(int(missing.sum()), y[0])
    _, fitted, _ = coefficients_of(x, y)
    spread = expit(x @ fitted) * expit(-(x @ fitted))
    root = _root_of_inverse(x.T @ (spread[:, None] * x))
    drawn = fitted + root @ rng.normal(size=len(fitted))
    chance = expit(design[missing] @ drawn)
    return (rng.random(len(chance)) < chance).astype(np.float64)


_WAYS: dict[Way, Callable[[Values, Values, Who, Generator], Values]] = {
    "pmm": _pmm,
    "norm": _norm,
    "logistic": _logistic,
}


def drawn_line(
    design: Values, answers: Values, rng: Generator
) -> tuple[Values, Values, float]:
    """Least squares, and a draw of coefficients and deviation given the data.

    Returns:
        Fitted and drawn coefficients, shape (k,) each, and the drawn deviation of the
        noise: the residual sum of squares over a chi-square draw (flat prior).
    """
    n, k = design.shape
    squares = design.T @ design
    squares = squares + np.diag(np.diag(squares) * RIDGE)
    fitted = np.linalg.solve(squares, design.T @ answers)
    left = float(((answers - design @ fitted) ** 2).sum())
    deviation = float(np.sqrt(left / rng.chisquare(max(n - k, 1))))
    drawn = fitted + deviation * (_root_of_inverse(squares) @ rng.normal(size=k))
    return np.asarray(fitted), np.asarray(drawn, np.float64), deviation


def nearest(lenders: Values, borrowers: Values, rng: Generator) -> Codes:
    """For each borrower one of the five nearest lenders, shape (borrowers,).

    Args:
        lenders, borrowers: predicted answers, shape (there,) and (missing,).

    Lenders at the same distance are put in an order by chance first.
    """
    shuffled = rng.permutation(len(lenders))
    donors = min(DONORS, len(lenders))
    away = np.abs(borrowers[:, None] - lenders[shuffled])
    close = np.argsort(away, axis=1, kind="stable")[:, :donors]
    chosen = close[np.arange(len(borrowers)), rng.integers(0, donors, len(borrowers))]
    return np.asarray(shuffled[chosen], np.int64)


def _root_of_inverse(squares: Values) -> Values:
    """R with R R' the inverse of these squares."""
    lower = np.linalg.cholesky(np.linalg.inv(squares))
    return np.asarray(lower, np.float64)
