"""A trajectory goes to another coach, and nothing is lost on the way.

The receiver becomes responsible, the appointments that stand go along, and what the
successor must know is written down. Both names stay with the trajectory. When a coach
leaves, everybody in their care goes at once, each to a coach of their own: all of them
or nobody. Nobody leaves the municipality's service before that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.acting import Actor, record
from trede.accounts.employing import Objection
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.passing_on import pass_on_appointments
from trede.people.models import Person, PersonQuerySet, Responsibility
from trede.people.responsibility import end_responsibility, make_responsible
from trede.pilots.loading import rules_of
from trede.together import Part, ask
from trede.trajectories.caseload import refuse_full
from trede.trajectories.models import HandOver, Pause, Trajectory
from trede.trajectories.running import (
    refuse_before_start,
    refuse_future,
    running,
    staff_of,
)
from trede.trajectories.weighing import weights_of


@dataclass(frozen=True)
class Passing:
    """One person and who takes over; nobody only while there is no trajectory."""

    person: Person
    receiver: Staff | None
    note: str = ""


def in_care_of(staff: Staff) -> PersonQuerySet:
    """Everybody whose coach this is now, whatever their stage."""
    own = Responsibility.objects.filter(
        person=OuterRef("pk"), staff=staff, ended_on=None
    )
    return Person.objects.current().filter(Exists(own)).order_by("pk")


class Care:
    """Everybody in a coach's care, by name, with the trajectory of each that runs and
    its pauses: asked once."""

    def __init__(self, staff: Staff) -> None:
        theirs = in_care_of(staff)
        running = Trajectory.objects.running().filter(person__in=theirs.values("pk"))
        pauses = Pause.objects.standing().filter(trajectory__in=running.values("pk"))
        people, rows = Part(theirs), Part(running.order_by())
        self._pauses = Part(pauses.order_by())
        ask(people, rows, self._pauses)
        in_order = sorted(rows.found, key=attrgetter("pk"))
        # The youngest, should there be two.
        found = {one.person_id: one for one in in_order}
        by_name = sorted(people.found, key=attrgetter("sort_name", "pk"))
        self.people = {one: found.get(one.pk) for one in by_name}

    @property
    def guided(self) -> list[Trajectory]:
        return [one for one in self.people.values() if one]

    @property
    def pauses(self) -> list[Pause]:
        return sorted(self._pauses.found, key=attrgetter("from_on", "pk"))


def people_to_hand_over(staff: Staff) -> Objection | None:
    """What keeps a coach from leaving."""
    number = in_care_of(staff).count()
    if not number:
        return None
    sentence = ngettext(
        "%(name)s is still the coach of %(n)d person. The coordinator hands this"
        " person over to a colleague first.",
        "%(name)s is still the coach of %(n)d people. The coordinator hands them over"
        " to colleagues first.",
        number,
    )
    return Objection(
        sentence % {"name": staff.name, "n": number}, "trajectories:hand_over_all"
    )


def hand_over_all(
    *,
    giver: Staff,
    passings: Sequence[Passing],
    on: date,
    reason: str,
    by: Actor,
    at: datetime,
    limit_reason: str = "",
) -> int:
    """Everybody in a coach's care, all or nobody; how many that were."""
    with transaction.atomic():
        Staff.objects.select_for_update(no_key=True).get(pk=giver.pk)
        people = set(in_care_of(giver).values_list("pk", flat=True))
        if people != {one.person.pk for one in passings}:
            raise Refused(
                _(
                    "Meanwhile somebody came to %(name)s or went. Look at the list once"
                    " more; your choices are still there."
                )
                % {"name": giver.name}
            )
        for passing in passings:
            try:
                pass_on(giver, passing, on, reason, by, at, limit_reason)
            except Refused as refusal:
                raise Refused(
                    f"{passing.person.full_name}: {refusal.message}",
                    _field(refusal, passing),
                ) from refusal
        record(
            "handed over all people of a coach",
            by=by,
            at=at,
            on=giver,
            persons=sorted(people),
        )
    return len(people)


def running_of(*people: Person) -> dict[Person, Trajectory | None]:
    """Of each the trajectory that runs; the youngest, should there be two."""
    rows = Trajectory.objects.running().filter(person__in=people)
    found = {one.person_id: one for one in rows.select_related("pilot").order_by("pk")}
    return {person: found.get(person.pk) for person in people}


def _field(refusal: Refused, passing: Passing) -> str | None:
    of_all = refusal.field in ("on", "reason", "limit_reason")
    return refusal.field if of_all else f"receiver_{passing.person.pk}"


def pass_on(
    giver: Staff,
    passing: Passing,
    on: date,
    reason: str,
    by: Actor,
    at: datetime,
    limit_reason: str,
) -> None:
    person, receiver = passing.person, passing.receiver
    trajectory = running_of(person)[person]
    if trajectory and receiver:
        hand_over(
            trajectory=trajectory,
            receiver=receiver,
            on=on,
            reason=reason,
            note=passing.note,
            by=by,
            at=at,
            limit_reason=limit_reason,
        )
    elif trajectory:
        raise Refused(_("Somebody in a trajectory needs a coach. Choose one."))
    elif receiver is None:
        end_responsibility(person=person, on=on, by=by, at=at)
    elif receiver.pk == giver.pk:
        raise Refused(_("Choose another coach."))
    else:
        make_responsible(person=person, staff=receiver, on=on, reason="", by=by, at=at)
        pass_on_appointments(person, giver, receiver, at)


def hand_over(
    *,
    trajectory: Trajectory,
    receiver: Staff,
    on: date,
    reason: str,
    note: str,
    by: Actor,
    at: datetime,
    limit_reason: str = "",
) -> HandOver:
    with transaction.atomic():
        now = running(trajectory)
        refuse_before_start(now, on)
        refuse_future(on, at)
        if reason not in HandOver.Reason.values:
            raise Refused(_("Choose a reason."), "reason")
        giver = _giver(now)
        if giver.pk == receiver.pk:
            raise Refused(
                _("%(name)s is the coach already. Choose another coach.")
                % {"name": receiver.name},
                "receiver",
            )
        Staff.objects.select_for_update(no_key=True).get(pk=receiver.pk)
        refuse_full(
            coach=receiver,
            person=now.person,
            limits=rules_of(now.pilot, on).limits,
            on=on,
            reason=limit_reason,
            by=by,
            weighs=weights_of([now], on)[now.person_id],
        )
        make_responsible(
            person=now.person,
            staff=receiver,
            on=on,
            reason=limit_reason,
            by=by,
            at=at,
        )
        pass_on_appointments(now.person, giver, receiver, at)
        handed = HandOver.objects.create(
            trajectory=now,
            giver=giver,
            receiver=receiver,
            on=on,
            reason=reason,
            note=note.strip(),
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        record(
            "handed over a trajectory", by=by, at=at, on=handed, persons=[now.person_id]
        )
    return handed


def _giver(now: Trajectory) -> Staff:
    """Who is responsible, or was the last to be so."""
    last = (
        Responsibility.objects.filter(person=now.person)
        .select_related("staff")
        .order_by("started_on", "pk")
        .last()
    )
    return last.staff if last else now.started_by
