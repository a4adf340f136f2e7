"""Everything that is kept of the guidance of one person, fetched at once.

One question to the database, however much there is. Of questionnaires only that they
were prepared or filled in: answers are never fetched here (they are the person's own).
"""

from dataclasses import dataclass
from functools import cache, cached_property
from operator import attrgetter
from typing import TypeVar

from django.db.models import Model, Q

from trede.contact.models import (
    AppointmentTransition,
    ContactMoment,
    Letter,
    Message,
)
from trede.inflow.models import Candidate, Intake, Pair, Referral, StageTransition
from trede.partners.models import Professional
from trede.partners.showing import (
    IN_A_PLACEMENT,
    Onward,
    onwards_of,
    placement_moments,
)
from trede.people.models import (
    ConsentDecision,
    Note,
    Person,
    Responsibility,
)
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.questionnaires.models import Sitting
from trede.together import Part, Parts, ask, stand_in
from trede.trajectories.around_goals import Around, around
from trede.trajectories.models import (
    BarrierChange,
    Closing,
    Extension,
    Goal,
    HandOver,
    LadderAssessment,
    Leaving,
    Manner,
    Pause,
    SmallStep,
    Step,
    Strength,
    Trajectory,
    WorkingStepNote,
)

M = TypeVar("M", bound=Model)
# About whom the question is put into SQL, once for everybody.
WHO, HOUSEHOLD = stand_in(), stand_in()


@dataclass(frozen=True)
class Casework:
    """Rows in the order of time. `candidates`: the newest last."""

    person: Person
    candidates: list[Candidate]
    steps: list[StageTransition]
    referrals: list[Referral]
    intakes: list[Intake]
    moments: list[ContactMoment]
    appointment_steps: list[AppointmentTransition]
    letters: list[Letter]
    messages: list[Message]
    consents: list[ConsentDecision]
    notes: list[Note]
    trajectories: list[Trajectory]
    pauses: list[Pause]
    extensions: list[Extension]
    working_steps: list[WorkingStepNote]
    goals: list[Goal]
    goal_steps: list[Step]
    barrier_changes: list[BarrierChange]
    strengths: list[Strength]
    small_steps: list[SmallStep]
    manners: list[Manner]
    assessments: list[LadderAssessment]
    hand_overs: list[HandOver]
    closings: list[Closing]
    leavings: list[Leaving]
    sittings: list[Sitting]
    coaches: list[Responsibility]  # the newest first
    at_home: list[Person]  # the others of the household
    onwards: list[Onward]
    professionals: list[Professional]
    pairs: list[Pair]  # by lot, that stand

    @property
    def candidate(self) -> Candidate | None:
        """The candidacy that moved last."""
        return self.candidates[-1] if self.candidates else None

    @property
    def trajectory(self) -> Trajectory | None:
        """The newest of the present candidacy."""
        now = self.candidate
        own = [one for one in self.trajectories if now and one.candidate_id == now.pk]
        return own[-1] if own else None

    @property
    def first_trajectory(self) -> Trajectory | None:
        """Of the present candidacy: the one that the study follows."""
        now = self.candidate
        own = [one for one in self.trajectories if now and one.candidate_id == now.pk]
        return own[0] if own else None

    @property
    def around(self) -> Around | None:
        """What stands around the goals of the present candidacy."""
        now = self.candidate
        if now is None or self.rules is None or self.trajectory is None:
            return None
        own = {one.pk for one in self.trajectories if one.candidate_id == now.pk}
        return around(
            intakes=[one for one in self.intakes if one.candidate_id == now.pk],
            changes=[one for one in self.barrier_changes if one.trajectory_id in own],
            strengths=[one for one in self.strengths if one.trajectory_id in own],
            small_steps=[one for one in self.small_steps if one.trajectory_id in own],
            manners=[one for one in self.manners if one.trajectory_id in own],
            rules=self.rules,
        )

    @property
    def came_back(self) -> bool:
        return self.trajectory != self.first_trajectory

    @cached_property
    def rules(self) -> Rules | None:
        return rules_of(self.candidate.pilot) if self.candidate else None

    @property
    def open_onwards(self) -> list[Onward]:
        return [one for one in self.onwards if one.is_open]

    @property
    def coach(self) -> Responsibility | None:
        return next((one for one in self.coaches if one.ended_on is None), None)


