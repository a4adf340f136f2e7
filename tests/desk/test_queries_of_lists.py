"""A filled list asks the database at most fifteen times, for twelve as for three."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.desk.making import sign_in
from tests.inflow.reaching_out import a_referral
from tests.partners.making import make_onward, make_partner, make_place, make_placement
from tests.people.making import a_bsn, make_person
from tests.trajectories.making import AFTER, make_pilot, make_trajectory
from trede.people.details import PersonDetails
from trede.people.households import join
from trede.people.models import Person
from trede.people.registering import change_person
from trede.pilots.models import Pilot
from trede.trajectories.handing_over import hand_over

MOST, FEW, MANY = 15, 3, 12
TELEPHONE, BSN = "06 12345678", a_bsn()
NOW = AFTER + timedelta(days=2)


class Town:
    """Everybody has the same telephone, a housemate, and what the lists tell of."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.made = cast, 0
        self.pilot: Pilot = make_pilot(cast)
        self.first: Person | None = None

    def grows_to(self, number: int) -> None:
        for n in range(self.made, number):
            self._one_more(n)
        self.made = number

    def _one_more(self, n: int) -> None:
        cast, by = self.cast, self.cast.by("sanne")
        trajectory = make_trajectory(cast, self.pilot, name=f"Amrani-{n}")
        person = trajectory.person
        self.first = self.first or person
        change_person(
            person=person,
            edition=person.edition,
            changes={"telephone": TELEPHONE, "quarter": "oost"}
            | ({"bsn": BSN} if person == self.first else {}),
            by=by,
            at=AFTER,
        )
        for home in {self.first, person}:
            other = make_person(cast, f"Huisgenoot Van-{n}", cast.sanne)
            join(person=home, other=other, by=by, at=AFTER)
        partner = make_partner(cast.sanne, f"De Keuken {n}")
        spot = make_place(cast.sanne, partner, capacity=3)
        make_placement(cast.sanne, make_onward(cast.sanne, person, spot, "accepted"))
        a_referral(
            cast,
            self.pilot,
            details=PersonDetails(given_names="Farid", surname=f"Noori-{n}"),
            at=AFTER,
        )
        passed = make_trajectory(cast, self.pilot, name=f"Over-{n}")
        hand_over(
            trajectory=passed,
            receiver=cast.willem,
            on=AFTER.date(),
            reason="absent",
            note="",
            by=by,
            at=AFTER,
        )


def asked(client: Client, text: str) -> HttpResponse:
    return client.post(reverse("desk:search"), {"q": text})


LISTS = {
    "the people of a coach": ("sanne", "desk:people"),
    "the people of everybody": ("greet", "desk:people"),
    "placements": ("greet", "partners:placements"),
    "placements of a coach": ("sanne", "partners:placements"),
    "hand-overs": ("greet", "trajectories:hand_overs"),
    "referrals": ("greet", "inflow:referrals"),
    "one's own referrals": ("rik", "inflow:referrals"),
    "partners": ("sanne", "partners:partners"),
}
SEARCHES = {
    "name": "amr",
    "BSN": BSN,
    "telephone": TELEPHONE,
    "household": "huisg",
    "partner": "keuken",
}
SHOWN = {"BSN": 1, "partner": FEW}  # of partners ten, however many there are


@pytest.fixture
def town(cast: Cast) -> Town:
    return Town(cast)


def counted(client: Client, what: str) -> tuple[int, int]:
    """How often the database was asked, and how many lines came of it."""
    with (
        time_machine.travel(NOW, tick=False),
        CaptureQueriesContext(connection) as queries,
    ):
        if what in SEARCHES:
            answer = asked(client, SEARCHES[what])
            rows = [*answer.context["found"], *answer.context["partners"]]
        else:
            answer = client.get(reverse(LISTS[what][1]))
            rows = list(answer.context["page"])
    return len(queries), len(rows)


@pytest.mark.parametrize("what", [*LISTS, *SEARCHES])
def test_it_asks_no_more_when_there_is_more(town: Town, what: str):
    who = "sanne" if what in SEARCHES else LISTS[what][0]
    client = sign_in(getattr(town.cast, who))
    told = []
    for number in (FEW, MANY):
        town.grows_to(number)
        counted(client, what)  # what is the same for everybody is read once
        queries, rows = counted(client, what)
        told.append(queries)
        assert rows >= SHOWN.get(what, number)
    assert max(told) <= MOST
    assert told[1] <= told[0]
