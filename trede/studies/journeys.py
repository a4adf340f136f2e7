"""Where everybody stood on a day, and who had left after the intake, and why.

The report's dropouts mix people who stopped, who no longer answered, and who turned
out not to fit the criteria. `counts_as` keeps the kinds apart, so that both the mixed
figure and the net one can be told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from trede.inflow.models import Candidate, Stage, StageTransition
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.studies.among import People, among
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


def standings(
    pilot: Pilot, rules: Rules, until: date, people: People = None
) -> Mapping[int, Standing]:
    """Everybody who was a candidate by the end of the day, by person."""
    steps = _last_steps(pilot, until, people)
    trajectories = _first_trajectories(pilot, until, people)
    closed = Closing.objects.standing().filter(trajectory__pilot=pilot, on__lte=until)
    closed = among(closed, people, "trajectory__person")
    closings = {
        closing.trajectory_id: closing
        for closing in closed.defer("note", "reversed_reason")
    }
    found = {}
    # A record that was put aside is not a second person.
    everybody = Candidate.objects.filter(person__merged_into=None)
    for candidate in among(everybody.filter(pilot=pilot), people):
        # Whoever comes back later waits anew from that day, and was there before.
        if candidate.since_on > until and candidate.pk not in steps:
            continue
        trajectory = trajectories.get(candidate.pk)
        closing = closings.get(trajectory.pk) if trajectory else None
        found[candidate.person_id] = _standing(
            candidate, rules, steps.get(candidate.pk), trajectory, closing
        )
    return found


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


def _last_steps(
    pilot: Pilot, until: date, people: People
) -> dict[int, StageTransition]:
    steps: dict[int, StageTransition] = {}
    history: dict[int, list[StageTransition]] = {}
    for step in _steps_by(pilot, until, people):
        if _came_back(step, steps.get(step.candidate_id)):
            continue
        earlier = history.setdefault(step.candidate_id, [])
        steps[step.candidate_id] = _as_it_stood(step, earlier)
        earlier.append(steps[step.candidate_id])
    return steps


def _steps_by(pilot: Pilot, until: date, people: People) -> Iterator[StageTransition]:
    rows = StageTransition.objects.filter(candidate__pilot=pilot).defer("remark")
    rows = among(rows, people, "candidate__person")
    for step in rows.order_by("at", "pk"):
        if timezone.localdate(step.at) <= until:
            yield step


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


def _first_trajectories(
    pilot: Pilot, until: date, people: People
) -> dict[int, Trajectory]:
    rows = Trajectory.objects.filter(pilot=pilot, started_on__lte=until)
    rows = among(rows, people)
    return {
        trajectory.candidate_id: trajectory
        for trajectory in rows.order_by("-started_on", "-pk")
    }
