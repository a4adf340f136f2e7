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
| difference_1/Arnhem | of several pilots: the change in each, before all (`pilots`) |
| difference_2 | beside who waited by lot: the changes in each group only |
| follow_up | a time to an event, in the same groups |

| beside the estimates | module |
|---|---|
| where people stood before and after | `levels` |
| the same answers counted another way | `counted_otherwise` |
| curves of times | `following` |
| which way people left | `exits` |
| the ladder in full | `treads` |
| who is missing | `sensitivity`, `attrition`, `reaching` |
| the questions themselves | `instrument_quality` |
| primary outcomes by subgroup | `subgroups` |
| and by the circumstances in which people were asked | `circumstances` |
| what so many people could show | `smallest` |

Beside a survey the people of the comparison are weighted to look like the participants
in the covariates named. Where that cannot be done, or none are named, the comparison is
made without weights, and that stands among the refused.

Every estimate has a seed of its own, made from the run's seed and the names of the
outcome and the contrast: another outcome added does not change the draws of this one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from trede.evaluation.attempts import Attempt, Attempted, joined
from trede.evaluation.change.outcomes import OutcomeType as ChangeType
from trede.evaluation.change.outcomes import changes_in
from trede.evaluation.comparison.outcomes import comparisons
from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.running.asking import (
    FOLLOW_UP,
    Group,
    Refused,
    arms,
    belonging,
    generator,
    groups,
    of_everybody,
    primaries,
    refusal,
)
from trede.evaluation.running.attrition import Attrition, attrition
from trede.evaluation.running.circumstances import Circumstances, circumstances
from trede.evaluation.running.coaches import with_coaches
from trede.evaluation.running.configuration import Configuration, Contrast, Outcome
from trede.evaluation.running.counted_otherwise import otherwise
from trede.evaluation.running.design import Design, Word
from trede.evaluation.running.exits import Exits, exits
from trede.evaluation.running.following import (
    Followed,
    curves,
    followed_of,
    times_of,
)
from trede.evaluation.running.instrument_quality import Checked, checked
from trede.evaluation.running.laying_out import People
from trede.evaluation.running.levels import Level, levels
from trede.evaluation.running.lines import Line, adjusted, lines_of
from trede.evaluation.running.pilots import in_one_stage, largest_of, of_all_pilots
from trede.evaluation.running.reaching import Reached, TargetList, reached_of
from trede.evaluation.running.sensitivity import Supposed, supposed
from trede.evaluation.running.smallest import Seen, smallest_seen
from trede.evaluation.running.subgroups import Divided, divided
from trede.evaluation.running.treads import Climbed, climbed
from trede.evaluation.running.weighing import Balance, Weighted, weighed
from trede.evaluation.running.wrong_columns import STATUSES
from trede.evaluation.synthesis.one_stage import days_in_one_stage


@dataclass(frozen=True, slots=True)
class Measured:
    """How many people have any answer at a moment, and at both of a contrast."""

    contrast: str
    before: int
    after: int
    both: int
    neither: int


@dataclass(frozen=True)
class Analysis:
    """Everything that came out of a run, in the order in which it was asked.

    `statuses` is empty when the data do not say who stayed; `reached` is there when
    there was a list of everybody who was to be reached.
    """

    configuration: Configuration
    people: int
    statuses: Mapping[str, int]
    measured: tuple[Measured, ...]
    lines: tuple[Line, ...]
    refused: tuple[Refused, ...]
    guessed: tuple[str, ...]
    levels: tuple[Level, ...]
    curves: tuple[Followed, ...]
    climbed: Climbed
    supposed: Supposed
    attrition: Attrition
    checked: Checked
    divided: Divided
    seen: Seen
    circumstances: Circumstances
    exits: Exits
    balance: Balance | None = None
    reached: Reached | None = None

    @property
    def word(self) -> Word:
        """What a difference may be called."""
        return self.configuration.design.word


