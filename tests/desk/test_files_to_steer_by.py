"""What a coordinator steers by, taken along: the figures of the screen, and no more."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.cast import Cast
from tests.contact.making import note_call
from tests.desk.making import DAY, make_story, sign_in
from tests.trajectories.making import (
    AFTER,
    make_candidate,
    make_pilot,
    make_trajectory,
)
from trede.audit.models import Line
from trede.inflow.models import Stage
from trede.pilots.models import Pilot
from trede.trajectories.absence import note_absence

pytestmark = pytest.mark.django_db
NOW = AFTER + 12 * DAY
FIGURES, LOADS = "/hoeveel/bestand/", "/werkdruk/bestand/"
REACH, MEETING = "/instroom/bereik/bestand/", "/overleg/bestand/"
FILES = [FIGURES, LOADS, REACH, MEETING]


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    made = make_pilot(cast)
    cast.sign_in_with_a_password()
    return made


def sheets(client: Client, url: str) -> tuple[list[list[object]], dict[object, object]]:
    """The rows below the heads, and what is said about the list."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(url).content))
    listed, about = (book.get_sheet_by_index(n).to_python() for n in (0, 1))
    return listed[1:], {name: said for name, said, *_rest in about}


def people_of_this_week(cast: Cast, pilot: Pilot) -> None:
    for coach, name in ((cast.sanne, "Amrani"), (cast.willem, "Ander")):
        one = make_trajectory(cast, pilot, coach=coach, name=name)
        one.started_on = timezone.localdate() - timedelta(2)
        one.save()


def test_the_figures_are_those_of_the_first_page(cast: Cast, pilot: Pilot):
    make_story(cast, pilot)
    for n in (3, 9):
        made = make_candidate(cast, pilot, stage=Stage.WAITING)
        since = timezone.localdate() - timedelta(n)
        type(made).objects.filter(pk=made.pk).update(since_on=since)
    client = sign_in(cast.greet)
    section = client.get("/").context["sections"][0].context
    rows, about = sheets(client, FIGURES)
    told = {(part, what): n for part, what, n in rows}
    for step in section["steps"]:
        label = str(step["label"])
        assert told["Van de lijst tot de start", label] == step["n"]
    assert (
        told["Van de lijst tot de start", "Trajecten die de pilot wil starten"]
        == (section["aim"])
    )
    for _code, label, n in section["stages"]:
        assert told["Waar mensen nu zijn", label[0].upper() + label[1:]] == n
    assert told["Wachtlijst", "Mensen die wachten"] == 2
    assert told["Wachtlijst", "Dagen van wie het langst wacht"] == 9
    assert "publiceer" in about["Denk eraan"]


def test_the_loads_are_of_every_coach_with_who_is_away(
    cast: Cast, pilot: Pilot, monkeypatch
):
    monkeypatch.setattr("trede.desk.home_sections.COACHES", 1)
    make_story(cast, pilot)
    make_trajectory(cast, pilot, coach=cast.sanne, name="Tweede")
    day = timezone.localdate()
    note_absence(
        staff=cast.willem,
        from_on=day,
        until_on=day + timedelta(7),
        by=cast.by("greet"),
        at=NOW,
    )
    rows, _about = sheets(sign_in(cast.greet), LOADS)
    named = {row[0]: row[1:] for row in rows}
    assert named["Sanne"][0] == 2
    assert named["Willem"][0] == 0
    assert named["Willem"][-2:] == [day, day + timedelta(7)]
    assert list(named) == ["Sanne", "Willem"]


def test_the_reach_is_the_tables_of_the_screen(cast: Cast, pilot: Pilot):
    made = [make_candidate(cast, pilot) for _n in range(3)]
    note_call(cast, made[0].person, pilot, outcome="spoke", at=AFTER)
    client = sign_in(cast.greet)
    context = client.get("/instroom/bereik/").context
    rows, about = sheets(client, REACH)
    table = context["table"]
    assert rows[0][3:6] == [table.n, table.reached, table.n - table.reached]
    shown = [
        (str(part.label), one.n, one.reached)
        for part in (*table.parts, *context["attempts"])
        for one in part.rows
    ]
    assert [(row[0], row[3], row[4]) for row in rows[1:]] == shown
    assert {row[2] for row in rows} == {"Mensen", "Pogingen"}
    assert "publiceer" in about["Denk eraan"]


def test_the_agenda_is_that_of_the_screen_with_its_filter(cast: Cast, pilot: Pilot):
    people_of_this_week(cast, pilot)
    client = sign_in(cast.greet)
    agenda = client.get("/overleg/").context["agenda"]
    everything = [
        (topic.title, line.person.full_name)
        for topic in agenda.topics
        for line, _coach in topic.lines
    ]
    rows, about = sheets(client, MEETING)
    assert [(row[0], row[1]) for row in rows] == everything
    assert len({row[4] for row in rows}) == 2
    assert "Verwijder het na gebruik" in about["Denk eraan"]
    rows, about = sheets(client, f"{MEETING}?coach={cast.willem.pk}")
    assert {row[4] for row in rows} == {"Willem"}
    assert about["Coach"] == "Willem"


def test_the_trail_names_who_went_along_in_the_agenda(cast: Cast, pilot: Pilot):
    people_of_this_week(cast, pilot)
    sign_in(cast.greet).get(f"{MEETING}?als=csv")
    line = Line.objects.order_by("-sequence")[0]
    assert line.action.endswith("weekly_meeting_file")
    assert line.mentions.count() == 2


@pytest.mark.parametrize("url", FILES)
def test_only_a_coordinator_takes_it_along(cast: Cast, pilot: Pilot, url: str):
    make_story(cast, pilot)
    for name in ("sanne", "rik", "ilse", "bas", "fatima", "aad"):
        assert sign_in(getattr(cast, name)).get(url).status_code == 403


@pytest.mark.parametrize("url", FILES)
@pytest.mark.parametrize("query", ["?pilot=niets&coach=x", "?als=html&coach=²"])
def test_nonsense_in_the_address_gives_the_whole_list(
    cast: Cast, pilot: Pilot, url: str, query: str
):
    make_story(cast, pilot)
    client = sign_in(cast.greet)
    assert sheets(client, url + query)[0] == sheets(client, url)[0]


@pytest.mark.parametrize("url", FILES)
def test_more_people_ask_no_more_questions(
    cast: Cast, pilot: Pilot, url: str, django_assert_max_num_queries
):
    for n in range(6):
        make_trajectory(cast, pilot, name=f"Naam{n}")
    client = sign_in(cast.greet)
    with django_assert_max_num_queries(15):
        assert client.get(url).status_code == 200
