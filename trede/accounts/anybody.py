"""Somebody on the staff who is nobody yet: what every one of them asks each morning is
put into SQL once, about this one."""

from trede.accounts.models import Staff
from trede.together import stand_in

ANYBODY = Staff(pk=stand_in(), municipality_id=stand_in())


def it_is(staff: Staff) -> dict[int, int | None]:
    """What is told in the place of the stand-ins."""
    return {
        ANYBODY.pk: staff.pk,
        ANYBODY.municipality_id: staff.municipality_id,
    }
