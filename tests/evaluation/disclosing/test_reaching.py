"""Nobody on the list is found by subtracting who was reached from the whole list."""

from itertools import product

import numpy as np
import polars as pl
import pytest

from tests.evaluation.disclosing.study import asked, people_with, times
from trede.evaluation.disclosing.judging import protect_analysis
from trede.evaluation.disclosing.reaching import blank_reached, reached_ruled_out
from trede.evaluation.disclosing.reading import Json, entries, part
from trede.evaluation.norms import default_norms
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.running.reaching import TargetList

NORMS = default_norms()
SATISFIED = asked(Outcome("satisfied", "score"))
PEOPLE = people_with(
    {"satisfied": [*times(20, (4.0, 6.0)), *times(20, (5.0, 5.0))]}, SATISFIED
)


def row(name: str, *levels: tuple[str, int, int]) -> Json:
    """Each level: its names in letters, on the list, reached."""
    told = [{"names": list(n), "listed": a, "reached": b} for n, a, b in levels]
    return {"name": name, "levels": told, "distance": 0.2, "suppressed": None}


def found(
    *rows: Json, listed: int = 200, reached: int = 90, measured: int = 40
) -> Json:
    sizes = {"listed": listed, "reached": reached, "measured": measured}
    return {"reached": sizes | {"characteristics": list(rows), "refused": []}}


def public(analysis: Json, *before: Json) -> tuple[Json, dict[str, str]]:
    hidden = dict(reached_ruled_out(analysis, NORMS, before=before))
    blank_reached(analysis, hidden)
    return part(analysis, "reached") or {}, hidden


def test_enough_people_on_either_side_are_told():
    told, hidden = public(found(row("sex", ("a", 80, 40), ("b", 120, 50))))
    assert not hidden
    assert (told["listed"], told["reached"]) == (200, 90)
    assert entries(told, "characteristics")[0]["distance"] == 0.2


def test_how_many_of_them_are_measured_is_never_printed():
    told, _hidden = public(found(row("sex", ("a", 80, 40), ("b", 120, 50))))
    assert "measured" not in told


@pytest.mark.parametrize(
    "level",
    [("a", 80, 3), ("a", 80, 77), ("a", 80, 0), ("a", 80, 80)],
    ids=["few reached", "few not reached", "nobody reached", "everybody reached"],
)
def test_of_a_small_side_the_whole_characteristic_goes(level):
    """With what is left of it the small one would be a subtraction."""
    told, hidden = public(found(row("sex", level, ("b", 120, 50))))
    (sex,) = entries(told, "characteristics")
    assert sex["suppressed"] == "withheld"
    assert (sex["levels"], sex["distance"]) == ([], None)
    assert hidden == {"reached|sex": "small"}


@pytest.mark.parametrize(
    "sizes",
    [
        {"listed": 93, "reached": 90},
        {"reached": 4, "measured": 0},
        {"reached": 43, "measured": 40},
    ],
    ids=["few not reached", "few reached", "few reached and not measured"],
)
def test_when_so_few_are_left_nothing_is_told_at_all(sizes):
    told, hidden = public(found(row("sex", ("a", 80, 40), ("b", 120, 50)), **sizes))
    assert (told["listed"], told["reached"]) == (None, None)
    assert entries(told, "characteristics")[0]["levels"] == []
    assert hidden.keys() == {"reached|sizes", "reached|sex"}


def test_three_who_were_reached_since_are_not_told_by_two_editions():
    before = found(row("sex", ("a", 80, 40), ("b", 120, 50)))
    _told, hidden = public(found(row("sex", ("a", 80, 43), ("b", 120, 50))), before)
    assert hidden == {"reached|sex": "difference_earlier"}


def test_the_same_figures_may_be_printed_again():
    before = found(row("sex", ("a", 80, 40), ("b", 120, 50)))
    _told, hidden = public(found(row("sex", ("a", 80, 40), ("b", 120, 50))), before)
    assert not hidden


def test_many_more_on_the_list_and_many_more_reached_may_be_told():
    before = found(row("sex", ("a", 80, 40), ("b", 120, 50)))
    now = found(row("sex", ("a", 100, 47), ("b", 135, 59)), listed=235, reached=106)
    assert not public(now, before)[1]


def test_levels_that_stand_together_otherwise_are_subtracted_where_both_tell_them():
    before = found(row("age", ("a", 40, 20), ("bc", 60, 30), ("d", 100, 40)))
    # Of a and b together and of c nobody knew before; of all three everybody did.
    now = found(row("age", ("ab", 60, 32), ("c", 40, 20), ("d", 100, 40)))
    assert public(now, before)[1] == {"reached|age": "difference_earlier"}
    now = found(row("age", ("ab", 60, 30), ("c", 40, 20), ("d", 100, 40)))
    assert not public(now, before)[1]


def test_what_was_hidden_before_has_told_nothing():
    hidden_before = row("sex") | {"suppressed": "withheld"}
    now = found(row("sex", ("a", 80, 43), ("b", 120, 50)))
    assert not public(now, found(hidden_before))[1]


@pytest.mark.parametrize("seed", range(6))
def test_who_has_the_tables_too_finds_no_small_group(seed: int):
    """The attacker knows how many of each level are in the tables of the study, and
    subtracts whatever can be subtracted."""
    rng = np.random.default_rng(seed)
    n = 300
    reached = rng.random(n) < 0.4
    measured = reached & (rng.random(n) < 0.5)
    levels = rng.choice(list("abcdef"), n, p=[0.4, 0.3, 0.2, 0.06, 0.03, 0.01])
    everybody = TargetList(reached, measured, pl.DataFrame({"place": levels}))
    whole = as_json(analyse(PEOPLE, SATISFIED, everybody))
    told, _decisions = protect_analysis(PEOPLE, SATISFIED, whole, everybody=everybody)
    (place,) = entries(part(told, "reached"), "characteristics")
    printed = entries(place, "levels")
    assert printed and any(len(level["names"]) > 1 for level in printed)
    for level in printed:
        here = np.isin(levels, level["names"])
        in_tables = int((here & measured).sum())
        a, b = level["listed"], level["reached"]
        assert (a, b) == (here.sum(), (here & reached).sum())
        for found_out in (a, b, a - b, b - in_tables):
            assert not 0 < found_out < NORMS.threshold
    # A level that stands together with another is told by no sum or difference.
    sums = {
        frozenset("".join("".join(level["names"]) for level in chosen))
        for chosen in chosen_of(printed)
    }
    rare = [one for one in "abcdef" if 0 < (levels == one).sum() < NORMS.threshold]
    assert not any(frozenset(one) in sums for one in rare)


def chosen_of(levels):
    for taken in product((False, True), repeat=len(levels)):
        yield [level for level, is_in in zip(levels, taken, strict=True) if is_in]
