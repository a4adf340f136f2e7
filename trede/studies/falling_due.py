"""Which measurements end while a coach is away: somebody else holds those."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from trede.inflow.models import Candidate
from trede.people.models import Person
from trede.pilots.loading import pilots_with
from trede.pilots.models import PilotFile
from trede.studies.due import IN_A_PAIR, drawn_pairs
from trede.studies.scheduling import DUE, State, Turn, schedule
from trede.together import Part
from trede.trajectories.falling_due import Due, Looked


def measurements(people: Iterable[Person], first: date, last: date) -> Looked:
    """Those not held yet whose last day is one of these."""
    known = {one.pk: one for one in people}
    theirs = Candidate.objects.filter(person__in=known).order_by().values("pilot")
    files = Part(PilotFile.objects.filter(pilot__in=theirs), "pilot")
    pairs = Part(drawn_pairs(known.keys()), *IN_A_PAIR)

    def due() -> Iterator[Due]:
        for pilot in pilots_with(files.found):
            drawn = [one for one in pairs.found if one.pilot_id == pilot.pk]
            yield from ending(schedule(pilot, first, known.keys(), drawn))

    def ending(turns: Iterable[Turn]) -> Iterator[Due]:
        for one in turns:
            if one.person_id not in known or one.state not in DUE | {State.LATER}:
                continue
            if one.window and first <= one.window.closes_on <= last:
                words = _("last day of “%(measurement)s”")
                told = words % {"measurement": one.wave.label}
                yield Due(one.window.closes_on, known[one.person_id], told)

    return Looked(due, (files, pairs))
