"""Who gave which answer before and which after, as counts that can be attacked.

A change is a figure over pairs of answers: a mean change is a sum of differences, a
deviation a sum of squares, a transition table the counts themselves. All of them are
linear in one set of unknowns: how many people gave answer a before and answer b after.
No answer is one of the answers. That is the joint distribution laid down here.

The people are cut into parts so that everything printed is a sum of parts: by group of
the tables, by arm or pilot, and those who proved not to belong apart. Whoever has the
tables knows the distribution before of each group, and so the joint one is tied to it,
answer by answer.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isnan

import numpy as np

from trede.evaluation.codebook import Domain, domain_of
from trede.evaluation.counting import MISSING_VALUES, count_code
from trede.evaluation.dataset import Dataset
from trede.evaluation.estimate import Values
from trede.evaluation.hours import hour_classes
from trede.evaluation.results import Basis, Form, Part, Relation, Reveal, Support
from trede.evaluation.running.configuration import Contrast, Outcome

# Of a scale with more points the distribution is never printed, nor judged cell by
# cell: only sums of many possible answers are known of it.
MOST_VALUES = 12
Answer = int | None
Weight = Callable[[Answer, Answer], int]
# As it is written, before and after.
Pairs = tuple[tuple[str, Answer, Answer], ...]


@dataclass(frozen=True)
class Cut:
    """Part of the people: `group` of the tables ("" without tables), `arm` or pilot
    ("" where there is none), and whether they belong in the study."""

    group: str
    arm: str
    belongs: bool

    @property
    def name(self) -> str:
        """As it stands in the keys of distributions."""
        parts = [self.group or "people"]
        parts += [self.arm] if self.arm else []
        return "~".join([*parts, *([] if self.belongs else ["outside"])])


@dataclass(frozen=True)
class Joint:
    """The pairs of answers to one outcome, part by part.

    `counts`: part -> (before, after) -> people. `scale`: every answer there can be.
    """

    outcome: str
    contrast: Contrast
    scale: tuple[int, ...]
    counts: Mapping[Cut, Counter[tuple[Answer, Answer]]]
    told: dict[tuple[str, tuple[Cut, ...]], tuple[Reveal, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _pairs: Mapping[Cut, Pairs] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """List the pairs that there can be once: every figure is a sum of them."""
        listed = {cut: tuple(self._listed(cut)) for cut in self.counts}
        object.__setattr__(self, "_pairs", listed)

    @property
    def moments(self) -> str:
        """The wave of pairs of answers, as flows of people name it."""
        return wave_of(self.contrast)

    def key(self, cut: Cut) -> str:
        """The name of one part's distribution. It ends unlike a code, so that nothing
        known of single answers is taken for knowledge of pairs."""
        return f"{self.moments}/{cut.name}/{self.outcome}:pairs"

    def supports(self) -> tuple[Support, ...]:
        """One distribution a part; where nobody answered afterwards, only "no answer
        after" is possible, since the flow of people says as much."""
        return tuple(
            Support(
                self.key(cut),
                f"{self.moments}/{cut.name}",
                f"{self.moments}/{self.outcome}:pairs",
                tuple(name for name, _, _ in self._pairs[cut]),
                tuple(found[before, after] for _, before, after in self._pairs[cut]),
            )
            for cut, found in self.counts.items()
        )

    def _listed(self, cut: Cut) -> Iterator[tuple[str, Answer, Answer]]:
        found = self.counts[cut]
        every: tuple[Answer, ...] = (*self.scale, None)
        before = every if any(a is not None for a, _ in found) else (None,)
        after = every if any(b is not None for _, b in found) else (None,)
        return ((_written(a, b), a, b) for a in before for b in after)

    def form(self, weight: Weight, cuts: Iterable[Cut]) -> Form:
        """A linear form over the pairs of some parts."""
        made = []
        for cut in cuts:
            weights = tuple(
                (name, w) for name, a, b in self._pairs[cut] if (w := weight(a, b))
            )
            if weights:
                made.append(Part(self.key(cut), tuple(sorted(weights))))
        return tuple(made)

    def total(self, weight: Weight, cuts: Iterable[Cut]) -> int:
        """Its value in the data."""
        return sum(
            weight(*pair) * n for cut in cuts for pair, n in self.counts[cut].items()
        )

    def reveal(self, weight: Weight, cuts: tuple[Cut, ...]) -> Reveal:
        """Both."""
        return Reveal(self.form(weight, cuts), self.total(weight, cuts))


def wave_of(contrast: Contrast) -> str:
    """The two moments of a contrast as one wave: `T0>T1`."""
    return f"{contrast.before.upper()}>{contrast.after.upper()}"


def joint_of(
    outcome: Outcome,
    contrast: Contrast,
    cuts: Iterable[Cut],
    before: Values,
    after: Values,
) -> Joint | None:
    """The pairs of answers; None for answers that are too many or no whole numbers.

    Args:
        cuts: of each person, in one order with `before` and `after` (people,).
    """
    scale = scale_of(outcome, before, after)
    if scale is None:
        return None
    counts: dict[Cut, Counter[tuple[Answer, Answer]]] = {}
    for cut, a, b in zip(cuts, before.tolist(), after.tolist(), strict=True):
        counts.setdefault(cut, Counter())[_whole(a), _whole(b)] += 1
    ordered = sorted(counts, key=lambda cut: cut.name)
    return Joint(outcome.code, contrast, scale, {cut: counts[cut] for cut in ordered})


