"""`trede evaluate` with a list of everybody who was to be reached."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from trede.commands.entry import run

CONFIG = """
design = "pre_post"
[[outcome]]
code = "satisfied"
type = "score"
scale = [0, 10]
[labels]
sex = "Sex at birth"
[list]
file = "everybody.csv"
reached = "spoken"
known = ["sex", "children"]
"""
N, ON_LIST = 40, 200


@pytest.fixture
def files(tmp_path: Path) -> Path:
    rng = np.random.default_rng(4)
    names = [f"p{number:03}" for number in range(ON_LIST)]
    before = rng.integers(2, 8, N)
    data = {"person": names[:N], "satisfied_t0": before, "satisfied_t1": before + 1}
    pl.DataFrame(data).write_csv(tmp_path / "data.csv")
    # Of the first hundred everybody was reached; more of these are women.
    spoken = np.arange(ON_LIST) < 100
    woman = rng.random(ON_LIST) < np.where(spoken, 0.7, 0.4)
    listed = {
        "person": names,
        "spoken": spoken.astype(int),
        "sex": np.where(woman, "woman", "man"),
        "children": rng.integers(0, 3, ON_LIST),
    }
    pl.DataFrame(listed).write_csv(tmp_path / "everybody.csv")
    (tmp_path / "run.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def evaluated(files: Path, *more: str) -> int:
    given = ["--config", str(files / "run.toml"), *more]
    if "--out" not in more:
        given += ["--out", str(files / "out.json")]
    return run(["evaluate", str(files / "data.csv"), *given])


def reached(files: Path) -> dict:
    found = json.loads((files / "out.json").read_text(encoding="utf-8"))
    return found["reached"]


def test_who_was_reached_lies_beside_the_whole_list(files: Path):
    assert evaluated(files) == 0
    found = reached(files)
    assert (found["listed"], found["reached"], found["measured"]) == (200, 100, 40)
    sex, children = found["characteristics"]
    (woman,) = [level for level in sex["levels"] if level["names"] == ["woman"]]
    assert woman["smd"] > 0.2
    assert [level["names"] for level in children["levels"]] == [["0"], ["1"], ["2"]]


def test_the_public_is_not_told_how_many_of_them_are_in_the_data(files: Path):
    assert evaluated(files, "--view", "public") == 0
    assert "measured" not in reached(files)


def test_the_hash_of_the_data_is_of_the_list_too_and_of_no_order_of_it(files: Path):
    def hashed(change) -> str:
        path = files / "everybody.csv"
        change(pl.read_csv(path)).write_csv(path)
        assert evaluated(files) == 0
        made = json.loads((files / "out.json").read_text(encoding="utf-8"))["made"]
        return made["data_hash"]

    first = hashed(lambda one: one)
    assert hashed(lambda one: one.reverse()) == first
    other_sex = pl.col("sex").replace({"woman": "man", "man": "woman"})
    assert hashed(lambda one: one.with_columns(other_sex)) != first


def test_a_report_tells_it_in_words(files: Path):
    out = files / "report.html"
    assert evaluated(files, "--out", str(out), "--language", "en") == 0
    said = out.read_text(encoding="utf-8")
    assert "100 of the 200 people on the list were reached" in said
    assert "Sex at birth, together" in said
    # How people were reached is not known of a bare file.
    assert "seen at an intake" not in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one.drop("sex"), "The list has no column sex"),
        (lambda one: one.drop("person"), "The list has no column person"),
        (lambda one: pl.concat([one, one[:1]]), "stand twice: p000"),
        (lambda one: one.with_columns(spoken=pl.lit("yes")), "1 who was, 0 who was"),
        (
            lambda one: one.with_columns(children=pl.int_range(pl.len())),
            "holds 200 numbers. Write it in groups",
        ),
    ],
    ids=["no column", "nobody named", "twice", "no 1 or 0", "no groups"],
)
def test_a_list_that_cannot_be_is_said_in_a_sentence(files: Path, capsys, change, said):
    path = files / "everybody.csv"
    change(pl.read_csv(path)).write_csv(path)
    assert evaluated(files) != 0
    assert said in capsys.readouterr().err


def test_a_list_that_is_not_there_is_said_too(files: Path, capsys):
    (files / "everybody.csv").unlink()
    assert evaluated(files) != 0
    assert "everybody.csv: there is no such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    "written", ['[list]\nfile = "a.csv"', '[list]\nfiles = "a.csv"', "list = 3"]
)
def test_a_list_that_is_half_named_is_refused(files: Path, capsys, written: str):
    config = files / "run.toml"
    text = CONFIG.split("[list]")[0]
    top, rest = text.split("[[outcome]]")
    if written.startswith("list"):
        config.write_text(f"{top}{written}\n[[outcome]]{rest}", encoding="utf-8")
    else:
        config.write_text(text + written, encoding="utf-8")
    assert evaluated(files) != 0
    assert "list" in capsys.readouterr().err
