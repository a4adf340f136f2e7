"""People who do not exist, on the target list of February 2020.

62 of the 529 are the people with an intake: their sex, birth year, origin and years in
the Netherlands fit their answers. The others are drawn so that each criterion is met
by most, not met by some and unknown for a few.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from trede.demo.answers import EUROPE, IntakeAnswers
from trede.demo.drawing import shuffled
from trede.demo.identities import (
    SERIES,
    Identity,
    countries,
    draw_identity,
    list_shares,
    numbers_for_tests,
    running_tracks,
)

# The source says February 2020; the day is our choice.
LIST_DATE = date(2020, 2, 3)
LIST_SIZE = 529
# Before 1996 another law held; nobody here has been on benefit for longer.
FIRST_BENEFIT = date(1996, 1, 1)
HOME = "NL"


@dataclass(frozen=True, slots=True, order=True)
class RegisterDate:
    """A date as a register holds it: month and day are 0 when they are not known."""

    year: int
    month: int = 0
    day: int = 0

    @classmethod
    def of(cls, day: date) -> "RegisterDate":
        return cls(day.year, day.month, day.day)

    @property
    def earliest_on(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest_on(self) -> date:
        if self.day:
            return self.earliest_on
        after = (self.year + self.month // 12, self.month % 12 + 1)
        first_after = date(*after, 1) if self.month else date(self.year + 1, 1, 1)
        return first_after - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.day:02d}-{self.month:02d}-{self.year:04d}"


@dataclass(frozen=True, slots=True)
class Override:
    """Why somebody is admitted although the list says that a criterion is not met."""

    criterion: str
    reason: str


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the target list; `intake` is the number of the intake, if any."""

    identity: Identity
    sex: str
    birth: RegisterDate
    birth_country: str
    settled: RegisterDate | None
    benefit_since: RegisterDate | None
    last_contact: RegisterDate | None
    running_track: str = ""
    status_approach: str = "nee"
    intake: int | None = None
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Dates:
    """What happened when, in this order."""

    birth: RegisterDate
    settled: RegisterDate
    benefit_since: RegisterDate
    last_contact: RegisterDate


@dataclass(frozen=True, slots=True)
class Life:
    """The days between which the dates of one life are drawn."""

    born: tuple[date, date]
    settled: tuple[date, date]
    benefit_until: date
    benefit_from: date = FIRST_BENEFIT
    contact_from: date = date.min
    contact_until: date = date.max


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier (1 March for 29 February)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 3, 1)


def _between(first: date, last: date, rng: np.random.Generator) -> date:
    if first > last:
        raise ValueError(f"No day between {first} and {last}")
    return first + timedelta(days=int(rng.integers((last - first).days + 1)))


def _usual_life(on: date) -> Life:
    """Somebody who meets every criterion that rests on a date."""
    return Life(
        born=(years_before(on, 66), years_before(on, 29)),
        settled=(years_before(on, 40), years_before(on, 6)),
        benefit_until=years_before(on, 3),
        contact_until=years_before(on, 2) - timedelta(days=1),
    )


