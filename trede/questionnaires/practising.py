"""Practising: a coach answers as a person does, and nothing of it is kept.

What was made up stands in a signed cookie of the coach's own browser until the device
is "given back". Words are not kept even there. The questions, their order and their
pages are those of a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused
from trede.questionnaires import answering, definition
from trede.questionnaires.answering import Missing
from trede.questionnaires.answers import Known
from trede.questionnaires.course import Course
from trede.questionnaires.definition import WITH_WORDS, Part, PartKind
from trede.questionnaires.device_lock import refuse_weak
from trede.questionnaires.shipped_files import shipped
from trede.questionnaires.translations import in_every_language

# Short enough to walk through between two talks.
CODE = "short"
COOKIE = "trede-practice"
_UNSAID = "…"


@dataclass(frozen=True)
class Practice:
    """The PIN, as something it can be compared with, and what was made up so far."""

    pin: str
    language: str
    # By question: the value, or the reason that there is none.
    given: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def course(self, at: datetime, current: str = "") -> Course:
        part = core()
        answers = {
            code: answering.Answer(missing=Missing(missing))
            if missing
            else answering.Answer(
                value=answering.restore(part.question_by_code[code], value)
            )
            for code, (value, missing) in self.given.items()
        }
        known = Known(answers, dict.fromkeys(answers, at), dict.fromkeys(answers))
        return Course(part, known, frozenset(answers), current)

    def with_answer(self, code: str, answer: answering.Answer) -> "Practice":
        has_words = core().question_by_code[code].kind in WITH_WORDS
        value = _UNSAID if has_words and answer.stored else answer.stored
        made_up = (value, answer.missing.value if answer.missing else "")
        return replace(self, given={**self.given, code: made_up})


def questionnaire() -> definition.Questionnaire:
    return in_every_language(shipped(CODE))


def core() -> Part:
    part = questionnaire().part(PartKind.CORE)
    if part is None:
        raise LookupError(f"{CODE} asks the person nothing")
    return part


def begin(*, pin: str, language: str) -> Practice:
    refuse_weak(pin)
    if language not in questionnaire().languages:
        raise Refused(_("Choose a language from the list."), "language")
    return Practice(_compared(pin), language)


def give_back(*, practice: Practice, pin: str) -> None:
    if not constant_time_compare(practice.pin, _compared(pin)):
        raise Refused(_("This PIN is not right. Type the one that you chose."), "pin")


def sealed(practice: Practice) -> str:
    content = [practice.pin, practice.language, dict(practice.given)]
    return signing.dumps(content, salt=COOKIE, compress=True)


def unsealed(cookie: str) -> Practice | None:
    """None for what is not ours, or not of these questions any more."""
    try:
        pin, language, given = signing.loads(cookie, salt=COOKIE)
    except signing.BadSignature:
        return None
    known = core().question_by_code
    there = {code: (v, m) for code, (v, m) in given.items() if code in known}
    return Practice(pin, language, there)


def _compared(pin: str) -> str:
    """Of no use to who reads the cookie: a coach may well choose the PIN of always."""
    return salted_hmac(COOKIE, pin).hexdigest()
