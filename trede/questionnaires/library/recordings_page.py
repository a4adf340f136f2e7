"""What stands on the page of recordings: the texts of a section in one language, what
is heard of each now, and a place to put a recording."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.languages import Language, language_of
from trede.questionnaires.definition import PartKind
from trede.questionnaires.library.catalogue import Entry
from trede.questionnaires.models import Recording
from trede.questionnaires.reading_aloud import addresses, voice_of, words_to_hear
from trede.questionnaires.recordings import Spoken, live
from trede.questionnaires.translating import used

ROUND = "rondom"  # the welcome, the thanks and the buttons


@dataclass(frozen=True)
class Row:
    spoken: Spoken
    recording: Recording | None
    by_voice: bool
    address: str

    @property
    def words(self) -> str:
        """What is heard now, in a word."""
        if self.recording:
            return pgettext("sound", "recorded")
        if self.by_voice:
            return pgettext("sound", "spoken by the computer")
        return pgettext("sound", "no sound")

    @property
    def mark(self) -> str:
        return "done" if self.recording else "part" if self.by_voice else "none"


@dataclass(frozen=True)
class Shelf:
    """One language of one version, and the section that is in view."""

    entry: Entry
    language: Language
    chosen: str

    @cached_property
    def groups(self) -> Mapping[str, list[Spoken]]:
        """What has words in this language, by the section where they stand first: the
        same words are recorded once."""
        own = {self.language.code, self.language.buttons}
        where = dict(_sections(self.entry))
        found: dict[str, list[Spoken]] = {}
        seen: set[str] = set()
        for spoken in words_to_hear(self.entry.whole, self.language.code):
            if spoken.language in own and spoken.words not in seen:
                seen.add(spoken.words)
                head = spoken.place.rpartition(".")[0]
                found.setdefault(where.get(head, ROUND), []).append(spoken)
        return found

    @cached_property
    def recorded(self) -> Mapping[Spoken, int]:
        every = (spoken for group in self.groups.values() for spoken in group)
        return live(every, town=self.entry.town)

    @property
    def in_view(self) -> str:
        return self.chosen if self.chosen in self.groups else next(iter(self.groups))

    @property
    def chips(self) -> list[dict[str, object]]:
        core = self.entry.whole.part(PartKind.CORE)
        titles = {s.code: s.title.read_in("nl") for s in core.sections} if core else {}
        return [
            {
                "label": titles.get(code) or _("Round the questions"),
                "count": sum(one not in self.recorded for one in texts) or None,
                "url": f"?deel={code}",
                "current": code == self.in_view,
            }
            for code, texts in self.groups.items()
        ]

    @cached_property
    def rows(self) -> list[Row]:
        texts = self.groups[self.in_view]
        heard = self._heard(texts)
        ids = [self.recorded[one] for one in texts if one in self.recorded]
        kept = Recording.objects.defer("content").select_related("uploaded_by")
        found = kept.in_bulk(ids)
        return [
            Row(
                spoken,
                found.get(self.recorded.get(spoken, 0)),
                bool(voice_of(spoken)),
                heard.get(spoken.place, ""),
            )
            for spoken in texts
        ]

    def _heard(self, texts: list[Spoken]) -> Mapping[str, str]:
        stored, code, town = self.entry.stored, self.language.code, self.entry.town
        if stored is None:
            return {}
        edition = used(stored, code, town=town)
        words = edition.pk if edition else None
        return addresses(stored, words, code, texts, town=town)

    def row(self, place: str) -> Row | None:
        return next((row for row in self.rows if row.spoken.place == place), None)


def shelf(entry: Entry, language: str, chosen: str) -> Shelf:
    return Shelf(entry, language_of(language), chosen)


def _sections(entry: Entry) -> Iterator[tuple[str, str]]:
    core = entry.whole.part(PartKind.CORE)
    for section in core.sections if core else ():
        yield section.code, section.code
        for question in section.questions:
            yield question.code, section.code


class RecordingsForm(forms.Form):
    """A file for each text; what is left empty stays as it is."""

    use_required_attribute = False

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        files: "MultiValueDict[str, UploadedFile[bytes]] | None" = None,
        *,
        rows: list[Row],
    ) -> None:
        super().__init__(data, files)
        self.lines = rows
        for row in rows:
            self.fields[row.spoken.place] = forms.FileField(
                label=row.spoken.words,
                required=False,
                widget=forms.FileInput(attrs={"accept": "audio/*"}),
            )

    def rows(self) -> Iterator[tuple[Row, forms.BoundField]]:
        for row in self.lines:
            yield row, self[row.spoken.place]

    def chosen(self) -> "Iterator[tuple[Row, UploadedFile[bytes]]]":
        for row in self.lines:
            if file := self.cleaned_data.get(row.spoken.place):
                yield row, file
