"""Somebody is left in peace until a day, with light contact if the pilot wants that.

Who has enough to do, or cannot because of health, is not called until then. On that
day they stand on the waiting list again by themselves; they can also be woken earlier,
when they call. Without light contact, whoever has contact meanwhile says why.
"""

from calendar import monthrange
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trede.accounts.acting import Actor
from trede.accounts.refusing import Refused
from trede.inflow.models import Candidate, Stage, StageTransition
from trede.inflow.protocol import is_resting
from trede.inflow.stages import OUT, move_locked, undo_move
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules

LONGEST_REST_MONTHS = 24
NOT_RESTING = gettext_lazy("This person is not being left in peace at the moment.")
TAKEN_BACK_HERE = OUT - {Stage.REFERRED_ON} | {Stage.WAITING, Stage.RESTING}


def reasons(rules: Rules) -> dict[str, str]:
    """Why somebody may be left in peace: as they said it, or nobody answered."""
    named = (*rules.reasons.not_now, *rules.reasons.decline)
    no_answer = [one for one in rules.reasons.no_longer if one.code == "no_answer"]
    return {one.code: one.label for one in (*named, *no_answer)}


def rest_until_default(rules: Rules, on: date) -> date:
    return _months_later(on, rules.contact.rest_months)


def let_rest(
    *, candidate: Candidate, until: date, reason: str, by: Actor, at: datetime
) -> StageTransition:
    """Leave in peace until a day; that day they may be contacted again."""
    with transaction.atomic():
        now = Candidate.objects.select_for_update().get(pk=candidate.pk)
        now.pilot = candidate.pilot
        transition = let_rest_locked(
            candidate=now, until=until, reason=reason, by=by, at=at
        )
    _tell(candidate, now)
    return transition


def let_rest_locked(
    *, candidate: Candidate, until: date, reason: str, by: Actor, at: datetime
) -> StageTransition:
    """For who holds the candidate for update, within a transaction."""
    today = timezone.localdate(at)
    refuse_rest(rules_of(candidate.pilot, today), reason, until, today)
    if candidate.stage == Stage.RESTING and candidate.rest_until != until:
        # Resting on is a step of its own, with its own reason.
        move_locked(candidate=candidate, to=Stage.WAITING, by=by, at=at)
    transition = move_locked(
        candidate=candidate,
        to=Stage.RESTING,
        by=by,
        at=at,
        reason=reason,
        remark=until.isoformat(),
    )
    candidate.rest_until = until
    candidate.save(update_fields=["rest_until"])
    return transition


def wake(*, candidate: Candidate, by: Actor, at: datetime) -> StageTransition:
    """Onto the waiting list again; the attempts begin anew from today."""
    with transaction.atomic():
        now = Candidate.objects.select_for_update().get(pk=candidate.pk)
        transition = wake_locked(candidate=now, by=by, at=at)
    _tell(candidate, now)
    return transition


def wake_locked(*, candidate: Candidate, by: Actor, at: datetime) -> StageTransition:
    """For who holds the candidate for update, within a transaction."""
    if candidate.stage not in (Stage.RESTING, Stage.WAITING):
        raise Refused(NOT_RESTING)
    was_resting = candidate.stage == Stage.RESTING
    transition = move_locked(candidate=candidate, to=Stage.WAITING, by=by, at=at)
    today, until = timezone.localdate(at), candidate.rest_until
    if was_resting and (until is None or until > today):
        candidate.rest_until = today
        candidate.save(update_fields=["rest_until"])
    return transition


def undo_step(*, transition: StageTransition, by: Actor, at: datetime) -> None:
    """Take the last step back; until when somebody is left in peace goes with it. An
    intake, a lot and a trajectory hang on other rows and are taken back there."""
    if transition.stage not in TAKEN_BACK_HERE:
        raise Refused(
            _("“%(stage)s” cannot be taken back here. Open the person's page.")
            % {"stage": transition.get_stage_display()}
        )
    if transition.by.startswith("person:"):
        raise Refused(
            _(
                "The person did this by themselves: that stands. Who wants to come back"
                " is welcome: begin with a new intake."
            )
        )
    with transaction.atomic():
        undo_move(transition=transition, by=by, at=at)
        now = Candidate.objects.select_for_update().get(pk=transition.candidate_id)
        rests = now.transitions.filter(
            stage=Stage.RESTING, reverses=None, reversal=None
        )
        last = rests.last()
        now.rest_until = (
            date.fromisoformat(last.remark) if last and last.remark else None
        )
        now.save(update_fields=["rest_until"])


def left_in_peace(person: Person, pilot: Pilot, at: datetime) -> str | None:
    """For the contact guard: why this person is not contacted now."""
    candidate = Candidate.objects.filter(person=person, pilot=pilot).first()
    today = timezone.localdate(at)
    if candidate is None or not is_resting(candidate, today):
        return None
    if rules_of(pilot, today).contact.light_contact_while_resting:
        return None
    until = candidate.rest_until
    return (
        _(
            "This person is left in peace until %(day)s. Write why there is contact all"
            " the same, for instance: called us."
        )
        % {"day": f"{until:%d-%m-%Y}"}
        if until
        else _(
            "This person is left in peace. Write why there is contact all the same, for"
            " instance: called us."
        )
    )


def _tell(candidate: Candidate, now: Candidate) -> None:
    candidate.stage, candidate.stage_since = now.stage, now.stage_since
    candidate.rest_until = now.rest_until


def refuse_rest(rules: Rules, reason: str, until: date, today: date) -> None:
    if reason not in reasons(rules):
        raise Refused(_("Choose a reason from the list."), "reason")
    if until <= today:
        raise Refused(_("Choose a day that has yet to come."), "until")
    if until > _months_later(today, LONGEST_REST_MONTHS):
        raise Refused(
            _("Choose a day within two years, so that nobody is forgotten."), "until"
        )


def _months_later(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
