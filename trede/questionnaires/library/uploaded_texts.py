"""What a translator's spreadsheet would change, told before anything is changed.

Every row comes out as exactly one thing: new, changed, the same, left empty, or refused
with the reason. What others did since the sheet was made is never overwritten.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused
from trede.languages import language_of
from trede.questionnaires.exchange.carried import FileRefused
from trede.questionnaires.exchange.translation_sheet import (
    Made,
    SheetRow,
    as_workbook,
    read_workbook,
    tidy,
)
from trede.questionnaires.library.catalogue import Entry
from trede.questionnaires.library.texts_in_place import Placed, placed
from trede.questionnaires.library.translating_forms import COPIED, LONGEST
from trede.questionnaires.library.working_together import (
    edition_now,
    words_at,
    words_now,
)
from trede.questionnaires.wording import Words, is_copy
from trede.questionnaires.wording import may_be_equal as equal_in

NEW, CHANGED, SAME, EMPTY, REFUSED = "new", "changed", "same", "empty", "refused"
OUTCOMES = (NEW, CHANGED, SAME, EMPTY, REFUSED)


@dataclass(frozen=True)
class Judged:
    """One row of the sheet, and what comes of it."""

    row: SheetRow
    outcome: str
    before: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Upload:
    """All rows of a sheet, judged against the words as they stand now."""

    rows: tuple[Judged, ...]
    edition: int
    not_in_file: int
    # The sheet was made from an edition of this version; else it cannot be told what
    # others did since.
    knows_its_edition: bool

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(judged.outcome for judged in self.rows)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def words(self) -> dict[str, str]:
        return {one.row.place: one.row.words for one in self.taken}

    @property
    def remarks(self) -> list[SheetRow]:
        return [one.row for one in self.rows if one.row.remark]

    @property
    def taken(self) -> list[Judged]:
        return [one for one in self.rows if one.outcome in (NEW, CHANGED)]

    @property
    def refused(self) -> list[Judged]:
        return [one for one in self.rows if one.outcome == REFUSED]


def sheet_of(entry: Entry, language: str) -> bytes:
    """All texts in reading order, with the words that there are."""
    rows = [
        SheetRow(n, text.place, text.original, text.words, text.use)
        for n, text in enumerate(placed(entry.whole, language), start=2)
    ]
    edition = edition_now(entry, language)
    return as_workbook(rows, Made(entry.code, entry.version, language, edition))


def read_upload(entry: Entry, language: str, content: bytes, name: str) -> Upload:
    """Raises `Refused` when the file as a whole cannot be used."""
    try:
        rows, made = read_workbook(content, name)
    except FileRefused as refusal:
        raise Refused(str(refusal), "file") from refusal
    _refuse_other(entry, language, made)
    known = (made.code, made.version) == (entry.code, entry.version)
    edition = made.edition if known else None
    now = words_now(entry, language)
    base = now if edition is None else words_at(entry, language, edition)
    texts = {text.place: text for text in placed(entry.whole, language)}
    judge = _Judge(texts, equal_in(entry.whole), base, now)
    judged = tuple(judge.row(row) for row in rows)
    return Upload(
        judged,
        edition_now(entry, language),
        len(texts.keys() - judge.met),
        edition is not None,
    )


def _refuse_other(entry: Entry, language: str, made: Made) -> None:
    if made.language and made.language != language:
        raise Refused(
            _("This file is for %(other)s, and this page is for %(language)s.")
            % {
                "other": language_of(made.language).own_name,
                "language": language_of(language).own_name,
            },
            "file",
        )
    if made.code and made.code != entry.code:
        raise Refused(
            _("This file holds the texts of another questionnaire: “%(code)s”.")
            % {"code": made.code},
            "file",
        )


class _Judge:
    def __init__(
        self,
        texts: Mapping[str, Placed],
        may_be_equal: frozenset[str],
        base: Words,
        now: Words,
    ) -> None:
        self.texts, self.may_be_equal = texts, may_be_equal
        self.base, self.now = base, now
        self.met: set[str] = set()

    def row(self, row: SheetRow) -> Judged:
        before = self.now.get(row.place, "")
        if reason := self._without_a_place(row):
            return Judged(row, REFUSED, before, reason)
        self.met.add(row.place)
        if not row.words:
            return Judged(row, EMPTY, before)
        if row.words in (tidy(before), tidy(self.base.get(row.place, ""))):
            return Judged(row, SAME, before)
        if reason := self._refusal(row, before):
            return Judged(row, REFUSED, before, reason)
        return Judged(row, CHANGED if before else NEW, before)

    def _without_a_place(self, row: SheetRow) -> str:
        text = self.texts.get(row.place)
        if text is None:
            return _("This questionnaire has no text “%(place)s”.") % {
                "place": row.place
            }
        if row.place in self.met:
            return _("This text stands in the file twice; the first one counts.")
        if row.original != tidy(text.original):
            return _("It was written otherwise in this version: “%(words)s”.") % {
                "words": text.original
            }
        return ""

    def _refusal(self, row: SheetRow, before: str) -> str:
        if row.place not in self.may_be_equal and is_copy(row.words, row.original):
            return str(COPIED)
        if len(row.words) > LONGEST:
            return _("It is longer than %(n)d signs.") % {"n": LONGEST}
        if before != self.base.get(row.place, ""):
            return _("Somebody else wrote here meanwhile: “%(words)s”.") % {
                "words": before
            }
        return ""
