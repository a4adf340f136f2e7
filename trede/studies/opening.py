"""A questionnaire that is due is got ready for somebody: the one of this wave.

Decides that only what is due, or was missed, is got ready here. The intake has its own
steps, so its questionnaires are begun there; that of the closing hangs on the closing.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.questionnaires.sittings import prepare
from trede.studies.scheduling import DUE, State, Turn, turn_of
from trede.trajectories.closing import EVALUATION, open_evaluation
from trede.trajectories.models import Trajectory

AT_THE_INTAKE = ("intake", "delayed_start")
MAY_BE_HELD = DUE | {State.MISSED}


def may_be_opened(turn: Turn) -> bool:
    """Whether it can be got ready from the list of who is due."""
    at_the_intake = all(due.moment in AT_THE_INTAKE for due in turn.wave.due)
    return turn.state in MAY_BE_HELD and not at_the_intake


def open_wave(
    *,
    person: Person,
    pilot: Pilot,
    wave: str,
    mode: Sitting.Mode,
    language: str,
    location: str,
    by: Actor,
    at: datetime,
    in_care_of: Staff | None = None,
) -> Sitting:
    """Get it ready; the same one when it is ready already. The daily run names the
    coach in whose care it is."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        turn = turn_of(pilot, person.pk, wave, timezone.localdate(at))
        if turn is None or not may_be_opened(turn):
            raise Refused(_("This questionnaire is not due for this person."))
        # Answers of before the person stopped and agreed again count no more.
        renewed = turn.sitting is None
        closed = _first_closed(person, pilot)
        if wave == EVALUATION and closed:
            return open_evaluation(
                trajectory=closed,
                mode=mode,
                language=language,
                location=location,
                by=by,
                at=at,
                renewed=renewed,
                in_care_of=in_care_of,
            )
        return prepare(
            person=person,
            pilot=pilot,
            wave=wave,
            mode=mode,
            language=language,
            location=location,
            by=by,
            at=at,
            renewed=renewed,
            in_care_of=in_care_of,
        )


def _first_closed(person: Person, pilot: Pilot) -> Trajectory | None:
    rows = Trajectory.objects.filter(
        person=person, pilot=pilot, closed_on__isnull=False
    )
    return rows.order_by("closed_on", "pk").first()
