"""The page of one question: drawn once for everybody, and filled in for one person.

What stands on it hangs on the questionnaire, the language and the question only, but
for a few places that are left blank when it is drawn. A page that shows what somebody
answered is drawn for that person alone and not kept.
"""

import re
import secrets
import time
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from trede.questionnaires import showing
from trede.questionnaires.course import Course
from trede.questionnaires.definition import Question
from trede.questionnaires.forms import QuestionForm
from trede.questionnaires.models import Handover
from trede.questionnaires.reading_aloud import sounds_at
from trede.questionnaires.speaking import may_speak

WHOLE, PART = "questionnaires/person.html", "questionnaires/part.html"
# Sound may be added to a text, a telephone number changed: then within this time.
_STANDS_FOR = 60  # seconds
_MOST = 2000  # of a few kB each


class Blank(StrEnum):
    DEVICE = "token"
    FORM = "csrf_token"
    SUBMISSION = "submission"
    PROGRESS = "progress"
    BACK = "back_url"


# Letters and digits only, so that they come through quoting and escaping unchanged.
_SALT = secrets.token_hex(8)
_SIGN = {blank: f"blank{_SALT}{place}x" for place, blank in enumerate(Blank)}
_BLANKS = {sign: blank for blank, sign in _SIGN.items()}
_SPLIT = re.compile("(" + "|".join(_BLANKS) + ")")


@dataclass(frozen=True)
class Asked:
    """A question as it is put to one person now."""

    handover: Handover
    course: Course
    question: Question
    checking: bool
    # What was sent and cannot be an answer, or not yet, to be shown again.
    form: QuestionForm | None = None
    explained: bool = False

    @property
    def shows_an_answer(self) -> bool:
        return (
            self.form is not None
            or self.course.shown_answer(self.question.code) is not None
        )


@dataclass(frozen=True)
class Drawn:
    pieces: tuple[str, ...]

    def filled_in(self, values: dict[Blank, str]) -> str:
        signs = {_SIGN[blank]: value for blank, value in values.items()}
        return "".join([signs.get(piece, piece) for piece in self.pieces])


def page(asked: Asked, *, token: str, secret: str, frame: str = WHOLE) -> str:
    return drawn(asked, frame).filled_in(
        {
            Blank.DEVICE: token,
            Blank.FORM: secret,
            Blank.SUBMISSION: str(uuid4()),
            Blank.PROGRESS: escape(asked.course.progress(asked.question)),
            Blank.BACK: _back(asked, token),
        }
    )


def drawn(asked: Asked, frame: str) -> Drawn:
    return _draw(asked, frame) if asked.shows_an_answer else _kept(asked, frame)


def _back(asked: Asked, token: str) -> str:
    before = asked.course.before(asked.question.code)
    if before is None:
        return reverse("questionnaires:start", args=[token])
    return reverse("questionnaires:question", args=[token, before.code])


_drawn: dict[tuple[Hashable, ...], Drawn] = {}


def _kept(asked: Asked, frame: str) -> Drawn:
    key = _key(asked, frame)
    found = _drawn.get(key)
    if found is None:
        if len(_drawn) >= _MOST:
            _drawn.clear()
        found = _drawn[key] = _draw(asked, frame)
    return found


def _key(asked: Asked, frame: str) -> tuple[Hashable, ...]:
    """Everything that two people may differ in and that is drawn, not filled in."""
    course, code, handover = asked.course, asked.question.code, asked.handover
    sitting = handover.sitting
    return (
        frame,
        sitting.questionnaire.sha256,
        sitting.language,
        sitting.translation.sha256 if sitting.translation else "",
        sitting.pilot_id,
        code,
        asked.checking,
        course.opens_section(asked.question),
        code in course.answers,
        *(_round_it(handover) if frame == WHOLE else ()),
        handover.own_device_id is None,
        int(time.monotonic() / _STANDS_FOR),
    )


def _round_it(handover: Handover) -> tuple[Hashable, ...]:
    """On the whole page stand whom one may call, and the languages that are offered:
    those that the words have, by the rules of the day on which it was prepared."""
    staff, sitting = handover.staff, handover.sitting
    return (
        staff.name,
        staff.telephone,
        sitting.person.municipality.help_telephone,
        sitting.questionnaire.translations_sha256,
        timezone.localdate(sitting.prepared_at),
    )


def _draw(asked: Asked, frame: str) -> Drawn:
    handover, question = asked.handover, asked.question
    language = handover.sitting.language
    context: dict[str, object] = {
        **(showing.frame(handover, "") if frame == WHOLE else {}),
        **showing.question_words(asked.course, question, language),
        **{blank.value: sign for blank, sign in _SIGN.items()},
        "frame": frame,
        "demo": settings.DEMO,
        "checking": asked.checking,
        "explained": asked.explained,
        "form": asked.form or form_of(asked),
        "may_speak": may_speak(handover.sitting, question),
        "sounds": sounds_at(handover.sitting, question, asked.course.section(question)),
    }
    html = render_to_string("questionnaires/question.html", context)
    return Drawn(tuple(_SPLIT.split(html)))


def form_of(asked: Asked) -> QuestionForm:
    return QuestionForm(
        question=asked.question,
        language=asked.handover.sitting.language,
        on=timezone.localdate(),
        answer=asked.course.shown_answer(asked.question.code),
    )
