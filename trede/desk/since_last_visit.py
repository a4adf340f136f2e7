"""What is new in somebody's file since one last looked.

The last look was on an earlier day: what happened since this morning one saw come. Told
by the audit trail, which knows every look. What one did oneself is no news.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from trede.accounts.acting import Actor
from trede.audit.models import Mention
from trede.desk.timeline import Entry
from trede.people.models import Person

LOOKED = "looked at desk:person"


@dataclass(frozen=True)
class News:
    """Nothing in it when one has not looked before: then everything is new."""

    since: datetime | None
    entries: frozenset[Entry] = frozenset()


def news_for(
    actor: Actor, person: Person, entries: Iterable[Entry], at: datetime
) -> News:
    since = last_visit(actor, person, at)
    if since is None:
        return News(None)
    own = actor.staff.name if actor.staff else None
    fresh = (one for one in entries if one.at > since and one.by != own)
    return News(since, frozenset(fresh))


def last_visit(actor: Actor, person: Person, at: datetime) -> datetime | None:
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    looks = Mention.objects.filter(
        person_id=person.pk,
        line__actor=actor.name,
        line__action=LOOKED,
        line__at__lt=midnight,
    )
    found: datetime | None = looks.aggregate(last=Max("line__at"))["last"]
    return found
