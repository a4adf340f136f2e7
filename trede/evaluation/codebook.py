"""Which values an answer may have, per code.

The codes are the contract between questionnaire, dataset and report. A value is
always compared as text: `"7"`, `"married"`, `"not"`. Whatever falls outside its
domain is refused by `dataset`, so that no table ever counts a typing error.

Scales run upwards: 1 is the least (never, poor, fully disagree) and the highest point
the most, except contacts, where 1 is at least weekly and 6 is rarely or never. Scores
from 0 to 10 are trust, feeling at home, a meaningful life and satisfaction.

Hours a week are `not` (the activity was not ticked) or 0 to 168, the hours of a week.
Years lie between 1900 and 2100; what is plausible within that, is for `derived`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

MISSING_REASONS = ("refused", "dont_know", "skipped", "not_asked")
GROUPS = ("participants", "dropouts")
WAVES = ("T0", "T0b", "T1", "T2")
ACTIVITIES = (
    "paid_work",
    "track",
    "own_business",
    "informal_care",
    "volunteering",
    "course",
    "children",
    "other",
)
CONTACTS = ("contact_neighbours", "contact_friends", "contact_family")
DISCRIMINATED = tuple(
    f"discriminated_{place}"
    for place in ("applying", "street", "school", "nightlife", "club", "work")
)
EDUCATION = (
    "none",
    "primary",
    "vmbo",
    "havo",
    "vwo",
    "secondary_unknown",
    "mbo",
    "hbo",
    "wo",
    "other",
)
FINANCIAL_SITUATION = (
    "saves",
    "little_left",
    "gets_by",
    "uses_savings",
    "debts_grow",
    "debts_shrink",
)


@dataclass(frozen=True)
class Domain:
    """The values one code may take.

    `choice` lists its `options`; `whole` is an integer from `low` to `high`;
    `hours` is `not` (not ticked) or an integer from `low` to `high`; `country` is an
    ISO 3166-1 alpha-2 code; `text` is anything and is never tabulated.
    """

    kind: Literal["choice", "whole", "hours", "country", "text"]
    options: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    def holds(self, value: str) -> bool:
        """Whether `value`, as text, lies in this domain."""
        if self.kind == "choice":
            return value in self.options
        if self.kind == "country":
            return re.fullmatch(r"[A-Z]{2}", value) is not None
        if self.kind == "text" or (self.kind == "hours" and value == "not"):
            return True
        return bool(re.fullmatch(r"\d{1,4}", value)) and (
            self.low <= int(value) <= self.high
        )

    def described(self) -> str:
        """The domain in words, for an error message."""
        if self.kind == "choice":
            return "one of " + ", ".join(self.options)
        if self.kind == "country":
            return "a country code of two capitals, such as NL"
        words = f"a whole number from {self.low} to {self.high}"
        return words + (", or not" if self.kind == "hours" else "")


def _whole(low: int, high: int) -> Domain:
    """The domain of whole numbers from `low` up to and including `high`."""
    return Domain("whole", low=low, high=high)


def _choice(*options: str) -> Domain:
    """The domain of one out of some options."""
    return Domain("choice", options)


YES_NO = _choice("yes", "no")
YEAR = _whole(1900, 2100)
HOURS = Domain("hours", low=0, high=168)

DOMAINS: Mapping[str, Domain] = {
    "sex": _choice("man", "woman", "other"),
    "birth_year": YEAR,
    "birthplace": Domain("country"),
    "migration_year": YEAR,
    "marital_status": _choice("married", "divorced", "widowed", "never_married"),
    "children_at_home": YES_NO,
    "children_number": _whole(0, 30),
    "education": _choice(*EDUCATION),
    **{f"dutch_{x}": _whole(1, 5) for x in ("speaking", "understanding", "reading")},
    "debts": YES_NO,
    "debt_help": YES_NO,
    "financial_situation": _choice(*FINANCIAL_SITUATION),
    **{x: _whole(0, 10) for x in ("trust_people", "trust_municipality", "home_in_nl")},
    **dict.fromkeys(DISCRIMINATED, _whole(1, 3)),
    **dict.fromkeys(CONTACTS, _whole(1, 6)),
    **{f"hours_{when}_{x}": HOURS for when in ("now", "wish") for x in ACTIVITIES},
    **{f"health_{x}": _whole(1, 5) for x in ("physical", "mental", "general")},
    **{x: _whole(1, 5) for x in ("solves_difficulties", "overcomes_setbacks")},
    **{x: _whole(0, 10) for x in ("meaningful", "satisfied")},
    **{
        f"value_{x}_{measure}": _whole(1, 5)
        for x in ("income", "contribution", "contacts")
        for measure in ("important", "achieved")
    },
    **{
        f"view_{x}": _whole(1, 5)
        for x in (
            "obligations_right",
            "own_way_better",
            "help_motivates",
            "unpaid_in_return",
        )
    },
    **{f"find_{x}": _whole(1, 5) for x in ("volunteering", "odd_jobs", "paid_job")},
    "wish_next": Domain("text"),
}


def domain_of(code: str) -> Domain | None:
    """The domain of a code, or None for a code that this book does not hold.

    A pilot lists its own schemes, so `scheme_<name>_uses` and `scheme_<name>_wants`
    are recognised by their shape.
    """
    if re.fullmatch(r"scheme_\w+_(uses|wants)", code):
        return YES_NO
    return DOMAINS.get(code)
