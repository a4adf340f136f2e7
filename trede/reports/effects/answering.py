"""The answer to a research question in sentences: what changed, and how sure that is.

The words follow the design: without people to compare with at the same time a
difference is a change; with them it is a difference between groups. What the interval
leaves out is said, and nothing is called significant.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.reports.effects.analysis_json import EstimateJson, OutcomeJson
from trede.reports.effects.beside_coaches import coaches_told
from trede.reports.effects.figures import (
    RATIO,
    Unit,
    capital,
    has_few_degrees,
    keeps_test_back,
    no_test_told,
    p_value,
    unit_of,
)
from trede.reports.effects.methods_told import size_told
from trede.reports.wording import number

OVER_PILOTS = "reml_"  # The mean over pilots, of which people are no part.
LEAST = "e_value"  # A size with a lower limit only.


def answer_told(
    headline: EstimateJson,
    levels: OutcomeJson | None,
    *,
    compares: bool,
    by_coach: EstimateJson | None = None,
) -> str:
    """The headline in two or three sentences; one when it is withheld.

    Args:
        by_coach: the estimate by coach, when that does not bear out the headline; its
            interval may be missing.
    """
    value = headline.get("estimate")
    if headline.get("suppressed") or value is None:
        return _(
            "This figure is not shown: few people went one way, or gave one of the"
            " answers."
        )
    unit = unit_of(headline)
    if isinstance(value, str):
        return _(
            "This ratio cannot be estimated: in one of the groups nobody, or everybody,"
            " gave such an answer%(interval)s."
        ) % {"interval": _in_brackets(headline, unit)}
    told = [_difference(headline, unit) if compares else _change(headline, unit)]
    over_pilots = headline.get("method", "").startswith(OVER_PILOTS)
    if over_pilots:
        told.append(
            _(
                "That is the mean over the pilots, in which each counts by how sure its"
                " own figure is."
            )
        )
    if not compares and levels is not None:
        told += _from_and_to(levels, over_pilots=over_pilots)
    if by_coach is None:
        told += left_out(headline, unit, compares=compares)
    else:
        told.append(coaches_told(by_coach, compares=compares))
    return " ".join(told)


def _change(headline: EstimateJson, unit: Unit) -> str:
    figures = _figures(headline, unit)
    if unit.code == "percentage_points" and headline.get("type") == "likert":
        return (
            _(
                "The share of people who went up is %(size)s higher than the share who"
                " went down%(interval)s."
            )
            if _sign(headline) >= 0
            else _(
                "The share of people who went up is %(size)s lower than the share who"
                " went down%(interval)s."
            )
        ) % figures
    if unit.code == "percentage_points":
        return (
            _("The share rose by %(size)s%(interval)s.")
            if _sign(headline) >= 0
            else _("The share fell by %(size)s%(interval)s.")
        ) % figures
    if unit.code in ("share", "days"):
        return _level(headline, unit)
    if not _sign(headline):
        return _("On average nothing changed%(interval)s.") % figures
    return (
        _("The mean rose by %(size)s%(interval)s.")
        if _sign(headline) > 0
        else _("The mean fell by %(size)s%(interval)s.")
    ) % figures


def _level(headline: EstimateJson, unit: Unit) -> str:
    return (
        _("It happened to %(figure)s%(interval)s by the last day counted.")
        if unit.code == "share"
        else _("On average it took %(figure)s days%(interval)s.")
    ) % {
        "figure": unit.figure(headline.get("estimate")),
        "interval": _in_brackets(headline, unit),
    }


def difference_told(estimate: EstimateJson) -> str:
    """The difference between two groups in one sentence."""
    return _difference(estimate, unit_of(estimate))


def _difference(headline: EstimateJson, unit: Unit) -> str:
    figures = _figures(headline, unit)
    if unit.code == "ratio":
        return _(
            "The odds of a higher answer are %(ratio)s times those of the comparison"
            " group%(interval)s."
        ) % (figures | {"ratio": unit.figure(headline.get("estimate"))})
    if unit.code == "days":
        return (
            _("It took participants %(size)s longer on average%(interval)s.")
            if _sign(headline) >= 0
            else _("It took participants %(size)s less on average%(interval)s.")
        ) % figures
    if not _sign(headline):
        return _("The groups do not differ%(interval)s.") % figures
    return (
        _(
            "Participants come out %(size)s higher than the comparison"
            " group%(interval)s."
        )
        if _sign(headline) > 0
        else _(
            "Participants come out %(size)s lower than the comparison"
            " group%(interval)s."
        )
    ) % figures


def _sign(headline: EstimateJson) -> float:
    value = headline.get("estimate")
    if isinstance(value, str):
        return -1.0 if value.startswith("-") else 1.0
    return float(value or 0)


def _figures(headline: EstimateJson, unit: Unit) -> dict[str, str]:
    value = abs(_sign(headline))
    size = f"{unit.bare(value)} {unit.word(value)}".strip()
    return {"size": size, "interval": _in_brackets(headline, unit)}


def _in_brackets(headline: EstimateJson, unit: Unit) -> str:
    if not headline.get("ci"):
        return ""
    return _(" (95%% interval %(interval)s)") % {
        "interval": unit.interval(headline.get("ci"))
    }


def _from_and_to(levels: OutcomeJson, *, over_pilots: bool) -> list[str]:
    """From which level to which: means, or shares of a yes.

    Over pilots these are of all people as one, and differ by another figure than the
    mean over the pilots: that is said.
    """
    before, after = levels.get("mean_before"), levels.get("mean_after")
    if levels.get("type") == "binary":
        before, after = levels.get("share_before"), levels.get("share_after")
        if before is None or after is None:
            return []
        told = {"before": number(before * 100, 1), "after": number(after * 100, 1)}
        if over_pilots:
            return [
                _("Of all people together it went from %(before)s%% to %(after)s%%.")
                % told
            ]
        return [_("It went from %(before)s%% to %(after)s%%.") % told]
    if before is None or after is None:
        return []
    told = {"before": number(before, 2), "after": number(after, 2)}
    if over_pilots:
        return [
            _("Of all people together the mean went from %(before)s to %(after)s.")
            % told
        ]
    return [_("The mean went from %(before)s to %(after)s.") % told]


# What the interval leaves out --------------------------------------------------------


def left_out(headline: EstimateJson, unit: Unit, *, compares: bool) -> list[str]:
    """Which answers are not compatible with the data, by the interval."""
    ends = _numbers(headline.get("ci"))
    if ends is None or unit.code in ("share", "plain") or not unit.difference:
        return [] if unit.code != "ratio" else _ratio_left_out(ends)
    low, high = ends
    if low <= 0 <= high:
        return [_spans_nothing(low, high, unit, compares=compares)]
    return [_beyond_nothing(low, high, unit, compares=compares)]


def _ratio_left_out(ends: tuple[float, float] | None) -> list[str]:
    if ends is None:
        return []
    if ends[0] <= 0 <= ends[1]:
        return [_("The interval does not leave out that the groups are alike.")]
    return [_("The interval leaves out that the groups are alike.")]


def _numbers(ends: object) -> tuple[float, float] | None:
    if not isinstance(ends, Sequence) or len(ends) != 2:
        return None
    low, high = ends
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return None
    return float(low), float(high)


def _spans_nothing(low: float, high: float, unit: Unit, *, compares: bool) -> str:
    ends = {"low": _size(low, unit), "high": _size(high, unit)}
    if compares:
        return (
            _(
                "The interval does not leave out that the groups are alike; it does"
                " leave out a difference of more than %(high)s longer or %(low)s"
                " shorter."
            )
            if unit.code == "days"
            else _(
                "The interval does not leave out that the groups are alike; it does"
                " leave out a difference of more than %(high)s up or %(low)s down."
            )
        ) % ends
    return (
        _(
            "The interval does not leave out that nothing changed; it does leave out a"
            " rise of more than %(high)s and a fall of more than %(low)s."
        )
        % ends
    )


def _beyond_nothing(low: float, high: float, unit: Unit, *, compares: bool) -> str:
    up = low > 0
    far = {"most": _size(high if up else low, unit)}
    if compares:
        return (
            _(
                "The interval leaves out that the groups are alike, and a difference of"
                " more than %(most)s."
            )
            % far
        )
    if up:
        return (
            _(
                "The interval leaves out that it stayed the same or fell, and a rise of"
                " more than %(most)s."
            )
            % far
        )
    return (
        _(
            "The interval leaves out that it stayed the same or rose, and a fall of"
            " more than %(most)s."
        )
        % far
    )


def _size(value: float, unit: Unit) -> str:
    unit = unit.fine_enough(value)
    return f"{unit.bare(abs(value))} {unit.word(abs(value))}".strip()


# Beside the answer -------------------------------------------------------------------


def people_told(estimate: EstimateJson) -> str:
    """How many people the figure rests on, and how many had no answer."""
    n, missing = estimate.get("n"), estimate.get("n_missing")
    if n is None:
        return _("How many people it rests on is not shown.")
    told = ngettext("n = %(n)s person", "n = %(n)s people", n) % {"n": number(n)}
    if missing is None:
        return f"{told}."
    return ngettext(
        "%(told)s of %(all)s; %(missing)s has no usable answer.",
        "%(told)s of %(all)s; %(missing)s have no usable answer.",
        missing,
    ) % {"told": told, "all": number(n + missing), "missing": number(missing)}


def p_told(estimate: EstimateJson) -> str:
    """The p-value, and what is left of it among all questions that were asked."""
    p = estimate.get("p")
    if estimate.get("suppressed") or keeps_test_back(estimate):
        return ""
    if has_few_degrees(estimate):
        return no_test_told()
    if p is None:
        return _("There is no test with this figure.")
    told = [p_value(p)]
    if estimate.get("p_holm") is not None:
        told.append(
            _("adjusted by Holm %(p)s") % {"p": p_value(estimate.get("p_holm"))}
        )
    if estimate.get("p_bh") is not None:
        told.append(
            _("adjusted by Benjamini-Hochberg %(p)s")
            % {"p": p_value(estimate.get("p_bh"))}
        )
    return ", ".join(told) + "."


def sizes_told(estimate: EstimateJson) -> list[str]:
    """The figure on scales that can be compared, each with its interval; not a ratio
    beside the same ratio."""
    told, same = [], unit_of(estimate) is RATIO
    for size in estimate.get("sizes") or ():
        value, ends = size.get("value"), size.get("ci")
        if value is None or (same and size["name"].endswith("ratio")):
            continue
        unit = Unit("plain", 2, difference=False)
        words = f"{capital(size_told(size['name']))}: {unit.figure(value)}"
        if ends and size["name"] == LEAST:
            # The other end is the figure itself.
            words += _(" (lower limit %(low)s)") % {"low": unit.figure(ends[0])}
        elif ends:
            words += f" ({unit.interval(ends)})"
        told.append(f"{words}.")
    return told
