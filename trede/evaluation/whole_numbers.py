"""Integer programming: the least value of `w . x` over whole numbers x.

Every question of disclosure control becomes one of these: which values can a hidden
count take, and which figures are cheapest to withhold. HiGHS answers them.

Most of these programmes have a relaxation (the same without asking for whole numbers)
whose best corner is whole already: the equations say which people are counted where,
and such matrices are nearly always totally unimodular. That corner is then the answer,
and is found some ten times as fast; only when it is a fraction, branch and bound
follows. Both are solved to proven optimality.

The answer comes out of floating point. It is rounded and then laid beside the
equations in exact arithmetic; an answer that misses one is an error, never a result.

Source: Huangfu and Hall, "Parallelizing the dual revised simplex method", Mathematical
Programming Computation 10(1), 2018 (HiGHS).
"""

from dataclasses import dataclass, field

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, HighsVarType, MatrixFormat
from numpy.typing import NDArray

from trede.evaluation.editions import DisclosureError

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
WHOLE = 1e-6
PRIMAL = 4
# What is asked is whether there is any point; sooner said by cuts than by guessing.
WITHOUT_GUESSING = (
    ("mip_heuristic_effort", 0.0),
    ("mip_heuristic_run_feasibility_jump", False),
    ("mip_root_presolve_only", True),
)
EMPTY = (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible)


class Contradiction(DisclosureError):
    """No whole numbers satisfy everything that is printed."""


class TooMuchWork(DisclosureError):
    """Whether there are any was not found out within the nodes that were allowed."""


@dataclass(frozen=True)
class Constraints:
    """`low <= rows @ x <= high`, with whole coefficients.

    Shapes: `rows` (equations, unknowns), `low` and `high` (equations,). Infinite where
    nothing bounds that side.
    """

    rows: Floats
    low: Floats
    high: Floats

    def hold(self, counts: Counts) -> bool:
        """Whether whole numbers satisfy every one of them, exactly."""
        found = self.rows @ counts
        return bool(np.all(found >= self.low) and np.all(found <= self.high))


def least(
    weights: Floats, constraints: Constraints, *, floor: Floats, ceiling: Floats
) -> Counts:
    """The whole numbers between `floor` and `ceiling` with the least `weights . x`.

    Args:
        weights: shape (unknowns,); maximise by changing their sign.
        constraints: over the same unknowns.
        floor, ceiling: shape (unknowns,), finite.

    Raises:
        Contradiction: when no whole numbers satisfy the constraints.
        DisclosureError: when the solver gives up or its answer does not add up.
    """
    programme = programme_of(weights, constraints, floor, ceiling)
    corner = _solved(programme, presolve="off")
    counts = np.rint(corner).astype(np.int64)
    if not _fits(corner, counts, constraints):
        programme.integrality_ = [HighsVarType.kInteger] * len(weights)
        counts = np.rint(_solved(programme, presolve="on")).astype(np.int64)
    if not constraints.hold(counts):
        raise DisclosureError("the solver's whole numbers do not add up")
    return counts


