"""Field encryption of the identity vault.

AES-GCM per field. A stored value is `key number | nonce | ciphertext`, and the model
and field are bound to it as associated data, so that a value moved to another column
does not decrypt. It fails closed: a wrong key or a changed byte raises, and never
yields text. New values are written under the highest key number; `rotation.py`
rewrites the old ones.
"""

import os
from abc import abstractmethod
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

_NONCE = 12
V = TypeVar("V", bytes, str)

if TYPE_CHECKING:

    class _Field(models.Field[V, V]):
        pass

else:

    class _Field(models.Field, Generic[V]):
        pass


class Unreadable(Exception):
    """A stored value does not open: its key is missing, or its bytes were changed."""


@lru_cache(maxsize=32)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def newest_key() -> int:
    return max(settings.FIELD_KEYS)


def encrypt(plain: bytes, bound_to: str) -> bytes:
    return encrypting(bound_to)(plain)


def encrypting(bound_to: str) -> Callable[[bytes], bytes]:
    """To encrypt many values of one field: the key is looked up once."""
    number = newest_key()
    cipher, head = _cipher(settings.FIELD_KEYS[number]), bytes([number])
    bound = bound_to.encode()

    def encrypted(plain: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return head + nonce + cipher.encrypt(nonce, plain, bound)

    return encrypted


def decrypt(stored: bytes, bound_to: str) -> bytes:
    key = settings.FIELD_KEYS.get(key_number(stored))
    if key is None:
        raise Unreadable(
            f"{bound_to} was written under key {key_number(stored)}, which is not in"
            " TREDE_FIELD_KEYS. Put that key back; then run `trede rotate-keys`."
        )
    nonce, body = stored[1 : 1 + _NONCE], stored[1 + _NONCE :]
    try:
        return _cipher(key).decrypt(nonce, body, bound_to.encode())
    except InvalidTag as problem:
        raise Unreadable(
            f"{bound_to} does not open: the key is another one, or the stored bytes"
            " were changed. Restore them from a backup."
        ) from problem


def key_number(stored: bytes) -> int:
    return stored[0]


class _EncryptedField(_Field[V]):
    """What both encrypted fields share. Empty is stored as empty."""

    empty: V

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", self.empty)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_lookup(self, lookup: str) -> Any:
        """Searching here would find nothing, silently: every value has its nonce."""
        raise FieldError(
            f"{self.name} stands encrypted and cannot be searched by {lookup}:"
            " use people.searching."
        )

    @property
    def bound_to(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> V:
        return (
            self.opened(decrypt(bytes(value), self.bound_to)) if value else self.empty
        )

    def get_db_prep_value(
        self, value: Any, connection: Any, prepared: bool = False
    ) -> Any:
        stored = encrypt(self.plain(value), self.bound_to) if value else b""
        return connection.Database.Binary(stored)

    def storing_many(self) -> Callable[[V], bytes]:
        """For `many_rows`: the same as above, made ready once."""
        encrypted, plain = encrypting(self.bound_to), self.plain
        return lambda value: encrypted(plain(value)) if value else b""

    @abstractmethod
    def plain(self, value: V) -> bytes: ...

    @abstractmethod
    def opened(self, plain: bytes) -> V: ...


class EncryptedBytesField(_EncryptedField[bytes]):
    """Bytes that stand encrypted in the database."""

    empty = b""

    def plain(self, value: bytes) -> bytes:
        return value

    def opened(self, plain: bytes) -> bytes:
        return plain


class EncryptedTextField(_EncryptedField[str]):
    """Text that stands encrypted in the database."""

    empty = ""

    def plain(self, value: str) -> bytes:
        return value.encode()

    def opened(self, plain: bytes) -> str:
        return plain.decode()
