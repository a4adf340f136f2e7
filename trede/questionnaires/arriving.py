"""An answer arrives from a person's device: at once, or after the line was cut.

The device names every answer (`submission`), so that one that comes twice (a double
tap, a reply that was lost, two tabs with the same queue) is kept once. Answers of one
device keep the order in which they were given there. Against what was answered
elsewhere the moment of giving counts: what the platform said the time was when the
page opened, and how long after that it was given. Whether the device's own clock is
right does not matter. An answer that
turns out older than what is there is kept as well, and the newer one stays the one
that counts: it is written down again behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from trede.questionnaires.answering import Answer as Answered
from trede.questionnaires.answering import Unclear, read_answer
from trede.questionnaires.answers import (
    Given,
    Kept,
    Known,
    as_given,
    as_known,
    kept,
)
from trede.questionnaires.definition import Part, PartKind, Question
from trede.questionnaires.models import Answer, Handover, SittingMoment


@dataclass(frozen=True)
class Sent:
    """What a device sent of one question, as the fields of its page."""

    question: str
    fields: Mapping[str, Sequence[str]]
    given_at: datetime
    language: str
    submission: UUID | None = None
    offline: bool = False
    # Who gave it stopped there for now.
    stops: bool = False
    # The file with the sound, where it was spoken (`speaking`).
    spoken: int | None = None
    # The same, as it waited on the device and is no file yet.
    sound: bytes | None = None


@dataclass(frozen=True)
class Arrived:
    known: Known
    # For each that was sent: the answer, or why it cannot be one.
    read: tuple[Answered | Unclear, ...]
    # What is to be added to what is kept, and which of it could not be sent at once.
    new: tuple[Answer, ...]
    offline: tuple[Sent, ...]


@dataclass
class _Book:
    """What is kept of a sitting, and what is about to be."""

    handover: Handover
    rows: list[Kept]
    new: list[Answer]

    def newest(self, code: str) -> Kept | None:
        return next((row for row in reversed(self.rows) if row.question == code), None)

    def named(self, submission: UUID | None) -> Kept | None:
        if submission is None:
            return None
        return next((row for row in self.rows if row.submission == submission), None)

    def add(self, row: Kept) -> None:
        self.rows.append(row)
        self.new.append(
            Answer(
                sitting_id=self.handover.sitting_id,
                part=PartKind.CORE.value,
                **row._asdict(),
            )
        )


def arrive(*, handover: Handover, part: Part, sent: Sequence[Sent]) -> Arrived:
    """To be called with the sitting locked: what is read here must not change."""
    arrived = judge(handover=handover, part=part, sent=sent)
    Answer.objects.bulk_create(arrived.new)
    _note_offline(handover, arrived.offline)
    return arrived


def judge(*, handover: Handover, part: Part, sent: Sequence[Sent]) -> Arrived:
    """What is to be kept of it; nothing is yet."""
    book = _Book(handover, kept(handover.sitting_id, PartKind.CORE), [])
    read, offline = [], []
    for one in sent:
        question = part.question_by_code[one.question]
        answer = _read(question, one)
        read.append(answer)
        if isinstance(answer, Unclear):
            continue
        if _take(book, question, as_given(question, answer), one) and one.offline:
            offline.append(one)
    known = as_known(part, book.rows)
    return Arrived(known, tuple(read), tuple(book.new), tuple(offline))


def _read(question: Question, one: Sent) -> Answered | Unclear:
    fields, on = one.fields, timezone.localdate(one.given_at)
    if one.spoken is None:
        return read_answer(question, fields, on=on)
    # Sound is an answer by itself; what was typed beside it is kept with it.
    answer = read_answer(replace(question, optional=True), fields, on=on)
    if isinstance(answer, Unclear):
        return answer
    return Answered(value=answer.stored, spoken=one.spoken)


def _take(book: _Book, question: Question, given: Given, one: Sent) -> bool:
    """Whether it was new."""
    same = book.named(one.submission)
    if same is not None and same.question == one.question and same.given == given:
        return False
    newest = book.newest(one.question)
    # What this device does not show (`course`) is answered anew, also with the same
    # answer: otherwise one could try which answer is there already.
    if newest is not None and _is_shown(book, newest) and newest.given == given:
        return False
    # A page that the browser brought back keeps its name, and may hold another answer.
    name = one.submission if same is None else None
    number = newest.number + 1 if newest else 1
    row = Kept(
        question=one.question,
        number=number,
        value=given.value,
        words=given.words,
        missing=given.missing,
        detail=given.detail,
        spoken_id=given.spoken,
        at=one.given_at,
        submission=name,
        language=one.language,
    )
    book.add(row)
    if newest is not None and newest.at > one.given_at:
        book.add(newest._replace(number=number + 1, submission=None))
    return True


def _is_shown(book: _Book, row: Kept) -> bool:
    return row.at >= book.handover.shown_from and row.typed_by_id is None


def _note_offline(handover: Handover, offline: Sequence[Sent]) -> None:
    SittingMoment.objects.bulk_create(
        SittingMoment(
            sitting=handover.sitting,
            kind=SittingMoment.Kind.OFFLINE,
            question=one.question,
            at=one.given_at,
        )
        for one in offline
    )


def submission_of(text: str) -> UUID | None:
    """The name that the device gave; a page of another making has none."""
    try:
        return UUID(text)
    except ValueError:
        return None
