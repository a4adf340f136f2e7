"""What a device needs to go on when the line is cut: the rest of the questions, drawn,
and the conditions by which the next one is found (`static/js/routing.js`).

It tells no more than walking through the questions would (`Course`): of what was
answered before the device was handed over, only that it was answered, and not even
that where it tells another answer. A condition on such an answer is decided here:
`skip` names what this device is not led to, `hidden` what it is not shown.
"""

import base64
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from trede.questionnaires import question_page, sealing
from trede.questionnaires.answering import TICKED, Answer, Unclear, read_answer
from trede.questionnaires.answers import as_form, as_given
from trede.questionnaires.course import Course
from trede.questionnaires.definition import (
    WITH_BOUNDS,
    Condition,
    Demand,
    Joint,
    Kind,
    Question,
)
from trede.questionnaires.models import Handover
from trede.questionnaires.progress import in_words
from trede.questionnaires.question_page import PART, Asked, Blank
from trede.questionnaires.routing import holds, is_given, may_be_asked
from trede.questionnaires.week import DAYS

# What was answered to the questions of which the device does not know that.
Settled = Mapping[str, Answer | None]


def ahead(
    *, handover: Handover, course: Course, token: str, secret: str
) -> dict[str, object]:
    to_come = to_come_on_device(course)
    skip = [q.code for q in course.part.questions if q not in to_come]
    settled = settled_before(course, skip)
    handle = sealing.handle_of(handover)
    # Where the device fills in what it alone knows by then.
    blanks = {name: f"{uuid4()}" for name in _FILLED_IN_THERE}
    return {
        "handle": str(handle),
        "key": base64.b64encode(sealing.key_of(handle)).decode(),
        "language": handover.sitting.language,
        "start": reverse("questionnaires:start", args=[token]),
        "check": reverse("questionnaires:check", args=[token]),
        "questions": _questions(course, token, settled),
        "skip": skip,
        "hidden": sorted(settled.keys()),
        "answers": _shown(course),
        "left": [in_words(n) for n in range(len(course.part.questions) + 1)],
        "blanks": {name.value: sign for name, sign in blanks.items()},
        "pages": {
            question.code: _page(handover, course, question, token, secret, blanks)
            for question in to_come
        },
    }


_FILLED_IN_THERE = (Blank.SUBMISSION, Blank.PROGRESS, Blank.BACK)


def to_come_on_device(course: Course) -> list[Question]:
    may_come = may_be_asked(course.part, course.answers)
    return [question for question in may_come if course.may_show(question)]


def settled_before(course: Course, skip: Iterable[str]) -> Settled:
    """What is skipped is among them, answered or not: that would tell."""
    given = {code for code, one in course.answers.items() if is_given(one)}
    codes = {*(given - course.shown), *skip}
    asked = {question.code for question in course.asked}
    return {code: course.answers.get(code) if code in asked else None for code in codes}


def _questions(course: Course, token: str, settled: Settled) -> list[dict[str, object]]:
    # Found once for all: to look up an address takes longer than to fill one in.
    code = "code"
    at = reverse("questionnaires:question", args=[token, code])
    before, _, after = at.rpartition(code)
    today = timezone.localdate()
    return [
        {
            "code": question.code,
            "at": f"{before}{question.code}{after}",
            "when": [when_on_device(one, settled) for one in question.asked_when],
        }
        | _unclear(question, today)
        for question in course.part.questions
    ]


def when_on_device(
    demand: Demand, settled: Settled
) -> dict[str, object] | list[object]:
    """What must hold by itself is decided by `skip`. Where one of several is enough,
    the device is told what those that it cannot know come to together: which of them
    holds would be more than walking on shows."""
    if isinstance(demand, Condition):
        return [demand.question, demand.test.value, list(demand.values)]
    heard = {code: answer for code, answer in settled.items() if answer is not None}
    unknown = [
        one
        for one in demand.of
        if isinstance(one, Condition) and one.question in settled
    ]
    enough = any if demand.joint is Joint.ANY else all
    told = [enough(holds(one, heard) for one in unknown)]
    return {
        demand.joint.value: [
            [one.question, one.test.value, list(one.values), *told]
            if isinstance(one, Condition) and one in unknown
            else when_on_device(one, settled)
            for one in demand.of
        ]
    }


def _unclear(question: Question, today: date) -> dict[str, object]:
    """What is said of an answer that cannot be one, as far as the device can tell."""
    said: dict[str, object] = {"nothing": _said(question, {}, today)}
    if question.kind in WITH_BOUNDS and question.at_most is not None:
        beyond = {"value": [str(question.at_most + 1)]}
        if question.kind is Kind.HOURS:
            beyond = {"value": [TICKED], "day": ["0"] * DAYS}
        said["bounds"] = [
            question.at_least or 0,
            question.at_most,
            _said(question, beyond, today),
        ]
    if question.kind is Kind.DATE:
        no_date = {"date_day": ["31"], "date_month": ["2"], "date_year": ["2000"]}
        said["date"] = _said(question, no_date, today)
    return said


def _said(question: Question, fields: dict[str, list[str]], today: date) -> str:
    read = read_answer(question, fields, on=today)
    return read.message if isinstance(read, Unclear) else ""


def _shown(course: Course) -> dict[str, dict[str, list[str]]]:
    return {
        code: as_form(question, as_given(question, answer))
        for code, question in course.part.question_by_code.items()
        if (answer := course.shown_answer(code)) is not None
    }


def _page(
    handover: Handover,
    course: Course,
    question: Question,
    token: str,
    secret: str,
    blanks: dict[Blank, str],
) -> str:
    """As it is before it was answered: the device itself knows what was."""
    unanswered = course.without_answer(question.code)
    asked = Asked(handover, unanswered, question, checking=False)
    values = {Blank.DEVICE: token, Blank.FORM: secret, **blanks}
    return question_page.drawn(asked, PART).filled_in(values)
