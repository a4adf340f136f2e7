"""The ladder as it stands on the page of a person: highest tread first, with the day,
what is within reach, and the one spot where the person stands."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.test.html import Element, parse_html
from django.urls import reverse

from tests.cast import Cast
from tests.desk.making import OUTDOORS, make_story, sign_in
from tests.trajectories.making import AFTER, make_pilot
from trede.trajectories.ladder import SIX_TREADS, assess
from trede.trajectories.models import Trajectory

INDOORS = OUTDOORS | {"contact_weekly": False}
NOW = AFTER + timedelta(days=9)


@dataclass(frozen=True)
class Drawn:
    """One tread, from the page."""

    number: str
    label: str
    told: str  # beside the name, in small
    on: str  # the day a machine reads in it
    spot: str  # what stands on the tread itself


@pytest.fixture
def trajectory(cast: Cast) -> Trajectory:
    """First found on the second tread, then on the first, with the third in reach."""
    made = make_story(cast, make_pilot(cast)).trajectory
    assess(
        trajectory=made,
        answers=INDOORS,
        reference_on=(AFTER + timedelta(days=8)).date(),
        growth_potential=3,
        by=cast.by("sanne"),
        at=AFTER + timedelta(days=8),
    )
    return made


def ladder_on(cast: Cast, address: str) -> tuple[dict[str, str | None], list[Drawn]]:
    with time_machine.travel(NOW, tick=False):
        page = parse_html(sign_in(cast.sanne).get(address).content.decode())
    (ladder,) = [one for one in within(page) if is_(one, "ol", "ladder")]
    rows = [one for one in ladder.children if is_(one, "li")]
    return dict(ladder.attributes), [row_of(one) for one in rows]


def row_of(row: Element) -> Drawn:
    (tread,) = [one for one in within(row) if is_(one, "div", "ladder__tread")]
    (name,) = [one for one in within(row) if is_(one, "div", "ladder__name")]
    (number,) = [one for one in within(name) if is_(one, "b")]
    small = [one for one in within(name) if is_(one, "small")]
    days = [dict(one.attributes) for one in within(name) if is_(one, "time")]
    spots = [one for one in within(tread) if is_(one, "span")]
    assert dict(tread.attributes)["aria-hidden"] == "true"
    return Drawn(
        words_of(number),
        " ".join(one for one in name.children if isinstance(one, str)),
        " ".join(words_of(one) for one in small),
        " ".join(str(one["datetime"]) for one in days),
        " ".join(words_of(one) or "was here" for one in spots),
    )


def within(element: Element) -> list[Element]:
    inner = [one for one in element.children if isinstance(one, Element)]
    return [one for child in inner for one in (child, *within(child))]


def is_(element: object, name: str, kind: str = "") -> bool:
    if not isinstance(element, Element) or element.name != name:
        return False
    return not kind or kind in str(dict(element.attributes).get("class", "")).split()


def words_of(element: Element) -> str:
    parts = (
        words_of(one) if isinstance(one, Element) else one for one in element.children
    )
    return " ".join(" ".join(parts).split())


@pytest.mark.parametrize("page", ["of the person", "of the trajectory"])
def test_each_tread_says_what_it_was_to_this_person(cast, trajectory, page):
    address = (
        reverse("desk:person", args=[trajectory.person_id])
        if page == "of the person"
        else reverse("trajectories:trajectory", args=[trajectory.pk])
    )
    about, drawn = ladder_on(cast, address)
    assert about["aria-label"] == "De Participatieladder, hoogste trede eerst"
    assert "reversed" in about  # a screen reader counts down with it
    assert [one.number for one in drawn] == ["6", "5", "4", "3", "2", "1"]
    assert len({one.label for one in drawn}) == len(SIX_TREADS.treads)
    told = {one.number: (one.told, one.on, one.spot) for one in drawn}
    assert told == {
        "6": ("", "", ""),
        "5": ("", "", ""),
        "4": ("", "", ""),
        "3": ("Groeipotentie", "", ""),
        "2": ("16-06-2021", "2021-06-16", "was here"),
        "1": ("Nu, sinds 22-06-2021", "2021-06-22", "NA"),
    }
