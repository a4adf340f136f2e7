"""People with an intake, as the other steps leave them: rows made through the models.

`Pilot62` is the published pilot: 62 people with the demo's answers, nine of whom left.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from tests.cast import AT, Cast
from trede.accounts.acting import staff_actor
from trede.accounts.models import Municipality, Staff
from trede.demo.answers import draw_intake
from trede.demo.evaluating import simulate_evaluation
from trede.inflow.models import Candidate, Intake, Stage, StageTransition
from trede.people.models import ConsentDecision, Person, Purpose
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules
from trede.questionnaires.definition import WITH_WORDS, PartKind
from trede.questionnaires.models import Answer, Sitting
from trede.questionnaires.publishing import publish, written_of
from trede.questionnaires.shipped_files import shipped
from trede.studies.founding import found_study
from trede.studies.models import Study
from trede.trajectories.models import Closing, Trajectory

FILE = Path(read_rules.__code__.co_filename).parent / "approaches" / "nijmegen.toml"
INTAKE_ON = date(2020, 9, 14)
UNTIL = date(2021, 1, 18)
LATER = datetime(2021, 2, 1, 10, tzinfo=UTC)
INSTRUMENT = {
    "T0": "nijmegen_intake",
    "T0b": "nijmegen_repeated_intake",
    "T1": "nijmegen_evaluation",
    "T2": "nijmegen_repeated_evaluation",
}


def moment(on: date, hour: int = 10) -> datetime:
    return datetime.combine(on, time(hour), tzinfo=UTC)


def make_pilot(cast: Cast, municipality: Municipality | None = None) -> Pilot:
    text = FILE.read_text(encoding="utf-8")
    if municipality is not None:
        text = text.replace('code = "nijmegen"', f'code = "{municipality.code}"', 1)
    return load_pilot(
        text=text,
        municipality=municipality or cast.here,
        reason="the start",
        by=cast.by("aad"),
        at=AT,
    )


def make_study(cast: Cast, pilot: Pilot | None = None) -> Study:
    return found_study(pilot=pilot or make_pilot(cast), by=cast.by("ilse"), at=AT)


def make_person(pilot: Pilot, name: str = "Zwaluw") -> Person:
    return Person.objects.create(
        municipality=pilot.municipality,
        surname=name,
        bsn="999999990",
        telephone="+31612345678",
        created_at=AT,
    )


def make_candidate(
    pilot: Pilot, person: Person, *stages: tuple[Stage, date, str]
) -> Candidate:
    """On the list from the beginning; then `stages`: which, on which day, why."""
    candidate = Candidate.objects.create(
        person=person, pilot=pilot, since_on=date(2020, 2, 1), stage_since=AT
    )
    steps = [(Stage.LISTED, date(2020, 2, 1), ""), *stages]
    for stage, on, reason in steps:
        StageTransition.objects.create(
            candidate=candidate, stage=stage, at=moment(on), by="test", reason=reason
        )
    candidate.stage = steps[-1][0]
    candidate.save()
    return candidate


def agree(pilot: Pilot, person: Person, *, given: bool = True, at=AT) -> None:
    ConsentDecision.objects.create(
        person=person,
        pilot=pilot,
        purpose=Purpose.STUDY,
        given=given,
        text_version="nijmegen-2020-1",
        language="nl",
        at=at,
        recorded_by="test",
    )


def make_sitting(
    pilot: Pilot,
    person: Person,
    coach: Staff,
    *,
    wave: str = "T0",
    on: date = INTAKE_ON,
    circumstance: str = "open",
    state: str = Sitting.State.FINISHED,
    simulated: bool = False,
    answers: dict[str, object] | None = None,
) -> Sitting:
    instrument = shipped(INSTRUMENT[wave])
    stored = publish(instrument, by=staff_actor(coach), at=AT)
    over = state in (Sitting.State.FINISHED, Sitting.State.ENDED)
    sitting = Sitting.objects.create(
        person=person,
        pilot=pilot,
        questionnaire=stored,
        wave=wave,
        circumstance=circumstance,
        prepared_by=coach,
        prepared_at=moment(on, 9),
        state=state,
        finished_at=moment(on, 10) if over else None,
        simulated=simulated,
    )
    give(sitting, answers or {})
    return sitting


def give(sitting: Sitting, answers: dict[str, object]) -> None:
    """Each answer as stored: a value, `?reason`, or nothing, which is skipped."""
    part = written_of(sitting.questionnaire).part(PartKind.CORE)
    rows = []
    for question in part.questions:
        told = str(answers.get(question.code, "?skipped"))
        row = Answer(
            sitting=sitting,
            question=question.code,
            part="core",
            number=1,
            at=sitting.finished_at or sitting.prepared_at,
        )
        if told.startswith("?"):
            row.missing = told[1:]
        elif question.kind in WITH_WORDS:
            row.words = told
        else:
            row.value = told
        rows.append(row)
    Answer.objects.bulk_create(rows)


@dataclass(frozen=True)
class Pilot62:
    cast: Cast
    study: Study
    people: tuple[Person, ...]

    @property
    def pilot(self) -> Pilot:
        return self.study.pilot


def make_pilot62(cast: Cast, seed: int = 1, listed: int = 0) -> Pilot62:
    """The 62; `listed` more people stand on the list and were not reached."""
    study = make_study(cast)
    drawn = draw_intake(seed)
    people = []
    for one in drawn:
        person = make_person(study.pilot, f"Zwaluw{one.number}")
        people.append(person)
        agree(study.pilot, person)
        _walk(study.pilot, person, cast.sanne, one.left)
        make_sitting(study.pilot, person, cast.sanne, answers=_as_given(one.answers))
    for one in simulate_evaluation(drawn, seed):
        make_sitting(
            study.pilot,
            people[one.number - 1],
            cast.sanne,
            wave="T1",
            on=date(2021, 1, 12),
            circumstance="winter_2021",
            simulated=True,
            answers=_as_given(one.answers),
        )
    for number in range(listed):
        make_candidate(study.pilot, make_person(study.pilot, f"Mus{number}"))
    return Pilot62(cast, study, tuple(people))


def _walk(pilot: Pilot, person: Person, coach: Staff, left: str | None) -> None:
    steps = [(Stage.INTAKE, INTAKE_ON, "")]
    if left:
        stage = Stage.INELIGIBLE if left == "ineligible" else Stage.DECLINED
        steps.append((stage, date(2020, 10, 5), left))
    else:
        steps.append((Stage.TO_START, INTAKE_ON, ""))
        steps.append((Stage.STARTED, date(2020, 9, 21), ""))
    candidate = make_candidate(pilot, person, *steps)
    Intake.objects.create(
        candidate=candidate,
        coach=coach,
        began_at=moment(INTAKE_ON),
        circumstance="open",
        ended_at=moment(INTAKE_ON, 12),
    )
    if not left:
        make_trajectory(candidate, coach, date(2020, 9, 21))


def make_trajectory(candidate: Candidate, coach: Staff, on: date) -> Trajectory:
    return Trajectory.objects.create(
        candidate=candidate,
        person=candidate.person,
        pilot=candidate.pilot,
        started_on=on,
        started_by=coach,
        months=6,
        design="paired",
        circumstance="open",
    )


def make_closing(trajectory: Trajectory, on: date, reason: str) -> Closing:
    trajectory.closed_on = on
    trajectory.save()
    StageTransition.objects.create(
        candidate=trajectory.candidate, stage=Stage.CLOSED, at=moment(on), by="test"
    )
    return Closing.objects.create(
        trajectory=trajectory,
        on=on,
        reason=reason,
        circumstance="open",
        recorded_at=moment(on),
    )


def _as_given(answers) -> dict[str, object]:
    return {
        code: f"?{answer.missing}" if answer.missing else answer.value
        for code, answer in answers.items()
    }
