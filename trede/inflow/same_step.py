"""Many candidates take the same step at once.

Decides of each whether the step is open to them, and says of the others why it is not.
Each takes it by the rule that holds for one, with its own line in the trail, so that
who cannot does not hold up the rest. The whole is taken back as far as nobody went on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.passing_on import pass_on_appointments
from trede.inflow import declining, inviting, resting, stages
from trede.inflow.inviting import Address
from trede.inflow.models import Candidate, SameStep, Stage, StageTransition
from trede.people.models import Responsibility
from trede.people.responsibility import coach_of, end_responsibility, make_responsible

Kind = SameStep.Kind
MOST = 500
# So many letters are typeset in one go, within the patience of a browser.
MOST_LETTERS = 100
LeftOut = list[tuple[Candidate, str]]


@dataclass(frozen=True)
class Step:
    """What is asked for everybody; each kind uses its own part of it."""

    kind: Kind
    until: date | None = None
    reason: str = ""
    coach: Staff | None = None
    address: Address | None = None

    @property
    def most(self) -> int:
        return MOST_LETTERS if self.kind is Kind.LETTER else MOST


@dataclass(frozen=True)
class Outcome:
    taken: list[SameStep]
    left_out: LeftOut


def why_not(
    candidates: Iterable[Candidate], step: Step, at: datetime
) -> dict[int, str]:
    """Of each what stands in the way; empty for who can take the step."""
    everybody = list(candidates)
    if step.kind is Kind.COACH:
        return _no_other_coach(everybody, step)
    return {one.pk: _objection(one, step, at) for one in everybody}


def take_together(
    *, candidates: Sequence[Candidate], step: Step, key: UUID, by: Actor, at: datetime
) -> Outcome:
    """With the same key a second time nobody takes it twice."""
    if len(candidates) > step.most:
        raise Refused(
            _("This can be done for at most %(most)d people at once. Choose fewer.")
            % {"most": step.most}
        )
    prefetch_related_objects([one.pilot for one in candidates], "files")
    outcome = Outcome([], [])
    for one in candidates:
        try:
            outcome.taken.append(_take(one, step, key, by, at))
        except Refused as refusal:
            outcome.left_out.append((one, str(refusal.message)))
    return outcome


def take_back_together(*, key: UUID, by: Actor, at: datetime) -> Outcome:
    """Everybody with whom nothing happened since; the others stay as they are."""
    outcome = Outcome([], [])
    here = SameStep.objects.filter(candidate__pilot__municipality=by.municipality_id)
    rows = here.filter(key=key, taken_back_at=None)
    for one in rows.select_related("candidate__person"):
        try:
            _take_back(one, by, at)
            outcome.taken.append(one)
        except Refused as refusal:
            outcome.left_out.append((one.candidate, str(refusal.message)))
    return outcome


def _coaches(candidates: Sequence[Candidate]) -> Mapping[int, int]:
    rows = Responsibility.objects.filter(
        person__in=[one.person_id for one in candidates], ended_on=None
    )
    return dict(rows.values_list("person", "staff"))


def _in_a_trajectory(candidates: Sequence[Candidate]) -> set[int]:
    """By number of the person, and in whichever pilot: the coach is one."""
    people = [one.person_id for one in candidates]
    rows = Candidate.objects.filter(person__in=people, stage=Stage.STARTED)
    return set(rows.values_list("person", flat=True))


def _objection(candidate: Candidate, step: Step, at: datetime) -> str:
    stage = Stage(candidate.stage)
    if step.kind is Kind.LETTER:
        return inviting.why_not_invited(candidate, at)
    if step.kind is Kind.WAKE:
        return "" if stage is Stage.RESTING else str(resting.NOT_RESTING)
    to = Stage.RESTING if step.kind is Kind.REST else Stage.DECLINED
    if stage is not to:
        return stages.why_not(stage, to)
    # Taking this back would not bring back until when they were left in peace.
    return _("This person is “%(stage)s” already.") % {"stage": stage.label}


def _no_other_coach(candidates: Sequence[Candidate], step: Step) -> dict[int, str]:
    coaches, guided = _coaches(candidates), _in_a_trajectory(candidates)
    found = dict.fromkeys([one.pk for one in candidates], "")
    for one in candidates:
        if step.coach and coaches.get(one.person_id) == step.coach.pk:
            told = {"name": step.coach.name}
            found[one.pk] = _("%(name)s is the coach already.") % told
        elif one.person_id in guided:
            found[one.pk] = _(
                "Is in a trajectory. Hand it over on the page of the person, so that"
                " the successor and the person get to know."
            )
    return found


def _take(
    candidate: Candidate, step: Step, key: UUID, by: Actor, at: datetime
) -> SameStep:
    with transaction.atomic():
        rows = Candidate.objects.select_for_update(of=("self",))
        now = rows.select_related("person").get(pk=candidate.pk)
        now.pilot = candidate.pilot  # with its files, that were fetched for all
        if known := SameStep.objects.filter(key=key, candidate=now).first():
            if known.taken_back_at:
                raise Refused(_("This was taken back. Choose it from the list again."))
            return known
        if why := why_not([now], step, at)[now.pk]:
            raise Refused(why)
        if by.staff is None:
            raise Refused(_("Only a member of staff can do this."))
        coach = coach_of(now.person) if step.kind is Kind.COACH else None
        return SameStep.objects.create(
            key=key,
            kind=step.kind,
            candidate=now,
            transition=_moved(now, step, coach, by, at),
            coach_before=coach,
            coach_after=step.coach,
            at=at,
            by=by.staff,
        )


def _moved(
    now: Candidate, step: Step, before: Staff | None, by: Actor, at: datetime
) -> StageTransition | None:
    """`before`: the coach until now."""
    if step.kind is Kind.COACH and step.coach:
        _give_coach(now, before, step.coach, by, at)
        return None
    if step.kind is Kind.LETTER:
        inviting.make_invitation(candidate=now, by=by, at=at, address=step.address)
        return None
    if step.kind is Kind.WAKE:
        return resting.wake_locked(candidate=now, by=by, at=at)
    if step.kind is Kind.REST and step.until:
        return resting.let_rest_locked(
            candidate=now, until=step.until, reason=step.reason, by=by, at=at
        )
    return declining.decline_locked(candidate=now, reason=step.reason, by=by, at=at)


def _give_coach(
    now: Candidate, before: Staff | None, after: Staff, by: Actor, at: datetime
) -> None:
    on = timezone.localdate(at)
    make_responsible(person=now.person, staff=after, on=on, reason="", by=by, at=at)
    if before:
        pass_on_appointments(now.person, before, after, at)


def _take_back(step: SameStep, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        now = SameStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
        if now.taken_back_at:
            return
        if now.transition:
            resting.undo_step(transition=now.transition, by=by, at=at)
        elif now.coach_after:
            _coach_as_before(now, now.coach_after, by, at)
        else:
            raise Refused(_("A letter that was made stays, until it is posted."))
        now.taken_back_at = at
        now.save(update_fields=["taken_back_at"])


def _coach_as_before(now: SameStep, given: Staff, by: Actor, at: datetime) -> None:
    candidate = Candidate.objects.select_for_update(of=("self",)).get(
        pk=now.candidate_id
    )
    if coach_of(candidate.person) != given or _in_a_trajectory([candidate]):
        raise Refused(_("Has another coach by now, or has started."))
    if now.coach_before:
        _give_coach(candidate, given, now.coach_before, by, at)
    else:
        on = timezone.localdate(at)
        end_responsibility(person=candidate.person, on=on, by=by, at=at)
