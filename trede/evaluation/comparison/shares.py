"""Yes or no afterwards, in two groups.

The headline is the difference between two shares, standardised from a logistic model
with the start in it. When answers separate, or the rarer answer is rarer than ten times
per coefficient, Firth's method takes its place, with p from the penalised likelihood.
Beside it the ratio of shares (a Poisson model with robust errors), the difference as
it stands with Fisher's exact test, and the straight line.

When people belong together or have weights the errors are CR2. Firth's method has no
such errors: where answers then separate, the straight line is the headline.

Sources: Zou, American Journal of Epidemiology 159, 2004 (robust Poisson); Newcombe,
Statistics in Medicine 17, 1998, pages 873-890 (method 10); Fisher 1935. See `firth`.
"""

from dataclasses import replace
from math import exp

import numpy as np

from trede.evaluation.comparison.ancova import ARM, ancova, design_of, notes_on
from trede.evaluation.comparison.exact_tables import two_arm_table_p
from trede.evaluation.comparison.firth import Firth, few_events
from trede.evaluation.comparison.groups import Groups
from trede.evaluation.comparison.least_squares import Fit
from trede.evaluation.comparison.mean_models import fit_means
from trede.evaluation.comparison.robust_errors import Errors, cr2, model_errors
from trede.evaluation.comparison.standardised import standardised_difference
from trede.evaluation.comparison.telling import refuse_one_cluster, told
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval, Size, Values
from trede.evaluation.proportions import newcombe, share


def risk_difference(groups: Groups) -> Estimate:
    """The standardised difference between two shares, -1 to 1.

    Args:
        groups: with 0 and 1 as answers.

    Returns:
        `risk_difference_logit` (normal errors of the likelihood; with weights or
        clusters CR2), `risk_difference_firth`, or `ancova_hc3`/`ancova_cr2` with note
        `separated`. Sizes: `odds_ratio` (conditional on the start). Notes `few_events`,
        `separated`, `baseline_constant`, `no_variation` (nobody differs: no interval).

    Raises:
        CannotEstimate: `risk_difference`, `not_binary`; as `ancova`.
    """
    refuse_not_binary(groups)
    if not groups.varies:
        return ancova(groups)
    if groups.together is None and groups.weights is None:
        return _by_likelihood(groups)
    few = few_events(groups.after, design_of(groups).shape[1])
    try:
        found = _by_estimating_equations(groups)
    except CannotEstimate as refusal:
        if refusal.why != "separated":
            raise
        line = ancova(groups)
        return replace(line, sizes=(), notes=(*line.notes, "separated"))
    return replace(found, notes=(*found.notes, "few_events")) if few else found


def risk_ratio(groups: Groups) -> Estimate:
    """The ratio of shares, as its logarithm (0: no difference).

    Returns:
        `risk_ratio_poisson`: value and interval on the log scale, CR2 (of single people
        when nobody belongs together); size `risk_ratio` is the ratio itself.

    Raises:
        CannotEstimate: `risk_difference`, `not_binary`; `log`, `separated` when nobody
            in one of the arms said yes.
    """
    refuse_not_binary(groups)
    return log_ratio(groups, design_of(groups), "risk_ratio")


def log_ratio(groups: Groups, design: Values, name: str) -> Estimate:
    """The logarithm of a ratio of means by robust Poisson, with the ratio as size."""
    fit = fit_means(design, groups.after, "log", groups.weights).fit
    slope = np.zeros(design.shape[1])
    slope[ARM] = 1
    value, errors = float(fit.coefficients[ARM]), robust(fit, groups)
    notes = notes_on(groups)
    found = told(f"{name}_poisson", value, slope, errors, groups, notes=notes)
    return replace(found, sizes=(ratio_size(name, value, found.interval),))


def ratio_size(name: str, log: float, limits: Interval | None) -> Size:
    """A ratio out of its logarithm."""
    ends = limits and Interval(_exp(limits.low), _exp(limits.high), limits.method)
    return Size(name, _exp(log), ends)


