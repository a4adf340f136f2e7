"""One person's guidance in the demo: intake, start, talks, goals, ladder, closing.

Every act goes through the rule that a screen would use, at the moment of the plan.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from uuid import UUID

import numpy as np

from trede.accounts.acting import person_actor, staff_actor
from trede.accounts.models import Staff
from trede.contact import appointment_day, appointments
from trede.contact.recording import record_contact
from trede.demo.agenda import Agenda, moment
from trede.demo.around_goals import AroundGoals
from trede.demo.diary import first_free
from trede.demo.margins import Answer
from trede.demo.pace import spread_out
from trede.inflow import intake as intakes
from trede.inflow.models import Candidate, Intake
from trede.inflow.signing import sign
from trede.people.models import Purpose
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.questionnaires import sittings
from trede.questionnaires.answering import Answer as Answered
from trede.questionnaires.answering import Missing
from trede.questionnaires.answers import Given, as_given, give_answers
from trede.questionnaires.definition import PartKind
from trede.questionnaires.models import Sitting
from trede.questionnaires.publishing import written_of
from trede.trajectories import closing, ladder, planning
from trede.trajectories.models import Step, Trajectory
from trede.trajectories.starting import start

WORDS = tomllib.loads(
    files("trede.demo").joinpath("words_of_people.toml").read_text(encoding="utf-8")
)
Answers = Mapping[str, Answer]
# Kinds of periods in which nobody meets.
AT_A_DISTANCE = ("halted", "digital_only")
ABOUT = "Hoe gaat het, en wat is de volgende stap?"
MINUTES = (30, 45, 60, 90)
# What the coach hears in the talk, from isolated to unpaid work.
HEARD: tuple[dict[str, bool], ...] = (
    {"paid_work": False, "unpaid_work": False, "organised_weekly": False,
     "contact_weekly": False},
    {"paid_work": False, "unpaid_work": False, "organised_weekly": False,
     "contact_weekly": True},
    {"paid_work": False, "unpaid_work": False, "organised_weekly": True},
    {"paid_work": False, "unpaid_work": True, "unpaid_weekly": True},
)  # fmt: skip


@dataclass
class Guide:
    """What the acts of guidance share: the agenda and the dice."""

    agenda: Agenda
    rng: np.random.Generator
    # From when on one meets less often, and the last day on which one meets.
    less_from: date
    until: date

    def pick(self, words: str) -> str:
        return str(self.rng.choice(WORDS[words]))

    def submission(self) -> UUID:
        return UUID(bytes=self.rng.bytes(16), version=4)

    def hold_intake(
        self,
        candidate: Candidate,
        coach: Staff,
        answers: Answers,
        at: datetime,
        *,
        repeated: bool = False,
        location: str = "city_office",
    ) -> Intake:
        by = staff_actor(coach)
        held = intakes.begin(
            candidate=candidate,
            coach=coach,
            location=location,
            by=by,
            at=at,
            repeated=repeated,
        )
        intakes.inform(intake=held, by=by, at=_later(at, 5))
        self.sign(held, candidate, coach, _later(at, 12))
        sitting = intakes.open_questionnaire(
            intake=held, mode=self._mode(), language="nl", by=by, at=_later(at, 14)
        )
        self.answer(sitting, coach, answers, _later(at, 15))
        intakes.talk(
            intake=held,
            topics=["body_and_mind", "week", "wishes"],
            barriers=self._barriers(),
            note=self.pick("talks"),
            by=by,
            at=_later(at, 70),
        )
        return intakes.end(
            intake=held, outcome=Intake.Outcome.START, by=by, at=_later(at, 75)
        )

    def sign(
        self, held: Intake, candidate: Candidate, coach: Staff, at: datetime
    ) -> None:
        """Everybody in the demo agrees to the study, most to the rest."""
        sign(
            intake=held,
            decisions={
                Purpose.STUDY: True,
                Purpose.RECORDING: bool(self.rng.random() < 0.6),
                Purpose.REGISTER: bool(self.rng.random() < 0.8),
            },
            signature_png=None,
            typed_name=candidate.person.full_name,
            language="nl",
            by=staff_actor(coach),
            at=at,
        )

    def _mode(self) -> Sitting.Mode:
        modes = (Sitting.Mode.ALONE, Sitting.Mode.EXPLAINED)
        return modes[int(self.rng.random() < 0.4)]

    def _barriers(self) -> list[str]:
        known = ["dutch", "health", "confidence", "network", "debts", "mobility"]
        number = int(self.rng.integers(0, 4))
        return [str(one) for one in self.rng.choice(known, number, replace=False)]

    def answer(
        self, sitting: Sitting, coach: Staff, answers: Answers, at: datetime
    ) -> None:
        """The person answers alone; the coach only begins and takes the device back."""
        person = person_actor(sitting.person_id, sitting.person.municipality_id)
        sittings.begin(sitting=sitting, by=staff_actor(coach), at=at)
        given = stored(sitting, answers)
        give_answers(sitting=sitting, answers=given, by=person, at=at)
        over_at = spread_out(sitting, at)
        sittings.finish(sitting=sitting, by=person, at=over_at)

    def begin(
        self,
        candidate: Candidate,
        coach: Staff,
        at: datetime,
        *,
        deviation_reason: str = "",
        tread: int | None = None,
    ) -> Trajectory:
        by = staff_actor(coach)
        trajectory = start(
            candidate=candidate,
            coach=coach,
            on=at.date(),
            by=by,
            at=at,
            deviation_reason=deviation_reason,
        )
        drawn = int(self.rng.choice([1, 2, 2, 2, 3]))
        self.assess(trajectory, coach, tread or drawn, at)
        goal = planning.set_goal(
            trajectory=trajectory, words=self.pick("goals"), by=by, at=_later(at, 20)
        )
        for number in range(2):
            planning.add_step(
                goal=goal,
                words=self.pick("steps"),
                together=number == 0,
                planned_on=at.date() + timedelta(days=21 * (number + 1)),
                by=by,
                at=_later(at, 25 + number),
            )
        self.agenda.put(
            _later(at, 24 * 60 * 14), lambda then: self.talk(trajectory, then)
        )
        AroundGoals(WORDS["around"], trajectory).put_in(self.agenda, at, self.until)
        return trajectory

    def assess(
        self, trajectory: Trajectory, coach: Staff, tread: int, at: datetime
    ) -> None:
        ladder.assess(
            trajectory=trajectory,
            answers=HEARD[tread - 1],
            reference_on=at.date(),
            by=staff_actor(coach),
            at=_later(at, 10),
            growth_potential=min(tread + 1, 4),
        )

    def talk(self, trajectory: Trajectory, at: datetime) -> None:
        """A talk, and the next one three weeks later as long as it runs."""
        now = Trajectory.objects.select_related("person", "pilot").get(pk=trajectory.pk)
        if now.closed_on or at.date() > self.until:
            return
        responsible = now.person.responsibilities.get(ended_on=None).staff
        kind = period_on(rules_of(now.pilot, at.date()), at.date()).kind
        if kind in AT_A_DISTANCE:
            self.call(now, responsible, at)
        else:
            self.meet(now, responsible, at)
        days = int(self.rng.integers(14, 28))
        later = at + timedelta(days=days if at.date() <= self.less_from else 2 * days)
        self.agenda.put(_on_a_workday(later), lambda then: self.talk(trajectory, then))

    def call(self, trajectory: Trajectory, coach: Staff, at: datetime) -> None:
        record_contact(
            person=trajectory.person,
            pilot=trajectory.pilot,
            channel="telephone",
            outcome="spoke",
            occasion="guidance",
            by=staff_actor(coach),
            at=at,
            submission=self.submission(),
            note=self.pick("talks"),
        )

    def meet(self, trajectory: Trajectory, coach: Staff, at: datetime) -> None:
        """An appointment that is kept, agreed that morning."""
        by = staff_actor(coach)
        minutes = MINUTES[(trajectory.pk + at.toordinal()) % len(MINUTES)]
        at = first_free(coach, at, minutes)
        agreed = appointments.plan(
            person=trajectory.person,
            pilot=trajectory.pilot,
            staff=coach,
            starts_at=at,
            minutes=minutes,
            location="walk",
            about=ABOUT,
            by=by,
            at=_later(at, -120),
        )
        appointment_day.hold(
            appointment=agreed,
            by=by,
            at=_later(at, agreed.minutes),
            channel="talk",
            submission=self.submission(),
            note=self.pick("talks"),
        )

    def close(
        self, trajectory: Trajectory, reason: str, at: datetime, tread: int = 0
    ) -> None:
        now = Trajectory.objects.select_related("person", "pilot").get(pk=trajectory.pk)
        coach = now.person.responsibilities.get(ended_on=None).staff
        if tread:
            self.assess(now, coach, tread, at)
        closing.close(
            trajectory=now,
            on=at.date(),
            reason=reason,
            note="",
            by=staff_actor(coach),
            at=_later(at, 30),
        )

    def first_step(self, trajectory: Trajectory, at: datetime) -> None:
        """The first thing that somebody had planned is done."""
        now = Trajectory.objects.select_related("person").get(pk=trajectory.pk)
        step = Step.objects.standing().filter(goal__trajectory=now).first()
        if now.closed_on or step is None:
            return
        coach = now.person.responsibilities.get(ended_on=None).staff
        planning.move_step(
            step=step, state=Step.State.DONE, by=staff_actor(coach), at=at
        )

    def evaluate(self, trajectory: Trajectory, answers: Answers, at: datetime) -> None:
        """The closing talk's questionnaire: simulated, and marked so."""
        now = Trajectory.objects.select_related("person", "pilot").get(pk=trajectory.pk)
        coach = now.person.responsibilities.get(ended_on=None).staff
        sitting = closing.open_evaluation(
            trajectory=now,
            mode=Sitting.Mode.ALONE,
            language="nl",
            location="",
            by=staff_actor(coach),
            at=at,
            simulated=True,
        )
        self.answer(sitting, coach, answers, at)


def stored(sitting: Sitting, answers: Answers) -> dict[str, Given]:
    """The drawn answers in the form and order in which the pages would hand them in."""
    part = written_of(sitting.questionnaire).part(PartKind.CORE)
    known = part.question_by_code if part else {}
    return {
        code: as_given(question, as_answered(answers[code]))
        for code, question in known.items()
        if code in answers and answers[code].missing not in _NOT_HANDED_IN
    }


_NOT_HANDED_IN = {"not_asked", "skipped"}


def as_answered(answer: Answer) -> Answered:
    if answer.missing is not None:
        return Answered(missing=Missing(answer.missing))
    return Answered(value=answer.value)


def _later(at: datetime, minutes: int) -> datetime:
    return at + timedelta(minutes=minutes)


def _on_a_workday(at: datetime) -> datetime:
    weekend = max(0, at.weekday() - 4)
    return moment(at.date() + timedelta(days=(3 - weekend) % 3 if weekend else 0), 11)
