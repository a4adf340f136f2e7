"""Where somebody is in the questions: this one, the one before, the next, the check.

The course is worked out from the answers each time, so that a second tab, a page that
was reloaded or the back button of the browser can never lead astray.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from trede.questionnaires import answering, routing
from trede.questionnaires.answers import Known, known
from trede.questionnaires.definition import Part, PartKind, Question, Section
from trede.questionnaires.models import Handover, Sitting
from trede.questionnaires.progress import in_words, questions_left
from trede.questionnaires.publishing import read_in


@dataclass(frozen=True)
class Course:
    part: Part
    known: Known
    # Of these the device may show what was answered (`device_lock`).
    shown: frozenset[str]
    current: str

    @property
    def answers(self) -> Mapping[str, answering.Answer]:
        return self.known.answers

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        return routing.asked(self.part, self.answers)

    @cached_property
    def in_view(self) -> tuple[Question, ...]:
        """What was asked because of an answer, and answered, would tell that answer:
        it is in view only where that answer is."""
        return tuple(q for q in self.asked if self.may_show(q))

    def may_show(self, question: Question) -> bool:
        return not self._tells(question)

    def without_answer(self, code: str) -> "Course":
        """As if what is shown of this question was not answered yet."""
        if code not in self.shown:
            return self
        there = {one: a for one, a in self.answers.items() if one != code}
        newer = replace(self.known, answers=there)
        return replace(self, known=newer, shown=self.shown - {code})

    def _tells(self, question: Question) -> bool:
        if question.code not in self.answers or question.code in self.shown:
            return False
        return not question.looks_at <= self.shown

    def place(self) -> Question | None:
        """Where to go on; None for the check at the end."""
        here = next((q for q in self.in_view if q.code == self.current), None)
        return here or self.open()

    def open(self) -> Question | None:
        return routing.first_unanswered(self.part, self.answers)

    def after(self, code: str, *, checking: bool) -> Question | None:
        """The next question, or None for the check. Somebody who came from the check
        to change one answer goes back there, but for what that answer opened."""
        if checking:
            return self.open()
        return routing.next_question(self.part, self.in_view, after=code)

    def before(self, code: str) -> Question | None:
        return routing.previous_question(self.part, self.in_view, before=code)

    def is_in_view(self, code: str) -> bool:
        return any(question.code == code for question in self.in_view)

    def opens_section(self, question: Question) -> bool:
        """Whether this is the first question of its section that is asked."""
        section = self.part.section_of(question.code)
        codes = {one.code for one in section.questions}
        firsts = (q for q in self.asked if q.code in codes)
        return next(firsts, question) == question

    def section(self, question: Question) -> Section:
        return self.part.section_of(question.code)

    def shown_answer(self, code: str) -> answering.Answer | None:
        return self.answers.get(code) if code in self.shown else None

    def progress(self, question: Question) -> str:
        """Counted over what the device may show: the number tells no answer either."""
        known = {code: a for code, a in self.answers.items() if code in self.shown}
        return in_words(questions_left(self.part, known, at=question.code))


def core_of(sitting: Sitting) -> Part:
    part = read_in(sitting).part(PartKind.CORE)
    if part is None:
        raise LookupError(f"{sitting.questionnaire} asks the person nothing")
    return part


def course_of(handover: Handover) -> Course:
    part = core_of(handover.sitting)
    return course_after(handover, part, known(handover.sitting, PartKind.CORE))


def course_after(handover: Handover, part: Part, there: Known) -> Course:
    # Not what was typed in elsewhere, while the link to a telephone was open.
    shown = (
        code
        for code, at in there.given_at.items()
        if at >= handover.shown_from and there.typed_by[code] is None
    )
    return Course(part, there, frozenset(shown), handover.sitting.current)
