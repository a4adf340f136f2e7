"""The sections of an instrument, grown row by row from the groups of an XLSForm.

Groups may stand inside groups; a questionnaire here has one level. Each run of
questions in the same group is a section, under the title of that group. A note becomes
the introduction of what follows it.
"""

import re
from dataclasses import dataclass, field

from trede.questionnaires.definition import (
    Part,
    PartKind,
    Question,
    Section,
    Text,
)
from trede.questionnaires.exchange.xlsform_table import Row

_LONGEST_CODE = 60


@dataclass
class Codes:
    """Gives codes that Trede accepts, each only once."""

    taken: set[str] = field(default_factory=set)

    def free(self, name: str, otherwise: str) -> str:
        bare = re.sub(r"[^a-z0-9_]+", "_", name.lower())
        if len(bare) > _LONGEST_CODE:
            bare = bare[: _LONGEST_CODE - 4]
        if not bare.strip("_"):
            bare = otherwise
        code = bare if bare[0].isalpha() else f"{otherwise[0]}_{bare}"
        free, number = code, 2
        while free in self.taken:
            free, number = f"{code}_{number}", number + 1
        self.taken.add(free)
        return free


@dataclass(frozen=True)
class Group:
    """An open group: its row, its title, and in which part its questions are."""

    row: Row
    what: str
    title: Text | None
    part: PartKind


@dataclass
class _Growing:
    code: str
    title: Text
    intro: Text | None
    questions: list[Question] = field(default_factory=list)


@dataclass
class Sections:
    """Takes questions and notes in the order of the sheet."""

    title: Text
    codes: Codes = field(default_factory=Codes)
    open: list[Group] = field(default_factory=list)
    intros: dict[PartKind, Text] = field(default_factory=dict)
    outros: dict[PartKind, Text] = field(default_factory=dict)
    _grown: dict[PartKind, list[_Growing]] = field(default_factory=dict)
    _current: tuple[Group | None, _Growing] | None = None
    _notes: list[Text] = field(default_factory=list)

    @property
    def part(self) -> PartKind:
        return self.open[-1].part if self.open else PartKind.CORE

    @property
    def inside(self) -> frozenset[str]:
        """The groups and repeats that are open."""
        return frozenset(group.what for group in self.open)

    def note(self, text: Text) -> None:
        self._notes.append(text)

    def add(self, question: Question) -> None:
        here = self.open[-1] if self.open else None
        if self._current is None or self._current[0] is not here or self._notes:
            self._current = here, self._begin(here)
        self._current[1].questions.append(question)

    def parts(self) -> tuple[Part, ...]:
        """What has grown; a note after everything closes the last part."""
        kinds = [kind for kind in PartKind if kind in self._grown]
        if self._notes and kinds:
            self.outros.setdefault(kinds[-1], joined(self._notes))
        return tuple(
            Part(
                kind,
                tuple(
                    Section(one.code, one.title, tuple(one.questions), one.intro)
                    for one in self._grown[kind]
                ),
                intro=self.intros.get(kind),
                outro=self.outros.get(kind),
            )
            for kind in kinds
        )

    def _begin(self, here: Group | None) -> _Growing:
        name = here.row.cell("name").removesuffix(".section") if here else ""
        titles = [group.title for group in self.open if group.title is not None]
        grown = _Growing(
            code=self.codes.free(name, "section"),
            title=titles[-1] if titles else self.title,
            intro=joined(self._notes) if self._notes else None,
        )
        self._notes = []
        self._grown.setdefault(self.part, []).append(grown)
        return grown


def joined(texts: list[Text]) -> Text:
    """Several notes as one text, each on lines of its own."""
    if len(texts) == 1:
        return texts[0]
    languages = dict.fromkeys(one for text in texts for one in text.languages)
    return Text(
        tuple(
            (language, "\n".join(text.read_in(language) for text in texts))
            for language in languages
            if all(language in text.languages for text in texts)
        )
    )
