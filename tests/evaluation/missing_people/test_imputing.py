"""Filling in what is missing, again and again."""

from math import nan, sqrt

import numpy as np
import pytest

from tests.evaluation.missing_people.figures import R, pilot, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.chained_equations import impute
from trede.evaluation.missing_people.imputed import Asked, complete, imputed_change
from trede.evaluation.missing_people.one_column import drawn_line, fill, nearest


def seeded(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("case", R["fill"])
def test_completed_data_lie_as_those_of_mice(case):
    """Both draw: means over many data sets agree within the error of drawing."""
    columns = {name: values(case[name]) for name in ("before", "after", "x", "z")}
    done = impute(columns, seeded(), imputations=40, rounds=5)
    after, z = done.column("after"), done.column("z")
    figures = [
        done.column("before").mean(axis=1),
        after.mean(axis=1),
        z.mean(axis=1),
        (after * z).mean(axis=1),
        after.var(axis=1, ddof=1),
    ]
    for mine, mean, sd in zip(figures, case["mean"], case["sd"], strict=True):
        error = sd * sqrt(1 / 40 + 1 / case["m"])
        assert mine.mean() == pytest.approx(mean, abs=4 * error)
        assert mine.std(ddof=1) == pytest.approx(sd, rel=0.5)


def test_answers_that_were_given_stay_as_they_are():
    case = pilot(seeded())
    done = impute({"need": case.need, "after": case.after}, seeded())
    there = ~np.isnan(case.after)
    assert (done.column("after")[:, there] == case.after[there]).all()
    assert not np.isnan(done.values).any()
    assert done.missing[:, 1].sum() == (~there).sum()


def test_matching_fills_in_only_answers_that_exist():
    before = seeded().integers(0, 11, 60) + 0.0
    after = np.where(seeded(2).random(60) < 0.3, nan, before)
    done = impute({"before": before, "after": after}, seeded())
    assert done.ways == {"after": "pmm"}
    assert set(np.unique(done.column("after"))) <= set(after[~np.isnan(after)])


def test_yes_and_no_are_filled_in_with_yes_and_no():
    rng = seeded()
    need = rng.normal(size=80)
    yes = (rng.random(80) < 1 / (1 + np.exp(-3 * need))) + 0.0
    gaps = np.where(np.arange(80) % 4 == 0, nan, yes)
    done = impute({"need": need, "yes": gaps}, seeded())
    drawn = done.column("yes")[:, ::4]
    assert set(np.unique(drawn)) == {0, 1}
    assert drawn[:, need[::4] > 0].mean() > drawn[:, need[::4] < 0].mean() + 0.4


def test_the_same_seed_gives_the_same_digits():
    case = pilot(seeded())
    columns = {"before": case.before, "after": case.after, "need": case.need}
    one, again, other = (impute(columns, seeded(s)).values for s in (5, 5, 6))
    assert (one == again).all() and (one != other).any()


def test_the_line_is_drawn_from_what_the_data_leave_open():
    rng = seeded()
    x = np.column_stack((np.ones(40), rng.normal(size=40)))
    y = x @ [1.0, 2.0] + rng.normal(size=40)
    drawn = np.array([drawn_line(x, y, rng)[1] for _ in range(3000)])
    fitted, *_ = np.linalg.lstsq(x, y, rcond=None)
    left = ((y - x @ fitted) ** 2).sum()
    expected = np.linalg.inv(x.T @ x) * left / (40 - 2 - 2)
    assert drawn.mean(axis=0) == pytest.approx(fitted, abs=0.02)
    assert np.cov(drawn.T) == pytest.approx(expected, rel=0.12, abs=0.002)


def test_one_of_the_five_nearest_lends_an_answer_and_each_as_often():
    lenders = values([0, 1, 2, 3, 4, 50, 60])
    rng = seeded()
    chosen = nearest(lenders, np.full(5000, 2.0), rng)
    assert set(chosen) == {0, 1, 2, 3, 4}
    assert np.bincount(chosen) / 5000 == pytest.approx(np.full(5, 0.2), abs=0.03)


def test_lenders_at_the_same_distance_lend_as_often():
    rng = seeded()
    chosen = [nearest(np.zeros(20), np.zeros(1), rng)[0] for _ in range(2000)]
    assert np.bincount(chosen, minlength=20).min() > 60


def test_start_and_outcome_are_filled_in_by_a_line_unless_asked_otherwise():
    """Matching finds few lenders where those who leave are: it draws to the middle."""
    case = pilot(seeded(), 40)
    asked = Asked(case.before, case.after, {"need": case.need})
    assert complete(asked, seeded()).ways == {"after": "norm"}
    assert complete(asked, seeded(), way="pmm").ways == {"after": "pmm"}
    yes = asked._replace(after=np.where(np.isnan(case.after), nan, case.after > 5))
    assert complete(yes, seeded()).ways == {"after": "logistic"}


def test_the_normal_way_may_leave_the_scale_and_is_asked_for():
    case = pilot(seeded())
    columns = {"need": case.need, "after": case.after}
    done = impute(columns, seeded(), ways={"after": "norm"})
    filled = done.column("after")[:, np.isnan(case.after)]
    assert not np.isin(filled, case.after).any()


def test_an_answer_that_all_gave_is_filled_in_for_all():
    design, missing = np.ones((6, 1)), np.arange(6) > 3
    found = fill("logistic", design, np.ones(6), missing, seeded())
    assert (found == 1).all()


def test_a_column_that_says_nothing_does_no_harm():
    case = pilot(seeded())
    columns = {"same": np.ones(len(case.need)), "after": case.after}
    assert np.isfinite(impute(columns, seeded()).values).all()


def test_coaches_are_named_as_not_filled_in():
    case = pilot(seeded())
    coach = np.arange(len(case.need)) % 10
    asked = Asked(case.before, case.after, {"need": case.need}, None, coach)
    found = imputed_change(asked, complete(asked, seeded()))
    assert found.notes == ("clusters_not_imputed",)
    assert found.n == len(case.need)
    assert found.n_missing == np.isnan(case.after).sum()


def test_fewer_than_twenty_are_refused_and_so_is_a_column_without_answers():
    column = np.where(np.arange(30) < 4, np.arange(30.0), nan)
    with pytest.raises(CannotEstimate, match="few_imputations"):
        impute({"x": column}, seeded(), imputations=5)
    with pytest.raises(CannotEstimate, match="few_answers"):
        impute({"x": column, "y": np.arange(30.0)}, seeded())
    with pytest.raises(CannotEstimate, match="few_answers"):
        impute({"x": np.full(30, nan), "y": np.arange(30.0)}, seeded())


def test_what_cannot_be_is_an_error():
    gaps = np.where(np.arange(30) % 5 == 0, nan, np.arange(30.0))
    with pytest.raises(ValueError, match="not 0 or 1"):
        impute({"x": gaps, "y": np.ones(30)}, seeded(), ways={"x": "logistic"})
    with pytest.raises(ValueError, match="same people"):
        impute({"x": gaps, "y": np.ones(3)}, seeded())
    with pytest.raises(ValueError, match="infinite"):
        impute({"x": np.full(30, np.inf)}, seeded())
    with pytest.raises(ValueError, match="called"):
        complete(Asked(gaps, gaps, {"after": gaps}), seeded())
