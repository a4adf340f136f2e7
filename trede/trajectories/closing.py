"""A trajectory is closed: on a day, with a reason of the pilot, once.

A pause that is still open ends with it. The exemption ends, the partner in a pair is
free, and the coach stays the one to call: after-care is a contact like any other, of
the occasion after-care. The evaluation questionnaire belongs to the closing talk,
shortly before or after; who did not agree to the study has none, and closes all the
same. A closing that was a mistake is taken back with a reason: it stays on record, and
everything it ended runs on as if it had not ended.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.inflow.models import Stage
from trede.inflow.stages import move, undo_move
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.rules import EndReason
from trede.questionnaires.models import Sitting
from trede.questionnaires.sittings import prepare
from trede.trajectories import exemption
from trede.trajectories.models import Closing, Leaving, Pause, Trajectory
from trede.trajectories.running import (
    held,
    is_return,
    refuse_before_start,
    refuse_future,
    running,
    staff_of,
    tell_partner,
)

EVALUATION = "T1"
LONGEST_REASON = 300


def close(
    *,
    trajectory: Trajectory,
    on: date,
    reason: str,
    note: str,
    by: Actor,
    at: datetime,
) -> Closing:
    with transaction.atomic():
        now = running(trajectory)
        refuse_before_start(now, on)
        refuse_future(on, at)
        rules = rules_of(now.pilot, on)
        _refuse_reason(rules.reasons.closing, reason)
        ended_pause = _end_open_pause(now, on)
        now.closed_on = on
        now.save(update_fields=["closed_on"])
        closing = Closing.objects.create(
            trajectory=now,
            on=on,
            reason=reason,
            circumstance=period_on(rules, on).code,
            note=note.strip(),
            sitting=_evaluation_of(now),
            ended_pause=ended_pause,
            recorded_at=at,
            recorded_by=by.staff,
        )
        exemption.note(trajectory=now, kind=exemption.Kind.ENDS, on=on, at=at)
        move(candidate=now.candidate, to=Stage.CLOSED, by=by, at=at, reason=reason)
        tell_partner(now, at)
        record("closed a trajectory", by=by, at=at, on=closing, persons=[now.person_id])
    trajectory.closed_on = on
    return closing


def take_back(
    *, trajectory: Trajectory, reason: str, by: Actor, at: datetime
) -> Closing:
    """It was closed by mistake: the trajectory runs on. Twice is once."""
    staff = staff_of(by)
    with transaction.atomic():
        now = held(trajectory)
        closing = now.closings.select_related("ended_pause").last()
        if closing is None:
            raise Refused(_("This trajectory was never closed."))
        if closing.reversed_at:
            return closing
        said = _why(closing, reason)
        _undo_stage(now, by, at)
        now.closed_on = None
        now.save(update_fields=["closed_on"])
        closing.reversed_at, closing.reversed_by = at, staff
        closing.reversed_reason = said
        closing.save(update_fields=["reversed_at", "reversed_by", "reversed_reason"])
        _undo_what_followed(now, closing, at)
        exemption.note(
            trajectory=now, kind=exemption.Kind.CONTINUES, on=closing.on, at=at
        )
        tell_partner(now, at)
        record("took back a closing", by=by, at=at, on=closing, persons=[now.person_id])
    trajectory.closed_on = None
    return closing


def open_evaluation(
    *,
    trajectory: Trajectory,
    mode: Sitting.Mode,
    language: str,
    location: str,
    by: Actor,
    at: datetime,
    simulated: bool = False,
    renewed: bool = False,
    in_care_of: Staff | None = None,
) -> Sitting:
    """Get the evaluation questionnaire ready; the same one when it is ready already."""
    with transaction.atomic():
        now = held(trajectory)
        if is_return(now):
            raise Refused(
                _(
                    "This person came back. The study follows the first trajectory, and"
                    " asks no evaluation of this one."
                )
            )
        sitting = prepare(
            person=now.person,
            pilot=now.pilot,
            wave=EVALUATION,
            mode=mode,
            language=language,
            location=location,
            by=by,
            at=at,
            simulated=simulated,
            renewed=renewed,
            in_care_of=in_care_of,
        )
        closings = now.closings.standing()
        # What was asked anew is the evaluation of this closing from now on.
        (closings if renewed else closings.filter(sitting=None)).update(sitting=sitting)
    return sitting


def reason_of(closing: Closing) -> EndReason | None:
    """The words of the pilot file, and how the report counts it."""
    rules = rules_of(closing.trajectory.pilot, closing.on)
    found = (each for each in rules.reasons.closing if each.code == closing.reason)
    return next(found, None)


def _refuse_reason(reasons: tuple[EndReason, ...], reason: str) -> None:
    if reason not in {each.code for each in reasons}:
        raise Refused(_("Choose one of the reasons of this pilot."), "reason")


def _why(closing: Closing, reason: str) -> str:
    if closing.recorded_by is None:
        raise Refused(
            _(
                "The person left the trajectory by themselves: that stands. Who wants"
                " to come back is welcome: begin with a new intake."
            )
        )
    said = " ".join(reason.split())
    if not said:
        raise Refused(_("Write why the closing is taken back."), "reason")
    if len(said) > LONGEST_REASON:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.")
            % {"most": LONGEST_REASON},
            "reason",
        )
    return said


def _undo_stage(now: Trajectory, by: Actor, at: datetime) -> None:
    """Only while nothing came after it: a new intake or trajectory stands."""
    last = now.candidate.transitions.last()
    if last is None or last.stage != Stage.CLOSED:
        raise Refused(
            _("This person has gone on since the closing, so that it has to stand.")
        )
    undo_move(transition=last, by=by, at=at)


def _undo_what_followed(now: Trajectory, closing: Closing, at: datetime) -> None:
    pause = closing.ended_pause
    if pause and pause.reversed_at is None and pause.until_on == closing.on:
        pause.until_on = None
        pause.save(update_fields=["until_on"])
    Leaving.objects.standing().filter(
        person=now.person,
        pilot=now.pilot,
        kind=Leaving.Kind.TRAJECTORY,
        at=closing.recorded_at,
    ).update(reversed_at=at)


def _end_open_pause(now: Trajectory, on: date) -> Pause | None:
    standing = now.pauses.standing().filter(until_on=None).first()
    if standing is None:
        return None
    if standing.from_on > on:
        raise Refused(
            _(
                "A pause begins after this day, on %(day)s. Take the pause back first,"
                " or choose a later day."
            )
            % {"day": standing.from_on.strftime("%d-%m-%Y")},
            "on",
        )
    standing.until_on = on
    standing.save(update_fields=["until_on"])
    return standing


def _evaluation_of(now: Trajectory) -> Sitting | None:
    """The sitting of the closing talk, when that came before the closing itself."""
    if is_return(now):
        return None
    return (
        Sitting.objects.filter(person=now.person, pilot=now.pilot, wave=EVALUATION)
        .exclude(closings__in=Closing.objects.standing())
        .exclude(state=Sitting.State.ENDED)
        .order_by("prepared_at")
        .last()
    )
