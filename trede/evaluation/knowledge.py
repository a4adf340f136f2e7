"""What an attacker knows, as equations over unknown counts.

The unknowns are how many people gave each value. Printed figures, printed bases and
what everybody knows beforehand are linear equations over them; all unknowns are whole
numbers of zero or more. Earlier editions add unknowns of their own, tied to the
present ones by the people who came and went.

Values that no equation tells apart are one unknown, and distributions that no
equation ties together are separate systems: that keeps every system small.

Written out, for every distribution d with counts x(d, value):

* sum over values of x(d, value) = base of its group (when the base is printed);
* a printed count, share or percentage: sum over its values of x = n;
* a printed mean: sum of value * x = sum of the answers, and sum of x over answered
  values = number of answers (a fraction in full betrays its denominator);
* a relation: low <= linear form <= high, such as isolated <= rarely sees friends;
* a group that is made of others: x(all) = x(participants) + x(dropouts);
* an earlier edition e, for every value: x(d) - x(e, d) + went - came = 0, where the
  people who went and came are distributions of their own with a known size.

A person who moved from one group to the other is *one* distribution in two of these
equations: missing here, new there, with the same answer.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from trede.evaluation.editions import Earlier, Edition
from trede.evaluation.results import Form, Guard, Part, Relation, Reveal, Support

Unknown = tuple[str, str]  # support key, value that stands for its class
Row = dict[Unknown, int]


@dataclass(frozen=True)
class Equation:
    """`low <= sum(row) <= high`; None is no bound."""

    row: Row
    low: int | None
    high: int | None


@dataclass(frozen=True)
class System:
    """One independent part of an attacker's knowledge.

    `unknowns` are counts of people, each a whole number from 0 up to the `ceiling` of
    its distribution (the number of people in the group; absent where no base is
    printed). `fixed` always holds, `figures` only while they are printed (key ->
    equations).
    `guards` are present counts, `earlier_guards` counts that an earlier edition
    withheld, `flow_guards` the people who came or went. `stands`: every value of every
    distribution -> the unknown that it is part of.
    """

    unknowns: tuple[Unknown, ...]
    ceiling: Mapping[str, int]
    fixed: tuple[Equation, ...]
    figures: Mapping[str, tuple[Equation, ...]]
    guards: tuple[tuple[Guard, Row], ...]
    earlier_guards: tuple[tuple[Guard, Row], ...]
    flow_guards: tuple[tuple[Guard, Row], ...]
    stands: Mapping[Unknown, Unknown] = field(default_factory=dict)


# What of a world is a list of things with a linear form.
WITH_A_FORM = ("relations", "always", "guards", "earlier_guards", "flow_guards")


@dataclass
class _World:
    """All editions together, before they are cut into systems."""

    supports: dict[str, Support]
    totals: dict[str, int]
    relations: list[Relation]
    # sum of coefficient * distribution = 0, value by value
    links: list[tuple[tuple[str, int], ...]]
    figures: dict[str, tuple[Reveal, ...]]
    always: list[Reveal]
    guards: list[Guard]
    earlier_guards: list[Guard]
    flow_guards: list[Guard]


def systems_of(
    edition: Edition,
    earlier: Iterable[Earlier] = (),
    *,
    by_decision: Collection[str] = (),
) -> list[System]:
    """Cut an attacker's knowledge into independent systems.

    Args:
        edition: what would be printed now; each of its figures can be left out, but
            for those in `by_decision`: they are printed whatever they tell.
        earlier: what was printed before; that stays printed.

    Returns:
        Systems in the order of their first distribution's key. Together they hold
        every distribution once; no equation lies in two of them, so what can be
        derived about a count can be derived within its own system.

    Missing answers are values like any other here: how many people refused is as
    much a count as how many said yes.
    """
    world = _World(
        {s.key: replace(s, counts=()) for s in edition.supports},
        _totals(edition),
        list(edition.relations),
        [
            ((whole, -1), *((p, 1) for p in parts))
            for whole, parts in edition.compositions
        ],
        {k: told for k, told in edition.printed.items() if k not in by_decision},
        [r for key in by_decision for r in edition.printed.get(key, ())],
        list(edition.guarded),
        [],
        [],
    )
    for number, past in enumerate(earlier):
        _add_earlier(world, edition, past, f"{number}:")
    return _cut(world)


def _totals(edition: Edition) -> dict[str, int]:
    """The size of each distribution whose population's base is printed."""
    return {
        s.key: edition.bases[s.population]
        for s in edition.supports
        if s.population in edition.bases
    }


