"""A questionnaire on paper: what the person answers, in a language, to tick by hand.

No name stands on it, only the number of the sitting, so that a form that is lost tells
nothing about anybody. Every question has its number and, small, its code, for whoever
types it in.
"""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.models import Municipality, Staff
from trede.documents.typesetting import typeset
from trede.languages import language_of
from trede.questionnaires import definition
from trede.questionnaires.answering import (
    BUTTONS,
    NOT_TICKED,
    Answer,
    Missing,
    offered,
)
from trede.questionnaires.calendar_words import day_names
from trede.questionnaires.definition import Kind, Part, PartKind, Question, Section
from trede.questionnaires.models import Sitting
from trede.questionnaires.own_device import HELPERS
from trede.questionnaires.paper_routing import (
    MANY,
    condition_words,
    is_ticked,
    jump,
    numbers,
)
from trede.questionnaires.publishing import in_words
from trede.questionnaires.sittings import edition_in

# A scale of so few steps stands in one row, if its words are short.
_IN_A_ROW = 5
_SHORT = 24


def of_sitting(*, sitting: Sitting, coach: Staff, language: str, at: datetime) -> bytes:
    """For one person, with the number of the sitting on it. What is typed in from it
    was read in these words."""
    return _printed(
        in_words(sitting.questionnaire, edition_in(sitting, language)),
        language,
        coach=coach,
        town=sitting.person.municipality,
        code=f"{sitting.wave}-{sitting.pk}",
        at=at,
    )


def blank(
    *, questionnaire: definition.Questionnaire, by: Staff, language: str, at: datetime
) -> bytes:
    """For nobody yet: there is a line for the number."""
    town = by.municipality
    return _printed(questionnaire, language, coach=None, town=town, code="", at=at)


def _printed(
    questionnaire: definition.Questionnaire,
    language: str,
    *,
    coach: Staff | None,
    town: Municipality,
    code: str,
    at: datetime,
) -> bytes:
    part = questionnaire.part(PartKind.CORE)
    if part is None:
        raise LookupError(f"{questionnaire.code} asks the person nothing")
    spoken = language_of(language)
    with translation.override(spoken.buttons):
        data = {
            "language": spoken.buttons,
            "direction": spoken.direction,
            "made_on": timezone.localdate(at).isoformat(),
            "municipality": town.name,
            "title": questionnaire.title.read_in(language),
            "footer": f"{questionnaire.code} {questionnaire.version} · {language}",
            "code_label": pgettext("paper", "Number"),
            "code": code,
            "before": _before(part, language, coach, town),
            "sections": [_section(part, one, language) for one in part.sections],
            "after": _after(part, language),
            "explained": _explained(part, language),
        }
    return typeset("questionnaire", data)


def _before(
    part: Part, language: str, coach: Staff | None, town: Municipality
) -> dict[str, object]:
    number = town.help_telephone or settings.HELP_TELEPHONE
    name = ""
    if coach is not None and coach.telephone:
        name, number = coach.name, coach.telephone
    call = (
        _("A question? Call %(name)s") % {"name": name}
        if name
        else _("A question? Call us")
    )
    return {
        "intro": part.intro.read_in(language) if part.intro else "",
        "title": _("How to fill this in"),
        "points": [
            _("Put a cross in the box of your answer."),
            _("A mistake? Make that box black. Put a cross in the right box."),
            _("You do not have to answer. You may leave a question open."),
            _("Do you read “Go to question …”? Then skip the questions between."),
            _("Do not write your name on the paper."),
        ],
        "call": call,
        "telephone": number,
    }


def _after(part: Part, language: str) -> dict[str, object]:
    return {
        "title": _("At the end"),
        "day": _("On which day did you fill this in?"),
        "helped": _("Who helped you?"),
        "helpers": [str(words) for words in HELPERS.values()],
        "points": [
            _("Put the paper in an envelope, and close it."),
            _("A colleague of your coach types it in. Your coach does not see it."),
        ],
        "outro": part.outro.read_in(language) if part.outro else "",
    }


def _explained(part: Part, language: str) -> dict[str, object]:
    here = numbers(part)
    return {
        "title": _("What does this mean?"),
        "items": [
            [here[question.code], question.explanation.read_in(language)]
            for question in part.questions
            if question.explanation
        ],
    }


def _section(part: Part, section: Section, language: str) -> dict[str, object]:
    return {
        "title": section.title.read_in(language),
        "intro": section.intro.read_in(language) if section.intro else "",
        "questions": [_question(part, one, language) for one in section.questions],
    }


def _question(part: Part, question: Question, language: str) -> dict[str, object]:
    boxes = _boxes(part, question, language)
    return {
        "number": numbers(part)[question.code],
        "code": question.code,
        "when": condition_words(part, question, language),
        "text": question.text.read_in(language),
        "hint": question.hint.read_in(language) if question.hint else "",
        "note": (
            _("You may choose more than one.") if question.kind is Kind.MULTIPLE else ""
        ),
        "boxes": boxes,
        "in_a_row": _fits_in_a_row(question, boxes),
        "scale": _scale(question, language),
        "week": _week(question),
        "lines": _lines(question),
        "ways": [
            [str(BUTTONS[one]), jump(part, question, Answer(missing=one))]
            for one in offered(question)
            if one is not Missing.SKIPPED
        ],
    }


def _boxes(part: Part, question: Question, language: str) -> list[list[str]]:
    """The words of each box, and where it leads."""
    if question.kind is Kind.HOURS:
        no = Answer(value=NOT_TICKED)
        return [
            [pgettext("activity", "No"), jump(part, question, no)],
            [pgettext("activity", "Yes"), ""],
        ]
    if question.kind is Kind.MULTIPLE and len(question.options) <= MANY:
        return [[option.text.read_in(language), ""] for option in question.options]
    if not is_ticked(question):
        return []
    return [
        [
            option.text.read_in(language),
            jump(part, question, Answer(value=option.value)),
        ]
        for option in question.options
    ]


def _fits_in_a_row(question: Question, boxes: list[list[str]]) -> bool:
    short = all(len(words) <= _SHORT and not leads for words, leads in boxes)
    return question.kind is Kind.LABELLED_SCALE and len(boxes) <= _IN_A_ROW and short


def _scale(question: Question, language: str) -> dict[str, object] | None:
    if question.kind is not Kind.SCALE_0_10:
        return None
    least, most = question.at_least or 0, question.at_most or 10
    return {
        "numbers": list(range(least, most + 1)),
        "low": question.low.read_in(language) if question.low else "",
        "high": question.high.read_in(language) if question.high else "",
    }


def _week(question: Question) -> dict[str, object] | None:
    if question.kind is not Kind.HOURS:
        return None
    return {
        "ask": _("How many hours on each day?"),
        "days": list(day_names()),
    }


def _lines(question: Question) -> int:
    """How many lines to write on."""
    if question.kind is Kind.LONG_TEXT:
        return 4
    written = question.kind in {
        Kind.NUMBER,
        Kind.YEAR,
        Kind.DATE,
        Kind.TEXT,
        Kind.COUNTRY,
    }
    return 1 if written or len(question.options) > MANY else 0
