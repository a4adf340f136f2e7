"""Leaving, in two acts that have nothing to do with each other.

Stopping with the study: all consent is withdrawn, the answers leave every later
dataset, and the trajectory goes on untouched. Leaving the trajectory: it closes, the
exemption ends, and the client manager gets the date; for who still waited there is no
trajectory any more, no exemption ran and nobody gets a notice. No reason is asked for
either, and each may be done by the person, or by a member of staff at their word. Twice
is once.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from trede.accounts.acting import Actor, record
from trede.inflow.models import Candidate, Stage
from trede.inflow.stages import OUT, move
from trede.people.consenting import has_consent, standing, withdraw
from trede.people.models import Person, Purpose
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import EndReason
from trede.trajectories.closing import close
from trede.trajectories.models import Closing, Leaving, Trajectory
from trede.trajectories.running import held

Kind = Leaving.Kind
OWN_WISH = "own_wish"


def stop_with_study(
    *, person: Person, pilot: Pilot, by: Actor, at: datetime
) -> Leaving:
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        before = _newest(person, pilot, Kind.STUDY)
        if before and not agrees_to_anything(person, pilot):
            return before
        for purpose in Purpose:
            withdraw(person=person, pilot=pilot, purpose=purpose, by=by, at=at)
        leaving = _newest(person, pilot, Kind.STUDY)
        if leaving is None or leaving.at != at:
            leaving = _left(person, pilot, Kind.STUDY, by.name, at)
        record("stopped with the study", by=by, at=at, on=leaving, persons=[person.pk])
    return leaving


def note_stop(*, person: Person, pilot: Pilot, purpose: Purpose, at: datetime) -> None:
    """However consent to the study was withdrawn: the answers of before stay out, also
    when the person agrees again."""
    decided = standing(person, pilot, purpose)
    if decided and purpose == Purpose.STUDY:
        _left(person, pilot, Kind.STUDY, decided.recorded_by, at)


def leave_trajectory(
    *, person: Person, pilot: Pilot, by: Actor, at: datetime
) -> Leaving | None:
    """None when there is nothing (any more) to leave."""
    with transaction.atomic():
        _hold(person, pilot)
        running = running_of(person, pilot)
        candidate = _candidate(person, pilot)
        if running:
            _close(running, by, at)
        elif candidate and _could_still_start(candidate):
            move(candidate=candidate, to=Stage.DECLINED, by=by, at=at)
        else:
            return _newest(person, pilot, Kind.TRAJECTORY)
        leaving = _left(person, pilot, Kind.TRAJECTORY, by.name, at)
        record("left the trajectory", by=by, at=at, on=leaving, persons=[person.pk])
    return leaving


def _hold(person: Person, pilot: Pilot) -> None:
    """In the order in which a start, a hand-over and a closing hold them: else two
    acts at once could each wait for the other."""
    before = running_of(person, pilot)
    if before:
        held(before)
    Candidate.objects.select_for_update().filter(person=person, pilot=pilot).first()
    Person.objects.select_for_update().get(pk=person.pk)


def running_of(person: Person, pilot: Pilot) -> Trajectory | None:
    rows = Trajectory.objects.running().filter(person=person, pilot=pilot)
    return rows.select_related("candidate").first()


def agrees_to_anything(person: Person, pilot: Pilot) -> bool:
    return any(has_consent(person, pilot, purpose) for purpose in Purpose)


def only_waits(person: Person, pilot: Pilot) -> bool:
    """No trajectory runs, and one could still start."""
    candidate = _candidate(person, pilot)
    waits = candidate is not None and _could_still_start(candidate)
    return waits and running_of(person, pilot) is None


def left_before(person: Person, pilot: Pilot) -> Leaving | None:
    return _newest(person, pilot, Kind.TRAJECTORY)


def ended_a_trajectory(left: Leaving) -> bool:
    """Whether one ran, with its exemption; who only waited had neither."""
    return (
        Closing.objects.standing()
        .filter(
            trajectory__person=left.person_id,
            trajectory__pilot=left.pilot_id,
            recorded_at=left.at,
        )
        .exists()
    )


def _candidate(person: Person, pilot: Pilot) -> Candidate | None:
    return Candidate.objects.filter(person=person, pilot=pilot).first()


def _could_still_start(candidate: Candidate) -> bool:
    return candidate.stage not in OUT | {Stage.CLOSED, Stage.STARTED}


def _close(running: Trajectory, by: Actor, at: datetime) -> None:
    on = timezone.localdate(at)
    # An open pause that was planned for later has no sense any more.
    later = running.pauses.standing().filter(from_on__gt=on)
    later.update(reversed_at=at)
    reasons = rules_of(running.pilot, on).reasons.closing
    reason = _own_wish(reasons)
    close(trajectory=running, on=on, reason=reason, note="", by=by, at=at)


def _own_wish(reasons: tuple[EndReason, ...]) -> str:
    """The pilot's word for it; or else its first reason that counts as a dropout."""
    codes = [each.code for each in reasons]
    dropouts = [each.code for each in reasons if each.counts_as == "dropout"]
    return OWN_WISH if OWN_WISH in codes else (dropouts or codes)[0]


def _newest(person: Person, pilot: Pilot, kind: Leaving.Kind) -> Leaving | None:
    left = Leaving.objects.standing().filter(person=person, pilot=pilot, kind=kind)
    return left.last()


def _left(
    person: Person, pilot: Pilot, kind: Leaving.Kind, by: str, at: datetime
) -> Leaving:
    return Leaving.objects.create(person=person, pilot=pilot, kind=kind, at=at, by=by)
