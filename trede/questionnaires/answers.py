"""What a person answers is kept: appended, once, whatever the network does.

Decides whether an answer is taken (a double tap adds nothing, the newest answer to a
question counts, nothing is lost) and who may bring it: the person, or somebody else
than the person's own coach, unless the person agrees.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.people.responsibility import coach_of
from trede.questionnaires import answering
from trede.questionnaires.answering import NOT_TICKED, TICKED, Unclear, read_answer
from trede.questionnaires.compiled import Compiled
from trede.questionnaires.definition import (
    WITH_WORDS,
    Kind,
    Part,
    PartKind,
    Question,
    Questionnaire,
)
from trede.questionnaires.models import Answer, Sitting
from trede.questionnaires.publishing import written_of
from trede.questionnaires.routing import settled

_OVER = (Sitting.State.FINISHED, Sitting.State.ENDED)
AT_A_TIME = 500
UNASKED = answering.Answer(missing=answering.Missing.NOT_ASKED)


@dataclass(frozen=True)
class Given:
    """One answer as it is stored: a code or number as text, words, or why none."""

    value: str = ""
    words: str = ""
    missing: str = ""
    # How the value came about: the hours of each day of the week.
    detail: str = ""
    # The file with the sound, where it was spoken.
    spoken: int | None = None


class Kept(NamedTuple):
    """One row of what was answered: light, because every page reads all of them."""

    question: str
    number: int
    value: str
    words: str
    missing: str
    detail: str
    at: datetime
    typed_by_id: int | None = None
    submission: UUID | None = None
    language: str = ""
    spoken_id: int | None = None

    @property
    def given(self) -> Given:
        return Given(self.value, self.words, self.missing, self.detail, self.spoken_id)


@dataclass(frozen=True)
class Known:
    """The newest answers of a part of a sitting, and when each was given."""

    answers: Mapping[str, answering.Answer]
    given_at: Mapping[str, datetime]
    # Staff who typed it in; None for what the person answered on a device.
    typed_by: Mapping[str, int | None]


def known(sitting: Sitting, kind: PartKind) -> Known:
    part = written_of(sitting.questionnaire).part(kind)
    return Known({}, {}, {}) if part is None else as_known(part, kept(sitting.pk, kind))


def kept(sitting_id: int, kind: PartKind) -> list[Kept]:
    """Everything answered in this part, the newest of a question last."""
    rows = _of_a_part(connection.vendor).rows(sitting_id, kind.value)
    return [Kept._make(row) for row in rows]


@cache
def _of_a_part(vendor: str) -> Compiled[Answer]:
    rows = Answer.objects.filter(sitting_id=0).filter(part="").order_by("number")
    return Compiled(rows.values_list(*Kept._fields))


def as_known(part: Part, rows: Iterable[Kept]) -> Known:
    there = part.question_by_code
    newest = {row.question: row for row in rows if row.question in there}
    return Known(
        {code: as_meant(there[code], row) for code, row in newest.items()},
        {code: row.at for code, row in newest.items()},
        {code: row.typed_by_id for code, row in newest.items()},
    )


def as_meant(question: Question, row: Kept) -> answering.Answer:
    if row.missing:
        return answering.Answer(missing=answering.Missing(row.missing))
    if question.kind in WITH_WORDS:
        return answering.Answer(value=row.words, spoken=row.spoken_id)
    value = answering.restore(question, row.value)
    return answering.Answer(value=value, detail=row.detail)


def as_given(question: Question, answer: answering.Answer) -> Given:
    if answer.missing is not None:
        return Given(missing=answer.missing.value)
    if question.kind in WITH_WORDS:
        return Given(words=answer.stored, spoken=answer.spoken)
    return Given(value=answer.stored, detail=answer.detail)


def give_answer(
    *,
    sitting: Sitting,
    question: str,
    value: str = "",
    words: str = "",
    missing: str = "",
    by: Actor,
    at: datetime,
) -> Answer:
    """One answer. The same answer again (a double tap) is the one that is there."""
    given = Given(value, words, missing)
    return give_answers(sitting=sitting, answers={question: given}, by=by, at=at)[0]


def give_answers(
    *,
    sitting: Sitting,
    answers: Mapping[str, Given],
    by: Actor,
    at: datetime,
    own_coach_agreed: bool = False,
) -> list[Answer]:
    """Several answers at once, all or none: a short form, or a form on paper."""
    with transaction.atomic():
        now = _locked(sitting)
        questionnaire = written_of(now.questionnaire)
        parts = {code: _part_of(questionnaire, code) for code in answers}
        for part in set(parts.values()):
            _refuse_who_may_not(now, part, by, agreed=own_coach_agreed)
        judged = {
            code: _judged(questionnaire.question(code), given, timezone.localdate(at))
            for code, given in answers.items()
        }
        typed_by = by.staff if PartKind.CORE in parts.values() else None
        result = _append(now, parts, judged, at, typed_by)
        if PartKind.CORE in parts.values():
            _note_who_typed(now, by, at, agreed=own_coach_agreed)
    return result


def settle(
    sitting: Sitting, kind: PartKind, *, at: datetime, broken_off: bool = False
) -> None:
    """At the end: what was not asked says so, and what was passed over was skipped.
    Of a sitting that was broken off, what comes after where it stopped was not asked:
    nobody passed that over."""
    part = written_of(sitting.questionnaire).part(kind)
    if part is None:
        return
    there = known(sitting, kind).answers
    ends = settled(part, there, ended=True)
    if broken_off:
        ends |= dict.fromkeys(_never_reached(part, there, sitting.current), UNASKED)
    changed = {
        code: as_given(part.question_by_code[code], answer)
        for code, answer in ends.items()
        if there.get(code) != answer
    }
    _append(sitting, dict.fromkeys(changed, kind), changed, at)


def _never_reached(
    part: Part, there: Mapping[str, answering.Answer], current: str
) -> list[str]:
    codes = [question.code for question in part.questions]
    last = max((codes.index(c) for c in (*there, current) if c in codes), default=-1)
    return codes[last + 1 :]


def _append(
    sitting: Sitting,
    parts: Mapping[str, PartKind],
    answers: Mapping[str, Given],
    at: datetime,
    typed_by: Staff | None = None,
) -> list[Answer]:
    newest = {
        code: row
        for kind in set(parts.values())
        for code, row in _newest(sitting, kind).items()
    }
    new, result = [], []
    for code, given in answers.items():
        before = newest.get(code)
        if before is None or _content(before) != given:
            before = _row(sitting, code, parts[code], given, before, at)
            before.typed_by = typed_by
            new.append(before)
        result.append(before)
    Answer.objects.bulk_create(new, batch_size=AT_A_TIME)
    return result


def _row(
    sitting: Sitting,
    code: str,
    part: PartKind,
    given: Given,
    before: Answer | None,
    at: datetime,
) -> Answer:
    return Answer(
        sitting=sitting,
        question=code,
        part=part.value,
        number=before.number + 1 if before else 1,
        value=given.value,
        words=given.words,
        missing=given.missing,
        detail=given.detail,
        spoken_id=given.spoken,
        language=sitting.language if part is PartKind.CORE else "",
        at=at,
    )


def _content(row: Answer) -> Given:
    return Given(row.value, row.words, row.missing, row.detail, row.spoken_id)


def _newest(sitting: Sitting, kind: PartKind) -> dict[str, Answer]:
    rows = Answer.objects.filter(sitting=sitting, part=kind.value).order_by("number")
    return {row.question: row for row in rows}


def _judged(question: Question, given: Given, on: date) -> Given:
    answer = read_answer(question, as_form(question, given), on=on)
    if isinstance(answer, Unclear):
        raise Refused(answer.message, question.code)
    return as_given(question, answer)


def as_form(question: Question, given: Given) -> dict[str, list[str]]:
    """The answer as the fields of the page, so that the same rules judge it."""
    if given.missing:
        return {"missing": [given.missing]}
    if question.kind in WITH_WORDS:
        return {"value": [given.words]}
    if question.kind is Kind.MULTIPLE:
        return {"value": given.value.split()}
    if question.kind is Kind.HOURS and given.detail:
        return {"value": [TICKED], "day": given.detail.split()}
    if question.kind is Kind.HOURS and given.value not in ("", NOT_TICKED):
        return {"value": [TICKED], "hours": [given.value]}
    return {"value": [given.value]}


def _part_of(questionnaire: Questionnaire, code: str) -> PartKind:
    try:
        part: Part = questionnaire.part_of(code)
    except KeyError as problem:
        raise Refused(
            _("The questionnaire has no question “%(code)s”.") % {"code": code}
        ) from problem
    return part.kind


def _locked(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",))
    found = rows.select_related("questionnaire", "person")
    return found.defer("questionnaire__text").get(pk=sitting.pk)


def _refuse_who_may_not(
    sitting: Sitting, part: PartKind, by: Actor, *, agreed: bool
) -> None:
    if part is not PartKind.CORE:
        if by.staff is None:
            raise Refused(_("The coach answers these questions."))
        return
    if sitting.state in _OVER:
        raise Refused(
            _("This questionnaire is over. Nothing can be changed in it any more.")
        )
    if by.staff is not None and is_own_coach(sitting, by.staff) and not agreed:
        raise Refused(
            _(
                "A coach does not see the answers of people he or she guides. Ask a"
                " colleague to type them in, or ask the person whether it is all right."
            )
        )


def is_own_coach(sitting: Sitting, staff: Staff) -> bool:
    """Who guides the person, or got the questionnaire ready."""
    return staff in (sitting.prepared_by, coach_of(sitting.person))


def _note_who_typed(sitting: Sitting, by: Actor, at: datetime, *, agreed: bool) -> None:
    if by.staff is None:
        return
    sitting.entered_by = by.staff
    sitting.own_coach_agreed = sitting.own_coach_agreed or agreed
    sitting.save(update_fields=["entered_by", "own_coach_agreed"])
    record(
        "typed in answers",
        by=by,
        at=at,
        on=sitting,
        persons=[sitting.person_id],
        purpose="research",
    )
