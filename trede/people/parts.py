"""How the vault's own part of a person is handed out and goes.

The record itself is emptied by `erasing.py`; here stands what hangs from it.
"""

from datetime import datetime
from typing import cast

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Municipality
from trede.accounts.searching_trail import look_persons_up
from trede.people.consent_text import text_exists
from trede.people.details import FIELDS
from trede.people.erasing import blanked, deleted, register, told
from trede.people.files import destroy
from trede.people.models import (
    ConsentDecision,
    Erasure,
    JudgedDifferent,
    Merger,
    Note,
    Person,
    Responsibility,
    SearchKey,
    StoredFile,
)
from trede.people.searching import by_bsn
from trede.pilots.sections import register_section


def emptied(rows: QuerySet[Model], at: datetime) -> None:
    """The record stays as a number; `erasing.erase_person` empties it last of all."""


def destroyed(rows: QuerySet[Model], at: datetime) -> None:
    for file in cast("QuerySet[StoredFile]", rows).defer("content"):
        destroy(file=file, at=at)


def numbered(text: str, municipality: Municipality) -> list[int]:
    """So that the privacy officer finds somebody's lines by BSN."""
    number = "".join(filter(str.isdigit, text))
    return list(by_bsn(municipality=municipality, numbers=[number]).values())


look_persons_up(numbered)
register(Person, path="pk", erase=emptied, export=told(*FIELDS, "reads_in"))
register(SearchKey, erase=deleted)
register(
    Responsibility,
    erase=blanked("reason"),
    export=told("started_on", "ended_on", "reason"),
)
register(Note, erase=blanked("text"), export=told("at", "text"))
register(
    StoredFile,
    erase=destroyed,
    export=told("kind", "name", "media_type", "stored_at", "destroyed_at"),
)
register(
    ConsentDecision,
    exempt=_("Shows that the person agreed, and when that ended; without a name."),
    export=told(
        "purpose",
        "given",
        "text_version",
        "language",
        "text_sha256",
        "translation_status",
        "at",
    ),
)
register(
    Merger,
    path=("kept", "other"),
    erase=blanked("reason"),
    export=told("at", "reason"),
)
register(JudgedDifferent, path=("one", "other"), erase=deleted)
register(Erasure, exempt=_("Shows that the person's data were erased, and when."))

register_section("consent", text_exists)
