"""Mijn plan: the person's own page and sheet, by a link, without answers."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from unicodedata import normalize

import pytest
import time_machine
from django.test import Client

from tests.cast import Cast
from tests.desk.making import make_story
from tests.inflow.reaching_out import browser
from tests.questionnaires.printed import words_of
from tests.trajectories.making import AFTER, make_pilot
from trede.audit.models import Line
from trede.contact.links import make_link
from trede.contact.models import Letter, PersonalLink
from trede.desk.my_plan import looks, my_plan
from trede.desk.my_plan_words import TEXT
from trede.people.models import Person
from trede.people.responsibility import coach_of, end_responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.trajectories.barriers import note_barrier
from trede.trajectories.leaving import leave_trajectory
from trede.trajectories.manner import note_manner
from trede.trajectories.models import Step
from trede.trajectories.small_steps import add_small_step, add_strength

NOW = AFTER + timedelta(days=3)
POINTS_PER_MM = 72 / 25.4


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    pilot = make_pilot(cast)
    cast.sign_in_with_a_password()
    return pilot


@pytest.fixture
def person(cast: Cast, pilot: Pilot) -> Person:
    return make_story(cast, pilot).person


def own_link(cast: Cast, person: Person, pilot: Pilot) -> str:
    token = make_link(
        person=person, pilot=pilot, purpose="plan", days=9, by=cast.by("sanne"), at=NOW
    )
    return f"/mijn-plan/{token}/"


def read(url: str) -> str:
    return str(Client().get(url).content.decode())


def test_the_page_tells_goals_steps_the_next_meeting_and_whom_to_call(
    cast, person, pilot
):
    cast.sanne.telephone = "0600000100"
    cast.sanne.save()
    page = read(own_link(cast, person, pilot))
    for words in ("Praten", "Bellen", "Uw coach gaat mee", "wandelen", "tel:"):
        assert words in page
    assert "Amrani" not in page
    assert "buurttuin" not in page


def test_who_looked_is_a_day_and_a_role_and_only_the_own_coach_has_a_name(
    cast, person, pilot
):
    address = f"/deelnemers/{person.pk}/"
    for name in ("sanne", "greet", "fatima"):
        browser(getattr(cast, name)).get(address)
    told = {one.who for one in looks(person, coach_of(person))}
    assert {"own", "coordinator", "privacy_officer"} <= told
    page = read(own_link(cast, person, pilot))
    assert "Sanne, uw coach" in page
    assert "De teamleider" in page
    assert "Greet" not in page
    assert "Fatima" not in page


def test_one_role_is_told_once_a_day_however_often_it_looked(cast, person):
    for _each in range(3):
        browser(cast.greet).get(f"/deelnemers/{person.pk}/")
    told = looks(person, coach_of(person))
    assert len(told) == len(set(told))
    assert [one.who for one in told].count("coordinator") == 1


def test_reading_ones_own_plan_is_in_the_trail_and_is_nobody_looking(
    cast, person, pilot
):
    read(own_link(cast, person, pilot))
    line = Line.objects.first()
    assert line is not None
    assert (line.actor, line.action) == (f"person:{person.pk}", "opened their own plan")
    assert looks(person, None) == []


def test_what_is_kept_is_counted_from_what_there_is(cast, person, pilot):
    kept = my_plan(person, pilot, NOW).kept
    assert kept["own_goals"] == kept["ladder"] == kept["meetings"] == 1
    assert "answers" not in kept


def test_after_leaving_the_goals_and_the_number_stay(cast, person, pilot):
    leave_trajectory(person=person, pilot=pilot, by=cast.by("sanne"), at=NOW)
    end_responsibility(person=person, on=NOW.date(), by=cast.by("greet"), at=NOW)
    page = read(own_link(cast, person, pilot))
    assert "Praten" in page
    assert 'href="tel:' in page


def test_the_coach_prints_a_sheet_that_is_kept_with_a_link_of_its_own(
    cast, person, pilot
):
    answer = browser(cast.sanne).post(f"/deelnemers/{person.pk}/mijn-plan/")
    assert answer.content.startswith(b"%PDF")
    assert Letter.objects.get(kind="plan").person == person
    assert PersonalLink.objects.get(purpose="plan").person == person


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("tr", ["Planım", "Ne istiyorum", "Koçunuz sizinle gelir", "Praten"]),
        ("uk", ["Мій план", "Praten"]),
        ("nl", ["Mijn plan", "Wat ik wil", "Uw coach gaat mee", "Praten"]),
    ],
)
def test_the_sheet_speaks_the_language_that_the_person_reads(
    cast, person, pilot, language, says
):
    person.reads_in = language
    person.save()
    by_the_coach = browser(cast.sanne).post(f"/deelnemers/{person.pk}/mijn-plan/")
    by_themselves = Client().get(f"{own_link(cast, person, pilot)}papier/")
    for answer in (by_the_coach, by_themselves):
        text = " ".join(words_of(answer.content).split())
        assert [one for one in says if one not in text] == []
        assert ("Wat ik wil" in text) == (language == "nl")


def test_a_sheet_from_right_to_left_has_the_letters_of_the_language(cast, person):
    person.reads_in = "ar"
    person.save()
    answer = browser(cast.sanne).post(f"/deelnemers/{person.pk}/mijn-plan/")
    # Letters that join are forms of their own: NFKC gives the plain ones back. A pair
    # that is drawn as one is told twice, so a word is asked that has none.
    assert "موعدي" in normalize("NFKC", words_of(answer.content))
    assert "Mijn plan" not in words_of(answer.content)


@pytest.mark.parametrize(("language", "at_the_right"), [("nl", False), ("ar", True)])
def test_the_sheet_begins_where_reading_begins(cast, person, language, at_the_right):
    person.reads_in = language
    person.save()
    answer = browser(cast.sanne).post(f"/deelnemers/{person.pk}/mijn-plan/")
    left, right = margins_beside("Nadia Amrani", answer.content)
    assert (right < left) is at_the_right
    assert round(min(left, right) / POINTS_PER_MM) == 20  # the margin of the sheet


def margins_beside(line: str, pdf: bytes) -> tuple[float, float]:
    """What is left open before and after these words, in points."""
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    sides = [
        re.search(rf'xMin="([\d.]+)".*xMax="([\d.]+)".*>{word}<', told)
        for word in line.split()
    ]
    page = re.search(r'<page width="([\d.]+)"', told)
    first, last = sides[0], sides[-1]
    assert page and first and last
    return float(first[1]), float(page[1]) - float(last[2])


def test_a_colleague_without_this_person_prints_nothing(cast, person):
    answer = browser(cast.willem).post(f"/deelnemers/{person.pk}/mijn-plan/")
    assert answer.status_code == 404
    assert not Letter.objects.filter(kind="plan").exists()


def test_the_person_prints_the_same_and_the_way_to_stop_is_there(cast, person, pilot):
    url = own_link(cast, person, pilot)
    assert Client().get(f"{url}papier/").content.startswith(b"%PDF")
    assert PersonalLink.objects.filter(purpose="plan").count() == 1
    stop = url.replace("/mijn-plan/", "/traject/stoppen/")
    assert f'href="{stop}?taal=nl"' in read(url)
    assert Client().get(stop).status_code == 200


@pytest.mark.parametrize("language", ["ar", "ti", "uk"])
def test_it_speaks_the_language_that_the_person_reads(cast, person, pilot, language):
    person.reads_in = language
    person.save()
    url = own_link(cast, person, pilot)
    page = read(url)
    assert f'<html lang="{language}"' in page
    assert "Mijn plan</h1>" not in page
    assert "Mijn plan</h1>" in read(f"{url}?taal=nl")
    assert Client().get(f"{url}papier/").content.startswith(b"%PDF")


def test_a_link_for_something_else_does_not_open_it(cast, person, pilot):
    token = make_link(
        person=person, pilot=pilot, purpose="leave", days=9, by=cast.by("sanne"), at=NOW
    )
    assert Client().get(f"/mijn-plan/{token}/").status_code == 410


def test_a_day_that_passed_does_not_stand_beside_what_is_for_later(cast, person, pilot):
    link, today = own_link(cast, person, pilot), NOW.date()
    step = Step.objects.filter(goal__trajectory__person=person)
    for day, told in ((today - timedelta(days=1), False), (today, True)):
        step.update(planned_on=day, state=Step.State.PLANNED)
        assert (f"{day:%d-%m-%Y}</bdi>. " in read(link)) == told


def around(cast, person) -> None:
    by, trajectory = cast.by("sanne"), person.trajectories.get()
    common = {"trajectory": trajectory, "by": by, "at": NOW}
    add_strength(words="Ik kook goed", domain="", **common)
    add_small_step(
        words="Belde zelf", domain="housing", on=NOW.date(), together=False, **common
    )
    liked = {"often": "monthly", "place": "home", "channel": "message"}
    note_manner(avoid="lange brieven", **liked, **common)
    note_barrier(code="debts", is_there=True, **common)


@pytest.mark.parametrize(
    ("language", "monthly", "home"),
    [("nl", "Elke maand", "Bij u thuis"), ("tr", "Her ay", "Evinizde")],
)
def test_what_stands_around_the_goals_is_told_without_what_is_in_the_way(
    cast, person, pilot, language, monthly, home
):
    around(cast, person)
    url = own_link(cast, person, pilot)
    page = read(f"{url}?taal={language}")
    for words in ("Ik kook goed", "Belde zelf", "lange brieven", monthly, home):
        assert words in page
    assert "Schulden" not in page
    assert my_plan(person, pilot, NOW).kept["around"] == 4
    assert Client().get(f"{url}papier/").content.startswith(b"%PDF")


def test_every_way_and_place_of_the_shipped_approach_has_its_word_in_each_language(
    pilot,
):
    """What somebody likes is told them in their own language, not in Dutch."""
    rules = rules_of(pilot)
    labels = {one.label for one in (*rules.contact.channels, *rules.locations)}
    files = sorted(TEXT.parent.glob("translations/*.toml"))
    assert len(files) == 9
    for file in files:
        known = tomllib.loads(file.read_text(encoding="utf-8"))["words"]
        assert labels - known.keys() == set(), file.name
