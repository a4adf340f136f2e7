"""The whole analysis: every outcome by every difference, in one go.

Nothing is chosen after the data were seen: which estimates an outcome gets follows from
its type, which of them is the headline too, and what could not be estimated stands
among the refused with its reason.

Who proved not to belong in the study (`ineligible`) is in no estimate and is not
counted as somebody who is missing. Somebody who dropped out is missing wherever there
is no answer.

| contrast | when |
|---|---|
| difference_1 | the change within the group, or the effect beside a comparison |
| difference_1/treated, difference_1/comparison | the change in each of two groups |
| difference_1/Arnhem | of several pilots: the change in each, before the one of all |

Beside a survey the people of the comparison are weighted to look like the participants
in the covariates named. Where that cannot be done, or none are named, the comparison is
made without weights, and that stands among the refused.

Every estimate has a seed of its own, made from the run's seed and the names of the
outcome and the contrast: another outcome added does not change the draws of this one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from trede.evaluation.adjusting import benjamini_hochberg, holm
from trede.evaluation.change.outcomes import Changes, changes_in
from trede.evaluation.comparison.outcomes import comparisons
from trede.evaluation.comparison.weighting import weigh
from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.running.configuration import Configuration, Contrast, Outcome
from trede.evaluation.running.covariates import covariates_of
from trede.evaluation.running.design import Design, Word
from trede.evaluation.running.laying_out import INELIGIBLE, STATUSES, People

Who = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Line:
    """One estimate of one outcome in one contrast.

    The adjusted p-values are there for headlines only: each outcome is one question.
    """

    outcome: Outcome
    contrast: str
    estimate: Estimate
    headline: bool
    p_holm: float | None = None
    p_bh: float | None = None


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
class Measured:
    """How many people have any answer at a moment, and at both of a contrast."""

    contrast: str
    before: int
    after: int
    both: int
    neither: int


@dataclass(frozen=True, slots=True)
class Balance:
    """How alike two groups are beforehand, without and with weights.

    `before` and `after`: standardised mean differences by covariate.
    """

    covariates: tuple[str, ...]
    before: Values
    after: Values
    effective: float
    largest: float
    n_missing: int
    method: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Analysis:
    """Everything that came out of a run, in the order in which it was asked.

    `statuses` is empty when the data do not say who stayed.
    """

    configuration: Configuration
    people: int
    statuses: Mapping[str, int]
    measured: tuple[Measured, ...]
    lines: tuple[Line, ...]
    refused: tuple[Refused, ...]
    guessed: tuple[str, ...]
    balance: Balance | None = None

    @property
    def word(self) -> Word:
        """What a difference may be called."""
        return self.configuration.design.word


@dataclass(frozen=True, slots=True)
class _Asked:
    """One outcome in one contrast among some of the people."""

    outcome: Outcome
    contrast: Contrast
    name: str
    who: Who
    rng: Generator
    compared: bool = False


@dataclass(frozen=True, slots=True)
class _Weighted:
    weights: Values | None = None
    balance: Balance | None = None
    refused: tuple[Refused, ...] = ()


def analyse(people: People, configuration: Configuration) -> Analysis:
    """Estimate everything that the configuration asks.

    Raises nothing for what cannot be estimated: that is among `refused`.
    """
    weighted = _weighted(people, configuration)
    lines: list[Line] = []
    refused = list(weighted.refused)
    for asked in _questions(people, configuration):
        try:
            found = _estimated(people, asked, weighted.weights)
        except CannotEstimate as refusal:
            refused.append(_refused(asked, refusal))
            continue
        lines += _lines(asked, found.estimates)
        refused += [_refused(asked, refusal) for refusal in found.refused]
    return Analysis(
        configuration=configuration,
        people=people.n,
        statuses=_statuses(people),
        measured=tuple(_measured(people, one) for one in configuration.contrasts),
        lines=tuple(_adjusted(lines)),
        refused=tuple(refused),
        guessed=tuple(o.code for o in people.outcomes if o.code in people.guessed),
        balance=weighted.balance,
    )


def _questions(people: People, configuration: Configuration) -> Iterator[_Asked]:
    """Every outcome in every contrast that was measured, of those who belong."""
    belongs = _belonging(people)
    compares = configuration.design.compares_at_the_same_time
    for contrast in configuration.contrasts:
        for outcome in people.outcomes:
            if not people.measured_at(contrast, outcome.code):
                continue
            for name, group in _groups(people, configuration.design):
                full = f"{contrast.code}/{name}" if name else contrast.code
                key = crc32(f"{outcome.code} {full}".encode())
                yield _Asked(
                    outcome,
                    contrast,
                    full,
                    belongs & group,
                    np.random.default_rng([configuration.seed, key]),
                    compared=compares and not name,
                )


def _groups(people: People, design: Design) -> Iterator[tuple[str, Who]]:
    """Everybody together, and the parts that are looked at by themselves."""
    everybody = np.ones(people.n, dtype=bool)
    if design is Design.SEVERAL_PILOTS:
        labels = people.labels("pilot")
        for pilot in np.unique(labels):
            yield str(pilot), labels == pilot
    yield "", everybody
    if design.compares_at_the_same_time:
        arm = people.numbers(people.columns["arm"])
        yield "treated", np.equal(arm, 1)
        yield "comparison", np.equal(arm, 0)


def _belonging(people: People) -> Who:
    if not people.has("status"):
        return np.ones(people.n, dtype=bool)
    return np.not_equal(people.labels("status"), INELIGIBLE)


def _estimated(people: People, asked: _Asked, weights: Values | None) -> Changes:
    code, kind, who = asked.outcome.code, asked.outcome.type, asked.who
    if kind is None or kind == "time":
        raise CannotEstimate("change_in", why="not_a_change", needed=None)
    before = people.of(code, asked.contrast.before)[who]
    after = people.of(code, asked.contrast.after)[who]
    if not asked.compared:
        return changes_in(kind, before, after, asked.rng)
    return comparisons(
        kind,
        before,
        after,
        people.numbers(people.columns["arm"])[who],
        pair=people.labels("pair")[who] if people.has("pair") else None,
        cluster=people.labels("cluster")[who] if people.has("cluster") else None,
        weights=None if weights is None else weights[who],
        rng=asked.rng,
    )


def _weighted(people: People, configuration: Configuration) -> _Weighted:
    """Weights for a survey; the lot needs none, since it made the groups alike."""
    if configuration.design is not Design.CONTROL_GROUP:
        return _Weighted()
    covariates = covariates_of(people, configuration.covariates)
    belongs = _belonging(people)
    arm = people.numbers(people.columns["arm"])
    try:
        if not covariates.names:
            raise CannotEstimate("weighting", why="no_covariates", has=0, needed=1)
        made = weigh(np.where(belongs, arm, np.nan), covariates.values)
    except CannotEstimate as refusal:
        why = Refused("", "", refusal.what, refusal.why, refusal.has, refusal.needed)
        return _Weighted(refused=(why,))
    balance = Balance(
        covariates=covariates.names,
        before=made.before,
        after=made.after,
        effective=made.effective,
        largest=made.largest,
        n_missing=made.n_missing - int((~belongs).sum()),
        method=made.method,
        notes=made.notes,
    )
    return _Weighted(made.weights, balance)


def _lines(asked: _Asked, estimates: Sequence[Estimate]) -> list[Line]:
    return [
        Line(asked.outcome, asked.name, estimate, headline=place == 0)
        for place, estimate in enumerate(estimates)
    ]


def _refused(asked: _Asked, refusal: CannotEstimate) -> Refused:
    return Refused(
        outcome=asked.outcome.code,
        contrast=asked.name,
        what=refusal.what,
        why=refusal.why,
        has=refusal.has,
        needed=refusal.needed,
    )


def _adjusted(lines: Sequence[Line]) -> list[Line]:
    """With adjusted p-values on the headlines, within family and contrast."""
    found = list(lines)
    families: dict[tuple[str, str], list[int]] = {}
    for place, line in enumerate(lines):
        if line.headline:
            family = (line.outcome.corrected_with, line.contrast)
            families.setdefault(family, []).append(place)
    for places in families.values():
        p = [found[place].estimate.p for place in places]
        adjusted = zip(places, holm(p), benjamini_hochberg(p), strict=True)
        for place, one, other in adjusted:
            found[place] = replace(found[place], p_holm=one, p_bh=other)
    return found


def _statuses(people: People) -> dict[str, int]:
    if not people.has("status"):
        return {}
    labels = people.labels("status")
    return {status: int((labels == status).sum()) for status in STATUSES}


def _measured(people: People, contrast: Contrast) -> Measured:
    """An answer to any outcome counts as having been measured."""
    belongs = _belonging(people)
    before = _any_answer(people, contrast.before) & belongs
    after = _any_answer(people, contrast.after) & belongs
    return Measured(
        contrast.code,
        before=int(before.sum()),
        after=int(after.sum()),
        both=int((before & after).sum()),
        neither=int((belongs & ~before & ~after).sum()),
    )


def _any_answer(people: People, moment: str) -> Who:
    there = np.zeros(people.n, dtype=bool)
    for outcome in people.outcomes:
        there |= ~np.isnan(people.of(outcome.code, moment))
    return there
