"""Nobody finds a few people by laying the ways out beside everything else printed.

A reader also knows how many stayed and how many left in all, whenever that was: of the
status of people in a file, and of the reasons in the flow of a study.
"""

from itertools import product

import polars as pl
import pytest

from trede.evaluation.disclosing.judging import lay_before, protect_analysis
from trede.evaluation.disclosing.reading import Json, entries, part
from trede.evaluation.disclosing.ruling import ruled_out
from trede.evaluation.disclosure import protect
from trede.evaluation.editions import Earlier, Flow
from trede.evaluation.norms import default_norms
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import Configuration, Outcome
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import People, lay_out

HORIZON, LATE = 100, 150
ASKED = Configuration(
    Design.PRE_POST, outcomes=(Outcome("exit", "time"),), horizon=HORIZON
)
# Status, kind of exit and its day, and how many people.
World = dict[tuple[str, str, int], int]
TELLABLE: World = {
    ("stayed", "completed", 60): 12,
    ("stayed", "other", 80): 7,
    ("stayed", "", LATE): 9,
    ("dropout", "dropout", 40): 8,
}


def people(world: World) -> People:
    rows = [about for about, n in world.items() for _ in range(n)]
    frame = pl.DataFrame(
        {
            "person": range(len(rows)),
            "status": [status for status, _, _ in rows],
            "exit_days": [day for *_, day in rows],
            "exit_event": [int(bool(kind)) for _, kind, _ in rows],
            "exit_kind": [kind or None for _, kind, _ in rows],
        }
    )
    return lay_out(frame, ASKED)


def analysis(those: People) -> Json:
    return as_json(analyse(those, ASKED))


def public(world: World) -> Json:
    those = people(world)
    return protect_analysis(those, ASKED, analysis(those))[0]


def ways(page: Json) -> list[tuple[list[str], int]]:
    (found,) = entries(page, "exits")
    told = entries(found, "ways")
    return [(list(map(str, way["kinds"])), int(str(way["n"]))) for way in told]


def statuses(page: Json) -> Json:
    return part(part(page, "flow"), "status") or {}


def test_ways_of_enough_people_are_told():
    page = public(TELLABLE)
    assert ways(page) == [(["completed"], 12), (["dropout"], 8), (["other"], 7)]


@pytest.mark.parametrize("late", [1, 2, 4])
def test_how_few_left_after_the_horizon_is_no_subtraction(late):
    page = public({**TELLABLE, ("dropout", "dropout", LATE): late})
    assert statuses(page)["dropout"] == 8 + late
    assert ways(page) == []


def test_the_subtraction_would_have_told_them():
    """What is withheld above: so that the test can fail."""
    those = people({**TELLABLE, ("dropout", "dropout", LATE): 2})
    found = analysis(those)
    told = dict((way[0][0], way[1]) for way in ways(found))
    assert int(str(statuses(found)["dropout"])) - told["dropout"] == 2


def test_enough_people_after_the_horizon_may_be_subtracted():
    page = public({**TELLABLE, ("dropout", "dropout", LATE): 5})
    assert len(ways(page)) == 3


def test_a_way_that_few_of_who_stayed_took_is_not_told():
    """Beside the reasons of who left a subtraction tells who took it and stayed."""
    page = public({**TELLABLE, ("stayed", "dropout", 50): 3})
    assert ways(page) == []


def worlds_that_fit(page: Json, most: int) -> list[tuple[int, ...]]:
    """Every world with these numbers of who stayed, who left and who took which way."""
    stayed, left = (int(str(statuses(page)[one])) for one in ("stayed", "dropout"))
    told = {frozenset(kinds): n for kinds, n in ways(page)}
    found = []
    for completed, other, stopped in product(range(most + 1), repeat=3):
        numbers = {"completed": completed, "other": other, "dropout": stopped}
        fits = all(sum(map(numbers.__getitem__, each)) == n for each, n in told.items())
        world = (completed, other, stayed - completed - other, stopped, left - stopped)
        if fits and min(world) >= 0:
            found.append(world)
    return found


def test_an_attacker_finds_no_one_to_four_people_in_any_small_world():
    sizes, won_before, told = (0, 3, 7), 0, 0
    for numbers in product(sizes, repeat=5):
        world = {
            ("stayed", "completed", 60): numbers[0],
            ("stayed", "other", 80): numbers[1],
            ("stayed", "", LATE): numbers[2],
            ("dropout", "dropout", 40): numbers[3],
            ("dropout", "dropout", LATE): numbers[4],
        }
        those = people({about: n for about, n in world.items() if n})
        if those.n < 12:
            continue
        found = analysis(those)
        if not entries(found, "exits"):
            continue
        columns = zip(*worlds_that_fit(found, max(sizes)), strict=True)
        certain = [set(each) for each in columns]
        won = any(len(each) == 1 and 0 < min(each) < 5 for each in certain)
        if ruled_out(those, ASKED, found, {}, default_norms()).get("exits|exit|"):
            won_before += won
        else:
            told += 1
            assert not won, numbers
    assert (won_before > 10, told > 10) == (True, True)


def test_too_few_to_tell_apart_looks_like_what_is_withheld():
    """Whoever sees which of the two it is knows how many left that way."""
    few = {**TELLABLE, ("stayed", "other", 80): 0, ("dropout", "dropout", 40): 2}
    withheld = {**TELLABLE, ("stayed", "dropout", 50): 3}
    pages = [public({a: n for a, n in one.items() if n}) for one in (few, withheld)]
    assert entries(pages[0], "exits") == entries(pages[1], "exits")
    assert not any(
        "incidence" in str(one["what"]) for one in entries(pages[0], "refused")
    )


def test_where_the_curve_goes_the_ways_go():
    page = public({**TELLABLE, ("stayed", "", LATE): 2})
    (curve,) = entries(page, "times")
    assert (curve["curve"], ways(page)) == (None, [])


def test_few_who_did_not_belong_are_among_who_left():
    """Told apart they would be the way that nobody else took."""
    page = public({**TELLABLE, ("ineligible", "ineligible", 20): 2})
    assert statuses(page) == {}
    assert ways(page) == [(["completed"], 12), (["dropout"], 10), (["other"], 7)]


def test_one_person_more_than_in_an_earlier_edition_is_not_told():
    def released(world: World, *earlier: Earlier) -> tuple[Json, Earlier]:
        those = people(world)
        judged = lay_before(those, ASKED, analysis(those))
        found = protect((), judged.claims, earlier=earlier)
        came = (Flow("T0>T1", None, "participants", 1),)
        return judged.public(found), Earlier(found.edition, came)

    first, before = released(TELLABLE)
    one_more = {**TELLABLE, ("stayed", "completed", 60): 13}
    assert ways(first)
    assert ways(released(one_more)[0])
    assert ways(released(one_more, before)[0]) == []
