"""Who answers again, and weights by which those stand for everybody.

A logistic model of what was known before gives everybody the chance of an answer
afterwards. Who answered counts by (share who answered) / (own chance): somebody like
those who left counts more. These stabilised weights are about 1. The lowest and highest
hundredth are drawn in to the percentiles there, so that no single person decides
everything; `largest` and `effective` say what is left.

It is right when, among people equal in what the model knows, leaving has nothing to do
with the answer they would have given (missing at random), and when nobody was sure to
leave. Firth's method is used when few left, or when what is known divides them exactly.

Sources: Robins, Hernan and Brumback, Epidemiology 11, 2000 (stabilised); Cole and
Hernan, American Journal of Epidemiology 168, 2008 (trimmed); Seaman and White,
Statistical Methods in Medical Research 22, 2013; Kish, "Survey sampling", 1965.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from trede.evaluation.comparison.firth import Firth, few_events
from trede.evaluation.comparison.groups import Who
from trede.evaluation.comparison.mean_models import fit_means
from trede.evaluation.comparison.weighting import effective_size
from trede.evaluation.estimate import CannotEstimate, Values

# Weights are drawn in to these parts of them.
TRIMMED = (0.01, 0.99)
# Fewer answers than this are no group.
FEWEST = 4


@dataclass(frozen=True, slots=True)
class Response:
    """The model of an answer, and the weights.

    `method`: `logit` or `firth`. `coefficients` (1 + k,), log odds, the constant first;
    empty when everybody answered. `chance` (people,), NaN for who misses a covariate.
    `weights` (people,), NaN for who did not answer or misses a covariate. `untrimmed`
    is the largest weight before trimming. `n` people are in the model, `n_missing` not.
    Notes: `few_events`, `separated`, `everybody_answered`.
    """

    method: str
    coefficients: Values
    chance: Values
    weights: Values
    n: int
    n_missing: int
    answered: int
    effective: float
    largest: float
    untrimmed: float
    notes: tuple[str, ...]


def response(
    answered: Values, covariates: Values, trim: tuple[float, float] = TRIMMED
) -> Response:
    """The response model and its weights.

    Args:
        answered: shape (people,), 1 or 0 (or booleans).
        covariates: shape (people, k), known before; categories as 0 and 1. Who misses
            one is not in the model, gets no weight and is counted.
        trim: the parts of the weights below and above which they are drawn in;
            (0, 1) leaves them as they are.

    Raises:
        ValueError: of different people, not 0 or 1, or infinite.
        CannotEstimate: `response`, `few_answers` below four; `collinear`, `few_people`
            of the model.
    """
    there, known = np.asarray(answered, np.float64), np.asarray(covariates, np.float64)
    _refuse_strange(there, known)
    used: Who = np.isnan(known).sum(axis=1) < 1
    outcome, values = there[used], known[used]
    answering: Who = used & (there == 1)
    count = int(outcome.sum())
    if count < FEWEST:
        raise CannotEstimate("response", why="few_answers", has=count, needed=FEWEST)
    method, coefficients, chance, notes = _fitted(outcome, values)
    raw = outcome.mean() / chance[outcome == 1]
    low, high = np.quantile(raw, trim)
    weights = np.clip(raw, low, high)
    return Response(
        method=method,
        coefficients=coefficients,
        chance=_placed(used, chance),
        weights=_placed(answering, weights),
        n=len(outcome),
        n_missing=int((~used).sum()),
        answered=count,
        effective=effective_size(weights),
        largest=float(weights.max()),
        untrimmed=float(raw.max()),
        notes=notes,
    )


def _fitted(
    outcome: Values, values: Values
) -> tuple[str, Values, Values, tuple[str, ...]]:
    """Method, coefficients, chances and notes."""
    if outcome.all():
        return "logit", np.zeros(0), np.ones(len(outcome)), ("everybody_answered",)
    design = np.column_stack((np.ones(len(outcome)), values))
    method, coefficients, notes = coefficients_of(design, outcome)
    return method, coefficients, expit(design @ coefficients), notes


def coefficients_of(
    design: Values, outcome: Values
) -> tuple[str, Values, tuple[str, ...]]:
    """Logistic regression; Firth's when events are few or the answers separate.

    Args:
        design: shape (n, k), the constant included. outcome: shape (n,), both 0 and 1.

    Returns:
        `logit` or `firth`, shape (k,), and a note why it had to be Firth.
    """
    note = "few_events"
    if not few_events(outcome, design.shape[1]):
        try:
            return "logit", fit_means(design, outcome, "logit").fit.coefficients, ()
        except CannotEstimate as refusal:
            if refusal.why != "separated":
                raise
        note = "separated"
    return "firth", Firth(design, outcome).coefficients, (note,)


def _refuse_strange(answered: Values, covariates: Values) -> None:
    if covariates.ndim != 2 or answered.shape != covariates.shape[:1]:
        raise ValueError(f"no covariates of these people: {covariates.shape}")
    if not np.isin(answered, (0, 1)).all():
        raise ValueError("somebody neither answered nor did not")
    if np.isinf(covariates).any():
        raise ValueError("a covariate is infinite")


def _placed(who: Who, values: Values) -> Values:
    found = np.full(len(who), np.nan)
    found[np.flatnonzero(who)] = values
    return found
