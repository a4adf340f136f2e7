"""The intake: one sitting in steps, each kept as it is done.

Inform, ask consent per purpose, the questionnaire, the talk, the outcome. One may stop
after each step and go on another day, and go back to an earlier one. Only two things
are held to: nobody decides on the study before it was explained, and nobody begins
before being asked. A no to the study never stands in the way of a trajectory.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.inflow import stages
from trede.inflow.models import Candidate, Intake, Stage
from trede.inflow.resting import let_rest, rest_until_default
from trede.inflow.waiting_by_lot import left_alone
from trede.people.consenting import standing
from trede.people.models import Purpose
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Wave
from trede.questionnaires import sittings
from trede.questionnaires.models import Sitting

LONGEST_NOTE = 10_000
AFTER = {
    Intake.Outcome.START: Stage.TO_START,
    Intake.Outcome.WAIT: Stage.WAITING,
    Intake.Outcome.REFERRED_ON: Stage.REFERRED_ON,
}


def begin(
    *,
    candidate: Candidate,
    coach: Staff,
    location: str,
    by: Actor,
    at: datetime,
    repeated: bool = False,
) -> Intake:
    """Start the intake, or go on with the one that is open (a double click)."""
    day = timezone.localdate(at)
    with transaction.atomic():
        now = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
        there = Intake.objects.filter(candidate=now, ended_at=None).first()
        if there:
            return there
        if not coach.has(Role.COACH) or coach.municipality_id != _municipality(now):
            raise Refused(_("Choose a coach who works in this municipality."), "coach")
        waits = left_alone(now.person, now.pilot, at)
        if waits:
            raise Refused(waits)
        intake = Intake.objects.create(
            candidate=now,
            coach=coach,
            began_at=at,
            location=location,
            circumstance=period_on(rules_of(now.pilot, day), day).code,
            repeated=repeated,
        )
        stages.move(candidate=now, to=Stage.INTAKE, by=by, at=at)
        _audit("began an intake", intake, by, at)
    candidate.stage = now.stage
    return intake


def inform(*, intake: Intake, by: Actor, at: datetime) -> Intake:
    """The trajectory and the study were explained, and what they do not promise."""
    with transaction.atomic():
        now = locked(intake)
        if now.informed_at is None:
            now.informed_at = at
            now.save(update_fields=["informed_at"])
            _audit("informed a candidate", now, by, at)
    return now


def open_questionnaire(
    *, intake: Intake, mode: Sitting.Mode, language: str, by: Actor, at: datetime
) -> Sitting:
    """The questionnaire of this intake: once, however often it is asked for."""
    with transaction.atomic():
        now = locked(intake)
        if now.sitting:
            return now.sitting
        candidate = now.candidate
        if stages.came_back(candidate):
            raise Refused(
                _(
                    "This person was in a trajectory before. The study keeps the"
                    " measurements of that one, and asks no new questionnaire."
                )
            )
        wave = wave_of(now, at)
        now.sitting = sittings.prepare(
            person=candidate.person,
            pilot=candidate.pilot,
            wave=wave.code,
            mode=mode,
            language=language,
            location=now.location,
            by=by,
            at=at,
            renewed=True,
        )
        now.save(update_fields=["sitting"])
    return now.sitting


def talk(
    *,
    intake: Intake,
    topics: Iterable[str],
    barriers: Iterable[str],
    note: str,
    by: Actor,
    at: datetime,
    edition: int | None = None,
) -> Intake:
    """What was talked about, what stands in the way, and one note."""
    with transaction.atomic():
        now = locked(intake)
        rules = rules_of(now.candidate.pilot, timezone.localdate(now.began_at))
        talked, named = (
            _in_order(topics, [one.code for one in rules.talk.topics]),
            _in_order(barriers, [one.code for one in rules.talk.barriers]),
        )
        text = note.strip()
        if len(text) > LONGEST_NOTE:
            raise Refused(
                _("This note is too long. Use at most %(most)d characters.")
                % {"most": LONGEST_NOTE},
                "note",
            )
        if (now.topics, now.barriers, now.talk_note) == (talked, named, text):
            if now.talked_at:
                return now
        elif edition is not None and edition != now.edition:
            raise Refused(
                _(
                    "This was saved in another window meanwhile. What you typed is"
                    " still here; open the page anew to see what was saved."
                )
            )
        now.topics, now.barriers, now.talk_note = talked, named, text
        now.talked_at, now.edition = now.talked_at or at, now.edition + 1
        now.save(
            update_fields=["topics", "barriers", "talk_note", "talked_at", "edition"]
        )
        _audit("noted the talk of an intake", now, by, at)
    return now


def end(
    *,
    intake: Intake,
    outcome: Intake.Outcome,
    by: Actor,
    at: datetime,
    reason: str = "",
    remark: str = "",
    until: date | None = None,
) -> Intake:
    """How it goes on; the step says why. `until`: when to ask again, for "not now"."""
    with transaction.atomic():
        now = locked(intake, ended=True)
        if now.ended_at:
            return _ended_already(now, outcome)
        rules = rules_of(now.candidate.pilot, timezone.localdate(at))
        _refuse_before_asked(now, outcome)
        _refuse_reason(rules, outcome, reason)
        _move_on(now, outcome, by, at, reason=reason, remark=remark, until=until)
        now.outcome, now.ended_at = outcome, at
        now.save(update_fields=["outcome", "ended_at"])
        _audit("ended an intake", now, by, at)
    return now


def was_asked(intake: Intake) -> bool:
    """Whether there is a yes or a no to the study."""
    candidate = intake.candidate
    return standing(candidate.person, candidate.pilot, Purpose.STUDY) is not None


def wave_of(intake: Intake, at: datetime) -> Wave:
    """A repeated intake has a wave of its own as long as that is held; after it was
    retired, the ordinary one is held anew."""
    day = timezone.localdate(at)
    rules = rules_of(intake.candidate.pilot, day)
    moments = ("delayed_start", "intake") if intake.repeated else ("intake",)
    for moment in moments:
        for wave in rules.waves:
            held = wave.retired_on is None or day < wave.retired_on
            if held and any(due.moment == moment for due in wave.due):
                return wave
    raise Refused(_("The pilot has no questionnaire at the intake."))


def locked(intake: Intake, *, ended: bool = False) -> Intake:
    """The intake as it stands, held for the rest of the transaction."""
    rows = Intake.objects.select_for_update(of=("self",))
    joined = rows.select_related("candidate__person", "candidate__pilot", "sitting")
    now = joined.get(pk=intake.pk)
    if now.ended_at and not ended:
        raise Refused(_("This intake is over. Begin a new one to go on."))
    return now


def _in_order(chosen: Iterable[str], known: list[str]) -> list[str]:
    there = set(chosen)
    if not there <= set(known):
        raise Refused(_("This is not on the card. Choose from the list."))
    return [code for code in known if code in there]


def _move_on(
    intake: Intake,
    outcome: Intake.Outcome,
    by: Actor,
    at: datetime,
    *,
    reason: str,
    remark: str,
    until: date | None,
) -> None:
    candidate = intake.candidate
    if outcome is Intake.Outcome.NOT_NOW:
        day = timezone.localdate(at)
        default = rest_until_default(rules_of(candidate.pilot, day), day)
        let_rest(
            candidate=candidate, until=until or default, reason=reason, by=by, at=at
        )
        return
    to = AFTER[outcome]
    stages.move(candidate=candidate, to=to, by=by, at=at, reason=reason, remark=remark)


def _refuse_before_asked(intake: Intake, outcome: Intake.Outcome) -> None:
    if outcome not in (Intake.Outcome.START, Intake.Outcome.WAIT):
        return
    if intake.informed_at is None:
        raise Refused(_("First tell what the trajectory and the study are."))
    if not was_asked(intake):
        raise Refused(
            _("First ask about the study. Yes and no are both fine, for a trajectory.")
        )


def _refuse_reason(rules: Rules, outcome: Intake.Outcome, reason: str) -> None:
    if outcome is not Intake.Outcome.NOT_NOW:
        return
    if reason not in {one.code for one in rules.reasons.not_now}:
        raise Refused(_("Choose why it is not now."), "reason")


def _ended_already(intake: Intake, outcome: Intake.Outcome) -> Intake:
    if intake.outcome != outcome:
        raise Refused(_("This intake is over. Begin a new one to go on."))
    return intake


def _municipality(candidate: Candidate) -> int:
    return candidate.person.municipality_id


def _audit(verb: str, intake: Intake, by: Actor, at: datetime) -> None:
    record(verb, by=by, at=at, on=intake, persons=[intake.candidate.person_id])
