"""The time to a first rise tells how many went up on the ladder as well.

Multiplied by its people the share that rose is the number who went up. Where that
number is withheld of the ladder itself, the curve may not tell it.
"""

import numpy as np
import polars as pl
import pytest

from trede.evaluation.disclosing.judging import protect_analysis
from trede.evaluation.disclosing.reading import Json, entries
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import Configuration, Outcome
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import lay_out

HORIZON = 200
# Seeds of small studies: who started where and went where, by chance.
MANY_FALL_SHORT, MANY_WENT_UP = 8, 10


def public(seed: int, rise_on: str = "tread") -> Json:
    rng = np.random.default_rng(seed)
    n, highest = int(rng.integers(24, 50)), int(rng.integers(2, 5))
    before = rng.integers(1, highest + 1, n)
    moved = rng.choice([-1, 0, 1, 2], n, p=[0.08, 0.4, 0.4, 0.12])
    after = np.clip(before + moved, 1, 6)
    rose = after > before
    days = np.where(rose, rng.integers(30, 180, n), rng.integers(200, 260, n))
    columns = {"tread_t0": before, "tread_t1": after, "rise_days": days}
    frame = pl.DataFrame({"person": range(n), **columns, "rise_event": rose * 1})
    outcomes = (
        Outcome("tread", "ladder", scale=(1, 6)),
        Outcome("rise", "time", rise_on=rise_on),
    )
    asked = Configuration(Design.PRE_POST, outcomes=outcomes, horizon=HORIZON)
    people = lay_out(frame, asked)
    return protect_analysis(people, asked, as_json(analyse(people, asked)))[0]


def told(page: Json, outcome: str, method: str) -> object:
    """Nothing where there is no such line."""
    found = {
        (one["outcome"], one["method"]): one["estimate"]
        for one in entries(page, "estimates")
    }
    return found.get((outcome, method))


def curve(page: Json) -> object:
    (found,) = entries(page, "times")
    return found["curve"]


def test_the_curve_tells_no_number_that_the_ladder_withholds() -> None:
    page = public(MANY_FALL_SHORT)
    assert told(page, "tread", "share_up") is None
    assert told(page, "rise", "kaplan_meier") is None
    assert curve(page) is None


def test_the_number_would_have_been_told() -> None:
    """Of a time that is not tied to the ladder: so that the other test can fail."""
    page = public(MANY_FALL_SHORT, rise_on="")
    assert told(page, "tread", "share_up") is None
    assert told(page, "rise", "kaplan_meier") == pytest.approx(14 / 42, abs=0.001)


def test_where_the_ladder_tells_it_the_curve_may() -> None:
    page = public(MANY_WENT_UP)
    assert told(page, "tread", "share_up") == told(page, "rise", "kaplan_meier")
    assert curve(page) is not None
