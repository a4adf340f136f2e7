"""From the list to the evaluation: how many people at each step, and who fell away.

Every step is a part of the one before it, and the exits between two steps add up to the
difference. For the public the small exits go, and whatever would tell them. A reason
that one to four people more, or fewer, have than in an earlier edition is counted with
the others, until no difference tells of a few.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from trede.contact.models import ContactMoment
from trede.evaluation.norms import default_norms
from trede.inflow.models import Intake, Stage
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.studies.baselines import INTAKE, consenting, sittings_that_count
from trede.studies.journeys import DROPOUTS, OUT, Standing, standings

EVALUATION = "T1"
OTHER = "other_reasons"
ANSWERED, EVALUATED = "questionnaire", "evaluated"
# Every step is a part of the one before it.
STEPS = (
    "candidates",
    "reached",
    "intake",
    "questionnaire",
    "participants",
    "evaluated",
)
# Their numbers stand in the tables too, where disclosure control looks at them.
ALWAYS_TOLD = ("candidates", "participants")


@dataclass(frozen=True)
class Stop:
    """How far somebody came, and why no further: nothing at the last step."""

    step: str
    reason: str = ""
    counts_as: str = ""

    def reached(self, step: str) -> bool:
        return STEPS.index(self.step) >= STEPS.index(step)


@dataclass(frozen=True)
class Exit:
    """So many people are in this step and not in the next, for this reason."""

    reason: str
    n: int


@dataclass(frozen=True)
class Step:
    """`exits` is None where the reasons are not told."""

    code: str
    n: int
    exits: tuple[Exit, ...] | None = ()


@dataclass(frozen=True)
class Flow:
    """`gross` is the printed figure of dropouts, `net` leaves out who did not fit the
    criteria after all; None where telling it would give somebody away."""

    steps: tuple[Step, ...]
    gross: int | None
    net: int | None

    def tells(self, code: str) -> bool:
        """Whether it says how many people came to this step."""
        return any(step.code == code for step in self.steps)

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def flow_of_pilot(pilot: Pilot, until: date) -> Flow:
    """The whole flow, for who may see people anyway."""
    return flow_of(stops(pilot, until).values())


def stops(pilot: Pilot, until: date) -> Mapping[int, Stop]:
    """How far everybody on the list came by the end of the day, by person."""
    rules = rules_of(pilot, until)
    standing = standings(pilot, rules, until)
    counted = _Counted(pilot, rules, until, standing)
    found = {}
    for step, people in counted.groups():
        for person_id in people:
            reason = "" if step == EVALUATED else counted.why(step, person_id)
            found[person_id] = Stop(step, reason, standing[person_id].counts_as)
    return found


def flow_of(ends: Collection[Stop]) -> Flow:
    """The diagram of these people. Whoever answered and takes part no longer is a
    dropout."""
    steps = []
    for step in STEPS:
        here = Counter(stop.reason for stop in ends if stop.step == step)
        if step == EVALUATED:
            here.clear()
        ordered = sorted(here.items(), key=lambda pair: (-pair[1], pair[0]))
        steps.append(
            Step(
                step,
                sum(stop.reached(step) for stop in ends),
                tuple(Exit(reason, n) for reason, n in ordered),
            )
        )
    left = [stop for stop in ends if stop.step == ANSWERED]
    net = sum(stop.counts_as == "dropout" for stop in left)
    return Flow(tuple(steps), len(left), net)


def flow_read(told: Mapping[str, Any]) -> Flow:
    """The flow that an edition told, from `as_json`."""
    steps = (
        Step(
            each["code"],
            each["n"],
            None
            if each["exits"] is None
            else tuple(Exit(one["reason"], one["n"]) for one in each["exits"]),
        )
        for each in told["steps"]
    )
    return Flow(tuple(steps), told["gross"], told["net"])


def flow_for_public(whole: Flow, before: Sequence[Flow] = ()) -> Flow:
    """What may be told of a flow by anybody to anybody.

    Args:
        before: what earlier editions told of it.
    """
    sensitive = default_norms().sensitive
    steps = list(whole.steps)
    for place in reversed(range(1, len(steps))):
        # A step can be subtracted from the one before it.
        if sensitive(steps[place].n) or sensitive(steps[place - 1].n - steps[place].n):
            gone = place if steps[place - 1].code in ALWAYS_TOLD else place - 1
            steps[gone - 1 : gone + 1] = [replace(steps[gone - 1], exits=None)]
    gross = None if whole.gross and sensitive(whole.gross) else whole.gross
    net = whole.net
    if gross is None or net is None or sensitive(net) or sensitive(gross - net):
        net = None
    if any(_few_did_not_fit(gross, net, past) for past in before):
        net = None
    told = (
        replace(step, exits=_joined(step.exits, _exits_told(step, before)))
        for step in steps
    )
    return Flow(tuple(told), gross, net)


def _few_did_not_fit(gross: int | None, net: int | None, past: Flow) -> bool:
    """Whether it follows of a few who left since if they fitted the criteria."""
    if None in (gross, net, past.gross, past.net):
        return False
    fitted = (net or 0) - (past.net or 0)
    others = (gross or 0) - (past.gross or 0) - fitted
    return default_norms().few_apart((fitted, others))


def _exits_told(step: Step, before: Sequence[Flow]) -> list[Mapping[str, int]]:
    """What earlier editions told of why people went no further here."""
    return [
        {each.reason: each.n for each in past.exits}
        for flow in before
        for past in flow.steps
        if past.code == step.code and past.exits is not None
    ]


def _joined(
    exits: tuple[Exit, ...] | None, before: Sequence[Mapping[str, int]]
) -> tuple[Exit, ...] | None:
    """Reasons of too few people together, with the next one if they are still few."""
    if exits is None:
        return None
    norms = default_norms()
    sensitive = norms.sensitive
    large = sorted((e for e in exits if not sensitive(e.n)), key=lambda e: -e.n)
    rest = sum(e.n for e in exits if sensitive(e.n))
    while large and (
        sensitive(rest) or norms.few_apart(_differences(large, rest, before))
    ):
        rest += large.pop(_goes(large, before)).n
    if sensitive(rest):
        return None
    return (*large, Exit(OTHER, rest)) if rest else tuple(large)


def _goes(large: list[Exit], before: Sequence[Mapping[str, int]]) -> int:
    """The place of the smallest reason that differs by few by itself; else the last."""
    norms = default_norms()
    few = [
        place
        for place, each in enumerate(large)
        if norms.few_apart(each.n - past.get(each.reason, each.n) for past in before)
    ]
    return few[-1] if few else -1


def _differences(
    large: list[Exit], rest: int, before: Sequence[Mapping[str, int]]
) -> Iterator[int]:
    """How many more or fewer for each reason than an edition told, and for several that
    an edition tells together."""
    now = {each.reason: each.n for each in large}
    for past in before:
        yield from _differences_with(now, rest, past)


def _differences_with(
    now: Mapping[str, int], rest: int, past: Mapping[str, int]
) -> Iterator[int]:
    """What is counted with the others in one edition can be added up in the other."""
    both = [reason for reason in now if reason in past]
    only_now = sum(n for reason, n in now.items() if reason not in past)
    named = {reason: n for reason, n in past.items() if reason != OTHER}
    only_then = sum(n for reason, n in named.items() if reason not in now)
    gone, came = rest - only_then, only_now - past.get(OTHER, 0)
    yield from (now[reason] - past[reason] for reason in both)
    if both:
        yield gone + came
    if len(named) > len(both) < len(now):
        yield from (gone, came)


class _Counted:
    """Who reached which step by the day."""

    def __init__(
        self,
        pilot: Pilot,
        rules: Rules,
        until: date,
        standing: Mapping[int, Standing],
    ) -> None:
        self.standing = standing
        sittings = sittings_that_count(pilot, until)
        agreed = consenting(pilot)
        self.answered = {p for p, wave in sittings if wave == INTAKE}
        self.evaluated = {p for p, wave in sittings if wave == EVALUATION}
        self.agreed = agreed
        self.intakes = _people_by(
            Intake.objects.filter(candidate__pilot=pilot).values_list(
                "candidate__person_id", "began_at"
            ),
            until,
        )
        reached = [each.code for each in rules.contact.outcomes if each.reached]
        self.spoken = _people_by(
            ContactMoment.objects.standing()
            .filter(pilot=pilot, outcome__in=reached)
            .values_list("person_id", "at"),
            until,
        )

    def groups(self) -> list[tuple[str, frozenset[int]]]:
        everybody = frozenset(self.standing)
        answered = everybody & self.answered
        intake = everybody & (self.intakes | answered)
        reached = everybody & (self.spoken | intake)
        staying = frozenset(p for p in answered if self.standing[p].group != DROPOUTS)
        people = (
            everybody,
            reached,
            intake,
            answered,
            staying,
            staying & self.evaluated,
        )
        return list(zip(STEPS, people, strict=True))

    def why(self, step: str, person_id: int) -> str:
        """Why somebody is at this step and not at the next."""
        standing = self.standing[person_id]
        if step == "intake" and person_id not in self.agreed:
            return "no_consent"
        if step == "participants":
            return "closed" if standing.closed_on else "under_way"
        if standing.stage in OUT or standing.counts_as:
            return standing.reason or standing.stage.value
        if step == "intake":
            return "not_answered"
        return _STILL.get(standing.stage, "not_yet")


_STILL = {
    Stage.LISTED: "not_yet",
    Stage.WAITING: "waiting",
    Stage.RESTING: "resting",
    Stage.PAIR_WAITING: "pair_waiting",
}


def _people_by(rows: Iterable[tuple[int, datetime]], until: date) -> frozenset[int]:
    return frozenset(
        person_id for person_id, at in rows if timezone.localdate(at) <= until
    )