class _Parts(Parts):
    """What is asked for. A union has no order: that of time is made afterwards."""

    def __init__(self, person: Person) -> None:
        about, candidacy = {"person": person}, {"candidate__person": person}
        moves = StageTransition.objects.filter(**candidacy)
        home = Person.objects.current().filter(household=person.household_id)
        self.candidates = Part(Candidate.objects.filter(**about), "pilot")
        self.steps = Part(moves.filter(reverses=None, reversal=None))
        self.referrals = Part(Referral.objects.filter(**candidacy), "referrer")
        self.intakes = Part(Intake.objects.filter(**candidacy), "coach")
        self.consents = Part(ConsentDecision.objects.filter(**about))
        self.sittings = Part(Sitting.objects.filter(**about))
        self.coaches = Part(Responsibility.objects.filter(**about), "staff")
        self.at_home = Part(home.exclude(household=None).exclude(pk=person.pk))
        drawn = Q(one__person=person) | Q(other__person=person)
        self.pairs = Part(Pair.objects.standing().filter(drawn).order_by())
        self._of_contact(person)
        self._of_trajectories(person)
        self.professionals = Part(Professional.objects.around().filter(**about))
        self.placed = Part(placement_moments(person), *IN_A_PLACEMENT)

    def _of_contact(self, person: Person) -> None:
        about = {"person": person}
        transitions = AppointmentTransition.objects.filter(appointment__person=person)
        sent = Message.objects.filter(**about, state=Message.State.SENT)
        # Those that went by themselves: a letter is posted by somebody.
        sent = sent.exclude(by_way_of=Message.By.LETTER)
        self.moments = Part(ContactMoment.objects.standing().filter(**about), "by")
        self.appointment_steps = Part(transitions, "appointment", "appointment__staff")
        self.letters = Part(Letter.objects.filter(**about), without=["content"])
        self.messages = Part(sent, without=["words", "address"])
        self.notes = Part(Note.objects.standing().filter(**about), "by")

    def _of_trajectories(self, person: Person) -> None:
        within = {"trajectory__person": person}
        treads = LadderAssessment.objects.standing().filter(**within)
        handed_over = HandOver.objects.filter(**within)
        steps = Step.objects.standing().filter(goal__trajectory__person=person)
        self.trajectories = Part(Trajectory.objects.filter(person=person))
        self.pauses = Part(Pause.objects.standing().filter(**within))
        self.extensions = Part(
            Extension.objects.standing().filter(**within), "recorded_by"
        )
        noted = WorkingStepNote.objects.standing().filter(**within)
        self.working_steps = Part(noted, "recorded_by")
        # In their newest words.
        self.goals = Part(Goal.objects.kept().filter(**within))
        self.goal_steps = Part(steps)
        self._around_the_goals(within)
        self.assessments = Part(treads, "by")
        self.hand_overs = Part(handed_over, "giver", "receiver")
        self.closings = Part(Closing.objects.standing().filter(**within))
        self.leavings = Part(Leaving.objects.standing().filter(person=person))

    def _around_the_goals(self, within: dict[str, Person]) -> None:
        changes = BarrierChange.objects.standing().filter(**within)
        self.barrier_changes = Part(changes, "recorded_by")
        strengths = Strength.objects.standing().filter(**within)
        self.strengths = Part(strengths, "recorded_by")
        small = SmallStep.objects.standing().filter(**within)
        self.small_steps = Part(small, "recorded_by")
        self.manners = Part(Manner.objects.standing().filter(**within), "recorded_by")


@cache
def _parts() -> _Parts:
    return _Parts(Person(pk=WHO, household_id=HOUSEHOLD))


def casework_of(person: Person) -> Casework:
    known = {WHO: person.pk, HOUSEHOLD: person.household_id}
    parts = _parts().about(known)
    ask(*parts.parts, planned=True)
    newest_first = attrgetter("started_on", "pk")
    return Casework(
        person=person,
        candidates=_ordered(parts.candidates, "stage_since"),
        steps=_ordered(parts.steps, "at"),
        referrals=_ordered(parts.referrals, "at"),
        intakes=_ordered(parts.intakes, "began_at"),
        moments=_ordered(parts.moments, "at"),
        appointment_steps=_ordered(parts.appointment_steps, "at"),
        letters=_ordered(parts.letters, "made_at"),
        messages=_ordered(parts.messages, "state_since"),
        consents=_ordered(parts.consents, "at"),
        notes=_ordered(parts.notes, "at"),
        trajectories=_ordered(parts.trajectories, "pk"),
        pauses=_ordered(parts.pauses, "from_on"),
        extensions=_ordered(parts.extensions, "recorded_at"),
        working_steps=_ordered(parts.working_steps, "on"),
        goals=_ordered(parts.goals, "set_at"),
        goal_steps=_ordered(parts.goal_steps, "made_at"),
        barrier_changes=_ordered(parts.barrier_changes, "recorded_at"),
        strengths=_ordered(parts.strengths, "recorded_at"),
        small_steps=_ordered(parts.small_steps, "recorded_at"),
        manners=_ordered(parts.manners, "recorded_at"),
        assessments=_ordered(parts.assessments, "reference_on"),
        hand_overs=_ordered(parts.hand_overs, "on"),
        closings=_ordered(parts.closings, "recorded_at"),
        leavings=_ordered(parts.leavings, "at"),
        sittings=_ordered(parts.sittings, "prepared_at"),
        coaches=sorted(parts.coaches.found, key=newest_first, reverse=True),
        at_home=sorted(parts.at_home.found, key=attrgetter("sort_name")),
        onwards=onwards_of(person, parts.placed.found),
        professionals=_ordered(parts.professionals, "noted_at"),
        pairs=parts.pairs.found,
    )


def _ordered(part: Part[M], by: str) -> list[M]:
    return sorted(part.found, key=attrgetter(by, "pk"))
