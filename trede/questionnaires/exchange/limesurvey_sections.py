"""The groups of a LimeSurvey survey become sections, question by question.

Text that is only shown stands above what follows it. A question is asked under what is
understood of its relevance, and of that of its group; what is not understood is listed
with the question, which is then asked of everybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from trede.questionnaires.definition import (
    Demand,
    PartKind,
    Question,
    Section,
    Text,
)
from trede.questionnaires.exchange.carried import FileRefused
from trede.questionnaires.exchange.limesurvey_answers import Variables
from trede.questionnaires.exchange.limesurvey_drawing import (
    Asked,
    Drawing,
    NotAsked,
)
from trede.questionnaires.exchange.limesurvey_expressions import read_expression
from trede.questionnaires.exchange.limesurvey_kinds import questions_of
from trede.questionnaires.exchange.limesurvey_losses import (
    list_of_group,
    list_of_question,
)
from trede.questionnaires.exchange.limesurvey_marks import Marks
from trede.questionnaires.exchange.limesurvey_routing import route
from trede.questionnaires.exchange.limesurvey_survey import Group, Item
from trede.questionnaires.exchange.limesurvey_wording import joined

_SHOWN_ONLY = "X"
_ALWAYS = frozenset({"", "1"})
# Many times what anybody can be asked; conditions are followed through all of them.
_MOST_QUESTIONS = 2000


@dataclass
class _Started:
    """A section while questions are still coming."""

    part: PartKind
    title: Text
    intro: Text | None
    code: str = ""
    questions: tuple[Question, ...] = ()


@dataclass
class Sections:
    drawing: Drawing
    found: list[tuple[PartKind, Section]] = field(default_factory=list)
    # By number: two questions of one survey may have the same code.
    carried: set[str] = field(default_factory=set)
    origin: dict[str, Item] = field(default_factory=dict)
    # Texts before and after a part, in a file that was written here.
    around: dict[tuple[PartKind, str], Text] = field(default_factory=dict)
    _variables: dict[PartKind, Variables] = field(default_factory=dict)
    _shown: list[Item] = field(default_factory=list)

    def take(self, group: Group) -> None:
        list_of_group(group, self.drawing.losses)
        section = self._begun(group)
        for item in group.items:
            if item.type == _SHOWN_ONLY:
                self._take_shown(item, group)
                continue
            questions = tuple(self._questions(item, group, section.part))
            if not questions:
                continue
            if self._shown and section.questions:
                self._finish(section)
                section = _Started(section.part, section.title, None)
            section.intro = joined(section.intro, self.shown_text())
            section.questions += questions
        if section.questions:
            self._finish(section)
        elif section.intro is not None:
            self.drawing.losses.add(
                "",
                section.intro.words[0][1],
                _("It introduces a group in which nothing is asked here."),
            )

    def leave(self, item: Item, why: str) -> None:
        self.carried.discard(item.qid)
        kind = _("type %(type)s") % {"type": item.type}
        self.drawing.losses.add(item.code, kind, why)

    def shown_text(self) -> Text | None:
        """What was to be shown since the last question."""
        say = self.drawing.wording.text
        texts = [say(item.words, of=item.code) for item in self._shown]
        self._shown.clear()
        return joined(*texts)

    def _begun(self, group: Group) -> _Started:
        marks = next(filter(None, map(self.drawing.marks_of, group.items)), None)
        wording = self.drawing.wording
        taken = {section.code for _part, section in self.found}
        return _Started(
            part=marks.part if marks else PartKind.CORE,
            title=wording.text_or(group.words, f"{len(self.found) + 1}", of=""),
            intro=wording.text(group.description, of=""),
            code=marks.section if marks and marks.section not in taken else "",
        )

    def _finish(self, section: _Started) -> None:
        finished = Section(
            code=section.code or self._next_code(),
            title=section.title,
            questions=section.questions,
            intro=section.intro,
        )
        self.found.append((section.part, finished))

    def _next_code(self) -> str:
        taken = {section.code for _part, section in self.found}
        number = len(self.found) + 1
        while f"group_{number}" in taken:
            number += 1
        return f"group_{number}"

    def _questions(
        self, item: Item, group: Group, part: PartKind
    ) -> Iterator[Question]:
        variables = self._variables.setdefault(part, Variables())
        try:
            # All of it before any of it: a table without columns asks nothing.
            asked = tuple(questions_of(item, self.drawing))
            relevance = (group.relevance, item.relevance)
            conditions = self._conditions(item, relevance, variables)
        except NotAsked as reason:
            self.leave(item, str(reason))
            return
        list_of_question(item, self.drawing.losses)
        kept = [
            question
            for one in asked
            if (question := self._row(item, one, conditions, variables)) is not None
        ]
        if not kept:
            self.leave(item, _("No row of it is ever asked."))
            return
        self.carried.add(item.qid)
        yield from (replace(one, may_refuse=part is PartKind.CORE) for one in kept)
        if len(self.origin) > _MOST_QUESTIONS:
            raise FileRefused(
                _(
                    "More than %(most)d questions would be asked, counting each row of"
                    " a table. Split the survey in LimeSurvey and export the pieces."
                )
                % {"most": _MOST_QUESTIONS}
            )

    def _row(
        self,
        item: Item,
        asked: Asked,
        conditions: tuple[Demand, ...],
        variables: Variables,
    ) -> Question | None:
        """A question, or a row of one with a condition of its own."""
        try:
            of_row = self._conditions(item, (asked.relevance,), variables)
        except NotAsked as reason:
            self.drawing.losses.add(item.code, asked.question.code, str(reason))
            return None
        self.origin[asked.question.code] = item
        for name, variable in asked.variables.items():
            variables.add((name,), variable)
        # Who chose "other" was asked the question itself: that says enough.
        when = asked.question.asked_when or (*conditions, *of_row)
        return replace(asked.question, asked_when=tuple(dict.fromkeys(when)))

    def _take_shown(self, item: Item, group: Group) -> None:
        if {item.relevance.strip(), group.relevance.strip()} - _ALWAYS:
            self.leave(item, _("Text is shown to everybody or to nobody here."))
            return
        text = self.drawing.wording.text(item.words, of=item.code)
        if item.attribute("hidden") == "1" or text is None:
            self.leave(
                item, _("It is hidden in LimeSurvey, or there is no text in it.")
            )
            return
        list_of_question(item, self.drawing.losses)
        self.carried.add(item.qid)
        self._keep(item, self.drawing.marks_of(item), text)

    def _keep(self, item: Item, marks: Marks | None, text: Text) -> None:
        if marks is not None and marks.shown:
            self.around[marks.part, marks.shown] = text
        else:
            self._shown.append(item)

    def _conditions(
        self, item: Item, relevance: tuple[str, ...], variables: Variables
    ) -> tuple[Demand, ...]:
        found: list[Demand] = []
        add = self.drawing.losses.add
        for text in map(str.strip, relevance):
            if text in _ALWAYS:
                continue
            routed = route(read_expression(text), variables, text)
            if routed.never:
                raise NotAsked(_("Nobody is ever asked it: %(text)s.") % {"text": text})
            found += routed.conditions
            for piece in routed.not_carried:
                why = _("It cannot be a condition here: everybody is asked.")
                add(item.code, f"relevance: {piece}", why)
        return tuple(dict.fromkeys(found))
