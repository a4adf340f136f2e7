"""The page of an amendment says what the file plans, and asks for what is missing."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import AT, Cast
from tests.studies.making import LATER, make_study
from trede.accounts.models import HeldRole, Municipality, Role
from trede.demo.living_rules import living_rules
from trede.pilots.loading import load_pilot
from trede.pilots.writing import write_rules
from trede.studies.amending import amend
from trede.studies.models import Study

pytestmark = pytest.mark.django_db
CHANGE = date(2020, 12, 1)
NOTHING = "Er is geen wijziging om vast te leggen"


@pytest.fixture
def ilse(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.ilse, "django.contrib.auth.backends.ModelBackend")
    return client


def with_a_change(cast: Cast) -> Study:
    return without_a_second_step(make_study(cast))


def without_a_second_step(study: Study) -> Study:
    """That of the sign-in, which the pilot's file asks for."""
    Municipality.objects.update(second_step_roles=[])
    return study


def without_a_change(cast: Cast) -> Study:
    pilot = load_pilot(
        text=write_rules(living_rules(LATER.date())),
        municipality=cast.here,
        reason="the start",
        by=cast.by("aad"),
        at=AT,
    )
    return without_a_second_step(make_study(cast, pilot))


def page_of(study: Study) -> str:
    return reverse("studies:amend", args=[study.pk])


def shown(client: Client, study: Study) -> str:
    return unescape(client.get(page_of(study)).content.decode())


def test_the_first_change_of_the_file_is_shown_and_filled_in(ilse, cast: Cast):
    text = shown(ilse, with_a_change(cast))
    assert "Van 01-01-2020 tot en met 30-11-2020." in text
    assert "Vanaf 01-12-2020, tot het einde van de pilot." in text
    assert "nog niet vastgelegd" in text
    assert 'value="2020-12-01"' in text
    assert '<option value="pre_post" selected>' in text


def test_what_was_filled_in_can_be_recorded_as_it_stands(ilse, cast: Cast):
    study = with_a_change(cast)
    given = {"on": "2020-12-01", "after": "pre_post", "reason": "people left"}
    assert ilse.post(page_of(study), given).status_code == 302
    assert study.amendments.get().on == CHANGE


def test_a_recorded_change_is_not_asked_again(ilse, cast: Cast):
    study = with_a_change(cast)
    values = {"on": CHANGE, "after": "pre_post", "reason": "people left"}
    amend(study=study, by=cast.by("ilse"), at=LATER, **values)
    text = shown(ilse, study)
    assert "Deze wijziging is vastgelegd." in text
    assert NOTHING in text
    assert 'name="reason"' not in text


def test_a_mistake_keeps_what_was_typed(ilse, cast: Cast):
    study = with_a_change(cast)
    given = {"on": "2020-10-15", "after": "pre_post", "reason": "people left"}
    text = unescape(ilse.post(page_of(study), given).content.decode())
    assert "01-12-2020" in text
    assert "people left" in text
    assert not study.amendments.exists()


def test_without_a_change_in_the_file_it_says_what_comes_first(ilse, cast: Cast):
    study = without_a_change(cast)
    text = shown(ilse, study)
    assert "Verander eerst het bestand van de pilot" in text
    assert "De teamleider verandert het bestand." in text
    assert reverse("pilots:rules", args=[study.pilot_id]) in text
    assert reverse("inflow:change_rules", args=[study.pilot_id]) not in text
    assert 'name="reason"' not in text


def test_who_may_change_the_file_is_led_there(ilse, cast: Cast):
    HeldRole.objects.create(staff=cast.ilse, role=Role.COORDINATOR, given_at=AT)
    study = without_a_change(cast)
    text = shown(ilse, study)
    assert reverse("inflow:change_rules", args=[study.pilot_id]) in text
    assert "De teamleider verandert het bestand." not in text
