"""From a LimeSurvey survey to a questionnaire of ours, and the list of what is lost.

Each group becomes a section, each question what asks the same. Whatever LimeSurvey
does besides asking (limits, checks, orders drawn by lot, quotas) is listed with its
question.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from trede.questionnaires.definition import (
    Part,
    PartKind,
    Questionnaire,
    Section,
    Text,
)
from trede.questionnaires.exchange.carried import FileRefused, Imported
from trede.questionnaires.exchange.limesurvey_drawing import Drawing
from trede.questionnaires.exchange.limesurvey_losses import list_of_survey
from trede.questionnaires.exchange.limesurvey_marks import INTRO, OUTRO
from trede.questionnaires.exchange.limesurvey_reading import Tables, read_lss
from trede.questionnaires.exchange.limesurvey_sections import Sections
from trede.questionnaires.exchange.limesurvey_survey import Survey, survey_from
from trede.questionnaires.exchange.limesurvey_tsv import read_tsv
from trede.questionnaires.exchange.limesurvey_wording import Wording, joined
from trede.questionnaires.exchange.losses import Losses
from trede.questionnaires.reach import unreachable, without

_WIDEST = 160
_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")


def import_lss(content: bytes, name: str) -> Imported:
    return _imported(read_lss(content, name), "lss", name)


def import_tsv(content: bytes, name: str) -> Imported:
    return _imported(read_tsv(content, name), "txt", name)


def _imported(tables: Tables, form: str, name: str) -> Imported:
    survey = survey_from(tables)
    if not survey.items and not survey.groups:
        raise FileRefused(
            _(
                "“%(name)s” has no groups and no questions in it. Export the survey"
                " from LimeSurvey again."
            )
            % {"name": name}
        )
    importing = _Importing.of(survey)
    questionnaire = importing.questionnaire()
    counts = survey.counts
    return Imported(
        format=form,
        version=survey.version,
        title=importing.title.words[0][1],
        languages=survey.languages,
        groups=counts.groups,
        questions=counts.questions,
        subquestions=counts.subquestions,
        answers=counts.answers,
        by_type=dict(sorted(Counter(item.type for item in survey.items).items())),
        carried=len(importing.sections.carried),
        not_carried=importing.losses.listed,
        questionnaire=questionnaire,
    )


@dataclass
class _Importing:
    survey: Survey
    losses: Losses
    wording: Wording
    sections: Sections
    title: Text

    @classmethod
    def of(cls, survey: Survey) -> "_Importing":
        losses = Losses()
        called = tuple(survey.made_here.get("languages", "").split())
        wording = Wording(survey.languages, losses, called)
        title = wording.text_or(survey.title, f"LimeSurvey {survey.sid}".strip(), of="")
        sections = Sections(Drawing(survey.sid, wording, losses))
        return cls(survey, losses, wording, sections, _shortened(title))

    def questionnaire(self) -> Questionnaire | None:
        for group in self.survey.groups:
            self.sections.take(group)
        for item in self.survey.strays:
            self.sections.leave(item, _("It belongs to no group of the file."))
        parts = tuple(self._reachable(part) for part in self._parts())
        parts = tuple(part for part in parts if part.sections)
        list_of_survey(self.survey, self.losses)
        self.wording.list_what_lacks()
        if not parts:
            return None
        here = self.survey.made_here
        code = here.get("code", "")
        return Questionnaire(
            code=code if _CODE.fullmatch(code) else self._own_code(),
            version=here.get("version", "").strip()[:20] or "1",
            title=self.title,
            languages=tuple(self.wording.tags.values()),
            source=here.get("source", "").strip()
            or f"LimeSurvey survey {self.survey.sid}".strip(),
            licence=here.get("licence", "").strip() or "not stated",
            parts=parts,
        )

    def _own_code(self) -> str:
        number = re.sub(r"[^0-9a-z]", "", self.survey.sid.lower())[:40]
        return f"limesurvey_{number}" if number else "limesurvey"

    def _parts(self) -> Iterator[Part]:
        """A file that was written here has its three parts; any other has one."""
        say, found = self.wording.text, self.sections.found
        if not any(kind is PartKind.CORE for kind, _section in found):
            found = [(PartKind.CORE, _by_person(section)) for _kind, section in found]
        for part in PartKind:
            sections = tuple(section for kind, section in found if kind is part)
            intro = self.sections.around.get((part, INTRO))
            outro = self.sections.around.get((part, OUTRO))
            if part is PartKind.CORE:
                description = say(self.survey.description, of="")
                intro = joined(intro, description, say(self.survey.welcome, of=""))
                last = joined(self.sections.shown_text(), say(self.survey.end, of=""))
                outro = joined(outro, last)
            yield Part(part, sections, intro=intro, outro=outro)

    def _reachable(self, part: Part) -> Part:
        """Without the questions that no answers lead to, and what hung on them."""
        while gone := frozenset(unreachable(part)):
            for code in sorted(gone):
                item = self.sections.origin[code]
                self.sections.leave(item, _("No answers ever lead to it."))
            part = replace(part, sections=tuple(_without(part.sections, gone)))
        return part


def _by_person(section: Section) -> Section:
    """Asked of the person, who may refuse anything."""
    asked = tuple(replace(one, may_refuse=True) for one in section.questions)
    return replace(section, questions=asked)


def _without(sections: tuple[Section, ...], gone: frozenset[str]) -> Iterator[Section]:
    for section in sections:
        left = tuple(
            replace(question, asked_when=without(question.asked_when, gone))
            for question in section.questions
            if question.code not in gone
        )
        if left:
            yield replace(section, questions=left)


def _shortened(title: Text) -> Text:
    """A title stands in lists: one line, and no longer than they are wide."""
    lines = ((lang, " ".join(words.split())) for lang, words in title.words)
    return Text(
        tuple(
            (lang, line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…")
            for lang, line in lines
        )
    )
