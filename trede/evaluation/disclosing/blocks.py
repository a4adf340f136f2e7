"""Every outcome in every contrast of every group, ready to be attacked.

A block is what one heading of the report speaks of: the change in one outcome among
everybody, one arm or one pilot. It knows who is counted (parts of the people), their
pairs of answers, and by which name its figures go.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.dataset import Dataset
from trede.evaluation.disclosing.depths import paired
from trede.evaluation.disclosing.guarding import guards_of
from trede.evaluation.disclosing.pairs import Cut, Joint, joint_of, ties, wave_of
from trede.evaluation.estimate import Values
from trede.evaluation.norms import Norms
from trede.evaluation.results import Basis
from trede.evaluation.running.asking import Group, arms, belonging, groups
from trede.evaluation.running.configuration import (
    Configuration,
    Contrast,
    Outcome,
)
from trede.evaluation.running.counted_otherwise import did_not_know, yes_or_no
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import People

NOBODY = np.nan
UNKNOWN = -1.0


@dataclass(frozen=True)
class Block:
    """One outcome in one contrast among one group.

    `before` and `after` hold the complete pairs. `joint` is None for answers that are
    too many to count one by one; of hours it counts none and any. `compared` holds the
    two arms against each other, whose parts are `sides`.
    """

    outcome: Outcome
    moments: Contrast
    group: str
    compared: bool
    before: Values
    after: Values
    joint: Joint | None
    cuts: tuple[Cut, ...]
    sides: tuple[tuple[Cut, ...], ...]
    arm_sizes: tuple[int, ...]
    unknown: tuple[int, ...] = ()
    irregular: int = 0

    @property
    def name(self) -> str:
        """The contrast as the analysis names it: `difference_1/treated`."""
        code = self.moments.code
        return f"{code}/{self.group}" if self.group else code

    @property
    def wave(self) -> str:
        """Both moments as one wave, by which flows of people go."""
        return wave_of(self.moments)

    @property
    def n(self) -> int:
        """How many have both answers."""
        return len(self.before)


@dataclass(frozen=True)
class Ground:
    """All blocks, and what lies under them."""

    blocks: Mapping[tuple[str, str], Block]
    basis: Basis


def ground_of(
    people: People,
    configuration: Configuration,
    dataset: Dataset | None,
    norms: Norms,
) -> Ground:
    """Lay down every pair of answers that an analysis speaks of.

    Args:
        dataset: that of the tables beside it, when there are any.
        norms: decides which transitions could be told by their ends alone.
    """
    blocks: dict[tuple[str, str], Block] = {}
    basis: list[Basis] = []
    cuts = _cuts(people, configuration.design, dataset)
    persons = people.labels("person").tolist()
    for contrast in configuration.contrasts:
        for outcome in people.outcomes:
            if outcome.type == "time" or not people.measured_at(contrast, outcome.code):
                continue
            given = _given(people, outcome, contrast)
            joint = joint_of(_counted(outcome), contrast, cuts, *given)
            made = list(_blocks(people, configuration, outcome, contrast, joint, cuts))
            blocks |= {(outcome.code, block.name): block for block in made}
            if joint is not None:
                basis.append(_under(joint, made, dataset, given, persons, norms))
    return Ground(blocks, Basis.of(basis))


def _given(people: People, outcome: Outcome, contrast: Contrast) -> tuple[Values, ...]:
    """The answers at both moments; of hours whether there are any."""
    found = tuple(
        people.of(outcome.code, moment) for moment in (contrast.before, contrast.after)
    )
    if outcome.type != "hours":
        return found
    return tuple(np.where(np.isnan(one), NOBODY, one > 0) for one in found)


def _counted(outcome: Outcome) -> Outcome:
    if outcome.type != "hours":
        return outcome
    return replace(outcome, type="binary", scale=None)


def _cuts(people: People, design: Design, dataset: Dataset | None) -> list[Cut]:
    """The part of each person: as fine as anything printed asks."""
    groups_of: dict[str, str] = {}
    if dataset is not None:
        groups_of = dict(
            zip(dataset.frame["person"], dataset.frame["group"], strict=True)
        )
    persons = people.labels("person").tolist()
    names = [""] * people.n
    if design is Design.SEVERAL_PILOTS:
        names = people.labels("pilot").tolist()
    elif design.compares_at_the_same_time:
        names = ["treated" if arm == 1 else "comparison" for arm in arms(people)]
    belongs = belonging(people).tolist()
    return [
        Cut(groups_of.get(person, ""), name, belong)
        for person, name, belong in zip(persons, names, belongs, strict=True)
    ]


def _blocks(
    people: People,
    configuration: Configuration,
    outcome: Outcome,
    contrast: Contrast,
    joint: Joint | None,
    cuts: list[Cut],
) -> Iterator[Block]:
    before = people.of(outcome.code, contrast.before)
    after = people.of(outcome.code, contrast.after)
    both = ~(np.isnan(before) | np.isnan(after))
    every = tuple(groups(people, configuration.design))
    parts = {group.name: _parts(cuts, group) for group in every}
    arms_of = [group for group in every if group.name and every[0].compared]
    for group in every:
        chosen = group.who & both
        compared = group.compared
        yield Block(
            outcome=outcome,
            moments=contrast,
            group=group.name,
            compared=compared,
            before=before[chosen],
            after=after[chosen],
            joint=joint,
            cuts=parts[group.name],
            sides=tuple(parts[arm.name] for arm in arms_of) if compared else (),
            arm_sizes=_sizes(arms_of, both) if compared else (int(chosen.sum()),),
            unknown=tuple(_unknown(people, outcome, contrast, group)),
            irregular=_irregular(people, outcome, contrast, chosen, group),
        )


def _irregular(
    people: People,
    outcome: Outcome,
    contrast: Contrast,
    scored: NDArray[np.bool_],
    group: Group,
) -> int:
    """Who makes a score differ from the mean of the figures of its items."""
    if outcome.code not in people.scores:
        return 0
    answered = np.column_stack(
        [
            ~np.isnan(people.of(code, contrast.before))
            & ~np.isnan(people.of(code, contrast.after))
            for code in people.scores[outcome.code].outcomes
        ]
    )
    regular = np.where(scored, answered.all(axis=1), ~answered.any(axis=1))
    return int((~regular & group.who).sum())


def _unknown(
    people: People, outcome: Outcome, contrast: Contrast, group: Group
) -> Iterator[int]:
    """Each pair with an answer that somebody did not know, as a number of people."""
    if outcome.type not in ("likert", "binary"):
        return
    answers = []
    for moment in (contrast.before, contrast.after):
        told = yes_or_no(people, outcome, moment, with_unknown=False)
        silent = np.isnan(told) & did_not_know(people, outcome, moment)
        answers.append(np.where(silent, UNKNOWN, told)[group.who])
    kinds = (UNKNOWN, 0.0, 1.0)
    for first, second in product(kinds, kinds):
        if UNKNOWN in (first, second):
            yield int(((answers[0] == first) & (answers[1] == second)).sum())


def _sizes(arms_of: list[Group], both: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int((arm.who & both).sum()) for arm in arms_of)


def _parts(cuts: list[Cut], group: Group) -> tuple[Cut, ...]:
    inside = {cut for cut, who in zip(cuts, group.who.tolist(), strict=True) if who}
    return tuple(sorted(inside, key=lambda cut: cut.name))


def _under(
    joint: Joint,
    blocks: list[Block],
    dataset: Dataset | None,
    given: tuple[Values, ...],
    persons: list[str],
    norms: Norms,
) -> Basis:
    """The distributions of one outcome in one contrast, what ties them to the tables,
    and what nobody may learn of them."""
    found = [Basis(joint.supports())]
    if dataset is not None:
        moments = (joint.contrast.before, joint.contrast.after)
        found += [
            ties(joint, dataset, moment, answers, persons)
            for moment, answers in zip(moments, given, strict=True)
        ]
    guards = [
        guard
        for name, cuts in _guarded(joint, blocks).items()
        for guard in guards_of(joint, cuts, name, enough=norms.threshold)
    ]
    return Basis.of([*found, Basis(guards=tuple(guards))])


def _guarded(joint: Joint, blocks: list[Block]) -> dict[str, tuple[Cut, ...]]:
    """Of whom nobody may learn a small count: those who are told of together; and as
    the tables tell of each of their groups, each of these and each part."""
    found = {
        block.group: block.cuts
        for block in blocks
        if not block.compared or joint.total(paired(lambda _a, _b: 1), block.cuts)
    }
    for group in sorted({cut.group for cut in joint.counts} - {""}):
        found[group] = tuple(cut for cut in joint.counts if cut.group == group)
    return found | {cut.name: (cut,) for cut in joint.counts}
