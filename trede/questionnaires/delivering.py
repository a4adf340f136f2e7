"""What waited on a device arrives: all, once, also after the device was taken back.

Answers are taken as long as the sitting is not over. What comes later, or cannot be an
answer after all, is not kept; that it came is noted, and the coach is told how much.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.db import transaction

from trede.accounts.acting import person_actor, record
from trede.questionnaires import device_lock, sealing, sittings
from trede.questionnaires.answering import Unclear
from trede.questionnaires.arriving import Sent, arrive, submission_of
from trede.questionnaires.course import core_of, course_after
from trede.questionnaires.definition import Part
from trede.questionnaires.models import Handover, Sitting, SittingMoment
from trede.questionnaires.sealing import Handle, Opened, Unopened
from trede.questionnaires.speaking import forget_replaced, spoken_with

MOST = 500  # in one delivery
SAME = timedelta(seconds=10)
_FAR = 10**14  # milliseconds: no clock says so
_LONG_AGO = datetime.fromtimestamp(0, UTC)
_BEFORE = timedelta(microseconds=1)


@dataclass(frozen=True)
class Waited:
    """One answer as it lies on the device."""

    name: str
    handle: str
    box: str
    # It could not be sent when it was given.
    cut_off: bool


def deliver(*, waited: Iterable[Waited], at: datetime) -> int:
    """How many were kept."""
    by_handle: dict[str, list[Waited]] = {}
    for one in waited:
        by_handle.setdefault(one.handle, []).append(one)
    return sum(
        _of_one_handover(handle, boxes, at) for handle, boxes in by_handle.items()
    )


def _of_one_handover(text: str, boxes: list[Waited], at: datetime) -> int:
    try:
        handle = Handle.read(text)
    except Unopened:
        return 0
    with transaction.atomic():
        handover = device_lock.any_with_the_person(handle.handover_id)
        if handover is None:
            return 0
        latest = _latest(handover, handle, at)
        said = [_said(one, _opened(handle, one)) for one in boxes]
        sent = list(_in_order(said, handover.began_at, latest))
        kept = _take(handover, sent, at)
        if not sealing.was_before_a_stop(handle, handover):
            _stop(handover, sent, at)
        _note(handover, sent, kept, at)
    return len(kept)


def _latest(handover: Handover, handle: Handle, at: datetime) -> datetime:
    """When it was given at the latest, whatever the page reckoned: what was sealed
    before the device went on to somebody else is never shown to that person as if it
    were given since."""
    if handover.ended_at is not None:
        return handover.ended_at - _BEFORE
    if sealing.was_before_a_stop(handle, handover):
        return handover.shown_from - _BEFORE
    return at


def _in_order(
    said: Iterable[Sent | None], earliest: datetime, latest: datetime
) -> Iterator[Sent]:
    """A device gives no answer before the one before, in whichever tab."""
    given_at = earliest
    for one in said:
        if one is not None:
            given_at = min(latest, max(given_at, one.given_at))
            yield replace(one, given_at=given_at)


def _opened(handle: Handle, one: Waited) -> Opened:
    try:
        return sealing.unsealed(handle, one.name, one.box)
    except Unopened:
        return Opened({})


def _said(one: Waited, opened: Opened) -> Sent | None:
    """Nothing where it did not open: somebody made it up."""
    content = opened.content
    fields, given_at = content.get("fields"), content.get("given_at")
    if not isinstance(fields, dict) or not isinstance(given_at, int):
        return None
    return Sent(
        question=str(content.get("question")),
        fields={
            str(field): [str(value) for value in values]
            for field, values in fields.items()
            if isinstance(values, list)
        },
        given_at=_LONG_AGO + timedelta(milliseconds=min(max(0, given_at), _FAR)),
        language=str(content.get("language"))[:12],
        submission=submission_of(one.name),
        offline=one.cut_off,
        stops=content.get("stops") is True,
        sound=opened.sound,
    )


def _take(handover: Handover, sent: list[Sent], at: datetime) -> list[Sent]:
    if handover.sitting.state not in sittings.OPEN:
        return []
    part = core_of(handover.sitting)
    known = [one for one in sent if one.question in part.question_by_code]
    with_sound = [_with_sound(handover, part, one, at) for one in known]
    arrived = arrive(handover=handover, part=part, sent=with_sound)
    read = zip(known, arrived.read, strict=True)
    # Who stops does stop; what cannot be kept was never an answer.
    kept = [one for one, said in read if one.stops or not isinstance(said, Unclear)]
    for question in {part.question_by_code[one.question] for one in kept}:
        forget_replaced(handover.sitting, question, at=at)
    if kept and not kept[-1].stops and handover.ended_at is None:
        course = course_after(handover, part, arrived.known)
        following = course.after(kept[-1].question, checking=False)
        if following is not None:
            sittings.be_at(sitting=handover.sitting, question=following.code)
    return kept


def _with_sound(handover: Handover, part: Part, one: Sent, at: datetime) -> Sent:
    """What was spoken is a file from now on. One that cannot be kept is named, and the
    words beside it stay."""
    spoken = spoken_with(
        handover=handover,
        question=part.question_by_code[one.question],
        sound=one.sound,
        fields=one.fields,
        submission=one.submission,
        at=at,
    )
    if isinstance(spoken, Unclear):
        _note_lost(handover, one)
        return one
    return replace(one, spoken=spoken)


def _stop(handover: Handover, sent: list[Sent], at: datetime) -> None:
    """As the button does with a line: what was answered is not shown any more."""
    is_with_person = handover.sitting.state == Sitting.State.HANDED_OVER
    if not sent or not sent[-1].stops or handover.ended_at or not is_with_person:
        return
    if _went_on_since(handover, sent[-1].given_at):
        return
    person = handover.sitting.person
    sittings.stop(
        sitting=handover.sitting,
        by=person_actor(person.pk, person.municipality_id),
        at=at,
        question=sent[-1].question,
    )


def _went_on_since(handover: Handover, stopped_at: datetime) -> bool:
    """What waited is sent again when the reply was lost; meanwhile somebody may have
    gone on."""
    steps = handover.sitting.transitions.filter(state=Sitting.State.HANDED_OVER)
    return steps.filter(at__gt=stopped_at).exists()


def _note(handover: Handover, sent: list[Sent], kept: list[Sent], at: datetime) -> None:
    lost = [one for one in sent if one not in kept]
    for one in lost:
        _note_lost(handover, one)
    if not lost and handover.ended_at is None:
        return
    person = handover.sitting.person
    record(
        "sent answers that waited on a device",
        by=person_actor(person.pk, person.municipality_id),
        at=at,
        on=handover.sitting,
        persons=[person.pk],
        purpose="research",
    )


def _note_lost(handover: Handover, one: Sent) -> None:
    """Once, though a device sends again when the reply was lost: when it was given is
    then worked out anew, and comes out a little different."""
    there = SittingMoment.objects.filter(
        sitting=handover.sitting,
        kind=SittingMoment.Kind.NOT_KEPT,
        question=one.question[:60],
        at__range=(one.given_at - SAME, one.given_at + SAME),
    )
    if not there.exists():
        SittingMoment.objects.create(
            sitting=handover.sitting,
            kind=SittingMoment.Kind.NOT_KEPT,
            question=one.question[:60],
            at=one.given_at,
        )
