"""How a pilot is studied and reported: waves, designs, circumstances, masked tables,
and what the final report will estimate, which is decided before there are answers.

A design may change while the study runs: then an amendment says when, why, and which
sitting is the baseline for whom. Periods count both their first and their last day.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from django.utils.translation import get_language

from trede.pilots.shape import (
    Between,
    Code,
    Country,
    Day,
    Days,
    Months,
    Offset,
    Positive,
    Text,
)

CircumstanceKind = Literal["open", "halted", "digital_only", "places_closed"]


def is_read_in_english() -> bool:
    return (get_language() or "nl").startswith("en")


def in_reader_words(dutch: str, english: str | None) -> str:
    return (english if is_read_in_english() else None) or dutch


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something with a name of the pilot's own, if wanted in English too."""

    code: Code
    label: Text
    label_en: Text | None = None

    @property
    def said(self) -> str:
        """The name in the language of who reads, as far as the pilot has it."""
        return in_reader_words(self.label, self.label_en)


@dataclass(frozen=True, kw_only=True)
class Due:
    """Under a design, for whom a wave falls due, and how many days round a moment."""

    design: Code
    for_whom: Literal["everyone", "first", "second"]
    moment: Literal["intake", "delayed_start", "closing", "partner_closing"]
    opens_days: Offset
    closes_days: Offset


# The channel of contact that a reminder goes through.
CHANNEL_OF = {"letter": "letter", "email": "email", "sms": "message"}


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """So many days after the moment, or after the opening of the window if that comes
    later; by the first of these ways in which a person can be reached."""

    after_days: Days
    by: tuple[Literal["letter", "email", "sms"], ...]


@dataclass(frozen=True, kw_only=True)
class Wave(Choice):
    questionnaire: Code
    due: tuple[Due, ...]
    reminders: tuple[Reminder, ...] = ()
    # Whether a reminder carries a link with which one answers on one's own telephone.
    own_telephone: bool = False
    retired_on: Day | None = None
    retired_reason: Text | None = None
    retired_reason_en: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Design(Choice):
    kind: Literal["waiting_list", "pre_post", "control_group"]
    from_on: Day
    until_on: Day | None = None
    pair_within_days: Days | None = None
    wait_at_most_months: Months | None = None


@dataclass(frozen=True, kw_only=True)
class Baseline:
    for_whom: Literal["started", "waiting", "new"]
    wave: Code
    sitting: Literal["first", "latest"]


@dataclass(frozen=True, kw_only=True)
class Amendment:
    on: Day
    from_design: Code
    to_design: Code
    reason: Text
    reason_en: Text | None = None
    baselines: tuple[Baseline, ...]


@dataclass(frozen=True, kw_only=True)
class Circumstance(Choice):
    """A dated period; what is in no period is `open`. The last day belongs to it."""

    kind: CircumstanceKind
    from_on: Day
    until_on: Day | None = None


# What a report shows ------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ReportSection(Choice):
    tables: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True)
class Band(Choice):
    """Ages from and up to and including; without `to_age` it has no upper end."""

    from_age: Annotated[int, Between(0, 130)]
    to_age: Annotated[int, Between(0, 130)] | None = None


@dataclass(frozen=True, kw_only=True)
class Place(Choice):
    countries: tuple[Country, ...]


@dataclass(frozen=True, kw_only=True)
class Masking:
    age_bands: tuple[Band, ...]
    migration_age_bands: tuple[Band, ...]
    places: tuple[Place, ...]
    born_here: Text
    elsewhere: Text


@dataclass(frozen=True, kw_only=True)
class ReferenceGroup:
    name: Text
    size: Positive
    source: Text


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """A wave that no report shows while its data end before a date."""

    wave: Code
    until_on: Day
    reason: Text
    reason_en: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Report:
    disclosure_norm: Code
    reference_group: ReferenceGroup | None = None
    sections: tuple[ReportSection, ...]
    withheld: tuple[Withheld, ...] = ()
    masking: Masking


# What the final report estimates ------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ResearchQuestion(Choice):
    """Its answer rests on one primary outcome; the others help to understand it."""

    primary: Code
    outcomes: tuple[Code, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Family(Choice):
    """Outcomes whose p-values are corrected for each other."""

    outcomes: tuple[Code, ...]


@dataclass(frozen=True, kw_only=True)
class Scale(Choice):
    """Items that should measure one thing. Where a lower answer is better, an item
    counts from the other end. A scale that is named among the outcomes has a score:
    the mean of what somebody answered, with so many of a hundred items or more."""

    items: tuple[Code, ...]
    answered_percent: Annotated[int, Between(1, 100)] = 50


@dataclass(frozen=True, kw_only=True)
class HourPrice:
    """What an hour of meeting costs with all that comes with it, and who says so."""

    euros: Annotated[int, Between(1, 1000)]
    source: Text


@dataclass(frozen=True, kw_only=True)
class FinalReport:
    """Whatever is left out: every question that was asked both at the intake and at the
    evaluation is an outcome, none of them primary."""

    seed: Annotated[int, Between(0, 2_147_483_647)] = 1
    estimand: Text | None = None
    estimand_en: Text | None = None
    follow_days: Annotated[int, Between(1, 3650)] | None = None
    questions: tuple[ResearchQuestion, ...] = ()
    outcomes: tuple[Code, ...] = ()
    lower_is_better: tuple[Code, ...] = ()
    families: tuple[Family, ...] = ()
    covariates: tuple[Code, ...] = ()
    subgroups: tuple[Code, ...] = ()
    scales: tuple[Scale, ...] = ()
    hour_price: HourPrice | None = None
