"""A headline with what stands beside it, and what of that was refused.

Which estimates an outcome gets is chosen before anybody has seen the data. One of them,
the headline, must be given or the whole is refused; the others are attempted, and what
cannot be estimated is kept with its reason instead of left out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trede.evaluation.estimate import CannotEstimate, Estimate

Attempt = Callable[[], Estimate | tuple[Estimate, ...]]


@dataclass(frozen=True, slots=True)
class Attempted:
    """The estimates of one outcome, headline first, and those that were refused."""

    estimates: tuple[Estimate, ...]
    refused: tuple[CannotEstimate, ...] = ()


def together(headline: Estimate, beside: Iterable[Attempt]) -> Attempted:
    """The headline, and of what was to stand beside it what could be estimated."""
    return joined(Attempted((headline,)), beside)


def joined(so_far: Attempted, beside: Iterable[Attempt]) -> Attempted:
    """What there was, and of what was to come after it what could be estimated."""
    estimates, refused = list(so_far.estimates), list(so_far.refused)
    for attempt in beside:
        try:
            found = attempt()
        except CannotEstimate as refusal:
            refused.append(refusal)
        else:
            estimates.extend(found if isinstance(found, tuple) else (found,))
    return Attempted(tuple(estimates), tuple(refused))
