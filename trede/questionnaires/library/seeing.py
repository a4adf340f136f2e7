"""A questionnaire as the person will see it, page by page, without a person.

The pages are the very ones that a person answers on; nothing that is pressed on them
is kept. Every question has its page, also the ones that only some are asked.
"""

from dataclasses import dataclass, replace
from datetime import date

from trede.questionnaires import definition, showing
from trede.questionnaires.answers import Known
from trede.questionnaires.course import Course
from trede.questionnaires.definition import Part, PartKind, Question
from trede.questionnaires.forms import QuestionForm
from trede.questionnaires.library.describing import when_asked

NOBODY = Known({}, {}, {})


@dataclass(frozen=True)
class Seen:
    """One page of the walk through what the person is asked."""

    part: Part
    question: Question
    asked_when: tuple[str, ...]
    number: int
    of: int
    before: Question | None
    after: Question | None

    @property
    def course(self) -> Course:
        """As if everything were asked, so that the page of each question is there."""
        return Course(_all_asked(self.part), NOBODY, frozenset(), self.question.code)


def seen_at(questionnaire: definition.Questionnaire, code: str) -> Seen | None:
    """The page of that question, or of the first one when no such is asked."""
    part = questionnaire.part(PartKind.CORE)
    if part is None or not part.questions:
        return None
    codes = [question.code for question in part.questions]
    at = codes.index(code) if code in codes else 0
    return Seen(
        part=part,
        question=part.questions[at],
        asked_when=when_asked(part, part.questions[at], questionnaire.languages[0]),
        number=at + 1,
        of=len(codes),
        before=part.questions[at - 1] if at else None,
        after=part.questions[at + 1] if at + 1 < len(codes) else None,
    )


def as_asked(seen: Seen, *, language: str, on: date) -> dict[str, object]:
    """What the question page needs, as for a person who has answered nothing yet."""
    question = seen.question
    return {
        "form": QuestionForm(question=question, language=language, on=on),
        "frame": "questionnaires/person.html",
        "back_url": f"?vraag={seen.before.code}" if seen.before else ".",
        **showing.question_words(seen.course, question, language),
    }


def _all_asked(part: Part) -> Part:
    sections = tuple(
        replace(
            section,
            questions=tuple(replace(one, asked_when=()) for one in section.questions),
        )
        for section in part.sections
    )
    return replace(part, sections=sections)
