"""Two records turn out to be one person: everything of the other moves to the one kept.

Nothing is lost. Every row of every app that points to a person moves, found through
the models themselves, so that a new app is never forgotten. A row that the kept record
may have only once stays with the record that is put aside. What was moved is written
down row by row, so that the merger can be taken back. An app that must move more than
a foreign key, or must stop a merger, says so (`on_merge`, `stop_merge_when`).
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.people.details import FIELDS, unknown
from trede.people.indexing import index_anew
from trede.people.models import (
    Erasure,
    JudgedDifferent,
    Merger,
    Person,
    SearchKey,
)

# These say something about the record, not about the person.
STAY = (SearchKey, Merger, JudgedDifferent, Erasure, Person)


@dataclass(frozen=True)
class Moved:
    """Rows of `model` whose `field` pointed to `was` and now points to `now`."""

    model: str
    field: str
    rows: list[int]
    was: int
    now: int


Mover = Callable[[Person, Person], list[Moved]]
Stopper = Callable[[Person, Person], str | None]
_movers: list[Mover] = []
_stoppers: list[Stopper] = []


def on_merge(mover: Mover) -> None:
    """`mover(kept, other)` runs before the rest moves, and tells what it moved."""
    if mover not in _movers:
        _movers.append(mover)


def stop_merge_when(stopper: Stopper) -> None:
    """`stopper(kept, other)` gives a sentence when these two cannot be merged."""
    if stopper not in _stoppers:
        _stoppers.append(stopper)


def merge(
    *, kept: Person, other: Person, reason: str, by: Actor, at: datetime
) -> Merger:
    with transaction.atomic():
        first, second = _locked(kept, other)
        _refuse(first, second, reason)
        moved = [moved for mover in _movers for moved in mover(first, second)]
        for model, field in links():
            moved += move_rows(model, field, was=second.pk, now=first.pk)
        filled = _fill_from(first, second)
        second.merged_into = first
        second.save(update_fields=["merged_into"])
        second.search_keys.all().delete()
        merger = Merger.objects.create(
            kept=first,
            other=second,
            reason=reason,
            at=at,
            by=by.name,
            moved=[asdict(one) for one in moved],
            filled=filled,
        )
        record(
            "merged two records",
            by=by,
            at=at,
            on=merger,
            persons=[first.pk, second.pk],
            fields=filled,
        )
    return merger


def undo_merge(*, merger: Merger, by: Actor, at: datetime) -> None:
    """Everything that moved goes back; what came after the merger stays where it is."""
    with transaction.atomic():
        now = Merger.objects.select_for_update().get(pk=merger.pk)
        if now.undone_at:
            return
        kept, other = _locked(now.kept, now.other)
        if kept.erased_at:
            raise Refused(_("This person's data were erased."))
        for moved in reversed(now.moved):
            model = apps.get_model(moved["model"])
            rows = model._base_manager.filter(pk__in=moved["rows"])
            rows.filter(**{moved["field"]: moved["now"]}).update(
                **{moved["field"]: moved["was"]}
            )
        _empty_again(kept, other, now.filled)
        other.merged_into = None
        other.save(update_fields=["merged_into"])
        index_anew(other)
        now.undone_at = at
        now.save(update_fields=["undone_at"])
        record(
            "undid merging two records",
            by=by,
            at=at,
            on=now,
            persons=[kept.pk, other.pk],
        )


def links() -> list[tuple[type[models.Model], str]]:
    """Every foreign key to a person, of every app that there is."""
    found = []
    for relation in Person._meta.related_objects:
        model = relation.related_model
        if isinstance(model, str) or model in STAY:
            continue
        found.append((model, relation.field.name))
    return found


def move_rows(
    model: type[models.Model], field: str, *, was: int, now: int
) -> list[Moved]:
    """Point rows to another record; one that may exist only once there stays."""
    rows = []
    for pk in model._base_manager.filter(**{field: was}).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=pk).update(**{field: now})
        except IntegrityError:
            continue
        rows.append(pk)
    return [Moved(model._meta.label_lower, field, rows, was, now)] if rows else []


def _locked(kept: Person, other: Person) -> tuple[Person, Person]:
    both = (
        Person.objects.select_for_update().order_by("pk").in_bulk([kept.pk, other.pk])
    )
    return both[kept.pk], both[other.pk]


def _refuse(kept: Person, other: Person, reason: str) -> None:
    if kept.pk == other.pk or kept.municipality_id != other.municipality_id:
        raise Refused(_("Choose two records of one municipality."))
    if any(one.merged_into_id or one.erased_at for one in (kept, other)):
        raise Refused(_("One of these records was closed. Look the person up again."))
    if kept.bsn and other.bsn and kept.bsn != other.bsn:
        raise Refused(_("These records have different BSNs: they are two people."))
    if not reason.strip():
        raise Refused(_("Say why these two are one person."), "reason")
    for stopper in _stoppers:
        sentence = stopper(kept, other)
        if sentence:
            raise Refused(sentence)


def _fill_from(kept: Person, other: Person) -> list[str]:
    """What is empty in the record that is kept comes from the other."""
    filled = [
        field
        for field in FIELDS
        if unknown(field, getattr(kept, field))
        and not unknown(field, getattr(other, field))
    ]
    for field in filled:
        setattr(kept, field, getattr(other, field))
    if "birth_date" in filled:
        kept.birth_year = other.birth_year
    if kept.household_id is None and other.household_id is not None:
        kept.household = other.household
        filled.append("household")
    _saved(kept, bool(filled))
    return filled


def _empty_again(kept: Person, other: Person, filled: list[str]) -> None:
    """Only where nobody changed it since."""
    for field in filled:
        if getattr(kept, field) != getattr(other, field):
            continue
        setattr(kept, field, _nothing(field))
        if field == "birth_date":
            kept.birth_year = None
    _saved(kept, bool(filled))


def _saved(kept: Person, changed: bool) -> None:
    if changed:
        kept.edition += 1
        kept.save()
        index_anew(kept)


def _nothing(field: str) -> str | None:
    if field == "household":
        return None
    return Person.Sex.OTHER.value if field == "sex" else ""
