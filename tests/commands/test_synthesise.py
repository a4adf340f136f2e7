"""Several pilots' summaries by somebody who has no database of any of them."""

import json

import pytest

from tests.evaluation.synthesis.figures import summary
from trede.commands.entry import run
from trede.evaluation.synthesis.exchange import exchange_text


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for place, pilot in enumerate(("arnhem", "breda", "delft", "emmen")):
        both = [
            summary(pilot, 0.4 + 0.2 * place, 0.2 + 0.03 * place),
            summary(pilot, 0.1, 0.3, outcome="sleep", scale=(0, 10 + place)),
        ]
        (tmp_path / f"{pilot}.json").write_text(exchange_text(both), encoding="utf-8")
    (tmp_path / "nobody.json").write_text(
        exchange_text([summary("goes")]).replace('"n": 23', '"n": 2')
    )
    return tmp_path


FOUR = ["arnhem.json", "breda.json", "delft.json", "emmen.json"]


def test_pilots_together_are_told_with_what_a_picture_needs(files, capsys):
    assert run(["synthesise", *FOUR]) == 0
    told = json.loads(capsys.readouterr().out)
    (found,) = told["outcomes"]
    assert (found["outcome"], found["language"], found["k"]) == (
        "well_being",
        "change",
        4,
    )
    headline = found["estimates"][0]
    assert headline["method"] == "reml_hartung_knapp_modified"
    assert headline["n"] == 92 and headline["df"] == 3
    assert [one["pilot"] for one in found["studies"]] == [
        "arnhem",
        "breda",
        "delft",
        "emmen",
    ]
    assert sum(one["weight"] for one in found["studies"]) == pytest.approx(1)
    assert found["leave_one_out"][0]["without"] == "arnhem"
    assert found["prediction"]["df"] == 3
    assert set(found["heterogeneity"]) >= {"q", "tau2", "tau2_ci", "i2", "i2_ci"}


def test_an_outcome_that_differs_is_refused_by_name_and_the_others_are_told(
    files, capsys
):
    assert run(["synthesise", *FOUR]) == 0
    (refused,) = json.loads(capsys.readouterr().out)["refused"]
    assert (refused["outcome"], refused["why"]) == ("sleep", "other_scale")
    assert refused["differences"][0]["pilot"] == "breda"
    assert refused["differences"][0]["has"] == "0-11"


def test_the_file_is_written(files, capsys):
    assert run(["synthesise", *FOUR, "--out", "all.json"]) == 0
    assert "is written" in capsys.readouterr().out
    assert json.loads((files / "all.json").read_text())["outcomes"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["arnhem.json"], "pilots that have it: 1, needed: 2"),
        (["arnhem.json", "arnhem.json"], "twice"),
        (["gone.json", "breda.json"], "gone.json: there is no such file"),
        (["nobody.json", "breda.json"], 'nobody.json: summaries 1: "n" is under'),
        ([*FOUR, "--out", "all.docx"], "written is .json"),
        ([*FOUR, "--out", "no/such/all.json"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_plain_words(files, arguments, words, capsys):
    assert run(["synthesise", *arguments]) == 1
    told = capsys.readouterr()
    assert words in told.err and not told.out


def test_unlike_pilots_alone_are_an_input_that_is_refused(files, capsys):
    for pilot, scale in (("a", (0, 10)), ("b", (1, 5))):
        one = exchange_text([summary(pilot, scale=scale)])
        (files / f"{pilot}.json").write_text(one)
    assert run(["synthesise", "a.json", "b.json"]) == 1
    assert "b has another scale (1-5) than a (0-10)" in capsys.readouterr().err


def test_who_did_not_hand_a_figure_over_is_named(files, capsys):
    text = exchange_text([summary("emmen", 0.1, 0.3, outcome="sleep", scale=(0, 10))])
    (files / "emmen.json").write_text(text, encoding="utf-8")
    assert run(["synthesise", *FOUR]) == 0
    (found,) = json.loads(capsys.readouterr().out)["outcomes"]
    assert (found["outcome"], found["k"]) == ("well_being", 3)
    assert found["not_handed_over"] == ["emmen"]
    assert run(["synthesise", *FOUR, "--out", "all.html", "--language", "en"]) == 0
    assert "Not handed over by emmen" in (files / "all.html").read_text("utf-8")
