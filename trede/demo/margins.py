"""The published figures as margins: how many people gave which answer to a question.

`figures.toml` holds them with their source. Here they become lists of answers,
one for each person, in the order in which an answer goes with a score; `drawing`
hands them out.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).parent

Group = Literal["participants", "dropouts"]
GROUPS: tuple[Group, ...] = ("participants", "dropouts")


class Missing(StrEnum):
    """Why there is no value: four different things."""

    REFUSED = "refused"
    DONT_KNOW = "dont_know"
    SKIPPED = "skipped"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered: a value, or the reason why there is none."""

    value: str | int | None = None
    missing: Missing | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.missing is None):
            raise ValueError("An answer is a value or the reason why there is none.")

    @property
    def number(self) -> int:
        """The value of a question that asks for a number."""
        if not isinstance(self.value, int):
            raise TypeError(f"{self.value!r} is not a number")
        return self.value


SKIPPED = Answer(missing=Missing.SKIPPED)
NOT_ASKED = Answer(missing=Missing.NOT_ASKED)
NOT_TICKED = Answer("not")
YES = Answer("yes")


@dataclass(frozen=True, slots=True)
class Band:
    """A masked group: its code, what it stands for, and how many people are in it."""

    code: str
    counts: Mapping[Group, int]
    ages: tuple[int, ...]
    countries: tuple[str, ...]
    arrived: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SumMargin:
    """A published mean as the sum of all answers, within bands (low, high, people)."""

    total: int
    bands: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class HoursMargin:
    """How many name an activity, their mean hours, how many skipped the question."""

    named: int
    mean: int
    most: int
    skipped: int
    left_out: int
    beyond: int


@dataclass(frozen=True, slots=True)
class People:
    """How many people there are of each kind, and what is claimed of them together."""

    participants: int
    dropouts: int
    evaluated: int
    intake_year: int
    youngest: int
    isolated: int
    discriminated: int
    dropout_left: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """All margins of the intake, and the masking with which the source prints them."""

    people: People
    options: Mapping[Group, Mapping[str, tuple[Answer, ...]]]
    scales: Mapping[Group, Mapping[str, tuple[Answer, ...]]]
    sums: Mapping[str, SumMargin]
    hours: Mapping[str, HoursMargin]
    ages: tuple[Band, ...]
    ages_at_migration: tuple[Band, ...]
    birthplaces: tuple[Band, ...]


def answer(code: str) -> Answer:
    """The answer behind an option's code, or behind a reason why there is none."""
    if code in set(Missing):
        return Answer(missing=Missing(code))
    return Answer(code)


def _options(counts: Mapping[str, int]) -> tuple[Answer, ...]:
    return tuple(answer(code) for code, n in counts.items() for _ in range(n))


def _scale(counts: Sequence[int]) -> tuple[Answer, ...]:
    return tuple(Answer(step) for step, n in enumerate(counts, 1) for _ in range(n))


def _bands(entries: Sequence[Mapping[str, Any]]) -> tuple[Band, ...]:
    return tuple(
        Band(
            code=entry["code"],
            counts={group: entry[group] for group in GROUPS},
            ages=tuple(entry.get("ages", ())),
            countries=tuple(entry.get("countries", ())),
            arrived=tuple(entry.get("arrived", ())),
        )
        for entry in entries
    )


def read_figures(path: Path = FOLDER / "figures.toml") -> Figures:
    """The margins in the file, checked by the tests against the published tables."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    groups: dict[Group, dict[str, Any]] = {group: data[group] for group in GROUPS}
    masking = data["masking"]
    return Figures(
        people=People(**data["people"]),
        options={
            group: {code: _options(counts) for code, counts in part["options"].items()}
            for group, part in groups.items()
        },
        scales={
            group: {code: _scale(counts) for code, counts in part["scales"].items()}
            for group, part in groups.items()
        },
        sums={
            code: SumMargin(entry["sum"], tuple(map(tuple, entry["bands"])))
            for code, entry in data["participants"]["sums"].items()
        },
        hours={
            code: HoursMargin(**({"left_out": 0, "beyond": 0} | entry))
            for code, entry in data["participants"]["hours"].items()
        },
        ages=_bands(masking["age"]),
        ages_at_migration=_bands(masking["age_at_migration"]),
        birthplaces=_bands(masking["birthplace"]),
    )


FIGURES = read_figures()
