"""The pages about target lists and eligibility, as coordinator and coach meet them."""

import csv
import io
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.doors.walking import visitor
from tests.inflow.listmaking import (
    AMINA,
    FITS,
    HASSAN,
    LATER,
    WRONG,
    as_list,
    candidate,
    confirmed,
    make_pilot,
    named,
    uploaded,
)
from trede.accounts.list_file import harmless
from trede.audit.models import Line
from trede.inflow import importing
from trede.inflow.models import Candidate, ListUpload
from trede.inflow.views import lists
from trede.people.responsibility import make_responsible
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
State = ListUpload.State
UNDOABLE = "terug te draaien tot en met"


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast.here)


@pytest.fixture
def greet(cast: Cast) -> Client:
    return visitor(cast.greet)


def text(client: Client, name: str, number: int | None = None) -> str:
    address = reverse(f"inflow:{name}", args=[number] if number else [])
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def send(client: Client, content: bytes, pilot: Pilot) -> str:
    answer = client.post(
        reverse("inflow:upload_list"),
        {
            "pilot": pilot.pk,
            "file": SimpleUploadedFile("lijst.csv", content),
            "reference_on": "2020-02-01",
        },
        follow=True,
    )
    return str(answer.content.decode())


def test_an_empty_overview_says_what_to_do_first(greet: Client) -> None:
    assert reverse("inflow:upload_list") in text(greet, "lists")


