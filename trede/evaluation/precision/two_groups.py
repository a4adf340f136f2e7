"""What two groups show beside each other: participants and others, at the same time.

A control group, a survey, or those who wait. Differences in means are in standard
deviations *within* a group at one moment (as `hedges_g`), of shares in parts of 1. Two
groups need some four times as many people as one group that is measured twice to show
as large a figure; in return it may be called an effect.

What was measured before helps: an analysis of covariance takes away the part of the
spread that the start explains (`correlation` between the waves). Of pairs by lot whose
members resemble each other no more than others this is the plan as well, with as many
in both groups.

People of one coach are worth less (`Arms.loss`), on one side only when the others have
no coach. The degrees of freedom of each group (`Loss.df`) are joined as the analysis
joins them, by how uncertain each group is (`robust_errors.cochran_cox`). When whole
coaches, quarters or towns are divided over the groups the test has no more degrees of
freedom than there are of these, less two (`Arms.clusters`): with four of them hardly
anything is seen, however many people they have.

Sources: Cohen 1988; Fleiss, Levin and Paik, "Statistical methods for rates and
proportions", 2003, chapter 4 (shares, without continuity correction); Borm, Fransen and
Lemmens, Journal of Clinical Epidemiology 60, 2007 (covariance); Donner and Klar,
"Design and analysis of cluster randomization trials", 2000 (degrees of freedom).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, sqrt

import numpy as np
from scipy.special import nctdtr, ndtr, ndtri, stdtrit

from trede.evaluation.comparison.robust_errors import cochran_cox
from trede.evaluation.estimate import LEVEL, CannotEstimate
from trede.evaluation.precision.planned import (
    FEWEST,
    NO_LOSS,
    POWER,
    Loss,
    Precision,
    refuse_no_power,
)

HALVINGS = 60
MOST = 1_000_000
# A difference beyond which nobody looks for people.
LARGEST = 1e6
FEWEST_CLUSTERS = 4


@dataclass(frozen=True, slots=True)
class Arms:
    """How many people of each group give every answer that is needed.

    `loss` holds for those who take part, `others_loss` for the others: design effect of
    caseloads and response. `clusters`: how many coaches, quarters or towns were divided
    over the groups as a whole; None when people were.
    """

    treated: int
    others: int
    loss: Loss = NO_LOSS
    others_loss: Loss = NO_LOSS
    clusters: int | None = None

    @property
    def n(self) -> int:
        return self.treated + self.others

    @property
    def worth(self) -> tuple[float, float]:
        """The numbers of strangers that would tell as much."""
        return self.loss.worth(self.treated), self.others_loss.worth(self.others)

    @property
    def asked(self) -> int:
        return self.loss.asked(self.treated) + self.others_loss.asked(self.others)

    @property
    def df(self) -> float | None:
        """Those of an analysis by coach or pair; None when it knows people alone."""
        own, worth = (self.loss.df, self.others_loss.df), np.array(self.worth)
        if own == (None, None):
            return None
        degrees = [
            there - 1 if df is None else df
            for df, there in zip(own, worth, strict=True)
        ]
        return cochran_cox(1 / worth, np.array(degrees))


def power_of_mean_difference(
    difference: float, arms: Arms, *, correlation: float = 0.0
) -> float:
    """The chance that these groups give p below .05 in an analysis of covariance.

    Args:
        difference: in standard deviations within a group; its sign plays no part.
        correlation: between the two waves within a group; 0 when there is no first one,
            and then it is the t-test of two groups.
    """
    if abs(correlation) >= 1:
        raise ValueError(f"a correlation of {correlation}")
    treated, others = arms.worth
    df = arms.df or treated + others - 2 - (1 if correlation else 0)
    if arms.clusters is not None:
        df = min(df, float(arms.clusters - 2))
    unit = sqrt((1 - correlation**2) * (1 / treated + 1 / others))
    return _beyond(float(stdtrit(df, (1 + LEVEL) / 2)), df, abs(difference) / unit)


def smallest_mean_difference(
    arms: Arms, *, correlation: float = 0.0, power: float = POWER
) -> Precision:
    """The difference in means that these groups show with this power.

    Returns:
        `smallest_mean_difference`, in standard deviations within a group.

    Raises:
        CannotEstimate: `smallest_mean_difference`, `few_people` when a group is worth
            fewer than four; `few_clusters` below four.
    """
    refuse_no_power(power)
    what = "smallest_mean_difference"
    _refuse_few(what, arms)

    def power_of(difference: float) -> float:
        return power_of_mean_difference(difference, arms, correlation=correlation)

    value = _smallest(power_of, power, _doubled(power_of, power))
    return _precision(what, value, arms, power)


def people_for_mean_difference(
    difference: float,
    like: Arms,
    *,
    correlation: float = 0.0,
    power: float = POWER,
) -> Precision:
    """The fewest people, divided as in `like`, that show this difference.

    Args:
        difference: in standard deviations within a group.
        like: of how many others go with how many who take part (`Arms(1, 2)`: twice as
            many others), and what is lost.

    Raises:
        CannotEstimate: `people_for_mean_difference`, `small_difference` when more than
            a million are needed; `few_people` and `few_clusters` as above.
    """
    what = "people_for_mean_difference"
    found = _fewest(
        what,
        lambda arms: power_of_mean_difference(
            difference, arms, correlation=correlation
        ),
        like,
        power,
        abs(difference),
    )
    reached = power_of_mean_difference(difference, found, correlation=correlation)
    return _precision(what, abs(difference), found, reached)


def power_of_difference_in_share(share: float, other: float, arms: Arms) -> float:
    """The chance that two groups with these true shares give p below .05.

    By the normal distribution, as R's `power.prop.test(strict = TRUE)`, or t with the
    degrees of freedom of `arms`; with shares near 0 or 1 of small groups it is too
    hopeful.
    """
    for one in (share, other):
        if not 0 <= one <= 1:
            raise ValueError(f"{one} is no share")
    treated, others = arms.worth
    mean = (treated * share + others * other) / (treated + others)
    under = sqrt(mean * (1 - mean) * (1 / treated + 1 / others))
    spread = sqrt(share * (1 - share) / treated + other * (1 - other) / others)
    gap, df = abs(share - other), arms.df
    quantile = ndtri((1 + LEVEL) / 2) if df is None else stdtrit(df, (1 + LEVEL) / 2)
    reach = float(quantile) * under
    if not spread:
        return float(gap > reach)
    if df is None:
        return float(ndtr((gap - reach) / spread) + ndtr((-gap - reach) / spread))
    return _beyond(reach / spread, df, gap / spread)


def smallest_difference_in_share(
    arms: Arms, other: float, *, power: float = POWER
) -> Precision:
    """How much higher the share of who take part must be, to be seen.

    Args:
        other: the share that is expected among the others.

    Raises:
        CannotEstimate: `smallest_difference_in_share`, `few_people`; `no_room` when
            even a share of 1 is not seen.
    """
    refuse_no_power(power)
    what = "smallest_difference_in_share"
    _refuse_few(what, replace(arms, clusters=None))
    room = 1 - other
    if power_of_difference_in_share(1.0, other, arms) < power:
        raise CannotEstimate(what, why="no_room", has=room, needed=None)
    value = _smallest(
        lambda d: power_of_difference_in_share(min(1.0, other + d), other, arms),
        power,
        room,
    )
    return _precision(what, value, arms, power)


def people_for_difference_in_share(
    share: float, other: float, like: Arms, *, power: float = POWER
) -> Precision:
    """The fewest people, divided as in `like`, that show these two shares apart.

    Raises:
        CannotEstimate: `people_for_difference_in_share`, `small_difference`.
    """
    what = "people_for_difference_in_share"
    found = _fewest(
        what,
        lambda arms: power_of_difference_in_share(share, other, arms),
        like,
        power,
        abs(share - other),
    )
    reached = power_of_difference_in_share(share, other, found)
    return _precision(what, share - other, found, reached)


def _beyond(reach: float, df: float, shift: float) -> float:
    """How much of the noncentral t lies further from 0 than this."""
    return 1 - float(nctdtr(df, shift, reach)) + float(nctdtr(df, shift, -reach))


def _precision(what: str, value: float, arms: Arms, power: float) -> Precision:
    return Precision(what, value, arms.n, sum(arms.worth), arms.asked, power)


def _refuse_few(what: str, arms: Arms) -> None:
    least = min(arms.worth)
    if least < FEWEST:
        raise CannotEstimate(what, why="few_people", has=least, needed=FEWEST)
    if arms.clusters is not None and arms.clusters < FEWEST_CLUSTERS:
        has = arms.clusters
        raise CannotEstimate(what, why="few_clusters", has=has, needed=FEWEST_CLUSTERS)


def _doubled(power_of: Callable[[float], float], power: float) -> float:
    high = 1.0
    while power_of(high) < power and high < LARGEST:
        high *= 2
    return high


def _smallest(power_of: Callable[[float], float], power: float, high: float) -> float:
    low = 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if power_of(middle) < power:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _fewest(
    what: str,
    power_of: Callable[[Arms], float],
    like: Arms,
    power: float,
    difference: float,
) -> Arms:
    refuse_no_power(power)
    if min(like.treated, like.others) < 1:
        raise ValueError("nobody in a group")
    ratio = like.others / like.treated

    def of(treated: int) -> Arms:
        return replace(like, treated=treated, others=ceil(treated * ratio - 1e-9))

    def enough(treated: int) -> bool:
        return power_of(of(treated)) >= power

    least = max(like.loss.design_effect, like.others_loss.design_effect / ratio)
    low = ceil(FEWEST * max(least, 1, 1 / ratio))
    _refuse_few(what, of(low))
    high = low
    while not enough(high):
        high *= 2
        if high > MOST:
            raise CannotEstimate(
                what, why="small_difference", has=difference, needed=None
            )
    low -= 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return of(high)
