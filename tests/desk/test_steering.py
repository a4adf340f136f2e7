"""What a coordinator steers by, where there is more of it than anybody reads."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.desk.making import make_story, sign_in
from tests.trajectories.making import make_candidate, make_pilot
from trede.desk.figures import figures
from trede.inflow.models import Stage
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db


def test_of_many_coaches_those_with_most_to_do_are_shown_and_all_on_demand(
    cast: Cast, monkeypatch
):
    monkeypatch.setattr("trede.desk.home_sections.COACHES", 1)
    make_story(cast, make_pilot(cast))
    client = sign_in(cast.greet)
    short = client.get("/").content.decode()
    assert "Willem" not in short
    assert "Van de 2 coaches hebben deze 1 het meeste te doen." in short
    (every,) = re.findall(r'href="([^"]*coaches=alle)"', short)
    whole = client.get(f"/{unescape(every)}").content.decode()
    assert ("Willem" in whole, "coaches=alle" in whole) == (True, False)


URL = "/hoeveel/"


@pytest.fixture
def many(cast: Cast, monkeypatch) -> Client:
    """More people than are counted within the page."""
    monkeypatch.setattr("trede.desk.figures.AT_ONCE", 1)
    pilot = make_pilot(cast)
    make_story(cast, pilot)
    make_candidate(cast, pilot, stage=Stage.WAITING)
    return sign_in(cast.greet)


def test_of_very_many_people_the_first_page_leaves_counting_to_a_page_of_its_own(
    many, cast
):
    said = many.get("/").content.decode()
    assert "Waar mensen nu zijn" not in said
    (asked,) = re.findall(r'hx-get="([^"]*)"', said)
    assert f'<a class="nl-link" href="{asked}"' in said  # without JavaScript
    answer = many.get(unescape(asked))
    assert "Waar mensen nu zijn" in answer.content.decode()
    assert answer.context["section"] == figures(
        Pilot.objects.get(), timezone.localdate()
    )


def test_the_part_that_comes_after_the_page_is_no_page(many):
    part = many.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "Waar mensen nu zijn" in part
    assert "<html" not in part
    assert part.strip().startswith("<div")


def test_a_page_that_counts_and_one_that_does_not_say_the_same(many, monkeypatch):
    apart = many.get(URL).context["section"]
    monkeypatch.setattr("trede.desk.figures.AT_ONCE", 2)
    shown = many.get("/").context["sections"][0].context
    assert {name: shown[name] for name in apart} == apart
    assert (apart["counts"]["everybody"], apart["counts"]["started"]) == (2, 1)


@pytest.mark.parametrize("path", ["/", URL])
def test_what_is_steered_by_asks_few_questions(
    many, path, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        many.get(path)
