"""Two candidates become a pair, and the lot says who starts and who waits.

Decides who may be paired (both agreed to the study, both had their intake about the
same time, neither is in a pair), and draws a lot that was sealed beforehand. A pair of
the same two is made once: a lot that does not please cannot be drawn again. A pair may
be dissolved with a reason; whoever is paired again after that is reported.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.inflow import lot as lots
from trede.inflow.models import Candidate, Deviation, Intake, Lot, Pair, Stage
from trede.inflow.stages import move
from trede.inflow.waiting_by_lot import design_on, deviate, standing_pair
from trede.people.consenting import has_consent
from trede.people.models import Purpose
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

# So many sealed lots lie ready: enough to print and put away before they are used.
READY = 20


def seal_lots(*, pilot: Pilot, by: Actor, at: datetime, ready: int = READY) -> int:
    """Seal as many lots as are lacking; how many lie ready now."""
    with transaction.atomic():
        now = Pilot.objects.select_for_update().get(pk=pilot.pk)
        unused = now.lots.filter(pair=None).count()
        if unused < ready:
            _seal(now, ready - unused, at)
            record("sealed lots", by=by, at=at, on=now, purpose="research")
    return max(unused, ready)


def register_pair(
    *, pilot: Pilot, one: Candidate, other: Candidate, by: Actor, at: datetime
) -> Pair:
    """Fix the two, the moment and the lot; `draw` opens the lot after that."""
    with transaction.atomic():
        now = Pilot.objects.select_for_update().get(pk=pilot.pk)
        low, high = _locked(now, one, other)
        _refuse_design(now, low, high, at)
        for candidate in (low, high):
            _refuse_who_cannot(candidate)
        lot = _next_lot(now, at)
        pair = Pair.objects.create(
            pilot=now,
            one=low,
            other=high,
            lot=lot,
            commitment=lot.commitment,
            registered_at=at,
            registered_by=_staff(by),
        )
        _report_again(pair, by, at)
        _seal(now, 1, at)
        persons = [low.person_id, high.person_id]
        record(
            "registered a pair",
            by=by,
            at=at,
            on=pair,
            persons=persons,
            purpose="research",
        )
    return pair


def draw(*, pair: Pair, by: Actor, at: datetime) -> Pair:
    """Show the secret and let the lot fall. Twice is once."""
    with transaction.atomic():
        _locked(pair.pilot, pair.one, pair.other)
        now = Pair.objects.select_for_update().get(pk=pair.pk)
        if now.drawn_at:
            return now
        if now.dissolved_at:
            raise Refused(_("This pair was dissolved. Make a new pair."))
        now.secret, now.drawn_at = _secret(now), at
        now.digest, now.first = digest_of(now), recompute(now)
        now.save(update_fields=["secret", "drawn_at", "digest", "first"])
        _take_places(now, by, at)
        persons = [now.one.person_id, now.other.person_id]
        record("drew a lot", by=by, at=at, on=now, persons=persons, purpose="research")
    return now


def recompute(pair: Pair) -> Candidate:
    """Who is first, from what is written down about the pair and nothing else."""
    first = lots.first_of(digest_of(pair), pair.one_id, pair.other_id)
    return pair.one if first == pair.one_id else pair.other


def digest_of(pair: Pair) -> str:
    return lots.digest_of(
        secret=pair.secret,
        pilot=pair.pilot.code,
        moment=pair.registered_at,
        one=pair.one_id,
        other=pair.other_id,
    )


def faults_of(pair: Pair) -> list[str]:
    """What is wrong with a lot that fell, in sentences; empty when all is right."""
    if pair.drawn_at is None or pair.first is None:
        return []
    lot, faults = pair.lot, []
    if lots.commitment_of(pair.secret) != pair.commitment:
        faults.append(_("The secret does not belong to the sealed lot."))
    if pair.commitment != lot.commitment or lot.pilot_id != pair.pilot_id:
        faults.append(_("The lot is not the one that was sealed under its number."))
    if pair.secret != _secret_of(lot):
        faults.append(_("The secret was not made with the key of this platform."))
    if not lot.sealed_at < pair.registered_at <= pair.drawn_at:
        faults.append(_("The lot was not sealed before the pair was registered."))
    if digest_of(pair) != pair.digest:
        faults.append(_("The members or the moment are not those of the draw."))
    if recompute(pair) != pair.first:
        faults.append(_("Recomputed, the other one is first."))
    return faults


def dissolve(*, pair: Pair, reason: str, by: Actor, at: datetime) -> Pair:
    """No longer a pair. The lot that fell stays on view, and is not drawn again."""
    with transaction.atomic():
        low, high = _locked(pair.pilot, pair.one, pair.other)
        now = Pair.objects.select_for_update().get(pk=pair.pk)
        if now.dissolved_at:
            return now
        if not reason.strip():
            raise Refused(_("Write why the pair is dissolved."), "reason")
        if {low.stage, high.stage} <= {Stage.STARTED, Stage.CLOSED}:
            raise Refused(_("Both have started: this pair has done its work."))
        now.dissolved_at, now.dissolved_reason = at, reason.strip()
        now.save(update_fields=["dissolved_at", "dissolved_reason"])
        for candidate in (low, high):
            if candidate.stage == Stage.PAIR_WAITING:
                move(candidate=candidate, to=Stage.TO_START, by=by, at=at)
        persons = [low.person_id, high.person_id]
        record(
            "dissolved a pair",
            by=by,
            at=at,
            on=now,
            persons=persons,
            purpose="research",
        )
    return now


def ready_to_pair(pilot: Pilot) -> list[Candidate]:
    """Who could be put in a pair now, the oldest intake first."""
    found = Candidate.objects.filter(pilot=pilot, stage__in=_PAIRABLE)
    rows = found.select_related("person", "pilot").order_by("stage_since", "pk")
    return [
        row
        for row in rows
        if standing_pair(row) is None
        and has_consent(row.person, pilot, Purpose.STUDY)
        and intake_of(row)
    ]


def intake_of(candidate: Candidate) -> Intake | None:
    """The newest intake that was ended."""
    intakes = candidate.intakes.exclude(ended_at=None).order_by("-began_at", "-pk")
    return intakes.first()


_PAIRABLE = (Stage.TO_START, Stage.PAIR_WAITING)


def _locked(
    pilot: Pilot, one: Candidate, other: Candidate
) -> tuple[Candidate, Candidate]:
    if one.pk == other.pk:
        raise Refused(_("Choose two different people."), "other")
    rows = Candidate.objects.select_for_update().filter(
        pk__in=(one.pk, other.pk), pilot=pilot
    )
    found = list(rows.order_by("pk"))
    if len(found) < 2:
        raise Refused(_("Choose two people of this pilot."))
    return found[0], found[1]


def _refuse_design(pilot: Pilot, low: Candidate, high: Candidate, at: datetime) -> None:
    day = timezone.localdate(at)
    design = design_on(rules_of(pilot, day), day)
    if design.kind != "waiting_list":
        raise Refused(
            _("The study has no pairs any more: everybody starts after the intake.")
        )
    if Pair.objects.filter(one=low, other=high).exists():
        raise Refused(
            _("These two have been a pair before. A lot is drawn once: choose others.")
        )
    intakes = [intake_of(low), intake_of(high)]
    moments = [intake.began_at for intake in intakes if intake]
    if len(moments) < 2:
        raise Refused(_("Both must have had their intake before they can be a pair."))
    apart = timedelta(days=design.pair_within_days or 0)
    if design.pair_within_days and abs(moments[0] - moments[1]) > apart:
        raise Refused(
            _(
                "Their intakes are more than %(days)d days apart. Choose two people"
                " who had their intake closer together."
            )
            % {"days": design.pair_within_days}
        )


def _refuse_who_cannot(candidate: Candidate) -> None:
    if candidate.stage not in _PAIRABLE:
        raise Refused(
            _("Somebody who is “%(stage)s” cannot be in a pair.")
            % {"stage": candidate.get_stage_display()}
        )
    if standing_pair(candidate):
        raise Refused(_("One of the two is in a pair already."))
    if not has_consent(candidate.person, candidate.pilot, Purpose.STUDY):
        raise Refused(
            _(
                "One of the two did not agree to the study, so the lot is not for them:"
                " they can start without it."
            )
        )


def _next_lot(pilot: Pilot, at: datetime) -> Lot:
    lot = pilot.lots.filter(pair=None).first()
    if lot is None or lot.sealed_at >= at:
        raise Refused(_("No sealed lot lies ready. Seal lots first."))
    return lot


def _report_again(pair: Pair, by: Actor, at: datetime) -> None:
    for candidate in (pair.one, pair.other):
        before = Pair.objects.of(candidate).exclude(dissolved_at=None).first()
        if before:
            deviate(
                candidate=candidate,
                kind=Deviation.Kind.PAIRED_AGAIN,
                reason=before.dissolved_reason,
                by=by,
                at=at,
            )


def _seal(pilot: Pilot, count: int, at: datetime) -> None:
    last = pilot.lots.order_by("number").last()
    begin = last.number + 1 if last else 1
    for number in range(begin, begin + count):
        lot = Lot(pilot=pilot, number=number, sealed_at=at)
        lot.commitment = lots.commitment_of(_secret_of(lot))
        lot.save()


def _secret_of(lot: Lot) -> str:
    return lots.secret_of(key=settings.LOT_KEY, pilot=lot.pilot.code, number=lot.number)


def _secret(pair: Pair) -> str:
    secret = _secret_of(pair.lot)
    if lots.commitment_of(secret) != pair.commitment:
        raise Refused(
            _(
                "This lot was sealed with another key than the platform has now. The"
                " administrator must put the earlier key back before it can be drawn."
            )
        )
    return secret


def _take_places(pair: Pair, by: Actor, at: datetime) -> None:
    first, second = pair.first, pair.second
    if first is None or second is None:
        return
    for candidate, place in ((first, Stage.TO_START), (second, Stage.PAIR_WAITING)):
        if candidate.stage != place:
            move(candidate=candidate, to=place, by=by, at=at)


def _staff(by: Actor) -> Staff:
    if by.staff is None:
        raise Refused(_("Only a member of staff can make a pair."))
    return by.staff
