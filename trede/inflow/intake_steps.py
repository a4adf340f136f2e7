"""The five steps of an intake, for the screen: what is done, what is now, what is next.

Decides where the coach goes on. The questionnaire comes before the talk, because the
talk would colour the answers; without consent to the study that step is empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.inflow.intake import was_asked
from trede.inflow.models import Intake
from trede.inflow.stages import came_back
from trede.people.consenting import has_consent
from trede.people.models import Purpose
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Choice
from trede.questionnaires import sittings

ORDER = ("inform", "consent", "questionnaire", "talk", "outcome")
LABELS: dict[str, str | Promise] = {
    "inform": pgettext_lazy("intake", "Tell"),
    "consent": pgettext_lazy("intake", "Consent"),
    "questionnaire": pgettext_lazy("intake", "Questionnaire"),
    "talk": pgettext_lazy("intake", "Talk"),
    "outcome": pgettext_lazy("intake", "How it goes on"),
}


@dataclass(frozen=True)
class Step:
    """`state` is that of the path: done, now (the page one is on) or next."""

    code: str
    label: str | Promise
    state: str
    note: str | Promise
    url: str


def in_study(intake: Intake) -> bool:
    """Of who comes back the first trajectory is, and this one is not."""
    candidate = intake.candidate
    return not came_back(candidate) and has_consent(
        candidate.person, candidate.pilot, Purpose.STUDY
    )


def done(intake: Intake) -> dict[str, bool]:
    asked = was_asked(intake)
    sitting = intake.sitting
    answered = sitting is not None and sitting.state in sittings.OVER
    return {
        "inform": intake.informed_at is not None,
        "consent": asked,
        "questionnaire": answered or (asked and not in_study(intake)),
        "talk": intake.talked_at is not None,
        "outcome": intake.ended_at is not None,
    }


def card(intake: Intake, rules: Rules) -> dict[str, list[str]]:
    """What was talked about and what stands in the way, to be read afterwards."""
    return {
        "topics": _in_words(intake.topics, rules.talk.topics),
        "barriers": in_the_way(intake, rules),
    }


def in_the_way(intake: Intake, rules: Rules) -> list[str]:
    """The barriers that the person named."""
    return _in_words(intake.barriers, rules.talk.barriers)


def _in_words(codes: list[str], card: Iterable[Choice]) -> list[str]:
    """A code that the file no longer has is shown as it is: nothing is lost."""
    labels = {one.code: one.label for one in card}
    return [labels.get(code, code) for code in codes]


def steps(intake: Intake, here: str) -> list[Step]:
    finished = done(intake)
    left_out = finished["questionnaire"] and intake.sitting is None
    return [
        Step(
            code,
            LABELS[code],
            "now" if code == here else "done" if finished[code] else "next",
            _("not needed") if code == "questionnaire" and left_out else "",
            address(intake, code),
        )
        for code in ORDER
    ]


def place(intake: Intake) -> str:
    """The first step that is still to do."""
    finished = done(intake)
    return next((code for code in ORDER if not finished[code]), "outcome")


def address(intake: Intake, step: str) -> str:
    return reverse(f"inflow:intake_{step}", args=[intake.pk])


def after(step: str) -> str:
    return ORDER[min(ORDER.index(step) + 1, len(ORDER) - 1)]


def before(step: str) -> str | None:
    return ORDER[ORDER.index(step) - 1] if step != ORDER[0] else None
