"""Figures of an analysis as they are printed: in their own units, in the reader's form.

A share is a percentage and the change of one so many percentage points; a logarithm of
a ratio is printed as the ratio; what is withheld says so. Nothing is called
significant.
"""

from dataclasses import dataclass, replace
from math import exp

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from trede.reports.effects.analysis_json import (
    End,
    Ends,
    EstimateJson,
    WayJson,
)
from trede.reports.laying_out import Shown
from trede.reports.wording import number, off_zero, signed

DASH = "–"
# Beginnings of methods whose figure is in other units than the outcome's own.
SHARES = (
    "share_up",
    "share_same",
    "share_down",
    "share_at_",
    "share_with_step",
    "share_above_",
    "share_below_",
    "share_reached_",
    "item_nonresponse",
    "nonresponse_",
    "floor",
    "ceiling",
    "aalen_johansen",
)
# Of one group; of two it is a difference.
ONE_CURVE = ("kaplan_meier", "kaplan_meier_cr2")
DIFFERENCES_IN_SHARE = (
    "mcnemar",
    "sign_test",
    "share_with_any_",
    "share_from_",
    "with_unknown_",
    "share_difference_",
    "risk_difference",
    "fisher_exact",
    "kaplan_meier_difference",
)
STATISTICS = (
    "stuart_maxwell",
    "bhapkar",
    "bowker",
    "nominal_test",
    "log_rank",
    "proportional_hazards",
    "interaction_htz",
    "freeman_halton",
)
LOGARITHMS = ("proportional_odds", "risk_ratio", "log_ratio", "cox")
CORRELATIONS = ("mann_whitney", "icc_anova", "item_rest", "cronbach", "omega")
TEST_WITHHELD = "test_withheld"
# Of these `df` counts what is compared, not how sure the spread is.
CHI_SQUARES = (
    "stuart_maxwell",
    "bhapkar",
    "bowker",
    "nominal_test",
    "log_rank",
    "proportional_hazards",
)
FEW_DEGREES = 4  # Below this an interval can be told, but a p-value says nothing.
DAYS = ("median_days", "restricted_mean")
# Of ordered answers these lay shares up together.
OF_PILOTS = ("reml_", "next_pilot", "fixed_effect", "one_stage_change", "leave_one_out")


@dataclass(frozen=True)
class Unit:
    """How a figure is printed; `scale` turns it into what is printed."""

    code: str
    places: int
    scale: float = 1
    difference: bool = True

    def bare(self, value: float) -> str:
        """Without a sign or a word behind it."""
        told = exp(value) if self.code == "ratio" else value * self.scale
        return plainly(told, self.places)

    def figure(self, value: End) -> str:
        if value is None:
            return DASH
        if isinstance(value, str):
            return "0" if (value, self.code) == ("-inf", "ratio") else no_figure()
        if self.code == "ratio":
            return number(exp(value), self.places)
        told = value * self.scale
        if self.difference:
            return signed(told, self.places)
        return plainly(told, self.places) + ("%" if self.code == "share" else "")

    def interval(self, ends: Ends) -> str:
        """From and to, without the word behind it."""
        if not ends:
            return DASH
        low, high = ends
        if high == "inf":
            return _("%(low)s or more") % {"low": self.end(low)}
        if low == "-inf" and self.code != "ratio":
            return _("%(high)s or less") % {"high": self.end(high)}
        return _("%(low)s to %(high)s") % {
            "low": self.end(low),
            "high": self.end(high),
        }

    def end(self, value: End) -> str:
        return self.fine_enough(value).figure(value)

    def fine_enough(self, end: End) -> "Unit":
        """With more digits when an end of a difference would be printed as 0 and is
        not: a reader should see on which side of 0 it lies."""
        if not self.difference or not isinstance(end, int | float):
            return self
        return replace(self, places=off_zero(end * self.scale, self.places))

    def word(self, value: float) -> str:
        """The word behind a figure."""
        one = abs(round(value * self.scale, self.places)) == 1
        return _WORDS.get(self.code, _no_word)(1 if one else 2)


def _points(count: int) -> str:
    return ngettext("point", "points", count)


def _percentage_points(count: int) -> str:
    return ngettext("percentage point", "percentage points", count)


def _treads(count: int) -> str:
    return ngettext("tread", "treads", count)


def _answers(count: int) -> str:
    return ngettext("answer up the scale", "answers up the scale", count)


def _hours(count: int) -> str:
    return npgettext("unit of a week", "hour", "hours", count)


def _days(count: int) -> str:
    return ngettext("day", "days", count)


def _no_word(count: int) -> str:
    return ""


