"""The rules of one pilot: who it is for, how people are reached, how it is studied.

These classes are the meaning of a pilot file; the names of the fields are the keys in
the file. A rule without a default must be in the file. Nothing here is read from a
database: screens, tests and the demo work from the same `Rules`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Annotated, Literal

from trede.pilots.shape import (
    Between,
    Code,
    Country,
    Day,
    Days,
    DependsOn,
    Months,
    Percent,
    Positive,
    Telephone,
    Text,
    Weeks,
    Years,
)
from trede.pilots.study_rules import (
    Amendment,
    Choice,
    Circumstance,
    CircumstanceKind,
    Design,
    FinalReport,
    Report,
    Wave,
)


@dataclass(frozen=True, kw_only=True)
class Pilot:
    code: Code
    name: Text
    municipality: Text
    programme: Text
    starts_on: Day
    ends_on: Day
    aim: Positive
    help_telephone: Telephone


# Who may take part ---------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class InYears:
    years: Years


@dataclass(frozen=True, kw_only=True)
class InMonths:
    months: Months


@dataclass(frozen=True, kw_only=True)
class InCountries:
    countries: tuple[Country, ...]


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A criterion that needs no number or list."""


Parameters = InYears | InMonths | InCountries | Plain

KINDS: Mapping[str, type[Parameters]] = {
    "age_at_least": InYears,
    "benefit_longer_than_months": InMonths,
    "background": InCountries,
    "settled_at_least_years": InYears,
    "flag_not": Plain,
    "no_contact_for_months": InMonths,
    "none_running": Plain,
    "coach_judges": Plain,
}


@dataclass(frozen=True, kw_only=True)
class Criterion(Choice):
    judged: Literal["list", "screening"]
    kind: Literal[
        "age_at_least",
        "benefit_longer_than_months",
        "background",
        "settled_at_least_years",
        "flag_not",
        "no_contact_for_months",
        "none_running",
        "coach_judges",
    ]
    params: Annotated[Parameters, DependsOn("kind", KINDS)] = field(
        default_factory=Plain
    )

    @property
    def parameters(self) -> dict[str, object]:
        return asdict(self.params)


@dataclass(frozen=True, kw_only=True)
class Questions:
    """How good a translation must be here, and whether an answer may be spoken."""

    translation_at_least: Literal["machine", "reviewed", "validated"] = "machine"
    spoken_answers: bool = False


# Reaching people -----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ReferralChannel(Choice):
    explanation: Text
    referrer_form: bool


@dataclass(frozen=True, kw_only=True)
class ContactChannel:
    code: Literal[
        "telephone", "letter", "email", "message", "video", "talk", "walk", "visit"
    ]
    label: Text
    from_on: Day | None = None


@dataclass(frozen=True, kw_only=True)
class ContactOutcome:
    code: Literal[
        "spoke", "no_answer", "not_there", "message_left", "sent", "wrong_number"
    ]
    label: Text
    reached: bool


@dataclass(frozen=True, kw_only=True)
class Contact:
    order: Literal["longest_waiting"]
    calls: Annotated[int, Between(1, 20)]
    days_between_calls: Days
    parts_of_day: tuple[Literal["morning", "afternoon", "evening"], ...]
    letter_after_calls: Annotated[int, Between(1, 20)]
    wait_days_after_letter: Days
    then: Literal["rest", "close"]
    rest_months: Months
    light_contact_while_resting: bool
    light_contact_weeks: Weeks | None = None
    channels: tuple[ContactChannel, ...]
    outcomes: tuple[ContactOutcome, ...]


