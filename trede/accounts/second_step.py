"""The second step at sign-in: a code of six digits from an app on one's telephone.

A code is good for half a minute, one half minute early or late, and counts once. Who
lost the telephone uses one of eight recovery codes, or asks an administrator to take
the second step away. The secret is not kept but made anew from a salt, so that a copy
of the database holds nothing to sign in with; when the operator changes the secret key,
the old one in SECRET_KEY_FALLBACKS keeps existing second steps working.
"""

import secrets
from base64 import b32encode
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import qrcode
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from trede.accounts.acting import Actor, record
from trede.accounts.models import RecoveryCode, SecondStep, Staff
from trede.accounts.refusing import Refused

HALF_MINUTE = 30
DIGITS = 6
RECOVERY_CODES = 8
# Without letters and figures that are easily taken for one another.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_ISSUER = "Trede"


def is_demanded(staff: Staff) -> bool:
    """Whether one of the roles may only work with a second step."""
    return bool(staff.roles & set(staff.municipality.second_step_roles))


def is_missing(staff: Staff) -> bool:
    return is_demanded(staff) and not is_set_up(staff)


def is_set_up(staff: Staff) -> bool:
    return SecondStep.objects.filter(staff=staff).exists()


def new_salt() -> str:
    return secrets.token_hex(32)


def secret_words(salt: str) -> str:
    """The secret in groups of four, to type over when scanning does not work."""
    secret = b32encode(next(_secrets(salt))).decode()
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def picture(salt: str, staff: Staff) -> bytes:
    """The secret as a QR code (SVG) for an authenticator app."""
    address = _totp(next(_secrets(salt))).get_provisioning_uri(staff.email, _ISSUER)
    image = BytesIO()
    qrcode.make(address, image_factory=SvgPathFillImage).save(image)
    return image.getvalue()


def set_up(*, staff: Staff, salt: str, code: str, by: Actor, at: datetime) -> list[str]:
    """Begin to demand the step; gives the recovery codes, which are shown once."""
    used = _half_minute_of(salt, code, at)
    if used is None:
        raise Refused(
            _(
                "This code is not right. Type the six digits that the app shows now. If"
                " it keeps failing: is the clock of your telephone right?"
            ),
            "code",
        )
    with transaction.atomic():
        if SecondStep.objects.filter(staff=staff).exists():
            raise Refused(_("You have already set up a second step."))
        SecondStep.objects.create(staff=staff, salt=salt, set_up_at=at, last_used=used)
        codes = _fresh_codes(staff, at)
        record("set up a second step", by=by, at=at, on=staff, purpose="signing in")
    return codes


def passes(*, staff: Staff, code: str, at: datetime) -> bool:
    """Whether the code is good now. A code that passed will not pass again."""
    typed = "".join(code.split()).lower()
    with transaction.atomic():
        step = SecondStep.objects.select_for_update().filter(staff=staff).first()
        if step is None:
            return False
        used = _half_minute_of(step.salt, typed, at)
        if used is None:
            return _uses_recovery_code(staff, typed, at)
        if used <= step.last_used:
            return False
        step.last_used = used
        step.save(update_fields=["last_used"])
        return True


def renew_recovery_codes(*, staff: Staff, by: Actor, at: datetime) -> list[str]:
    with transaction.atomic():
        if not SecondStep.objects.select_for_update().filter(staff=staff).exists():
            raise Refused(_("Set up the second step first."))
        codes = _fresh_codes(staff, at)
        record("renewed recovery codes", by=by, at=at, on=staff, purpose="signing in")
    return codes


def take_away(*, staff: Staff, by: Actor, at: datetime) -> None:
    """No second step any more; who must have one sets it up anew on signing in."""
    with transaction.atomic():
        gone, _per_model = SecondStep.objects.filter(staff=staff).delete()
        if not gone:
            raise Refused(_("There is no second step to take away."))
        staff.recovery_codes.all().delete()
        record("took a second step away", by=by, at=at, on=staff, purpose="signing in")


def take_away_own(*, staff: Staff, password: str, by: Actor, at: datetime) -> None:
    """By somebody who knows the password, and not merely found an open screen."""
    if not staff.check_password(password):
        raise Refused(_("This is not your present password."), "password")
    if is_demanded(staff):
        raise Refused(
            _(
                "Your role needs a second step. With a new telephone, ask an"
                " administrator to take it away, and set it up again."
            )
        )
    take_away(staff=staff, by=by, at=at)


def codes_left(staff: Staff) -> int:
    return staff.recovery_codes.filter(used_at=None).count()


def _fresh_codes(staff: Staff, at: datetime) -> list[str]:
    staff.recovery_codes.all().delete()
    codes = [_spelt() for _number in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(staff=staff, digest=next(_digests(staff, code)), made_at=at)
        for code in codes
    )
    return codes


def _spelt() -> str:
    word = "".join(secrets.choice(_ALPHABET) for _letter in range(10))
    return f"{word[:5]}-{word[5:]}"


def _uses_recovery_code(staff: Staff, typed: str, at: datetime) -> bool:
    return bool(
        staff.recovery_codes.filter(
            digest__in=list(_digests(staff, typed)), used_at=None
        ).update(used_at=at)
    )


def _digests(staff: Staff, code: str) -> Iterator[str]:
    content = f"{staff.pk}:{code.replace('-', '')}"
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(
            "trede.recovery_code", content, secret=key, algorithm="sha256"
        ).hexdigest()


def _secrets(salt: str) -> Iterator[bytes]:
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        keyed = salted_hmac("trede.second_step", salt, secret=key, algorithm="sha256")
        yield keyed.digest()[:20]


def _totp(secret: bytes) -> TOTP:
    # SHA-1 is what every authenticator app knows; its weakness does not touch HMAC.
    return TOTP(secret, DIGITS, hashes.SHA1(), HALF_MINUTE)  # nosec B303


def _half_minute_of(salt: str, code: str, at: datetime) -> int | None:
    """Which half minute the code belongs to: this one, or its two neighbours."""
    typed = "".join(code.split())
    now = int(at.timestamp()) // HALF_MINUTE
    for secret in _secrets(salt):
        for half_minute in (now, now - 1, now + 1):
            right = _totp(secret).generate(half_minute * HALF_MINUTE).decode()
            if constant_time_compare(typed, right):
                return half_minute
    return None
