"""From a LimeSurvey survey to a questionnaire of ours, and the list of what is lost.

Each group becomes a section, each question what asks the same. Text that is only shown
stands above what follows it. Whatever LimeSurvey does besides asking (limits, checks,
orders drawn by lot, quotas) is listed with its question.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from trede.questionnaires import definition, routing
from trede.questionnaires.definition import Part, PartKind, Question, Section, Text
from trede.questionnaires.exchange.carried import FileRefused, Imported
from trede.questionnaires.exchange.limesurvey_codes import our_code
from trede.questionnaires.exchange.limesurvey_drawing import Drawing, NotAsked
from trede.questionnaires.exchange.limesurvey_expressions import read_expression
from trede.questionnaires.exchange.limesurvey_kinds import questions_of
from trede.questionnaires.exchange.limesurvey_losses import (
    list_of_group,
    list_of_question,
    list_of_survey,
)
from trede.questionnaires.exchange.limesurvey_reading import Tables, read_lss
from trede.questionnaires.exchange.limesurvey_routing import Variables, route
from trede.questionnaires.exchange.limesurvey_survey import (
    Group,
    Item,
    Survey,
    survey_from,
)
from trede.questionnaires.exchange.limesurvey_tsv import read_tsv
from trede.questionnaires.exchange.limesurvey_wording import Wording, joined
from trede.questionnaires.exchange.losses import Losses

_SHOWN_ONLY = "X"
_ALWAYS = ("", "1")
_WIDEST = 160


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
    title = importing.title()
    counts = survey.counts
    return Imported(
        format=form,
        version=survey.version,
        title=title.read_in(title.languages[0]),
        languages=survey.languages,
        groups=counts.groups,
        questions=counts.questions,
        subquestions=counts.subquestions,
        answers=counts.answers,
        by_type=dict(sorted(Counter(item.type for item in survey.items).items())),
        carried=len(importing.carried),
        not_carried=importing.losses.listed,
        questionnaire=questionnaire,
    )


@dataclass
class _Importing:
    survey: Survey
    losses: Losses
    drawing: Drawing
    variables: Variables = field(default_factory=Variables)
    # By number: two questions of one survey may have the same code.
    carried: set[str] = field(default_factory=set)
    sections: list[Section] = field(default_factory=list)
    shown: list[Item] = field(default_factory=list)
    origin: dict[str, Item] = field(default_factory=dict)

    @classmethod
    def of(cls, survey: Survey) -> "_Importing":
        losses = Losses()
        wording = Wording(survey.languages, losses)
        return cls(survey, losses, Drawing(survey.sid, wording, losses))

    @property
    def wording(self) -> Wording:
        return self.drawing.wording

    def title(self) -> Text:
        words = self.wording.text(self.survey.title, of="")
        title = words or self.wording.same(f"LimeSurvey {self.survey.sid}".strip())
        return _shortened(title)

    def questionnaire(self) -> definition.Questionnaire | None:
        survey, say = self.survey, self.wording.text
        intro = joined(say(survey.description, of=""), say(survey.welcome, of=""))
        for group in survey.groups:
            self._take_group(group)
        for item in survey.strays:
            self._leave(item, _("It belongs to no group of the file."))
        outro = joined(self._shown_text(), say(survey.end, of=""))
        part = Part(PartKind.CORE, tuple(self.sections), intro=intro, outro=outro)
        part = self._reachable(part)
        list_of_survey(survey, self.losses)
        title = self.title()
        self.wording.list_what_lacks()
        if not part.sections:
            return None
        return definition.Questionnaire(
            code=our_code(f"limesurvey_{survey.sid or 'survey'}", ()),
            version="1",
            title=title,
            languages=tuple(self.wording.tags.values()),
            source=f"LimeSurvey survey {survey.sid}".strip(),
            licence="not stated",
            parts=(part,),
        )

    def _take_group(self, group: Group) -> None:
        list_of_group(group, self.losses)
        title = self.wording.text_or(group.words, f"{len(self.sections) + 1}", of="")
        section = _Started(title, self.wording.text(group.description, of=""))
        for item in group.items:
            if item.type == _SHOWN_ONLY:
                self._take_shown(item, group)
                continue
            questions = tuple(self._take(item, group))
            if not questions:
                continue
            if self.shown and section.questions:
                self._finish(section)
                section = _Started(title, None)
            section.intro = joined(section.intro, self._shown_text())
            section.questions += questions
        if section.questions:
            self._finish(section)
        elif section.intro is not None:
            self.losses.add(
                "",
                section.intro.read_in(self.survey.languages[0]),
                _("It introduces a group in which nothing is asked here."),
            )

    def _take(self, item: Item, group: Group) -> Iterator[Question]:
        list_of_question(item, self.losses)
        try:
            conditions = self._conditions(item, group)
            # All of it before any of it: a table without columns asks nothing.
            asked = tuple(questions_of(item, self.drawing))
        except NotAsked as reason:
            self._leave(item, str(reason))
            return
        for one in asked:
            # Who chose "other" was asked the question itself: that says enough.
            when = one.question.asked_when or conditions
            question = replace(one.question, asked_when=when)
            self.origin[question.code] = item
            yield question
        for one in asked:
            for name, variable in one.variables.items():
                self.variables.add((name,), variable)
        self.carried.add(item.qid)

    def _take_shown(self, item: Item, group: Group) -> None:
        list_of_question(item, self.losses)
        conditional = {item.relevance.strip(), group.relevance.strip()} - {*_ALWAYS}
        if conditional:
            self._leave(item, _("Text is shown to everybody or to nobody here."))
        elif self.wording.text(item.words, of=item.code) is None:
            self._leave(item, _("There is no text in it."))
        else:
            self.shown.append(item)
            self.carried.add(item.qid)

    def _shown_text(self) -> Text | None:
        texts = [self.wording.text(item.words, of=item.code) for item in self.shown]
        self.shown.clear()
        return joined(*texts)

    def _finish(self, section: "_Started") -> None:
        self.sections.append(
            Section(
                code=f"group_{len(self.sections) + 1}",
                title=section.title,
                questions=tuple(section.questions),
                intro=section.intro,
            )
        )

    def _leave(self, item: Item, why: str) -> None:
        self.carried.discard(item.qid)
        self.losses.add(item.code, _("type %(type)s") % {"type": item.type}, why)

    def _conditions(self, item: Item, group: Group) -> tuple[definition.Condition, ...]:
        found: list[definition.Condition] = []
        for text in (group.relevance.strip(), item.relevance.strip()):
            if text in _ALWAYS:
                continue
            routed = route(read_expression(text), self.variables, text)
            if routed.never:
                raise NotAsked(_("Nobody is ever asked it: %(text)s.") % {"text": text})
            found += routed.conditions
            for piece in routed.not_carried:
                self.losses.add(
                    item.code,
                    f"relevance: {piece}",
                    _("It cannot be a condition here: everybody is asked."),
                )
            for code in routed.answered_only:
                self.losses.add(
                    item.code,
                    f"relevance: {text}",
                    _("Who left “%(code)s” open is not asked it here.")
                    % {"code": code},
                )
        return tuple(dict.fromkeys(found))

    def _reachable(self, part: Part) -> Part:
        """Without the questions that no answers lead to, and what hung on them."""
        while gone := frozenset(routing.unreachable(part)):
            for code in sorted(gone):
                self._leave(self.origin[code], _("No answers ever lead to it."))
            part = replace(part, sections=tuple(_without(part.sections, gone)))
        return part


@dataclass
class _Started:
    """A section while questions are still coming."""

    title: Text
    intro: Text | None
    questions: tuple[Question, ...] = ()


def _without(sections: tuple[Section, ...], gone: frozenset[str]) -> Iterator[Section]:
    for section in sections:
        left = tuple(
            replace(
                question,
                asked_when=tuple(
                    one for one in question.asked_when if one.question not in gone
                ),
            )
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
