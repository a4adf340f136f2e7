"""A sitting for each owner. The name of a question is nobody's."""

from tests.cast import AT, Cast
from tests.doors.things import Things
from tests.people.making import make_person
from tests.trajectories.making import make_pilot
from trede.accounts.acting import SYSTEM
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.questionnaires.publishing import to_use


def add(cast: Cast, things: Things) -> None:
    owners = {"own": cast.sanne, "colleague": cast.willem, "elsewhere": cast.noor}
    for owner, coach in owners.items():
        person = make_person(cast, "Amina Bakker", coach)
        town = coach.municipality
        pilot = Pilot.objects.filter(municipality=town).first()
        pilot = pilot or make_pilot(cast, town)
        sitting = Sitting.objects.create(
            person=person,
            pilot=pilot,
            questionnaire=to_use("short", town=None, by=SYSTEM, at=AT),
            wave="T0",
            circumstance="open",
            prepared_by=coach,
            prepared_at=AT,
            answered_on=AT.date(),
            own_coach_agreed=True,
        )
        things[owner] |= {
            "sitting_id": sitting.pk,
            "question": "sex",
            "section": "contacts",
        }
