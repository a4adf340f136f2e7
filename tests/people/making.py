"""People for tests: invented, with a BSN only where a test needs one."""

from itertools import count

from tests.cast import AT, Cast
from trede.accounts.acting import staff_actor
from trede.accounts.models import Municipality, Staff
from trede.people.details import PersonDetails
from trede.people.models import Person
from trede.people.registering import register_person
from trede.people.responsibility import make_responsible

_TURN = count(100_000_001)


def a_bsn() -> str:
    """The next number that passes the check of a BSN."""
    for number in _TURN:
        digits = [int(digit) for digit in str(number)]
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if sum(a * b for a, b in zip(digits, weights, strict=True)) % 11 == 0:
            return str(number)
    raise AssertionError


def details_of(name: str, **details: str) -> PersonDetails:
    """`name` is given names and surname, the last word being the surname."""
    given, _, surname = name.rpartition(" ")
    return PersonDetails(given_names=given, surname=surname, **details)


def make_person(
    cast: Cast,
    name: str = "Nadia Yıldız",
    coach: Staff | None = None,
    *,
    municipality: Municipality | None = None,
    **details: str,
) -> Person:
    """Somebody of our municipality; with `coach`, in that coach's care."""
    where = municipality or (coach.municipality if coach else cast.here)
    by = staff_actor(coach) if coach else cast.by("greet")
    person = register_person(
        municipality=where, details=details_of(name, **details), by=by, at=AT
    )
    if coach:
        make_responsible(
            person=person, staff=coach, on=AT.date(), reason="", by=by, at=AT
        )
    return person
