"""A distribution of few people is told in bands, and the bands give nobody away."""

import os
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.disclosing.study import (
    analysis_of,
    asked,
    entry,
    people_with,
    released_of,
)
from tests.evaluation.disclosing.test_brute_force import Game
from trede.evaluation import attack, disclosure, hiding
from trede.evaluation.attack import Attacker, Wish
from trede.evaluation.disclosing.banding import finest
from trede.evaluation.disclosing.judging import lay_before
from trede.evaluation.disclosing.reading import Json
from trede.evaluation.disclosure import protect
from trede.evaluation.editions import Earlier, Edition
from trede.evaluation.knowledge import System, systems_of
from trede.evaluation.norms import default_norms
from trede.evaluation.results import Guard, Part, Reveal, Support
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.whole_numbers import TooMuchWork

NORMS = default_norms()
Wave = tuple[int, ...]
waves = st.integers(2, 8).flatmap(
    lambda n: st.tuples(*[st.tuples(*[st.integers(0, 12)] * n)] * 2)
)


def may_be_told(both: tuple[Wave, Wave], start: int, end: int) -> bool:
    return all(
        not 0 < sum(wave[start:end]) < 5 and sum(wave[start:end]) < sum(wave)
        for wave in both
    )


@given(waves)
def test_every_band_holds_nobody_or_enough_and_none_holds_everybody(
    both: tuple[Wave, Wave],
) -> None:
    begins = finest(*both, NORMS)
    if begins:
        ends = (0, *begins, len(both[0]))
        assert all(may_be_told(both, a, b) for a, b in pairwise(ends))


@given(waves)
def test_no_joining_with_more_bands_would_do(both: tuple[Wave, Wave]) -> None:
    size = len(both[0])
    most = 0
    for chosen in range(1, 2 ** (size - 1)):
        begins = [at for at in range(1, size) if chosen >> (at - 1) & 1]
        ends = (0, *begins, size)
        if all(may_be_told(both, a, b) for a, b in pairwise(ends)):
            most = max(most, len(begins))
    assert len(finest(*both, NORMS)) == most


@given(waves, st.integers(1, 3))
@settings(max_examples=50)
def test_counts_decide_through_the_norm_only(
    both: tuple[Wave, Wave], more: int
) -> None:
    """More people where there are enough already changes no border."""
    grown = tuple(tuple(n + more if n >= 5 else n for n in wave) for wave in both)
    alike = [
        may_be_told(both, a, b) == may_be_told((grown[0], grown[1]), a, b)
        for a in range(len(both[0]))
        for b in range(a + 1, len(both[0]) + 1)
    ]
    if all(alike):
        assert finest(*both, NORMS) == finest(grown[0], grown[1], NORMS)


def test_neighbours_are_joined_the_same_way_before_and_after() -> None:
    before = (1, 0, 2, 1, 4, 9, 8, 9, 12, 4, 3)
    after = (0, 1, 0, 2, 2, 6, 5, 12, 14, 6, 5)
    # 0-4, 5, 6, 7, 8, 9-10: the tails are too few, the middle is not.
    assert finest(before, after, NORMS) == (5, 6, 7, 8, 9)


def fifty() -> list[tuple[float, float]]:
    """Of whom most stay, and few stand at either end."""
    moved = [(2, 4), (3, 4), (3, 4), (9, 8), (10, 8), (9, 7)]
    stayed = [(5, 5)] * 9 + [(6, 6)] * 10 + [(7, 7)] * 12
    up = [(5, 6)] * 7 + [(6, 7)] * 6
    return [(float(a), float(b)) for a, b in (*moved, *stayed, *up)]


def level_of(pairs: list[tuple[float, float]]) -> tuple[Json, list[str]]:
    configuration = asked(Outcome("a", "score", (0, 10), primary=True))
    people = people_with({"a": [*pairs]}, configuration)
    public, judged, released = released_of(people, configuration)
    listed = [
        f"{one.row} {one.reason}"
        for one in judged.decisions(released)
        if "distribution" in one.row
    ]
    return entry(public, "outcomes", outcome="a"), listed


