"""A questionnaire as the person will see it, page by page, without a person.

The pages are the very ones that a person answers on, from the welcome to the thanks;
nothing that is pressed on them is kept. Every question has its page, also the ones that
only some are asked, and the check shows answers that nobody gave.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from trede.questionnaires import definition, showing
from trede.questionnaires.answering import Answer, Missing
from trede.questionnaires.answers import Known
from trede.questionnaires.course import Course
from trede.questionnaires.definition import Kind, Part, PartKind, Question, Text
from trede.questionnaires.forms import QuestionForm
from trede.questionnaires.library.describing import when_asked

NOBODY = Known({}, {}, {})
WELCOME, CHECK, THANKS = "welkom", "nakijken", "bedankt"
_TEMPLATES = {
    WELCOME: "questionnaires/start.html",
    CHECK: "questionnaires/check.html",
    THANKS: "questionnaires/thanks.html",
}


@dataclass(frozen=True)
class Seen:
    """One page of the walk through what the person sees: a question, or one of those
    round the questions. `before` and `after` are how an address names a page."""

    part: Part
    round_it: str
    question: Question | None
    asked_when: tuple[str, ...]
    number: int
    of: int
    here: str
    before: str
    after: str

    @property
    def course(self) -> Course:
        """As if everything were asked, so that the page of each question is there."""
        current = self.question.code if self.question else ""
        return Course(_all_asked(self.part), NOBODY, frozenset(), current)


def seen_at(
    questionnaire: definition.Questionnaire, code: str, round_it: str
) -> Seen | None:
    """The page of that question, one round them, or the welcome. Of a question that is
    not asked: the first."""
    part = questionnaire.part(PartKind.CORE)
    if part is None or not part.questions:
        return None
    codes = [question.code for question in part.questions]
    names = [WELCOME, *codes, CHECK, THANKS]
    pages = [
        f"{'vraag' if 0 < at <= len(codes) else 'bladzijde'}={name}"
        for at, name in enumerate(names)
    ]
    wanted = f"vraag={code}" if code else f"bladzijde={round_it}"
    at = pages.index(wanted) if wanted in pages else 1 if code else 0
    asked = part.questions[at - 1] if 0 < at <= len(codes) else None
    original = questionnaire.languages[0]
    return Seen(
        part=part,
        round_it="" if asked else names[at],
        question=asked,
        asked_when=when_asked(part, asked, original) if asked else (),
        number=at,
        of=len(codes),
        here=pages[at],
        before=pages[at - 1] if at else "",
        after=pages[at + 1] if at + 1 < len(pages) else "",
    )


def as_asked(
    seen: Seen, *, language: str, on: date, by_machine: bool
) -> dict[str, object]:
    """What the page needs, as for a person who has answered nothing yet."""
    if seen.question is None:
        return _round(seen, language) | {"by_machine": by_machine}
    return {
        "page": "questionnaires/question.html",
        "form": QuestionForm(question=seen.question, language=language, on=on),
        "frame": "questionnaires/person.html",
        "back_url": f"?{seen.before}",
        **showing.question_words(seen.course, seen.question, language),
    }


def _round(seen: Seen, language: str) -> dict[str, object]:
    part = seen.part
    return {
        "page": _TEMPLATES[seen.round_it],
        "intro": _said(part.intro, language),
        "thanks": _said(part.outro, language),
        "progress": showing.progress_of(seen.course),
        "lines": showing.check_lines(_made_up(part), language)
        if seen.round_it == CHECK
        else (),
    }


def _made_up(part: Part) -> Course:
    """The first answer there is to choose, or rather not saying it."""
    chosen = {question.code: _first(question) for question in part.questions}
    at = timezone.now()
    known = Known(chosen, dict.fromkeys(chosen, at), dict.fromkeys(chosen))
    return Course(_all_asked(part), known, frozenset(chosen), "")


def _first(question: Question) -> Answer:
    if question.options and question.kind not in (Kind.MULTIPLE, Kind.COUNTRY):
        return Answer(value=question.options[0].value)
    return Answer(missing=Missing.REFUSED)


def _said(text: Text | None, language: str) -> str:
    return text.read_in(language) if text else ""


def _all_asked(part: Part) -> Part:
    sections = tuple(
        replace(
            section,
            questions=tuple(replace(one, asked_when=()) for one in section.questions),
        )
        for section in part.sections
    )
    return replace(part, sections=sections)
