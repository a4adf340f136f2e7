"""Who was reached, on the screen: for steering inside the team, and for nobody else."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.contact.making import note_call
from tests.inflow.listmaking import AMINA, FATMA, HASSAN, LATER, confirmed, make_pilot
from tests.inflow.reaching_out import browser
from trede.inflow.models import Candidate
from trede.inflow.reach_attempts import attempts

pytestmark = pytest.mark.django_db
REACH = "/instroom/bereik/"


def test_the_coordinator_sees_who_was_reached_and_who_was_not(cast: Cast):
    pilot = make_pilot(cast.here)
    confirmed(cast, pilot, AMINA, HASSAN, FATMA)
    amina = Candidate.objects.get(person__birth_year=1975)
    note_call(cast, amina.person, pilot, outcome="spoke", at=LATER)
    page = browser(cast.greet).get(REACH)
    assert (page.context["table"].n, page.context["table"].reached) == (3, 1)
    said = page.content.decode()
    assert "Van de 3 mensen op de lijst zijn er 1 bereikt: 33%" in said
    assert "niet publiceren" in said
    for name in ("Idrissi", "Alaoui", "Yılmaz"):
        assert name not in said


def test_attempts_are_counted_by_channel_and_by_the_hour_on_the_clock(cast: Cast):
    pilot = make_pilot(cast.here)
    confirmed(cast, pilot, AMINA)
    person, day = Candidate.objects.get().person, LATER.replace(minute=30)
    # In July half past eight UTC is half past ten on the clock here.
    note_call(cast, person, pilot, outcome="spoke", at=day.replace(month=7, hour=8))
    note_call(cast, person, pilot, at=day.replace(month=7, hour=16))
    note_call(cast, person, pilot, channel="letter", outcome="sent", at=day)
    note_call(cast, person, pilot, occasion="guidance", outcome="spoke", at=day)
    channel, hour = attempts(pilot=pilot, on=date(2030, 1, 1))
    assert [(one.code, one.n, one.reached) for one in channel.rows] == [
        ("telephone", 2, 1),
        ("letter", 1, 0),
    ]
    assert [(one.label, one.n, one.reached) for one in hour.rows] == [
        ("9–11", 1, 1),
        ("17–24", 1, 0),
    ]


def test_nobody_else_sees_figures_in_which_people_can_be_recognised(cast: Cast):
    pilot = make_pilot(cast.here)
    confirmed(cast, pilot, AMINA)
    for name in ("sanne", "willem", "rik", "ilse", "bas", "fatima", "aad"):
        assert browser(getattr(cast, name)).get(REACH).status_code == 403


def test_a_coordinator_elsewhere_sees_nothing_of_ours(cast: Cast):
    ours, theirs = make_pilot(cast.here), make_pilot(cast.elsewhere)
    confirmed(cast, ours, AMINA, HASSAN)
    cast.noor.held_roles.update(role="coordinator")
    page = browser(cast.noor).get(f"{REACH}?pilot={ours.code}")
    assert page.context["pilot"] == theirs
    assert page.context["table"].n == 0


@pytest.mark.parametrize("query", ["?pilot=nergens", "?pilot="])
def test_a_pilot_that_is_not_there_gives_ones_own(query: str, cast: Cast):
    pilot = make_pilot(cast.here)
    page = browser(cast.greet).get(f"{REACH}{query}")
    assert page.context["pilot"] == pilot


def test_without_a_list_the_page_says_what_will_be_here(cast: Cast):
    make_pilot(cast.here)
    page = browser(cast.greet).get(REACH).content.decode()
    assert "Nog geen lijst" in page
    assert "%" not in page.split("<main")[1].split("</main")[0]
