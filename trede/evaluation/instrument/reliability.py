"""The reliability of a scale: alpha as the headline, omega beside it.

Alpha is what readers know and can compare with; omega asks less of the items. When the
two lie apart, believe omega. Neither shows that a scale measures what its name says.

Sources: see `alpha` and `omega`; McNeish, Psychological Methods 23, 2018.
"""

from collections.abc import Mapping
from functools import partial

from numpy.random import Generator

from trede.evaluation.attempts import Attempted, together
from trede.evaluation.estimate import Values
from trede.evaluation.instrument.alpha import cronbach_alpha, resampled_alpha
from trede.evaluation.instrument.omega import omega_total
from trede.evaluation.instrument.scales import complete_scale


def reliability(items: Mapping[str, Values], rng: Generator) -> Attempted:
    """Alpha (Feldt), alpha (BCa) and omega (BCa), and which of them was refused.

    Args:
        items: by name, shape (people,) each, all pointing the same way; NaN is missing,
            people who miss an item are left out and counted.
        rng: for the bootstrap.

    Raises:
        ValueError: as `complete_scale`.
        CannotEstimate: `reliability`, `few_items` below two, `few_people` below four,
            or `no_variation`.
    """
    scale = complete_scale(items, what="reliability")
    return together(
        cronbach_alpha(scale),
        (partial(resampled_alpha, scale, rng), partial(omega_total, scale, rng)),
    )