def plain_difference(groups: Groups) -> Estimate:
    """The difference of the shares as they stand, with Fisher's exact p.

    Returns:
        `fisher_exact`: difference -1 to 1 with Newcombe's interval (`newcombe_10`).

    Raises:
        CannotEstimate: `risk_difference`, `not_binary`; `fisher_exact`, `dependent`
            when people belong together, `weights` when they have those.
    """
    refuse_not_binary(groups)
    refuse_dependent(groups, "fisher_exact")
    counts = np.array(
        [[(groups.after[groups.arm == a] == y).sum() for a in (0, 1)] for y in (0, 1)]
    )
    others, treated = (
        share(int(counts[1, a]), int(counts[:, a].sum())) for a in (0, 1)
    )
    if others is None or treated is None:
        raise ValueError("an arm of nobody")
    value = treated.value - others.value
    return Estimate(
        "fisher_exact",
        value,
        groups.n,
        groups.n_missing,
        interval=newcombe(treated, others),
        p=two_arm_table_p(counts),
        notes=("unadjusted",),
    )


def robust(fit: Fit, groups: Groups) -> Errors:
    """CR2 by whoever belong together, or of single people."""
    if groups.together is not None:
        refuse_one_cluster(groups.arm, groups.together)
    return cr2(fit, groups.together, groups.arm)


def refuse_dependent(groups: Groups, what: str) -> None:
    """Refuse people who belong together (`dependent`) or have `weights`."""
    if groups.together is not None:
        raise CannotEstimate(what, why="dependent", has=None, needed=None)
    if groups.weights is not None:
        raise CannotEstimate(what, why="weights", has=None, needed=None)


def refuse_not_binary(groups: Groups) -> None:
    for values in (groups.before, groups.after):
        strange = values[(values != 0) & (values != 1)]
        if len(strange):
            has = float(strange[0])
            raise CannotEstimate(
                "risk_difference", why="not_binary", has=has, needed=None
            )


def _by_likelihood(groups: Groups) -> Estimate:
    design = design_of(groups)
    if few_events(groups.after, design.shape[1]):
        return _by_firth(groups, design, "few_events")
    try:
        fit = fit_means(design, groups.after, "logit").fit
    except CannotEstimate as refusal:
        if refusal.why != "separated":
            raise
        return _by_firth(groups, design, "separated")
    return _difference(groups, design, fit.coefficients, model_errors(fit.bread))


def _by_estimating_equations(groups: Groups) -> Estimate:
    design = design_of(groups)
    fit = fit_means(design, groups.after, "logit", groups.weights).fit
    return _difference(groups, design, fit.coefficients, robust(fit, groups))


def _by_firth(groups: Groups, design: Values, note: str) -> Estimate:
    firth = Firth(design, groups.after)
    errors = model_errors(firth.covariance)
    found = _difference(groups, design, firth.coefficients, errors)
    odds = ratio_size("odds_ratio", float(firth.coefficients[ARM]), firth.interval(ARM))
    return replace(
        found,
        method="risk_difference_firth",
        p=firth.p(ARM),
        sizes=(odds,),
        notes=(*found.notes, note),
    )


def _difference(
    groups: Groups, design: Values, coefficients: Values, errors: Errors
) -> Estimate:
    value, slope = standardised_difference(
        design, coefficients, "logit", groups.weights
    )
    own = np.zeros(design.shape[1])
    own[ARM] = 1
    odds = told("odds", float(coefficients[ARM]), own, errors, groups)
    return told(
        "risk_difference_logit",
        value,
        slope,
        errors,
        groups,
        sizes=(ratio_size("odds_ratio", odds.value, odds.interval),),
        notes=notes_on(groups),
    )


def _exp(value: float) -> float:
    return exp(value) if value < 700 else float("inf")