def scale_of(outcome: Outcome, *answers: Values) -> tuple[int, ...] | None:
    """Every answer that is possible, or None when they are too many to list."""
    given = np.concatenate(answers)
    given = given[~np.isnan(given)]
    if not len(given) or (given != np.rint(given)).any():
        return None
    low, high = int(given.min()), int(given.max())
    if outcome.scale:
        low, high = int(min(outcome.scale[0], low)), int(max(outcome.scale[1], high))
    elif outcome.type == "binary":
        low, high = 0, 1
    elif outcome.type in ("likert", "ladder"):
        low, high = 1, max(high, 5 if outcome.type == "likert" else 6)
    return tuple(range(low, high + 1)) if high - low < MOST_VALUES else None


def _written(before: Answer, after: Answer) -> str:
    return ">".join("" if one is None else str(one) for one in (before, after))


def _whole(value: float) -> Answer:
    return None if isnan(value) else int(value)


def ties(
    joint: Joint,
    dataset: Dataset,
    moment: str,
    answers: Values,
    persons: Iterable[str],
) -> Basis:
    """The distributions at one of both moments that the tables tell of, and what holds
    between those and the pairs: of each answer as many people in the one as in the
    other.

    Nothing for an outcome that the tables do not know by the same code, or whose
    answers are not the same answers: who waited was asked in another wave.
    """
    wave, code = moment.upper(), joint.outcome
    domain = domain_of(code)
    if code not in dataset.codes or domain is None:
        return Basis()
    same = _same_answers(joint, dataset, domain, wave, answers, persons)
    if same is None:
        return Basis()
    gave = _began_with if moment == joint.contrast.before else _ended_with
    supports: list[Support] = []
    relations: list[Relation] = []
    for group in dict.fromkeys(cut.group for cut in joint.counts if cut.group):
        if not dataset.people(wave=wave, group=group):
            continue
        cuts = tuple(cut for cut in joint.counts if cut.group == group)
        if domain.kind == "hours":
            # The tables know only whether an activity was named.
            same = {"named": 1, "left_out": 1, "not": 0}
            counted = hour_classes(dataset, code=code, wave=wave, group=group)
        else:
            counted = count_code(
                dataset, code=code, wave=wave, group=group, values=tuple(same)
            )
        supports.append(counted.support)
        for answer in (*joint.scale, None):
            values = [v for v in same if same[v] == answer]
            values += MISSING_VALUES if answer is None else ()
            form = joint.form(gave(answer), cuts)
            there = counted.form(dict.fromkeys(values, -1)) if values else ()
            short = counted.total(dict.fromkeys(values, 1)) - joint.total(
                gave(answer), cuts
            )
            # Who is in the tables and not in the analysis is known by number only.
            # Somebody named an activity of no hours: fewer of one, more of the other.
            low, high = (None if short > 0 else 0), (None if short < 0 else 0)
            relations.append(Relation((*form, *there), low, high))
    return Basis(tuple(supports), tuple(relations))


def _began_with(answer: Answer) -> Weight:
    return lambda before, _after: int(before == answer)


def _ended_with(answer: Answer) -> Weight:
    return lambda _before, after: int(after == answer)


def _same_answers(
    joint: Joint,
    dataset: Dataset,
    domain: Domain,
    wave: str,
    answers: Values,
    persons: Iterable[str],
) -> Mapping[str, Answer] | None:
    """Answer of the tables -> answer of the pairs, when that holds for everybody."""
    rows = dataset.frame.filter(dataset.frame["wave"] == wave)
    told = dict(zip(rows["person"], rows[joint.outcome], strict=True))
    pairs = [
        (told[person], _whole(value))
        for person, value in zip(persons, answers.tolist(), strict=True)
        if person in told
    ]
    for candidate in _readings(domain, joint.scale):
        if all(a == (None if v is None else candidate.get(v)) for v, a in pairs):
            return candidate
    return None


def _readings(domain: Domain, scale: tuple[int, ...]) -> Iterator[Mapping[str, Answer]]:
    """The ways in which answers as text may have become numbers: as they are, turned
    round, yes as 1, and hours as none or any."""
    if domain.kind == "whole" and domain.high - domain.low < MOST_VALUES:
        points = range(domain.low, domain.high + 1)
        yield {str(point): point for point in points}
        yield {str(point): domain.low + domain.high - point for point in points}
    if domain.kind == "choice" and set(domain.options) == {"yes", "no"}:
        yield {"yes": 1, "no": 0}
        yield {"yes": 0, "no": 1}
    if domain.kind == "hours" and scale == (0, 1):
        hours = range(domain.low, domain.high + 1)
        yield {"not": 0} | {str(hour): int(hour > 0) for hour in hours}
