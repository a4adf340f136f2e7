"""Who waits by lot, until when, and what may not happen to them meanwhile.

The second of a pair waits until the first has closed, or should have closed. Waiting
serves the study only: it ends as well when the design in force no longer has a waiting
group, when it has lasted as long as the design allows, and for whoever stops with the
study. Starting or contacting somebody who waits is a deviation: it needs a reason, is
kept, and is reported.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.models import ContactMoment
from trede.inflow.models import Candidate, Deviation, Pair, Stage
from trede.inflow.stages import OUT
from trede.people.consenting import has_consent
from trede.people.models import Person, Purpose
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Design

DAY = timedelta(days=1)
NO_LONGER_WAITING = OUT | {Stage.STARTED, Stage.CLOSED}
NO_LONGER_AHEAD = OUT | {Stage.CLOSED}
LONGEST_REASON = 300


@dataclass(frozen=True)
class Wait:
    """`until` is the last day that is certain now; None when it cannot be said yet."""

    pair: Pair
    until: date | None


@dataclass(frozen=True)
class Reported:
    candidate: Candidate
    kind: str
    reason: str
    at: datetime
    by: Staff


@dataclass(frozen=True)
class Objection:
    """Why somebody may not start now, and what it is called when it is done anyway."""

    kind: Deviation.Kind
    sentence: str


def design_on(rules: Rules, day: date) -> Design:
    """The study design in force: the newest that had begun, or else the first."""
    designs = sorted(rules.designs, key=lambda each: each.from_on)
    begun = [design for design in designs if design.from_on <= day]
    return begun[-1] if begun else designs[0]


def wait_of(candidate: Candidate, on: date) -> Wait | None:
    """None for whoever need not wait (any longer)."""
    if candidate.stage in NO_LONGER_WAITING:
        return None
    pair = standing_pair(candidate)
    wait = _wait_in(pair, candidate, on) if pair else None
    if wait and has_consent(candidate.person, candidate.pilot, Purpose.STUDY):
        return wait
    return None


def waiting_people(
    pairs: Iterable[Pair], pilot: Pilot, on: date, agreed: Collection[int]
) -> frozenset[int]:
    """Who of those that agreed to the study waits by lot on a day."""
    found = set()
    for pair in pairs:
        second, pair.pilot = pair.second, pilot
        if second and second.person_id in agreed and _wait_in(pair, second, on):
            found.add(second.person_id)
    return frozenset(found)


def _wait_in(pair: Pair, candidate: Candidate, on: date) -> Wait | None:
    if candidate.stage in NO_LONGER_WAITING:
        return None
    if pair.first is None or pair.first_id == candidate.pk:
        return None
    if pair.first.stage in NO_LONGER_AHEAD:
        return None
    until = _until(pair, on)
    return Wait(pair, until) if until is None or on <= until else None


def standing_pair(candidate: Candidate) -> Pair | None:
    pairs = Pair.objects.standing().of(candidate)
    return pairs.select_related("first", "one", "other", "pilot").first()


def objection_to_start(candidate: Candidate, on: date) -> Objection | None:
    wait = wait_of(candidate, on)
    if wait:
        return Objection(Deviation.Kind.EARLY_START, _waits(wait))
    design = design_on(rules_of(candidate.pilot, on), on)
    if design.kind != "waiting_list" or not has_consent(
        candidate.person, candidate.pilot, Purpose.STUDY
    ):
        return None
    pair = standing_pair(candidate)
    if pair and pair.drawn_at:
        return None
    return Objection(
        Deviation.Kind.WITHOUT_LOT,
        _(
            "The lot has not fallen yet for this person. Make a pair and draw the lot"
            " first, or write why this person starts without."
        ),
    )


def left_alone(person: Person, pilot: Pilot, at: datetime) -> str | None:
    """For the contact guard: why this person is not contacted now."""
    candidate = Candidate.objects.filter(person=person, pilot=pilot).first()
    wait = wait_of(candidate, timezone.localdate(at)) if candidate else None
    return _waits(wait) if wait else None


def deviate(
    *,
    candidate: Candidate,
    kind: Deviation.Kind,
    reason: str,
    by: Actor,
    at: datetime,
) -> Deviation:
    """Keep the reason. Part of a rule that writes the audit line for it."""
    if by.staff is None:
        raise Refused(_("Only a member of staff can decide this."))
    if len(reason) > LONGEST_REASON:
        raise Refused(
            _("This reason is too long. Use at most %(most)d characters.")
            % {"most": LONGEST_REASON},
            "deviation_reason",
        )
    return Deviation.objects.create(
        candidate=candidate, kind=kind, reason=reason.strip(), at=at, by=by.staff
    )


def note_planned_end(*, candidate: Candidate, end_on: date | None) -> None:
    """When the first of a pair should be ready. Part of a rule that is audited."""
    Pair.objects.standing().filter(first=candidate).update(planned_end_on=end_on)


def deviations(pilot: Pilot) -> list[Reported]:
    """Every deviation from the design, newest first, contacts with waiting people
    included."""
    return sorted(
        (*_decided(pilot), *_contacted(pilot)),
        key=lambda reported: (reported.at, reported.candidate.pk),
        reverse=True,
    )


def _decided(pilot: Pilot) -> Iterator[Reported]:
    rows = Deviation.objects.filter(candidate__pilot=pilot)
    for row in rows.select_related("candidate__person", "by"):
        kind = row.get_kind_display()
        yield Reported(row.candidate, kind, row.reason, row.at, row.by)


def _contacted(pilot: Pilot) -> Iterator[Reported]:
    moments = ContactMoment.objects.standing().filter(pilot=pilot)
    moments = moments.exclude(deviation_reason="").select_related("by")
    people = {moment.person_id for moment in moments}
    candidates = {
        candidate.person_id: candidate
        for candidate in Candidate.objects.filter(pilot=pilot, person__in=people)
        .select_related("person")
        .prefetch_related("transitions")
    }
    kind = pgettext("deviation", "contacted while waiting")
    for moment in moments:
        candidate = candidates[moment.person_id]
        # Who was left in peace belongs to no waiting group: nothing deviated.
        if _stage_at(candidate, moment.at) == Stage.RESTING:
            continue
        yield Reported(candidate, kind, moment.deviation_reason, moment.at, moment.by)


def _stage_at(candidate: Candidate, at: datetime) -> str:
    before = [step for step in candidate.transitions.all() if step.at <= at]
    return before[-1].stage if before else Stage.LISTED


def _until(pair: Pair, on: date) -> date | None:
    """The earliest of: the planned end of the first, the longest wait, the last day of
    the design. What cannot be known yet does not count."""
    rules = rules_of(pair.pilot, on)
    design = design_on(rules, on)
    if design.kind != "waiting_list":
        return date.min
    drawn_on = timezone.localdate(pair.drawn_at)
    longest = (
        add_months(drawn_on, design.wait_at_most_months)
        if design.wait_at_most_months
        else None
    )
    # On the day itself the wait is over.
    days = [day - DAY for day in (pair.planned_end_on, longest) if day]
    last = [design.until_on] if design.until_on else []
    return min(days + last, default=None)


def add_months(day: date, months: int) -> date:
    """The same day some months on; the last of the month where that is too long."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _waits(wait: Wait) -> str:
    if wait.until is None:
        return _(
            "The lot has said that this person waits, until the other of the pair is"
            " ready. Write why you do this all the same."
        )
    return _(
        "The lot has said that this person waits, until %(day)s at the latest. Write"
        " why you do this all the same."
    ) % {"day": wait.until.strftime("%d-%m-%Y")}
