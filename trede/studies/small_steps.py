"""How many small steps everybody took in each life domain, as their coach kept them.

Of the first trajectory, as the study follows it, up to a day. Who never started has
none and is missing. In a pilot where no coach keeps small steps nothing is told: there
a zero would say that people took none.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from trede.pilots.describing_guidance import DOMAINS
from trede.pilots.models import Pilot
from trede.studies.courses import first_trajectories
from trede.trajectories.models import SmallStep

# Column of the dataset: life domain.
COLUMNS: Mapping[str, str] = {f"steps_{code}": code for code in DOMAINS}
Taken = Mapping[str, int]


def small_steps(
    pilot: Pilot, people: Collection[int], until: date
) -> Mapping[int, Taken]:
    """By person, a number for each column; empty when nobody keeps them."""
    mine = first_trajectories(pilot, people, until)
    rows = SmallStep.objects.standing().filter(trajectory__pilot=pilot, on__lte=until)
    told = rows.order_by().values_list("trajectory_id", "domain")
    counted = Counter(told)
    if not counted:
        return {}
    return {
        person: {
            column: counted[trajectory.pk, code] for column, code in COLUMNS.items()
        }
        for person, trajectory in mine.items()
    }