def _renamed(form: Form, prefix: str) -> Form:
    """A form over the distributions of an earlier edition."""
    return tuple(Part(prefix + part.support, part.weights) for part in form)


def _add_earlier(world: _World, now: Edition, past: Earlier, prefix: str) -> None:
    """Put an earlier edition into the world under a prefix of its own.

    Its printed figures always hold: they cannot be taken back. Its sensitive counts
    stay sensitive. Every distribution that both editions have is tied to the present
    one.
    """
    then = past.edition
    for support in then.supports:
        key = prefix + support.key
        world.supports[key] = replace(support, key=key, counts=())
    world.totals.update({prefix + k: n for k, n in _totals(then).items()})
    world.relations += [
        Relation(_renamed(r.form, prefix), r.low, r.high) for r in then.relations
    ]
    world.links += [
        ((prefix + whole, -1), *((prefix + p, 1) for p in parts))
        for whole, parts in then.compositions
    ]
    world.always += [
        Reveal(_renamed(r.form, prefix), r.total)
        for reveals in then.printed.values()
        for r in reveals
    ]
    world.earlier_guards += [
        replace(g, form=_renamed(g.form, prefix), name=f"earlier {g.name}")
        for g in then.guarded
    ]
    before = {s.key for s in then.supports}
    for support in now.supports:
        if support.key in before and "/" in support.population:
            _tie(world, support, now, past, prefix)


def _tie(
    world: _World, support: Support, now: Edition, past: Earlier, prefix: str
) -> None:
    """now - then - those who came + those who went = 0, for every value.

    `all` is the sum of its groups, so its own changes follow from theirs.
    """
    wave, group = support.population.split("/", 1)
    if group == "all":
        return
    link = [(support.key, 1), (prefix + support.key, -1)]
    for number, flow in enumerate(past.flows):
        sign = (flow.origin == group) - (flow.destination == group)
        if flow.wave != wave or not sign or not flow.people:
            continue
        key = f"{prefix}flow{number}:{support.family}"
        link.append((key, sign))
        if key in world.supports:
            known = world.supports[key]
            values = tuple(dict.fromkeys((*known.values, *support.values)))
            world.supports[key] = replace(known, values=values)
            continue
        world.supports[key] = Support(key, key, support.family, support.values)
        world.totals[key] = flow.people
        world.flow_guards += [
            Guard((Part(key, part.weights),), "small", f"change {guard.name}")
            for guard in (*now.categories, *past.edition.categories)
            for part in guard.form
            if part.support == support.key
        ]
    world.links.append(tuple(link))


def _cut(world: _World) -> list[System]:
    """The world as independent systems, by distributions that hang together.

    A report of 21 tables falls apart into some 65 systems of 5 to 150 unknowns.
    """
    classes = _classes(world)
    return [_system(_Part(apart, classes)) for apart in _apart(world)]


def _apart(world: _World) -> Iterable[_World]:
    """The world cut up: of each part what lies in it. No form lies in two."""
    root = _components(world)
    in_order = dict.fromkeys(root[key] for key in sorted(world.supports))
    cut = {whole: _World({}, {}, [], [], {}, [], [], [], []) for whole in in_order}

    for key, support in world.supports.items():
        cut[root[key]].supports[key] = support
    for key, n in world.totals.items():
        cut[root[key]].totals[key] = n
    for link in world.links:
        cut[root[link[0][0]]].links.append(link)
    for name, told in world.figures.items():
        if told:
            cut[root[told[0].form[0].support]].figures[name] = told
    for kind in WITH_A_FORM:
        for one in getattr(world, kind):
            getattr(cut[root[one.form[0].support]], kind).append(one)
    return cut.values()


def _components(world: _World) -> dict[str, str]:
    """Which distributions hang together: support -> representative."""
    parent = {key: key for key in world.supports}

    def find(key: str) -> str:
        """The representative of a distribution's part (union-find, path halving)."""
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    groups = [[p.support for p in r.form] for r in world.relations]
    groups += [[p.support for p in r.form] for r in world.always]
    groups += [[key for key, _ in link] for link in world.links]
    groups += [
        [p.support for reveal in reveals for p in reveal.form]
        for reveals in world.figures.values()
    ]
    # A count over two distributions is guarded although no figure ties them.
    guards = (*world.guards, *world.earlier_guards, *world.flow_guards)
    groups += [[p.support for p in guard.form] for guard in guards]
    for keys in groups:
        for key in keys[1:]:
            parent[find(key)] = find(keys[0])
    return {key: find(key) for key in parent}


