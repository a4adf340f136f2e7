"""Trajectories, and all that hangs from them: Sanne's, Willem's, and Noor's."""

from tests.cast import Cast
from tests.doors.things import Things
from tests.trajectories.making import AFTER, make_candidate, make_pilot
from trede.accounts.acting import staff_actor
from trede.accounts.models import Staff
from trede.inflow.models import Lot, Pair
from trede.people.responsibility import make_responsible
from trede.pilots.models import Pilot
from trede.trajectories.ladder import assess
from trede.trajectories.models import (
    Absence,
    BarrierChange,
    Extension,
    HandOver,
    Manner,
    SmallStep,
    Strength,
    WorkingStepNote,
)
from trede.trajectories.pausing import pause
from trede.trajectories.planning import add_step, set_goal
from trede.trajectories.starting import start


def add(cast: Cast, things: Things) -> None:
    here, far = make_pilot(cast), make_pilot(cast, cast.elsewhere)
    add_of(cast, things["own"], here, cast.sanne)
    add_of(cast, things["colleague"], here, cast.willem)
    add_of(cast, things["elsewhere"], far, cast.noor)


def add_of(cast: Cast, things: dict[str, object], pilot: Pilot, coach: Staff) -> None:
    by = staff_actor(coach)
    candidate = make_candidate(cast, pilot)
    trajectory = start(
        candidate=candidate, coach=coach, on=AFTER.date(), by=by, at=AFTER
    )
    goal = set_goal(trajectory=trajectory, words="Praten", by=by, at=AFTER)
    step = add_step(
        goal=goal, words="Bellen", together=True, planned_on=None, by=by, at=AFTER
    )
    stop = pause(
        trajectory=trajectory,
        from_on=AFTER.date(),
        until_on=AFTER.date(),
        reason="family",
        by=by,
        at=AFTER,
    )
    noted = {"trajectory": trajectory, "recorded_at": AFTER, "recorded_by": coach}
    fitted = WorkingStepNote.objects.create(
        code="goals", kind="done", on=AFTER.date(), **noted
    )
    things |= {
        "barrier_id": BarrierChange.objects.create(
            code="dutch", is_there=True, on=AFTER.date(), **noted
        ).pk,
        "strength_id": Strength.objects.create(words="Koken", **noted).pk,
        "small_step_id": SmallStep.objects.create(
            words="Belde", domain="finances", on=AFTER.date(), **noted
        ).pk,
        "manner_id": Manner.objects.create(often="weekly", **noted).pk,
    }
    longer = Extension.objects.create(months=1, reason="Ziek", **noted)
    assessment = assess(
        trajectory=trajectory,
        answers={
            "paid_work": False,
            "unpaid_work": False,
            "organised_weekly": False,
            "contact_weekly": True,
        },
        reference_on=AFTER.date(),
        by=by,
        at=AFTER,
    )
    things.setdefault("candidate_id", candidate.pk)
    things.setdefault("pilot_id", pilot.pk)
    things["trajectory_id"] = trajectory.pk
    things["goal_id"] = goal.pk
    things["step_id"] = step.pk
    things["pause_id"] = stop.pk
    things["step_note_id"] = fitted.pk
    things["step_code"] = "goals"
    things["extension_id"] = longer.pk
    things["assessment_id"] = assessment.pk
    away = {"staff": coach, "from_on": AFTER.date(), "recorded_by": coach}
    handed = {"giver": coach, "receiver": coach, "reason": "other"}
    things["hand_over_id"] = HandOver.objects.create(
        on=AFTER.date(), **handed, **noted
    ).pk
    things["absence_id"] = Absence.objects.create(recorded_at=AFTER, **away).pk
    things["notice_id"] = trajectory.notices.get().pk
    things["pair_id"] = a_pair(cast, pilot, coach).pk


def a_pair(cast: Cast, pilot: Pilot, coach: Staff) -> Pair:
    """A pair of two people of one coach, registered and not yet drawn."""
    by = staff_actor(coach)
    two = [make_candidate(cast, pilot) for _each in range(2)]
    for one in two:
        make_responsible(
            person=one.person,
            staff=coach,
            on=AFTER.date(),
            reason="",
            by=by,
            at=AFTER,
        )
    number = Lot.objects.count() + 1
    commitment = f"{number:064x}"
    lot = Lot.objects.create(
        pilot=pilot, number=number, commitment=commitment, sealed_at=AFTER
    )
    return Pair.objects.create(
        pilot=pilot,
        one=two[0],
        other=two[1],
        lot=lot,
        commitment=commitment,
        registered_at=AFTER,
        registered_by=coach,
    )