@dataclass(frozen=True, kw_only=True)
class Location(Choice):
    in_letter: bool
    closed_in: tuple[CircumstanceKind, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EndReason(Choice):
    """`counts_as` decides on which side of the report's dropouts somebody stands."""

    counts_as: Literal["completed", "dropout", "ineligible", "other"]


@dataclass(frozen=True, kw_only=True)
class Reasons:
    decline: tuple[Choice, ...]
    no_longer: tuple[EndReason, ...]
    closing: tuple[EndReason, ...]
    pause: tuple[Choice, ...]
    override: tuple[Choice, ...]
    not_now: tuple[Choice, ...]


# Intake and trajectory -----------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class IntakeOutcome:
    code: Literal["start", "wait", "referred_on", "not_now"]
    label: Text


@dataclass(frozen=True, kw_only=True)
class Intake:
    steps: tuple[Choice, ...]
    outcomes: tuple[IntakeOutcome, ...]


ConsentUse = Literal["study_questionnaires", "interview_recordings", "register_data"]


@dataclass(frozen=True, kw_only=True)
class Purpose:
    code: Literal["study", "recording", "register"]
    label: Text
    needed_for: tuple[ConsentUse, ...]


@dataclass(frozen=True, kw_only=True)
class DesignText:
    design: Code
    text_version: Code


@dataclass(frozen=True, kw_only=True)
class Consent:
    """The text that people sign, and the designs of which it is another one."""

    text_version: Code
    by_design: tuple[DesignText, ...] = ()
    purposes: tuple[Purpose, ...]

    def version_under(self, design: str) -> str:
        other = (one.text_version for one in self.by_design if one.design == design)
        return next(other, self.text_version)


@dataclass(frozen=True, kw_only=True)
class Topic(Choice):
    opening: Text


LifeDomain = Literal[
    "finances",
    "work_and_education",
    "use_of_time",
    "housing",
    "domestic_relations",
    "mental_health",
    "physical_health",
    "substance_use",
    "basic_activities",
    "instrumental_activities",
    "social_network",
    "participation",
    "justice",
]


@dataclass(frozen=True, kw_only=True)
class Barrier(Choice):
    domain: LifeDomain


@dataclass(frozen=True, kw_only=True)
class Talk:
    topics: tuple[Topic, ...]
    barriers: tuple[Barrier, ...]


@dataclass(frozen=True, kw_only=True)
class Limits:
    trajectory_months: Months
    pauses_stop_the_clock: bool
    caseload_from: Annotated[int, Between(0, 200)]
    caseload_to: Annotated[int, Between(1, 200)]
    warn_weeks_before_end: Weeks
    warn_weeks_without_contact: Weeks
    # So much longer a coach may make it; more, or any without this, the coordinator.
    extension_months: Months | None = None
    # Less and less contact: in the last weeks, and in the months after closing.
    tail_weeks: Weeks | None = None
    warn_weeks_without_contact_in_tail: Weeks | None = None
    after_care_months: Months | None = None
    warn_weeks_without_contact_in_after_care: Weeks | None = None
    # What somebody weighs in a coach's caseload, who weighs 100 in the months before.
    weight_in_tail_percent: Percent = 50
    weight_in_pause_percent: Percent = 20
    weight_in_after_care_percent: Percent = 10


@dataclass(frozen=True, kw_only=True)
class WorkingStep(Choice):
    weeks_after_start: Weeks | None = None


@dataclass(frozen=True, kw_only=True)
class Scheme(Choice):
    explanation: Text


@dataclass(frozen=True, kw_only=True)
class ActivityType(Choice):
    """A kind of provision; the law changes what these are called and counted as."""

    from_on: Day | None = None
    until_on: Day | None = None  # the last day on which it exists

    def exists(self, on: date) -> bool:
        return (self.from_on or on) <= on <= (self.until_on or on)


@dataclass(frozen=True, kw_only=True)
class Ladder:
    version: Code
    reassess_months: Months
    growth_potential: bool


# Keeping ------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Retention:
    client_file_years: Years
    pseudonym_key_until_on: Day
    uploaded_list_days: Days


@dataclass(frozen=True, kw_only=True)
class RoleRule:
    code: Literal[
        "coach",
        "coordinator",
        "referrer",
        "researcher",
        "policy_adviser",
        "privacy_officer",
        "administrator",
    ]
    second_factor: bool


@dataclass(frozen=True, kw_only=True)
class Rules:
    pilot: Pilot
    quarters: tuple[Choice, ...]
    criteria: tuple[Criterion, ...]
    referral_channels: tuple[ReferralChannel, ...]
    contact: Contact
    locations: tuple[Location, ...]
    reasons: Reasons
    intake: Intake
    consent: Consent
    talk: Talk
    limits: Limits
    working_steps: tuple[WorkingStep, ...]
    schemes: tuple[Scheme, ...] = ()
    activity_types: tuple[ActivityType, ...] = ()
    ladder: Ladder
    questions: Questions = field(default_factory=Questions)
    waves: tuple[Wave, ...]
    designs: tuple[Design, ...]
    amendments: tuple[Amendment, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    retention: Retention
    report: Report
    final_report: FinalReport = field(default_factory=FinalReport)
    roles: tuple[RoleRule, ...]
    # Sections of later steps, checked by the validators that those steps registered.
    sections: Mapping[str, object] = field(
        default_factory=dict, metadata={"in_file": False}
    )
