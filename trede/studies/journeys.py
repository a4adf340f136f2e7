"""Where everybody stood on a day, and who had left after the intake, and why.

The report's dropouts mix people who stopped, who no longer answered, and who turned
out not to fit the criteria. `counts_as` keeps the kinds apart, so that both the mixed
figure and the net one can be told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import DateTimeField, F
from django.utils import timezone

from trede.inflow.models import Candidate, Stage, StageTransition
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.studies.among import People, among
from trede.together import Part, Parts, ask
from trede.trajectories.models import Closing, Trajectory

OUT = (Stage.DECLINED, Stage.INELIGIBLE, Stage.REFERRED_ON, Stage.GONE)
# How a way out counts when its reason is not in the pilot's list of reasons.
BY_STAGE = {
    Stage.DECLINED: "dropout",
    Stage.INELIGIBLE: "ineligible",
    Stage.REFERRED_ON: "other",
    Stage.GONE: "other",
}
LEFT = ("dropout", "ineligible")
PARTICIPANTS, DROPOUTS = "participants", "dropouts"


@dataclass(frozen=True)
class Standing:
    """One candidate on a day. `counts_as` is empty for who has not left or closed."""

    person_id: int
    stage: Stage
    reason: str = ""
    counts_as: str = ""
    started_on: date | None = None
    closed_on: date | None = None

    @property
    def group(self) -> str:
        """In which column of the report somebody with an intake stands."""
        gone_before_start = self.stage in OUT and self.started_on is None
        if self.counts_as in LEFT or gone_before_start:
            return DROPOUTS
        return PARTICIPANTS


class Journeys(Parts):
    """The rows by which is judged where people stood, to be asked for in one
    question."""

    def __init__(self, pilot: Pilot, until: date, people: People = None) -> None:
        self.until = until
        # A record that was put aside is not a second person.
        everybody = Candidate.objects.filter(person__merged_into=None, pilot=pilot)
        steps = StageTransition.objects.filter(candidate__pilot=pilot).order_by()
        begun = Trajectory.objects.filter(pilot=pilot, started_on__lte=until).order_by()
        closed = Closing.objects.standing().filter(
            trajectory__pilot=pilot, on__lte=until
        )
        self.candidates = Part(
            among(everybody.annotate(erased_at=F("person__erased_at")), people),
            told={"erased_at": DateTimeField()},
        )
        self.steps = Part(
            among(steps, people, "candidate__person"), without=("remark",)
        )
        self.begun = Part(among(begun, people))
        self.closed = Part(
            among(closed.order_by(), people, "trajectory__person"),
            without=("note", "reversed_reason"),
        )

    def standings(self, rules: Rules) -> Mapping[int, Standing]:
        """Everybody who was a candidate by the end of the day, by person."""
        steps, trajectories = self._last_steps(), self._first_trajectories()
        closings = {closing.trajectory_id: closing for closing in self.closed.found}
        found = {}
        for candidate in self.candidates.found:
            # Whoever comes back later waits anew from that day, and was there before.
            if candidate.since_on > self.until and candidate.pk not in steps:
                continue
            trajectory = trajectories.get(candidate.pk)
            closing = closings.get(trajectory.pk) if trajectory else None
            found[candidate.person_id] = _standing(
                candidate, rules, steps.get(candidate.pk), trajectory, closing
            )
        return found

    def _last_steps(self) -> dict[int, StageTransition]:
        steps: dict[int, StageTransition] = {}
        history: dict[int, list[StageTransition]] = {}
        for step in sorted(self.steps.found, key=attrgetter("at", "pk")):
            late = timezone.localdate(step.at) > self.until
            if late or _came_back(step, steps.get(step.candidate_id)):
                continue
            earlier = history.setdefault(step.candidate_id, [])
            steps[step.candidate_id] = _as_it_stood(step, earlier)
            earlier.append(steps[step.candidate_id])
        return steps

    def _first_trajectories(self) -> dict[int, Trajectory]:
        newest = sorted(
            self.begun.found, key=attrgetter("started_on", "pk"), reverse=True
        )
        return {one.candidate_id: one for one in newest}


def standings(pilot: Pilot, rules: Rules, until: date) -> Mapping[int, Standing]:
    """Of everybody of the pilot."""
    journeys = Journeys(pilot, until)
    ask(*journeys.parts)
    return journeys.standings(rules)


def _standing(
    candidate: Candidate,
    rules: Rules,
    step: StageTransition | None,
    trajectory: Trajectory | None,
    closing: Closing | None,
) -> Standing:
    stage = Stage(step.stage) if step else Stage.LISTED
    reason = step.reason if step else ""
    counts_as = ""
    if stage in OUT:
        kinds = {each.code: each.counts_as for each in rules.reasons.no_longer}
        counts_as = kinds.get(reason, BY_STAGE[stage])
    elif closing is not None:
        kinds = {each.code: each.counts_as for each in rules.reasons.closing}
        reason = closing.reason
        counts_as = kinds.get(reason, "other")
    return Standing(
        candidate.person_id,
        stage,
        reason,
        counts_as,
        trajectory.started_on if trajectory else None,
        closing.on if closing else None,
    )


def _came_back(step: StageTransition, last: StageTransition | None) -> bool:
    """After the closing nothing changes how the first trajectory counts, unless the
    closing itself is taken back."""
    closed = last is not None and last.stage == Stage.CLOSED
    return closed and step.reverses_id is None


def _as_it_stood(
    step: StageTransition, earlier: list[StageTransition]
) -> StageTransition:
    """A step that takes another back restores the reason of the step before it."""
    if step.reverses_id is None:
        return step
    same = [one for one in earlier if one.stage == step.stage]
    return same[-1] if same else step
