"""On one's own telephone: a personal link to the questions, and a code that opens it.

Decides when the link opens. The code works once, for the telephone on which it was
typed; that telephone then opens the questions until two weeks after the link was made,
or until the window closes where a reminder brought it, and no other does. The link of
a reminder has no code until somebody calls for it. After five wrong codes, or on
another telephone, a new link is needed, and a new one ends the one before. Who made the
link cannot read by it what was answered elsewhere: a telephone shows only what was
answered on it (`device_lock`).
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from trede.accounts.acting import STRANGER, Actor, person_actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.contact.links import count_wrong
from trede.questionnaires import device_lock, sittings
from trede.questionnaires.models import Handover, OwnDevice, Sitting

LASTS = timedelta(days=14)
TRIES = 5
_DIGITS = 6
Helper = Sitting.Helper
# Named here as well: these are read by participants, in their own language.
HELPERS = {
    Helper.NOBODY: pgettext_lazy("helper", "nobody"),
    Helper.FAMILY: pgettext_lazy("helper", "family or a friend"),
    Helper.STAFF: pgettext_lazy("helper", "a member of staff"),
    Helper.INTERPRETER: pgettext_lazy("helper", "an interpreter"),
    Helper.OTHER: pgettext_lazy("helper", "somebody else"),
}


@dataclass(frozen=True)
class Made:
    """What is told once: neither can be read back afterwards."""

    token: str
    code: str


class Standing(Enum):
    WAITING = "waiting"  # for the code
    IN_USE = "in use"  # by the telephone on which the code was typed
    ANSWERED = "answered"  # there is nothing left to do with it
    CLOSED = "closed"


def make(*, sitting: Sitting, by: Actor, at: datetime) -> Made:
    """A link and a code. Whatever opened the questions before opens them no more."""
    if by.staff is None:
        raise Refused(_("Only a member of staff can make a link."))
    code = _drawn()
    token = _link(sitting, by.staff, make_password(code), at + LASTS, by, at)
    return Made(token, code)


def make_without_code(
    *,
    sitting: Sitting,
    in_care_of: Staff,
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> str:
    """The token of a link for a message. No code opens it until one is given."""
    return _link(sitting, in_care_of, "", expires_at, by, at)


def give_code(*, sitting: Sitting, by: Actor, at: datetime) -> str:
    """A code for the link that waits, to be told; the code of before opens no more."""
    if by.staff is None:
        raise Refused(_("Only a member of staff can give a code."))
    code = _drawn()
    with transaction.atomic():
        now = Sitting.objects.select_for_update().get(pk=sitting.pk)
        link = open_link(now, at=at)
        if link is None or standing(link, at) is not Standing.WAITING:
            raise Refused(_("There is no link that waits for a code. Make a new one."))
        link.code_hash, link.failed_codes = make_password(code), 0
        link.save(update_fields=["code_hash", "failed_codes"])
        _audit("gave a code for one's own telephone", now, by, at)
    return code


def _link(
    sitting: Sitting,
    staff: Staff,
    code_hash: str,
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> str:
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        now = device_lock.taken_back(sitting, by=by, at=at)
        if now.state in sittings.OVER:
            raise Refused(
                _("This questionnaire is over. Nothing can be changed in it any more.")
            )
        OwnDevice.objects.create(
            sitting=now,
            token_digest=device_lock.digest_of(token),
            code_hash=code_hash,
            made_by=staff,
            made_at=at,
            expires_at=expires_at,
        )
        _audit("made a link for one's own telephone", now, by, at)
    return token


def _drawn() -> str:
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"


def find(*, token: str, at: datetime, origin: str = "") -> OwnDevice | None:
    """The link of this token, whatever became of it. `origin` is the address from
    which somebody comes: who tries many tokens is turned away."""
    rows = OwnDevice.objects.filter(token_digest=device_lock.digest_of(token))
    joined = rows.select_related(
        "made_by", "sitting__questionnaire", "sitting__person__municipality"
    )
    own = joined.defer("sitting__questionnaire__text").first()
    if own is None and origin:
        count_wrong(origin, at)
    return own


def standing(own: OwnDevice, at: datetime) -> Standing:
    if own.sitting.state in sittings.OVER:
        return Standing.ANSWERED
    if own.ended_at is not None or at >= own.expires_at:
        return Standing.CLOSED
    if own.opened_at is not None:
        return Standing.IN_USE
    return Standing.WAITING if own.failed_codes < TRIES else Standing.CLOSED


def newest(sitting: Sitting) -> OwnDevice | None:
    rows = OwnDevice.objects.filter(sitting=sitting).select_related("sitting")
    return rows.order_by("-made_at", "-pk").first()


def open_link(sitting: Sitting, *, at: datetime) -> OwnDevice | None:
    """The link that waits for its code or is in use."""
    link = newest(sitting)
    useful = (Standing.WAITING, Standing.IN_USE)
    return link if link and standing(link, at) in useful else None


def open_with_code(*, own: OwnDevice, code: str, at: datetime) -> str:
    """The token with which this telephone, and no other, opens the questions."""
    if not own.code_hash:
        raise Refused(_("There is no code for you yet. Call us."), "code")
    # Counted before it is checked, so that trying many at once does not help.
    tries = _unopened(own, at).filter(failed_codes__lt=TRIES)
    if not tries.update(failed_codes=F("failed_codes") + 1):
        raise Refused(_("This link does not work any more. Ask for a new one."))
    if not check_password(_as_digits(code), own.code_hash):
        record(
            "typed a wrong code",
            by=STRANGER,
            at=at,
            on=own.sitting,
            purpose="signing in",
            kind=Line.Kind.DOOR,
        )
        raise Refused(_wrong(TRIES - own.failed_codes - 1), "code")
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        now = Sitting.objects.select_for_update().get(pk=own.sitting_id)
        if not _unopened(own, at).update(opened_at=at):
            raise Refused(_("This code was used already. Ask for a new link."))
        _begin(now, own, token, at)
    own.sitting = now
    return token


def _begin(sitting: Sitting, own: OwnDevice, token: str, at: datetime) -> None:
    person = sitting.person
    by = person_actor(person.pk, person.municipality_id)
    sittings.begin(sitting=sitting, by=by, at=at)
    sitting.mode = Sitting.Mode.OWN_DEVICE
    sitting.save(update_fields=["mode"])
    Handover.objects.create(
        sitting=sitting,
        own_device=own,
        staff=own.made_by,
        token_digest=device_lock.digest_of(token),
        began_at=at,
        shown_from=at,
    )
    _audit("opened the questions on one's own telephone", sitting, by, at)


def note_helper(*, sitting: Sitting, helper: str) -> None:
    """No coach is there to say who helped: the person does, or leaves it open."""
    if helper in Helper.values:
        sitting.helped_by = helper
        sitting.save(update_fields=["helped_by"])


def end(*, sitting: Sitting, by: Actor, at: datetime) -> None:
    """The link opens nothing any more; what was answered stays."""
    with transaction.atomic():
        now = device_lock.taken_back(sitting, by=by, at=at)
        _audit("ended a link for one's own telephone", now, by, at)


def over(at: datetime) -> list[QuerySet[Model]]:
    """What need not be kept: links that ran out and that nobody opened."""
    return [OwnDevice.objects.filter(expires_at__lte=at, opened_at=None)]


def _unopened(own: OwnDevice, at: datetime) -> QuerySet[OwnDevice]:
    rows = OwnDevice.objects.filter(pk=own.pk, opened_at=None, ended_at=None)
    return rows.filter(expires_at__gt=at)


def _as_digits(code: str) -> str:
    """Digits of every script, with or without spaces between."""
    found = (unicodedata.digit(sign, None) for sign in code)
    return "".join(str(digit) for digit in found if digit is not None)


def _wrong(left: int) -> str:
    if left < 1:
        return _("This code is not right. Ask for a new link.")
    return ngettext(
        "This code is not right. You may try %(n)d more time.",
        "This code is not right. You may try %(n)d more times.",
        left,
    ) % {"n": left}


def _audit(verb: str, sitting: Sitting, by: Actor, at: datetime) -> None:
    record(
        verb, by=by, at=at, on=sitting, persons=[sitting.person_id], purpose="research"
    )
