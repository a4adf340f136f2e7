"""How many people a coach guides, and whether one more still fits.

Only running trajectories count: for people who wait or have closed a coach may remain
the one to call, and that is no load. Above the number that the pilot allows only the
coordinator puts another one, with a reason that is kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.people.models import Person
from trede.pilots.rules import Limits
from trede.trajectories.models import Trajectory, TrajectoryQuerySet
from trede.trajectories.sharing_out import loads


def guided_by(staff: Staff, on: date) -> TrajectoryQuerySet:
    """The trajectories that this coach guides on a day."""
    running = Trajectory.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=on), started_on__lte=on
    )
    responsible = Q(person__responsibilities__ended_on=None) | Q(
        person__responsibilities__ended_on__gt=on
    )
    return running.filter(
        responsible,
        person__responsibilities__staff=staff,
        person__responsibilities__started_on__lte=on,
    ).distinct()


@dataclass(frozen=True)
class Fit:
    """A coach, with what speaks for or against this one."""

    coach: Staff
    guides: int
    most: int
    in_quarter: int  # of those, how many live in the person's quarter

    @property
    def full(self) -> bool:
        return self.guides >= self.most

    @property
    def words(self) -> str:
        told = {
            "name": self.coach.name,
            "n": self.guides,
            "most": self.most,
            "near": self.in_quarter,
        }
        if self.in_quarter:
            return (
                _("%(name)s: guides %(n)d of %(most)d, %(near)d in the quarter") % told
            )
        return _("%(name)s: guides %(n)d of %(most)d") % told


def fitting_coaches(
    *, person: Person, coaches: Iterable[Staff], limits: Limits, on: date
) -> list[Fit]:
    """Who has room first, then who comes in the person's quarter already, then who
    guides the fewest. The person's own coach counts without this person."""
    everybody = list(coaches)
    others = Trajectory.objects.exclude(person=person)
    guides = loads(everybody, on, others)
    near = loads(everybody, on, others.filter(person__quarter=person.quarter))
    found = [
        Fit(
            one,
            guides[one.pk],
            limits.caseload_to,
            near[one.pk] if person.quarter else 0,
        )
        for one in everybody
    ]
    return sorted(
        found, key=lambda one: (one.full, -one.in_quarter, one.guides, one.coach.name)
    )


def refuse_full(
    *,
    coach: Staff,
    person: Person,
    limits: Limits,
    on: date,
    reason: str,
    by: Actor,
) -> None:
    others = guided_by(coach, on).exclude(person=person).count()
    if others < limits.caseload_to:
        return
    if by.staff is None or not by.staff.has(Role.COORDINATOR):
        raise Refused(
            _(
                "%(name)s guides %(number)d people already, the most that this pilot"
                " allows. Choose another coach, or ask the coordinator."
            )
            % {"name": coach.name, "number": others},
            "coach",
        )
    if not reason.strip():
        raise Refused(
            _(
                "%(name)s guides %(number)d people already, the most that this pilot"
                " allows. Write why one more is right."
            )
            % {"name": coach.name, "number": others},
            "limit_reason",
        )
