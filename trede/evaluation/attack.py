"""What an attacker can derive about a count: its lowest and highest possible value.

Both are found by integer programming (`whole_numbers`), not by its linear
relaxation: that counts are whole numbers is part of what an attacker knows, and a
mean over whole numbers sometimes leaves a single possibility.

The question is always: which values can `w . x` take, when x are whole numbers of
zero or more and `A x = b` is all that is printed? Two programmes, one minimising and
one maximising, give the ends of that range.

* Why not linear programming: its range is at least as wide, so an audit by linear
  programming can call safe what is not. From 3a + 5b = 11 it learns that a lies
  between 0 and 3.7; whole numbers leave only a = 2.
* Gaps inside a range are not looked for. The norm asks for both ends; that some value
  between them cannot occur tells an attacker less than either end.
* Size: a system has 5 to 150 unknowns and is solved in milliseconds. The worst case
  of integer programming is exponential; nothing like it occurs at these sizes.

Source: Fischetti and Salazar-Gonzalez, "Solving the cell suppression problem on
tabular data with linear constraints", Management Science 47(7), 2001, who call these
two programmes the attacker's subproblems.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.editions import DisclosureError
from trede.evaluation.knowledge import Row, System, Unknown
from trede.evaluation.nearby import ROUNDINGS, nearby
from trede.evaluation.whole_numbers import (
    Constraints,
    Contradiction,
    Relaxed,
    TooMuchWork,
    attainable,
    least,
    reachable,
)
from trede.evaluation.worlds import Worlds

__all__ = ["Attacker", "Contradiction", "Extent", "Wish"]
ROOM = 1_000
# Nearly all questions are about one choice of figures, or about none.
MOST_SOLVERS = 3
# Nearly every search ends at its first node.
MOST_NODES = 3
# How far a world is sought around one that is known.
MOST_CORNERS = 20
# A search by branch and bound takes as long as some five walks to a nearby world.
OF_A_SEARCH = 5


@dataclass(frozen=True)
class Extent:
    """The range an attacker can derive; `high` None when nothing bounds it."""

    low: int
    high: int | None


@dataclass(frozen=True)
class Wish:
    """That a form may be at most `limit` (`sign` 1), or at least (`sign` -1)."""

    row: Row
    limit: int
    sign: int


@dataclass
class Attacker:
    """Asks one system what can be derived from any set of its figures.

    Example: with `attacker = Attacker(system)`,

    >>> attacker.extent(row, printed=attacker.everything)   # doctest: +SKIP
    Extent(low=0, high=12)

    says that somebody who sees all figures knows no more than "at most twelve".

    Possible worlds once found are kept: most questions ("can this count still be
    zero?") are answered by one of them without solving anything.
    """

    system: System
    _index: dict[Unknown, int] = field(init=False)
    _ceiling: NDArray[np.float64] = field(init=False)
    _unbounded: int = field(init=False)
    _equations: Constraints = field(init=False)
    _places: Mapping[str, tuple[int, ...]] = field(init=False)
    _worlds: Worlds = field(init=False)
    _solvers: dict[frozenset[str], Relaxed] = field(init=False, default_factory=dict)
    _impossible: dict[tuple[bytes, int], list[frozenset[str]]] = field(
        init=False, default_factory=dict
    )
    work: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Give every unknown a place and a ceiling.

        An unknown without a total (the people of a group whose size is not printed)
        gets a ceiling far above anything printed: integer programming needs one, and
        `extent` says "no bound" when it is reached.
        """
        system = self.system
        self._index = {unknown: i for i, unknown in enumerate(system.unknowns)}
        totals = [abs(e.high or 0) for es in system.figures.values() for e in es]
        totals += list(system.ceiling.values())
        self._unbounded = ROOM + 10 * max(totals, default=0)
        self._ceiling = np.array(
            [system.ceiling.get(key, self._unbounded) for key, _ in system.unknowns],
            dtype=float,
        )
        self._lay_out()

    @property
    def everything(self) -> frozenset[str]:
        """The keys of all figures of the system."""
        return frozenset(self.system.figures)

    def refuse_contradiction(self) -> None:
        """Raise Contradiction when no whole numbers satisfy all figures at once."""
        self._solve({}, self.everything, 1)

    def extent(self, row: Row, *, printed: frozenset[str]) -> Extent:
        """The lowest and highest value of a linear form.

        Args:
            row: the form.
            printed: the keys of the figures that are printed.

        Raises:
            Contradiction: when what is printed cannot be true.
        """
        low = self._solve(row, printed, 1)
        high = self._solve(row, printed, -1)
        return Extent(low, None if high >= self._open(row) else high)

    def possible(
        self,
        row: Row,
        *,
        printed: frozenset[str],
        at_most: int | None = None,
        at_least: int | None = None,
        roughly: bool = False,
    ) -> bool:
        """Whether the form can be `at_most` (or `at_least`) that much; `roughly`: or
        could be, if there were parts of people.

        Give one of the two. A remembered world that agrees with everything printed
        is proof enough; only when there is none, a programme is solved. Raises
        Contradiction when what is printed cannot be true.
        """

        weights = self._weights(row)
        sign, limit = (1, at_most) if at_most is not None else (-1, -(at_least or 0))
        if self._seen(sign * weights, limit, printed):
            return True
        if roughly:
            asked = self._asked(printed)
            found = attainable(sign * weights.astype(float), asked, limit)
        elif self._ruled_out(sign * weights, limit, printed):
            return False
        else:
            found = self._found(weights, printed, sign, limit) is not None
        if not found:
            self._rule_out(sign * weights, limit, printed)
        return found

    def learn(self, other: "Attacker") -> None:
        """Take over the worlds that another attacker found in a system which holds
        this one, as far as everything that this one knows is true in them. Unknowns
        that are one here may be several there."""
        stands = self.system.stands
        shared = [
            (there, self._index[stands[unknown]])
            for there, unknown in enumerate(other.system.unknowns)
            if unknown in stands
        ]
        known = self._known(self.everything)
        for world in other._worlds.all():
            counts = np.zeros(len(self._index), dtype=np.int64)
            for there, here in shared:
                counts[here] += world[there]
            if known.hold(counts) and np.all((counts >= 0) & (counts <= self._ceiling)):
                self._worlds.keep(counts)

    def look_ahead(self, wishes: Sequence[Wish], *, printed: frozenset[str]) -> None:
        """Look for worlds in which many wishes come true at once.

        Nothing is decided here: each world that is found answers later questions
        without a search of their own. Wishes that cannot come true together are
        halved.
        """
        open_ones = [wish for wish in wishes if not self._granted(wish, printed)]
        if not open_ones or self._together(open_ones, printed) or len(open_ones) < 2:
            return
        half = len(open_ones) // 2
        self.look_ahead(open_ones[:half], printed=printed)
        self.look_ahead(open_ones[half:], printed=printed)

    def all_granted(self, wishes: Sequence[Wish], *, printed: frozenset[str]) -> bool:
        """Whether each of the wishes can come true; the search stops at the first that
        cannot, or of which that is too much work to find out."""
        open_ones = [wish for wish in wishes if not self._granted(wish, printed)]
        if not open_ones:
            return True
        if len(open_ones) == 1:
            wish = open_ones[0]
            return self._nearby(wish, printed) or self._searched(wish, printed)
        half = len(open_ones) // 2
        return self._together(open_ones, printed, MOST_NODES) or all(
            self.all_granted(part, printed=printed)
            for part in (open_ones[:half], open_ones[half:])
        )

    def _granted(self, wish: Wish, printed: frozenset[str]) -> bool:
        """Whether a remembered world proves it."""
        weights = wish.sign * self._weights(wish.row)
        return self._seen(weights, wish.sign * wish.limit, printed)

    def _ruled_out(
        self, weights: NDArray[np.int64], limit: int, printed: frozenset[str]
    ) -> bool:
        """Whether it was impossible already when less, or the same, was printed."""
        known = self._impossible.get((weights.tobytes(), limit), ())
        return any(less <= printed for less in known)

    def _rule_out(
        self, weights: NDArray[np.int64], limit: int, printed: frozenset[str]
    ) -> None:
        key = weights.tobytes(), limit
        self._impossible.setdefault(key, []).append(printed)

    def _seen(
        self, weights: NDArray[np.int64], limit: int, printed: frozenset[str]
    ) -> bool:
        """Whether a form is at most so much in a remembered world."""
        return bool((self._worlds.agreeing(printed) @ weights <= limit).any())

    def _together(
        self, wishes: Sequence[Wish], printed: frozenset[str], nodes: int | None = None
    ) -> bool:
        """Whether a world is found in which all of them are true; it is kept."""
        within = self._wished(wishes, printed)
        nothing = np.zeros(len(self._index))
        self.work += OF_A_SEARCH
        try:
            every = Relaxed(within, nothing, self._ceiling)
            found = reachable(nothing, every, 0, nodes=nodes)
        except TooMuchWork:
            return False
        except Contradiction:
            found = None
        if found is not None:
            self._worlds.keep(found)
        elif len(wishes) == 1:
            wish, weights = wishes[0], self._weights(wishes[0].row)
            self._rule_out(wish.sign * weights, wish.sign * wish.limit, printed)
        return found is not None

    def _nearby(self, wish: Wish, printed: frozenset[str]) -> bool:
        """Whether a world in which it is true is found near a known one; it is kept."""
        within = self._wished([wish], printed)
        worlds = self._worlds.agreeing(printed)
        if not len(worlds):
            self._solve({}, printed, 1)
            worlds = self._worlds.agreeing(printed)
        closest = np.argmin(wish.sign * (worlds @ self._weights(wish.row)))
        for rounding in ROUNDINGS:
            self.work += 1
            found = nearby(
                worlds[closest],
                within,
                self._ceiling,
                rounding=rounding,
                corners=MOST_CORNERS,
            )
            if found is not None:
                self._worlds.keep(found)
                return True
        return False

    def _wished(self, wishes: Sequence[Wish], printed: frozenset[str]) -> Constraints:
        """All that is known, with wishes that must come true."""
        known = self._known(printed)
        rows = [wish.sign * self._weights(wish.row).astype(float) for wish in wishes]
        return Constraints(
            np.vstack([known.rows, *rows]),
            np.append(known.low, np.full(len(rows), -np.inf)),
            np.append(known.high, [wish.sign * wish.limit for wish in wishes]),
        )

    def _searched(self, wish: Wish, printed: frozenset[str]) -> bool:
        """Whether a world in which it is true is found by branch and bound, within a
        few nodes."""
        try:
            found = self._found(
                self._weights(wish.row),
                printed,
                wish.sign,
                wish.sign * wish.limit,
                nodes=MOST_NODES,
            )
        except TooMuchWork:
            return False
        return found is not None

    def _open(self, row: Row) -> int:
        """The value above which a form is only held by our own ceiling."""
        open_keys = [u for u in row if u[0] not in self.system.ceiling and row[u] > 0]
        return self._unbounded if open_keys else np.iinfo(np.int64).max

    def _weights(self, row: Row) -> NDArray[np.int64]:
        """A linear form as a vector, one coefficient per unknown (shape: unknowns)."""
        weights = np.zeros(len(self._index), dtype=np.int64)
        for unknown, weight in row.items():
            weights[self._index[unknown]] = weight
        return weights

    def _lay_out(self) -> None:
        """All equations as rows of one matrix: the fixed ones first, then those of
        each figure, so that a choice of figures is a choice of rows. What many figures
        tell, such as how many people there are, is one row."""
        equations = list(self.system.fixed)
        seen: dict[tuple[object, ...], int] = {}
        places: dict[str, tuple[int, ...]] = {}
        for name, told in sorted(self.system.figures.items()):
            found = set()
            for one in told:
                key = (frozenset(one.row.items()), one.low, one.high)
                if key not in seen:
                    seen[key] = len(equations)
                    equations.append(one)
                found.add(seen[key])
            places[name] = tuple(sorted(found))
        rows = [self._weights(equation.row) for equation in equations]
        self._equations = Constraints(
            np.array(rows, dtype=float).reshape(-1, len(self._index)),
            np.array([-np.inf if e.low is None else e.low for e in equations]),
            np.array([np.inf if e.high is None else e.high for e in equations]),
        )
        self._places = places
        self._worlds = Worlds(self._equations, places)

    def _known(self, printed: frozenset[str]) -> Constraints:
        """The equations of a choice of figures, with everything that always holds."""
        told = {place for name in printed for place in self._places[name]}
        chosen = [*range(len(self.system.fixed)), *sorted(told)]
        every = self._equations
        return Constraints(every.rows[chosen], every.low[chosen], every.high[chosen])

    def _asked(self, printed: frozenset[str]) -> Relaxed:
        """The solver that was asked about these figures before, if it still is here."""
        found = self._solvers.pop(printed, None)
        if found is None:
            floor = np.zeros(len(self._index))
            found = Relaxed(self._known(printed), floor, self._ceiling)
        self._solvers[printed] = found
        if len(self._solvers) > MOST_SOLVERS:
            del self._solvers[next(iter(self._solvers))]
        return found

    def _solve(self, row: Row, printed: frozenset[str], sign: int) -> int:
        """The lowest (`sign` 1) or highest (`sign` -1) value of a form.

        A world that is found is remembered, whichever question led to it.
        """
        weights = self._weights(row)
        self.work += OF_A_SEARCH
        counts = least(
            sign * weights.astype(float),
            self._known(printed),
            floor=np.zeros(len(weights)),
            ceiling=self._ceiling,
        )
        if not printed <= self._worlds.keep(counts):
            raise DisclosureError("the solver's whole numbers do not add up")
        return int(weights @ counts)

    def _found(
        self,
        weights: NDArray[np.int64],
        printed: frozenset[str],
        sign: int,
        limit: int,
        nodes: int | None = None,
    ) -> NDArray[np.int64] | None:
        """A world in which a form, times `sign`, is at most so much."""
        self.work += OF_A_SEARCH
        counts = reachable(
            sign * weights.astype(float), self._asked(printed), limit, nodes=nodes
        )
        if counts is not None and not printed <= self._worlds.keep(counts):
            raise DisclosureError("the solver's whole numbers do not add up")
        return counts
