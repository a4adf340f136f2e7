"""Takes one step with many candidates, tells how long it took, and takes it back."""

import time
from datetime import timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from bench._desk_pages import Measured
from trede.accounts.acting import staff_actor
from trede.accounts.models import Role, Staff
from trede.inflow.models import SameStep
from trede.inflow.resting import reasons
from trede.inflow.same_step import MOST, Step, take_together
from trede.inflow.waiting import waiting_list
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot


def told() -> str:
    lead, pilot = (
        Staff.objects.get(held_roles__role=Role.COORDINATOR),
        Pilot.objects.get(),
    )
    at = timezone.now()
    today = timezone.localdate(at)
    rows = waiting_list(pilot=pilot, on=today).filter(stage="waiting")
    chosen = list(rows.select_related("person", "pilot")[:MOST])
    until = today + timedelta(days=60)
    step = Step(SameStep.Kind.REST, until, next(iter(reasons(rules_of(pilot, today)))))
    measured, begun = Measured(), time.perf_counter()
    with transaction.atomic():
        with connection.execute_wrapper(measured):
            done = take_together(
                candidates=chosen, step=step, key=uuid4(), by=staff_actor(lead), at=at
            )
        took = time.perf_counter() - begun
        transaction.set_rollback(True)
    n = len(done.taken)
    each = measured.count / len(chosen)
    return (
        f"{n} of {len(chosen)} left in peace in {took:.1f} s, {each:.1f} queries each"
    )


if __name__ == "__main__":
    print(told())
