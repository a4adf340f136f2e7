"""A link in a letter, with which a person acts without an account.

Decides when a link opens: before it expires, until it is ended, for the one purpose it
was made for. The token is 32 random bytes and only its digest is kept. Whoever tries
many wrong tokens is turned away for a while. The right link opens all the same: others
may come from the same address, and nobody can shut the way out for them.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.contact.models import PersonalLink, WrongLink
from trede.people.models import Person
from trede.pilots.models import Pilot

WRONG_AT_MOST = 20
# Whoever holds the link of their own plan can do from there what its parts are for.
WIDER = {"appointment": "plan", "leave": "plan"}
WINDOW = timedelta(hours=1)


class TooManyWrong(Refused):
    """This device came with wrong links too often; later it may try again."""

    def __init__(self) -> None:
        super().__init__(
            _("This did not work too often. Try again in an hour, or call us.")
        )


def make_link(
    *,
    person: Person,
    pilot: Pilot,
    purpose: str,
    days: int,
    by: Actor,
    at: datetime,
) -> str:
    """A new token; older links for the same purpose keep working until they expire,
    since the letter they stand in may be the one at hand."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        link = PersonalLink.objects.create(
            person=person,
            pilot=pilot,
            purpose=purpose,
            digest=digest(token),
            made_at=at,
            expires_at=at + timedelta(days=days),
        )
        record("made a personal link", by=by, at=at, on=link, persons=[person.pk])
    return token


def open_link(
    *, token: str, purpose: str, at: datetime, origin: str = ""
) -> PersonalLink | None:
    """The link, or None when it does not exist, is over or is for something else.

    `origin` is the address from which somebody comes, to count wrong tokens.
    """
    rows = PersonalLink.objects.select_related("person__municipality", "pilot")
    purposes = {purpose, WIDER.get(purpose, purpose)}
    link = rows.filter(digest=digest(token), purpose__in=purposes).first()
    if link is not None:
        return link if _is_open(link, at) else None
    if origin:
        count_wrong(origin, at)
    return None


def count_wrong(origin: str, at: datetime) -> None:
    """A token that is not ours came from this address; after many it is turned away."""
    if _wrong_from(origin, at) >= WRONG_AT_MOST:
        raise TooManyWrong
    _note_wrong(origin, at)


def end_link(*, link: PersonalLink, by: Actor, at: datetime) -> None:
    """The link was used, or should not be used any more. Twice is once."""
    with transaction.atomic():
        now = PersonalLink.objects.select_for_update().get(pk=link.pk)
        if now.ended_at is None:
            now.ended_at = at
            now.save(update_fields=["ended_at"])
            record(
                "ended a personal link", by=by, at=at, on=now, persons=[now.person_id]
            )
    link.ended_at = now.ended_at


def over(at: datetime) -> list[QuerySet[Model]]:
    """What need not be kept: links that ran out, and wrong ones that were counted."""
    return [
        PersonalLink.objects.filter(expires_at__lte=at),
        WrongLink.objects.filter(at__lte=at - WINDOW),
    ]


def _is_open(link: PersonalLink, at: datetime) -> bool:
    person = link.person
    gone = person.merged_into_id is not None or person.erased_at is not None
    return link.ended_at is None and at < link.expires_at and not gone


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _wrong_from(origin: str, at: datetime) -> int:
    recent = WrongLink.objects.filter(at__gt=at - WINDOW, at__lte=at)
    return recent.filter(origin=digest(origin)).count()


def _note_wrong(origin: str, at: datetime) -> None:
    WrongLink.objects.filter(at__lte=at - WINDOW).delete()
    WrongLink.objects.create(origin=digest(origin), at=at)
