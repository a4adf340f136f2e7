"""What a value in a pilot file may look like: a code, a label, a number of weeks.

The classes in `rules` carry these as annotations, so that one line there says both
what a rule means and which values it accepts. Reading, writing and describing a
pilot file all follow from that line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Wanted:
    """Why a value is refused, and what to write instead."""

    what: Words
    fix: Words


@dataclass(frozen=True)
class Between:
    least: int
    most: int

    def refuse(self, value: object) -> Wanted | None:
        if isinstance(value, int) and self.least <= value <= self.most:
            return None
        return Wanted(
            format_lazy(_("{value} is out of range."), value=value),
            format_lazy(
                _("Write a whole number from {least} to {most}."),
                least=self.least,
                most=self.most,
            ),
        )


@dataclass(frozen=True, eq=False)
class Written:
    """A text that matches a pattern, with the pattern said in words."""

    pattern: str
    in_words: Words

    def refuse(self, value: object) -> Wanted | None:
        if isinstance(value, str) and re.fullmatch(self.pattern, value):
            return None
        return Wanted(
            format_lazy(_("“{value}” cannot be used here."), value=value),
            self.in_words,
        )


@dataclass(frozen=True)
class Dated:
    """A day in the time that a pilot can be about."""

    first: date
    last: date

    def refuse(self, value: object) -> Wanted | None:
        if isinstance(value, date) and self.first <= value <= self.last:
            return None
        return Wanted(
            format_lazy(_("{value} cannot be right."), value=value),
            format_lazy(
                _("Write a date from {first} to {last}."),
                first=self.first,
                last=self.last,
            ),
        )


Constraint = Between | Written | Dated


@dataclass(frozen=True)
class DependsOn:
    """The shape of this value is chosen by the value of a key beside it."""

    key: str
    shapes: Mapping[str, type]


Code = Annotated[
    str,
    Written(
        r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}",
        _("Use letters, digits, _ and - only, 40 at most, without spaces."),
    ),
]
Text = Annotated[
    str,
    Written(
        r"(?=.*\S)[^\x00-\x1f\x7f]{1,400}",
        _("Write a text of 1 to 400 characters on one line."),
    ),
]
Telephone = Annotated[
    str,
    Written(
        r"\+?[0-9][0-9 -]{2,18}[0-9]",
        _("Write a telephone number with digits and spaces, such as 024 000 00 00."),
    ),
]
Country = Annotated[
    str,
    Written(
        r"[A-Z]{2}",
        _("Use the country's code of two capitals (ISO 3166-1), such as SY."),
    ),
]
Day = Annotated[date, Dated(date(1950, 1, 1), date(2199, 12, 31))]
Percent = Annotated[int, Between(0, 100)]
Positive = Annotated[int, Between(1, 1_000_000)]
Days = Annotated[int, Between(0, 3650)]
Offset = Annotated[int, Between(-3650, 3650)]
Weeks = Annotated[int, Between(1, 520)]
Months = Annotated[int, Between(1, 600)]
Years = Annotated[int, Between(1, 120)]
