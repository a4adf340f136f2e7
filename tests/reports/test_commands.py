"""`trede report` and `trede dataset`: files, exit status, and plain refusals."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from docx import Document
from docx.oxml.ns import qn
from pytest_django import DjangoDbBlocker

from tests.reports.conftest import Published
from trede.audit.models import Line
from trede.commands.entry import run
from trede.studies.models import Run

pytestmark = pytest.mark.django_db
UNTIL = "2021-01-18"


def test_the_researchers_json_is_the_run(published: Published, tmp_path: Path):
    out = tmp_path / "report.json"
    asked = ["report", "nijmegen", "--view", "researcher", "--until", UNTIL]
    assert run([*asked, "--out", str(out)]) == 0
    told = json.loads(out.read_text())
    assert told["view"] == "researcher"
    assert told["run"]["data_hash"] == published.run.data_hash
    assert told["tables"][0]["rows"][0]["cells"][0]["n"] == 15


def test_the_public_report_is_the_default(published: Published, tmp_path: Path, capsys):
    out = tmp_path / "report.html"
    asked = ["report", "nijmegen", "--until", UNTIL, "--json"]
    assert run([*asked, "--out", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["out"] == str(out)
    page = out.read_text()
    assert page.startswith("<!doctype html>")
    elsewhere = page.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in page and "http" not in elsewhere


def test_it_is_written_in_english_where_that_is_asked(
    published: Published, tmp_path: Path
):
    out = tmp_path / "report.html"
    asked = ["report", "nijmegen", "--view", "researcher", "--until", UNTIL]
    assert run([*asked, "--language", "en", "--out", str(out)]) == 0
    page = out.read_text()
    assert '<html lang="en"' in page
    assert "How did people begin, and where are they now?" in page
    assert "Hoe begonnen mensen" not in page


def test_a_pdf_is_written(published: Published, tmp_path: Path):
    out = tmp_path / "report.pdf"
    asked = ["report", "nijmegen", "--view", "researcher", "--until", UNTIL]
    assert run([*asked, "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_report_on_sqlite_waits_for_no_module_that_it_does_not_use():
    # In a process of its own: here everything is imported already.
    script = (
        "import atexit, sys; from trede.commands.entry import run;"
        "atexit.register(lambda: print("
        "[m for m in ('docx', 'vl_convert', 'psycopg') if m in sys.modules]));"
        "run(['report', '--help'])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={name: v for name, v in os.environ.items() if name != "TREDE_DATABASE"},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1] == "[]"


@pytest.fixture(scope="module")
def to_edit(
    published: Published, django_db_blocker: DjangoDbBlocker, tmp_path_factory
) -> Path:
    out = tmp_path_factory.mktemp("report") / "report.docx"
    with django_db_blocker.unblock(), transaction.atomic():
        assert run(["report", "nijmegen", "--until", UNTIL, "--out", str(out)]) == 0
        transaction.set_rollback(True)
    return out


def test_the_document_to_edit_says_what_the_paper_says(to_edit: Path):
    paper = Document(str(to_edit))
    headings = [p.text for p in paper.paragraphs if p.style.name.startswith("Head")]
    assert "Waarom de evaluatie er niet bij staat" in headings
    assert len(headings) > len(paper.inline_shapes) == 21
    told = " ".join(paragraph.text for paragraph in paper.paragraphs)
    assert "gesimuleerd" in told and "minder dan de helft" in told
    assert "een aanwijzing of een verandering" in told
    cells = {cell.text for table in paper.tables for cell in table._cells}
    assert "verborgen" in cells and "15 (28,3%)" in cells
    assert "Leeftijdsgroep 1" in cells


def test_the_document_to_edit_can_be_read_aloud(to_edit: Path):
    paper = Document(str(to_edit))
    assert paper.core_properties.title
    assert not paper.core_properties.comments
    assert paper.core_properties.language == "nl-NL"
    spoken = {each.get(qn("w:val")) for each in paper.styles.element.iter(qn("w:lang"))}
    assert spoken == {"nl-NL"}
    for shape in paper.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 40
    for table in paper.tables:
        head = table.rows[0]._tr.trPr
        assert head.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".sav"])
def test_the_dataset_has_its_codebook_beside_it(published, tmp_path: Path, ending: str):
    out = tmp_path / f"data{ending}"
    assert run(["dataset", "nijmegen", "--until", UNTIL, "--out", str(out)]) == 0
    assert out.stat().st_size > 1000
    book = json.loads((tmp_path / "data.codebook.json").read_text())
    assert {"variable", "label", "kind", "values", "missing"} == set(book[0])
    assert (tmp_path / "data.codebook.xml").read_bytes().startswith(b"<?xml")
    assert (tmp_path / "data.codebook.pdf").read_bytes().startswith(b"%PDF")
    assert b"Zwaluw" not in out.read_bytes()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["report", "nowhere", "--out", "x.json"], "There is no pilot nowhere"),
        (["report", "nijmegen", "--out", "x.odt"], "as .json, .pdf, .docx, .html"),
        (["dataset", "nijmegen", "--out", "x.xls"], "written as .csv, .parquet, .sav"),
        (["report", "nijmegen", "--out", "no/such/x.json"], "There is no folder"),
    ],
)
def test_what_cannot_be_done_is_told(published, asked, sentence: str, capsys):
    assert run(asked) == 1
    assert sentence in capsys.readouterr().err


def test_a_date_without_answers_is_refused_and_leaves_nothing(
    published: Published, tmp_path: Path, capsys
):
    before = Run.objects.count()
    out = tmp_path / "report.json"
    asked = ["report", "nijmegen", "--until", "2020-01-01", "--out", str(out)]
    assert run(asked) == 1
    assert capsys.readouterr().err
    assert not out.exists()
    assert Run.objects.count() == before


def test_a_final_report_is_refused_while_the_evaluation_is_held_back(published, capsys):
    before = Run.objects.count()
    asked = ["report", "nijmegen", "--edition", "final", "--until", UNTIL]
    assert run([*asked, "--out", "x.json"]) == 1
    told = capsys.readouterr().err
    assert "minder dan de helft" in told and "Nog te weinig mensen" in told
    assert Run.objects.count() == before


def test_a_date_that_is_none_is_wrong_use(published: Published, capsys):
    with pytest.raises(SystemExit) as ended:
        run(["report", "nijmegen", "--until", "gisteren", "--out", "x.json"])
    assert ended.value.code == 2
    assert "write it as 2021-01-18" in capsys.readouterr().err


def test_the_privacy_officer_finds_what_a_command_did(published, tmp_path: Path):
    out = tmp_path / "report.json"
    assert run(["report", "nijmegen", "--until", UNTIL, "--out", str(out)]) == 0
    actions = Line.objects.filter(
        municipality_id=published.cast.here.pk, actor="system"
    ).values_list("action", flat=True)
    assert {"computed a report", "released a report"} <= set(actions)
