"""How far somebody is, in words: "nog ongeveer 15 vragen", never a percentage.

Questions that may or may not come are counted, so that the number only goes down as
one goes on: a promise that grows is the quickest way to lose somebody.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.questionnaires.definition import Part
from trede.questionnaires.routing import Answers, may_be_asked

# Near the end an exact number encourages; far from it, it only frightens.
_EXACT_TO = 3
_ROUNDED_FROM = 13
_STEP = 5


def questions_left(part: Part, answers: Answers, *, at: str) -> int:
    """How many questions may still come, the one on the page included."""
    codes = [question.code for question in part.questions]
    passed = set(codes[: codes.index(at)])
    return sum(question.code not in passed for question in may_be_asked(part, answers))


def rounded(left: int) -> int:
    """Upwards to a round number when there are many, so that it never disappoints."""
    if left < _ROUNDED_FROM:
        return left
    return -(-left // _STEP) * _STEP


def in_words(left: int) -> str:
    if left <= 1:
        return _("This is the last question")
    if left <= _EXACT_TO:
        return ngettext("%(n)d more question", "%(n)d more questions", left) % {
            "n": left
        }
    about = rounded(left)
    return ngettext(
        "About %(n)d more question", "About %(n)d more questions", about
    ) % {"n": about}
