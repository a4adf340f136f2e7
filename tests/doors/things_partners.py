"""A partner is the whole team's; who was referred there is the coach's own person."""

from tests.cast import AT, Cast
from tests.doors.things import Things
from tests.partners.making import everything_of
from tests.people.making import make_person
from trede.accounts.acting import staff_actor
from trede.partners.around import add_professional
from trede.partners.sheet_importing import upload


def add(cast: Cast, things: Things) -> None:
    owners = {"own": cast.sanne, "colleague": cast.willem, "elsewhere": cast.noor}
    for owner, coach in owners.items():
        by, person = staff_actor(coach), make_person(None, "Gulalai Safi", coach)
        things[owner] |= everything_of(cast, coach, person)
        things[owner]["professional_id"] = add_professional(
            person=person, kind="gp", name="Dr. Vos", telephone="", by=by, at=AT
        ).pk
        things[owner]["sheet_id"] = upload(
            municipality=coach.municipality,
            name="partners.csv",
            content=b"Naam\nDe Schuur\n",
            by=by,
            at=AT,
        ).pk
