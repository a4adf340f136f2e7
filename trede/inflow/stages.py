"""Where a candidate stands, and which step may follow which.

A step is dated and has a reason, and is never overwritten: the table says what may
follow, `move` adds the step, and taking a step back adds another one that reverses it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede import many_rows
from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.inflow.models import Candidate, Stage, StageTransition

AT_A_TIME = 500
# Ways out that are open at any time before a trajectory: taking part is voluntary, and
# life goes on meanwhile (moved, paid work, another track).
OUT = frozenset((Stage.REFERRED_ON, Stage.DECLINED, Stage.INELIGIBLE, Stage.GONE))

STEPS: Mapping[Stage, frozenset[Stage]] = {
    Stage.LISTED: OUT | {Stage.WAITING, Stage.RESTING, Stage.INTAKE},
    Stage.WAITING: OUT | {Stage.RESTING, Stage.INTAKE},
    # Who was left in peace comes back to where they were called from.
    Stage.RESTING: OUT | {Stage.LISTED, Stage.WAITING, Stage.INTAKE},
    # "Not now" and "wait" are outcomes of an intake; it is repeated before the start.
    Stage.INTAKE: OUT
    | {Stage.TO_START, Stage.PAIR_WAITING, Stage.WAITING, Stage.RESTING},
    # The lot may fall, or the start be put off, after the intake has said "start".
    Stage.TO_START: OUT
    | {
        Stage.STARTED,
        Stage.PAIR_WAITING,
        Stage.INTAKE,
        Stage.WAITING,
        Stage.RESTING,
    },
    # Not to STARTED: who waits by lot becomes free to start first, so that nobody
    # is started by accident. A renewed intake comes between.
    Stage.PAIR_WAITING: OUT | {Stage.TO_START, Stage.INTAKE},
    # A trajectory ends by closing it, whatever the reason.
    Stage.STARTED: frozenset((Stage.CLOSED,)),
    # People come back: referred anew, or because they call.
    Stage.CLOSED: frozenset((Stage.WAITING, Stage.INTAKE)),
    Stage.REFERRED_ON: frozenset((Stage.WAITING, Stage.INTAKE, Stage.GONE)),
    # People change their minds, and are welcome.
    Stage.DECLINED: frozenset((Stage.WAITING, Stage.INTAKE, Stage.GONE)),
    # A rule changed, or an exception was made with a reason.
    Stage.INELIGIBLE: frozenset(
        (Stage.LISTED, Stage.WAITING, Stage.INTAKE, Stage.GONE)
    ),
    # A later list has them again, or they are referred by another way in.
    Stage.GONE: frozenset((Stage.LISTED, Stage.WAITING, Stage.INTAKE)),
}


def may_follow(after: str) -> frozenset[Stage]:
    return STEPS[Stage(after)]


def why_not(stage: Stage, to: Stage) -> str:
    """What is said to who wants a step that is not open; empty when it is."""
    if to in may_follow(stage):
        return ""
    return _("Somebody who is “%(stage)s” cannot become “%(to)s” in one step.") % {
        "stage": stage.label,
        "to": to.label,
    }


def came_back(candidate: Candidate) -> bool:
    """Whether a trajectory of this person was closed before. The study follows that
    one: what was measured then stays as it is."""
    closed = candidate.transitions.filter(stage=Stage.CLOSED, reverses=None)
    return closed.filter(reversal=None).exists()


def move(
    *,
    candidate: Candidate,
    to: Stage,
    by: Actor,
    at: datetime,
    reason: str = "",
    remark: str = "",
) -> StageTransition:
    """Take a step. Who stands there already is left there: a double click."""
    with transaction.atomic():
        now = _locked(candidate)
        transition = move_locked(
            candidate=now, to=to, by=by, at=at, reason=reason, remark=remark
        )
    candidate.stage, candidate.stage_since = now.stage, now.stage_since
    return transition


def move_locked(
    *,
    candidate: Candidate,
    to: Stage,
    by: Actor,
    at: datetime,
    reason: str = "",
    remark: str = "",
) -> StageTransition:
    """For who holds the candidate for update, within a transaction."""
    if candidate.stage == to and (newest := candidate.transitions.last()):
        return newest
    if why := why_not(Stage(candidate.stage), to):
        raise Refused(why)
    transition = _step(candidate, to, by, at, reason=reason, remark=remark)
    record(
        "moved a candidate",
        by=by,
        at=at,
        on=transition,
        persons=[candidate.person_id],
        fields=[to.value],
    )
    return transition


def undo_move(
    *, transition: StageTransition, by: Actor, at: datetime
) -> StageTransition:
    """Take the last step back, by a step that reverses it."""
    with transaction.atomic():
        candidate = _locked(transition.candidate)
        done = StageTransition.objects.filter(reverses=transition).first()
        if done:
            return done
        if candidate.transitions.last() != transition or not transition.before:
            raise Refused(
                _("Only the last step can be taken back. Something came after this.")
            )
        before = Stage(transition.before)
        reversal = _step(candidate, before, by, at, reverses=transition)
        record(
            "took back a step of a candidate",
            by=by,
            at=at,
            on=reversal,
            persons=[candidate.person_id],
            fields=[transition.stage],
        )
    return reversal


def enter(candidates: Sequence[Candidate], *, by: Actor, at: datetime) -> None:
    """The first step of many new candidates. Part of a rule that is audited."""
    many_rows.add(
        StageTransition,
        ("candidate", "stage"),
        ((one.pk, one.stage) for one in candidates),
        shared=StageTransition(at=at, by=by.name),
    )


def move_all(
    candidates: Iterable[Candidate],
    *,
    after: Stage,
    to: Stage,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> list[Candidate]:
    """The same step for all that still stand at `after`; the others stay.

    Part of a rule that writes the audit line for it.
    """
    if to not in may_follow(after):
        raise ValueError(f"{to} does not follow {after}")
    numbers = [one.pk for one in candidates]
    moved: list[Candidate] = []
    for start in range(0, len(numbers), AT_A_TIME):
        some = Candidate.objects.select_for_update().filter(
            pk__in=numbers[start : start + AT_A_TIME], stage=after
        )
        standing = list(some.order_by("pk"))
        for one in standing:
            one.stage, one.stage_since = to, at
        Candidate.objects.bulk_update(standing, ["stage", "stage_since"])
        StageTransition.objects.bulk_create(
            StageTransition(
                candidate=one,
                stage=to,
                before=after,
                at=at,
                by=by.name,
                reason=reason,
            )
            for one in standing
        )
        moved += standing
    return moved


def _locked(candidate: Candidate) -> Candidate:
    return Candidate.objects.select_for_update().get(pk=candidate.pk)


def _step(
    candidate: Candidate,
    to: Stage,
    by: Actor,
    at: datetime,
    *,
    reason: str = "",
    remark: str = "",
    reverses: StageTransition | None = None,
) -> StageTransition:
    transition = StageTransition.objects.create(
        candidate=candidate,
        stage=to,
        before=candidate.stage,
        at=at,
        by=by.name,
        reason=reason,
        remark=remark,
        reverses=reverses,
    )
    candidate.stage, candidate.stage_since = to, at
    candidate.save(update_fields=["stage", "stage_since"])
    return transition