def test_a_distribution_that_cannot_be_told_by_answer_is_told_in_bands() -> None:
    level, listed = level_of(fifty())
    assert level["values"] is None
    bands, before, after = level["bands"], level["before"], level["after"]
    assert isinstance(bands, list)
    assert isinstance(before, list)
    assert isinstance(after, list)
    assert bands[0][0] == 0
    assert bands[-1][1] == 10
    assert all(low == high + 1 for (_, high), (low, _) in pairwise(bands))
    pairs = fifty()
    for (low, high), first, second in zip(bands, before, after, strict=True):
        assert first == sum(low <= a <= high for a, _ in pairs)
        assert second == sum(low <= b <= high for _, b in pairs)
        assert not 0 < first < 5
        assert not 0 < second < 5
    assert listed == ["outcome|a|difference_1|distribution joined"]


def test_no_other_figure_goes_for_the_sake_of_a_band() -> None:
    configuration = asked(Outcome("a", "score", (0, 10), primary=True))
    people = people_with({"a": [*fifty()]}, configuration)
    judged = lay_before(people, configuration, analysis_of(people, configuration))
    without = [claim for claim in judged.claims if "up_to" not in claim.code]
    assert len(without) < len(judged.claims)
    withheld = [
        {d.row for d in protect((), claims).decisions if "up_to" not in d.row}
        for claims in (judged.claims, without)
    ]
    assert withheld[0] == withheld[1]


def test_what_is_too_much_work_to_prove_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hiding, "MOST_WORK", 0)
    level, listed = level_of(fifty())
    assert "bands" not in level
    assert level["before"] is None
    assert len(listed) == 1


def last_first(
    edition: Edition, earlier: Iterable[Earlier], *, by_decision: frozenset[str]
) -> list[System]:
    return systems_of(edition, earlier, by_decision=by_decision)[::-1]


def test_nothing_depends_on_how_many_processors_there_are_or_who_goes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcomes = [Outcome(code, "score", (0, 10)) for code in ("a", "b", "c")]
    configuration = asked(*outcomes)
    lower = [(a - 2, b - 2) for a, b in fifty()]
    given_by = {"a": [*fifty()], "b": lower, "c": [(b, a) for a, b in lower]}
    people = people_with(given_by, configuration)
    public, judged, released = released_of(people, configuration)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(disclosure, "systems_of", last_first)
    again, anew, once_more = released_of(people, configuration)
    assert again == public
    assert anew.decisions(once_more) == judged.decisions(released)


def test_a_search_that_is_given_up_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def given_up(*_asked: object, **_how: object) -> None:
        raise TooMuchWork("a search took more branches than it may")

    borders = frozenset({"border"})
    form = (Part("all/people", (("1", 1),)),)
    support = Support("all/people", "all/people", "all", ("0", "1"))
    guard = Guard(form, "small", "one")
    told = {"border": (Reveal(form, 7),)}
    (system,) = systems_of(Edition((support,), {}, (), (), told, guarded=(guard,)))
    attacker = Attacker(system)
    wish = Wish(system.guards[0][1], 7, 1)
    monkeypatch.setattr(attack, "nearby", lambda *_asked, **_how: None)
    monkeypatch.setattr(attack, "reachable", given_up)
    assert not attacker.all_granted([wish], printed=borders)
    monkeypatch.undo()
    assert attacker.all_granted([wish], printed=borders)


def test_where_no_two_bands_may_be_told_the_distribution_is_withheld() -> None:
    level, listed = level_of([(7.0, 7.0)] * 20 + [(7.0, 8.0)] * 3)
    assert "bands" not in level
    assert level["before"] is None
    assert listed == ["outcome|a|difference_1|distribution small"]


@pytest.mark.parametrize(
    "cells",
    [
        [(1, 1), (2, 1), (2, 2), (2, 2), (2, 3), (3, 2)] + [(3, 3)] * 6,
        [(1, 1), (1, 2)] + [(2, 2)] * 5 + [(2, 3), (3, 2)] + [(3, 3)] * 4,
    ],
)
def test_bands_beside_all_estimates_narrow_no_small_count(
    cells: list[tuple[int, int]],
) -> None:
    """Of so few the change is withheld; the bands stand, as they tell nobody's."""
    configuration = asked(Outcome("a", "likert", scale=(1, 3)))
    people = people_with({"a": [*cells]}, configuration)
    public, _judged, _released = released_of(people, configuration)
    headline = entry(public, "estimates", outcome="a", headline=True)
    assert headline["suppressed"] == "withheld"
    level = entry(public, "outcomes", outcome="a")
    assert level["bands"] == [[1, 2], [3, 3]]
    played = Game("likert", (1, 2, 3), public, len(cells))
    assert played.narrowed(cells) == []
