"""People who are ready to start, in a pilot with the rules of Nijmegen."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from tests.cast import AT, Cast
from trede.accounts.models import Municipality, Staff
from trede.inflow.intake import begin
from trede.inflow.models import Candidate, Intake, Stage
from trede.inflow.stages import move
from trede.people.consenting import decide
from trede.people.details import PersonDetails
from trede.people.models import Purpose
from trede.people.registering import register_person
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules
from trede.trajectories.models import Trajectory
from trede.trajectories.starting import start

TEXT = (
    Path(read_rules.__code__.co_filename).parent / "approaches" / "nijmegen.toml"
).read_text(encoding="utf-8")
# After the amendment everybody starts; before it there were pairs.
AFTER = datetime(2021, 6, 14, 9, 0, tzinfo=AT.tzinfo)
DAY = timedelta(days=1)
BACK = AFTER + timedelta(days=160)  # when somebody comes back


def make_pilot(
    cast: Cast, municipality: Municipality | None = None, code: str = ""
) -> Pilot:
    where = municipality or cast.here
    # Without the second step: these tests sign in with a password only.
    text = TEXT.replace('code = "nijmegen"', f'code = "{code or where.code}"', 1)
    text = text.replace("second_factor = true", "second_factor = false")
    return load_pilot(
        text=text,
        municipality=where,
        reason="the start",
        by=cast.by("aad") if where == cast.here else cast.by("noor"),
        at=AT,
        in_force_from=date(2020, 1, 1),
    )


def make_candidate(
    cast: Cast,
    pilot: Pilot,
    *,
    at: datetime = AFTER,
    stage: Stage = Stage.TO_START,
    study: bool = True,
    name: str = "",
) -> Candidate:
    """Somebody whose intake ended at this moment."""
    by = cast.by("sanne")
    person = register_person(
        municipality=pilot.municipality,
        details=PersonDetails(
            given_names="Nadia", surname=name or f"Voorbeeld-{uuid4().hex[:6]}"
        ),
        by=by,
        at=at,
    )
    candidate = Candidate.objects.create(
        person=person,
        pilot=pilot,
        since_on=timezone.localdate(at),
        stage=stage,
        stage_since=at,
    )
    Intake.objects.create(
        candidate=candidate,
        coach=cast.sanne,
        began_at=at,
        ended_at=at,
        circumstance="open",
        outcome="start",
    )
    decide(
        person=person,
        pilot=pilot,
        purpose=Purpose.STUDY,
        given=study,
        text_version="nijmegen-2020-1",
        language="nl",
        by=by,
        at=at,
    )
    return candidate


def make_trajectory(
    cast: Cast,
    pilot: Pilot,
    *,
    coach: Staff | None = None,
    at: datetime = AFTER,
    study: bool = True,
    name: str = "",
) -> Trajectory:
    return start(
        candidate=make_candidate(cast, pilot, at=at, study=study, name=name),
        coach=coach or cast.sanne,
        on=timezone.localdate(at),
        by=cast.by("sanne"),
        at=at,
    )


def come_back(cast: Cast, trajectory: Trajectory) -> Intake:
    return begin(
        candidate=trajectory.candidate,
        coach=cast.sanne,
        location="",
        by=cast.by("sanne"),
        at=BACK,
        repeated=True,
    )


def start_again(cast: Cast, trajectory: Trajectory) -> Trajectory:
    come_back(cast, trajectory)
    candidate = trajectory.candidate
    candidate.refresh_from_db()
    move(candidate=candidate, to=Stage.TO_START, by=cast.by("sanne"), at=BACK)
    return start(
        candidate=candidate,
        coach=cast.sanne,
        on=BACK.date(),
        by=cast.by("sanne"),
        at=BACK,
    )
