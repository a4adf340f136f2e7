"""Somebody is brought in by one of the pilot's ways in, by a referrer, with a reason.

Decides whom the referral is about: somebody with the same BSN, or with the same name
and birth date and no other BSN, is known already and is not registered twice. Whoever
is referred stands on the waiting list; who stands further along stays where they are.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.inflow.models import Candidate, Referral, Stage
from trede.inflow.stages import OUT, enter
from trede.inflow.waiting import wait_from_now
from trede.people.blind_index import parts
from trede.people.details import PersonDetails, tidied
from trede.people.duplicates import like
from trede.people.models import Person, SearchKey
from trede.people.registering import change_person, register_person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import ReferralChannel, Rules

LONGEST_REASON = 2_000
GUIDES = frozenset({Role.COACH, Role.COORDINATOR})
# From here a referral brings somebody (back) onto the waiting list.
TO_THE_LIST = OUT | {Stage.LISTED, Stage.CLOSED}


class Status(StrEnum):
    """What a referrer may know of a referral: that, and nothing of its content."""

    RECEIVED = "received"
    CONTACTED = "contacted"
    STARTED = "started"
    CLOSED = "closed"


@dataclass(frozen=True)
class Source:
    """The way in, who referred and why."""

    channel: str
    reason: str
    referrer: Staff | None = None
    referrer_name: str = ""


def ways_in(rules: Rules, by: Actor) -> Sequence[ReferralChannel]:
    """A referrer is offered the ways that have a form of their own."""
    if by.staff and by.staff.roles & GUIDES:
        return rules.referral_channels
    return tuple(one for one in rules.referral_channels if one.referrer_form)


def refer(
    *,
    pilot: Pilot,
    channel: str,
    reason: str,
    by: Actor,
    at: datetime,
    submission: UUID,
    details: PersonDetails | None = None,
    person: Person | None = None,
    referrer: Staff | None = None,
    referrer_name: str = "",
) -> Referral:
    """Bring in somebody known (`person`) or described (`details`)."""
    if by.staff is None:
        raise Refused(_("Only a member of staff can refer somebody."))
    source = Source(channel, reason.strip(), referrer, referrer_name.strip())
    with transaction.atomic():
        # Two referrals of one person at the same moment wait for each other here.
        Pilot.objects.select_for_update().get(pk=pilot.pk)
        known = Referral.objects.filter(submission=submission).first()
        if known:
            return known
        _refuse(pilot, source, by, at)
        who = person or _described(pilot, details, by, at)
        if details:
            source = replace(source, reason=_with_number(source.reason, who, details))
        candidate = _candidate(pilot, who, by, at)
        referral = Referral.objects.create(
            candidate=candidate,
            channel=source.channel,
            referrer=source.referrer,
            referrer_name=source.referrer_name,
            reason=source.reason,
            at=at,
            recorded_by=by.staff,
            submission=submission,
        )
        record("referred somebody", by=by, at=at, on=referral, persons=[who.pk])
    return referral


def status_of(referral: Referral, *, contacted: bool) -> Status:
    """`contacted`: whether anybody tried to reach the person since."""
    stage = Stage(referral.candidate.stage)
    if stage in OUT or stage == Stage.CLOSED:
        return Status.CLOSED
    if stage == Stage.STARTED:
        return Status.STARTED
    waiting = stage in (Stage.LISTED, Stage.WAITING)
    return Status.CONTACTED if contacted or not waiting else Status.RECEIVED


def in_status(status: Status) -> Q:
    """The same as `status_of`, of referrals that tell whether they are `contacted`."""
    closed = Q(candidate__stage__in=OUT | {Stage.CLOSED})
    started = Q(candidate__stage=Stage.STARTED)
    waits = Q(candidate__stage__in=(Stage.LISTED, Stage.WAITING), contacted=False)
    return {
        Status.CLOSED: closed,
        Status.STARTED: started,
        Status.RECEIVED: waits,
        Status.CONTACTED: ~closed & ~started & ~waits,
    }[status]


def known_as(municipality_id: int, details: PersonDetails) -> Person | None:
    """Who these details are about, if that is sure."""
    tidy = tidied(details)
    found = like(municipality_id=municipality_id, details=tidy)
    by_bsn = [one.person for one in found if SearchKey.Kind.BSN in one.same]
    if by_bsn:
        return by_bsn[0]
    # A second person of the same name, born on the same day, has another BSN.
    same = [one.person for one in found if not (tidy.bsn and one.person.bsn)]
    return same[0] if len(same) == 1 else None


def _refuse(pilot: Pilot, source: Source, by: Actor, at: datetime) -> None:
    rules = rules_of(pilot, timezone.localdate(at))
    if source.channel not in {one.code for one in ways_in(rules, by)}:
        raise Refused(_("Choose one of the ways in from the list."), "channel")
    if not source.reason:
        raise Refused(_("Say in a few words why you refer this person."), "reason")
    if len(source.reason) > LONGEST_REASON:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.")
            % {"most": LONGEST_REASON},
            "reason",
        )
    town = pilot.municipality_id
    if source.referrer and source.referrer.municipality_id != town:
        raise Refused(_("Choose a colleague who works in this municipality."))


def _described(
    pilot: Pilot, details: PersonDetails | None, by: Actor, at: datetime
) -> Person:
    if details is None:
        raise Refused(_("Say who it is about."))
    known = known_as(pilot.municipality_id, details)
    if known:
        _refuse_another_name(known, details)
        return _completed(known, details, by, at)
    if not details.given_names and not details.bsn:
        raise Refused(_("Fill in the name, or the BSN."), "given_names")
    return register_person(
        municipality=pilot.municipality, details=details, by=by, at=at
    )


def _refuse_another_name(known: Person, details: PersonDetails) -> None:
    """A number with a slip of the pen may be somebody else's; and whoever has only a
    number does not learn here whose it is."""
    kept = {*parts(known.given_names), *parts(known.name_prefix), *parts(known.surname)}
    if kept and not {*parts(details.name_prefix), *parts(details.surname)} <= kept:
        raise Refused(
            _(
                "This BSN and this name do not belong together. Check both, or leave"
                " the BSN out."
            ),
            "bsn",
        )


def _completed(
    known: Person, details: PersonDetails, by: Actor, at: datetime
) -> Person:
    """What was not known yet is added; what is known stays as it is."""
    new = {
        field: told
        for field, told in asdict(tidied(details)).items()
        if told and not getattr(known, field)
    }
    return change_person(person=known, changes=new, edition=known.edition, by=by, at=at)


def _with_number(reason: str, person: Person, details: PersonDetails) -> str:
    """Another number than is known may be the newer one: the coach tries it."""
    told = tidied(details).telephone
    if not told or told == person.telephone:
        return reason
    return _("%(reason)s (Telephone: %(number)s)") % {"reason": reason, "number": told}


def _candidate(pilot: Pilot, person: Person, by: Actor, at: datetime) -> Candidate:
    if person.municipality_id != pilot.municipality_id:
        raise Refused(_("This pilot is of another municipality."))
    candidate, new = Candidate.objects.get_or_create(
        person=person,
        pilot=pilot,
        defaults={
            "since_on": timezone.localdate(at),
            "stage": Stage.LISTED,
            "stage_since": at,
        },
    )
    if new:
        enter([candidate], by=by, at=at)
    if candidate.stage in TO_THE_LIST:
        wait_from_now(candidate=candidate, by=by, at=at)
    return candidate
