"""Does the answer hang on one pilot? Everything again, each time without one of them.

Source: Viechtbauer and Cheung, Research Synthesis Methods 1, 2010.
"""

from dataclasses import dataclass

from trede.evaluation.estimate import CannotEstimate, Estimate
from trede.evaluation.synthesis.heterogeneity import Heterogeneity, heterogeneity
from trede.evaluation.synthesis.random_effects import FEWEST, random_effects
from trede.evaluation.synthesis.studies import Studies


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The headline and the differences between pilots without the pilot at `place`."""

    place: int
    estimate: Estimate
    heterogeneity: Heterogeneity


def leave_one_out(found: Studies) -> tuple[LeftOut, ...]:
    """One for each pilot, in their order.

    Raises:
        CannotEstimate: `leave_one_out`, `few_studies` below four; as `reml`.
    """
    if found.k <= FEWEST:
        raise CannotEstimate(
            "leave_one_out", why="few_studies", has=found.k, needed=FEWEST + 1
        )
    return tuple(_without(found, place) for place in range(found.k))


def _without(found: Studies, place: int) -> LeftOut:
    others = found.without(place)
    differ = heterogeneity(others)
    return LeftOut(place, random_effects(others, differ.tau2), differ)
