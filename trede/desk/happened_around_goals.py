"""What the timeline says of barriers, strengths, small steps, and pace and manner."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.desk.casework import Casework
from trede.desk.timeline import Entry, Kind
from trede.pilots.describing_guidance import DOMAINS
from trede.trajectories.manner import manner_told
from trede.trajectories.models import PlanPart


def around_goals(work: Casework) -> Iterator[Entry]:
    """Of a closed trajectory nothing is taken back."""
    yield from _barriers(work)
    for strength in work.strengths:
        undo = _undo("take_back_strength", strength, work)
        words = f"“{strength.words}”"
        yield _entry(strength, "star", _("Goes well"), words, undo)
    for step in work.small_steps:
        title = _("Small step: %(domain)s") % {
            "domain": DOMAINS.get(step.domain, step.domain)
        }
        at, by = step.recorded_at, step.recorded_by.name
        undo = _undo("take_back_small_step", step, work)
        yield Entry(Kind.PLAN, step.on, at, "check", title, step.words, by, undo)
    for manner in work.manners:
        words = manner_told(manner, work.rules) if work.rules else manner.avoid
        undo = _undo("take_back_manner", manner, work)
        yield _entry(manner, "coffee", _("Pace and manner"), words, undo)


def _barriers(work: Casework) -> Iterator[Entry]:
    """Those of an intake are told with the intake."""
    known = work.rules.talk.barriers if work.rules else ()
    labels = {one.code: one.label for one in known}
    for row in work.barrier_changes:
        title = _("In the way") if row.is_there else _("No longer in the way")
        icon = "alert-triangle" if row.is_there else "check"
        undo = _undo("take_back_barrier", row, work)
        yield _entry(row, icon, title, labels.get(row.code, row.code), undo)


def _entry(row: PlanPart, icon: str, title: str, words: str, undo: str) -> Entry:
    on = timezone.localdate(row.recorded_at)
    by = row.recorded_by.name
    return Entry(Kind.PLAN, on, row.recorded_at, icon, title, words, by, undo)


def _undo(name: str, row: PlanPart, work: Casework) -> str:
    if row.trajectory_id in {one.trajectory_id for one in work.closings}:
        return ""
    return reverse(f"trajectories:{name}", args=[row.pk])
