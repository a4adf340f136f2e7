"""How many were asked in which circumstances, and what changed then."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.evaluation.running.figures import WHOLE, pilot, run, whole
from trede.evaluation.missing_people.periods import Period, change_by_period
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.circumstances import Circumstances


def asked(then: list[str | None], now: list[str | None]) -> pl.DataFrame:
    frame = pilot()
    return frame.with_columns(
        circumstance_t0=pl.Series(then, dtype=pl.String),
        circumstance_t1=pl.Series(now, dtype=pl.String),
    )


def halves() -> pl.DataFrame:
    """Four do not belong; of the others half were asked in a lockdown at the start, and
    who dropped out (the next eight) not again."""
    then = ["open"] * 34 + ["closed"] * 26
    now = [None] * 12 + ["open"] * 48
    return asked(then, now)


def of(frame: pl.DataFrame) -> Circumstances:
    return run(frame).circumstances


def test_how_many_were_asked_in_which_is_of_who_belongs():
    counts = [(one.moment, one.level, one.n) for one in of(halves()).asked]
    assert counts == [("t0", "open", 30), ("t0", "closed", 26), ("t1", "open", 48)]


def test_the_change_is_that_of_the_module_by_day():
    frame = halves().filter(pl.col("status") != "ineligible")
    autumn, spring = date(2020, 10, 1), date(2021, 5, 1)
    days = [spring if one == "closed" else autumn for one in frame["circumstance_t0"]]
    later = [None if one is None else date(2021, 9, 1) for one in frame["status"]]
    periods = [Period("closed", spring, spring)]
    before, after = (
        frame[f"tread_{moment}"].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for moment in ("t0", "t1")
    )
    direct = {
        one.code: one for one in change_by_period(days, before, later, after, periods)
    }
    (tread,) = [one for one in of(halves()).figures if one.outcome == "tread"]
    found = {level.pairs[0][0]: level for level in tread.levels}
    assert found.keys() == {"open", "closed"}
    for code, other in (("closed", "closed"), ("open", None)):
        level, told = found[code], direct[other]
        assert (level.n, level.estimate) == (told.n, told.mean)
        assert level.ci == (told.interval.low, told.interval.high)


def test_only_primary_outcomes_are_told_by_circumstances():
    assert {one.outcome for one in of(halves()).figures} == {"satisfied", "tread"}


def test_circumstances_of_fewer_than_ten_stand_together_with_the_next():
    """Of 48 who stayed: 30 open and open, 12 closed and open, 6 open and closed."""
    then = ["open"] * 42 + ["closed"] * 12 + ["open"] * 6
    now = [None] * 12 + ["open"] * 42 + ["closed"] * 6
    tread = next(one for one in of(asked(then, now)).figures if one.outcome == "tread")
    assert min(level.n for level in tread.levels) >= 10
    assert tread.levels[-1].pairs == (("closed", "open"), ("open", "closed"))
    assert tread.n == sum(level.n for level in tread.levels)


def test_nearly_everybody_in_the_same_is_refused():
    then = ["open"] * 57 + ["closed"] * 3
    found = of(asked(then, ["open"] * 60))
    assert not found.figures
    assert {(one.outcome, one.why) for one in found.refused} == {
        ("satisfied", "one_period"),
        ("tread", "one_period"),
    }


@pytest.mark.parametrize("frame", [pilot(), asked(["open"] * 60, ["open"] * 60)])
def test_where_nothing_differs_or_nothing_is_known_nothing_is_said(frame):
    assert of(frame) == Circumstances()


def test_it_stands_in_the_json_of_every_run():
    assert (as_json(whole())["asked_in"], as_json(whole())["by_circumstance"]) == (
        [],
        [],
    )
    found = as_json(run(halves(), WHOLE))
    assert found["asked_in"][0] == {
        "moment": "t0",
        "level": "open",
        "n": 30,
        "suppressed": None,
    }
