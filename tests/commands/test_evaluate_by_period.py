"""`trede evaluate` with dated periods: in which people were asked, and what changed."""

import json
from datetime import date, timedelta
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
primary = true
question = "Are people more satisfied?"
"""
PERIODS = """
[[period]]
code = "winter"
label = "Second lockdown"
from_on = 2020-12-15
until_on = 2021-04-27
[[period]]
code = "later"
from_on = 2021-09-01
"""
N = 60


def frame() -> pl.DataFrame:
    """All were asked in October; again twenty each in the winter, in May and after."""
    rng = np.random.default_rng(4)
    before = rng.integers(2, 8, N)
    starts = [date(2021, 1, 4), date(2021, 5, 4), date(2021, 9, 1)]
    later = [starts[number % 3] + timedelta(number // 3) for number in range(N)]
    data = {
        "person": [f"p{number:03}" for number in range(N)],
        "satisfied_t0": before,
        "satisfied_t1": before + rng.integers(-1, 3, N),
        "day_t0": [date(2020, 10, 5).isoformat()] * N,
        "day_t1": [day.isoformat() for day in later],
    }
    return pl.DataFrame(data)


def evaluated(where: Path, data: pl.DataFrame, config: str, *more: str) -> int:
    data.write_csv(where / "data.csv")
    (where / "run.toml").write_text(config, encoding="utf-8")
    given = ["--config", str(where / "run.toml"), *more]
    if "--out" not in more:
        given += ["--out", str(where / "out.json")]
    return run(["evaluate", str(where / "data.csv"), *given])


def found(where: Path) -> dict:
    return json.loads((where / "out.json").read_text(encoding="utf-8"))


def test_each_day_falls_in_its_period_or_outside_all(tmp_path: Path):
    assert evaluated(tmp_path, frame(), CONFIG + PERIODS) == 0
    asked = found(tmp_path)["asked_in"]
    assert [(one["moment"], one["level"], one["n"]) for one in asked] == [
        ("t0", "outside", 60),
        ("t1", "later", 20),
        ("t1", "outside", 20),
        ("t1", "winter", 20),
    ]
    (satisfied,) = found(tmp_path)["by_circumstance"]
    assert [(level["pairs"], level["n"]) for level in satisfied["levels"]] == [
        ([["outside", "later"]], 20),
        ([["outside", "outside"]], 20),
        ([["outside", "winter"]], 20),
    ]


def test_a_report_has_the_label_of_each_period(tmp_path: Path):
    out = tmp_path / "report.html"
    more = ("--out", str(out), "--language", "en", "--view", "researcher")
    assert evaluated(tmp_path, frame(), CONFIG + PERIODS, *more) == 0
    said = out.read_text(encoding="utf-8")
    assert "first “at another time”, then “Second lockdown”" in said


def test_without_periods_days_are_not_looked_at(tmp_path: Path):
    assert evaluated(tmp_path, frame(), CONFIG) == 0
    assert found(tmp_path)["asked_in"] == []


def test_a_file_with_a_row_a_wave_has_a_day_a_wave(tmp_path: Path):
    wide = frame()
    long = pl.concat(
        [
            wide.select(
                "person",
                pl.lit(wave).alias("wave"),
                pl.col(f"satisfied_{wave}").alias("satisfied").cast(pl.Int64),
                pl.col(f"day_{wave}").alias("day"),
            )
            for wave in ("t0", "t1")
        ]
    )
    assert evaluated(tmp_path, wide, CONFIG + PERIODS) == 0
    beside = found(tmp_path)
    assert evaluated(tmp_path, long, CONFIG + PERIODS) == 0
    again = found(tmp_path)
    assert again["asked_in"] == beside["asked_in"] != []
    assert again["by_circumstance"] == beside["by_circumstance"]


def test_the_code_of_a_period_may_stand_in_the_file_itself(tmp_path: Path):
    told = (
        frame()
        .drop("day_t0", "day_t1")
        .with_columns(
            circumstance_t0=pl.lit("open"),
            circumstance_t1=pl.Series(["open", "closed"] * 30),
        )
    )
    # Without outcomes named: a circumstance is none.
    assert evaluated(tmp_path, told, 'design = "pre_post"') == 0
    asked = found(tmp_path)["asked_in"]
    assert [(one["level"], one["n"]) for one in asked] == [
        ("open", 60),
        ("closed", 30),
        ("open", 30),
    ]
    assert {one["outcome"] for one in found(tmp_path)["outcomes"]} == {"satisfied"}


@pytest.mark.parametrize(
    ("change", "config", "said"),
    [
        (
            lambda one: one.with_columns(day_t1=pl.lit("4 May")),
            PERIODS,
            "holds '4 May': write each day as 2021-03-31",
        ),
        (
            lambda one: one.drop("day_t0", "day_t1"),
            PERIODS,
            "needs the columns day_t0 and day_t1",
        ),
        (
            lambda one: one,
            PERIODS.replace("2021-09-01", "2021-01-01"),
            "Periods overlap",
        ),
        (
            lambda one: one,
            PERIODS.replace("2021-04-27", "2020-04-27"),
            "A period ends before it begins",
        ),
        (lambda one: one, '[[period]]\ncode = "a"', "needs a code and a first day"),
        (lambda one: one, PERIODS.replace("later", "winter"), '"winter" stands twice'),
    ],
    ids=["no day", "no column", "overlap", "backwards", "half", "twice"],
)
def test_what_cannot_be_is_said_in_a_sentence(
    tmp_path: Path, capsys, change, config: str, said: str
):
    assert evaluated(tmp_path, change(frame()), CONFIG + config) != 0
    assert said in capsys.readouterr().err
