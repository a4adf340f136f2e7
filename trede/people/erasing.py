"""A person asks what is kept about them, or asks that it goes.

Each app says for each of its models that lead to a person how the rows are handed out
and how they go, or why they must stay; a test walks the models and finds one that was
forgotten. Erasing goes from the end of the journey back to its beginning. What stays
is a number without a name, so that counts that were published remain true, and the
audit trail.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.people.details import FIELDS
from trede.people.models import Erasure, Person, SearchKey

M = TypeVar("M", bound=models.Model)
Rows = models.QuerySet[models.Model]
# Does away with the rows, at a moment.
Eraser = Callable[[Rows, datetime], None]
# What one row tells, for the person to read.
Exporter = Callable[[models.Model], dict[str, object]]


@dataclass(frozen=True)
class Part:
    """One model's share in what is kept about a person; each of `paths` leads to one,
    such as to both of a pair."""

    model: type[models.Model]
    paths: tuple[str, ...]
    erase: Eraser | None
    export: Exporter | None
    exempt: str | Promise

    def rows(self, people: list[int]) -> Rows:
        about = models.Q()
        for path in self.paths:
            about |= models.Q(**{f"{path}__in": people})
        return self.model._base_manager.filter(about)

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name_plural)


@dataclass(frozen=True)
class Going:
    """For the screen: how many of what, and whether it goes or why it stays."""

    name: str
    count: int
    exempt: str


PARTS: dict[type[models.Model], Part] = {}


def register(
    model: type[models.Model],
    *,
    path: str | tuple[str, ...] = "person",
    erase: Eraser | None = None,
    export: Exporter | None = None,
    exempt: str | Promise = "",
) -> None:
    """From `apps.py`, in the order of the journey; a model that points to another one
    comes after it. With `exempt`, a reason in plain words, rows stay as they are."""
    if (erase is None) == (not exempt):
        raise ValueError(f"{model.__name__}: give either an eraser or an exemption.")
    paths = (path,) if isinstance(path, str) else path
    PARTS[model] = Part(model, paths, erase, export, exempt)


def deleted(rows: Rows, at: datetime) -> None:
    rows.delete()


def blanked(*names: str) -> Eraser:
    """The rows stay for the counts; these fields lose what they say."""

    def blank(rows: Rows, at: datetime) -> None:
        fresh = rows.model()
        rows.update(**{name: getattr(fresh, name) for name in names})

    return blank


def told(*names: str) -> Exporter:
    """An exporter of these fields, codes in the words that the screens use."""

    def tell(row: models.Model) -> dict[str, object]:
        return {name: _in_words(row, name) for name in names}

    return tell


def export_person(*, person: Person, by: Actor, at: datetime) -> dict[str, object]:
    """Everything that is kept about the person, ready for JSON, per kind."""
    people = records_of(person)
    found: dict[str, object] = {}
    for part in PARTS.values():
        if part.export:
            found[part.name] = [part.export(row) for row in part.rows(people)]
    record(
        "handed out a person's data",
        by=by,
        at=at,
        on=person,
        persons=people,
        purpose="right of access",
        kind=Line.Kind.READ,
    )
    return found


def what_goes(person: Person) -> list[Going]:
    people = records_of(person)
    counted = ((part, part.rows(people).count()) for part in _telling())
    return [
        Going(part.name, count, str(part.exempt)) for part, count in counted if count
    ]


def what_went(erasure: Erasure) -> list[Going]:
    counted = (
        (part, erasure.counts.get(part.model._meta.label_lower, 0))
        for part in _telling()
    )
    return [Going(part.name, count, "") for part, count in counted if count]


def _telling() -> list[Part]:
    """For somebody to read: without search keys and the like, which tell nothing."""
    return [part for part in PARTS.values() if part.export or part.exempt]


def erase_person(*, person: Person, reason: str, by: Actor, at: datetime) -> Erasure:
    """Cannot be undone. Records that were merged into this one go with it."""
    if not reason.strip():
        raise Refused(_("Say why these data are erased."), "reason")
    with transaction.atomic():
        now = Person.objects.select_for_update().get(pk=person.pk)
        if now.erased_at:
            return now.erasures.latest("at")
        if now.merged_into_id:
            raise Refused(_("This record was merged. Erase the one that was kept."))
        people = records_of(now)
        counts = _erase_parts(people, at)
        for number in people:
            _empty(Person.objects.get(pk=number), at)
        erasure = Erasure.objects.create(
            person=now, at=at, by=by.name, reason=reason.strip(), counts=counts
        )
        record(
            "erased a person's data",
            by=by,
            at=at,
            on=erasure,
            persons=people,
            purpose="right to erasure",
        )
    return erasure


def _erase_parts(people: list[int], at: datetime) -> dict[str, int]:
    """Numbers by model of what went, the last app of the journey first."""
    counts = {}
    for part in reversed(PARTS.values()):
        rows = part.rows(people)
        if part.erase and (count := rows.count()):
            counts[part.model._meta.label_lower] = count
            part.erase(rows, at)
    return counts


def _empty(person: Person, at: datetime) -> None:
    for field in FIELDS:
        setattr(person, field, "")
    person.sex, person.birth_year, person.reads_in = Person.Sex.OTHER, None, ""
    person.household, person.erased_at = None, at
    person.edition += 1
    person.save()
    SearchKey.objects.filter(person=person).delete()


def records_of(person: Person) -> list[int]:
    """The record itself and those that were merged into it, also by way of another."""
    numbers, newest = [person.pk], [person.pk]
    while newest:
        merged = Person.objects.filter(merged_into__in=newest)
        newest = list(merged.values_list("pk", flat=True))
        numbers += newest
    return numbers


def _in_words(row: models.Model, name: str) -> object:
    field = row._meta.get_field(name)
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{name}_display")())
    value = getattr(row, name)
    return str(value) if isinstance(value, models.Model | Promise) else value
