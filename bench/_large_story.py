"""What happened to everybody in `large_municipality.py`, written by COPY.

Each kind of row is gathered for a few thousand people and then added at once, what
points to it after it.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models.base import ModelState

from trede import many_rows
from trede.accounts.models import Staff
from trede.audit.models import Head, Line, Mention
from trede.contact.models import (
    Appointment,
    AppointmentTransition,
    Channel,
    ContactMoment,
    Occasion,
    Outcome,
)
from trede.inflow.models import Candidate, Intake, Stage, StageTransition
from trede.people.models import ConsentDecision, Note, Purpose, Responsibility
from trede.pilots.models import Pilot
from trede.questionnaires.models import Questionnaire, Sitting
from trede.trajectories.models import (
    Closing,
    Goal,
    LadderAssessment,
    Pause,
    Step,
    Trajectory,
)

R = TypeVar("R", bound=models.Model)
WORDS = (
    "Vertelde over de kleinkinderen en de taalles op dinsdag.",
    "Slaapt slecht, wil het deze week rustig aan doen.",
    "Samen naar het buurthuis gelopen, bleef langer dan gedacht.",
    "Zoekt een fiets om naar de tuin te kunnen.",
    "Belde zelf: de afspraak bij de tandarts ging goed.",
)
AIMS = ("Weer onder de mensen", "Beter Nederlands praten", "Een plek in de tuin")
STEPS = ("Samen gaan kijken", "Bellen met de taalschool", "Inschrijven")
PLACES = ("home", "walk", "community_centre", "city_office")
# At most so many of each with one person: talks, calls, notes; the heaviest file.
USUAL, HEAVY = (9, 8, 5), (400, 900, 300)
HEAVY_ONE_IN = 20_000


@dataclass
class Told:
    """Objects that others point to, and rows that nothing points to."""

    made: dict[type[models.Model], list[models.Model]] = field(
        default_factory=lambda: defaultdict(list)
    )
    entries: int = 0

    def add(self, one: models.Model, *, entries: int = 1) -> None:
        self.made[type(one)].append(one)
        self.entries += entries

    def write(self) -> None:
        """In an order in which what is pointed to comes first."""
        with transaction.atomic():
            for model in ORDER:
                created(self.made[model])


ORDER: tuple[type[models.Model], ...] = (
    Responsibility,
    StageTransition,
    ContactMoment,
    Appointment,
    AppointmentTransition,
    Note,
    ConsentDecision,
    Intake,
    Trajectory,
    Goal,
    Step,
    LadderAssessment,
    Pause,
    Sitting,
    Closing,
)


@cache
def _empty(model: type[models.Model]) -> dict[str, object]:
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    return {one.attname: one.get_default() for one in fields}


def row(model: type[R], **values: object) -> R:
    """As the model makes it, at a tenth of the price. What it points to may have no
    number yet."""
    one, state = model.__new__(model), ModelState()
    one.__dict__.update(_empty(model), _state=state)
    for name, value in values.items():
        pointed = isinstance(value, models.Model)
        one.__dict__[f"{name}_id" if pointed else name] = value
    return one


def created(objects: list[models.Model]) -> None:
    """What these point to has its number by now."""
    for one in objects:
        for name, value in one.__dict__.items():
            if isinstance(value, models.Model):
                one.__dict__[name] = value.pk
    many_rows.create(objects)


class Story:
    def __init__(self, draw: random.Random, pilot: Pilot, now: datetime) -> None:
        self.draw, self.pilot, self.now = draw, pilot, now
        self.asked = {one.code: one for one in Questionnaire.objects.all()}
        self.anybody = Staff.objects.order_by("pk")[0]
        self.told = Told()
        self.looks: list[tuple[Staff, int]] = []

    def tell(self, candidates: Sequence[Candidate], coaches: dict[int, Staff]) -> Told:
        self.told, self.looks = Told(), []
        for one in candidates:
            self._one(one, coaches.get(one.pk))
        self.told.write()
        self._looked()
        return self.told

    def _one(self, one: Candidate, coach: Staff | None) -> None:
        listed = one.stage_since - timedelta(days=self.draw.randrange(60, 400))
        self._stage(one, Stage.LISTED, "", listed)
        if one.stage == Stage.LISTED:
            return
        tried = one.stage_since - timedelta(days=40)
        self._stage(one, Stage.WAITING, Stage.LISTED, tried)
        late = one.stage in (Stage.WAITING, Stage.RESTING)
        self._tries(one, coach or self.anybody, self.now if late else tried)
        if coach:
            self._guided(one, coach)
        elif one.stage != Stage.WAITING:
            self._stage(one, Stage(one.stage), Stage.WAITING, one.stage_since)

    def _stage(self, one: Candidate, stage: str, before: str, at: datetime) -> None:
        step = row(
            StageTransition,
            candidate=one,
            stage=stage,
            before=before,
            at=at,
            by="system",
        )
        self.told.add(step)

    def _tries(self, one: Candidate, staff: Staff, until: datetime) -> None:
        """Calls that nobody answered, and a letter after the third."""
        for number in range(self.draw.randrange(5)):
            days = timedelta(days=9 * (5 - number) + self.draw.randrange(8))
            letter = number == 3
            self._contact(
                one,
                staff,
                until - days,
                Channel.LETTER if letter else Channel.TELEPHONE,
                Outcome.SENT if letter else Outcome.NO_ANSWER,
                Occasion.INVITATION,
                "",
            )

    def _contact(
        self,
        one: Candidate,
        staff: Staff,
        at: datetime,
        channel: str,
        outcome: str,
        occasion: str,
        note: str,
    ) -> ContactMoment:
        moment = row(
            ContactMoment,
            person_id=one.person_id,
            pilot=self.pilot,
            by=staff,
            at=at,
            channel=channel,
            outcome=outcome,
            occasion=occasion,
            note=note,
            submission=UUID(int=self.draw.getrandbits(128), version=4),
            recorded_at=at,
        )
        self.told.add(moment)
        return moment

    def _guided(self, one: Candidate, coach: Staff) -> None:
        began = one.stage_since
        if one.stage == Stage.CLOSED:
            began -= timedelta(days=170)
        self._before_start(one, coach, began)
        over = one.stage_since if one.stage == Stage.CLOSED else self.now
        trajectory = row(
            Trajectory,
            candidate=one,
            person_id=one.person_id,
            pilot=self.pilot,
            started_on=began.date(),
            started_by=coach,
            months=6,
            design="before_after",
            closed_on=over.date() if one.stage == Stage.CLOSED else None,
        )
        self.told.add(trajectory)
        self._plan(trajectory, coach, began, over)
        self._meetings(one, coach, began, over)
        if one.stage == Stage.CLOSED:
            self._closing(one, trajectory, coach, over)
        else:
            self._to_come(one, coach)

    def _before_start(self, one: Candidate, coach: Staff, began: datetime) -> None:
        first = began - timedelta(days=3)
        intake = row(
            Intake,
            candidate=one,
            coach=coach,
            began_at=first,
            ended_at=first,
            outcome=Intake.Outcome.START,
            talk_note=self.draw.choice(WORDS),
            barriers=["dutch", "debts"],
        )
        self.told.add(intake)
        self.told.add(
            row(
                ConsentDecision,
                person_id=one.person_id,
                pilot=self.pilot,
                purpose=Purpose.STUDY,
                given=self.draw.random() < 0.9,
                text_version="1",
                language="nl",
                at=first,
                recorded_by=coach.actor,
            )
        )
        self._sitting(one, coach, "T0", first)
        self.told.add(
            row(
                Responsibility,
                person_id=one.person_id,
                staff=coach,
                started_on=first.date(),
            ),
            entries=0,
        )
        self._stage(one, Stage.INTAKE, Stage.WAITING, first)
        self._stage(one, Stage.TO_START, Stage.INTAKE, first)
        self._stage(one, Stage.STARTED, Stage.TO_START, began)
        self.looks += [(coach, one.person_id)] * 5

    def _sitting(self, one: Candidate, coach: Staff, wave: str, at: datetime) -> None:
        sitting = row(
            Sitting,
            person_id=one.person_id,
            pilot=self.pilot,
            questionnaire=next(iter(self.asked.values())),
            wave=wave,
            prepared_by=coach,
            prepared_at=at,
            state=Sitting.State.FINISHED,
            finished_at=at,
        )
        self.told.add(sitting)

    def _plan(
        self, on: Trajectory, coach: Staff, began: datetime, over: datetime
    ) -> None:
        for words in self.draw.sample(AIMS, 2):
            goal = row(Goal, trajectory=on, words=words, set_at=began, set_by=coach)
            if on.closed_on:
                goal.ended_at, goal.reached = over, self.draw.random() < 0.5
            self.told.add(goal)
            for step in self.draw.sample(STEPS, 2):
                done = Step.State.DONE if on.closed_on else Step.State.BUSY
                self.told.add(
                    row(Step, goal=goal, words=step, state=done, made_at=began),
                    entries=0,
                )
        for tread in range(2):
            at = began + tread * (over - began) * 0.6
            self.told.add(
                row(
                    LadderAssessment,
                    trajectory=on,
                    reference_on=at.date(),
                    answers={"paid_work": False},
                    version="1",
                    tread_by_rule=2 + tread,
                    tread=2 + tread,
                    at=at,
                    by=coach,
                )
            )
        if on.closed_on and self.draw.random() < 0.3:
            self.told.add(
                row(
                    Pause,
                    trajectory=on,
                    from_on=(began + timedelta(days=30)).date(),
                    until_on=(began + timedelta(days=37)).date(),
                    reason="family",
                    recorded_at=began + timedelta(days=30),
                    recorded_by=coach,
                )
            )

    def _meetings(
        self, one: Candidate, coach: Staff, began: datetime, over: datetime
    ) -> None:
        """Talks that were planned, calls in between, and notes."""
        draw = self.draw
        heavy = draw.randrange(HEAVY_ONE_IN) == 0
        talks, calls, notes = HEAVY if heavy else USUAL
        for _n in range(draw.randrange(talks // 2, talks)):
            self._talk(one, coach, self._between(began, over))
        for _n in range(draw.randrange(calls // 2, calls)):
            spoke = draw.random() < 0.7
            self._contact(
                one,
                coach,
                self._between(began, over),
                Channel.TELEPHONE,
                Outcome.SPOKE if spoke else Outcome.NO_ANSWER,
                Occasion.GUIDANCE,
                draw.choice(WORDS) if spoke else "",
            )
        for _n in range(draw.randrange(notes // 2, notes)):
            at, text = self._between(began, over), draw.choice(WORDS)
            self.told.add(
                row(Note, person_id=one.person_id, by=coach, at=at, text=text)
            )

    def _between(self, first: datetime, last: datetime) -> datetime:
        return first + self.draw.random() * (last - first)

    def _talk(self, one: Candidate, coach: Staff, at: datetime) -> None:
        held = self.draw.random() < 0.85
        outcome = Outcome.SPOKE if held else Outcome.NOT_THERE
        moment = self._contact(
            one,
            coach,
            at,
            Channel.TALK,
            outcome,
            Occasion.GUIDANCE,
            self.draw.choice(WORDS),
        )
        state = Appointment.State.HELD if held else Appointment.State.NOT_THERE
        self._appointment(one, coach, at, state, moment)

    def _appointment(
        self,
        one: Candidate,
        coach: Staff,
        at: datetime,
        state: Appointment.State,
        moment: ContactMoment | None,
    ) -> None:
        planned = min(at, self.now) - timedelta(days=7)
        appointment = row(
            Appointment,
            person_id=one.person_id,
            pilot=self.pilot,
            staff=coach,
            starts_at=at,
            location=self.draw.choice(PLACES),
            about="Verder praten",
            planned_at=planned,
            state=state,
            state_since=at if moment else planned,
        )
        self.told.add(appointment)
        self.told.add(
            row(
                AppointmentTransition,
                appointment=appointment,
                state=Appointment.State.PLANNED,
                at=planned,
                by=coach.actor,
            ),
            entries=0,
        )
        if moment:
            self.told.add(
                row(
                    AppointmentTransition,
                    appointment=appointment,
                    state=state,
                    before=Appointment.State.PLANNED,
                    at=at,
                    by=coach.actor,
                    moment=moment,
                ),
                entries=0,
            )

    def _to_come(self, one: Candidate, coach: Staff) -> None:
        """One in five comes today, three in five later."""
        days = self.draw.choice((0, 2, 5, 9, None))
        if days is not None:
            at = self.now.replace(hour=self.draw.randrange(7, 16), minute=0)
            at += timedelta(days=days)
            self._appointment(one, coach, at, Appointment.State.PLANNED, None)

    def _closing(
        self, one: Candidate, on: Trajectory, coach: Staff, over: datetime
    ) -> None:
        self._stage(one, Stage.CLOSED, Stage.STARTED, over)
        if self.draw.random() < 0.9:
            self._sitting(one, coach, "T1", over)
        self.told.add(
            row(
                Closing,
                trajectory=on,
                on=over.date(),
                reason=self.draw.choice(("placed", "own_wish", "paid_work")),
                recorded_at=over,
                recorded_by=coach,
            )
        )

    def _looked(self) -> None:
        """Lines of the trail. Their links are no real ones: nothing verifies them."""
        head = Head.objects.get_or_create(pk=1)[0]
        lines: list[models.Model] = []
        for place, (coach, _person) in enumerate(self.looks):
            lines.append(
                row(
                    Line,
                    sequence=head.sequence + 1 + place,
                    at=self.now - timedelta(days=self.draw.randrange(1, 300)),
                    actor=coach.actor,
                    municipality_id=coach.municipality_id,
                    kind=Line.Kind.READ,
                    action="looked at desk:person",
                    purpose="guidance",
                )
            )
        many_rows.create(lines)
        mentions: list[models.Model] = [
            row(Mention, line=line, person_id=person)
            for line, (_coach, person) in zip(lines, self.looks, strict=True)
        ]
        created(mentions)
        head.sequence += len(lines)
        head.save()
