"""Who else is there for a person: the schemes they use, and professionals around them.

A scheme of the pilot is asked after as it stands today; what was noted before stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.partners.models import Professional, SchemeUse
from trede.partners.referring_onward import refuse_put_aside
from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.trajectories.running import staff_of


@dataclass(frozen=True)
class Stands:
    """How it stands with one scheme. Who uses one, or applied for it, knows of it."""

    knew: bool = False
    uses: bool = False
    wants: bool = False
    applied: bool = False

    def told(self) -> dict[str, bool]:
        return asdict(self) | {"knew": self.knew or self.uses or self.applied}


def schemes_of(person: Person, pilot: Pilot) -> dict[str, SchemeUse]:
    """By code, as it was noted last."""
    rows = person.schemes.filter(pilot=pilot).order_by("on", "pk")
    return {one.scheme: one for one in rows}


def note_schemes(
    *,
    person: Person,
    pilot: Pilot,
    found: Mapping[str, Stands],
    by: Actor,
    at: datetime,
) -> list[SchemeUse]:
    """Only what is other than before is noted."""
    with transaction.atomic():
        held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        refuse_put_aside(held)
        before, made = schemes_of(held, pilot), []
        for code, stands in found.items():
            if code in before and _as_before(before[code], stands):
                continue
            made.append(
                SchemeUse.objects.create(
                    person=held,
                    pilot=pilot,
                    scheme=code,
                    **stands.told(),
                    on=timezone.localdate(at),
                    at=at,
                    by=staff_of(by),
                )
            )
        if made:
            codes = [one.scheme for one in made]
            record(
                "noted the use of schemes",
                by=by,
                at=at,
                on=held,
                persons=[held.pk],
                fields=codes,
            )
    return made


def add_professional(
    *, person: Person, kind: str, name: str, telephone: str, by: Actor, at: datetime
) -> Professional:
    with transaction.atomic():
        held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        refuse_put_aside(held)
        if not name.strip():
            raise Refused(_("Who is it? Write a name or an organisation."), "name")
        made = Professional.objects.create(
            person=held,
            kind=kind,
            name=" ".join(name.split()),
            telephone=telephone,
            noted_at=at,
            noted_by=staff_of(by),
        )
        record(
            "noted a professional around somebody",
            by=by,
            at=at,
            on=made,
            persons=[held.pk],
        )
    return made


def end_professional(
    *, professional: Professional, by: Actor, at: datetime
) -> Professional:
    """Not around any more. Twice is once."""
    with transaction.atomic():
        rows = Professional.objects.select_for_update(of=("self",))
        now = rows.get(pk=professional.pk)
        if now.ended_on is None:
            staff_of(by)
            now.ended_on = timezone.localdate(at)
            now.save(update_fields=["ended_on"])
            record(
                "noted that a professional left",
                by=by,
                at=at,
                on=now,
                persons=[now.person_id],
            )
    return now


def take_up_professional(
    *, professional: Professional, by: Actor, at: datetime
) -> Professional:
    """That somebody left was noted by mistake."""
    with transaction.atomic():
        rows = Professional.objects.select_for_update(of=("self",))
        now = rows.get(pk=professional.pk)
        staff_of(by)
        now.ended_on = None
        now.save(update_fields=["ended_on"])
        record(
            "noted a professional around somebody",
            by=by,
            at=at,
            on=now,
            persons=[now.person_id],
        )
    return now


def _as_before(before: SchemeUse, stands: Stands) -> bool:
    told = stands.told()
    return all(getattr(before, name) == value for name, value in told.items())


def stands(said: Iterable[str]) -> Stands:
    """From the names of what is so."""
    return Stands(**dict.fromkeys(said, True))


def said(known: SchemeUse) -> list[str]:
    names = [one.name for one in fields(Stands)]
    return [name for name in names if getattr(known, name)]
