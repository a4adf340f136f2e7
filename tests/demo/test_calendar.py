"""The plan of the Nijmegen demo keeps the dates of the pilot, for any seed."""

from collections import Counter
from datetime import date

import pytest

from trede.demo.answers import draw_intake
from trede.demo.calendar import AMENDED_ON, COACHES, HALT, UNTIL, Plan, plan_intakes
from trede.demo.evaluating import choose_evaluated

SEEDS = (1, 2, 2020)


def plan(seed: int) -> Plan:
    intake = draw_intake(seed)
    left = {person.number: person.left for person in intake}
    return plan_intakes(left, choose_evaluated(intake, seed), seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_has_one_intake(seed: int):
    numbers = Counter(member.number for member in plan(seed).members)
    assert numbers == Counter(range(1, 63))


@pytest.mark.parametrize("seed", SEEDS)
def test_twenty_three_are_evaluated_and_nine_leave(seed: int):
    members = plan(seed).members
    assert sum(member.evaluated for member in members) == 23
    assert sum(member.left is not None for member in members) == 9
    assert not any(member.evaluated and member.left for member in members)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_pair_loses_both_its_members(seed: int):
    assert all(
        sum(bool(m.left) for m in pair.members) <= 1 for pair in plan(seed).pairs
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_is_asked_or_started_while_everything_is_halted(seed: int):
    for pair in plan(seed).pairs:
        days = [member.intake_on for member in pair.members]
        days += [pair.first_starts_on, pair.asked_again_on, pair.other_starts_on]
        assert not [day for day in days if HALT[0] <= day <= HALT[1]]


@pytest.mark.parametrize("seed", SEEDS)
def test_each_pair_moves_forward_and_on_working_days(seed: int):
    for pair in plan(seed).pairs:
        one, other = sorted(member.intake_on for member in pair.members)
        assert one <= other == pair.registered_on < pair.first_starts_on
        assert pair.asked_again_on < pair.other_starts_on
        ends = [day for day in (pair.first_ends_on, pair.leaves_on) if day]
        assert all(pair.first_starts_on < day < pair.asked_again_on for day in ends)
        assert pair.other_starts_on.weekday() < 5


@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_are_made_under_the_old_design_and_singles_under_the_new(seed: int):
    assert all(pair.registered_on < AMENDED_ON for pair in plan(seed).pairs)
    assert all(one.member.intake_on >= AMENDED_ON for one in plan(seed).singles)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_intake_and_evaluation_falls_before_the_interim_report(seed: int):
    made = plan(seed)
    assert all(member.intake_on <= UNTIL for member in made.members)
    ends = [pair.other_ends_on for pair in made.pairs if pair.other_ends_on]
    assert len(ends) == 16 and max(ends) <= UNTIL


@pytest.mark.parametrize("seed", SEEDS)
def test_no_coach_ever_has_more_than_fifteen_people(seed: int):
    """Whoever the lot lets start: the two of a pair never run at the same time."""
    made = plan(seed)
    for coach in range(COACHES):
        spans = [
            (start, end or date.max)
            for pair in made.pairs
            if pair.members[0].coach == coach
            for start, end in (
                (pair.first_starts_on, pair.first_ends_on),
                (pair.other_starts_on, pair.other_ends_on),
            )
        ]
        spans += [
            (one.starts_on, date.max)
            for one in made.singles
            if one.member.coach == coach
        ]
        assert max(sum(a <= day <= b for a, b in spans) for day, _ in spans) <= 15
