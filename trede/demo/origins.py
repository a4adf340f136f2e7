"""Who the people of the demo are: sex, age, origin, household, education, language.

Ages, countries and ages at migration are published in masked groups. Each person gets
one of each so that the years are possible together: nobody came before being born,
nor from a country in years in which hardly anybody came from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trede.demo.drawing import Scores, exchange_until, hand_out, shuffled, standardised
from trede.demo.margins import FIGURES, NOT_ASKED, SKIPPED, YES, Answer, Band, Group

Columns = dict[str, list[Answer]]
LANGUAGE = ("dutch_speaking", "dutch_understanding", "dutch_reading")
# A household is asked about before language; who breaks off there has answered neither.
BROKEN_OFF = ("marital_status", "children_at_home", *LANGUAGE)


@dataclass(frozen=True, slots=True)
class Origin:
    """The three masked groups of one person before the years are drawn."""

    ages: tuple[int, ...]
    arrived: tuple[int, ...]
    at_migration: tuple[int, ...]

    @property
    def born_here(self) -> bool:
        return not self.arrived

    def years(self) -> list[tuple[int, int]]:
        """Every possible pair of birth year and migration year (0: born here)."""
        intake = FIGURES.people.intake_year
        births = range(intake - self.ages[1], intake - self.ages[0] + 1)
        if self.born_here or not self.at_migration:
            same = self.born_here and not self.at_migration
            return [(birth, 0) for birth in births] if same else []
        first, last = self.arrived
        youngest, oldest = self.at_migration
        return [
            (birth, year)
            for birth in births
            for year in range(
                max(first, birth + youngest), min(last, birth + oldest) + 1
            )
        ]


def _repeated(bands: Sequence[Band], group: Group) -> list[Band]:
    return [band for band in bands for _ in range(band.counts[group])]


def _age_ranges(group: Group) -> list[tuple[int, ...]]:
    """The age range of each person; one participant is the youngest ever admitted."""
    ranges = [band.ages for band in _repeated(FIGURES.ages, group)]
    youngest = FIGURES.people.youngest
    if group == "participants":
        first = [(youngest + 1, ranges[0][1])] * ranges.count(ranges[0])
        ranges[: len(first)] = [(youngest, youngest), *first[1:]]
    return ranges


def _draw_years(group: Group, rng: np.random.Generator) -> Columns:
    ages = shuffled(_age_ranges(group), rng)
    places = shuffled(_repeated(FIGURES.birthplaces, group), rng)
    came_at = shuffled(
        [band.ages for band in _repeated(FIGURES.ages_at_migration, group)], rng
    )
    possible: dict[Origin, list[tuple[int, int]]] = {}

    def origins() -> list[Origin]:
        return [
            Origin(age, place.arrived, at)
            for age, place, at in zip(ages, places, came_at, strict=True)
        ]

    def years_of(origin: Origin) -> list[tuple[int, int]]:
        if origin not in possible:
            possible[origin] = origin.years()
        return possible[origin]

    exchange_until(
        [ages, came_at], lambda: sum(not years_of(o) for o in origins()), rng
    )
    drawn = [years[int(rng.integers(len(years)))] for years in map(years_of, origins())]
    countries = [str(rng.choice(place.countries)) for place in places]
    return {
        "birth_year": [Answer(birth) for birth, _ in drawn],
        "birthplace": [Answer(country) for country in countries],
        "migration_year": [Answer(year) if year else NOT_ASKED for _, year in drawn],
    }


def ages(columns: Columns) -> Scores:
    """Whole years in the year of the intake."""
    intake = FIGURES.people.intake_year
    return np.array([float(intake - a.number) for a in columns["birth_year"]])


def years_here(columns: Columns) -> Scores:
    """Years in the Netherlands; a whole life for who was born here."""
    intake = FIGURES.people.intake_year
    since = zip(columns["migration_year"], columns["birth_year"], strict=True)
    return np.array(
        [
            float(intake - (birth if came.missing else came).number)
            for came, birth in since
        ]
    )


def _draw_household(
    columns: Columns, group: Group, rng: np.random.Generator
) -> Columns:
    margins = FIGURES.options[group]
    age = ages(columns)
    sex = hand_out(margins["sex"], np.zeros(len(age)), rng)
    woman = np.array([float(answer.value == "woman") for answer in sex])
    marital = hand_out(margins["marital_status"], standardised(age), rng)
    single = np.array([float(answer.value == "never_married") for answer in marital])
    raising = np.abs(age - 42) < 12
    family = 0.8 * woman - 1.2 * single + 1.5 * raising
    children = hand_out(margins["children_at_home"], family, rng, noise=0.7)
    numbers = rng.choice([1, 2, 3, 4, 5], size=len(age), p=[0.3, 0.34, 0.22, 0.1, 0.04])
    return {
        "sex": sex,
        "marital_status": marital,
        "children_at_home": children,
        "children_number": [
            Answer(int(number)) if answer == YES else NOT_ASKED
            for answer, number in zip(children, numbers, strict=True)
        ],
    }


def _draw_language(columns: Columns, group: Group, rng: np.random.Generator) -> Columns:
    here = years_here(columns)
    came_at = ages(columns) - here
    schooling = hand_out(
        FIGURES.options[group]["education"], -standardised(came_at), rng, noise=1.5
    )
    margin = FIGURES.options[group]["education"]
    learned = np.array([margin.index(answer) / len(margin) for answer in schooling])
    mastery = standardised(here) - standardised(came_at) + standardised(learned)
    person = standardised(mastery + rng.normal(size=len(here)))
    language = {}
    for code in LANGUAGE:
        scale = list(FIGURES.scales[group][code])
        scale += [SKIPPED] * (len(here) - len(scale))
        language[code] = hand_out(scale, person, rng, noise=0.5)
    return {"education": schooling} | language


def _gather_missing(columns: Columns, rng: np.random.Generator) -> None:
    """Let the few answers that lack come from one person, who broke off."""
    who = int(rng.integers(len(columns["sex"])))
    for code in BROKEN_OFF:
        column = columns[code]
        for holder, answer in enumerate(column):
            if answer.missing:
                column[holder], column[who] = column[who], column[holder]
    numbers, children = columns["children_number"], columns["children_at_home"]
    for holder, answer in enumerate(children):
        if answer != YES:
            numbers[holder] = NOT_ASKED
        elif numbers[holder] == NOT_ASKED:
            numbers[holder] = Answer(1)


def draw_background(group: Group, rng: np.random.Generator) -> Columns:
    """One list of answers for each question about the background."""
    columns = _draw_years(group, rng)
    columns |= _draw_household(columns, group, rng)
    columns |= _draw_language(columns, group, rng)
    _gather_missing(columns, rng)
    return columns
