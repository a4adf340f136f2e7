"""The codebook as DDI and as PDF, and the four missing reasons in every format."""

import io
import subprocess
from datetime import UTC, date, datetime, time
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from django.urls import reverse

from tests.cast import AT, Cast
from tests.studies.making import UNTIL, make_study
from tests.studies.test_dataset import with_intake
from trede.accounts.models import Municipality
from trede.questionnaires.models import Instruction, SittingMoment, Translation
from trede.studies.codebook import codebook
from trede.studies.codebook_files import codebook_file
from trede.studies.dataset import Dataset, build
from trede.studies.exporting import NamesInSpss, written
from trede.studies.models import Study

DDI = "{ddi:codebook:2_5}"
REASONS = {"refused": -99, "dont_know": -98, "skipped": -97, "not_asked": -96}


@pytest.fixture
def study(cast: Cast) -> Study:
    return make_study(cast)


def data(study: Study, cast: Cast, **answers: str) -> Dataset:
    with_intake(study, cast, **answers)
    return build(study, UNTIL)


@pytest.mark.parametrize("reason", ["refused", "dont_know", "skipped"])
def test_each_reason_survives_in_each_format(reason, study, cast: Cast, tmp_path: Path):
    made = data(study, cast, satisfied=f"?{reason}", debts=f"?{reason}")
    csv = pl.read_csv(io.BytesIO(written(made, ".csv")), infer_schema=False)
    parquet = pl.read_parquet(io.BytesIO(written(made, ".parquet")))
    for frame in (csv, parquet):
        row = frame.row(0, named=True)
        for code in ("satisfied", "debts"):
            assert row[code] in (None, "")
            assert row[f"{code}__missing"] == reason
    file = tmp_path / "data.sav"
    file.write_bytes(written(made, ".sav"))
    rows, meta = pyreadstat.read_sav(file, user_missing=True, output_format="polars")
    row = rows.row(0, named=True)
    assert row["satisfied"] == REASONS[reason]
    assert meta.variable_value_labels["satisfied"][REASONS[reason]]
    assert (row["debts"], row["debts_status"]) == ("", reason)
    assert meta.variable_value_labels["debts_status"][reason]
    open_, _meta = pyreadstat.read_sav(file, output_format="polars")
    assert open_["satisfied"][0] is None


def test_what_was_not_asked_survives_too(study, cast: Cast, tmp_path: Path):
    made = data(study, cast, debt_help="?not_asked", satisfied="?not_asked")
    file = tmp_path / "data.sav"
    file.write_bytes(written(made, ".sav"))
    rows, _meta = pyreadstat.read_sav(file, user_missing=True, output_format="polars")
    row = rows.row(0, named=True)
    assert (row["debt_help"], row["debt_help_status"]) == ("", "not_asked")
    assert (row["satisfied"], row["satisfied_status"]) == (-96, "not_asked")


def test_help_and_translation_stand_beside_the_answers(study, cast: Cast):
    person = with_intake(study, cast)
    sitting = person.sittings.get()
    sitting.helped_by = "family"
    reviewed = Translation.objects.create(
        questionnaire=sitting.questionnaire,
        language="tr",
        edition=99,
        status="reviewed",
        texts={},
        made_at=AT,
        vouched_by="A. Demir",
    )
    sitting.translation, sitting.language = reviewed, "tr"
    sitting.save()
    sitting.editions.add(reviewed)
    sitting.answers.filter(question="debts").update(language="nl", missing="refused")
    for question in ("debts", "trust_people", "debts"):
        SittingMoment.objects.create(
            sitting=sitting, kind="explanation", question=question, at=AT
        )
    row = build(study, UNTIL).frame.row(0, named=True)
    assert (row["helper"], row["translation"]) == ("family", "reviewed")
    assert (row["language"], row["languages"]) == ("tr", "nl tr")
    assert (row["explanations"], row["explained"]) == ("3", "debts trust_people")


@pytest.mark.parametrize(
    ("read_on", "month"),
    [(date(2019, 12, 30), "2019-12"), (date(2030, 1, 1), None), (None, None)],
)
def test_since_when_the_coach_was_instructed_stands_beside_the_answers(
    study, cast: Cast, read_on: date | None, month: str | None
):
    """Not a coach who read the instruction only after this was answered."""
    sitting = with_intake(study, cast).sittings.get()
    if read_on:
        Instruction.objects.create(
            staff=sitting.prepared_by,
            kind=Instruction.Kind.READ,
            edition="2026-1",
            at=datetime.combine(read_on, time(12), tzinfo=UTC),
        )
    assert build(study, UNTIL).frame.row(0, named=True)["instructed"] == month


def test_the_words_as_written_have_no_translation(study, cast: Cast):
    row = data(study, cast).frame.row(0, named=True)
    assert (row["helper"], row["translation"]) == (None, "original")
    assert (row["explanations"], row["explained"]) == ("0", None)


def test_ddi_describes_every_column_of_the_dataset(study, cast: Cast):
    made = data(study, cast)
    root = fromstring(codebook_file(made, study, ".xml", on=UNTIL))
    named = {one.get("name"): one for one in root.iter(f"{DDI}var")}
    assert set(named) == set(made.frame.columns)
    assert root.find(f".//{DDI}caseQnty").text == str(made.frame.height)
    satisfied = [one.get("VALUE") for one in named["satisfied"].iter(f"{DDI}item")]
    assert sorted(satisfied) == sorted(str(code) for code in REASONS.values())
    assert named["debts"].find(f"{DDI}qstn/{DDI}qstnLit").text


def test_the_pdf_names_every_variable(study, cast: Cast, tmp_path: Path):
    made = data(study, cast)
    file = tmp_path / "codebook.pdf"
    file.write_bytes(codebook_file(made, study, ".pdf", on=UNTIL))
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = {line.strip() for line in done.stdout.splitlines()}
    assert {variable.code for variable in codebook(made)} <= lines


@pytest.mark.parametrize(
    ("ending", "begins"),
    [(".pdf", b"%PDF"), (".xml", b"<?xml"), (".csv", b"\xef\xbb\xbf"), (".x", b"\xef")],
)
def test_the_researcher_downloads_the_codebook(
    ending, begins, study, cast: Cast, client: Client
):
    with_intake(study, cast)
    # The second step of signing in, which the pilot asks for, is not tried here.
    Municipality.objects.update(second_step_roles=[])
    client.force_login(cast.ilse, "django.contrib.auth.backends.ModelBackend")
    address = reverse("studies:codebook", args=[study.pk])
    answer = client.get(address, {"vorm": ending})
    assert answer.status_code == 200
    assert answer.content.startswith(begins)


def test_long_names_of_columns_stay_apart_in_spss():
    names = NamesInSpss()
    long = "a" * 60
    given = [names[f"{long}_one_option"], names[f"{long}_one_other"], names["A" * 64]]
    assert all(len(name) <= 64 for name in given)
    assert len({name.lower() for name in given}) == 3
    assert names[f"{long}_one_option"] == given[0]