def analyse(
    people: People,
    configuration: Configuration,
    everybody: TargetList | None = None,
) -> Analysis:
    """Estimate everything that the configuration asks; what cannot be is among
    `refused`. `everybody`: who was to be reached, of whom `people` are a part."""
    weighted = weighed(people, configuration)
    lines: list[Line] = []
    refused = list(weighted.refused)
    by_pilot: dict[str, dict[str, Attempted]] = {}
    for asked in _questions(people, configuration):
        outcome, name = asked.outcome, asked.name
        try:
            if configuration.design is Design.SEVERAL_PILOTS and not asked.group.name:
                pilots = by_pilot.get(asked.everybody, {})
                found = _together(people, configuration, asked, pilots)
            else:
                found = _estimated(people, configuration, asked, weighted)
        except CannotEstimate as no:
            refused.append(refusal(outcome.code, name, no))
            found = Attempted(())
        by_pilot.setdefault(asked.everybody, {})[asked.group.name] = found
        lines += lines_of(outcome, name, found.estimates)
        refused += [refusal(outcome.code, name, no) for no in found.refused]
    tread = climbed(people, configuration)
    questions = checked(people, configuration)
    if configuration.design is Design.SEVERAL_PILOTS:
        tread = _table_only(tread)
        missing, parts, seen = _not_one_group(people, configuration)
    else:
        missing = supposed(people, configuration, weighted.weights)
        parts = divided(people, configuration, weighted.weights)
        seen = smallest_seen(people, configuration)
    when = circumstances(people, configuration)
    gone = exits(people, configuration)
    for more in (tread, missing, parts, questions, seen, when, gone):
        refused += more.refused
    return Analysis(
        configuration=configuration,
        people=people.n,
        statuses=_statuses(people),
        measured=tuple(_measured(people, one) for one in configuration.contrasts),
        lines=adjusted(lines, configuration.contrasts[0].code),
        # What the ladder refuses may have been refused with its plain change already.
        refused=tuple(dict.fromkeys(refused)),
        guessed=tuple(o.code for o in people.outcomes if o.code in people.guessed),
        levels=tuple(levels(people, configuration)),
        curves=tuple(curves(people, configuration, weighted.weights)),
        climbed=tread,
        supposed=missing,
        attrition=attrition(people, configuration),
        checked=questions,
        divided=parts,
        seen=seen,
        circumstances=when,
        exits=gone,
        balance=weighted.balance,
        reached=reached_of(everybody, configuration) if everybody else None,
    )


def _table_only(tread: Climbed) -> Climbed:
    """Who went where; shares with an interval would be as if of one sample."""
    return Climbed(replace(tread.ladder, lines=()) if tread.ladder else None)