def test_from_upload_to_result_and_back(greet: Client, pilot: Pilot) -> None:
    page = send(greet, as_list(AMINA, HASSAN, WRONG), pilot)
    upload = ListUpload.objects.get()
    assert "lijst.csv" in page
    assert "123456789" in page
    assert "Idrissi, " not in page
    greet.post(reverse("inflow:confirm_list", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.state == State.CONFIRMED
    assert reverse("inflow:undo_list", args=[upload.pk]) in text(
        greet, "list", upload.pk
    ) or not importing.undo_until(upload)
    greet.post(reverse("inflow:undo_list", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.state == State.UNDONE
    assert candidate("Idrissi").stage == "gone"


def test_only_the_last_list_and_in_time_is_said_to_be_undoable(
    cast: Cast, greet: Client, pilot: Pilot
) -> None:
    confirmed(cast, pilot, AMINA, at=timezone.now() - timedelta(days=400))
    assert UNDOABLE not in text(greet, "lists")
    confirmed(cast, pilot, AMINA, HASSAN, at=timezone.now() - timedelta(hours=2))
    newest = confirmed(cast, pilot, HASSAN, AMINA, at=timezone.now())
    assert text(greet, "lists").count(UNDOABLE) == 1
    assert importing.undo_until(newest)


def test_a_file_that_is_no_list_keeps_the_form_and_says_why(
    greet: Client, pilot: Pilot
) -> None:
    page = send(greet, b"%PDF-1.7", pilot)
    assert "pdf" in page.lower()
    assert 'role="alert"' in page
    assert not ListUpload.objects.exists()


def test_the_sum_stands_on_the_page(cast: Cast, greet: Client, pilot: Pilot) -> None:
    upload = uploaded(cast, pilot, AMINA, HASSAN, WRONG, AMINA)
    page = text(greet, "list", upload.pk)
    shown = page[page.index('class="sum"') : page.index("</ul>", page.index("sum"))]
    numbers = [part.split("<")[0] for part in shown.split('class="sum__n">')[1:]]
    assert numbers == ["4", "2", "0", "0", "1", "1"]


def test_the_differences_show_names_and_are_in_the_trail(
    cast: Cast, greet: Client, pilot: Pilot
) -> None:
    confirmed(cast, pilot, AMINA, HASSAN)
    moved = AMINA.replace(";Oost;", ";Noord;")
    upload = uploaded(cast, pilot, moved, at=LATER)
    page = text(greet, "list_differences", upload.pk)
    for word in ("Amina Idrissi", "Oost", "Noord", "Hassan Alaoui"):
        assert word in page
    line = Line.objects.filter(kind=Line.Kind.READ).first()
    assert line is not None
    seen = set(line.mentions.values_list("person_id", flat=True))
    assert seen == {named("Idrissi").pk, named("Alaoui").pk}


def test_the_rows_to_check_come_as_a_file_without_formulas(
    cast: Cast, greet: Client, pilot: Pilot
) -> None:
    evil = f"123456789;=1+1;Fout;01-02-1975;{FITS}"
    nameless = f"=cmd;Wim;Fout;01-02-1975;{FITS}"
    upload = uploaded(cast, pilot, AMINA, evil, nameless)
    page = text(greet, "list_rows_to_check", upload.pk)
    rows = list(csv.reader(io.StringIO(page.removeprefix("\ufeff")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["3", "4"]
    assert rows[2][2] == "'=cmd"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_a_cell_never_begins_as_a_formula(sign: str) -> None:
    assert harmless(f"{sign}1") == f"'{sign}1"
    assert harmless("Amina") == "Amina"


def test_columns_can_be_chosen(cast: Cast, greet: Client, pilot: Pilot) -> None:
    upload = uploaded(cast, pilot, AMINA)
    columns = importing.findings_of(upload).columns
    chosen = {f"column_{n}": one.field or "" for n, one in enumerate(columns)}
    address = reverse("inflow:list_columns", args=[upload.pk])
    twice = greet.post(address, chosen | {"column_6": "surname"})
    assert 'role="alert"' in twice.content.decode()
    greet.post(address, chosen | {"column_6": ""})
    fresh = importing.findings_of(ListUpload.objects.get())
    assert [one.field for one in fresh.columns][6] is None
    assert fresh.columns[5].field == "telephone"


def test_a_long_list_goes_on_by_itself_and_shows_how_far(
    cast: Cast, greet: Client, pilot: Pilot
) -> None:
    with patch.object(importing, "PART", 1):
        upload = uploaded(cast, pilot, AMINA, HASSAN)
    with patch.object(lists, "SECONDS", 0):
        answer = greet.post(reverse("inflow:confirm_list", args=[upload.pk]))
        progress = reverse("inflow:list_progress", args=[upload.pk])
        assert answer.headers["Location"] == progress
        page = text(greet, "list_progress", upload.pk)
    assert 'http-equiv="refresh"' in page
    assert 'max="2"' in page
    done = greet.get(progress)
    assert done.headers["Location"] == reverse("inflow:list", args=[upload.pk])
    assert Candidate.objects.count() == 2


def test_two_coordinators_at_once_read_the_list_in_once(
    cast: Cast, greet: Client, pilot: Pilot
) -> None:
    upload = uploaded(cast, pilot, AMINA, HASSAN)
    address = reverse("inflow:confirm_list", args=[upload.pk])
    for client in (greet, visitor(cast.greet)):
        client.post(address)
    assert Candidate.objects.count() == 2
    assert upload.rows.count() == 2


def test_a_strange_choice_is_answered_in_words(
    cast: Cast, greet: Client, pilot: Pilot
) -> None:
    upload = uploaded(cast, pilot, AMINA)
    address = reverse("inflow:decide_row", args=[upload.pk])
    for typed in ({}, {"row": "x"}, {"row": "2", "person_id": "-1"}):
        answer = greet.post(address, typed, follow=True)
        assert answer.status_code == 200
        assert list(answer.context["messages"])


def test_lists_are_no_business_of_a_coach_nor_of_another_town(
    cast: Cast, pilot: Pilot
) -> None:
    upload = uploaded(cast, pilot, AMINA)
    address = reverse("inflow:list", args=[upload.pk])
    assert visitor(cast.sanne).get(address).status_code == 403
    assert visitor(cast.noor).get(address).status_code == 403


def test_the_ledger_shows_what_it_rests_on_and_who_said_it(
    cast: Cast, pilot: Pilot
) -> None:
    confirmed(cast, pilot, AMINA)
    amina = candidate("Idrissi")
    page = text(visitor(cast.sanne), "eligibility", amina.pk)
    for word in ("01-02-1975", "Marokko", "01-01-2015", "Greet"):
        assert word in page


def test_a_coach_screens_and_makes_an_exception(cast: Cast, pilot: Pilot) -> None:
    confirmed(cast, pilot, AMINA)
    amina, sanne = candidate("Idrissi"), visitor(cast.sanne)
    sanne.post(reverse("inflow:screen", args=[amina.pk]), {"health": "not_met"})
    address = reverse("inflow:override", args=[amina.pk])
    typed = {"criterion": "age", "outcome": "not_met", "explanation": "is 26"}
    assert 'role="alert"' in sanne.post(address, typed).content.decode()
    sanne.post(address, typed | {"because": "list_wrong"})
    said = amina.ledger.exclude(source="list").values_list("criterion", "outcome")
    assert sorted(said) == [("age", "not_met"), ("health", "not_met")]
    reason = amina.ledger.get(source="override").reason
    assert reason == "De lijst klopt niet. is 26"


def test_a_colleagues_candidate_is_not_found(cast: Cast, pilot: Pilot) -> None:
    confirmed(cast, pilot, AMINA)
    amina = candidate("Idrissi")
    make_responsible(
        person=amina.person,
        staff=cast.willem,
        on=LATER.date(),
        reason="",
        by=cast.by("greet"),
        at=LATER,
    )
    for name in ("eligibility", "screen", "override"):
        address = reverse(f"inflow:{name}", args=[amina.pk])
        assert visitor(cast.sanne).get(address).status_code == 404
        assert visitor(cast.willem).get(address).status_code == 200


def test_new_rules_are_looked_at_before_they_are_applied(
    cast: Cast, greet: Client, pilot: Pilot
) -> None:
    confirmed(cast, pilot, AMINA)
    address = reverse("inflow:change_rules", args=[pilot.pk])
    old = pilot.files.get().text
    new = old.replace("params = { years = 28 }", "params = { years = 70 }")
    page = greet.post(address, {"text": new}).content.decode()
    assert "Amina Idrissi" in page
    assert pilot.files.count() == 1
    broken = greet.post(address, {"text": old.replace("years = 28", "years = oud")})
    assert "years" in broken.content.decode()
    unreasoned = greet.post(address, {"text": new, "apply": "yes"})
    assert 'role="alert"' in unreasoned.content.decode()
    greet.post(address, {"text": new, "reason": "krapte", "apply": "yes"})
    assert pilot.files.count() == 2
    assert candidate("Idrissi").ledger.filter(source="rule").count() == 1
