"""People of two or more groups, followed until something happens.

The groups are compared as they are, or weighted until they are alike (`weights`, see
`comparison.weighting`); people with the same coach may be set beside each
other only (*strata*): then a coach with easier cases does not count for or against the
group that has more of them.
"""

from dataclasses import dataclass, replace

import numpy as np

from trede.evaluation.comparison.groups import FEWEST_IN_ARM, Labels, coded
from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.event_times.followed import Followed, Whole, followed
from trede.evaluation.event_times.kaplan_meier import Curve, curve_of


@dataclass(frozen=True, slots=True)
class Arms:
    """Shapes: `group` and `stratum` (n,), numbers from 0 without gaps, in the order of
    the people; `labels` what the groups were called."""

    people: Followed
    group: Whole
    labels: tuple[float, ...]
    stratum: Whole

    @property
    def stratified(self) -> bool:
        return bool(self.stratum.any())

    def curves(self) -> tuple[Curve, ...]:
        """The curve of each group, in the order of `labels`."""
        parts = (self.people.those(self.group == g) for g in range(len(self.labels)))
        return tuple(curve_of(part) for part in parts)

    def unstratified(self) -> "Arms":
        return replace(self, stratum=np.zeros_like(self.stratum))


def arms_of(
    days: Values,
    event: Values,
    group: Values,
    *,
    what: str,
    cluster: Labels | None = None,
    weights: Values | None = None,
) -> Arms:
    """The people whose time and group are known.

    Args:
        days, event: shape (people,), as `followed`.
        group: shape (people,), any numbers; NaN is missing and counted.
        cluster: shape (people,), labels such as of coaches; NaN, None or "" stands
            alone, and then says nothing in a stratified analysis.
        weights: shape (people,), how many people each counts for; NaN is missing.
        what: code for the refusal.

    Raises:
        ValueError: the arrays differ in length.
        CannotEstimate: as `followed`; `one_group`; `few_in_arm` when a group has fewer
            than four people.
    """
    sides = np.asarray(group, np.float64)
    lengths = {np.shape(one) for one in (days, event, sides)}
    lengths |= {np.shape(one) for one in (cluster, weights) if one is not None}
    if len(lengths) > 1:
        raise ValueError(f"not the same people: shapes {sorted(lengths)}")
    unknown = np.isnan(sides)
    if weights is not None:
        unknown |= ~(np.asarray(weights, np.float64) > 0)
    times = np.where(unknown, np.nan, np.asarray(days, np.float64))
    people = followed(times, event, what=what, weights=weights)
    kept = ~(np.isnan(times) | np.isnan(np.asarray(event, np.float64)))
    labels, place = np.unique(sides[kept], return_inverse=True)
    counts = np.bincount(place)
    if len(labels) < 2:
        raise CannotEstimate(what, why="one_group", has=len(labels), needed=2)
    if counts.min() < FEWEST_IN_ARM:
        has = int(counts.min())
        raise CannotEstimate(what, why="few_in_arm", has=has, needed=FEWEST_IN_ARM)
    stratum = (
        np.zeros(people.n, np.int64)
        if cluster is None
        else coded(np.asarray(cluster)[kept])
    )
    return Arms(people, place.astype(np.int64), tuple(labels.tolist()), stratum)
