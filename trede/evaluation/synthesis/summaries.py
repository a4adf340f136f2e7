"""What a pilot hands over about one outcome: a figure, its error, and what it means.

A summary says enough to lay it beside that of another pilot, and nothing of a person:
no answers, no groups under the norm of disclosure control. The definition is carried
in words and as a digest of those words, so that two pilots that changed a question a
little are not taken for the same measure.

The standard error is that of the estimate. Estimates with an interval of another kind
(shares, hours by bootstrap) have none; then it is the width of the interval divided by
twice 1.96, as the Cochrane Handbook (2019, section 6.5.2) advises, and said to be.
"""

from dataclasses import dataclass
from hashlib import sha256
from math import inf, isfinite
from typing import Literal, get_args
from unicodedata import normalize

from trede.evaluation.estimate import CannotEstimate, Estimate
from trede.evaluation.proportions import Z95

Vocabulary = Literal["change", "effect"]
ErrorFrom = Literal["estimate", "interval"]
OutcomeType = Literal["score", "likert", "ladder", "binary", "hours", "time"]

# What a figure is of, and what it may be called.
ESTIMANDS: dict[str, Vocabulary] = {
    "mean_change": "change",
    "net_share_up": "change",
    "change_in_share": "change",
    "mean_difference": "effect",
    "difference_in_share": "effect",
    "log_odds_ratio": "effect",
    "log_hazard_ratio": "effect",
    "difference_in_restricted_mean": "effect",
}
DESIGNS: dict[str, Vocabulary] = {
    "pre_post": "change",
    "waiting_list": "effect",
    "control_group": "effect",
}
SHARES = ("net_share_up", "change_in_share", "difference_in_share")
MEANS = ("mean_change", "mean_difference")
TYPES: tuple[OutcomeType, ...] = get_args(OutcomeType)
VOCABULARIES: tuple[Vocabulary, ...] = get_args(Vocabulary)
ERRORS_FROM: tuple[ErrorFrom, ...] = get_args(ErrorFrom)


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured, on what scale and between which waves.

    `scale` is the lowest and highest possible answer, None when there is no end (time).
    `definition` holds the words of the question and its answers; `label` is a short
    name for a table, and no part of what makes measures alike.
    """

    outcome: str
    type: OutcomeType
    definition: str
    scale: tuple[float, float] | None
    unit: str
    before: str
    after: str
    estimand: str
    label: str = ""

    @property
    def definition_hash(self) -> str:
        return definition_hash(self.definition)

    @property
    def vocabulary(self) -> Vocabulary:
        return ESTIMANDS[self.estimand]

    @property
    def largest(self) -> float:
        """How far the figure can be from 0; infinite when it has no end."""
        if self.estimand in SHARES:
            return 1.0
        if self.estimand in MEANS and self.scale:
            return self.scale[1] - self.scale[0]
        return inf


@dataclass(frozen=True, slots=True)
class Summary:
    """One figure of one pilot.

    `value` and `se` are in the units of the estimand; `df` is None on the normal
    distribution; `n_missing` is None when the norm withheld it; `threshold` is the norm
    that was applied: no group of fewer people is in it.
    """

    pilot: str
    measure: Measure
    population: str
    design: str
    value: float
    se: float
    df: float | None
    n: int
    n_missing: int | None
    method: str
    error_from: ErrorFrom
    threshold: int


def definition_hash(words: str) -> str:
    """The digest of a definition; spaces, line ends and accents' form do not count."""
    plain = " ".join(normalize("NFC", words).split())
    return sha256(plain.encode()).hexdigest()


def summarised(
    estimate: Estimate,
    measure: Measure,
    *,
    pilot: str,
    population: str,
    design: str,
    threshold: int,
) -> Summary:
    """The summary that may leave the pilot.

    Args:
        threshold: groups of fewer people are not described; a smaller number of people
            missing is withheld.

    Raises:
        CannotEstimate: `summary`: `under_norm`, `no_error` (neither a standard error
            nor a finite interval with width), `other_vocabulary` (an effect from a
            design without a comparison, or the other way round).
    """
    if DESIGNS[design] != measure.vocabulary:
        raise CannotEstimate("summary", why="other_vocabulary", needed=None)
    if estimate.n < threshold:
        raise CannotEstimate(
            "summary", why="under_norm", has=estimate.n, needed=threshold
        )
    se, error_from = error_of(estimate)
    hidden = 0 < estimate.n_missing < threshold
    return Summary(
        pilot=pilot,
        measure=measure,
        population=population,
        design=design,
        value=estimate.value,
        se=se,
        df=estimate.df if error_from == "estimate" else None,
        n=estimate.n,
        n_missing=None if hidden else estimate.n_missing,
        method=estimate.method,
        error_from=error_from,
        threshold=threshold,
    )


def error_of(estimate: Estimate) -> tuple[float, ErrorFrom]:
    """The standard error, or that which the width of the interval gives."""
    if estimate.se:
        return estimate.se, "estimate"
    limits = estimate.interval
    width = limits.high - limits.low if limits else 0.0
    if not isfinite(width) or width <= 0:
        raise CannotEstimate("summary", why="no_error", needed=None)
    return width / (2 * Z95), "interval"
