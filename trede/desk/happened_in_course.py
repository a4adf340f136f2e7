"""What the timeline says of the time a trajectory got, and of the working steps."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.desk.casework import Casework
from trede.desk.timeline import Entry, Kind


def extensions(work: Casework) -> Iterator[Entry]:
    closed = {row.trajectory_id for row in work.closings}
    for row in work.extensions:
        title = ngettext(
            "Extended by %(n)d month", "Extended by %(n)d months", row.months
        ) % {"n": row.months}
        undo_url = reverse("trajectories:take_back_extension", args=[row.pk])
        yield Entry(
            Kind.STEP,
            timezone.localdate(row.recorded_at),
            row.recorded_at,
            "calendar-plus",
            title,
            row.reason,
            by=row.recorded_by.name,
            undo_url="" if row.trajectory_id in closed else undo_url,
        )


def working_steps(work: Casework) -> Iterator[Entry]:
    """In the words of the pilot; a step that its file no longer has keeps its code."""
    steps = work.rules.working_steps if work.rules else ()
    labels = {one.code: one.label for one in steps}
    for row in work.working_steps:
        told = {
            "step": labels.get(row.code, row.code),
            "state": row.get_kind_display(),
        }
        yield Entry(
            Kind.PLAN,
            row.on,
            row.recorded_at,
            "check" if row.kind == row.Kind.DONE else "minus",
            capfirst(_("%(step)s: %(state)s") % told),
            row.why,
            by=row.recorded_by.name,
        )
