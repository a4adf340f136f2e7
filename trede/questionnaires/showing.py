"""What stands on the pages that a person answers on, in the person's own language."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import pgettext

from trede.languages import language_of
from trede.questionnaires.answering import BUTTONS, NOT_TICKED, Answer, Missing
from trede.questionnaires.answering import offered as offers
from trede.questionnaires.course import Course
from trede.questionnaires.definition import Kind, Question
from trede.questionnaires.models import Handover, Sitting, Translation
from trede.questionnaires.sittings import languages_offered


@dataclass(frozen=True)
class Checked:
    """A line of the check: the question, and what the device may show of the answer."""

    code: str
    question: str
    answered: bool
    shown: str


def interface_language(sitting: Sitting) -> str:
    """The language of the buttons."""
    return language_of(sitting.language).buttons


def frame(handover: Handover, token: str) -> dict[str, object]:
    """What every page for the person has: language, direction, a human's number."""
    sitting, coach = handover.sitting, handover.staff
    telephone = sitting.person.municipality.help_telephone
    context: dict[str, object] = {
        "token": token,
        "sitting": sitting,
        "page_language": sitting.language,
        "page_direction": language_of(sitting.language).direction,
        "languages": list(_languages(sitting)),
        "by_machine": _is_by_machine(sitting),
        "own_device": handover.own_device_id is not None,
        "help_telephone": telephone or settings.HELP_TELEPHONE,
    }
    if coach.telephone:
        context["human"] = {"name": coach.name, "telephone": coach.telephone}
    return context


def _is_by_machine(sitting: Sitting) -> bool:
    made = sitting.translation
    return made is not None and made.status == Translation.Status.MACHINE


def _languages(sitting: Sitting) -> Iterator[dict[str, object]]:
    there = languages_offered(sitting)
    for code in there if len(there) > 1 else ():
        language = language_of(code)
        yield {
            "code": code,
            "name": language.own_name,
            "direction": language.direction,
            "current": code == sitting.language,
        }


def tongues(path: str, sitting: Sitting, chosen: str) -> list[dict[str, object]]:
    """The same page in each language, where nothing is kept of the choice."""
    there = languages_offered(sitting)
    return [
        {
            "code": code,
            "name": language_of(code).own_name,
            "url": f"{path}?taal={code}",
            "current": code == chosen,
        }
        for code in (there if len(there) > 1 else ())
    ]


def question_words(
    course: Course, question: Question, language: str
) -> dict[str, object]:
    """The texts round one question."""
    section = course.section(question)
    intro = section.intro if course.opens_section(question) else None
    earlier = course.answers.get(question.code)
    hidden = earlier is not None and question.code not in course.shown
    return {
        "question": question,
        "kind": question.kind.value,
        "section": section.title.read_in(language),
        "intro": intro.read_in(language) if intro else "",
        "text": question.text.read_in(language),
        "hint": question.hint.read_in(language) if question.hint else "",
        "explanation": (
            question.explanation.read_in(language) if question.explanation else ""
        ),
        "low": question.low.read_in(language) if question.low else "",
        "high": question.high.read_in(language) if question.high else "",
        "ways_on": [(one.value, BUTTONS[one]) for one in offers(question)],
        "earlier": _earlier(course.shown_answer(question.code)),
        "answered_before": hidden,
        "progress": course.progress(question),
    }


def progress_of(course: Course) -> str:
    """How many questions there are still to come, before one goes on."""
    place = course.place()
    return course.progress(place) if place else ""


def _earlier(answer: Answer | None) -> object:
    """The button that was chosen here before, in its own words."""
    if answer is None or answer.missing is None:
        return ""
    return BUTTONS.get(answer.missing, "")


def check_lines(course: Course, language: str) -> list[Checked]:
    return [
        Checked(
            code=question.code,
            question=question.text.read_in(language),
            answered=question.code in course.answers
            and course.answers[question.code].missing is not Missing.NOT_ASKED,
            shown=in_words(question, course.shown_answer(question.code), language),
        )
        for question in course.in_view
    ]


def in_words(question: Question, answer: Answer | None, language: str) -> str:
    """An answer as the person would say it."""
    if answer is None:
        return ""
    if answer.missing is not None:
        return str(BUTTONS.get(answer.missing, ""))
    if answer.spoken is not None:
        spoken = pgettext("answer", "Spoken")
        return f"{spoken}. {answer.stored}" if answer.stored else spoken
    if question.kind is Kind.HOURS:
        if answer.value == NOT_TICKED:
            return pgettext("activity", "No")
        return pgettext("activity", "Yes, %(n)s hours a week") % {"n": answer.value}
    words = {str(o.value): o.text.read_in(language) for o in question.options}
    if question.kind is Kind.MULTIPLE:
        return ", ".join(words.get(code, code) for code in answer.stored.split())
    return words.get(answer.stored, answer.stored)
