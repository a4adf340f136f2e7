"""The coach's own questions, before handing over and after coming back.

How the person answers (alone, with explanation, read aloud, with an interpreter) is
asked here and kept with the sitting, because the analysis needs it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.questionnaires import answering, sittings
from trede.questionnaires.answers import as_given, give_answers
from trede.questionnaires.definition import PartKind
from trede.questionnaires.models import Answer, Sitting
from trede.questionnaires.moments import note_sections
from trede.questionnaires.publishing import written_of

MODE_QUESTION, LANGUAGE_QUESTION = "session_mode", "session_language"
Mode, State = Sitting.Mode, Sitting.State
MODES: Mapping[str, Sitting.Mode] = {
    "alone": Mode.ALONE,
    "explained": Mode.EXPLAINED,
    "read_by_device": Mode.READ_ALOUD,
    "read_by_person": Mode.READ_ALOUD,
    "interpreter": Mode.INTERPRETER,
    "paper": Mode.PAPER,
}
_SAID: Mapping[str, str] = {
    Mode.ALONE: "alone",
    Mode.EXPLAINED: "explained",
    Mode.READ_ALOUD: "read_by_person",
    Mode.INTERPRETER: "interpreter",
    Mode.PAPER: "paper",
    # The questionnaire of the source knows no telephone: somebody reads aloud.
    Mode.TELEPHONE: "read_by_person",
    Mode.OWN_DEVICE: "alone",
}


@dataclass(frozen=True)
class Step:
    """One of the three parts, for the coach: whether it is done, and never more."""

    label: str
    state: str  # done, now or next


def steps(sitting: Sitting) -> list[Step]:
    """Opening, the person, closing: what is done and what is next."""
    done = {
        PartKind.OPENING: _has(sitting, PartKind.OPENING),
        PartKind.CORE: sitting.state in sittings.OVER,
        PartKind.CLOSING: _has(sitting, PartKind.CLOSING),
    }
    labels = {
        PartKind.OPENING: _("You: before"),
        PartKind.CORE: _("The person answers"),
        PartKind.CLOSING: _("You: afterwards"),
    }
    there = [kind for kind in done if written_of(sitting.questionnaire).part(kind)]
    now = next((kind for kind in there if not done[kind]), None)
    return [
        Step(labels[kind], "done" if done[kind] else "now" if kind == now else "next")
        for kind in there
    ]


def _has(sitting: Sitting, kind: PartKind) -> bool:
    return Answer.objects.filter(sitting=sitting, part=kind.value).exists()


def suggested(sitting: Sitting, kind: PartKind) -> dict[str, answering.Answer]:
    """What the sitting already knows, to be confirmed."""
    if kind is not PartKind.OPENING:
        return {}
    return {
        MODE_QUESTION: answering.Answer(value=_SAID[sitting.mode]),
        LANGUAGE_QUESTION: answering.Answer(value=sitting.language),
    }


def answer(
    *,
    sitting: Sitting,
    answers: Mapping[str, answering.Answer],
    by: Actor,
    at: datetime,
    explained: frozenset[str] | None = None,
) -> list[Answer]:
    """The coach's answers to the opening or the closing. `explained`: the sections at
    which somebody explained something."""
    questionnaire = written_of(sitting.questionnaire)
    kinds = {questionnaire.part_of(code).kind for code in answers}
    if PartKind.CLOSING in kinds and sitting.state not in sittings.OVER:
        raise Refused(_("These questions come after the person has finished."))
    given = {
        code: as_given(questionnaire.question(code), answer)
        for code, answer in answers.items()
    }
    with transaction.atomic():
        kept = give_answers(sitting=sitting, answers=given, by=by, at=at)
        if explained is not None:
            note_sections(sitting=sitting, sections=explained, at=at)
        mode = answers.get(MODE_QUESTION)
        known_mode = mode is not None and mode.stored in MODES
        if mode and known_mode and _SAID[sitting.mode] != mode.stored:
            sitting.mode = MODES[mode.stored]
            sitting.save(update_fields=["mode"])
        record(
            "answered the coach's questions",
            by=by,
            at=at,
            on=sitting,
            persons=[sitting.person_id],
            purpose="research",
        )
    return kept
