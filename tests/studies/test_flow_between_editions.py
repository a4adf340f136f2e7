"""Of a few who fell away between two editions nobody learns why."""

from datetime import date, datetime, timedelta
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.studies.making import make_study
from tests.studies.twice import AT, UNTIL, with_intake
from trede.evaluation.norms import default_norms
from trede.inflow.models import Stage
from trede.reports.releasing import approve, release
from trede.studies.flow import OTHER, Exit, Flow, Step, flow_for_public, flow_read
from trede.studies.holding_back import HeldBack, held_back_for_public
from trede.studies.running import run_interim

SENSITIVE = default_norms().sensitive
REASONS = ("health", "moved", "no_wish", "stopped", "work")
WHOLE = 500


def flow(counts: dict[str, int], *, gross: int = 0, net: int = 0) -> Flow:
    gone = sum(counts.values())
    exits = tuple(Exit(reason, n) for reason, n in counts.items() if n)
    steps = (Step("candidates", WHOLE, exits), Step("participants", WHOLE - gone))
    return Flow(steps, gross, net)


def exits(told: Flow) -> dict[str, int] | None:
    found = told.steps[0].exits
    return None if found is None else {each.reason: each.n for each in found}


def editions(*every: dict[str, int]) -> list[Flow]:
    told: list[Flow] = []
    for counts in every:
        told.append(flow_for_public(flow(counts), told))
    return told


def sums(told: dict[str, int]) -> dict[frozenset[str], int]:
    """Every set of reasons whose number a reader of one edition can add up. What is not
    named is among the others; when there are none, nobody has any of those."""
    others = frozenset(REASONS).difference(told)
    cells = {frozenset({reason}): n for reason, n in told.items() if reason != OTHER}
    if told.get(OTHER):
        cells[others] = told[OTHER]
    else:
        cells |= {frozenset({reason}): 0 for reason in others}
    chosen = chain.from_iterable(
        combinations(cells, size) for size in range(1, len(cells) + 1)
    )
    return {
        frozenset().union(*some): sum(cells[one] for one in some) for some in chosen
    }


def differences(then: Flow, now: Flow) -> dict[frozenset[str], int]:
    """What a reader of both learns; how many fell away at all is no secret."""
    before, after = exits(then), exits(now)
    if before is None or after is None:
        return {}
    first, second = sums(before), sums(after)
    both = (first.keys() & second.keys()) - {frozenset(REASONS), frozenset()}
    # Of two of these together the reader learns nothing that is not in each.
    smallest = [some for some in both if not any(one < some for one in both)]
    return {some: abs(second[some] - first[some]) for some in smallest}


COUNTS = st.fixed_dictionaries({reason: st.integers(0, 14) for reason in REASONS})


@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_no_two_editions_differ_by_a_few_in_any_sum_of_reasons(every):
    told = editions(*every)
    for then, now in combinations(told, 2):
        assert not [n for n in differences(then, now).values() if SENSITIVE(n)]


@given(COUNTS, COUNTS)
def test_that_reader_finds_a_few_where_each_edition_stands_alone(first, second):
    apart = [flow_for_public(flow(one)) for one in (first, second)]
    if any(SENSITIVE(n) for n in differences(*apart).values()):
        assert editions(first, second) != apart


@given(COUNTS)
def test_an_edition_of_the_same_people_tells_the_same(counts):
    first, second = editions(counts, counts)
    assert first == second


def test_one_more_who_stopped_is_counted_with_the_others():
    before = {"health": 12, "moved": 9, "stopped": 20}
    _first, told = editions(before, before | {"health": 13, "moved": 14, "stopped": 27})
    assert exits(told) == {"stopped": 27, OTHER: 27}


def test_where_all_together_differ_by_few_no_reason_is_told():
    before = {"health": 12, "moved": 9, "stopped": 20}
    assert exits(editions(before, before | {"health": 13})[1]) == {OTHER: 42}


def test_many_more_are_told_as_they_are():
    before = {"health": 12, "moved": 9, "stopped": 20}
    after = {"health": 17, "moved": 9, "stopped": 30}
    assert exits(editions(before, after)[1]) == after


def test_an_edition_that_was_stored_is_read_as_it_was_told():
    told = flow_for_public(flow({"health": 12, "moved": 2}, gross=20, net=10))
    assert flow_read(told.as_json()) == told


def test_of_one_who_left_since_nobody_learns_that_they_did_not_fit():
    past = flow_for_public(flow({}, gross=30, net=20))
    assert (past.gross, past.net) == (30, 20)
    one_did_not_fit = flow_for_public(flow({}, gross=31, net=20), [past])
    assert (one_did_not_fit.gross, one_did_not_fit.net) == (31, None)
    enough = flow_for_public(flow({}, gross=40, net=25), [past])
    assert (enough.gross, enough.net) == (40, 25)


def test_of_a_few_evaluated_since_nobody_learns_in_which_circumstances():
    def held(evaluated: int, otherwise: int) -> HeldBack:
        return HeldBack("T1", evaluated, 60, otherwise, False, False, False, "")

    first = held_back_for_public(held(30, 12)).as_json()
    assert held_back_for_public(held(33, 12), before=[first]).otherwise is None
    assert held_back_for_public(held(40, 14), before=[first]).otherwise is None
    assert held_back_for_public(held(42, 17), before=[first]).otherwise == 17


@pytest.mark.django_db
def test_a_second_report_of_a_study_keeps_to_it(cast: Cast):
    """Eight stopped and six proved not to fit; then one more stopped."""
    study, by, day = make_study(cast), cast.by("ilse"), date(2020, 11, 2)

    def edition(at: datetime) -> dict[str, int]:
        run = run_interim(study=study, until=UNTIL, by=by, at=at)
        made = release(run=run, by=by, at=at)
        approve(edition=made, by=by, at=at)
        steps = {one["code"]: one for one in made.released["flow"]["steps"]}
        exits = steps["questionnaire"]["exits"]
        return {one["reason"]: one["n"] for one in exits}

    for stage, reason, n in (
        (Stage.DECLINED, "stopped", 8),
        (Stage.INELIGIBLE, "ineligible", 6),
    ):
        for _each in range(n):
            with_intake(study, cast, (stage, day, reason))
    for _each in range(8):
        with_intake(study, cast)
    assert edition(AT) == {"stopped": 8, "ineligible": 6}
    with_intake(study, cast, (Stage.DECLINED, day, "stopped"))
    assert edition(AT + timedelta(days=1)) == {OTHER: 15}