@dataclass(frozen=True)
class Relaxed:
    """The same constraints without asking for whole numbers, kept with the solver: a
    next question begins at the corner where the last one ended, and is answered in a
    few steps.

    Shapes: `floor` and `ceiling` (unknowns,), finite.
    """

    constraints: Constraints
    floor: Floats
    ceiling: Floats
    _solver: Highs = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Hand the programme over once."""
        nothing = np.zeros(len(self.floor))
        solver = new_solver(presolve="off")
        # Another question changes what is sought, not what is possible: that keeps a
        # corner feasible for the primal simplex method.
        solver.setOptionValue("simplex_strategy", PRIMAL)
        solver.passModel(
            programme_of(nothing, self.constraints, self.floor, self.ceiling)
        )
        object.__setattr__(self, "_solver", solver)

    def corner(self, weights: Floats) -> Floats:
        """The point with the least `weights . x`, whole or not."""
        places = np.arange(len(weights), dtype=np.int32)
        self._solver.changeColsCost(len(weights), places, weights)
        self._solver.run()
        if self._solver.getModelStatus() != HighsModelStatus.kUnknown:
            return _ended(self._solver)
        # The primal method now and then ends nowhere: the dual one, from nothing.
        programme = programme_of(weights, self.constraints, self.floor, self.ceiling)
        return _solved(programme, presolve="off")


def attainable(weights: Floats, relaxed: Relaxed, limit: int) -> bool:
    """Whether `weights . x` can be at most `limit` when x need not be whole."""
    return bool(weights @ relaxed.corner(weights) <= limit + WHOLE)


def reachable(
    weights: Floats, relaxed: Relaxed, limit: int, *, nodes: int | None = None
) -> Counts | None:
    """Some whole numbers of which `weights . x` is at most `limit`, or None.

    Cheaper than the least of all: when even fractions cannot come that low there are
    none, and otherwise the search stops at the first that do.

    Args:
        weights: shape (unknowns,).
        relaxed: what always holds.
        nodes: how many branches the search may take; any number unless told. Counted,
            so that it ends the same way on a busy machine.

    Raises:
        Contradiction: when no fractions satisfy the constraints.
        TooMuchWork: when that many branches leave it open.
        DisclosureError: when the solver gives up or its answer does not add up.
    """
    constraints = relaxed.constraints
    corner = relaxed.corner(weights)
    if weights @ corner > limit + WHOLE:
        return None
    counts = np.rint(corner).astype(np.int64)
    if _fits(corner, counts, constraints) and weights @ counts <= limit:
        return counts
    within = Constraints(
        np.vstack([constraints.rows, weights]),
        np.append(constraints.low, -np.inf),
        np.append(constraints.high, limit),
    )
    nothing = np.zeros_like(weights)
    programme = programme_of(nothing, within, relaxed.floor, relaxed.ceiling)
    programme.integrality_ = [HighsVarType.kInteger] * len(weights)
    try:
        corner = _solved(programme, presolve="on", nodes=nodes)
    except Contradiction:
        return None
    counts = np.rint(corner).astype(np.int64)
    if not within.hold(counts):
        raise DisclosureError("the solver's whole numbers do not add up")
    return counts


def _fits(corner: Floats, counts: Counts, constraints: Constraints) -> bool:
    """Whether a point is whole, and satisfies everything in exact arithmetic."""
    whole = np.abs(corner - counts).max(initial=0) <= WHOLE
    return bool(whole) and constraints.hold(counts)


def programme_of(
    weights: Floats, constraints: Constraints, floor: Floats, ceiling: Floats
) -> HighsLp:
    """The programme as HiGHS reads it: the matrix row by row, without its zeros."""
    equations, unknowns = constraints.rows.shape
    made = HighsLp()
    made.num_col_, made.num_row_ = unknowns, equations
    made.col_cost_, made.col_lower_, made.col_upper_ = weights, floor, ceiling
    made.row_lower_, made.row_upper_ = constraints.low, constraints.high
    at_row, at_column = np.nonzero(constraints.rows)
    starts = np.searchsorted(at_row, np.arange(equations + 1))
    made.a_matrix_.format_ = MatrixFormat.kRowwise
    made.a_matrix_.start_ = starts.astype(np.int32)
    made.a_matrix_.index_ = at_column.astype(np.int32)
    made.a_matrix_.value_ = constraints.rows[at_row, at_column]
    return made


def _solved(programme: HighsLp, *, presolve: str, nodes: int | None = None) -> Floats:
    """The best point of one programme."""
    solver = new_solver(presolve=presolve)
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    solver.passModel(programme)
    return _point(solver)


def new_solver(*, presolve: str) -> Highs:
    """One thread, so that the answer repeats."""
    solver = Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("mip_rel_gap", 0.0),
        ("presolve", presolve),
        *WITHOUT_GUESSING,
    ):
        solver.setOptionValue(option, value)
    return solver


def _point(solver: Highs) -> Floats:
    """Run a solver; the point that it ends in."""
    solver.run()
    return _ended(solver)


def _ended(solver: Highs) -> Floats:
    """The point where a solver ended."""
    status = solver.getModelStatus()
    if status in EMPTY:
        raise Contradiction("the printed figures contradict each other")
    if status == HighsModelStatus.kSolutionLimit:
        raise TooMuchWork("a search took more branches than it may")
    if status != HighsModelStatus.kOptimal:
        raise DisclosureError(
            f"the solver gave up: {solver.modelStatusToString(status)}"
        )
    return np.array(solver.getSolution().col_value, dtype=np.float64)
