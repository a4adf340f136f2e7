"""The key under which a device keeps answers while the line is cut.

Each hand-over has its own key, made from the secret of the platform and never stored.
An open page has it in memory to lock answers away; the platform alone opens them. Who
finds the device afterwards, or takes it back, cannot read what waits on it, and what
opens here was written by a page that was open: nothing else proves who it comes from.
After a stop the key is another one: what was sealed before is then told apart.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.signing import BadSignature, Signer

from trede.people.vault import newest_key
from trede.questionnaires.models import Handover

_SIGNER = Signer(salt="trede-waiting")
_NONCE = 12


class Unopened(Exception):
    """It does not open: it was changed, or belongs to another hand-over."""


@dataclass(frozen=True)
class Handle:
    """What a device says beside sealed answers: whose, and under which secret."""

    handover_id: int
    secret: int
    # From when on this page showed answers, in whole microseconds since 1970.
    shown_from: int

    def __str__(self) -> str:
        return _SIGNER.sign(f"{self.handover_id}.{self.secret}.{self.shown_from}")

    @classmethod
    def read(cls, text: str) -> "Handle":
        try:
            handover_id, secret, shown_from = _SIGNER.unsign(text).split(".")
        except (BadSignature, ValueError) as problem:
            raise Unopened from problem
        return cls(int(handover_id), int(secret), int(shown_from))


def handle_of(handover: Handover) -> Handle:
    return Handle(handover.pk, newest_key(), _moment(handover))


def was_before_a_stop(handle: Handle, handover: Handover) -> bool:
    """Whether the device may be with somebody else since."""
    return handle.shown_from < _moment(handover)


def _moment(handover: Handover) -> int:
    return round(handover.shown_from.timestamp() * 1_000_000)


def key_of(handle: Handle) -> bytes:
    secret = settings.FIELD_KEYS.get(handle.secret)
    if secret is None:
        raise Unopened
    return _derived(secret, handle.handover_id, handle.shown_from)


@lru_cache(maxsize=256)
def _derived(secret: bytes, handover_id: int, shown_from: int) -> bytes:
    about = f"answers of hand-over {handover_id} from {shown_from}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=about).derive(secret)


@dataclass(frozen=True)
class Opened:
    """What a device locked away."""

    content: Mapping[str, object]
    # What was spoken, where it was.
    sound: bytes | None = None


def unsealed(handle: Handle, name: str, box: str) -> Opened:
    """What the device locked away under that name: nonce and content in one, the sound
    behind a sign that stands in no JSON."""
    try:
        raw = base64.b64decode(box, validate=True)
        plain = AESGCM(key_of(handle)).decrypt(
            raw[:_NONCE], raw[_NONCE:], name.encode()
        )
        said, has_sound, sound = plain.partition(b"\0")
        content = json.loads(said)
    except (ValueError, InvalidTag) as problem:
        raise Unopened from problem
    if not isinstance(content, dict):
        raise Unopened
    return Opened(content, sound if has_sound else None)
