"""What the outside world was told by an edition of a report, kept for the next one.

An edition holds only what it printed, and which distributions lie under that; never a
withheld number. It can therefore be stored for as long as the report exists, also
after somebody's answers have been withdrawn. `Earlier` adds how many people came and
went since, because an attacker may know that too.

Why it matters: one person withdraws, 53 become 52, and a new report that prints 27
divorced where the old one printed 28 publishes that person's marital status. The same
goes for means, whose sums differ by exactly one answer, and for newcomers.

Assumptions, to be kept by whoever calls this:

* flows count persons, and every person who came or went is in one of them;
* somebody whose answer was corrected is counted as gone and as new;
* between the editions, people who stayed kept their answers.

When the editions cannot be reconciled under the given flows, that is refused rather
than guessed at. What cannot be hidden is the size of the groups itself: that one
person left can be read from 53 and 52, but not what that person answered.

An edition stored as JSON holds keys, coefficients and printed totals: about 160 kB
for the full report of 21 tables, and some 30 kB more for each outcome of an analysis of
change. It lists which counts were sensitive, so it belongs
with the data, not with the report.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from trede.evaluation.results import (
    Form,
    Guard,
    GuardKind,
    Part,
    Relation,
    Reveal,
    Support,
)


class DisclosureError(ValueError):
    """A report that cannot be protected, or editions that contradict each other."""


class FormJson(TypedDict):
    """A part of a linear form as stored."""

    support: str
    weights: list[tuple[str, int]]


class RevealJson(TypedDict):
    """A reveal as stored."""

    form: list[FormJson]
    total: int


class RelationJson(TypedDict):
    """A relation as stored."""

    form: list[FormJson]
    low: int | None
    high: int | None


class GuardJson(TypedDict):
    """A guard as stored."""

    form: list[FormJson]
    kind: GuardKind
    name: str


class SupportJson(TypedDict):
    """A distribution as stored, without its counts."""

    key: str
    population: str
    family: str
    values: list[str]


class EditionJson(TypedDict):
    """An edition as stored."""

    supports: list[SupportJson]
    bases: dict[str, int]
    relations: list[RelationJson]
    compositions: list[tuple[str, list[str]]]
    printed: dict[str, list[RevealJson]]
    magnitudes: dict[str, tuple[int, int]]
    guarded: list[GuardJson]
    categories: list[GuardJson]


@dataclass(frozen=True)
class Edition:
    """Everything an attacker knows from one edition.

    Args:
        supports: the distributions, without counts.
        bases: number of people per population, as far as printed.
        relations, compositions: what holds between distributions.
        printed: per figure key what it gives away.
        magnitudes: per key of an hours mean the contributors and their sum.
        guarded: the counts that were sensitive then; their size is not kept.
        categories: every category of every distribution, sensitive or not.
    """

    supports: tuple[Support, ...]
    bases: Mapping[str, int]
    relations: tuple[Relation, ...]
    compositions: tuple[tuple[str, tuple[str, ...]], ...]
    printed: Mapping[str, tuple[Reveal, ...]]
    magnitudes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    guarded: tuple[Guard, ...] = ()
    categories: tuple[Guard, ...] = ()

    def as_dict(self) -> EditionJson:
        """A form that can be stored as JSON."""
        return {
            "supports": [
                {
                    "key": s.key,
                    "population": s.population,
                    "family": s.family,
                    "values": list(s.values),
                }
                for s in self.supports
            ],
            "bases": dict(self.bases),
            "relations": [
                {"form": _store(r.form), "low": r.low, "high": r.high}
                for r in self.relations
            ],
            "compositions": [
                (whole, list(parts)) for whole, parts in self.compositions
            ],
            "printed": {
                key: [{"form": _store(r.form), "total": r.total} for r in reveals]
                for key, reveals in self.printed.items()
            },
            "magnitudes": dict(self.magnitudes),
            "guarded": _store_guards(self.guarded),
            "categories": _store_guards(self.categories),
        }


def read_edition(data: EditionJson) -> Edition:
    """An edition from its stored form."""
    return Edition(
        tuple(
            Support(s["key"], s["population"], s["family"], tuple(s["values"]))
            for s in data["supports"]
        ),
        dict(data["bases"]),
        tuple(
            Relation(_restore(r["form"]), r["low"], r["high"])
            for r in data["relations"]
        ),
        tuple((whole, tuple(parts)) for whole, parts in data["compositions"]),
        {
            key: tuple(Reveal(_restore(r["form"]), r["total"]) for r in reveals)
            for key, reveals in data["printed"].items()
        },
        {key: (n, total) for key, (n, total) in data["magnitudes"].items()},
        _restore_guards(data["guarded"]),
        _restore_guards(data["categories"]),
    )


def _store(form: Form) -> list[FormJson]:
    """A form as JSON."""
    return [{"support": p.support, "weights": list(p.weights)} for p in form]


def _restore(form: list[FormJson]) -> Form:
    """A form from JSON."""
    return tuple(
        Part(p["support"], tuple((value, weight) for value, weight in p["weights"]))
        for p in form
    )


def _store_guards(guards: tuple[Guard, ...]) -> list[GuardJson]:
    """Guards as JSON: definitions only, no counts."""
    return [{"form": _store(g.form), "kind": g.kind, "name": g.name} for g in guards]


def _restore_guards(guards: list[GuardJson]) -> tuple[Guard, ...]:
    """Guards from JSON."""
    return tuple(Guard(_restore(g["form"]), g["kind"], g["name"]) for g in guards)


@dataclass(frozen=True)
class Flow:
    """People who changed place between an earlier edition and this one.

    `origin` None: new in the data; `destination` None: no longer in it (withdrawn).
    Somebody whose answers were corrected counts as gone and as new.

    Examples: `Flow("T0", "participants", None, 1)` is one withdrawal;
    `Flow("T0", None, "participants", 12)` are twelve new intakes;
    `Flow("T0", "participants", "dropouts", 2)` are two who dropped out.
    """

    wave: str
    origin: str | None
    destination: str | None
    people: int


@dataclass(frozen=True)
class Earlier:
    """An earlier edition and the people who came and went since."""

    edition: Edition
    flows: tuple[Flow, ...] = ()

    def check(self, bases: Mapping[str, int]) -> None:
        """Refuse flows that do not explain how the groups changed.

        Raises DisclosureError naming the group and the two numbers.
        """
        for population, before in self.edition.bases.items():
            if population not in bases or "/" not in population:
                continue
            wave, group = population.split("/", 1)
            change = sum(
                flow.people * ((flow.destination == group) - (flow.origin == group))
                for flow in self.flows
                if flow.wave == wave
            )
            if before + change != bases[population]:
                raise DisclosureError(
                    f"{population} went from {before} to {bases[population]}, but "
                    f"the people who came and went make it {before + change}"
                )