def _not_one_group(
    people: People, configuration: Configuration
) -> tuple[Supposed, Divided, Seen]:
    """What is told of one group of people is refused of several pilots."""
    asked = tuple(primaries(people, configuration))

    def refused(what: str) -> tuple[Refused, ...]:
        no = CannotEstimate(what, why="several_pilots", needed=1)
        return tuple(refusal(one.code, at.code, no) for one, at in asked)

    by_subgroup = refused("interaction") if configuration.subgroups else ()
    return (
        Supposed((), refused("sensitivity")),
        Divided((), by_subgroup),
        Seen((), refused("smallest_change")),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One outcome in one group; without a contrast it is a time to an event."""

    outcome: Outcome
    group: Group
    contrast: Contrast | None

    @property
    def name(self) -> str:
        return self.group.of(self.contrast.code if self.contrast else FOLLOW_UP)

    @property
    def everybody(self) -> str:
        """The same question whoever is asked."""
        when = self.contrast.code if self.contrast else FOLLOW_UP
        return f"{self.outcome.code} {when}"


def _questions(people: People, configuration: Configuration) -> Iterator[_Asked]:
    """Every outcome in every contrast that was measured, then every time."""
    every = tuple(groups(people, configuration.design))
    for contrast in configuration.contrasts:
        together = contrast in of_everybody(configuration)
        asked = [group for group in every if group.name or together]
        for outcome in people.outcomes:
            if people.measured_at(contrast, outcome.code):
                yield from (_Asked(outcome, group, contrast) for group in asked)
    for outcome in people.outcomes:
        if outcome.type == "time":
            yield from (_Asked(outcome, group, None) for group in every)


def _together(
    people: People,
    configuration: Configuration,
    asked: _Asked,
    pilots: Mapping[str, Attempted],
) -> Attempted:
    outcome, contrast, who = asked.outcome, asked.contrast, asked.group.who
    kind = outcome.type
    if kind is None or (contrast and kind == "time"):
        raise CannotEstimate("change_in", why="not_a_change", needed=None)
    check: Attempt
    labels, horizon = people.labels("pilot")[who], configuration.horizon
    if contrast:
        before = people.of(outcome.code, contrast.before)[who]
        after = people.of(outcome.code, contrast.after)[who]
        check = partial(in_one_stage, kind, before, after, labels)
    elif horizon is None:
        raise CannotEstimate("random_effects", why="no_horizon", has=0, needed=1)
    else:
        days, event = followed_of(people, outcome.code, asked.group)
        check = partial(days_in_one_stage, days, event, labels, horizon)
    largest = largest_of(outcome, horizon)
    return of_all_pilots(kind, pilots, int(who.sum()), check, largest)


def _estimated(
    people: People, configuration: Configuration, asked: _Asked, weighted: Weighted
) -> Attempted:
    outcome, group, contrast = asked.outcome, asked.group, asked.contrast
    weights = weighted.weights if group.compared else None
    if contrast is None:
        return times_of(people, configuration, outcome, group, weights)
    kind = outcome.type
    if kind is None or kind == "time":
        raise CannotEstimate("change_in", why="not_a_change", needed=None)
    estimated = partial(
        _of_answers, people, group, weights=weights, configuration=configuration
    )
    words = outcome.code, asked.name
    before = people.of(outcome.code, contrast.before)
    after = people.of(outcome.code, contrast.after)
    found = estimated(kind, before, after, words=words)
    if outcome.code in people.scores:
        first, *others = found.estimates
        noted = replace(first, notes=(*first.notes, "score_of_items"))
        found = replace(found, estimates=(noted, *others))
    again = partial(estimated, words=(*words, "otherwise"))
    return joined(found, otherwise(people, outcome, contrast, again))


def _of_answers(
    people: People,
    group: Group,
    kind: ChangeType,
    before: Values,
    after: Values,
    *,
    weights: Values | None,
    configuration: Configuration,
    words: tuple[str, ...],
) -> Attempted:
    """What a group's answers give. `words`: the name of what is drawn for it."""
    who, rng = group.who, generator(configuration, *words)
    before, after = before[who], after[who]
    cluster = people.labels("cluster")[who] if people.has("cluster") else None
    if not group.compared:
        found = changes_in(kind, before, after, rng)
        if cluster is None:
            return found
        return with_coaches(kind, found, before, after, cluster)
    return comparisons(
        kind,
        before,
        after,
        arms(people)[who],
        pair=people.labels("pair")[who] if people.has("pair") else None,
        cluster=cluster,
        weights=None if weights is None else weights[who],
        rng=rng,
    )


def _statuses(people: People) -> dict[str, int]:
    if not people.has("status"):
        return {}
    labels = people.labels("status")
    return {status: int((labels == status).sum()) for status in STATUSES}


def _measured(people: People, contrast: Contrast) -> Measured:
    """An answer to any outcome counts as having been measured."""
    belongs = belonging(people)
    before = people.answered_at(contrast.before) & belongs
    after = people.answered_at(contrast.after) & belongs
    return Measured(
        contrast.code,
        before=int(before.sum()),
        after=int(after.sum()),
        both=int((before & after).sum()),
        neither=int((belongs & ~before & ~after).sum()),
    )
