"""Whoever stops with the study is asked nothing more.

Open questionnaires of that pilot end, wherever they are; what was answered leaves every
later dataset (`studies` sees to that), and the trajectory goes on.
"""

from datetime import datetime

from trede.accounts.acting import SYSTEM
from trede.people.models import Person, Purpose
from trede.pilots.models import Pilot
from trede.questionnaires.models import Handover, Sitting
from trede.questionnaires.sittings import OPEN, end_early


def end_open_sittings(
    *, person: Person, pilot: Pilot, purpose: Purpose, at: datetime
) -> None:
    """Part of the withdrawal, in its transaction."""
    if purpose != Purpose.STUDY:
        return
    open_now = Sitting.objects.filter(person=person, pilot=pilot, state__in=OPEN)
    for sitting in open_now:
        end_early(sitting=sitting, by=SYSTEM, at=at)
        Handover.objects.filter(sitting=sitting, ended_at=None).update(ended_at=at)
