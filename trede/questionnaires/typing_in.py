"""Answers given on paper, by telephone or aloud are typed in by a member of staff.

Decides who types and what they see of it (wall 2). A colleague, asked by the coach; the
person's own coach only when the person agreed, and not in a questionnaire of which the
person or a colleague gave a part: what is asked next would tell what was answered.
Whoever types sees what they typed themselves until it is handed in, so that a lost
session loses nothing. What the person answered on a device they do not see, and once
it is handed in nobody sees anything any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.people.models import ConsentDecision, Purpose
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.questionnaires import answering, routing, sittings
from trede.questionnaires.answering import Missing
from trede.questionnaires.answers import (
    Known,
    as_given,
    give_answers,
    is_own_coach,
    known,
)
from trede.questionnaires.course import core_of
from trede.questionnaires.definition import Part, PartKind, Question, Section
from trede.questionnaires.models import Answer, Sitting
from trede.questionnaires.moments import note_typed

Answers = Mapping[str, answering.Answer]
TYPISTS = (Role.COACH, Role.COORDINATOR)


@dataclass(frozen=True)
class How:
    """How the answers came: the analysis needs it."""

    mode: Sitting.Mode
    language: str
    helped_by: Sitting.Helper
    answered_on: date
    own_coach_agreed: bool = False


@dataclass(frozen=True)
class Chapter:
    """A section for whoever types: how many of its questions have an answer."""

    section: Section
    asked: int
    done: int


def ask(*, sitting: Sitting, typist: Staff, by: Actor, at: datetime) -> Sitting:
    """A colleague is asked to type the answers in. The newest who was asked does it."""
    with transaction.atomic():
        now = _open(sitting)
        if not _may_be_asked(now, typist):
            raise Refused(
                _("Choose a coach or coordinator who does not guide this person."),
                "typist",
            )
        if now.typist_id != typist.pk:
            now.typist = typist
            now.save(update_fields=["typist"])
            _audit("asked a colleague to type in answers", now, by, at)
    return now


def asked_of(staff: Staff) -> QuerySet[Sitting]:
    """What somebody was asked to type in and has not handed in yet."""
    rows = Sitting.objects.filter(typist=staff, state__in=sittings.OPEN)
    return rows.select_related("person").order_by("prepared_at", "pk")


def begin(*, sitting: Sitting, how: How, by: Actor, at: datetime) -> Sitting:
    """Write down how the answers came; typing them follows."""
    with transaction.atomic():
        now = _open(sitting)
        _refuse_own_coach(now, by, agreed=how.own_coach_agreed)
        _refuse_day(now, how.answered_on, at)
        if how.language not in sittings.languages_offered(now):
            raise Refused(_("Choose a language from the list."), "language")
        rules = rules_of(now.pilot, how.answered_on)
        now.circumstance = period_on(rules, how.answered_on).code
        now.mode, now.language = how.mode, how.language
        now.translation = sittings.edition_in(now, how.language)
        now.helped_by, now.answered_on = how.helped_by, how.answered_on
        now.own_coach_agreed = now.own_coach_agreed or how.own_coach_agreed
        now.save(
            update_fields=[
                "mode",
                "language",
                "translation",
                "helped_by",
                "answered_on",
                "circumstance",
                "own_coach_agreed",
            ]
        )
        _audit("noted how answers were given", now, by, at)
    return now


def type_in(
    *,
    sitting: Sitting,
    answers: Answers,
    by: Actor,
    at: datetime,
    explained: Mapping[str, bool] | None = None,
) -> list[Answer]:
    """Keep what was typed, all of it or nothing; the same again adds nothing.
    `explained` says of questions whether explanation was asked there."""
    with transaction.atomic():
        now = _open(sitting)
        if now.answered_on is None:
            raise Refused(_("First write down how the answers were given."))
        _refuse_own_coach(now, by, agreed=now.own_coach_agreed)
        if not answers:
            return []
        part = core_of(now)
        note_typed(sitting=now, explained=explained or {}, at=at)
        return give_answers(
            sitting=now,
            answers={
                code: as_given(part.question_by_code[code], answer)
                for code, answer in answers.items()
            },
            by=by,
            at=at,
            own_coach_agreed=now.own_coach_agreed,
        )


def hand_in(*, sitting: Sitting, by: Actor, at: datetime) -> Sitting:
    """Everything was typed; what has no answer was skipped."""
    with transaction.atomic():
        now = Sitting.objects.select_for_update().get(pk=sitting.pk)
        if now.state in sittings.OVER:
            return now
        if not now.answers.filter(part=PartKind.CORE.value).exists():
            raise Refused(_("Nothing was typed in yet."))
        _refuse_own_coach(now, by, agreed=now.own_coach_agreed)
        return sittings.finish(sitting=_open(now), by=by, at=at)


def keeps_out(sitting: Sitting, staff: Staff) -> bool:
    """Whether this coach may not even see how far the typing is."""
    if not is_own_coach(sitting, staff):
        return False
    return not sitting.own_coach_agreed or _has_answers_of_others(sitting, staff)


def _has_answers_of_others(sitting: Sitting, staff: Staff) -> bool:
    core = sitting.answers.filter(part=PartKind.CORE.value)
    return core.exclude(typed_by=staff).exists()


def typists(sitting: Sitting) -> list[Staff]:
    """Who may be asked: colleagues who guide people, but not this one."""
    town = sitting.person.municipality
    staff = town.staff.filter(is_active=True).order_by("name")
    return [one for one in staff if _may_be_asked(sitting, one)]


def shown_to(there: Known, staff: Staff) -> Answers:
    """What this member of staff typed, and nobody else gave since."""
    mine = {code for code, who in there.typed_by.items() if who == staff.pk}
    return {code: answer for code, answer in there.answers.items() if code in mine}


def to_type(part: Part, section: Section, there: Known) -> list[Question]:
    """The questions of a page: those that what came before it does not rule out."""
    own = {question.code for question in section.questions}
    before = {code: a for code, a in there.answers.items() if code not in own}
    asked = {question.code for question in routing.may_be_asked(part, before)}
    return [question for question in section.questions if question.code in asked]


def chapters(sitting: Sitting) -> list[Chapter]:
    part, there = core_of(sitting), known(sitting, PartKind.CORE).answers
    asked = {question.code for question in routing.asked(part, there)}
    given = {
        code for code, one in there.items() if one.missing is not Missing.NOT_ASKED
    }
    found = []
    for section in part.sections:
        own = {question.code for question in section.questions} & asked
        if own:
            found.append(Chapter(section, len(own), len(own & given)))
    return found


def _open(sitting: Sitting) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",))
    joined = rows.select_related(
        "person__municipality", "pilot", "questionnaire", "prepared_by"
    )
    now = joined.defer("questionnaire__text").get(pk=sitting.pk)
    if now.state in sittings.OVER:
        raise Refused(
            _("This questionnaire is over. Nothing can be changed in it any more.")
        )
    if now.state == Sitting.State.HANDED_OVER:
        raise Refused(
            _("The device is with the person. Take it back first, then type in.")
        )
    return now


def _may_be_asked(sitting: Sitting, staff: Staff) -> bool:
    ours = staff.municipality_id == sitting.person.municipality_id
    fit = staff.is_active and any(staff.has(role) for role in TYPISTS)
    return ours and fit and not is_own_coach(sitting, staff)


def _refuse_own_coach(sitting: Sitting, by: Actor, *, agreed: bool) -> None:
    if by.staff is None:
        raise Refused(_("Only a member of staff can type answers in."))
    if not is_own_coach(sitting, by.staff):
        return
    if _has_answers_of_others(sitting, by.staff):
        raise Refused(
            _(
                "The person, or a colleague, gave a part of the answers. Ask a"
                " colleague for the rest, so that you do not see those."
            )
        )
    if not agreed:
        raise Refused(
            _(
                "A coach does not see the answers of people he or she guides. Ask a"
                " colleague to type them in, or ask the person whether it is all right."
            ),
            "own_coach_agreed",
        )


def _refuse_day(sitting: Sitting, day: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise Refused(_("This day has not come yet."), "answered_on")
    given = ConsentDecision.objects.filter(
        person=sitting.person, pilot=sitting.pilot, purpose=Purpose.STUDY, given=True
    )
    first = given.order_by("at").first()
    if first is None or day < timezone.localdate(first.at):
        raise Refused(
            _(
                "On this day the person had not agreed to the study yet. Only answers"
                " from after that count."
            ),
            "answered_on",
        )


def _audit(verb: str, sitting: Sitting, by: Actor, at: datetime) -> None:
    record(
        verb, by=by, at=at, on=sitting, persons=[sitting.person_id], purpose="research"
    )
