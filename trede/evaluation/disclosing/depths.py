"""What can be worked out from a figure about change: at most this, and all of it.

Whoever reads an interval in full can compute back what it was made of. So a figure is
taken to tell everything that it is a function of, not what it seems to say: a t
interval tells the sum of squares, McNemar's p tells how many changed each way, a test
on ranks how many changed by how much. These are the *depths*, each a list of linear
forms over pairs of answers.

| depth | tells of those with both answers |
|---|---|
| pairs | how many they are |
| levels | sums of the answers before and after |
| spreads | the same, and sums of their squares |
| moments | the same, and the sum of squared changes |
| direction | how many went up, stayed and went down |
| changes | how many changed by how much |
| margins | how many gave each answer before, and after |
| cells | how many went from which answer to which |
"""

from collections.abc import Callable, Iterator
from typing import Literal

from trede.evaluation.disclosing.pairs import Answer, Cut, Joint, Weight
from trede.evaluation.results import Reveal

Depth = Literal[
    "pairs", "levels", "spreads", "moments", "direction", "changes", "margins", "cells"
]

# What follows from the rest is named too: who searches then need not work it out.
OF_RANKS: tuple[Depth, ...] = ("pairs", "levels", "direction", "changes")
OF_TABLES: tuple[Depth, ...] = ("pairs", "direction", "margins", "cells")
# Of one group: by how a method's name begins, the first that fits. What is not here is
# taken to tell the whole table.
OF_CHANGE: tuple[tuple[str, tuple[Depth, ...]], ...] = (
    ("paired_t", ("pairs", "moments")),
    # Of all pilots: made of the figures of each, without which they go (`dependent`).
    ("reml_hartung_knapp", ("pairs", "moments")),
    ("next_pilot", ("pairs", "moments")),
    ("fixed_effect", ("pairs", "moments")),
    ("one_stage_change", ("pairs", "moments")),
    ("leave_one_out/", ("pairs", "moments")),
    # Errors by coach tell of sums per coach too, which are no counts of answers.
    ("mean_change", ("pairs", "moments")),
    ("icc_anova", ("pairs", "moments")),
    ("complete_mean_change", ("pairs", "moments")),
    ("sign_test", ("pairs", "direction")),
    ("net_share_up", ("pairs", "direction")),
    ("share_up", ("pairs", "direction")),
    ("share_same", ("pairs", "direction")),
    ("share_down", ("pairs", "direction")),
    ("signed_rank", OF_RANKS),
    ("sign_flip", OF_RANKS),
    ("hodges_lehmann", OF_RANKS),
)
# Shares of part of the people, by where they started: these tell more than they name.
BY_START = ("_of_who_could", "_without_ceiling", "_without_floor", "_without_ends")


def depths_of(method: str) -> tuple[Depth, ...]:
    """What the estimate of a change within one group tells, by its method."""
    if method.endswith(BY_START):
        return OF_TABLES
    for name, told in OF_CHANGE:
        if method.startswith(name):
            return told
    return OF_TABLES


def told_by(
    depths: tuple[Depth, ...], joint: Joint, cuts: tuple[Cut, ...]
) -> tuple[Reveal, ...]:
    """Everything that figures of these depths tell of some parts of the people."""
    return tuple(
        dict.fromkeys(one for depth in depths for one in _told(depth, joint, cuts))
    )


def _told(depth: Depth, joint: Joint, cuts: tuple[Cut, ...]) -> tuple[Reveal, ...]:
    """Made once: many figures of the same people tell the same."""
    if (depth, cuts) not in joint.told:
        found = (joint.reveal(weight, cuts) for weight in _FORMS[depth](joint))
        joint.told[depth, cuts] = tuple(one for one in found if one.form)
    return joint.told[depth, cuts]


def paired(weight: Callable[[int, int], int]) -> Weight:
    """A weight of pairs; nothing for whoever lacks one of the two answers."""

    def weighed(before: Answer, after: Answer) -> int:
        if before is None or after is None:
            return 0
        return weight(before, after)

    return weighed


def _pairs(_joint: Joint) -> Iterator[Weight]:
    yield paired(lambda _a, _b: 1)


def _levels(_joint: Joint) -> Iterator[Weight]:
    yield paired(lambda a, _b: a)
    yield paired(lambda _a, b: b)


def _spreads(joint: Joint) -> Iterator[Weight]:
    yield from _levels(joint)
    yield paired(lambda a, _b: a * a)
    yield paired(lambda _a, b: b * b)


def _moments(joint: Joint) -> Iterator[Weight]:
    yield from _spreads(joint)
    yield paired(lambda a, b: (b - a) ** 2)


def _direction(_joint: Joint) -> Iterator[Weight]:
    yield up()
    yield down()
    yield same()


def _changes(joint: Joint) -> Iterator[Weight]:
    widest = joint.scale[-1] - joint.scale[0]
    for change in range(-widest, widest + 1):
        yield changed_by(change)


def _margins(joint: Joint) -> Iterator[Weight]:
    for answer in joint.scale:
        yield before_is(answer)
        yield after_is(answer)


def _cells(joint: Joint) -> Iterator[Weight]:
    for before in joint.scale:
        for after in joint.scale:
            yield cell(before, after)


def up() -> Weight:
    """Who went up."""
    return paired(lambda a, b: int(b > a))


def down() -> Weight:
    """Who went down."""
    return paired(lambda a, b: int(b < a))


def same() -> Weight:
    """Who gave the same answer twice."""
    return paired(lambda a, b: int(b == a))


def changed_by(change: int) -> Weight:
    """Who changed by exactly so much."""
    return paired(lambda a, b: int(b - a == change))


def before_is(answer: int) -> Weight:
    """Who gave this answer before, of those with both."""
    return paired(lambda a, _b: int(a == answer))


def after_is(answer: int) -> Weight:
    """Who gave this answer after, of those with both."""
    return paired(lambda _a, b: int(b == answer))


def cell(before: int, after: int) -> Weight:
    """Who went from the one answer to the other."""
    return paired(lambda a, b: int(a == before and b == after))


_FORMS: dict[Depth, Callable[[Joint], Iterator[Weight]]] = {
    "pairs": _pairs,
    "levels": _levels,
    "spreads": _spreads,
    "moments": _moments,
    "direction": _direction,
    "changes": _changes,
    "margins": _margins,
    "cells": _cells,
}
