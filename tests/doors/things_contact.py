"""A contact, an appointment and a letter, for each owner."""

from datetime import timedelta
from uuid import uuid4

from tests.cast import AT, Cast
from tests.doors.things import Things
from tests.people.making import make_person
from tests.trajectories.making import make_pilot
from trede.accounts.acting import staff_actor
from trede.accounts.models import Staff
from trede.contact.appointments import plan
from trede.contact.letters import make_letter
from trede.contact.recording import record_contact
from trede.pilots.models import Pilot


def add(cast: Cast, things: Things) -> None:
    pilots = {town: _pilot(cast, town) for town in (cast.here, cast.elsewhere)}
    _add(things["own"], cast.sanne, pilots[cast.here])
    _add(things["colleague"], cast.willem, pilots[cast.here])
    _add(things["elsewhere"], cast.noor, pilots[cast.elsewhere])


def _pilot(cast: Cast, town: object) -> Pilot:
    known = Pilot.objects.filter(municipality=town).first()
    return known or make_pilot(cast, town)


def _add(things: dict[str, object], coach: Staff, pilot: Pilot) -> None:
    person, by = make_person(None, "Gulalai Safi", coach), staff_actor(coach)
    moment = record_contact(
        person=person,
        pilot=pilot,
        channel="telephone",
        outcome="no_answer",
        occasion="invitation",
        by=by,
        at=AT,
        submission=uuid4(),
    )
    appointment = plan(
        person=person,
        pilot=pilot,
        staff=coach,
        starts_at=AT + timedelta(days=2),
        location="Wijkcentrum",
        about="Kennismaken",
        by=by,
        at=AT,
    )
    letter = make_letter(
        person=person,
        pilot=pilot,
        kind="invitation",
        pdf=b"%PDF-1.7 invented",
        by=by,
        at=AT,
    )
    things |= {
        "moment_id": moment.pk,
        "appointment_id": appointment.pk,
        "letter_id": letter.pk,
        "letter": letter.kind,
    }
