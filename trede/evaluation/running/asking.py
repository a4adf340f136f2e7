"""Of whom a run asks something, and in which words it is refused.

Who proved not to belong in the study (`ineligible`) is asked nothing: they are in no
estimate and not among the missing.

| group | who |
|---|---|
| "" | everybody; beside a comparison the two groups held against each other |
| treated, comparison | each of the two groups by itself |
| Arnhem | of several pilots: each by itself |

Who waited by lot is beside the others in the first difference only: until then they had
no trajectory, and what they changed is the change without one. After it they have their
turn, and comparing them would set one trajectory beside another. Each group is then
told by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.running.configuration import Configuration, Contrast, Outcome
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import People
from trede.evaluation.running.wrong_columns import INELIGIBLE

Who = NDArray[np.bool_]

TREATED, COMPARISON = "treated", "comparison"
# The contrast of a time to an event, which is followed and not measured twice.
FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Refused:
    """What was asked and cannot be said, why, and what would be needed."""

    outcome: str
    contrast: str
    what: str
    why: str
    has: float | None
    needed: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the people who belong; `compared` holds two arms against each other."""

    name: str
    who: Who
    compared: bool = False

    def of(self, contrast: str) -> str:
        """The contrast by the name under which this group's figures stand."""
        return f"{contrast}/{self.name}" if self.name else contrast


def refusal(outcome: str, contrast: str, found: CannotEstimate) -> Refused:
    """A refusal with the question that it answers."""
    return Refused(outcome, contrast, found.what, found.why, found.has, found.needed)


def belonging(people: People) -> Who:
    """Who belongs in the study, shape (people,)."""
    if not people.has("status"):
        return np.ones(people.n, dtype=bool)
    return np.not_equal(people.labels("status"), INELIGIBLE)


def arms(people: People) -> Values:
    """1 for who took part or started first, 0 for the others."""
    return people.numbers(people.columns["arm"])


def groups(people: People, design: Design) -> Iterator[Group]:
    """Everybody together, and the parts that are looked at by themselves."""
    belongs = belonging(people)
    if design is Design.SEVERAL_PILOTS:
        labels = people.labels("pilot")
        for pilot in np.unique(labels):
            yield Group(str(pilot), belongs & (labels == pilot))
    compares = design.compares_at_the_same_time
    yield Group("", belongs, compared=compares)
    if compares:
        arm = arms(people)
        yield Group(TREATED, belongs & np.equal(arm, 1))
        yield Group(COMPARISON, belongs & np.equal(arm, 0))


def one_kind(people: People, design: Design) -> Iterator[Group]:
    """The groups that can be described: two arms together are nobody's group."""
    return (group for group in groups(people, design) if not group.compared)


def of_everybody(configuration: Configuration) -> tuple[Contrast, ...]:
    """The contrasts in which all people are looked at together."""
    waits = configuration.design is Design.WAITING_LIST
    return configuration.contrasts[:1] if waits else configuration.contrasts


def primaries(
    people: People, configuration: Configuration
) -> Iterator[tuple[Outcome, Contrast]]:
    """Each primary outcome in each contrast of everybody in which it was measured."""
    for contrast in of_everybody(configuration):
        for outcome in people.outcomes:
            if outcome.primary and people.measured_at(contrast, outcome.code):
                yield outcome, contrast


def generator(configuration: Configuration, *words: str) -> Generator:
    """Draws for one question only: another question added does not change them."""
    key = crc32(" ".join(words).encode())
    return np.random.default_rng([configuration.seed, key])
