"""Where a person is on the way from the list to after-care, with the dates.

Who came by referral has no list, and who was on the list may have no referral: a step
that was never part of somebody's way is left out.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.contact.models import Occasion, Outcome
from trede.desk.casework import Casework
from trede.inflow.models import Stage
from trede.inflow.stages import OUT
from trede.questionnaires.models import Sitting
from trede.trajectories.clock import Clock
from trede.trajectories.closing import EVALUATION

LIST, REFERRAL, CONTACT, INTAKE = "list", "referral", "contact", "intake"
TRAJECTORY, CLOSING = "trajectory", "closing"
EVALUATED, AFTER_CARE = "evaluation", "after_care"
LABELS: dict[str, Promise] = {
    LIST: pgettext_lazy("journey", "List"),
    REFERRAL: pgettext_lazy("journey", "Referral"),
    CONTACT: pgettext_lazy("journey", "Contact"),
    INTAKE: pgettext_lazy("journey", "Intake"),
    TRAJECTORY: pgettext_lazy("journey", "Trajectory"),
    CLOSING: pgettext_lazy("journey", "Closing"),
    EVALUATED: pgettext_lazy("journey", "Evaluation"),
    AFTER_CARE: pgettext_lazy("journey", "After-care"),
}
ORDER = tuple(LABELS)
NOW = {
    Stage.LISTED: CONTACT,
    Stage.WAITING: CONTACT,
    Stage.RESTING: CONTACT,
    Stage.INTAKE: INTAKE,
    Stage.TO_START: INTAKE,
    Stage.PAIR_WAITING: INTAKE,
    Stage.STARTED: TRAJECTORY,
    Stage.CLOSED: EVALUATED,
}


@dataclass(frozen=True)
class PathStep:
    label: Promise
    state: str  # done, now or next
    on: date | None = None
    note: str = ""


def path_of(work: Casework, clock: Clock | None) -> list[PathStep]:
    candidate = work.candidate
    if candidate is None:
        return []
    dates = _dates(work)
    stage = Stage(candidate.stage)
    now = NOW.get(stage, "")
    if now == EVALUATED and dates[EVALUATED]:
        now = AFTER_CARE
    place = ORDER.index(now) if now else _farthest(dates)
    return [
        _step(code, work, dates, ORDER.index(code) - place, stage, clock)
        for code in ORDER
        if code not in (LIST, REFERRAL) or dates[code]
    ]


def _step(
    code: str,
    work: Casework,
    dates: dict[str, date | None],
    ahead: int,
    stage: Stage,
    clock: Clock | None,
) -> PathStep:
    on, note = dates[code], ""
    state = "done" if ahead < 0 or (stage in OUT and ahead == 0) else "next"
    # After-care may have begun before the evaluation was filled in.
    if (ahead == 0 and stage not in OUT) or (code == AFTER_CARE and on):
        state = "now"
    if code == TRAJECTORY and state == "now":
        note = _("since")
    if code == CLOSING and not on and clock and clock.ends_on:
        on, note = clock.ends_on, _("at the latest")
    if code == REFERRAL and work.referrals:
        note = _referrer(work)
    return PathStep(LABELS[code], state, on, note)


def _farthest(dates: dict[str, date | None]) -> int:
    """Who left stands as far as they came."""
    return max((n for n, code in enumerate(ORDER) if dates[code]), default=0)


def _dates(work: Casework) -> dict[str, date | None]:
    listed = [step.at for step in work.steps if step.stage == Stage.LISTED]
    spoken = [one.at for one in work.moments if one.outcome == Outcome.SPOKE]
    cared = [one.at for one in work.moments if one.occasion == Occasion.AFTER_CARE]
    evaluated = [
        one.finished_at
        for one in work.sittings
        if one.wave == EVALUATION and one.state == Sitting.State.FINISHED
    ]
    first = {
        LIST: next(iter(listed), None),
        REFERRAL: next((one.at for one in work.referrals), None),
        CONTACT: next(iter(spoken), None),
        INTAKE: next((one.began_at for one in work.intakes), None),
        EVALUATED: next((at for at in evaluated if at), None),
        AFTER_CARE: next(iter(cared), None),
    }
    dates = {code: timezone.localdate(at) if at else None for code, at in first.items()}
    now = work.trajectory
    return dates | {
        TRAJECTORY: now.started_on if now else None,
        CLOSING: now.closed_on if now else None,
    }


def _referrer(work: Casework) -> str:
    first = work.referrals[0]
    return first.referrer_name or (first.referrer.name if first.referrer else "")
