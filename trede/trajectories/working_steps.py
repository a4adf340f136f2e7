"""The common method as a gentle checklist: the working steps of the pilot file.

A step was done on a day, or it does not fit this person, with a word why: a departure
to talk about with colleagues. Nothing waits for a step, and none is ever late. What was
a mistake is taken back; the row stays, and so does a step that the file dropped since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.pilots.loading import rules_of
from trede.pilots.rules import WorkingStep
from trede.trajectories.models import Trajectory, WorkingStepNote
from trede.trajectories.running import (
    held,
    refuse_before_start,
    refuse_future,
    staff_of,
)

Kind = WorkingStepNote.Kind
LONGEST_WHY = 300
MARKS = {Kind.DONE: "done", Kind.NOT_FITTING: "none"}


@dataclass(frozen=True)
class Line:
    """One step; `about_on` is when the pilot thinks of it, and no deadline."""

    code: str
    label: str
    about_on: date | None = None
    note: WorkingStepNote | None = None

    @property
    def mark(self) -> str:
        return MARKS[Kind(self.note.kind)] if self.note else "wait"


@dataclass(frozen=True)
class Checklist:
    lines: Sequence[Line]

    @property
    def noted(self) -> int:
        return sum(1 for one in self.lines if one.note)

    @property
    def next(self) -> Line | None:
        """The first that nothing was noted of; None when all were."""
        return next((one for one in self.lines if one.note is None), None)


def checklist(
    trajectory: Trajectory,
    steps: Iterable[WorkingStep],
    notes: Iterable[WorkingStepNote],
) -> Checklist:
    """In the order of the file; then what was noted of steps that it dropped."""
    noted = {one.code: one for one in notes if one.trajectory_id == trajectory.pk}
    lines = [
        Line(one.code, one.label, _about(trajectory, one), noted.pop(one.code, None))
        for one in steps
    ]
    dropped = [Line(code, code, note=note) for code, note in noted.items()]
    return Checklist(lines + dropped)


def note_step(
    *,
    trajectory: Trajectory,
    code: str,
    kind: str,
    on: date,
    why: str,
    by: Actor,
    at: datetime,
) -> WorkingStepNote:
    """After closing too: the closing talk is a step as well."""
    with transaction.atomic():
        now = held(trajectory)
        refuse_before_start(now, on)
        refuse_future(on, at)
        said = _said(now, code, kind, why)
        standing = now.working_steps.standing().filter(code=code).first()
        if standing:
            return _same(standing, kind)
        made = WorkingStepNote.objects.create(
            trajectory=now,
            code=code,
            kind=kind,
            on=on,
            why=said,
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        record("noted a working step", by=by, at=at, on=made, persons=[now.person_id])
    return made


def take_back(*, note: WorkingStepNote, by: Actor, at: datetime) -> WorkingStepNote:
    """It was a mistake: the step is open again. Twice is once."""
    with transaction.atomic():
        trajectory = held(note.trajectory)
        now = trajectory.working_steps.get(pk=note.pk)
        if now.reversed_at is None:
            now.reversed_at = at
            now.save(update_fields=["reversed_at"])
            persons = [trajectory.person_id]
            record("took back a working step", by=by, at=at, on=now, persons=persons)
    return now


def _about(trajectory: Trajectory, step: WorkingStep) -> date | None:
    weeks = step.weeks_after_start
    return trajectory.started_on + timedelta(weeks=weeks) if weeks else None


def _said(now: Trajectory, code: str, kind: str, why: str) -> str:
    if code not in {one.code for one in rules_of(now.pilot).working_steps}:
        raise Refused(_("The pilot file does not have this working step any more."))
    if kind not in Kind.values:
        raise Refused(_("Say whether it was done or does not fit."), "kind")
    said = " ".join(why.split())
    if kind == Kind.NOT_FITTING and not said:
        raise Refused(_("Write in a few words why it does not fit."), "why")
    if len(said) > LONGEST_WHY:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.")
            % {"most": LONGEST_WHY},
            "why",
        )
    return said


def _same(standing: WorkingStepNote, kind: str) -> WorkingStepNote:
    if standing.kind != kind:
        raise Refused(
            _("Something else was noted for this step. Take that back first."), "kind"
        )
    return standing
