"""What stands beside the timeline: clock, ladder, measurements, household, coaches.

Of a measurement only whether it was done: what was answered is the person's own.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from trede.desk.casework import Casework
from trede.desk.happened import measurement_names
from trede.desk.next_step import takes_part
from trede.inflow.stages import OUT
from trede.pilots.study_rules import Wave
from trede.questionnaires.models import Sitting
from trede.studies.due import Dates, is_for, place_of, window
from trede.trajectories.clock import Clock, clock
from trede.trajectories.closing import EVALUATION
from trede.trajectories.treads import Tread, treads_of

MARKS = {
    Sitting.State.FINISHED: "done",
    Sitting.State.ENDED: "none",
    Sitting.State.STOPPED: "part",
    Sitting.State.HANDED_OVER: "part",
    Sitting.State.PREPARED: "wait",
}


@dataclass(frozen=True)
class Measurement:
    label: str
    state: str
    word: str
    note: str


def clock_of(work: Casework, on: date) -> Clock | None:
    trajectory = work.trajectory
    if trajectory is None:
        return None
    pauses = [one for one in work.pauses if one.trajectory_id == trajectory.pk]
    return clock(trajectory, pauses, on)


def treads(work: Casework) -> list[Tread]:
    """Of the present trajectory."""
    if work.rules is None or work.trajectory is None:
        return []
    standing = [
        one for one in work.assessments if one.trajectory_id == work.trajectory.pk
    ]
    return treads_of(standing, work.rules.ladder.version)


def measurements(work: Casework, on: date) -> list[Measurement]:
    """What was prepared or done, and what is still to come for who takes part."""
    names = measurement_names(work)
    there = [_measurement(one, names.get(one.wave, one.wave)) for one in work.sittings]
    return there + _to_come(work, on)


def _measurement(sitting: Sitting, name: str) -> Measurement:
    state = Sitting.State(sitting.state)
    at = sitting.finished_at or sitting.prepared_at
    day = timezone.localdate(at).strftime("%d-%m-%Y")
    words = f"{state.label}, {day}"
    if sitting.simulated:
        words = _("%(state)s (simulated)") % {"state": words}
    return Measurement(name, MARKS[state], str(state.label), words)


def _to_come(work: Casework, on: date) -> list[Measurement]:
    """By the design that held at the first intake, and the place in a pair. What was
    retired is not asked, nor anything of who will not start."""
    if work.rules is None or not work.intakes or not takes_part(work):
        return []
    if work.trajectory is None and work.candidate and work.candidate.stage in OUT:
        return []
    known, done = _dates(work), {one.wave for one in work.sittings}
    return [
        _open(wave, work, known, on)
        for wave in work.rules.waves
        if wave.code not in done
        and (wave.retired_on is None or wave.retired_on > on)
        and is_for(wave, known, work.rules)
    ]


def _dates(work: Casework) -> Dates:
    """Of the partner nothing is fetched: that moment is not told here."""
    trajectory = work.first_trajectory
    return Dates(
        intake_on=timezone.localdate(work.intakes[0].began_at),
        started_on=trajectory.started_on if trajectory else None,
        closing_on=trajectory.closed_on if trajectory else None,
        closed=trajectory is not None and trajectory.closed_on is not None,
        place=place_of(work.candidate, work.pairs) if work.candidate else "",
    )


def _open(wave: Wave, work: Casework, known: Dates, on: date) -> Measurement:
    if wave.code == EVALUATION and known.closed:
        return Measurement(wave.label, "note", "", _("not filled in yet"))
    person = work.person.pk
    span = window(wave, person, {person: known}, work.rules) if work.rules else None
    if span and span.closes_on < on:
        return Measurement(wave.label, "none", "", _("not filled in"))
    return Measurement(wave.label, "wait", "", _("later"))


def age_on(birth_date: str, on: date) -> int | None:
    """In whole years; None when the year is unknown. Of an incomplete date the year
    counts, and the month where it is known."""
    year = birth_date[:4]
    if not year.isdigit() or not int(year):
        return None
    return on.year - int(year) - (birth_date[5:] > f"{on:%m-%d}")
