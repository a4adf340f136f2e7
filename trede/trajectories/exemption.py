"""The exemption from other duties, and what the client manager gets to know of it.

Who it is, that the exemption begins or ends, the day, and when that was written:
nothing else leaves guidance (wall 3). Not the pilot, not the coach, no reason, no
result.
"""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from trede.documents.typesetting import typeset
from trede.trajectories.models import ExemptionNotice, Trajectory

Kind = ExemptionNotice.Kind


def note(
    *, trajectory: Trajectory, kind: ExemptionNotice.Kind, on: date, at: datetime
) -> ExemptionNotice:
    """Part of a rule that writes the audit line for it."""
    return ExemptionNotice.objects.create(
        trajectory=trajectory, kind=kind, on=on, made_at=at
    )


def in_words(notice: ExemptionNotice) -> str:
    if notice.kind == Kind.BEGINS:
        return _("The exemption begins on")
    if notice.kind == Kind.CONTINUES:
        return _("The exemption has not ended. It goes on from")
    return _("The exemption ends on")


def pdf(notice: ExemptionNotice) -> bytes:
    person = notice.trajectory.person
    return typeset(
        "exemption",
        {
            "language": "nl",
            "direction": "ltr",
            "made_on": timezone.localdate(notice.made_at).isoformat(),
            "municipality": f"Gemeente {person.municipality.name}",
            "title": _("Exemption"),
            "name": person.full_name,
            "says": in_words(notice),
            "on": notice.on.strftime("%d-%m-%Y"),
            "date": _("Date"),
            "written": f"{timezone.localtime(notice.made_at):%d-%m-%Y}",
        },
    )
