"""How many small steps everybody took in each life domain, as their coach kept them.

Of the first trajectory, as the study follows it, up to a day. Who never started has
none and is missing. In a pilot where no coach keeps small steps nothing is told: there
a zero would say that people took none. Whoever stopped with the study and agreed again
begins anew there as well: a step of before stays out, as their answers do.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from django.utils import timezone

from trede.pilots.describing_guidance import DOMAINS
from trede.pilots.models import Pilot
from trede.studies.courses import first_trajectories
from trede.trajectories.models import Leaving, SmallStep

# Column of the dataset: life domain.
COLUMNS: Mapping[str, str] = {f"steps_{code}": code for code in DOMAINS}
Taken = Mapping[str, int]


def small_steps(
    pilot: Pilot, people: Collection[int], until: date
) -> Mapping[int, Taken]:
    """By person, a number for each column; empty when nobody keeps them."""
    mine = first_trajectories(pilot, people, until)
    rows = SmallStep.objects.standing().filter(trajectory__pilot=pilot, on__lte=until)
    told = rows.order_by().values_list("trajectory_id", "domain", "on")
    stopped = _stopped(pilot, [one.pk for one in mine.values()])
    counted = Counter(
        (trajectory, domain)
        for trajectory, domain, on in told
        if on > stopped.get(trajectory, date.min)
    )
    if not counted:
        return {}
    return {
        person: {
            column: counted[trajectory.pk, code] for column, code in COLUMNS.items()
        }
        for person, trajectory in mine.items()
    }


def _stopped(pilot: Pilot, trajectories: Collection[int]) -> Mapping[int, date]:
    """By trajectory, on which day the person stopped with the study last."""
    left = Leaving.objects.standing().filter(
        pilot=pilot,
        kind=Leaving.Kind.STUDY,
        person__trajectories__in=trajectories,
    )
    told = left.order_by("at", "pk").values_list("person__trajectories", "at")
    return {trajectory: timezone.localdate(at) for trajectory, at in told}
