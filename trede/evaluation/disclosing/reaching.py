"""What may be told of who was reached beside the whole list.

A list tells of people who never agreed to anything. Its levels hold enough people as
they come (`running/reaching.py`); here each is held to that again, and beside what was
told before: a list on which three more were reached since is three people whose sex is
a subtraction. Levels may stand together otherwise than in an earlier edition; a reader
subtracts what both tell, which are the smallest sums of levels that either can make.

How many of who was reached are in the figures is looked at, and never printed: for that
there is the flow diagram.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from trede.evaluation.disclosing.reading import (
    Json,
    count,
    entries,
    part,
    reached_key,
    text,
)
from trede.evaluation.norms import Norms
from trede.evaluation.withholding import WITHHELD

SIZES = "reached|sizes"
Names = frozenset[str]
# Of some levels: how many there are on the list, and how many of those were reached.
Pair = tuple[int, int]


def reached_ruled_out(
    analysis: Json, norms: Norms, *, before: Sequence[Json] = ()
) -> Iterator[tuple[str, str]]:
    """The characteristics that go, and the numbers of people themselves. `before`: as
    `numbers_before.kept_for_next`."""
    found = part(analysis, "reached")
    if found is None:
        return
    listed, reached = count(found, "listed"), count(found, "reached")
    sides = (reached, listed - reached, reached - count(found, "measured"))
    few = any(map(norms.sensitive, sides))
    if few:
        yield SIZES, "small"
    told_before = [_told_by(one) for past in before if (one := part(past, "reached"))]
    for row in entries(found, "characteristics"):
        levels = _levels(row)
        if few or any(_few(one, norms) for one in levels.values()):
            yield reached_key(row), "small"
        elif len(levels) < 2:
            yield reached_key(row), "everybody"
        elif any(
            norms.few_apart(_differences(levels, past.get(text(row, "name"), {})))
            for past in told_before
        ):
            yield reached_key(row), "difference_earlier"


def blank_reached(told: Json, hidden: Collection[str]) -> None:
    found = part(told, "reached")
    if found is None:
        return
    del found["measured"]
    for row in entries(found, "characteristics"):
        if reached_key(row) in hidden:
            row |= {"levels": [], "distance": None, "suppressed": WITHHELD}
    if SIZES in hidden:
        found |= {"listed": None, "reached": None, "suppressed": WITHHELD}
    for refused in entries(found, "refused"):
        refused |= {"why": WITHHELD, "has": None, "needed": None}


def _few(pair: Pair, norms: Norms) -> bool:
    """Also when all or none of a level were reached."""
    listed, reached = pair
    return min(reached, listed - reached) < norms.threshold


def _levels(row: Json) -> Mapping[Names, Pair]:
    return {
        _names(level): (count(level, "listed"), count(level, "reached"))
        for level in entries(row, "levels")
    }


def _names(level: Json) -> Names:
    names = level["names"]
    return frozenset(map(str, names)) if isinstance(names, list) else frozenset()


def _told_by(found: Json) -> Mapping[str, Mapping[Names, Pair]]:
    return {
        text(row, "name"): _levels(row)
        for row in entries(found, "characteristics")
        if not row.get("suppressed")
    }


def _differences(
    now: Mapping[Names, Pair], then: Mapping[Names, Pair]
) -> Iterator[int]:
    """How many more are on the list, how many of those were reached, and how many
    not."""
    for names in _told_by_both(now, then) if then else ():
        more, reached = (
            _sum(now, names, side) - _sum(then, names, side) for side in (0, 1)
        )
        yield from (more, reached, more - reached)


def _sum(levels: Mapping[Names, Pair], names: Names, side: int) -> int:
    return sum(pair[side] for level, pair in levels.items() if level <= names)


def _told_by_both(
    now: Mapping[Names, Pair], then: Mapping[Names, Pair]
) -> Collection[Names]:
    """The smallest sets of levels that are whole in either."""
    found: list[Names] = []
    for names in (*now, *then):
        touching = [one for one in found if one & names]
        found = [one for one in found if not one & names]
        found.append(names.union(*touching))
    return found