_WORDS = {
    "points": _points,
    "percentage_points": _percentage_points,
    "treads": _treads,
    "answers": _answers,
    "hours": _hours,
    "days": _days,
}
POINTS = Unit("points", 2)
PERCENTAGE_POINTS = Unit("percentage_points", 1, 100)
SHARE = Unit("share", 1, 100, difference=False)
TREADS = Unit("treads", 2)
ANSWERS = Unit("answers", 2)
HOURS = Unit("hours", 1)
DAYS_OF_TIME = Unit("days", 0, difference=False)
DAYS_APART = Unit("days", 0)
RATIO = Unit("ratio", 2, difference=False)
PLAIN = Unit("plain", 2, difference=False)
BY_TYPE = {
    "score": POINTS,
    "likert": ANSWERS,
    "ladder": TREADS,
    "binary": PERCENTAGE_POINTS,
    "hours": HOURS,
    "time": DAYS_OF_TIME,
}


def unit_of(estimate: EstimateJson) -> Unit:
    """The unit of this estimate: of its method, otherwise of its outcome."""
    method = estimate.get("method", "")
    core = method.removeprefix("complete_").removeprefix("ipw_")
    kind = estimate.get("type", "")
    if core.startswith(LOGARITHMS):
        return RATIO
    if core.startswith(STATISTICS + CORRELATIONS):
        return PLAIN
    if core in ONE_CURVE or core.startswith(SHARES):
        return SHARE
    if core.startswith(DIFFERENCES_IN_SHARE) or _is_net_share(core, kind):
        return PERCENTAGE_POINTS
    if core.startswith(OF_PILOTS) and kind == "likert":
        return PERCENTAGE_POINTS
    if core.startswith(DAYS):
        return DAYS_APART if "difference" in core else DAYS_OF_TIME
    unit = BY_TYPE.get(kind, POINTS)
    if core.startswith(("adjusted_mean", "mean_of_any")) and "difference" not in core:
        return _level_of(unit, core)
    return unit


def _is_net_share(core: str, kind: str) -> bool:
    """The headline of an ordered outcome is the net share up."""
    net = ("signed_rank", "net_share_up")
    return kind == "likert" and core.startswith(net)


def _level_of(unit: Unit, core: str) -> Unit:
    """A mean of one moment has no sign; a difference between groups has."""
    if core.startswith("mean_of_any_ancova"):
        return unit
    return Unit(unit.code, unit.places, unit.scale, difference=False)


def no_figure() -> str:
    """In the place of a figure without an end: everybody who changed went one way."""
    return _("cannot be estimated")


def keeps_test_back(estimate: EstimateJson) -> bool:
    """Whether only the test of a figure was kept back; its note says so."""
    return TEST_WITHHELD in (estimate.get("notes") or ())


def has_few_degrees(estimate: EstimateJson | WayJson) -> bool:
    """Whether its p-value rests on too few degrees of freedom to be printed."""
    df = estimate.get("df")
    method = estimate.get("method", "")
    if method.startswith(CHI_SQUARES) and not method.endswith("_htz"):
        return False
    return estimate.get("p") is not None and df is not None and df < FEW_DEGREES


def no_test_told() -> str:
    return _(
        "No p-value is given where it would rest on fewer than %(n)s degrees of"
        " freedom: it would say nothing."
    ) % {"n": number(FEW_DEGREES)}


def p_value(p: float | None) -> str:
    """`p = 0,03`; below a thousandth no digits."""
    if p is None:
        return DASH
    if p < 0.001:
        return _("p < %(least)s") % {"least": number(0.001, 3)}
    return f"p = {number(p, 3 if p < 0.01 else 2)}"


def bare_p(p: float | None) -> str:
    told = p_value(p).removeprefix("p = ").removeprefix("p ")
    return told.replace(" ", "\N{NO-BREAK SPACE}")


def hidden() -> Shown:
    return Shown(_("hidden"), hidden=True)


def shown(text: str | None, *, withheld: object = None) -> Shown:
    """A figure of a table; withheld when its entry says so and it has no value."""
    if text is None or text == DASH:
        return hidden() if withheld else Shown(DASH)
    return Shown(text)


def counted(n: int | None, *, withheld: object = None) -> Shown:
    return shown(None if n is None else number(n), withheld=withheld)


def share_shown(value: float | None, *, withheld: object = None) -> Shown:
    told = None if value is None else number(value * 100, 1) + "%"
    return shown(told, withheld=withheld)


def value_shown(
    value: float | None, places: int = 2, *, withheld: object = None
) -> Shown:
    return shown(None if value is None else plainly(value, places), withheld=withheld)


def plainly(value: float, places: int) -> str:
    """Without a plus, but with a minus that is as wide as one."""
    rounded = round(value, places) or 0.0
    return number(rounded, places).replace("-", "\N{MINUS SIGN}")


def capital(text: str) -> str:
    """As the beginning of a sentence or a row; names inside keep their letters."""
    return text[:1].upper() + text[1:]
