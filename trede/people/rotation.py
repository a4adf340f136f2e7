"""Every encrypted field of every app is written anew under the newest key.

To rotate: add a key with a higher number to TREDE_FIELD_KEYS, restart, run
`trede rotate-keys`, and take the old key away when nothing is left under it. It works
in small parts beside the daily work, and may be broken off and begun again: what
already stands under the newest key is passed by. Blind indexes have a key of their own
and are left alone.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models, transaction
from django.db.models.expressions import F
from django.db.models.functions import Cast, Substr

from trede.accounts.acting import Actor, record
from trede.people.vault import (
    EncryptedBytesField,
    EncryptedTextField,
    key_number,
    newest_key,
)

AT_A_TIME = 500
# Told after each part: name of the model, rows looked at, rows in all.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Vaulted:
    """A model with encrypted fields. Large contents are rewritten one by one."""

    model: type[models.Model]
    fields: tuple[str, ...]
    large: bool


def vaulted() -> Iterator[Vaulted]:
    """Found through the models themselves, so that no app can be forgotten."""
    for model in apps.get_models():
        encrypted = [
            field
            for field in model._meta.local_concrete_fields
            if isinstance(field, EncryptedTextField | EncryptedBytesField)
        ]
        if encrypted:
            large = any(isinstance(field, EncryptedBytesField) for field in encrypted)
            yield Vaulted(model, tuple(field.name for field in encrypted), large)


def rotate_keys(
    *, by: Actor, at: datetime, progress: Progress | None = None
) -> dict[str, int]:
    """Rewrite what stands under an older key; how many rows, by model."""
    rewritten = {
        one.model._meta.label_lower: _rotate(one, progress) for one in vaulted()
    }
    record("rotated the keys", by=by, at=at, purpose="operation")
    return rewritten


def keys_in_use() -> Counter[int]:
    """How many values stand under each key: an old key without any may go."""
    found: Counter[int] = Counter()
    for one in vaulted():
        for numbers in _numbers(one, one.model._base_manager.all()).values():
            found.update(numbers)
    return found


def _rotate(one: Vaulted, progress: Progress | None) -> int:
    manager, label = one.model._base_manager, one.model._meta.label_lower
    total, seen, rewritten, last = manager.count(), 0, 0, 0
    while True:
        with transaction.atomic():
            # Locked, so that a change by somebody at work is never written over.
            rows = manager.filter(pk__gt=last).order_by("pk").select_for_update()
            numbers = _numbers(one, rows[:AT_A_TIME])
            if not numbers:
                return rewritten
            old = [pk for pk, used in numbers.items() if used - {newest_key()}]
            _rewrite(one, old)
        last = max(numbers)
        seen += len(numbers)
        rewritten += len(old)
        if progress:
            progress(label, seen, total)


def _rewrite(one: Vaulted, numbers: list[int]) -> None:
    rows = one.model._base_manager.filter(pk__in=numbers).only("pk", *one.fields)
    for row in rows.iterator(chunk_size=1 if one.large else AT_A_TIME):
        row.save(update_fields=one.fields)


def _numbers(one: Vaulted, rows: models.QuerySet[models.Model]) -> dict[int, set[int]]:
    """The key numbers in use by row, from the first byte: nothing is decrypted."""
    first = {
        f"first_{name}": Substr(
            Cast(F(name), models.BinaryField()), 1, 1, output_field=models.BinaryField()
        )
        for name in one.fields
    }
    found = rows.annotate(**first).values_list("pk", *first)
    return {
        pk: {key_number(bytes(byte)) for byte in bytes_ if byte}
        for pk, *bytes_ in found
    }
