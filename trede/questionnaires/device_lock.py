"""The device is handed to the person, and taken back with the coach's PIN.

While the person has the device, the coach is signed out on it and nothing opens but the
question pages. Whoever holds it must not read back what somebody answered before it
was handed over, a coach who hands it over to himself included: only answers given
since then are shown. On the person's own telephone (`own_device`) there is nothing to
take back; handing over a device ends the link to it, and the other way round.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.acting import Actor, record, staff_actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.questionnaires import sittings
from trede.questionnaires.compiled import Compiled
from trede.questionnaires.models import Handover, OwnDevice, Sitting

TRIES = 5
# In a query that is put into SQL once, where the digest of a token will come.
STAND_IN = ""
# As long as a staff session: after that, coming back means signing in again.
PIN_LASTS = timedelta(hours=10)
# Longer than anybody sits over a questionnaire, a dead battery included.
DEVICE_LASTS = timedelta(hours=24)
_PIN = re.compile(r"[0-9]{4,8}")
_RUNS = ("0123456789", "9876543210")


def hand_over(
    *, sitting: Sitting, pin: str, by: Actor, at: datetime, return_to: str = ""
) -> str:
    """The token with which the device, and no other, opens the questions."""
    if by.staff is None:
        raise Refused(_("Only a member of staff can hand over the device."))
    refuse_weak(pin)
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        now = Sitting.objects.select_for_update().get(pk=sitting.pk)
        _end_all(now, at)
        sittings.begin(sitting=now, by=by, at=at)
        if now.mode == Sitting.Mode.OWN_DEVICE:
            now.mode = Sitting.Mode.ALONE
            now.save(update_fields=["mode"])
        Handover.objects.create(
            sitting=now,
            staff=by.staff,
            token_digest=digest_of(token),
            pin_hash=make_password(pin),
            began_at=at,
            shown_from=at,
            return_to=return_to,
        )
        record(
            "handed over the device",
            by=by,
            at=at,
            on=now,
            persons=[now.person_id],
            purpose="research",
        )
    return token


def find(token: str) -> Handover | None:
    """The hand-over of this token, as long as the device was not taken back."""
    rows = Handover.objects.filter(token_digest=digest_of(token), ended_at=None)
    joined = rows.select_related(
        "staff",
        "own_device",
        "sitting__questionnaire",
        "sitting__translation",
        "sitting__person__municipality",
    )
    light = joined.defer("sitting__questionnaire__text", "sitting__translation__texts")
    return light.first()


# No more than a question page needs: not who the person is, for one.
_ON_A_PAGE = (
    "began_at",
    "ended_at",
    "shown_from",
    "return_to",
    "staff__name",
    "staff__telephone",
    "own_device__expires_at",
    "sitting__state",
    "sitting__current",
    "sitting__language",
    "sitting__mode",
    "sitting__pilot",
    "sitting__translation__language",
    "sitting__translation__sha256",
    "sitting__translation__status",
    "sitting__prepared_at",
    "sitting__questionnaire__sha256",
    "sitting__questionnaire__translations_sha256",
    "sitting__person__municipality__help_telephone",
)


def with_the_person(token: str, *, locking: bool) -> Handover | None:
    """The same for a page of questions; `locking` the sitting, to save an answer."""
    return _by_token(connection.vendor, locking).first(digest_of(token))


def any_with_the_person(handover_id: int) -> Handover | None:
    """Also one that has ended, to save what still waited on that device."""
    return _on_a_page(Handover.objects.filter(pk=handover_id), locking=True).first()


@cache
def _by_token(vendor: str, locking: bool) -> Compiled[Handover]:
    open_now = Handover.objects.filter(token_digest=STAND_IN, ended_at=None)
    return Compiled(_on_a_page(open_now, locking=locking))


def _on_a_page(rows: QuerySet[Handover], *, locking: bool) -> QuerySet[Handover]:
    if locking:
        rows = rows.select_for_update(of=("sitting",))
    joined = rows.select_related(
        "staff",
        "own_device",
        "sitting__questionnaire",
        "sitting__translation",
        "sitting__person__municipality",
    )
    return joined.only(*_ON_A_PAGE)


def is_kept(handover: Handover, *, at: datetime) -> bool:
    """Whether a link to the person's own telephone has not run out meanwhile."""
    return handover.own_device is None or at < handover.own_device.expires_at


