"""Only like is laid with like.

Summaries of one outcome are put together when everything that makes up the figure is
the same: the words of the definition, the type, the scale and its unit, the two waves,
what the figure is of, and whether it may be called a change or an effect. What differs
is named, pilot by pilot. Nothing is recoded or standardised to make it fit: a scale of
0 to 10 and one of 1 to 5 are two measures, also when both are called well-being.

Other people and another design are no reason to refuse, but a reader must know.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.synthesis.summaries import Measure, Summary


@dataclass(frozen=True, slots=True)
class Difference:
    """`pilot` has `has` where the first pilot, `first`, has `had`."""

    aspect: str
    pilot: str
    has: str
    first: str
    had: str


class UnlikeMeasures(CannotEstimate):
    """Refused: these summaries are not of the same measure; says in what."""

    def __init__(self, differences: tuple[Difference, ...]) -> None:
        super().__init__("synthesis", why=f"other_{differences[0].aspect}", needed=None)
        self.differences = differences


def refuse_unlike(summaries: Sequence[Summary]) -> None:
    """Refuse summaries that are not of one measure.

    Raises:
        UnlikeMeasures: the aspects `outcome`, `definition`, `type`, `scale`, `unit`,
            `waves`, `vocabulary`, `estimand`.
        CannotEstimate: `synthesis`, `same_pilot_twice`: its people would count twice.
    """
    first, *others = summaries
    differences = tuple(
        Difference(aspect, other.pilot, has, first.pilot, had)
        for other in others
        for (aspect, has), (_, had) in zip(
            _aspects(other.measure), _aspects(first.measure), strict=True
        )
        if has != had
    )
    if differences:
        raise UnlikeMeasures(differences)
    pilots = Counter(one.pilot for one in summaries)
    twice = sum(count > 1 for count in pilots.values())
    if twice:
        raise CannotEstimate("synthesis", why="same_pilot_twice", has=twice, needed=0)


def notes_on(summaries: Sequence[Summary]) -> tuple[str, ...]:
    """What a reader must know of summaries that were put together."""
    notes = {
        "populations_differ": len({one.population for one in summaries}) > 1,
        "designs_differ": len({one.design for one in summaries}) > 1,
        "methods_differ": len({one.method for one in summaries}) > 1,
        "error_from_interval": any(s.error_from == "interval" for s in summaries),
        "missing_withheld": any(one.n_missing is None for one in summaries),
        "small_pilots": any(one.n < SMALL for one in summaries),
    }
    return tuple(note for note, holds in notes.items() if holds)


# The standard error of a smaller pilot is itself a guess, but counts as known.
SMALL = 20


def by_measure(summaries: Sequence[Summary]) -> tuple[tuple[Summary, ...], ...]:
    """Summaries that are meant to go together, in the order they came.

    One outcome is one group. Only when a pilot has several figures for an outcome
    (other waves, another estimand) do those make groups of their own.
    """
    groups: dict[tuple[str, ...], list[Summary]] = {}
    counts = Counter((one.pilot, one.measure.outcome) for one in summaries)
    several = {outcome for (_, outcome), count in counts.items() if count > 1}
    for one in summaries:
        measure = one.measure
        key: tuple[str, ...] = (measure.outcome,)
        if measure.outcome in several:
            key = (*key, measure.before, measure.after, measure.estimand)
        groups.setdefault(key, []).append(one)
    return tuple(tuple(group) for group in groups.values())


def _aspects(measure: Measure) -> tuple[tuple[str, str], ...]:
    scale = measure.scale
    return (
        ("outcome", measure.outcome),
        ("definition", measure.definition_hash),
        ("type", measure.type),
        ("scale", f"{scale[0]:g}-{scale[1]:g}" if scale else ""),
        ("unit", measure.unit),
        ("waves", f"{measure.before}-{measure.after}"),
        ("vocabulary", measure.vocabulary),
        ("estimand", measure.estimand),
    )
