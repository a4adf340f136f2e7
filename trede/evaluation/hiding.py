"""Which figures to withhold so that no sensitive count can be derived.

A *demand* is one count with the values that must stay possible. A set of printed
figures that breaks a demand is shrunk to a smallest such set: at least one of its
figures has to go. The least costly choice that takes one from every such set is an
integer programme; it is asked again until nothing is broken. Since printing more can
only narrow what is possible, the answer is the least costly one there is (an implicit
hitting set: Moreno-Centeno and Karp, Operations Research 61(2), 2013). It also never
withholds a figure that can be worked out from the others: printing that one would
cost nothing.

In steps:

1. withhold the forced figures, print the rest;
2. find the demands that are broken; if there are none, stop;
3. a figure that is the very number of a demand is guilty by itself. For the others,
   drop printed figures one by one as long as the demand stays broken: what is left is
   a smallest guilty set (a cut). It stays guilty when one of its figures makes way for
   another that tells as much or more. Sets found in one round share no figure, so that
   each asks for one of its own;
4. withhold the cheapest set that meets all cuts found so far, and go back to 2.

Every round adds a cut that the current choice violates and there are finitely many,
so it ends. The choice in step 4 is the cheapest for a *part* of what is asked; when
it satisfies everything, it is the cheapest for the whole.

Costs come from the norm. Between sets of equal cost a tiny amount derived from the
figures' names decides, so that the same report always loses the same figures, however
its tables are ordered: two different choices laid side by side would undo each other.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from trede.evaluation.attack import Attacker, Wish
from trede.evaluation.editions import DisclosureError
from trede.evaluation.knowledge import Row, System, Unknown
from trede.evaluation.norms import Norms
from trede.evaluation.results import Guard
from trede.evaluation.whole_numbers import Constraints, least

Terms = frozenset[tuple[Unknown, int]]
Told = dict[Terms, list[tuple[str, int]]]
# Further ones are found by searching.
MOST_DIFFERENCES = 200
MOST_ALIKE = 500
# For figures that come last: work (`attack`) times unknowns.
MOST_WORK = 20_000
# So small that it only decides between sets of equal cost, by the figures' names.
TIE = 1e-3


@dataclass(frozen=True)
class Demand:
    """A count, and what must remain possible for it.

    For a present or earlier count both `at_most` and `at_least` must be possible;
    for a change (`either`) one of the two is enough: it then stays open whether the
    count is small.
    """

    guard: Guard
    row: Row
    at_most: int
    at_least: int
    source: str
    either: bool = False

    def allows(self, total: int) -> bool:
        """Whether the number itself could be known without breaking the demand."""
        low, high = total <= self.at_most, total >= self.at_least
        return (low or high) if self.either else (low and high)

    def met(
        self, attacker: Attacker, printed: frozenset[str], *, roughly: bool = False
    ) -> bool:
        """Whether an attacker who sees `printed` is kept at a distance; `roughly`: one
        who forgets that people come in whole numbers."""
        low = attacker.possible(
            self.row, printed=printed, at_most=self.at_most, roughly=roughly
        )
        if low == self.either:
            return low
        return attacker.possible(
            self.row, printed=printed, at_least=self.at_least, roughly=roughly
        )


@dataclass(frozen=True)
class Cut:
    """A smallest set of figures that together break a demand."""

    figures: frozenset[str]
    demand: Demand


def demands_of(system: System, attacker: Attacker, norms: Norms) -> list[Demand]:
    """The demands of one system.

    Present counts and counts withheld by an earlier edition ask that both ends of the
    protection interval stay possible. Changes are judged without knowing their true
    size: it may never be certain that somebody who came or went is in a category,
    unless so many did that the number is no longer small.

    What earlier editions, or the size of the group, already give away cannot be
    taken back: a demand asks no more than what holds when nothing new is printed.
    """
    made = []
    for source, guards in (
        ("present", system.guards),
        ("earlier", system.earlier_guards),
        ("change", system.flow_guards),
    ):
        for guard, row in guards:
            either = source == "change"
            highest = norms.threshold if either else norms.highest
            if guard.kind in ("presence", "transition"):
                highest = 0
            demand = Demand(guard, row, norms.lowest, highest, source, either)
            made.append(_within_reach(demand, attacker))
    return made


def _within_reach(demand: Demand, attacker: Attacker) -> Demand:
    """Ask no more of a demand than holds when nothing new is printed.

    Example: an earlier edition printed 5, one person withdrew, now there are 4.
    Whatever is withheld today, 4 and 5 remain the only possibilities. The demand is
    then that the present edition does not add to it.
    """
    nothing: frozenset[str] = frozenset()
    if demand.met(attacker, nothing):
        return demand
    extent = attacker.extent(demand.row, printed=nothing)
    high = demand.at_least if extent.high is None else extent.high
    return Demand(
        demand.guard,
        demand.row,
        max(demand.at_most, extent.low),
        min(demand.at_least, high),
        demand.source,
        demand.either,
    )


def look_ahead(
    demands: Iterable[Demand], attacker: Attacker, printed: frozenset[str]
) -> None:
    """Find worlds that meet many demands at once, so that few need a search."""
    for wishes in _wishes(demands):
        attacker.look_ahead(wishes, printed=printed)


def _wishes(demands: Iterable[Demand]) -> tuple[list[Wish], list[Wish]]:
    """What demands ask for: that each may be as low, and that it may be as high."""
    both = [demand for demand in demands if not demand.either]
    return (
        [Wish(demand.row, demand.at_most, 1) for demand in both],
        [Wish(demand.row, demand.at_least, -1) for demand in both],
    )


def choose(
    system: System,
    attacker: Attacker,
    *,
    demands: Iterable[Demand],
    costs: Mapping[str, float],
    forced: frozenset[str],
    last: frozenset[str] = frozenset(),
) -> tuple[frozenset[str], list[Cut]]:
    """The least costly set of figures to withhold, and the cuts that led to it.

    Args:
        system, attacker: the knowledge and who asks it.
        demands: what must stay possible.
        costs: per figure key; must be positive.
        forced: figures that are withheld anyway.
        last: figures that are printed as far as it costs no other figure, and as far
            as that is found out with little work.
    """
    waiting = list(demands)
    later = last - forced
    hidden, cuts = _settled(system, attacker, waiting, costs, forced | last)
    if not later:
        return hidden, cuts
    # Names of parts are longer: everybody comes before the parts.
    names = sorted(later, key=lambda name: (len(name), name))
    until = attacker.work + MOST_WORK // len(system.unknowns)
    printed = frozenset(system.figures) - hidden
    return hidden - _added(names, attacker, waiting, printed, until), cuts


def _added(
    names: list[str],
    attacker: Attacker,
    demands: list[Demand],
    printed: frozenset[str],
    until: int,
) -> frozenset[str]:
    """Which figures can be printed beside others; tried together, and by halves where
    that tells too much. What was not shown to be safe in `until` searches is not
    printed: counted, so that it does not depend on how busy the machine is."""
    if attacker.work >= until:
        return frozenset()
    if _all_met(demands, attacker, printed.union(names)):
        return frozenset(names)
    if len(names) < 2:
        return frozenset()
    half = len(names) // 2
    first = _added(names[:half], attacker, demands, printed, until)
    return first | _added(names[half:], attacker, demands, printed | first, until)


def _all_met(
    demands: list[Demand], attacker: Attacker, printed: frozenset[str]
) -> bool:
    """Whether nothing is broken, found out with little work. The demand that is broken
    comes first the next time: it is likely to be broken again."""
    for place, demand in enumerate(demands):
        if not demand.met(attacker, printed, roughly=True):
            demands.insert(0, demands.pop(place))
            return False
    wishes = _wishes(demands)
    return all(attacker.all_granted(one, printed=printed) for one in wishes) and all(
        demand.met(attacker, printed) for demand in demands if demand.either
    )


def _settled(
    system: System,
    attacker: Attacker,
    waiting: list[Demand],
    costs: Mapping[str, float],
    forced: frozenset[str],
) -> tuple[frozenset[str], list[Cut]]:
    """The same, of figures of which none comes last."""
    everything = frozenset(system.figures)
    cuts = list(_outright(system, waiting))
    as_much = _telling_as_much(system)
    looked = False
    while True:
        hidden = _cheapest(everything, costs, forced, cuts)
        printed = everything - hidden
        if not looked:
            look_ahead(waiting, attacker, printed)
        looked = True
        broken = [d for d in waiting if not d.met(attacker, printed)]
        if not broken:
            return hidden, cuts
        # Sets without a figure in common: each asks for a figure of its own.
        for demand in broken:
            if not demand.met(attacker, printed):
                guilty = _smallest(demand, attacker, printed)
                others = product(*(as_much[name] for name in sorted(guilty)))
                for names in islice(others, MOST_ALIKE):
                    cuts.append(Cut(frozenset(names), demand))
                    printed -= cuts[-1].figures


def _telling_as_much(system: System) -> Mapping[str, list[str]]:
    """Of each figure itself, and all that tell what it tells."""
    told = {
        name: {(frozenset(e.row.items()), e.low, e.high) for e in equations}
        for name, equations in system.figures.items()
    }
    return {
        name: [name, *(o for o in told if o != name and told[name] <= told[o])]
        for name in told
    }


def _outright(system: System, demands: Iterable[Demand]) -> Iterator[Cut]:
    """Figures that print the very number of a demand, and those of which it is the
    difference (everybody less the other groups): guilty without solving anything."""
    told: Told = {}
    for name, equations in system.figures.items():
        for equation in equations:
            if equation.low is not None and equation.low == equation.high:
                form = frozenset(equation.row.items())
                told.setdefault(form, []).append((name, equation.low))
    for demand in demands:
        terms = frozenset(demand.row.items())
        alone = {
            name for name, total in told.get(terms, ()) if not demand.allows(total)
        }
        yield from (Cut(frozenset({name}), demand) for name in sorted(alone))
        for total, guilty in islice(_differences(terms, told), MOST_DIFFERENCES):
            if not demand.allows(total) and alone.isdisjoint(guilty):
                yield Cut(guilty, demand)


def _differences(terms: Terms, told: Told) -> Iterator[tuple[int, frozenset[str]]]:
    """The number of a form as a whole less its other parts, and who prints those."""
    for form, wholes in told.items():
        if not terms < form:
            continue
        parts = _parts(form - terms, told)
        for chosen in product(wholes, *parts) if parts else ():
            (one, whole), *others = chosen
            left = whole - sum(total for _, total in others)
            yield left, frozenset({one, *(name for name, _ in others)})


def _parts(rest: Terms, told: Told) -> list[list[tuple[str, int]]]:
    """The figures that print a form, or each of its distributions; none if any does
    not."""
    if rest in told:
        return [told[rest]]
    by_support: dict[str, set[tuple[Unknown, int]]] = {}
    for term in rest:
        by_support.setdefault(term[0][0], set()).add(term)
    found = [told.get(frozenset(by_support[key]), []) for key in sorted(by_support)]
    return found if all(found) else []


def _smallest(
    demand: Demand, attacker: Attacker, printed: frozenset[str]
) -> frozenset[str]:
    """Drop figures as long as the demand stays broken, if it can be broken in fractions
    first in those: that is found out soonest, and leaves few for whole numbers."""
    kept = sorted(printed)
    for roughly in (True, False):
        if not demand.met(attacker, frozenset(kept), roughly=roughly):
            kept = _fewer(demand, attacker, kept, roughly)
    if not kept:
        raise DisclosureError(f"{demand.guard.name} cannot be protected")
    return frozenset(kept)


def _fewer(
    demand: Demand, attacker: Attacker, kept: list[str], roughly: bool
) -> list[str]:
    """Drop halves, then quarters, then one by one, since nearly all figures of a system
    are innocent."""
    size = len(kept)
    while size:
        size = max(size // 2, 1)
        for start in range(len(kept) - size, -size, -size):
            fewer = kept[: max(start, 0)] + kept[start + size :]
            if not demand.met(attacker, frozenset(fewer), roughly=roughly):
                kept = fewer
        if size == 1:
            break
    return kept


def _cheapest(
    figures: frozenset[str],
    costs: Mapping[str, float],
    forced: frozenset[str],
    cuts: list[Cut],
) -> frozenset[str]:
    """The cheapest set that holds the forced figures and one figure of every cut.

    A weighted hitting set, as a 0/1 programme: one variable per figure, one row per
    cut.
    """
    names = sorted(figures)
    if not cuts:
        return forced & figures
    place = {name: i for i, name in enumerate(names)}
    rows = np.zeros((len(cuts), len(names)))
    for i, cut in enumerate(cuts):
        rows[i, [place[name] for name in cut.figures]] = 1
    enough = np.full(len(cuts), np.inf)
    chosen = least(
        np.array([costs[name] + _tie(name) for name in names]),
        Constraints(rows, np.ones(len(cuts)), enough),
        floor=np.array([float(name in forced) for name in names]),
        ceiling=np.ones(len(names)),
    )
    return frozenset(names[i] for i in np.flatnonzero(chosen))


def _tie(name: str) -> float:
    """A number between 0 and TIE that depends on the name alone, so that the choice
    does not depend on the order in which tables or rows arrive."""
    digest = hashlib.sha256(name.encode()).digest()
    return TIE * int.from_bytes(digest[:6], "big") / 2**48
