"""One line of the report per estimate, and what many questions at once do to its p.

Primary outcomes are adjusted for each other and all others apart, unless the
configuration names families. A time to an event has no contrast of its own; it is
adjusted with the outcomes of the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trede.evaluation.adjusting import benjamini_hochberg, holm
from trede.evaluation.estimate import Estimate
from trede.evaluation.running.asking import FOLLOW_UP
from trede.evaluation.running.configuration import Outcome


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate of one outcome in one contrast.

    The adjusted p-values are there for headlines only: each outcome is one question.
    """

    outcome: Outcome
    contrast: str
    estimate: Estimate
    headline: bool
    p_holm: float | None = None
    p_bh: float | None = None


def lines_of(
    outcome: Outcome, contrast: str, estimates: Sequence[Estimate]
) -> list[Line]:
    """The estimates of one outcome in one contrast; the first is the headline."""
    return [
        Line(outcome, contrast, estimate, headline=place == 0)
        for place, estimate in enumerate(estimates)
    ]


def adjusted(lines: Sequence[Line], first_contrast: str) -> tuple[Line, ...]:
    """With adjusted p-values on the headlines, within family and contrast."""
    found = list(lines)
    families: dict[tuple[str, str], list[int]] = {}
    for place, line in enumerate(lines):
        if line.headline:
            contrast = line.contrast.replace(FOLLOW_UP, first_contrast)
            family = (line.outcome.corrected_with, contrast)
            families.setdefault(family, []).append(place)
    for places in families.values():
        p = [found[place].estimate.p for place in places]
        both = zip(places, holm(p), benjamini_hochberg(p), strict=True)
        for place, one, other in both:
            found[place] = replace(found[place], p_holm=one, p_bh=other)
    return tuple(found)
