"""Searching the audit trail: who looked at whom, when, and why.

A privacy officer sees the lines of their own municipality. Searching is itself a look,
and stands in the trail with the person that was searched for. A person may be given by
number, or by something that a later app can look up, such as the BSN.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality, Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line, Mention

# Turns what was typed into numbers of persons; knows the municipality.
Lookup = Callable[[str, Municipality], Iterable[int]]
_lookups: list[Lookup] = []


@dataclass(frozen=True)
class Search:
    person: str = ""
    staff: Staff | None = None
    from_on: date | None = None
    until_on: date | None = None
    kind: str = ""
    action: str = ""

    def criteria(self) -> list[str]:
        """Names of what was filled in, for the trail; never the contents."""
        return [name for name, value in vars(self).items() if value]


def look_persons_up(lookup: Lookup) -> None:
    """Register a way to find persons by more than their number."""
    _lookups.append(lookup)


def search(
    wanted: Search, *, municipality: Municipality, by: Actor, at: datetime
) -> QuerySet[Line]:
    """The lines, newest first. The search itself is recorded."""
    persons = _persons(wanted.person, municipality) if wanted.person else []
    lines = _lines(wanted, persons, municipality)
    _note("searched the audit trail", wanted, persons, by=by, at=at)
    return lines


def take_along(
    wanted: Search, *, municipality: Municipality, by: Actor, at: datetime
) -> QuerySet[Line]:
    """The same lines for a file."""
    persons = _persons(wanted.person, municipality) if wanted.person else []
    lines = _lines(wanted, persons, municipality)
    _note("took the audit trail along", wanted, persons, by=by, at=at)
    return lines


def _note(
    action: str, wanted: Search, persons: list[int], *, by: Actor, at: datetime
) -> None:
    record(
        action,
        by=by,
        at=at,
        persons=persons,
        fields=wanted.criteria(),
        purpose="accountability",
        kind=Line.Kind.READ,
    )


def _persons(typed: str, municipality: Municipality) -> list[int]:
    compact = typed.strip().replace(" ", "").replace(".", "")
    found = {number for look in _lookups for number in look(compact, municipality)}
    # A BSN has eight or nine digits; that many persons no municipality has.
    if not found and compact.isdecimal() and len(compact) < 8:
        found = {int(compact)}
    if not found:
        raise Refused(
            _(
                "There is nobody with this number. Type the number of the person, or"
                " the BSN."
            ),
            "person",
        )
    return sorted(found)


def _lines(
    wanted: Search, persons: list[int], municipality: Municipality
) -> QuerySet[Line]:
    lines = Line.objects.filter(municipality_id=municipality.pk)
    if persons:
        mentions = Mention.objects.filter(person_id__in=persons)
        lines = lines.filter(pk__in=mentions.values("line_id"))
    if wanted.staff:
        lines = lines.filter(actor=wanted.staff.actor)
    if wanted.from_on:
        lines = lines.filter(at__gte=_midnight(wanted.from_on))
    if wanted.until_on:
        until = datetime.combine(wanted.until_on, time.max)
        lines = lines.filter(at__lte=timezone.make_aware(until))
    if wanted.kind:
        lines = lines.filter(kind=wanted.kind)
    if wanted.action:
        lines = lines.filter(action=wanted.action)
    return lines.order_by("-sequence").prefetch_related("mentions")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
