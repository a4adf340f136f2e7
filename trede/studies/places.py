"""The numbers of people beside the tables, laid before disclosure control.

The flow diagram, the statement on the evaluation and the measurements a wave count the
same people in different ways. Everybody gets one place (how far, why no further, which
waves, in which circumstances); every number that would be printed is a sum of places.
What is withheld of it goes, together with what it would be read from.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from trede.evaluation.journey import Places, journey_claims
from trede.evaluation.results import Claim
from trede.studies.baselines import INTAKE, sittings_that_count
from trede.studies.dataset import Dataset
from trede.studies.flow import (
    ANSWERED,
    OTHER,
    Flow,
    Stop,
    flow_for_public,
    flow_of,
    flow_read,
)
from trede.studies.holding_back import (
    EVALUATION,
    HeldBack,
    evaluation_held_back,
    held_back_for_public,
    measured_twice,
)
from trede.studies.measured import waves_for_public, waves_of
from trede.studies.models import Run

Json = dict[str, object]
PREFIX = "journey."
NOWHERE = Stop("outside")  # answered, and on no list
FLOW, HELD = "flow", "held_back"
WITHHELD: Json = {"done": None, "suppressed": "withheld"}


@dataclass(frozen=True)
class Place:
    stop: Stop
    waves: tuple[str, ...]
    otherwise: bool

    @property
    def name(self) -> str:
        words = (self.stop.step, self.stop.reason, self.stop.counts_as)
        return "|".join((*words, "+".join(self.waves), str(self.otherwise)))


Chosen = Callable[[Place], bool]


@dataclass(frozen=True)
class Beside:
    """What a report tells of numbers of people beside its tables."""

    flow: Flow
    held: HeldBack
    waves: list[Json]
    places: Mapping[Place, int]

    def claims(self) -> tuple[Claim, ...]:
        """Every number that would be printed, for disclosure control to judge."""
        names = {
            code: tuple(place.name for place in self.places if chosen(place))
            for code, chosen in self._told()
        }
        return journey_claims(
            Places(
                {place.name: n for place, n in self.places.items()},
                {f"{PREFIX}{code}": chosen for code, chosen in names.items()},
                self._guarded() | names,
                {
                    "participants": self._names(_takes_part),
                    "dropouts": self._names(_dropped),
                },
            )
        )

    def told(self) -> Json:
        """To be kept for the next edition."""
        return {FLOW: self.flow.as_json(), HELD: self.held.as_json()}

    def without(self, withheld: frozenset[str]) -> "Beside":
        """The same without numbers that disclosure control hides, and without a reason
        of which only a part could be told."""
        flow = self.flow
        kept = [step for step in flow.steps if f"flow.{step.code}" not in withheld]
        steps = []
        for step in kept:
            place = flow.steps.index(step)
            whole = step == flow.steps[-1] or flow.steps[place + 1] in kept
            codes = {f"exit.{step.code}.{each.reason}" for each in step.exits or ()}
            fine = whole and not codes & withheld
            steps.append(step if fine else replace(step, exits=None))
        return replace(
            self,
            flow=Flow(
                tuple(steps),
                None if "gross" in withheld else flow.gross,
                None if {"gross", "net"} & withheld else flow.net,
            ),
            held=held_back_for_public(self.held, withheld),
            waves=[
                each | WITHHELD if f"wave.{each['wave']}" in withheld else each
                for each in self.waves
            ],
        )

    def _told(self) -> Iterator[tuple[str, Chosen]]:
        for step in self.flow.steps:
            yield f"flow.{step.code}", _reached(step.code)
            named = {each.reason for each in step.exits or ()} - {OTHER}
            for each in step.exits or ():
                chosen = _left(step.code, each.reason, named)
                yield f"exit.{step.code}.{each.reason}", chosen
        numbers: tuple[tuple[str, object, Chosen], ...] = (
            ("gross", self.flow.gross, _dropped),
            ("net", self.flow.net, _stopped),
            ("evaluated", self.held.evaluated, _evaluated),
            ("otherwise", self.held.otherwise, lambda place: place.otherwise),
            *(
                (f"wave.{each['wave']}", each["done"], _measured(str(each["wave"])))
                for each in self.waves
            ),
        )
        for code, number, chosen in numbers:
            if number is not None:
                yield code, chosen

    def _guarded(self) -> dict[str, tuple[str, ...]]:
        """Who went no further at a step and why, whether it is printed or not."""
        ends: dict[str, list[str]] = {}
        for place in self.places:
            name = f"{place.stop.step}|{place.stop.reason}"
            ends.setdefault(name, []).append(place.name)
        return {name: tuple(places) for name, places in ends.items()} | {
            "net": self._names(_stopped),
            "not net": self._names(lambda p: _dropped(p) and not _stopped(p)),
            "otherwise": self._names(lambda p: p.otherwise),
            "not otherwise": self._names(lambda p: _evaluated(p) and not p.otherwise),
        }

    def _names(self, chosen: Chosen) -> tuple[str, ...]:
        return tuple(place.name for place in self.places if chosen(place))


def beside(
    run: Run,
    dataset: Dataset,
    ends: Mapping[int, Stop],
    before: Sequence[Json] = (),
) -> Beside:
    """What may be told by the rules of the diagram; disclosure control has the last
    word. `before`: what earlier editions told, with what `told` gave of them."""
    study, until = run.study, run.until_on
    held = evaluation_held_back(study, dataset.rules, until)
    flows = [cast(Json, told[FLOW]) for told in before if FLOW in told]
    evaluations = [cast(Json, told[HELD]) for told in before if HELD in told]
    return Beside(
        flow_for_public(flow_of(ends.values()), [flow_read(one) for one in flows]),
        held_back_for_public(held, before=evaluations),
        waves_for_public(waves_of(dataset)),
        _places(run, dataset, ends),
    )


def _places(
    run: Run, dataset: Dataset, ends: Mapping[int, Stop]
) -> Mapping[Place, int]:
    waves: dict[int, list[str]] = {}
    for person_id, wave in sorted(sittings_that_count(run.study.pilot, run.until_on)):
        waves.setdefault(person_id, []).append(wave)
    otherwise = measured_twice(run.study, dataset.rules, run.until_on).otherwise
    return Counter(
        Place(
            ends.get(person_id, NOWHERE),
            tuple(waves.get(person_id, [])),
            person_id in otherwise,
        )
        for person_id in ends.keys() | waves.keys()
    )


def _reached(step: str) -> Chosen:
    return lambda place: place.stop != NOWHERE and place.stop.reached(step)


def _left(step: str, reason: str, named: set[str]) -> Chosen:
    """Who went no further at a step for this reason, or for one that is not named."""

    def chosen(place: Place) -> bool:
        if place.stop.step != step:
            return False
        of_others = reason == OTHER and place.stop.reason not in named
        return place.stop.reason == reason or of_others

    return chosen


def _measured(wave: str) -> Chosen:
    return lambda place: wave in place.waves


def _dropped(place: Place) -> bool:
    return place.stop.step == ANSWERED


def _stopped(place: Place) -> bool:
    return _dropped(place) and place.stop.counts_as == "dropout"


def _takes_part(place: Place) -> bool:
    """Counted among the participants of the tables."""
    if place.stop == NOWHERE:
        return INTAKE in place.waves
    return place.stop.reached("participants")


def _evaluated(place: Place) -> bool:
    return _takes_part(place) and EVALUATION in place.waves
