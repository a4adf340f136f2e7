"""What may leave the building, and a proof that it gives nobody away.

`protect` takes all tables and claims of a report together, since that is how a
reader has them: margins, percentages that are counts, means that are sums, the same
people in two tables, the previous edition. It joins and withholds what it must, and
then lets an attacker who knows everything printed try to derive each withheld count.
A report that fails that audit is not released.

Who is the attacker? Somebody who has every table, percentage, mean and claim of this
report, every earlier edition, knows how many people came and went between them, knows
the questionnaire's routing, and reasons faultlessly with whole numbers. Figures count
as known in full, also where a page rounds them, since the JSON does not round.

What is protected: every category of every distribution under the report, printed or
not, that holds 1 to 4 people; remainders of a share; categories that hold everybody.
For each of these it must stay possible that the number is zero and that it is five.

What is not covered, and needs people's judgement:

* an attacker who already knows the answers of several participants;
* inference from *which* cells are empty (a reader of this code may guess that a
  withheld cell is more often small than large);
* free text, quotations and pictures;
* relations between answers that `relations` does not list.

The order of the work: join rows where the pilot allows it; withhold what needs no
calculation; choose the cheapest further set; attack the result; release.

Sources: Hundepool, Domingo-Ferrer, Franconi, Giessing, Schulte Nordholt, Spicer and
De Wolf, "Statistical Disclosure Control", Wiley 2012, chapters 4 and 5.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from trede.evaluation.attack import Attacker
from trede.evaluation.candidate import (
    candidate_edition,
    small_populations,
    without_figures,
)
from trede.evaluation.editions import DisclosureError, Earlier, Edition
from trede.evaluation.hiding import Cut, Demand, choose, demands_of, look_ahead
from trede.evaluation.joining import Join, join_rows
from trede.evaluation.knowledge import systems_of
from trede.evaluation.norms import Norms, default_norms
from trede.evaluation.results import Claim, Table
from trede.evaluation.withholding import (
    Entry,
    cost_of,
    entries_of,
    forced_reason,
    withhold,
)

BY_DECISION = "by_decision"


@dataclass(frozen=True)
class Decision:
    """One figure or row that was changed, and why. For the researcher and the privacy
    officer: the reasons themselves would tell the public too much.

    Reasons: small, complement, everybody, mean_small, dominance, small_group,
    extreme, secondary, difference_earlier, joined. What is printed although it would
    be withheld is listed too, as by_decision.
    """

    table: str
    row: str
    group: str | None
    item: str | None
    measure: str | None
    kind: str
    reason: str


@dataclass(frozen=True)
class Range:
    """What an attacker can derive about one count, and what had to stay possible.

    `name` is group, code and category, or `earlier ...` and `change ...` for counts of
    an earlier edition and of the people who came and went. `low` and `high` are what
    an attacker derives; `high` None: nothing bounds it. `at_most` and `at_least` are
    what had to stay possible: the norm, or what was out of reach already. `holds` says
    whether it did.
    """

    name: str
    low: int
    high: int | None
    at_most: int
    at_least: int
    holds: bool


@dataclass(frozen=True)
class Released:
    """A report that may be printed; `edition` is to be kept for the next one.
    `by_decision`: the figures that an officer decided to print."""

    tables: tuple[Table, ...]
    claims: tuple[Claim, ...]
    decisions: tuple[Decision, ...]
    edition: Edition = field(repr=False)
    by_decision: frozenset[str] = frozenset()


def protect(
    tables: Iterable[Table],
    claims: Iterable[Claim] = (),
    *,
    earlier: Iterable[Earlier] = (),
    joins: Iterable[Join] = (),
    norms: Norms | None = None,
    by_decision: Collection[str] = (),
) -> Released:
    """Decide what may be printed of a report.

    Args:
        tables, claims: of one report, as `build_tables` and `build_claims` made them.
        earlier: editions that were released before, with who came and went since.
        joins: rows that may be joined where they are too small.
        norms: the norm; the shipped one by default.
        by_decision: keys of figures that an officer decided to print. All others are
            judged as if an earlier edition had printed these: what they tell cannot be
            taken back, and nothing is added to it.

    Returns:
        The report without the withheld figures, the decisions with their reasons,
        and the edition to store.

    Raises:
        DisclosureError: when editions contradict each other or the audit fails.

    Example: a second edition after one participant withdrew.

    >>> past = Earlier(stored, (Flow("T0", "participants", None, 1),))  # doctest: +SKIP
    >>> released = protect(tables, claims, earlier=[past])              # doctest: +SKIP
    >>> released.tables, released.edition.as_dict()                     # doctest: +SKIP

    A researcher's view is made of the tables as they went in; it is never printed
    without a decision, and the protected view is the default everywhere.
    """
    norms = norms or default_norms()
    past = tuple(earlier)
    joined, made = join_rows(tables, joins, norms)
    told = tuple(claims)
    entries = {entry.key: entry for entry in entries_of(joined, told)}
    candidate = candidate_edition(joined, told, entries, norms)
    small = small_populations(joined, norms)
    decided = frozenset(by_decision) & entries.keys()
    for one in past:
        one.check(candidate.bases)
    systems = systems_of(candidate, past, by_decision=decided)
    attackers = [Attacker(system) for system in systems]
    reasons = _judge(attackers, entries, past, small, norms, decided)
    hidden = frozenset(reasons)
    public, quiet = withhold(joined, told, hidden=hidden, small=small)
    reasons |= dict.fromkeys(decided, BY_DECISION)
    told_now = without_figures(candidate, hidden | _in_no_row(entries, public))
    decisions = _decisions(entries, reasons, made)
    released = Released(public, quiet, decisions, told_now, decided)
    attacks = _attacks(released, past, norms, attackers)
    if failed := [_told(demand) for demand, _, met in attacks if not met]:
        raise DisclosureError(f"these counts could be derived: {', '.join(failed)}")
    return released


def _in_no_row(entries: Mapping[str, Entry], public: Iterable[Table]) -> frozenset[str]:
    """Figures of groups whose row is not in the tables any more."""
    rows = {(table.id, row) for table in public for row, _ in table.cells()}
    return frozenset(
        key for key, e in entries.items() if e.group and (e.table, e.row) not in rows
    )


def audit(
    released: Released,
    earlier: Iterable[Earlier] = (),
    *,
    norms: Norms | None = None,
) -> tuple[Range, ...]:
    """Attack a released report with everything that is printed.

    Args:
        released: what `protect` returned, or the same with an edition read back.
        earlier: the editions an attacker also has.

    Returns:
        For every sensitive count, of now and of earlier editions, and for every
        count of people who came or went: the range that can be derived, by integer
        programming, and whether it is wide enough.
    """
    norms = norms or default_norms()
    found = []
    for demand, attacker, met in _attacks(released, tuple(earlier), norms):
        extent = attacker.extent(demand.row, printed=attacker.everything)
        told = (_told(demand), extent.low, extent.high)
        found.append(Range(*told, demand.at_most, demand.at_least, met))
    return tuple(found)


def _attacks(
    released: Released,
    earlier: tuple[Earlier, ...],
    norms: Norms,
    judges: Iterable[Attacker] = (),
) -> Iterator[tuple[Demand, Attacker, bool]]:
    """Every demand on a released report, built anew from what it prints alone. Worlds
    that were found while judging count as far as they agree with all of that."""
    judged_by = {
        support: judge for judge in judges for support, _ in judge.system.unknowns
    }
    for system in systems_of(
        released.edition, earlier, by_decision=released.by_decision
    ):
        attacker = Attacker(system)
        support, _ = system.unknowns[0]
        if support in judged_by:
            attacker.learn(judged_by[support])
        demands = demands_of(system, attacker, norms)
        look_ahead(demands, attacker, attacker.everything)
        for demand in demands:
            yield demand, attacker, demand.met(attacker, attacker.everything)


def _told(demand: Demand) -> str:
    """The name under which the audit lists a demand."""
    return f"{demand.guard.name} ({demand.guard.kind})"


def _judge(
    attackers: Iterable[Attacker],
    entries: Mapping[str, Entry],
    past: tuple[Earlier, ...],
    small: frozenset[str],
    norms: Norms,
    decided: frozenset[str],
) -> dict[str, str]:
    """Every figure that must go, with its reason: first those that need no
    calculation, then system by system what they leave uncovered."""
    reasons = {
        key: reason
        for key, entry in entries.items()
        if key not in decided
        and (reason := forced_reason(entry, norms=norms, small=small, earlier=past))
    }
    forced = frozenset(reasons)
    # Systems know nothing of each other, and solvers run beside each other.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(
            lambda one: _settle(one, entries, forced, norms), attackers
        ):
            reasons |= found
    return reasons


def _settle(
    attacker: Attacker,
    entries: Mapping[str, Entry],
    forced: frozenset[str],
    norms: Norms,
) -> dict[str, str]:
    """The figures of one system that must go beyond the forced ones, with reasons."""
    system = attacker.system
    attacker.refuse_contradiction()
    demands = demands_of(system, attacker, norms)
    hidden, cuts = choose(
        system,
        attacker,
        demands=demands,
        costs={key: cost_of(entries[key], norms) for key in system.figures},
        forced=forced,
        last=frozenset(key for key in system.figures if entries[key].figure.last),
    )
    return {
        key: _reason(entries[key], attacker, demands, cuts, norms)
        for key in hidden - forced
    }


def _reason(
    entry: Entry,
    attacker: Attacker,
    demands: list[Demand],
    cuts: list[Cut],
    norms: Norms,
) -> str:
    """Why a figure was chosen: by itself it tells too much, or with others."""
    figure = entry.figure
    totals = [reveal.total for reveal in figure.reveals]
    if figure.kind != "mean" and any(map(norms.sensitive, totals)):
        return "small"
    if figure.last:
        return "secondary"
    only = frozenset({entry.key})

    def breaks(some: Iterable[Demand]) -> bool:
        return any(not demand.met(attacker, only) for demand in some)

    present = [demand for demand in demands if demand.source == "present"]
    if breaks(one for one in present if one.guard.kind == "others"):
        return "everybody"
    if breaks(one for one in present if one.guard.kind != "others"):
        return "complement"
    together = [cut.demand.source for cut in cuts if entry.key in cut.figures]
    rest = (demand for demand in demands if demand.source != "present")
    if "present" in together and not breaks(rest):
        return "secondary"
    return "difference_earlier"


def _decisions(
    entries: Mapping[str, Entry], reasons: Mapping[str, str], joins: Iterable[Join]
) -> tuple[Decision, ...]:
    """The list for the privacy officer: joins first, then figures in report order."""
    made = [
        Decision(j.table, row, None, None, None, "row", "joined")
        for j in joins
        for row in j.rows
    ]
    made += [
        Decision(
            e.table, e.row, e.group, e.item, e.measure, e.figure.kind, reasons[key]
        )
        for key, e in entries.items()
        if key in reasons
    ]
    return tuple(made)
