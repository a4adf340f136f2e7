"""The next attempt in plain words, for the line of a candidate."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.inflow.protocol import Attempt, Step

_DAY = "%d-%m-%Y"


def what_next(attempt: Attempt) -> str:
    sentences = [_tried(attempt), _next(attempt)]
    return " ".join(sentence for sentence in sentences if sentence)


def _tried(attempt: Attempt) -> str:
    if attempt.step in (Step.MEET, Step.RESTING, Step.LIGHT, Step.AGREE, Step.CHOSE):
        return ""
    if attempt.sent_on:
        return _("Letter sent on %(day)s.") % {"day": f"{attempt.sent_on:{_DAY}}"}
    if not attempt.calls:
        return ""
    return ngettext(
        "Called once, not reached.",
        "Called %(n)d times, not reached.",
        attempt.calls,
    ) % {"n": attempt.calls}


def _next(attempt: Attempt) -> str:
    day = f"{attempt.due_on:{_DAY}}"
    if attempt.step == Step.CALL:
        return _call(attempt)
    said = {
        Step.LETTER: _("Send the invitation by letter."),
        Step.CHOSE: _("Answered the invitation: call to agree on a day."),
        Step.AGREE: _("Spoken on %(day)s: agree on a first talk."),
        Step.MEET: _("Appointment on %(day)s."),
        Step.REST: _("From %(day)s: leave in peace for a while."),
        Step.CLOSE: _("From %(day)s: stop trying."),
        Step.RESTING: _("Left in peace until %(day)s."),
        Step.LIGHT: _("Light contact from %(day)s."),
    }
    return said[attempt.step] % {"day": day}


def _call(attempt: Attempt) -> str:
    if attempt.part_of_day == "morning":
        return _("Call in the morning.")
    if attempt.part_of_day == "afternoon":
        return _("Call in the afternoon.")
    if attempt.part_of_day == "evening":
        return _("Call in the evening.")
    return _("Call.")