def _classes(world: _World) -> dict[str, dict[str, str]]:
    """Per family, value -> the value that stands for everything not told apart.

    Two values are one when they occur in the same distributions and carry the same
    weight in every form: then only their sum can ever be known, and one unknown for
    both is no loss. A family shares its classes among all groups and editions, since
    links run value by value.
    """
    seen: dict[str, dict[str, set[tuple[object, ...]]]] = {}
    for support in world.supports.values():
        for value in support.values:
            marks = seen.setdefault(support.family, {}).setdefault(value, set())
            marks.add(("in", support.key))
    forms = [r.form for r in world.relations] + [r.form for r in world.always]
    forms += [r.form for reveals in world.figures.values() for r in reveals]
    every = (*world.guards, *world.earlier_guards, *world.flow_guards)
    forms += [guard.form for guard in every]
    for number, form in enumerate(forms):
        for place, part in enumerate(form):
            family = seen[world.supports[part.support].family]
            for value, weight in part.weights:
                family[value].add((number, place, weight))
    classes: dict[str, dict[str, str]] = {}
    for name, marked in seen.items():
        first: dict[frozenset[tuple[object, ...]], str] = {}
        classes[name] = {
            value: first.setdefault(frozenset(marks), value)
            for value, marks in marked.items()
        }
    return classes


@dataclass(frozen=True)
class _Part:
    """One independent part of the world: some supports, and how to write equations
    over them in terms of the values that stand for their class."""

    world: _World
    classes: Mapping[str, Mapping[str, str]]

    def standing(self, key: str) -> Mapping[str, str]:
        """Value -> the value that stands for it, in one support."""
        return self.classes[self.world.supports[key].family]

    @cached_property
    def unknowns(self) -> tuple[Unknown, ...]:
        """One unknown per support and class of values, in a fixed order."""
        return tuple(
            (key, value)
            for key in sorted(self.world.supports)
            for value in self.world.supports[key].values
            if self.standing(key)[value] == value
        )

    def stands(self) -> dict[Unknown, Unknown]:
        """Every value of every support -> the unknown that it is part of."""
        return {
            (key, value): (key, self.standing(key)[value])
            for key in self.world.supports
            for value in self.world.supports[key].values
        }

    def row(self, form: Form) -> Row:
        """A linear form over the unknowns.

        All values of a class carry the same coefficient, so that of the value which
        stands for them is taken once.
        """
        made: Row = {}
        for part in form:
            standing = self.standing(part.support)
            for value, weight in part.weights:
                if standing[value] == value:
                    unknown = (part.support, value)
                    made[unknown] = made.get(unknown, 0) + weight
        return made

    def guarded(self, guards: list[Guard]) -> tuple[tuple[Guard, Row], ...]:
        """Guards with their rows."""
        return tuple((guard, self.row(guard.form)) for guard in guards)

    def fixed(self) -> list[Equation]:
        """What holds whatever is printed now: sizes of groups, relations, earlier
        editions, and the ties between distributions."""
        made = [
            Equation({u: 1 for u in self.unknowns if u[0] == key}, n, n)
            for key, n in sorted(self.world.totals.items())
        ]
        made += [
            Equation(self.row(r.form), r.low, r.high) for r in self.world.relations
        ]
        made += [_told(self, reveal) for reveal in self.world.always]
        return made + self.linked()

    def linked(self) -> list[Equation]:
        """Per link an equation for each value that one of its supports can take."""
        present = set(self.unknowns)
        made = []
        for link in self.world.links:
            keys = dict(link)
            for value in dict.fromkeys(v for key, v in self.unknowns if key in keys):
                row = {(k, value): c for k, c in link if (k, value) in present}
                made.append(Equation(row, 0, 0))
        return made


def _told(part: _Part, reveal: Reveal) -> Equation:
    """A reveal as an equation."""
    return Equation(part.row(reveal.form), reveal.total, reveal.total)


def _system(part: _Part) -> System:
    """Write one part out as a system for an attacker."""
    world = part.world
    return System(
        part.unknowns,
        world.totals,
        tuple(part.fixed()),
        {
            name: tuple(_told(part, reveal) for reveal in reveals)
            for name, reveals in world.figures.items()
        },
        part.guarded(world.guards),
        part.guarded(world.earlier_guards),
        part.guarded(world.flow_guards),
        part.stands(),
    )