def go_on(*, handover: Handover, by: Actor, at: datetime) -> None:
    """After a stop, on the same device. Somebody else may hold it now, unless it is
    the person's own."""
    with transaction.atomic():
        sittings.resume(sitting=handover.sitting, by=by, at=at)
        if handover.own_device_id is not None:
            return
        handover.shown_from = at
        handover.save(update_fields=["shown_from"])


def take_back(*, token: str, pin: str, at: datetime) -> Staff:
    """Who handed the device over, when this is that person's PIN."""
    handover = find(token)
    if handover is None or handover.own_device_id is not None:
        raise Refused(_("The device was taken back already. Sign in again."))
    if not _may_try(handover, at):
        raise Refused(_("The PIN no longer works here. Sign in with your password."))
    # Counted before it is checked, so that trying many at once does not help.
    tries = Handover.objects.filter(pk=handover.pk, failed_pins__lt=TRIES)
    if not tries.update(failed_pins=F("failed_pins") + 1):
        raise Refused(_wrong(0))
    if not check_password(pin, handover.pin_hash):
        _note_wrong(handover, at)
        left = TRIES - handover.failed_pins - 1
        raise Refused(_wrong(left), "pin")
    with transaction.atomic():
        _took_back(handover.sitting, staff_actor(handover.staff), at)
    return handover.staff


def reclaim(*, sitting: Sitting, by: Actor, at: datetime) -> None:
    """By a coach who signed in with a password: the PIN is forgotten, or the device."""
    with transaction.atomic():
        _took_back(sitting, by, at)


def taken_back(sitting: Sitting, *, by: Actor, at: datetime) -> Sitting:
    """The sitting, locked, of which no device opens the questions any more."""
    now = Sitting.objects.select_for_update().get(pk=sitting.pk)
    _end_all(now, at)
    if now.state == Sitting.State.HANDED_OVER:
        return sittings.stop(sitting=now, by=by, at=at)
    return now


def _took_back(sitting: Sitting, by: Actor, at: datetime) -> None:
    taken_back(sitting, by=by, at=at)
    record(
        "took the device back",
        by=by,
        at=at,
        on=sitting,
        persons=[sitting.person_id],
        purpose="research",
    )


def _end_all(sitting: Sitting, at: datetime) -> None:
    for opened in (Handover, OwnDevice):
        opened.objects.filter(sitting=sitting, ended_at=None).update(ended_at=at)


def _may_try(handover: Handover, at: datetime) -> bool:
    fresh = at < handover.began_at + PIN_LASTS
    return fresh and handover.failed_pins < TRIES and handover.staff.is_active


def refuse_weak(pin: str) -> None:
    if not _PIN.fullmatch(pin):
        raise Refused(_("Choose a PIN of four to eight digits."), "pin")
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise Refused(_("This PIN is easy to guess. Choose another."), "pin")


def _wrong(left: int) -> str:
    if left < 1:
        return _("This PIN is not right. Sign in with your password.")
    return ngettext(
        "This PIN is not right. You may try %(n)d more time.",
        "This PIN is not right. You may try %(n)d more times.",
        left,
    ) % {"n": left}


def _note_wrong(handover: Handover, at: datetime) -> None:
    record(
        "typed a wrong PIN",
        by=staff_actor(handover.staff),
        at=at,
        on=handover.sitting,
        purpose="signing in",
        kind=Line.Kind.DOOR,
    )


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
