"""Everything a report would tell if nothing were withheld.

This is where the tables and claims of a report become one body of knowledge: each
distribution once, however many tables show it; the relations between them; which
counts are sensitive. It is the last place where true counts are looked at. What leaves
it towards the outside (`without_figures`) holds definitions and printed totals only.

A group smaller than the norm keeps its distributions here, since flows and sums may
touch them, but no base and no guards: nothing at all is printed about it.
"""

from collections.abc import Iterable, Mapping

from trede.evaluation.editions import Edition
from trede.evaluation.norms import Norms
from trede.evaluation.relations import known_relations
from trede.evaluation.results import (
    Basis,
    Claim,
    Form,
    Guard,
    Part,
    Relation,
    Support,
    Table,
)
from trede.evaluation.withholding import Entry


def small_populations(tables: Iterable[Table], norms: Norms) -> frozenset[str]:
    """The groups too small to say anything about, as population keys."""
    return frozenset(
        f"{table.wave}/{group}"
        for table in tables
        for group, people in table.base.items()
        if group != "reference" and people < norms.smallest_group
    )


def candidate_edition(
    tables: tuple[Table, ...],
    claims: tuple[Claim, ...],
    entries: Mapping[str, Entry],
    norms: Norms,
) -> Edition:
    """Everything the report would print if nothing were withheld.

    Args:
        tables, claims: the researcher's, with what lies under them.
        entries: their figures by key.
        norms: decides which counts are sensitive and which groups too small.

    Returns:
        An edition that still holds true counts: never store it (`without_figures`).
        Groups that are too small keep their distributions but neither base nor
        guards.
    """
    basis = Basis.of((*(t.basis for t in tables), *(c.basis for c in claims)))
    small = small_populations(tables, norms)
    supports = _merged(basis.supports)
    bases = {
        s.population: s.people
        for s in supports
        if "/" in s.population and s.population not in small
    }
    kept = {s.key for s in supports}
    shown = {s.key for s in supports if s.population not in small}
    guards = tuple(
        g
        for g in basis.guards
        if all(p.support in kept for p in g.form)
        and any(p.support in shown for p in g.form)
    )
    return Edition(
        supports,
        bases,
        (*basis.relations, *known_relations(supports), *_people(supports, bases)),
        basis.compositions,
        {key: e.figure.reveals for key, e in entries.items() if e.figure.reveals},
        {
            key: (e.figure.contributors or 0, e.figure.magnitude)
            for key, e in entries.items()
            if e.figure.magnitude is not None
        },
        _sensitive(guards, supports, norms),
        tuple(g for g in guards if g.kind in ("small", "presence")),
    )


def _merged(supports: Iterable[Support]) -> tuple[Support, ...]:
    """One distribution per key, also when two tables list its values differently."""
    found: dict[str, dict[str, int]] = {}
    first: dict[str, Support] = {}
    for support in supports:
        first.setdefault(support.key, support)
        counts = dict(zip(support.values, support.counts, strict=True))
        found.setdefault(support.key, {}).update(counts)
    return tuple(
        Support(
            key, s.population, s.family, tuple(found[key]), tuple(found[key].values())
        )
        for key, s in sorted(first.items())
    )


def _people(
    supports: tuple[Support, ...], bases: Mapping[str, int]
) -> Iterable[Relation]:
    """The printed base of each group is also its number in the flow of people."""
    for support in supports:
        if "/" in support.population:
            continue
        wave = support.key.split("/", 1)[0]
        for group in support.values:
            people = bases.get(f"{wave}/{group}")
            if people is not None:
                yield Relation((Part(support.key, ((group, 1),)),), people, people)


def _sensitive(
    guards: Iterable[Guard], supports: tuple[Support, ...], norms: Norms
) -> tuple[Guard, ...]:
    """The guards whose count is sensitive by the norm, each form once.

    Only here are the true counts looked at to decide what must be protected; the size
    itself goes no further.
    """
    counts = {s.key: dict(zip(s.values, s.counts, strict=True)) for s in supports}

    def value(form: Form) -> int:
        """The value of a form in the data."""
        return sum(w * counts[p.support].get(v, 0) for p in form for v, w in p.weights)

    def is_sensitive(guard: Guard) -> bool:
        """Whether nobody may learn this count."""
        if guard.kind == "others":
            return norms.withhold_everybody and value(guard.form) == 0
        return norms.sensitive(value(guard.form))

    seen: dict[Form, Guard] = {}
    for guard in guards:
        if is_sensitive(guard):
            seen.setdefault(guard.form, guard)
    return tuple(seen.values())


def without_figures(edition: Edition, hidden: frozenset[str]) -> Edition:
    """An edition as it is stored: without hidden figures, without any true count.

    What stays is what a reader has (printed totals and bases) and what anybody can
    know (which values exist, what holds between distributions), with the list of
    counts that were sensitive: a later edition must keep those out of reach too.
    """
    return Edition(
        tuple(
            Support(s.key, s.population, s.family, s.values) for s in edition.supports
        ),
        edition.bases,
        edition.relations,
        edition.compositions,
        {k: r for k, r in edition.printed.items() if k not in hidden},
        {k: m for k, m in edition.magnitudes.items() if k not in hidden},
        edition.guarded,
        edition.categories,
    )
