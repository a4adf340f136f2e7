"""Hours in the week afterwards, in two groups, many of them zero.

The headline is the difference between the mean hours over everybody, those without any
included: standardised from a Poisson model with robust errors (quasi-likelihood: the
hours need not be Poisson, only their mean must follow the model). The start enters as
the logarithm of 1 + hours, so that forty hours before do not multiply beyond reason.

Beside it the ratio, and the two parts: the share with any hours, and the mean among
those with any. That last one compares people who found work with people who found work:
whoever only works because of the programme is in one group and has nobody beside them
in the other. It describes (note `those_with_any`), and is no effect.

Sources: Gourieroux, Monfort and Trognon 1984; Duan and others, Journal of Business and
Economic Statistics 1, 1983; Santos Silva and Tenreyro, Review of Economics and
Statistics 88, 2006 (Poisson for anything from 0).
"""

from dataclasses import replace

import numpy as np

from trede.evaluation.comparison.ancova import ancova, mean_of, notes_on
from trede.evaluation.comparison.groups import FEWEST_IN_ARM, Groups, those
from trede.evaluation.comparison.mean_models import fit_means
from trede.evaluation.comparison.shares import log_ratio, risk_difference, robust
from trede.evaluation.comparison.standardised import standardised_difference
from trede.evaluation.comparison.telling import told
from trede.evaluation.estimate import CannotEstimate, Estimate, Values


def hours_design(groups: Groups) -> Values:
    """Columns: 1, arm, log(1 + hours before) minus its mean when it varies."""
    columns = [np.ones(groups.n), groups.arm]
    if groups.baseline_varies:
        start = np.log1p(groups.before)
        columns.append(start - mean_of(start, groups.weights))
    return np.column_stack(columns)


def hours_difference(groups: Groups) -> Estimate:
    """The difference in mean hours a week over everybody.

    Returns:
        `mean_difference_poisson` (CR2 and Satterthwaite, of single people when nobody
        belongs together); or least squares (`ancova_...`) with note `separated` when an
        arm has no hours at all.

    Raises:
        CannotEstimate: as `ancova`.
    """
    if not groups.varies:
        return ancova(groups)
    design = hours_design(groups)
    try:
        fit = fit_means(design, groups.after, "log", groups.weights).fit
    except CannotEstimate as refusal:
        if refusal.why != "separated":
            raise
        line = ancova(groups)
        return replace(line, notes=(*line.notes, "separated"))
    value, slope = standardised_difference(
        design, fit.coefficients, "log", groups.weights
    )
    errors, notes = robust(fit, groups), notes_on(groups)
    found = told("mean_difference_poisson", value, slope, errors, groups, notes=notes)
    return replace(found, sizes=hours_ratio(groups).sizes)


def hours_ratio(groups: Groups) -> Estimate:
    """The ratio of mean hours, as its logarithm; size `ratio_of_means`.

    Raises:
        CannotEstimate: `log`, `separated` when an arm has no hours at all.
    """
    found = log_ratio(groups, hours_design(groups), "ratio_of_means")
    return replace(found, method="log_ratio_poisson")


def share_with_any(groups: Groups) -> Estimate:
    """The first part: the difference between the shares with any hours."""
    some = replace(
        groups,
        before=(groups.before > 0).astype(np.float64),
        after=(groups.after > 0).astype(np.float64),
    )
    found = risk_difference(some)
    return replace(found, method=f"share_with_any_{found.method}")


def hours_of_those_with_any(groups: Groups) -> Estimate:
    """The second part: the adjusted difference among those with hours afterwards.

    `n_missing` is that of everybody: people without hours are not missing.

    Raises:
        CannotEstimate: `mean_of_any`, `few_in_arm`; as `ancova`.
    """
    some = groups.after > 0
    least = min(int((some & (groups.arm == side)).sum()) for side in (0, 1))
    if least < FEWEST_IN_ARM:
        raise CannotEstimate(
            "mean_of_any", why="few_in_arm", has=least, needed=FEWEST_IN_ARM
        )
    part = those(groups, some)
    found = ancova(part)
    notes = (*found.notes, "those_with_any")
    return replace(found, method=f"mean_of_any_{found.method}", notes=notes)
