"""An analysis of a file as pages, by somebody who has no database."""

import json
import re

import pytest

from tests.evaluation.synthesis.figures import summary
from trede.commands.entry import run
from trede.evaluation.synthesis.exchange import exchange_text

WIDE = "person,satisfied_t0,satisfied_t1\n" + "".join(
    f"p{number},{number % 7},{min(10, number % 7 + number % 3)}\n"
    for number in range(24)
)
RUN = """
design = "pre_post"
[[outcome]]
code = "satisfied"
label = "Satisfied with life"
type = "score"
scale = [0, 10]
primary = true
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text(WIDE)
    (tmp_path / "run.toml").write_text(RUN)
    return tmp_path


def evaluated(*more):
    return run(["evaluate", "data.csv", "--config", "run.toml", *more])


def test_a_web_page_stands_by_itself_in_the_language_asked(files, capsys):
    asked = ["--view", "researcher", "--out"]
    assert evaluated(*asked, "nl.html") == 0
    assert evaluated(*asked, "en.html", "--language", "en") == 0
    assert "en.html is written." in capsys.readouterr().out
    dutch, english = ((files / name).read_text() for name in ("nl.html", "en.html"))
    assert '<html lang="nl">' in dutch and "Wat veranderde er?" in dutch
    assert '<html lang="en">' in english and "What changed?" in english
    assert "Satisfied with life" in dutch
    assert "Het gemiddelde steeg met 1,00 punt" in dutch
    for page in (dutch, english):
        assert not re.findall(r"<script|<link|src=|url\((?!#)|href=\"http", page)
        assert page.count("<h1>") == 1 and "<svg" in page


def test_a_pdf_is_tagged_for_who_does_not_see(files):
    assert evaluated("--view", "researcher", "--out", "report.pdf") == 0
    found = (files / "report.pdf").read_bytes()
    assert found.startswith(b"%PDF") and b"pdfuaid" in found


def test_a_report_is_for_the_public_unless_somebody_says_otherwise(files):
    assert evaluated("--out", "public.html", "--language", "en") == 0
    asked = ["--view", "researcher", "--language", "en", "--out", "all.html"]
    assert evaluated(*asked) == 0
    public, everything = (
        (files / name).read_text() for name in ("public.html", "all.html")
    )
    assert "For the public" in public and "hidden" in public
    assert "Researcher&#x27;s view" in everything


def test_figures_are_judged_only_when_that_is_asked(files, capsys, monkeypatch):
    # What the judge does has tests of its own; here only whether it is asked.
    def judge(people, configuration, analysis, **beside):
        return {"judged": len(analysis["estimates"])}, ()

    monkeypatch.setattr("trede.commands.evaluate.protect_analysis", judge)
    assert evaluated() == 0
    assert "judged" not in json.loads(capsys.readouterr().out)
    assert evaluated("--view", "public") == 0
    assert json.loads(capsys.readouterr().out)["judged"] == 2


def test_a_folder_that_is_not_there_is_said_in_plain_words(files, capsys):
    assert evaluated("--view", "researcher", "--out", "no/such/report.pdf") == 1
    assert "There is no folder no/such. Make it first." in capsys.readouterr().err


def test_pilots_together_become_pages_too(files):
    for place, pilot in enumerate(("arnhem", "breda", "delft", "emmen")):
        one = exchange_text([summary(pilot, 0.4 + 0.2 * place, 0.2)])
        (files / f"{pilot}.json").write_text(one, encoding="utf-8")
    names = [f"{pilot}.json" for pilot in ("arnhem", "breda", "delft", "emmen")]
    assert run(["synthesise", *names, "--out", "all.html", "--language", "en"]) == 0
    page = (files / "all.html").read_text()
    assert "What do the pilots say together?" in page
    assert "In a next pilot the underlying" in page
    assert "Without arnhem" in page
