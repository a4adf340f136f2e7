"""What the tabs over the pages about one person tell of the guidance: where the plan
stands, and behind which of them it is put right what is missing.

Who does not guide somebody is told nothing: not where the plan is, nor what it lacks.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from trede.accounts.doors import StaffRequest
from trede.accounts.models import Role
from trede.accounts.permissions import DOORS, Reach
from trede.desk.missing import (
    CONTACT,
    END,
    LADDER,
    MEASURED,
    Asked,
    Lack,
    MissingLines,
)
from trede.people.models import Person
from trede.people.pages import PLAN, Guidance
from trede.trajectories.models import Trajectory

TAB_OF = {LADDER: PLAN, END: PLAN, MEASURED: PLAN, CONTACT: "contact:of_person"}


@dataclass(frozen=True)
class Told(Guidance):
    lacks: list[Lack] = field(default_factory=list)


def guides(request: StaffRequest, found: Person) -> bool:
    """The privacy officer sees everybody's consents and files, and no casework. Who
    has two roles sees casework as far as the other one reaches."""
    if Role.PRIVACY_OFFICER not in request.user.roles:
        return True
    roles = request.user.roles - {Role.PRIVACY_OFFICER}
    reach = DOORS["desk:person"].reach_of(frozenset(roles))
    return Person.objects.visible_to(request.user, reach).filter(pk=found.pk).exists()


def guidance_of(request: StaffRequest, person: Person) -> Guidance:
    if not guides(request, person):
        return Guidance()
    rows = person.trajectories.select_related("pilot").order_by("pk")
    return told(request, person, rows.last())


def told(request: StaffRequest, person: Person, newest: Trajectory | None) -> Told:
    if newest is None:
        return Told()
    prefetch_related_objects([newest.pilot], "files")
    lines = MissingLines(
        Asked(newest.pilot),
        request.user,
        Reach.MUNICIPALITY,
        request.at,
        person=person,
    )
    lacks = lines.rows
    count = Counter(TAB_OF[one.kind] for one in lacks)
    return Told(newest.pk, count, lacks)
