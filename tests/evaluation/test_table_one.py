"""Table 1 of groups in memory, and of a file that is never loaded."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.ladder.transitions import transitions
from trede.evaluation.large_file import LargeFile
from trede.evaluation.large_table_one import large_table_one
from trede.evaluation.missing_people.balance import (
    difference_of_means,
    difference_of_shares,
    distance_of_categories,
)
from trede.evaluation.table_one import Row, TableOne, table_one

R = json.loads((Path(__file__).parent / "reference" / "table_one.json").read_text())
GROUPS = pl.DataFrame(
    {
        "arm": ["a", "a", "a", "b", "b", "b", "b", None],
        "age": [30.0, 40.0, None, 50.0, 60.0, 70.0, 80.0, 90.0],
        "works": [1, 0, 1, 0, 0, 1, None, 1],
        "town": ["x", "y", "x", "y", "z", None, "z", "z"],
        "left": [True, False, True, False, False, False, True, True],
    }
)


def drawn(n: int = 400) -> pl.DataFrame:
    rng = np.random.default_rng(7)
    frame = pl.DataFrame(
        {
            "person": np.tile(np.arange(n // 2), 2),
            "wave": np.repeat([0, 1], n // 2),
            "arm": np.tile(rng.choice(["in", "out"], n // 2), 2),
            "age": np.where(rng.random(n) < 0.1, np.nan, rng.normal(45, 9, n)),
            "tread": rng.integers(1, 7, n),
            "works": rng.integers(0, 2, n),
            "town": rng.choice(["Arnhem", "Ede", "Oss", "d'Aa"], n),
        }
    )
    answers = rng.random(n) > 0.1
    gaps = pl.when(pl.Series(answers)).then(pl.col("tread")).alias("tread")
    return frame.with_columns(gaps).sample(fraction=1.0, shuffle=True, seed=1)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "register.parquet"
    drawn().write_parquet(path, row_group_size=64)
    return path


def row(table: TableOne, variable: str) -> Row:
    return next(one for one in table.rows if one.variable == variable)


def test_a_number_is_told_with_its_spread_and_its_middle():
    table = table_one(GROUPS, group="arm")
    age = row(table, "age")
    assert (age.kind, age.groups[0].n, age.groups[0].n_missing) == ("numeric", 2, 1)
    assert age.groups[1].mean == 65
    assert age.groups[1].quartiles == (57.5, 65, 72.5)
    assert age.groups[1].sd == pytest.approx(np.std([50, 60, 70, 80], ddof=1))


def test_of_one_person_there_is_no_spread():
    told = table_one(
        pl.DataFrame({"arm": ["a", "b", "b"], "age": [30.0, 50.0, 60.0]}), group="arm"
    )
    (row,) = told.rows
    assert row.groups[0].n == 1 and row.groups[0].sd is None


def test_zero_and_one_is_a_share_and_words_are_categories():
    table = table_one(GROUPS, group="arm")
    assert row(table, "works").kind == row(table, "left").kind == "binary"
    assert row(table, "works").groups[0].shares == (2 / 3,)
    town = row(table, "town")
    assert (town.kind, town.categories) == ("category", ("x", "y", "z"))
    assert town.groups[1].counts == (0, 1, 2)
    assert town.groups[1].n_missing == 1


def test_who_has_no_group_counts_for_everybody_only():
    table = table_one(GROUPS, group="arm")
    assert (table.groups, table.sizes, table.n_without_group) == (("a", "b"), (3, 4), 1)
    assert row(table, "age").everybody.n == 7


def test_the_distances_are_those_of_the_people_one_by_one():
    frame = drawn().filter(pl.col("wave") == 0)
    table = table_one(frame, group="arm", kinds={"tread": "category"})
    inside = (frame["arm"] == "in").to_numpy()

    def sides(name: str) -> tuple[np.ndarray, np.ndarray]:
        values = frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        known = ~np.isnan(values)
        return values[inside & known], values[~inside & known]

    for name, apart in (
        ("age", difference_of_means),
        ("works", difference_of_shares),
        ("tread", distance_of_categories),
    ):
        expected, found = apart(*sides(name)), row(table, name).difference
        assert found is not None
        assert found.value == pytest.approx(expected.value, abs=1e-12)
        assert found.interval.low == pytest.approx(expected.interval.low, abs=1e-12)


def test_a_number_may_be_called_a_category_and_keeps_its_order():
    frame = pl.DataFrame({"arm": list("aabb"), "code": [10, 9, 10, 100]})
    found = row(table_one(frame, group="arm", kinds={"code": "category"}), "code")
    assert found.categories == ("9", "10", "100")


def test_three_groups_are_told_but_lie_at_no_distance():
    frame = pl.DataFrame({"arm": list("aabbcc"), "x": [1.0, 2, 3, 4, 5, 6]})
    found = row(table_one(frame, group="arm"), "x")
    assert (len(found.groups), found.difference) == (3, None)
    assert found.refused is not None and found.refused.why == "not_two"


def test_a_variable_nobody_answered_has_no_mean():
    frame = pl.DataFrame({"arm": list("aabb"), "x": [None] * 4}).cast({"x": pl.Float64})
    found = row(table_one(frame, group="arm"), "x")
    assert (found.kind, found.everybody.mean, found.everybody.n_missing) == (
        *("numeric", None),
        4,
    )
    assert found.refused is not None and found.refused.why == "few_people"


@pytest.mark.parametrize(
    ("frame", "kinds", "told"),
    [
        ({"arm": ["a"], "x": [np.inf]}, {}, "infinite"),
        ({"arm": ["a"], "x": [2.0]}, {"x": "binary"}, "more than 0 and 1"),
        ({"ar": ["a"], "x": [2.0]}, {}, "no column arm"),
    ],
)
def test_what_cannot_be_is_refused(frame: dict, kinds: dict, told: str):
    with pytest.raises(ValueError, match=told):
        table_one(pl.DataFrame(frame), group="arm", kinds=kinds)


def test_names_of_people_are_no_categories():
    frame = pl.DataFrame({"arm": ["a"] * 61, "name": [f"n{i}" for i in range(61)]})
    with pytest.raises(CannotEstimate, match="many_categories"):
        table_one(frame, group="arm")
    with pytest.raises(CannotEstimate, match="no_groups"):
        table_one(frame.with_columns(arm=pl.lit(None, pl.String)), group="arm")


@settings(max_examples=20)
@given(st.permutations(range(8)))
def test_the_order_of_people_changes_nothing(order: list[int]):
    turned = table_one(GROUPS[order], group="arm", variables=["works", "town"])
    assert turned == table_one(GROUPS, group="arm", variables=["works", "town"])


# --- what R found (`reference/table_one.R`) ---------------------------------------
@pytest.fixture(scope="module", params=["memory", "file"])
def as_in_r(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> TableOne:
    frame = pl.DataFrame(R["data"])
    if request.param == "memory":
        return table_one(frame, group="arm")
    path = tmp_path_factory.mktemp("r") / "data.parquet"
    frame.write_parquet(path)
    with LargeFile(path) as file:
        return large_table_one(file, group="arm")


@pytest.mark.parametrize("name", ["age", "steps"])
def test_numbers_are_described_as_r_does(as_in_r: TableOne, name: str):
    found, theirs = row(as_in_r, name), R[name]
    described = (found.everybody, *found.groups)
    sides = (theirs["everybody"], theirs["one"], theirs["other"])
    for mine, side in zip(described, sides, strict=True):
        assert (mine.n, mine.n_missing) == (side["n"], side["missing"])
        assert mine.mean == pytest.approx(side["mean"], rel=1e-12)
        assert mine.sd == pytest.approx(side["sd"], rel=1e-12)
        assert mine.quartiles == pytest.approx(side["quartiles"], rel=1e-12)
    assert found.difference is not None
    assert found.difference.value == pytest.approx(theirs["difference"], rel=1e-12)


def test_shares_and_categories_are_described_as_r_does(as_in_r: TableOne):
    works, town = row(as_in_r, "works"), row(as_in_r, "town")
    assert [one.mean for one in works.groups] == pytest.approx(R["works"]["shares"])
    counts = [list(one.counts) for one in town.groups]
    assert counts == [R["town"]["one"], R["town"]["other"]]
    for found, name in ((works, "works"), (town, "town")):
        assert found.difference is not None
        expected = R[name]["difference"]
        assert found.difference.value == pytest.approx(expected, rel=1e-10)


# --- a file that is never loaded -------------------------------------------------
def test_a_file_gives_the_same_table_as_its_rows_in_memory(register: Path):
    frame = drawn().filter(pl.col("wave") == 0).drop("person", "wave")
    expected = table_one(frame, group="arm")
    with LargeFile(register) as file:
        found = large_table_one(file, group="arm", only={"wave": 0})
    assert (found.groups, found.sizes) == (expected.groups, expected.sizes)
    for one, other in zip(found.rows, expected.rows, strict=True):
        assert (one.variable, one.kind, one.categories) == (
            *(other.variable, other.kind),
            other.categories,
        )
        for mine, theirs in zip(
            (one.everybody, *one.groups), (other.everybody, *other.groups), strict=True
        ):
            assert (mine.n, mine.n_missing, mine.counts) == (
                *(theirs.n, theirs.n_missing),
                theirs.counts,
            )
            assert mine.mean == pytest.approx(theirs.mean)
            assert mine.quartiles == pytest.approx(theirs.quartiles)
        assert one.difference is not None and other.difference is not None
        assert one.difference.value == pytest.approx(other.difference.value)


def test_a_change_out_of_a_file_is_the_paired_t_of_its_people(register: Path):
    first, second = waves("age")
    expected = mean_change(first, second)
    with LargeFile(register) as file:
        found = file.change("age", before=0, after=1)
    assert (found.n, found.n_missing) == (expected.n, expected.n_missing)
    assert found.interval is not None and expected.interval is not None
    for one, other in (
        (found.value, expected.value),
        (found.p, expected.p),
        (found.interval.high, expected.interval.high),
    ):
        assert one == pytest.approx(other, rel=1e-9)


def test_transitions_out_of_a_file_are_those_of_its_people(register: Path):
    expected = transitions(*waves("tread"))
    with LargeFile(register) as file:
        found = file.transitions("tread", before=0, after=1)
    assert (found.counts == expected.counts).all()
    assert found.n_missing == expected.n_missing > 0


def test_every_wave_is_told(register: Path):
    with LargeFile(register) as file:
        found = file.by_wave(["tread", "age"])
    frame = drawn().filter(pl.col("wave") == 1)
    assert [(one.outcome, one.wave) for one in found] == [
        *(("tread", 0), ("tread", 1)),
        *(("age", 0), ("age", 1)),
    ]
    assert found[1].mean == pytest.approx(frame["tread"].mean())
    assert found[1].n_missing == frame["tread"].null_count() > 0
    assert found[3].sd == pytest.approx(frame["age"].fill_nan(None).std())


def test_who_stands_twice_in_a_wave_is_refused(tmp_path: Path):
    path = tmp_path / "twice.parquet"
    pl.DataFrame(
        {"person": [1, 1, 1, 2, 2], "wave": [0, 0, 1, 0, 1], "x": [1, 2, 3, 4, 5]}
    ).write_parquet(path)
    with LargeFile(path) as file:
        with pytest.raises(ValueError, match="more than once"):
            file.change("x", before=0, after=1)
        with pytest.raises(ValueError, match="more than once"):
            file.transitions("x", before=0, after=1)


def test_what_a_file_cannot_give_is_refused(register: Path, tmp_path: Path):
    with LargeFile(register) as file:
        with pytest.raises(ValueError, match="no column height"):
            file.by_wave(["height"])
        with pytest.raises(CannotEstimate, match="not_a_tread"):
            file.transitions("age", before=0, after=1)
        with pytest.raises(CannotEstimate, match="few_pairs"):
            file.change("age", before=0, after=2)
    text = tmp_path / "text.parquet"
    text.write_text("no Parquet")
    with pytest.raises(ValueError, match="no readable Parquet"):
        LargeFile(text)


def test_a_name_is_a_name_and_no_question(tmp_path: Path):
    strange = 'x"; DROP VIEW data; --'
    path = tmp_path / "strange.parquet"
    frame = pl.DataFrame({"arm": list("aabb"), strange: [1.0, 2, 3, 5]})
    frame.write_parquet(path)
    with LargeFile(path) as file:
        found = large_table_one(file, group="arm")
    assert row(found, strange).groups[1].mean == 4


def test_nothing_stays_behind_on_the_disk(register: Path):
    with LargeFile(register) as file:
        aside = Path(file._aside.name)
        assert aside.exists()
    assert not aside.exists()


def waves(name: str) -> tuple[np.ndarray, np.ndarray]:
    frame = drawn().pivot("wave", index="person", values=name)
    return tuple(
        frame[wave].cast(pl.Float64).fill_null(np.nan).to_numpy() for wave in ("0", "1")
    )
