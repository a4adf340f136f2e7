"""Somebody would rather not, or turns out not to fit, or is not a candidate any more.

Decides where they stand then. Declining is free: it needs a reason for the figures
("unknown" is one), has no consequences, and people are welcome when they come back.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.refusing import Refused
from trede.inflow.models import Candidate, Stage, StageTransition
from trede.inflow.stages import move, move_locked
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules


def reasons_to_decline(rules: Rules) -> dict[str, str]:
    return {one.code: one.label for one in rules.reasons.decline}


def reasons_to_drop_out(rules: Rules) -> dict[str, str]:
    """They stopped on the way, or let nothing be heard any more."""
    left = [one for one in rules.reasons.no_longer if one.counts_as == "dropout"]
    return {one.code: one.label for one in left}


def reasons_not_to_fit(rules: Rules) -> dict[str, str]:
    fits_not = [one for one in rules.reasons.no_longer if one.counts_as != "dropout"]
    return {one.code: one.label for one in fits_not}


def decline(
    *, candidate: Candidate, reason: str, by: Actor, at: datetime, remark: str = ""
) -> StageTransition:
    _refuse_to_decline(candidate, reason, at)
    return move(
        candidate=candidate,
        to=Stage.DECLINED,
        by=by,
        at=at,
        reason=reason,
        remark=remark.strip(),
    )


def decline_locked(
    *, candidate: Candidate, reason: str, by: Actor, at: datetime
) -> StageTransition:
    """For who holds the candidate for update, within a transaction."""
    _refuse_to_decline(candidate, reason, at)
    return move_locked(
        candidate=candidate, to=Stage.DECLINED, by=by, at=at, reason=reason
    )


def _refuse_to_decline(candidate: Candidate, reason: str, at: datetime) -> None:
    rules = rules_of(candidate.pilot, timezone.localdate(at))
    if reason not in reasons_to_decline(rules):
        raise Refused(_("Choose a reason from the list."), "reason")


def found_ineligible(
    *, candidate: Candidate, reason: str, by: Actor, at: datetime, remark: str = ""
) -> StageTransition:
    """Does not fit the criteria after all, or life took another turn (moved, work)."""
    rules = rules_of(candidate.pilot, timezone.localdate(at))
    if reason not in reasons_not_to_fit(rules):
        raise Refused(_("Choose a reason from the list."), "reason")
    counts_as = {one.code: one.counts_as for one in rules.reasons.no_longer}
    to = Stage.INELIGIBLE if counts_as[reason] == "ineligible" else Stage.GONE
    return move(
        candidate=candidate, to=to, by=by, at=at, reason=reason, remark=remark.strip()
    )


def drop_out(
    *, candidate: Candidate, reason: str, by: Actor, at: datetime, remark: str = ""
) -> StageTransition:
    """Somebody who waits does not want to any more, or is not heard of again."""
    rules = rules_of(candidate.pilot, timezone.localdate(at))
    if reason not in reasons_to_drop_out(rules):
        raise Refused(_("Choose a reason from the list."), "reason")
    to = Stage.DECLINED if by.staff is None else Stage.GONE
    return move(
        candidate=candidate, to=to, by=by, at=at, reason=reason, remark=remark.strip()
    )
