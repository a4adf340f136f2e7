"""The check in one stage, when the answers of all people are there.

Two stages (a figure per pilot, then their mean) and one (everybody in one model) should
say about the same; when they do not, a reader must know.

* A change: answers by wave, with a level for each pilot. The estimate is the mean
  change of all people; a pilot of twice the size counts twice.
* An effect: analysis of covariance, after = pilot + arm × effect + before × slope. Each
  pilot has a level of its own, so that only people of one pilot are compared.

Errors are CR2 by pilot with Satterthwaite's degrees of freedom: people of one pilot
resemble each other. Below six pilots there is no p-value (see `comparison.telling`).

With a level for each pilot the model of a change gives the same value, CR2 error and
degrees of freedom as the plain mean of the changes with errors by pilot, which is what
is computed.

Sources: Stewart and others, PLoS ONE 7, 2012 (one and two stages); Bell and McCaffrey,
Survey Methodology 28, 2002; Andersen, Hansen and Klein, Lifetime Data Analysis 10, 2004
(pseudo-values).
"""

from dataclasses import dataclass, replace

import numpy as np

from trede.evaluation.change.pairs import complete_pairs
from trede.evaluation.comparison.groups import Groups, Labels, coded, two_groups
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.robust_errors import cr2
from trede.evaluation.comparison.telling import told
from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.event_times.by_coach import mean_days_of_each
from trede.evaluation.event_times.followed import followed
from trede.evaluation.synthesis.random_effects import FEWEST


@dataclass(frozen=True, slots=True)
class People:
    """The answers of everybody.

    Shapes, all (people,): `before`, `after`, NaN is missing; `pilot` any labels; `arm`
    1 took part, 0 did not, NaN unknown; None when nobody was compared with.
    """

    before: Values
    after: Values
    pilot: Labels
    arm: Values | None = None


def one_stage(people: People) -> Estimate:
    """`one_stage_change_cr2`, or with arms `one_stage_ancova_cr2`.

    Returns:
        In points of the outcome; incomplete people are counted in `n_missing`. Notes:
        `one_arm_pilots` when some pilot has but one arm and says nothing of the effect.

    Raises:
        CannotEstimate: `one_stage`: `few_studies` below three pilots (with both arms),
            `no_pilot` when somebody's pilot is not known; as `two_groups`,
            `complete_pairs` and `least_squares`.
    """
    pilots = _pilots(people.pilot)
    if people.arm is None:
        return _change(people, pilots)
    return _effect(people, people.arm, pilots)


def days_in_one_stage(
    days: Values, event: Values, pilot: Labels, horizon: int
) -> Estimate:
    """`one_stage_restricted_mean_cr2`: days without the event, up to the horizon.

    Args:
        days, event, pilot: shape (people,), as `times_in` and `People`.

    Raises:
        CannotEstimate: as `one_stage` of a change; as `followed` and `surface` when one
            of the pilots has no such mean.
    """
    labels = _pilots(pilot)
    values = np.full(len(days), np.nan)
    for one in np.unique(labels):
        theirs = np.flatnonzero(labels == one)
        known = followed(days[theirs], event[theirs], what="one_stage")
        there = ~(np.isnan(days[theirs]) | np.isnan(event[theirs]))
        values[theirs[there]] = mean_days_of_each(known, horizon)
    found = _change(People(np.zeros(len(days)), values, labels), labels)
    # That a mean number of days is not 0 needs no test.
    return replace(found, method="one_stage_restricted_mean_cr2", p=None)


def _pilots(labels: Labels) -> Labels:
    words = np.array(
        ["" if one in (None, "") or one != one else str(one) for one in labels.tolist()]
    )
    unknown = int((words == "").sum())
    if unknown:
        raise CannotEstimate("one_stage", why="no_pilot", has=unknown, needed=0)
    return words


def _change(people: People, pilots: Labels) -> Estimate:
    pairs = complete_pairs(people.before, people.after, what="one_stage")
    there = ~(np.isnan(people.before) | np.isnan(people.after))
    pilot = coded(pilots[there])
    _refuse_few(len(np.unique(pilot)))
    everybody = np.ones(pairs.n)
    groups = Groups(
        everybody,
        pairs.before,
        pairs.after,
        np.flatnonzero(there),
        pairs.n_missing,
        cluster=pilot,
    )
    fit = least_squares(everybody[:, None], pairs.change)
    value, unit = float(fit.coefficients[0]), np.ones(1)
    return told("one_stage_change_cr2", value, unit, cr2(fit, pilot), groups)


def _effect(people: People, arm: Values, pilots: Labels) -> Estimate:
    groups = two_groups(
        people.before, people.after, arm, what="one_stage", cluster=pilots
    )
    pilot = groups.cluster
    if pilot is None:
        raise ValueError("no pilots")
    count = int(pilot.max()) + 1
    treated, all_of = np.bincount(pilot, groups.arm, count), np.bincount(pilot)
    both = int(((treated > 0) & (treated < all_of)).sum())
    _refuse_few(both)
    levels = (pilot[:, None] == np.arange(count)).astype(np.float64)
    columns = [groups.arm[:, None], levels]
    if _varies_within(groups.before, levels):
        columns.insert(1, (groups.before - groups.before.mean())[:, None])
    fit = least_squares(np.hstack(columns), groups.after)
    unit = np.zeros(fit.slopes.shape[1])
    unit[0] = 1
    return told(
        "one_stage_ancova_cr2",
        float(fit.coefficients[0]),
        unit,
        cr2(fit, pilot),
        groups,
        notes=("one_arm_pilots",) if both < count else (),
    )


def _varies_within(before: Values, levels: Values) -> bool:
    """Whether people of one pilot do not all begin alike."""
    return any(np.ptp(before[one > 0]) > 0 for one in levels.T)


def _refuse_few(count: int) -> None:
    if count < FEWEST:
        raise CannotEstimate("one_stage", why="few_studies", has=count, needed=FEWEST)
