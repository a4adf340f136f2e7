"""Which measurements end while a coach is away: somebody else holds those."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.studies.scheduling import DUE, State, schedule
from trede.trajectories.falling_due import Due, Looked


def measurements(people: Iterable[Person], first: date, last: date) -> Looked:
    return Looked(lambda: _measurements(people, first, last))


def _measurements(people: Iterable[Person], first: date, last: date) -> list[Due]:
    """Those not held yet whose last day is one of these."""
    known = {one.pk: one for one in people}
    pilots = Pilot.objects.filter(candidates__person__in=known).distinct()
    turns = (
        turn
        for pilot in pilots.prefetch_related("files")
        for turn in schedule(pilot, first, known.keys())
    )
    return [
        Due(
            turn.window.closes_on,
            known[turn.person_id],
            _("last day of “%(measurement)s”") % {"measurement": turn.wave.label},
        )
        for turn in turns
        if turn.window
        and turn.person_id in known
        and turn.state in DUE | {State.LATER}
        and first <= turn.window.closes_on <= last
    ]
