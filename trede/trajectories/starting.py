"""A trajectory starts: with a coach, on a day, exempt from other duties from then on.

Decides whether somebody may start: the intake said so, the lot does not make them wait,
trajectories are not halted on that day, and the coach has room. Who should wait is
started only with a reason, which is kept as a deviation and reported.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.inflow import waiting_by_lot
from trede.inflow.models import Candidate, Stage
from trede.inflow.stages import move
from trede.people.responsibility import make_responsible
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.trajectories import exemption
from trede.trajectories.caseload import refuse_full
from trede.trajectories.models import Trajectory
from trede.trajectories.running import tell_partner


def start(
    *,
    candidate: Candidate,
    coach: Staff,
    on: date,
    by: Actor,
    at: datetime,
    deviation_reason: str = "",
    limit_reason: str = "",
) -> Trajectory:
    with transaction.atomic():
        now = Candidate.objects.select_for_update().get(pk=candidate.pk)
        rules = rules_of(now.pilot, on)
        _refuse_not_ready(now)
        _refuse_day(rules, now, on, at)
        # Two starts with one coach wait for each other, so that the limit holds.
        Staff.objects.select_for_update(no_key=True).get(pk=coach.pk)
        refuse_full(
            coach=coach,
            person=now.person,
            limits=rules.limits,
            on=on,
            reason=limit_reason,
            by=by,
        )
        _settle_wait(now, on, deviation_reason, by, at)
        trajectory = _begun(now, rules, on, by)
        make_responsible(
            person=now.person, staff=coach, on=on, reason=limit_reason, by=by, at=at
        )
        exemption.note(trajectory=trajectory, kind=exemption.Kind.BEGINS, on=on, at=at)
        move(candidate=now, to=Stage.STARTED, by=by, at=at)
        tell_partner(trajectory, at)
        record(
            "started a trajectory", by=by, at=at, on=trajectory, persons=[now.person_id]
        )
    candidate.stage, candidate.stage_since = now.stage, now.stage_since
    return trajectory


def _begun(now: Candidate, rules: Rules, on: date, by: Actor) -> Trajectory:
    if by.staff is None:
        raise Refused(_("Only a member of staff can start a trajectory."))
    return Trajectory.objects.create(
        candidate=now,
        person=now.person,
        pilot=now.pilot,
        started_on=on,
        started_by=by.staff,
        months=rules.limits.trajectory_months,
        pauses_stop_the_clock=rules.limits.pauses_stop_the_clock,
        design=waiting_by_lot.design_on(rules, on).code,
        circumstance=period_on(rules, on).code,
    )


def _refuse_not_ready(now: Candidate) -> None:
    if now.stage == Stage.STARTED:
        raise Refused(_("This person has started already."))
    # One exemption, which ends once: the client manager gets no other date.
    if Trajectory.objects.running().filter(person=now.person_id).exists():
        raise Refused(
            _(
                "This person is in a trajectory of another pilot. Close that one first,"
                " or let this one wait."
            )
        )
    if now.stage not in (Stage.TO_START, Stage.PAIR_WAITING):
        raise Refused(
            _(
                "Somebody who is “%(stage)s” cannot start yet. First end the intake"
                " with the outcome that the trajectory may start."
            )
            % {"stage": now.get_stage_display()}
        )


def _refuse_day(rules: Rules, now: Candidate, on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refused(_("This day has not come yet. Start on the day itself."), "on")
    intake = now.intakes.exclude(ended_at=None).order_by("began_at").last()
    if intake and on < timezone.localdate(intake.began_at):
        raise Refused(_("This day is before the intake. Choose a later day."), "on")
    before = now.trajectories.order_by("closed_on").last()
    if before and before.closed_on and on < before.closed_on:
        raise Refused(_("This day is in an earlier trajectory."), "on")
    period = period_on(rules, on)
    if period.kind == "halted":
        raise Refused(
            _(
                "Trajectories are halted on this day (%(period)s). Choose a day after"
                " that."
            )
            % {"period": period.label},
            "on",
        )


def _settle_wait(
    now: Candidate, on: date, reason: str, by: Actor, at: datetime
) -> None:
    objection = waiting_by_lot.objection_to_start(now, on)
    if objection and not reason.strip():
        raise Refused(objection.sentence, "deviation_reason")
    if objection:
        waiting_by_lot.deviate(
            candidate=now, kind=objection.kind, reason=reason, by=by, at=at
        )
    if now.stage == Stage.PAIR_WAITING:
        move(candidate=now, to=Stage.TO_START, by=by, at=at)
