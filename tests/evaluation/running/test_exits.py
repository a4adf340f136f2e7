"""Which way people left, of a file that tells what kind of exit it was."""

import polars as pl
import pytest

from trede.evaluation.event_times.competing_exits import shares_gone
from trede.evaluation.running.analysing import Analysis, analyse
from trede.evaluation.running.configuration import Configuration, Outcome
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import DataRefused, lay_out

HORIZON = 100
# Days, the kind of exit or nothing, and how many people.
Left = tuple[int, str, int]
MANY: list[Left] = [
    (40, "completed", 9),
    (60, "dropout", 6),
    (70, "", 5),
    (90, "completed", 3),
    (120, "completed", 4),
    (130, "", 8),
]


def frame(left: list[Left], **columns: list[object]) -> pl.DataFrame:
    rows = [(days, kind) for days, kind, n in left for _ in range(n)]
    return pl.DataFrame(
        {
            "person": range(len(rows)),
            "exit_days": [days for days, _ in rows],
            "exit_event": [int(bool(kind)) for _, kind in rows],
            "exit_kind": [kind or None for _, kind in rows],
            **columns,
        }
    )


def analysed(
    people: pl.DataFrame,
    design: Design = Design.PRE_POST,
    horizon: int | None = HORIZON,
) -> Analysis:
    asked = Configuration(design, outcomes=(Outcome("exit", "time"),), horizon=horizon)
    return analyse(lay_out(people, asked), asked)


def refusals(found: Analysis) -> list[str]:
    return [one.why for one in found.refused if one.what == "cumulative_incidence"]


def test_each_way_is_counted_up_to_the_horizon_and_shared_by_aalen_and_johansen():
    people = frame(MANY)
    (found,) = analysed(people).exits.figures
    assert [(way.kinds, way.n) for way in found.ways] == [
        (("completed",), 12),
        (("dropout",), 6),
    ]
    exit = people["exit_kind"].replace_strict({"completed": 1.0, "dropout": 2.0})
    days = people["exit_days"].cast(pl.Float64).to_numpy()
    told = shares_gone(days, exit.fill_null(0.0).to_numpy(), ["a", "b"], HORIZON)
    assert [way.estimate for way in found.ways] == [one.value for one in told]
    assert found.ways[0].ci == (told[0].interval.low, told[0].interval.high)


def test_all_ways_together_are_what_the_curve_tells():
    found = analysed(frame(MANY))
    (curve,), (ways,) = found.curves, found.exits.figures
    gone = 1 - curve.curve.surviving[-1]
    assert sum(way.estimate for way in ways.ways) == pytest.approx(gone, abs=1e-12)
    assert sum(way.n for way in ways.ways) == curve.events


@pytest.mark.parametrize(
    ("few", "joined"),
    [
        # Three and two are five; three alone take the smallest other way along.
        ([(50, "moved", 3), (50, "ill", 2)], [("completed",), ("dropout",), "rest"]),
        ([(50, "moved", 3)], [("completed",), ("dropout", "moved")]),
        # Of a way that is taken after the horizon only nobody is counted.
        ([(150, "moved", 9)], [("completed",), ("dropout", "moved")]),
    ],
)
def test_ways_of_few_people_stand_together(few, joined):
    (found,) = analysed(frame(MANY + few)).exits.figures
    expected = [("moved", "ill") if each == "rest" else each for each in joined]
    assert [way.kinds for way in found.ways] == expected


def test_one_way_alone_is_not_told_and_the_curve_stays():
    people = frame([(40, "completed", 20), (50, "dropout", 2), (130, "", 9)])
    found = analysed(people)
    assert [one.ways for one in found.exits.figures] == [()]
    assert refusals(found) == []
    assert [one.events for one in found.curves] == [22]


def test_who_proved_not_to_belong_is_not_counted():
    left = [*MANY, (20, "ineligible", 7)]
    statuses = ["stayed"] * sum(n for *_, n in MANY) + ["ineligible"] * 7
    (found,) = analysed(frame(left, status=statuses)).exits.figures
    assert (found.n, [way.kinds for way in found.ways]) == (
        sum(n for *_, n in MANY),
        [("completed",), ("dropout",)],
    )


def test_of_several_pilots_each_is_told_apart_and_never_all_together():
    people = frame(MANY + MANY + MANY)
    third = people.height // 3
    pilots = [name for name in ("Arnhem", "Enschede", "Nijmegen") for _ in range(third)]
    found = analysed(
        people.with_columns(pilot=pl.Series(pilots)), Design.SEVERAL_PILOTS
    )
    assert [one.group for one in found.exits.figures] == [
        "Arnhem",
        "Enschede",
        "Nijmegen",
    ]


def test_a_file_without_kinds_tells_none():
    found = analysed(frame(MANY).drop("exit_kind"))
    assert found.exits.figures == ()
    assert refusals(found) == []


def test_without_a_horizon_the_last_day_is_taken():
    (found,) = analysed(frame(MANY), horizon=None).exits.figures
    assert (found.horizon, found.ways[0].n) == (130, 16)


@pytest.mark.parametrize("wrong", [(30, None, 1), (30, "dropout", 0)])
def test_a_kind_that_is_missing_or_too_many_is_refused(wrong):
    days, kind, event = wrong
    people = frame(MANY)
    row = pl.DataFrame(
        {"person": 99, "exit_days": days, "exit_event": event, "exit_kind": kind},
        schema=people.schema,
    )
    with pytest.raises(DataRefused, match="of 1 people it does not"):
        analysed(pl.concat([people, row]))
