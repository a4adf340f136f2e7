"""The mean of the pilots there could have been, and where the next one may lie.

The pilots are taken as a few of many: their true figures differ by tau². The mean is
weighted by 1 / (se² + tau²). Its error, by Hartung and Knapp, comes from how far the
pilots lie apart, with a t on k - 1 degrees of freedom: with few pilots the usual error
is much too small. But pilots can by chance lie close together, and then this error
becomes smaller than chance within the pilots allows. So it is *modified*: never below
the error of the fixed effect. The plain form, and the form that is never below the
error under tau² (Röver and others), stand beside it.

The *prediction interval* is for the true figure of a next pilot of the same kind:
mean ± t(k - 1) √(tau² + se²). It is what a municipality that wants to start needs, and
much wider. With k - 2 degrees of freedom, as first proposed, it is wider still.

Sources: Hartung and Knapp, Statistics in Medicine 20, 2001; Wiksten, Rücker and
Schwarzer, same journal 35, 2016 (bound by the fixed effect); Röver, Knapp and Friede,
BMC Medical Research Methodology 15, 2015; Higgins, Thompson and Spiegelhalter, Journal
of the Royal Statistical Society A 172, 2009, and IntHout and others, BMJ Open 6, 2016
(prediction).
"""

from dataclasses import dataclass, replace
from math import sqrt

from scipy.special import stdtr, stdtrit

from trede.evaluation.estimate import LEVEL, CannotEstimate, Estimate, Interval
from trede.evaluation.synthesis.studies import Studies

HEADLINE = "reml_hartung_knapp_modified"
# Of two pilots nobody can say how pilots differ.
FEWEST = 3
# With three or four the interval is honest and hardly ever tells anything.
FEW = 5


@dataclass(frozen=True, slots=True)
class Prediction:
    """The true figure of a next pilot lies here, on `df` degrees of freedom."""

    interval: Interval
    df: float


def random_effects(found: Studies, tau2: float) -> Estimate:
    """The headline: `reml_hartung_knapp_modified`.

    Notes: `few_pilots` with three or four, `fixed_effect_bound` when the error of
    Hartung and Knapp was below that of the fixed effect and was replaced by it.

    Raises:
        CannotEstimate: `random_effects`, `few_studies` below three.
    """
    plain, least = _error(found, tau2), found.error()
    bound = ("fixed_effect_bound",) if plain < least else ()
    few = ("few_pilots",) if found.k < FEW else ()
    error = max(plain, least)
    return _told(HEADLINE, found, tau2, error, (*few, *bound))


def hartung_knapp(found: Studies, tau2: float) -> Estimate:
    """`reml_hartung_knapp`, not modified; no interval when all pilots are equal."""
    return _told("reml_hartung_knapp", found, tau2, _error(found, tau2))


def rover(found: Studies, tau2: float) -> Estimate:
    """`reml_hartung_knapp_adhoc`: never below the error under tau² (R's "adhoc")."""
    error = max(_error(found, tau2), found.error(tau2))
    return _told("reml_hartung_knapp_adhoc", found, tau2, error)


def prediction(found: Studies, tau2: float, mean: Estimate) -> Prediction:
    """The interval for the true figure of a next pilot.

    Args:
        mean: of random effects, with an error.
    """
    if mean.se is None:
        raise ValueError("a mean without an error")
    df = float(found.k - 1)
    half = float(stdtrit(df, (1 + LEVEL) / 2)) * sqrt(tau2 + mean.se**2)
    limits = Interval(mean.value - half, mean.value + half, "prediction_t_k_minus_1")
    return Prediction(limits, df)


def _error(found: Studies, tau2: float) -> float:
    """Hartung and Knapp's: from the spread of the pilots round their mean."""
    if found.k < FEWEST:
        raise CannotEstimate(
            "random_effects", why="few_studies", has=found.k, needed=FEWEST
        )
    return sqrt(found.spread(tau2) / (found.k - 1)) * found.error(tau2)


def _told(
    method: str,
    found: Studies,
    tau2: float,
    error: float,
    notes: tuple[str, ...] = (),
) -> Estimate:
    value, df = found.mean(tau2), float(found.k - 1)
    told = Estimate(method, value, found.n, found.n_missing, notes=notes)
    if error == 0:
        return replace(told, notes=(*notes, "no_variation"))
    half = float(stdtrit(df, (1 + LEVEL) / 2)) * error
    return replace(
        told,
        interval=Interval(value - half, value + half, "t_hartung_knapp"),
        p=float(2 * stdtr(df, -abs(value) / error)),
        se=error,
        df=df,
    )
