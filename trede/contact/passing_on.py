"""What was agreed with a person for later stands, when another coach comes: the
successor keeps it."""

from datetime import datetime

from trede.accounts.models import Staff
from trede.contact.models import Appointment
from trede.people.models import Person


def pass_on_appointments(
    person: Person, giver: Staff, receiver: Staff, at: datetime
) -> None:
    standing = Appointment.objects.filter(
        person=person,
        staff=giver,
        state=Appointment.State.PLANNED,
        starts_at__gte=at,
    )
    standing.update(staff=receiver)
