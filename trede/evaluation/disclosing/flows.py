"""Whose pair of answers changed between two editions of a report.

Between two editions somebody withdraws, or answers for the second time. In what is
printed about pairs of answers that person goes and comes: the pair "before, nothing"
is gone and the pair "before, after" is new. How many did is known to whoever reads both
editions, so disclosure control must know it too.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from trede.evaluation.disclosing.pairs import wave_of
from trede.evaluation.editions import Flow
from trede.evaluation.running.configuration import Contrast

# Person and wave -> the group of the tables, and which sitting it is.
Standing = Mapping[tuple[str, str], tuple[str, int]]
Label = Callable[[str, str], str]


def group_alone(_person: str, group: str) -> str:
    """The part of somebody where there are no arms, no pilots and nobody outside."""
    return group


def pair_flows(
    then: Standing,
    now: Standing,
    contrasts: Iterable[Contrast],
    *,
    label: Label = group_alone,
) -> tuple[Flow, ...]:
    """The people whose pair of answers, or whose part, changed.

    Args:
        then, now: who had been measured at which wave (`T0`), in which group.
        contrasts: of the analysis in both editions.
        label: person, group -> the name of their part (`pairs.Cut.name`), such as
            `participants~treated`. Left out, it is the group.
    """
    flows: Counter[tuple[str, str | None, str | None]] = Counter()
    for contrast in contrasts:
        wave = wave_of(contrast)
        for person in {person for person, _ in (*then, *now)}:
            was = _pair(then, person, contrast, label)
            became = _pair(now, person, contrast, label)
            if was == became:
                continue
            if was and became and was[1:] == became[1:]:
                flows[wave, was[0], became[0]] += 1
                continue
            if was:
                flows[wave, was[0], None] += 1
            if became:
                flows[wave, None, became[0]] += 1
    ordered = sorted(flows.items(), key=lambda flow: tuple(map(str, flow[0])))
    return tuple(Flow(*place, people=people) for place, people in ordered)


def _pair(
    standing: Standing, person: str, contrast: Contrast, label: Label
) -> tuple[str, int | None, int | None] | None:
    """The part of somebody and their two sittings, or None for who is not there."""
    both = [
        standing.get((person, moment.upper()))
        for moment in (contrast.before, contrast.after)
    ]
    there = [found for found in both if found is not None]
    if not there:
        return None
    before, after = (None if found is None else found[1] for found in both)
    return label(person, there[0][0]), before, after
