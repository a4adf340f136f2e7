"""Nobody is found by subtracting when they were asked."""

from itertools import product

import pytest

from tests.evaluation.disclosing.study import Pair, asked, people_with
from trede.evaluation.disclosing.judging import protect_analysis
from trede.evaluation.disclosing.reading import Json, entries
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import Outcome

SATISFIED = asked(Outcome("satisfied", "score", scale=(0, 10), primary=True))
WORKS = asked(Outcome("works", "binary", primary=True))
Counts = dict[tuple[str, str], int]


def public(counts: Counts, asked_what=SATISFIED) -> tuple[Json, set[str]]:
    """`counts`: how many were asked in which circumstances; "" is not asked again."""
    code = asked_what.outcomes[0].code
    spread = [0.0, 1.0] if code == "works" else [3.0, 4.0, 5.0, 6.0, 7.0]
    pairs: list[Pair] = []
    then, now = [], []
    for (first, second), n in counts.items():
        for number in range(n):
            before = spread[number % len(spread)]
            after = spread[(number + number // 3) % len(spread)]
            pairs.append((before, after if second else None))
            then.append(first)
            now.append(second or None)
    people = people_with(
        {code: pairs}, asked_what, circumstance_t0=then, circumstance_t1=now
    )
    found = as_json(analyse(people, asked_what))
    told, decisions = protect_analysis(people, asked_what, found)
    return told, {one.row for one in decisions}


def numbers(told: Json) -> dict[tuple[str, str], int | None]:
    return {(e["moment"], e["level"]): e["n"] for e in entries(told, "asked_in")}


MANY = {("o", "o"): 40, ("o", "c"): 15, ("c", "o"): 14, ("c", ""): 8, ("o", ""): 6}
# Three were asked in a lockdown and not again.
FEW = {("o", "o"): 40, ("o", "c"): 15, ("c", "o"): 14, ("c", ""): 3, ("o", ""): 9}


def test_when_there_are_many_everywhere_all_is_told():
    told, hidden = public(MANY)
    assert numbers(told) == {
        ("t0", "o"): 61,
        ("t0", "c"): 22,
        ("t1", "o"): 54,
        ("t1", "c"): 15,
    }
    (entry,) = entries(told, "by_circumstance")
    assert [level["n"] for level in entries(entry, "levels")] == [40, 15, 14]
    assert not {one for one in hidden if "circumstance" in one or "asked_in" in one}


def possible(told: Json, counts: Counts, pair: tuple[str, str]) -> set[int]:
    """What an attacker who tries every number holds for possible of one pair: what is
    printed, how many were measured, and of how many a change is told."""
    (entry,) = entries(told, "by_circumstance")
    levels = entries(entry, "levels")
    once = sum(counts.values())
    twice = sum(n for (_first, second), n in counts.items() if second)
    names = list(counts)
    found = set()
    most = {name: range(26) if not name[1] else range(61) for name in names}
    together = [{tuple(one) for one in level["pairs"]} for level in levels]
    alone = {
        next(iter(one)): n
        for one, n in zip(together, (level["n"] for level in levels), strict=True)
        if len(one) == 1
    }
    choices = [[alone[name]] if name in alone else list(most[name]) for name in names]
    for world in product(*choices):
        tried = dict(zip(names, world, strict=True))
        if sum(world) != once:
            continue
        if sum(n for (_f, second), n in tried.items() if second) != twice:
            continue
        if all(
            n is None
            or n == sum(m for key, m in tried.items() if key[moment == "t1"] == level)
            for (moment, level), n in numbers(told).items()
        ):
            found.add(tried[pair])
    return found


def test_three_who_were_not_asked_again_are_not_a_subtraction():
    told, _hidden = public(FEW)
    assert None in numbers(told).values()
    left = possible(told, FEW, ("c", ""))
    assert min(left) == 0 and max(left) >= 5


def test_the_attacker_finds_them_where_nothing_is_hidden():
    """So that the attacker above is one to be afraid of."""
    told, _hidden = public(FEW)
    told["asked_in"] = [
        {"moment": m, "level": level, "n": n}
        for m, level, n in (("t0", "o", 64), ("t0", "c", 17), ("t1", "o", 54))
    ]
    assert possible(told, FEW, ("c", "")) == {3}


def test_of_a_yes_or_no_nothing_is_told_by_circumstances():
    """The interval of a share tells how many went each way."""
    told, hidden = public(MANY, WORKS)
    (entry,) = entries(told, "by_circumstance")
    assert (entry["suppressed"], entry["levels"]) == ("withheld", [])
    assert "by_circumstance|works|difference_1" in hidden


@pytest.mark.parametrize("few", [1, 4, 9])
def test_a_few_in_other_circumstances_are_in_no_mean_of_their_own(few: int):
    told, _hidden = public({("o", "o"): 40, ("c", "o"): 20, ("o", "c"): few})
    (entry,) = entries(told, "by_circumstance")
    for level in entries(entry, "levels"):
        assert level["n"] >= 10
    assert sum(level["n"] for level in entries(entry, "levels")) == 60 + few
