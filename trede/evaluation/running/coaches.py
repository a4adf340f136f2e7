"""People of one coach resemble each other, also in how they change.

The headline of a change within one group takes people as independent, and with coaches
says so (`clusters_ignored`). Beside it stands the mean change with errors by coach
(`mean_change_cr2`): when its interval is much wider, believe that one. Of fewer than
six coaches it has no p.

Source: Pustejovsky and Tipton, Journal of Business and Economic Statistics 36, 2018.
"""

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.attempts import Attempted, joined
from trede.evaluation.change.pairs import complete_pairs
from trede.evaluation.estimate import Estimate, Values
from trede.evaluation.missing_people.weighted_change import robust_mean, told_mean

NOTE = "clusters_ignored"


def with_coaches(
    found: Attempted, before: Values, after: Values, cluster: NDArray[np.str_]
) -> Attempted:
    """The estimates of a change, and behind them the mean change by coach.

    Args:
        before, after: shape (people,); NaN is missing.
        cluster: shape (people,), labels; who has none ("") belongs with nobody.
    """
    known = cluster[cluster != ""]
    if len(np.unique(known)) == len(known):
        return found
    first, *others = found.estimates
    noted = replace(first, notes=(*first.notes, NOTE))
    by_coach = partial(_mean_by_coach, before, after, cluster)
    return joined(replace(found, estimates=(noted, *others)), [by_coach])


def _mean_by_coach(
    before: Values, after: Values, cluster: NDArray[np.str_]
) -> Estimate:
    pairs = complete_pairs(before, after, what="mean_change_cr2")
    both = ~(np.isnan(before) | np.isnan(after))
    mean = robust_mean(pairs.change, None, cluster[both])
    return told_mean("mean_change_cr2", mean, pairs.n, pairs.n_missing)
