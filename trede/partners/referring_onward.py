"""Somebody is referred onward, and it is followed until it has ended.

Decides which state may follow which. Every step has its day; a later step is never
before an earlier one. The last step is taken back when it was a mistake; with the first
one the whole referral goes.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.partners.models import (
    ActivityPlace,
    OnwardReferral,
    OnwardStep,
    Organisation,
)
from trede.people.models import Person
from trede.trajectories.running import refuse_future, staff_of

State = OnwardReferral.State
LONGEST = 2_000
TO_COME = frozenset((State.APPLIED, State.ACCEPTED, State.STARTED, State.NOT_STARTED))
STEPS: Mapping[str, frozenset[State]] = {
    State.PROPOSED: TO_COME,
    State.APPLIED: TO_COME - {State.APPLIED},
    State.ACCEPTED: frozenset((State.STARTED, State.NOT_STARTED)),
    State.STARTED: frozenset((State.ENDED,)),
    State.NOT_STARTED: frozenset(),
    State.ENDED: frozenset(),
}
OPEN = tuple(state.value for state in State if STEPS[state])


def next_states(onward: OnwardReferral) -> list[State]:
    return [one for one in State if one in STEPS.get(onward.state, ())]


def propose(
    *,
    person: Person,
    organisation: Organisation,
    place: ActivityPlace | None,
    by: Actor,
    at: datetime,
) -> OnwardReferral:
    """The same proposal twice (a double click) is one while it is open."""
    with transaction.atomic():
        held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
        refuse_put_aside(held)
        if organisation.municipality_id != held.municipality_id:
            raise Refused(_("Choose a partner out of the list."))
        if organisation.out_of_use_on or (place and place.out_of_use_on):
            raise Refused(_("This partner is not in use any more. Choose another one."))
        about = {"person": held, "organisation": organisation, "place": place}
        same = OnwardReferral.objects.filter(**about, state__in=OPEN).first()
        if same:
            return same
        made = OnwardReferral.objects.create(**about)
        _step(made, State.PROPOSED, timezone.localdate(at), by, at)
        record("referred somebody onward", by=by, at=at, on=made, persons=[held.pk])
    return made


def move(
    *,
    onward: OnwardReferral,
    state: str,
    on: date,
    reason: str = "",
    went_along: str = "",
    words: str = "",
    by: Actor,
    at: datetime,
) -> OnwardReferral:
    """The next step, with its day. The same step twice is once."""
    with transaction.atomic():
        now = held(onward)
        if now.state == state:
            return now
        if state not in STEPS.get(now.state, ()):
            raise Refused(
                _("An onward referral that is “%(state)s” cannot become this.")
                % {"state": now.get_state_display()}
            )
        refuse_days(now, on, at)
        if state == State.NOT_STARTED and not reason:
            raise Refused(_("Choose why it did not start."), "reason")
        if state == State.ENDED and _runs(now):
            raise Refused(_("End the placement there: this ends with it."))
        if state == State.STARTED:
            now.went_along = went_along
        kept_reason = reason if state == State.NOT_STARTED else ""
        _step(now, State(state), on, by, at, reason=kept_reason, words=words)
        record(
            "moved an onward referral",
            by=by,
            at=at,
            on=now,
            persons=[now.person_id],
            fields=[state],
        )
    return now


def take_back(*, onward: OnwardReferral, by: Actor, at: datetime) -> OnwardReferral:
    """The last step was a mistake: the row stays and does not count."""
    with transaction.atomic():
        now = held(onward)
        if hasattr(now, "placement"):
            raise Refused(_("There is a placement already: this step stands."))
        steps = list(now.steps.standing().exclude(state="").order_by("pk"))
        if not steps:
            return now
        last = steps.pop()
        last.reversed_at = at
        last.save(update_fields=["reversed_at"])
        if last.state == State.STARTED:
            now.went_along = ""
        now.state = steps[-1].state if steps else ""
        now.save(update_fields=["state", "went_along"])
        record(
            "took back a step of an onward referral",
            by=by,
            at=at,
            on=now,
            persons=[now.person_id],
        )
    return now


def give_feedback(
    *, onward: OnwardReferral, on: date, words: str, by: Actor, at: datetime
) -> OnwardStep:
    """What the partner tells of how it goes. A double click is one."""
    with transaction.atomic():
        now = held(onward)
        refuse_future(on, at)
        if not words.strip():
            raise Refused(_("Write it in a few words."), "words")
        last = now.steps.order_by("pk").last()
        if last and (last.state, last.on, last.words) == ("", on, words.strip()):
            return last
        step = _row(now, "", on, by, at, words=words)
        record(
            "noted feedback of a partner",
            by=by,
            at=at,
            on=step,
            persons=[now.person_id],
        )
    return step


def held(onward: OnwardReferral) -> OnwardReferral:
    """The row as it is now; others who act on it wait."""
    rows = OnwardReferral.objects.select_for_update(of=("self",))
    now = rows.select_related("person", "organisation", "place").get(pk=onward.pk)
    refuse_put_aside(now.person)
    if not now.state:
        raise Refused(_("This onward referral was taken back."))
    return now


def refuse_put_aside(person: Person) -> None:
    if person.merged_into_id or person.erased_at:
        raise Refused(_("This record is closed: nothing is added to it any more."))


def refuse_days(now: OnwardReferral, on: date, at: datetime, field: str = "on") -> None:
    refuse_future(on, at, field)
    last = now.steps.standing().exclude(state="").order_by("on").last()
    if last and on < last.on:
        raise Refused(
            _("The step before this one was on %(day)s: choose that day or later.")
            % {"day": last.on.strftime("%d-%m-%Y")},
            field,
        )


def _runs(now: OnwardReferral) -> bool:
    return hasattr(now, "placement") and now.placement.ended_on is None


def _step(
    now: OnwardReferral,
    state: State,
    on: date,
    by: Actor,
    at: datetime,
    *,
    reason: str = "",
    words: str = "",
) -> None:
    now.state = state
    now.save(update_fields=["state", "went_along"])
    _row(now, state, on, by, at, reason=reason, words=words)


def _row(
    now: OnwardReferral,
    state: str,
    on: date,
    by: Actor,
    at: datetime,
    *,
    words: str,
    reason: str = "",
) -> OnwardStep:
    if len(words) > LONGEST:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.") % {"most": LONGEST},
            "words",
        )
    return OnwardStep.objects.create(
        onward=now,
        state=state,
        on=on,
        reason=reason,
        words=words.strip(),
        at=at,
        by=staff_of(by),
    )
