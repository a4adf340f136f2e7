"""Everything that is kept of the guidance of one person, fetched at once.

A fixed number of queries, however much there is. Of questionnaires only that they were
prepared or filled in: answers are never fetched here (they are the person's own).
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from trede.contact.models import (
    AppointmentTransition,
    ContactMoment,
    Letter,
    Message,
)
from trede.inflow.models import Candidate, Intake, Referral, StageTransition
from trede.partners.models import Professional
from trede.partners.showing import Onward, onwards_of
from trede.people.models import (
    ConsentDecision,
    Note,
    Person,
    Responsibility,
)
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.questionnaires.models import Sitting
from trede.trajectories.models import (
    Closing,
    Goal,
    HandOver,
    LadderAssessment,
    Leaving,
    Pause,
    Step,
    Trajectory,
)


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
    goals: list[Goal]
    assessments: list[LadderAssessment]
    hand_overs: list[HandOver]
    closings: list[Closing]
    leavings: list[Leaving]
    sittings: list[Sitting]
    coaches: list[Responsibility]
    onwards: list[Onward]
    professionals: list[Professional]

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

    @cached_property
    def rules(self) -> Rules | None:
        return rules_of(self.candidate.pilot) if self.candidate else None

    @property
    def open_onwards(self) -> list[Onward]:
        return [one for one in self.onwards if one.is_open]

    @property
    def coach(self) -> Responsibility | None:
        return next((one for one in self.coaches if one.ended_on is None), None)


def casework_of(person: Person) -> Casework:
    within = {"trajectory__person": person}
    moments = ContactMoment.objects.standing().filter(person=person)
    steps = AppointmentTransition.objects.filter(appointment__person=person)
    return Casework(
        person=person,
        candidates=_candidates(person),
        steps=list(
            StageTransition.objects.filter(
                candidate__person=person, reverses=None, reversal=None
            )
        ),
        referrals=_referrals(person),
        intakes=_intakes(person),
        moments=list(moments.select_related("by").order_by("at", "pk")),
        appointment_steps=list(steps.select_related("appointment__staff")),
        letters=list(person.letters.defer("content").order_by("made_at", "pk")),
        messages=_messages(person),
        consents=list(person.consents.order_by("at", "pk")),
        notes=_notes(person),
        trajectories=_trajectories(person),
        pauses=list(Pause.objects.standing().filter(**within)),
        goals=_goals(person),
        assessments=list(
            LadderAssessment.objects.standing().filter(**within).select_related("by")
        ),
        hand_overs=list(
            HandOver.objects.filter(**within).select_related("giver", "receiver")
        ),
        closings=list(Closing.objects.standing().filter(**within)),
        leavings=list(Leaving.objects.standing().filter(person=person)),
        sittings=list(person.sittings.order_by("prepared_at", "pk")),
        coaches=_coaches(person),
        onwards=onwards_of(person),
        professionals=list(person.professionals.around()),
    )


def pilot_of(work: Casework) -> Pilot | None:
    return work.candidate.pilot if work.candidate else None


def _trajectories(person: Person) -> list[Trajectory]:
    rows = Trajectory.objects.filter(person=person)
    return list(rows.order_by("pk"))


def _candidates(person: Person) -> list[Candidate]:
    rows = Candidate.objects.filter(person=person).select_related("pilot")
    return list(rows.order_by("stage_since", "pk"))


def _referrals(person: Person) -> list[Referral]:
    rows = Referral.objects.filter(candidate__person=person)
    return list(rows.select_related("referrer").order_by("at", "pk"))


def _intakes(person: Person) -> list[Intake]:
    rows = Intake.objects.filter(candidate__person=person)
    return list(rows.select_related("coach").order_by("began_at", "pk"))


def _messages(person: Person) -> list[Message]:
    """That went by themselves: a letter is posted by somebody."""
    sent = person.messages.filter(state=Message.State.SENT)
    rows = sent.exclude(by_way_of=Message.By.LETTER).defer("words", "address")
    return list(rows.order_by("state_since", "pk"))


def _notes(person: Person) -> list[Note]:
    rows = Note.objects.standing().filter(person=person)
    return list(rows.select_related("by").order_by("at", "pk"))


def _goals(person: Person) -> list[Goal]:
    """In their newest words, with their steps."""
    rows = Goal.objects.kept().filter(trajectory__person=person)
    return list(rows.prefetch_related(Prefetch("steps", Step.objects.standing())))


def _coaches(person: Person) -> list[Responsibility]:
    rows = Responsibility.objects.filter(person=person).select_related("staff")
    return list(rows.order_by("-started_on", "-pk"))
