"""A trajectory is closed: on a day, with a reason of the pilot, once.

A pause that is still open ends with it. The exemption ends, the partner in a pair is
free, and the coach stays the one to call: after-care is a contact like any other, of
the occasion after-care. The evaluation questionnaire belongs to the closing talk,
shortly before or after; who did not agree to the study has none, and closes all the
same.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.inflow.models import Stage
from trede.inflow.stages import move
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.rules import EndReason
from trede.questionnaires.models import Sitting
from trede.questionnaires.sittings import prepare
from trede.trajectories import exemption
from trede.trajectories.models import Closing, Trajectory
from trede.trajectories.running import (
    held,
    refuse_before_start,
    refuse_future,
    running,
    tell_partner,
)

EVALUATION = "T1"


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
        _end_open_pause(now, on)
        now.closed_on = on
        now.save(update_fields=["closed_on"])
        closing = Closing.objects.create(
            trajectory=now,
            on=on,
            reason=reason,
            circumstance=period_on(rules, on).code,
            note=note.strip(),
            sitting=_evaluation_of(now),
            recorded_at=at,
            recorded_by=by.staff,
        )
        exemption.note(trajectory=now, kind=exemption.Kind.ENDS, on=on, at=at)
        move(candidate=now.candidate, to=Stage.CLOSED, by=by, at=at, reason=reason)
        tell_partner(now, at)
        record("closed a trajectory", by=by, at=at, on=closing, persons=[now.person_id])
    trajectory.closed_on = on
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
) -> Sitting:
    """Get the evaluation questionnaire ready; the same one when it is ready already."""
    with transaction.atomic():
        now = held(trajectory)
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
        )
        Closing.objects.filter(trajectory=now, sitting=None).update(sitting=sitting)
    return sitting


def reason_of(closing: Closing) -> EndReason | None:
    """The words of the pilot file, and how the report counts it."""
    rules = rules_of(closing.trajectory.pilot, closing.on)
    found = (each for each in rules.reasons.closing if each.code == closing.reason)
    return next(found, None)


def _refuse_reason(reasons: tuple[EndReason, ...], reason: str) -> None:
    if reason not in {each.code for each in reasons}:
        raise Refused(_("Choose one of the reasons of this pilot."), "reason")


def _end_open_pause(now: Trajectory, on: date) -> None:
    standing = now.pauses.standing().filter(until_on=None).first()
    if standing is None:
        return
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


def _evaluation_of(now: Trajectory) -> Sitting | None:
    """The sitting of the closing talk, when that came before the closing itself."""
    return (
        Sitting.objects.filter(
            person=now.person, pilot=now.pilot, wave=EVALUATION, closing=None
        )
        .exclude(state=Sitting.State.ENDED)
        .order_by("prepared_at")
        .last()
    )
