"""An answer that somebody speaks instead of writing it.

Only where the pilot wants it, and only for questions that ask for words. The sound is
the person's own: it is kept encrypted, heard again on this device alone, and destroyed
as soon as another answer takes its place. Nobody who works here hears it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from trede.accounts.refusing import Refused
from trede.people import files
from trede.people.models import StoredFile
from trede.pilots.loading import rules_of
from trede.questionnaires.answering import Unclear, read_answer
from trede.questionnaires.definition import Question
from trede.questionnaires.models import Answer, Handover, Sitting

SECONDS = 120
MOST = files.ALLOWED[StoredFile.Kind.SPOKEN][1]
# Fields of the page: the sound itself, and that the sound of before goes away.
SOUND, AWAY = "spoken", "spoken_away"


def may_speak(sitting: Sitting, question: Question) -> bool:
    return question.may_speak and rules_of(sitting.pilot).questions.spoken_answers


def spoken_with(
    *,
    handover: Handover,
    question: Question,
    sound: bytes | None,
    fields: Mapping[str, Sequence[str]],
    submission: UUID | None,
    at: datetime,
) -> int | Unclear | None:
    """The file of what was spoken, now or before; none for an answer without sound."""
    sitting = handover.sitting
    if any(fields.get("missing", ())) or not may_speak(sitting, question):
        return None
    if sound is None:
        before = None if any(fields.get(AWAY, ())) else _shown(handover, question)
        return before.spoken_id if before else None
    words = read_answer(
        replace(question, optional=True), fields, on=timezone.localdate(at)
    )
    if isinstance(words, Unclear):
        return words
    there = _arrived(sitting, submission, sound)
    if there is not None:
        return there
    try:
        return _keep(sitting, sound, at).pk
    except Refused as refused:
        # Who stops does stop; what cannot be kept was never an answer.
        return None if "stop" in fields.get("go", ()) else Unclear(str(refused))


def heard_again(handover: Handover, question: str) -> StoredFile | None:
    """What this person spoke on this device, to listen to."""
    rows = Answer.objects.filter(sitting=handover.sitting_id, question=question)
    newest = rows.order_by("-number").select_related("spoken").first()
    if newest is None or newest.at < handover.shown_from:
        return None
    return newest.spoken


def forget_replaced(sitting: Sitting, question: Question, *, at: datetime) -> None:
    """The sound of every answer but the one that counts is destroyed."""
    if not question.may_speak:
        return
    rows = Answer.objects.filter(sitting=sitting, question=question.code)
    spoken = rows.exclude(spoken=None).order_by("number")
    newest = rows.order_by("-number").first()
    stays = newest.spoken_id if newest else None
    for row in spoken.select_related("spoken").defer("spoken__content"):
        if row.spoken and row.spoken_id != stays:
            files.destroy(file=row.spoken, at=at)


def _shown(handover: Handover, question: Question) -> Answer | None:
    rows = Answer.objects.filter(sitting=handover.sitting_id, question=question.code)
    newest = rows.order_by("-number").first()
    return newest if newest and newest.at >= handover.shown_from else None


def read(sound: "UploadedFile[bytes] | None") -> bytes | None:
    """No more than is needed to refuse it."""
    return None if sound is None else sound.read(MOST + 1)


def _arrived(sitting: Sitting, submission: UUID | None, sound: bytes) -> int | None:
    """The same recording under the same name: it is sent again."""
    if submission is None:
        return None
    same = Answer.objects.filter(
        sitting=sitting,
        submission=submission,
        spoken__sha256=files.digest_of(sound),
    )
    return same.values_list("spoken_id", flat=True).first()


def _keep(sitting: Sitting, content: bytes, at: datetime) -> StoredFile:
    return files.store(
        municipality=sitting.person.municipality,
        person=sitting.person,
        kind=StoredFile.Kind.SPOKEN,
        name="",
        media_type=files.media_type_of(content),
        content=content,
        at=at,
    )
