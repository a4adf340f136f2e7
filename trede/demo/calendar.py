"""When what happens in the Nijmegen demo: a plan of days, before anything is written.

The dates of the pilot are kept: the list of February 2020, the halt in spring, pairs by
lot until the design changed on 1 December 2020, the first half of the pairs starting
before the halt and the other half in September, 62 intakes and 23 evaluations before 19
January 2021. Which of a pair starts first is the lot's business, so the plan gives both
members dates for either part. The nine who leave are each in a pair of their own with
somebody who stays, and leave on a day that fits both parts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

LIST_ON = date(2020, 2, 3)
HALT = (date(2020, 3, 16), date(2020, 5, 31))
AMENDED_ON = date(2020, 12, 1)
UNTIL = date(2021, 1, 18)
# After the interim report: who is guided pauses until places open again, the pilot is
# over at the end of October, and the last evaluations are in a month later.
LOCKDOWN = (date(2021, 1, 25), date(2021, 4, 27))
FINAL_ON = date(2021, 11, 30)
COACHES = 4
EARLY_PAIRS = 16
LATE_PAIRS = 9
SINGLES = 12


@dataclass(frozen=True)
class Member:
    """One of the 62: `number` is the number of the intake, `left` why one left."""

    number: int
    intake_on: date
    coach: int
    evaluated: bool
    left: str | None = None


@dataclass(frozen=True)
class PairPlan:
    """Two candidates. Whoever the lot lets start does so on `first_starts_on` and ends
    on `first_ends_on`; the other is asked again on `asked_again_on` and starts on
    `other_starts_on`. After the amendment asking again is a renewed intake."""

    members: tuple[Member, Member]
    registered_on: date
    first_starts_on: date
    first_ends_on: date | None
    asked_again_on: date
    other_starts_on: date
    other_ends_on: date | None
    leaves_on: date | None = None


@dataclass(frozen=True)
class Single:
    """Somebody under the design without waiting."""

    member: Member
    starts_on: date


@dataclass(frozen=True)
class Plan:
    pairs: tuple[PairPlan, ...]
    singles: tuple[Single, ...]

    @property
    def members(self) -> tuple[Member, ...]:
        paired = [member for pair in self.pairs for member in pair.members]
        return (*paired, *(single.member for single in self.singles))


def working_days(first: date, last: date) -> list[date]:
    days = (last - first).days + 1
    every = (first + timedelta(days=number) for number in range(days))
    return [day for day in every if day.weekday() < 5]


def spread(first: date, last: date, number: int) -> list[date]:
    """So many working days, evenly over a period."""
    days = working_days(first, last)
    return [days[index * len(days) // number] for index in range(number)]


def plan_intakes(
    left: Mapping[int, str | None], evaluated: Iterable[int], seed: int
) -> Plan:
    """The plan for the 62, from who left (and why) and who was evaluated."""
    rng = np.random.default_rng([seed, 62])
    stayed = [number for number in left if left[number] is None]
    done = [number for number in evaluated]
    gone = [number for number in left if left[number] is not None]
    busy = _shuffled([number for number in stayed if number not in set(done)], rng)
    early = [*_with_one_leaver(_shuffled(done, rng), _shuffled(gone, rng))]
    late, single = busy[: 2 * LATE_PAIRS], busy[2 * LATE_PAIRS :]
    return Plan(
        pairs=(*_early_pairs(early, left), *_late_pairs(late)),
        singles=tuple(_singles(single)),
    )


def _shuffled(numbers: Sequence[int], rng: np.random.Generator) -> list[int]:
    return [int(number) for number in rng.permutation(np.array(numbers, dtype=int))]


def _with_one_leaver(
    done: Sequence[int], gone: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Everybody who leaves with somebody who stays, and the rest two by two."""
    rest = list(done)
    for number in gone:
        yield number, rest.pop()
    yield from zip(rest[::2], rest[1::2], strict=True)


def _early_pairs(
    pairs: Sequence[tuple[int, int]], left: Mapping[int, str | None]
) -> Iterator[PairPlan]:
    intakes = spread(date(2020, 2, 10), date(2020, 3, 4), len(pairs))
    ends = spread(date(2020, 8, 24), date(2020, 9, 10), len(pairs))
    lasts = spread(date(2020, 12, 2), date(2021, 1, 14), len(pairs))
    leaves = spread(date(2020, 6, 8), date(2020, 8, 14), len(pairs))
    for place, (one, other) in enumerate(pairs):
        intake_on, coach = intakes[place], place % COACHES
        members = tuple(
            Member(number, day, coach, left[number] is None, left[number])
            for number, day in ((one, intake_on), (other, _workday(intake_on, 2)))
        )
        yield PairPlan(
            members=(members[0], members[1]),
            registered_on=members[1].intake_on,
            first_starts_on=_workday(intake_on, 6),
            first_ends_on=ends[place],
            asked_again_on=_workday(ends[place], 4),
            other_starts_on=_workday(ends[place], 7),
            other_ends_on=lasts[place],
            leaves_on=leaves[place] if any(member.left for member in members) else None,
        )


def _late_pairs(numbers: Sequence[int]) -> Iterator[PairPlan]:
    intakes = spread(date(2020, 9, 14), date(2020, 10, 28), LATE_PAIRS)
    again = spread(AMENDED_ON, date(2020, 12, 11), LATE_PAIRS)
    for place in range(LATE_PAIRS):
        intake_on, coach = intakes[place], place % COACHES
        members = tuple(
            Member(
                numbers[2 * place + second],
                _workday(intake_on, 2 * second),
                coach,
                False,
            )
            for second in (0, 1)
        )
        yield PairPlan(
            members=(members[0], members[1]),
            registered_on=members[1].intake_on,
            first_starts_on=_workday(intake_on, 6),
            first_ends_on=None,
            asked_again_on=again[place],
            other_starts_on=_workday(again[place], 2),
            other_ends_on=None,
        )


def _singles(numbers: Sequence[int]) -> Iterator[Single]:
    days = spread(AMENDED_ON, date(2021, 1, 11), len(numbers))
    for place, (number, day) in enumerate(zip(numbers, days, strict=True)):
        member = Member(number, day, (place + 1) % COACHES, evaluated=False)
        yield Single(member, starts_on=_workday(day, 3))


def late_end(number: int, started_on: date) -> date:
    """When somebody closes who was guided at the interim report; the earlier one began,
    the earlier."""
    if started_on < AMENDED_ON:
        days = working_days(date(2021, 6, 14), date(2021, 8, 6))
    else:
        days = working_days(date(2021, 9, 6), date(2021, 10, 22))
    return days[number * 7 % len(days)]


def _workday(day: date, later: int) -> date:
    """So many working days later."""
    return working_days(day, day + timedelta(days=2 * later + 7))[later]
