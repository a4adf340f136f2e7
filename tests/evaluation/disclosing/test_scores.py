"""The score of a scale is the mean of its items: what is left of them tells nobody."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from tests.evaluation.disclosing.study import asked
from trede.evaluation.disclosing.dependent import follows
from trede.evaluation.disclosing.judging import lay_before
from trede.evaluation.disclosing.reading import Json, entries
from trede.evaluation.disclosure import protect
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import Configuration, Outcome, Scale
from trede.evaluation.running.laying_out import People, lay_out

N = 80
ITEMS = ("a", "b", "c")
PLAN = replace(
    asked(
        Outcome("mastery"),
        *(Outcome(code, "score", scale=(1, 5)) for code in ITEMS),
    ),
    scales=(Scale("mastery", ITEMS),),
)


def people_with(silent: int) -> People:
    """Everybody answered everything; so many did not answer the last item before."""
    rng = np.random.default_rng(8)
    columns: dict[str, object] = {"person": [f"p{number:02}" for number in range(N)]}
    for code in ITEMS:
        for moment in ("t0", "t1"):
            columns[f"{code}_{moment}"] = rng.integers(1, 6, N).astype(float)
    frame = pl.DataFrame(columns)
    gone = pl.Series([number < silent for number in range(N)])
    c = pl.when(gone).then(None).otherwise(pl.col("c_t0")).alias("c_t0")
    return lay_out(frame.with_columns(c), PLAN)


def public(people: People, plan: Configuration = PLAN) -> Json:
    judged = lay_before(people, plan, as_json(analyse(people, plan)))
    return judged.public(protect((), judged.claims))


def told(page: Json, section: str, code: str) -> list[Json]:
    return [one for one in entries(page, section) if one["outcome"] == code]


def answers_left(page: Json) -> float | None:
    """What the attacker has: three times the score, less all items, is the answers of
    who skipped the last one, counted half again."""
    sums = {}
    for code in ("mastery", *ITEMS):
        (level,) = told(page, "outcomes", code)
        mean, n = level["mean_before"], level["n"]
        if mean is None:
            return None
        sums[code] = float(str(mean)) * int(str(n))
    return 3 * sums["mastery"] - sum(sums[code] for code in ITEMS)


def test_one_who_skipped_an_item_would_be_told_by_the_score_beside_its_items() -> None:
    people = people_with(1)
    own = people.of("a", "t0")[0] + people.of("b", "t0")[0]
    everything = as_json(analyse(people, PLAN))
    assert answers_left(everything) == pytest.approx(own / 2)
    page = public(people)
    assert answers_left(page) is None
    assert all(one["suppressed"] for one in told(page, "estimates", "mastery"))
    assert not told(page, "estimates", "a")[0]["suppressed"]


@pytest.mark.parametrize("silent", [0, 6])
def test_when_nobody_or_enough_people_skipped_it_the_score_is_told(silent: int) -> None:
    page = public(people_with(silent))
    assert answers_left(page) is not None
    assert not told(page, "estimates", "mastery")[0]["suppressed"]


@pytest.mark.parametrize("silent", [1, 2, 3, 4])
def test_so_few_are_never_what_is_left(silent: int) -> None:
    assert answers_left(public(people_with(silent))) is None


def test_a_score_goes_with_an_item_that_is_withheld() -> None:
    analysis = as_json(analyse(people_with(0), PLAN))
    key = "estimate|b|difference_1|paired_t"
    found = follows(analysis, {key: "few"}, {"mastery": ITEMS})
    assert "estimate|mastery|difference_1|paired_t" in found
    assert "outcome|mastery|difference_1|moments" in found
    assert "estimate|a|difference_1|paired_t" not in found
    kept = follows(analysis, {key: "few"}, {})
    assert "estimate|mastery|difference_1|paired_t" not in kept


def test_an_item_that_is_withheld_is_not_the_difference_of_the_page() -> None:
    """Of the last item one person differs from all others: its change goes."""
    frame = people_with(0).frame.drop("mastery_t0", "mastery_t1")
    same = pl.Series("c_t0", np.where(np.arange(N) < 2, 1.0, 4.0))
    after = pl.Series("c_t1", np.where(np.arange(N) < 1, 5.0, 4.0))
    frame = frame.with_columns(same, after)
    page = public(lay_out(frame, PLAN))
    assert told(page, "estimates", "c")[0]["suppressed"]
    assert not told(page, "estimates", "a")[0]["suppressed"]
    assert told(page, "estimates", "mastery")[0]["suppressed"]
    assert answers_left(page) is None
