"""A placement: hours, a trial period, the review of it, an agreement, and its end.

It comes from an onward referral that was accepted or has started. After the trial
period coach and volunteer coordinator look back: somebody stays, tries longer, or
stops. Every number of hours is kept with the day from which it holds.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.accounts.refusing import Refused
from trede.partners import referring_onward
from trede.partners.models import (
    ContactPerson,
    OnwardReferral,
    Placement,
    PlacementMoment,
    PlacementQuerySet,
)
from trede.partners.referring_onward import State, refuse_put_aside
from trede.trajectories.running import refuse_future, staff_of

Kind, Outcome = PlacementMoment.Kind, PlacementMoment.Outcome
SOON = timedelta(days=30)
FROM = frozenset((State.ACCEPTED, State.STARTED))


def place(
    *,
    onward: OnwardReferral,
    started_on: date,
    hours: Decimal,
    wished_hours: Decimal | None,
    trial_until_on: date | None,
    compensation: str,
    went_along: str = "",
    by: Actor,
    at: datetime,
) -> Placement:
    """The onward referral has started with it."""
    with transaction.atomic():
        now = referring_onward.held(onward)
        if hasattr(now, "placement"):
            return now.placement
        if now.state not in FROM:
            raise Refused(
                _("Note first that the partner said yes: then a placement can begin.")
            )
        refuse_future(started_on, at, "started_on")
        if trial_until_on and trial_until_on < started_on:
            raise Refused(
                _("The trial period ends before it begins."), "trial_until_on"
            )
        referring_onward.move(
            onward=now,
            state=State.STARTED,
            on=started_on,
            went_along=went_along,
            by=by,
            at=at,
        )
        if went_along and now.state == State.STARTED:
            OnwardReferral.objects.filter(pk=now.pk).update(went_along=went_along)
        made = Placement.objects.create(
            onward=now,
            started_on=started_on,
            trial_until_on=trial_until_on,
            review_on=trial_until_on,
            hours=hours,
            wished_hours=wished_hours,
            compensation=compensation.strip(),
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        _note(
            made,
            Kind.STARTED,
            started_on,
            "started a placement",
            by,
            at,
            hours=hours,
            wished_hours=wished_hours,
            trial_until_on=trial_until_on,
        )
    return made


def review(
    *,
    placement: Placement,
    on: date,
    outcome: str,
    contact: ContactPerson | None,
    trial_until_on: date | None,
    words: str,
    by: Actor,
    at: datetime,
) -> Placement:
    """Looking back on the trial period with the volunteer coordinator. Stopping is
    noted here; the placement itself ends with its reason."""
    with transaction.atomic():
        now = _running(placement, on, at)
        longer = outcome == Outcome.LONGER
        if longer and (trial_until_on is None or trial_until_on <= on):
            raise Refused(
                _("Until when is the new trial period? Choose a later day."),
                "trial_until_on",
            )
        until = trial_until_on if longer else None
        told = {"outcome": outcome, "contact": contact, "trial_until_on": until}
        if _is_last(now, words, kind=Kind.REVIEW, on=on, **told):
            return now
        now.review_on = until
        now.save(update_fields=["review_on"])
        _note(
            now,
            Kind.REVIEW,
            on,
            "reviewed a placement",
            by,
            at,
            words=words,
            **told,
        )
    return now


def change_hours(
    *,
    placement: Placement,
    on: date,
    hours: Decimal,
    wished_hours: Decimal | None,
    by: Actor,
    at: datetime,
) -> Placement:
    with transaction.atomic():
        now = _running(placement, on, at)
        if (now.hours, now.wished_hours) == (hours, wished_hours):
            return now
        now.hours, now.wished_hours = hours, wished_hours
        now.save(update_fields=["hours", "wished_hours"])
        _note(
            now,
            Kind.HOURS,
            on,
            "changed the hours of a placement",
            by,
            at,
            hours=hours,
            wished_hours=wished_hours,
        )
    return now


def agree(
    *, placement: Placement, on: date, compensation: str, by: Actor, at: datetime
) -> Placement:
    """A volunteer agreement was signed."""
    with transaction.atomic():
        now, said = _running(placement, on, at), compensation.strip()
        if (now.agreement_on, now.compensation) == (on, said):
            return now
        now.agreement_on, now.compensation = on, said
        now.save(update_fields=["agreement_on", "compensation"])
        _note(now, Kind.AGREEMENT, on, "noted a volunteer agreement", by, at)
    return now


def note_incident(
    *, placement: Placement, on: date, words: str, by: Actor, at: datetime
) -> Placement:
    with transaction.atomic():
        now = _running(placement, on, at)
        if not words.strip():
            raise Refused(_("Write what happened, and what was agreed."), "words")
        if _is_last(now, words, kind=Kind.INCIDENT, on=on):
            return now
        _note(now, Kind.INCIDENT, on, "noted an incident", by, at, words=words)
    return now


def end(
    *,
    placement: Placement,
    on: date,
    reason: str,
    words: str,
    by: Actor,
    at: datetime,
) -> Placement:
    """The onward referral ends with it."""
    with transaction.atomic():
        if _held(placement).ended_on:
            return placement
        now = _running(placement, on, at)
        if reason not in Placement.EndReason.values:
            raise Refused(_("Choose why it ended."), "reason")
        now.ended_on, now.end_reason, now.review_on = on, reason, None
        now.save(update_fields=["ended_on", "end_reason", "review_on"])
        referring_onward.move(onward=now.onward, state=State.ENDED, on=on, by=by, at=at)
        _note(now, Kind.ENDED, on, "ended a placement", by, at, words=words)
    return now


def reviews_due(staff: Staff, on: date) -> PlacementQuerySet:
    """Trial periods of one's own people that are over, or soon will be."""
    rows = Placement.objects.running().filter(
        review_on__lte=on + SOON,
        onward__person__responsibilities__staff=staff,
        onward__person__responsibilities__ended_on=None,
        onward__person__erased_at=None,
    )
    return rows.visible_to(staff, Reach.OWN).order_by("review_on", "pk")


def _held(placement: Placement) -> Placement:
    rows = Placement.objects.select_for_update(of=("self",))
    now = rows.select_related("onward__person", "onward__organisation")
    return now.get(pk=placement.pk)


def _running(placement: Placement, on: date, at: datetime) -> Placement:
    now = _held(placement)
    refuse_put_aside(now.onward.person)
    if now.ended_on:
        raise Refused(
            _("This placement ended on %(day)s.")
            % {"day": now.ended_on.strftime("%d-%m-%Y")}
        )
    refuse_future(on, at)
    if on < now.started_on:
        raise Refused(
            _("The placement began on %(day)s: choose that day or a later one.")
            % {"day": now.started_on.strftime("%d-%m-%Y")},
            "on",
        )
    return now


def _is_last(now: Placement, words: str, **facts: object) -> bool:
    """The same as what was noted last: a double click."""
    last, said = now.moments.order_by("pk").last(), facts | {"words": words.strip()}
    return all(getattr(last, name, None) == fact for name, fact in said.items())


def _note(
    now: Placement,
    kind: PlacementMoment.Kind,
    on: date,
    action: str,
    by: Actor,
    at: datetime,
    **facts: Any,
) -> None:
    words = str(facts.pop("words", "")).strip()
    if len(words) > referring_onward.LONGEST:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.")
            % {"most": referring_onward.LONGEST},
            "words",
        )
    moment = PlacementMoment.objects.create(
        placement=now, kind=kind, on=on, words=words, at=at, by=staff_of(by), **facts
    )
    record(action, by=by, at=at, on=moment, persons=[now.onward.person_id])
