"""Who is on the waiting list, in which order, and who is to be contacted today.

Whoever waits longest comes first, always. On the list are candidates who wait, and
those whose time of rest has passed: nothing needs to run at night for that. From the
target list one comes here by the screening; whoever is referred waits at once, and is
screened meanwhile. Whoever comes back after having left waits from that day on.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from operator import attrgetter

from django.db import transaction
from django.db.models import CharField, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.refusing import Refused
from trede.contact.models import Appointment, ContactMoment
from trede.inflow.models import (
    Candidate,
    CandidateQuerySet,
    InvitationChoice,
    Stage,
    StageTransition,
)
from trede.inflow.protocol import Attempt, Moment, next_attempt
from trede.inflow.screening import Outcome, Verdict, verdict
from trede.inflow.stages import OUT, move
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.together import Part, ask

# Coming back from here, waiting counts from that day.
CAME_BACK_FROM = OUT | {Stage.CLOSED}
BEFORE_THE_LIST = OUT | {Stage.LISTED}
ContactParts = tuple[Part[ContactMoment], Part[Appointment], Part[InvitationChoice]]


@dataclass(frozen=True)
class Tried:
    """A contact moment without what was said in it."""

    pk: int
    at: datetime
    channel: str
    outcome: str
    by: str


@dataclass(frozen=True)
class Contacts:
    """By person: what was tried, the day of the next appointment, and what was chosen
    on the page behind the code in the letter."""

    moments: Mapping[int, list[Tried]]
    meetings: Mapping[int, date]
    choices: Mapping[int, InvitationChoice]


def put_on_waiting_list(
    *, candidate: Candidate, by: Actor, at: datetime
) -> StageTransition:
    """Whoever was screened, and fits."""
    with transaction.atomic():
        _refuse_who_does_not_fit(verdict(candidate))
        return wait_from_now(candidate=candidate, by=by, at=at)


def wait_from_now(*, candidate: Candidate, by: Actor, at: datetime) -> StageTransition:
    """Whoever was referred: the screening may follow."""
    with transaction.atomic():
        now = Candidate.objects.select_for_update().get(pk=candidate.pk)
        came_back = now.stage in CAME_BACK_FROM
        transition = move(candidate=now, to=Stage.WAITING, by=by, at=at)
        if came_back:
            now.since_on, now.rest_until = timezone.localdate(at), None
            now.save(update_fields=["since_on", "rest_until"])
    candidate.stage, candidate.stage_since = now.stage, now.stage_since
    candidate.since_on, candidate.rest_until = now.since_on, now.rest_until
    return transition


def why_not_on_the_list(found: Verdict) -> str:
    """What stands between a candidate and the waiting list, in a sentence."""
    if against := _labels(found, Outcome.NOT_MET):
        return _(
            "This person does not fit: %(criteria)s. If that is not right, make an"
            " exception first, with a reason."
        ) % {"criteria": against}
    if found.by_screening == "undecided":
        return _(
            "The screening is not complete: %(criteria)s. Fill it in first, then this"
            " person can go onto the waiting list."
        ) % {"criteria": _labels(found, Outcome.UNKNOWN, judged="screening")}
    return ""


def waiting_list(*, pilot: Pilot, on: date) -> CandidateQuerySet:
    """Everybody who waits on a day, longest-waiting first."""
    waits = Q(stage=Stage.WAITING)
    woken = Q(stage=Stage.RESTING, rest_until__lte=on)
    rows = of_pilot(pilot).filter(waits | woken)
    return rows.longest_waiting_first()


def resting_list(*, pilot: Pilot, on: date) -> CandidateQuerySet:
    """Who is left in peace, those whose rest is over first in front."""
    still = Q(rest_until__gt=on) | Q(rest_until=None)
    rows = of_pilot(pilot).filter(still, stage=Stage.RESTING)
    return rows.order_by("rest_until", "since_on", "pk")


def of_pilot(pilot: Pilot) -> CandidateQuerySet:
    return Candidate.objects.filter(pilot=pilot).current()


def contacts_of(candidates: CandidateQuerySet, pilot: Pilot, on: date) -> Contacts:
    """What was tried with these candidates, and when they come: one query."""
    parts = contact_parts(candidates, pilot, on)
    ask(*parts)
    return contacts_in(*parts)


def contact_parts(
    candidates: CandidateQuerySet, pilot: Pilot, on: date
) -> ContactParts:
    people = candidates.order_by().values("person")
    standing = ContactMoment.objects.standing().filter(person__in=people, pilot=pilot)
    planned = Appointment.objects.filter(
        person__in=people,
        pilot=pilot,
        state=Appointment.State.PLANNED,
        starts_at__gte=timezone.make_aware(datetime.combine(on, time.min)),
    )
    chosen = InvitationChoice.objects.filter(candidate__in=candidates.order_by())
    standing = standing.annotate(by_name=F("by__name"))
    return (
        Part(standing.order_by(), without=["note"], told={"by_name": CharField()}),
        Part(planned.order_by(), without=["about"]),
        Part(chosen.order_by(), "candidate"),
    )


def contacts_in(
    tried: Part[ContactMoment], meets: Part[Appointment], chose: Part[InvitationChoice]
) -> Contacts:
    """After they were asked."""
    moments: dict[int, list[Tried]] = defaultdict(list)
    for one in sorted(tried.found, key=attrgetter("at", "pk")):
        tries = moments[one.person_id]
        by = getattr(one, "by_name", "")
        tries.append(Tried(one.pk, one.at, one.channel, one.outcome, by))
    last_first = sorted(meets.found, key=attrgetter("starts_at"), reverse=True)
    meetings = {one.person_id: timezone.localdate(one.starts_at) for one in last_first}
    newest_last = sorted(chose.found, key=attrgetter("chosen_at", "pk"))
    choices = {one.candidate.person_id: one for one in newest_last}
    return Contacts(moments, meetings, choices)


def attempt_for(
    candidate: Candidate,
    contacts: Contacts,
    rules: Rules,
    on: date,
    *,
    has_number: bool = True,
) -> Attempt:
    moments: list[Moment] = [*contacts.moments.get(candidate.person_id, ())]
    return next_attempt(
        candidate=candidate,
        moments=moments,
        rules=rules,
        on=on,
        meets_on=contacts.meetings.get(candidate.person_id),
        chose_at=_wants_a_talk(contacts.choices.get(candidate.person_id)),
        has_number=has_number,
    )


def _wants_a_talk(choice: InvitationChoice | None) -> datetime | None:
    return choice.chosen_at if choice and not choice.not_now else None


def _refuse_who_does_not_fit(found: Verdict) -> None:
    if why := why_not_on_the_list(found):
        raise Refused(why)


def _labels(found: Verdict, outcome: Outcome, judged: str = "") -> str:
    return ", ".join(
        line.criterion.label
        for line in found.lines
        if line.outcome == outcome and judged in ("", line.criterion.judged)
    )
