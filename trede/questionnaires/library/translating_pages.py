"""What stands on a translator's page: one section at a time, or all that is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.languages import Language, language_of
from trede.questionnaires.library import working_together
from trede.questionnaires.library.catalogue import Entry, Tongue, tongue_of
from trede.questionnaires.library.texts_in_place import Group, Placed, groups
from trede.questionnaires.library.translating_forms import WordsForm
from trede.questionnaires.models import Translation

MISSING = "ontbreekt"
A_PAGE = 60  # texts of what is missing; a section stands on one page, however long


@dataclass(frozen=True)
class Desk:
    """One language of one version, and the texts that are in view."""

    entry: Entry
    language: Language
    tongue: Tongue
    groups: tuple[Group, ...]
    chosen: str  # the code of a group, or MISSING

    @property
    def texts(self) -> tuple[Placed, ...]:
        if self.chosen == MISSING:
            return self.missing[:A_PAGE]
        chosen = (group for group in self.groups if group.code == self.chosen)
        return next(chosen).texts

    @property
    def missing(self) -> tuple[Placed, ...]:
        return tuple(t for group in self.groups for t in group.texts if t.missing)

    @property
    def not_in_view(self) -> int:
        """How many more are missing than stand on the page."""
        return len(self.missing) - len(self.texts) if self.chosen == MISSING else 0

    @property
    def history(self) -> list[Translation]:
        return working_together.history(self.entry, self.language.code)

    @property
    def is_vouched_for(self) -> bool:
        return bool(self.tongue.vouched_by)

    @property
    def chips(self) -> list[dict[str, object]]:
        what = [(MISSING, _("What is missing"), len(self.missing))]
        what += [(group.code, group.title, group.missing) for group in self.groups]
        return [
            {
                "label": label,
                "count": count or None,
                "url": f"?deel={code}",
                "current": code == self.chosen,
            }
            for code, label, count in what
        ]

    def form(self, data: QueryDict | None) -> WordsForm:
        edition = working_together.edition_now(self.entry, self.language.code)
        texts = self.texts
        if data is not None and self.chosen == MISSING:
            # Others may have filled in some of it meanwhile: what was sent counts.
            every = (text for group in self.groups for text in group.texts)
            texts = tuple(text for text in every if text.place in data)
        return WordsForm(data, texts=texts, language=self.language, edition=edition)


def desk(entry: Entry, language: str, query: Mapping[str, str]) -> Desk:
    there = tuple(groups(entry.whole, language))
    chosen = query.get("deel", "")
    if chosen != MISSING and chosen not in {group.code for group in there}:
        chosen = there[0].code
    return Desk(entry, language_of(language), tongue_of(entry, language), there, chosen)


def saved_words(n: int) -> str:
    if not n:
        return _("Nothing was changed.")
    return ngettext("%(n)d text was saved.", "%(n)d texts were saved.", n) % {"n": n}