def _draw_dates(life: Life, rng: np.random.Generator) -> Dates:
    """Birth, settling, benefit and contact, in the order in which they happened."""
    born = _between(*life.born, rng)
    settled = _between(max(born, life.settled[0]), life.settled[1], rng)
    grown_up = years_before(born, -18)
    first = max(grown_up, settled, life.benefit_from)
    benefit = _between(first, max(first, life.benefit_until), rng)
    contact = _between(
        max(benefit, life.contact_from), max(benefit, life.contact_until), rng
    )
    # Many a birth in the register has no day: of some people only the year is known.
    inside = life.born[0].year < born.year < life.born[1].year
    year_only = inside and rng.random() < 0.04
    return Dates(
        birth=RegisterDate(born.year) if year_only else RegisterDate.of(born),
        settled=RegisterDate.of(settled),
        benefit_since=RegisterDate.of(benefit),
        last_contact=RegisterDate.of(contact),
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the list and its number; every place has other numbers."""

    bsn: str
    place: int


def _compose(
    slot: Slot, life: Life, country: str, sex: str, rng: np.random.Generator
) -> Person:
    dates = _draw_dates(life, rng)
    return Person(
        identity=draw_identity(
            bsn=slot.bsn, place=slot.place, country=country, sex=sex, rng=rng
        ),
        sex=sex,
        birth=dates.birth,
        birth_country=country,
        # Who was born here has lived here since then.
        settled=dates.birth if country == HOME else dates.settled,
        benefit_since=dates.benefit_since,
        last_contact=dates.last_contact,
    )


def _admitted_life(person: IntakeAnswers, on: date) -> Life:
    """A life that fits the answers; on the list's date it meets every criterion."""
    birth_year = person.answers["birth_year"].number
    came = person.answers["migration_year"]
    usual = _usual_life(on)
    oldest_allowed = min(date(birth_year, 12, 31), years_before(on, 28))
    born = (date(birth_year, 1, 1), oldest_allowed)
    if came.missing:
        return replace(usual, born=born, settled=(born[0], born[1]))
    settled = (date(came.number, 1, 1), date(came.number, 12, 31))
    return replace(usual, born=born, settled=settled)


def _draw_admitted(
    person: IntakeAnswers, slot: Slot, on: date, rng: np.random.Generator
) -> Person:
    country = str(person.answers["birthplace"].value)
    sex = str(person.answers["sex"].value)
    life = _admitted_life(person, on)
    admitted = replace(_compose(slot, life, country, sex, rng), intake=person.number)
    if country == HOME:
        parents = draw_identity(
            bsn=slot.bsn,
            place=slot.place,
            country=HOME,
            sex=sex,
            rng=rng,
            parents_abroad=True,
        )
        override = Override("background", "parents_born_abroad")
        return replace(admitted, identity=parents, overrides=(override,))
    if country in EUROPE:
        override = Override("background", "origin_comparable")
        return replace(admitted, overrides=(override,))
    return admitted


def _other_life(criterion: str, outcome: str, on: date) -> Life:
    """The usual life with other days where the case asks for that."""
    usual = _usual_life(on)
    if outcome == "unknown" and criterion == "age":
        # Of the year in which one turns 28 only the year is known: perhaps 27 still.
        year = on.year - 28
        return replace(usual, born=(date(year, 1, 1), date(year, 12, 31)))
    if outcome != "not_met":
        return usual
    recently = {
        "age": replace(
            usual,
            born=(
                years_before(on, 28) + timedelta(days=1),
                years_before(on, 22),
            ),
        ),
        # A first year on benefit has its talk with the municipality too.
        "benefit_duration": replace(
            usual,
            benefit_from=on - timedelta(days=690),
            benefit_until=on - timedelta(days=60),
            contact_until=on - timedelta(days=1),
        ),
        "settled": replace(
            usual,
            settled=(
                years_before(on, 5) + timedelta(days=1),
                years_before(on, 4),
            ),
        ),
        "out_of_sight": replace(
            usual,
            contact_from=on - timedelta(days=690),
            contact_until=on - timedelta(days=1),
        ),
    }
    return recently.get(criterion, usual)


Change = Callable[[Person, np.random.Generator], Person]
# What a case leaves out of the row, or says otherwise; the dates are in `_other_life`.
OTHERWISE: Mapping[tuple[str, str], Change] = {
    ("age", "unknown"): lambda p, _: replace(p, birth=RegisterDate(p.birth.year)),
    ("benefit_duration", "unknown"): lambda p, _: replace(p, benefit_since=None),
    ("settled", "unknown"): lambda p, _: replace(p, settled=None),
    ("status_approach", "not_met"): lambda p, _: replace(p, status_approach="ja"),
    ("status_approach", "unknown"): lambda p, _: replace(p, status_approach=""),
    ("out_of_sight", "unknown"): lambda p, _: replace(p, last_contact=None),
    ("other_track", "unknown"): lambda p, _: replace(p, running_track="onbekend"),
    ("other_track", "not_met"): lambda p, rng: replace(
        p, running_track=str(rng.choice(running_tracks()))
    ),
    ("background", "unknown"): lambda p, _: replace(p, birth_country=""),
}


def _draw_other(
    case: tuple[str, str], slot: Slot, on: date, rng: np.random.Generator
) -> Person:
    western = case == ("background", "not_met")
    country = str(rng.choice(countries("western" if western else "non_western")))
    sex = "woman" if rng.random() < 0.58 else "man"
    person = _compose(slot, _other_life(*case, on), country, sex, rng)
    change = OTHERWISE.get(case)
    return change(person, rng) if change else person


def _cases(people: int) -> list[tuple[str, str]]:
    """So many cases in the shares of the list; what rounding leaves is eligible."""
    shares = list_shares()
    cases = [case for case, share in shares.items() for _ in range(int(share * people))]
    return cases + [("", "met")] * (people - len(cases))


def draw_people(
    seed: int,
    answers: Sequence[IntakeAnswers],
    *,
    on: date = LIST_DATE,
    size: int = LIST_SIZE,
    series: int = 0,
) -> tuple[Person, ...]:
    """The people on a target list, in an order left to chance.

    `series` keeps the numbers of several lists apart (0 to 6).
    """
    if not len(answers) <= size <= SERIES:
        raise ValueError(f"A list of {size} is not between {len(answers)} and {SERIES}")
    rng = np.random.default_rng([seed, 529, series])
    numbers = shuffled(numbers_for_tests(series), rng)
    places = shuffled(range(series * SERIES, (series + 1) * SERIES), rng)
    slots = [Slot(*slot) for slot in zip(numbers, places, strict=True)]
    people = [_draw_admitted(person, slots.pop(), on, rng) for person in answers]
    people += [
        _draw_other(case, slots.pop(), on, rng) for case in _cases(size - len(people))
    ]
    return tuple(shuffled(people, rng))
