"""Who left beside who stayed: the first thing to know about a change.

Left is who the data call a dropout; where they tell nothing of that, who belongs and
has no answer at all at the later moment of the first contrast. People of a survey have
no trajectory to leave, so that beside a survey only participants are looked at; of a
lot both groups are, and how many of each left stands first: groups that lose people
unevenly are no longer made by lot.

Laid beside each other are the covariates of the configuration and where people started
on the primary outcomes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.missing_people.leavers import (
    Compared,
    Kind,
    Side,
    Variable,
    compare_sides,
)
from trede.evaluation.proportions import newcombe, share
from trede.evaluation.running.asking import (
    COMPARISON,
    TREATED,
    Refused,
    Who,
    generator,
    groups,
    refusal,
)
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import People
from trede.evaluation.running.wrong_columns import DROPOUT

ORDERED = ("likert", "ladder")


@dataclass(frozen=True, slots=True)
class Part:
    """People with one kind of a category; `share` of those of whom it is known."""

    value: float | str
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class Told:
    """One variable on one side; mean and deviation of what has an order only."""

    n: int
    n_missing: int
    mean: float | None
    sd: float | None
    shares: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Who left beside who stayed on one variable: stayed minus left is not told, left
    minus stayed is (`smd`). `p` belongs in an appendix; `detectable` says what so many
    people could have shown."""

    name: str
    moment: str | None
    kind: Kind
    stayed: Told
    left: Told
    smd: float | None
    smd_name: str | None
    ci: tuple[float, float] | None
    p: float | None
    p_method: str | None
    detectable: float | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """How many of a group left."""

    group: str
    n: int
    left: int
    share: float
    ci: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Apart:
    """The share that left of the treated minus that of the comparison."""

    estimate: float
    ci: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Attrition:
    """`groups` holds everybody, or each arm of a lot; `difference` is between those."""

    n_stayed: int
    n_left: int
    groups: tuple[Leaving, ...]
    difference: Apart | None
    covariates: tuple[Beside, ...]
    refused: tuple[Refused, ...]


def attrition(people: People, configuration: Configuration) -> Attrition:
    """Who left, beside who stayed."""
    looked_at = _looked_at(people, configuration)
    who = np.logical_or.reduce([group.who for group in looked_at])
    gone = _gone(people, configuration)
    leaving = tuple(
        _leaving(group.name, gone[group.who]) for group in looked_at if group.who.any()
    )
    named = list(_variables(people, configuration, who))
    refused: list[Refused] = []
    rows: tuple[Beside, ...] = ()
    try:
        draws = generator(configuration, "attrition")
        found = compare_sides([one.variable for one in named], gone[who], draws)
    except CannotEstimate as no:
        refused.append(refusal("", "", no))
    else:
        rows = tuple(_row(one, row) for one, row in zip(named, found, strict=True))
        for one, row in zip(named, found, strict=True):
            refused += [refusal(one.variable.code, "", no) for no in row.refused]
    return Attrition(
        n_stayed=int((who & ~gone).sum()),
        n_left=int((who & gone).sum()),
        groups=leaving,
        difference=_apart(leaving),
        covariates=rows,
        refused=tuple(refused),
    )


@dataclass(frozen=True, slots=True)
class _Looked:
    name: str
    who: Who


@dataclass(frozen=True, slots=True)
class _Named:
    """A variable with the words of its codes, when it was written in words."""

    variable: Variable
    moment: str | None
    words: tuple[str, ...] = ()


def _looked_at(people: People, configuration: Configuration) -> list[_Looked]:
    wanted = {
        Design.WAITING_LIST: (TREATED, COMPARISON),
        Design.CONTROL_GROUP: (TREATED,),
    }.get(configuration.design, ("",))
    every = groups(people, configuration.design)
    return [_Looked(one.name, one.who) for one in every if one.name in wanted]


def _gone(people: People, configuration: Configuration) -> Who:
    if people.has("status"):
        return np.equal(people.labels("status"), DROPOUT)
    return ~people.answered_at(configuration.contrasts[0].after)


def _leaving(group: str, gone: Who) -> Leaving:
    found = share(int(gone.sum()), len(gone))
    if found is None:
        raise ValueError("a group of nobody")
    return Leaving(group, found.of, found.n, found.value, (found.low, found.high))


def _apart(leaving: tuple[Leaving, ...]) -> Apart | None:
    if len(leaving) < 2:
        return None
    sides = (share(one.left, one.n) for one in leaving)
    treated, waiting = (one for one in sides if one is not None)
    limits = newcombe(treated, waiting)
    return Apart(treated.value - waiting.value, (limits.low, limits.high))


def _variables(
    people: People, configuration: Configuration, who: Who
) -> Iterator[_Named]:
    for column in configuration.covariates:
        if people.frame[column].dtype.is_numeric():
            values = people.numbers(column)[who]
            yield _Named(Variable(column, _kind(values), values), None)
        else:
            yield _words(column, people.labels(column)[who])
    moment = configuration.contrasts[0].before
    for outcome in people.outcomes:
        if outcome.primary and outcome.type != "time":
            values = people.of(outcome.code, moment)[who]
            kind = "ordered" if outcome.type in ORDERED else _kind(values)
            yield _Named(Variable(outcome.code, kind, values), moment)


def _kind(values: Values) -> Kind:
    there = values[~np.isnan(values)]
    return "binary" if np.isin(there, (0, 1)).all() else "numeric"


def _words(column: str, labels: np.ndarray) -> _Named:
    words, codes = np.unique(labels, return_inverse=True)
    values = codes.astype(np.float64)
    values[labels == ""] = np.nan
    return _Named(Variable(column, "category", values), None, tuple(words.tolist()))


def _row(one: _Named, row: Compared) -> Beside:
    size, test = row.difference, row.appendix
    limits = size.interval if size else None
    return Beside(
        name=one.variable.code,
        moment=one.moment,
        kind=row.kind,
        stayed=_side(row, row.other, one.words),
        left=_side(row, row.one, one.words),
        smd=size.value if size else None,
        smd_name=size.name if size else None,
        ci=(limits.low, limits.high) if limits else None,
        p=test.p if test else None,
        p_method=test.method if test else None,
        detectable=row.detectable,
        notes=row.notes,
    )


def _side(row: Compared, side: Side, words: tuple[str, ...]) -> Told:
    parts = zip(row.categories, side.shares, strict=False)
    return Told(
        n=side.n,
        n_missing=side.n_missing,
        mean=side.mean,
        sd=side.sd,
        shares=tuple(
            Part(words[int(value)] if words else value, part.n, part.value)
            for value, part in parts
        ),
    )
