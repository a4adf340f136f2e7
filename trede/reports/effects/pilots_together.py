"""Several pilots together: what they say jointly, how far apart they are, and where a
next pilot may be expected.

The figure of a next pilot is told beside the mean of all: with few pilots it is wide,
and it is what a municipality that considers to begin wants to know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict, cast

from django.utils.translation import gettext as _

from trede.reports.charts import forest
from trede.reports.effects.analysis_json import Ends, EstimateJson, RefusedJson
from trede.reports.effects.answering import answer_told, p_told
from trede.reports.effects.estimate_table import estimate_grid, shown_of
from trede.reports.effects.figures import Unit, capital, p_value, shown, unit_of
from trede.reports.effects.methods_told import method_of, notes_told, refusal_told
from trede.reports.effects.names import Names
from trede.reports.effects.pilots_apart import UnlikeJson, not_handed_over, not_together
from trede.reports.effects.plotting import ends_of, figure_of
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Chapter, Section
from trede.reports.wording import number, percent

# A method of one pilot with figures of the same kind, for words and units.
ALIKE = {
    "net_share_up": "sign_test",
    "change_in_share": "mcnemar",
    "difference_in_share": "risk_difference",
    "log_odds_ratio": "proportional_odds",
    "log_hazard_ratio": "cox_efron",
    "difference_in_restricted_mean": "restricted_mean_difference",
}


class SpreadJson(TypedDict):
    q: float
    df: float
    p: float | None
    tau: float
    tau_ci: Ends
    i2: float
    i2_ci: Ends
    notes: Sequence[str]


class PilotJson(TypedDict):
    pilot: str
    population: str
    design: str
    n: int
    estimate: float
    ci: Ends
    weight: float


class WithoutJson(EstimateJson):
    without: str
    heterogeneity: SpreadJson


class PredictionJson(TypedDict):
    interval: Sequence[float]


class TogetherJson(TypedDict):
    outcome: str
    label: str
    type: str
    definition: str
    estimand: str
    language: str
    k: int
    estimates: Sequence[EstimateJson]
    prediction: PredictionJson | None
    heterogeneity: SpreadJson
    studies: Sequence[PilotJson]
    not_handed_over: Sequence[str]
    leave_one_out: Sequence[WithoutJson]
    refused: Sequence[RefusedJson]


def synthesis_chapters(found: Mapping[str, object]) -> list[Chapter]:
    """A chapter for each measure, what was refused, and what it cannot say."""
    outcomes = cast(Sequence[TogetherJson], found.get("outcomes") or ())
    refused = cast(Sequence[UnlikeJson], found.get("refused") or ())
    known = Names(
        {one["outcome"]: one.get("label", "") for one in (*outcomes, *refused)}
    )
    chapters = [
        Chapter(
            f"together-{place}",
            known.outcome(one["outcome"]),
            list(_together(one, place, known)),
        )
        for place, one in enumerate(outcomes)
    ]
    if refused:
        apart = [not_together(refused, known)]
        chapters.append(Chapter("refused", _("What could not be put together"), apart))
    points = list(_limits(outcomes))
    limits = Section(
        "together-limits", _("What can these figures not say?"), "", points=points
    )
    chapters.append(Chapter("limits", _("What these figures cannot say"), [limits]))
    return chapters


def _together(one: TogetherJson, place: int, names: Names) -> Iterator[Section]:
    headline = _alike(one["estimates"][0], one)
    unit = unit_of(headline)
    yield _all_pilots(one, headline, unit, place, names)
    name = names.outcome(one["outcome"])
    yield _spread(one, unit, place, name)
    if one["leave_one_out"]:
        yield _left_out(one, unit, place, name)
    yield Section(
        f"ways-{place}",
        _("%(outcome)s: what do other ways of putting them together say?")
        % {"outcome": name},
        _("The first line is the answer chosen beforehand; the others check it.")
        if len(one["estimates"]) > 1
        else _("With two pilots there is no other way than the mean of these two."),
        grid=_ways(one),
        points=[refusal_told(each, names) for each in one["refused"]],
    )


def _ways(one: TogetherJson) -> Grid:
    """Each way by its name, in the unit of what it puts together."""
    shown = shown_of(one["estimates"])
    alike = [_alike(each, one) for each in shown]
    found = estimate_grid(alike, _("All estimates over the pilots"), adjusted=False)
    lines = (
        replace(line, label=capital(method_of(each)))
        for line, each in zip(found.lines, shown, strict=True)
    )
    return replace(found, lines=tuple(lines))


def _alike(estimate: EstimateJson, one: TogetherJson) -> EstimateJson:
    """The estimate with the words and the unit of what it puts together."""
    method = ALIKE.get(one["estimand"], "mean_change")
    return cast(EstimateJson, {**estimate, "type": one["type"], "method": method})


def _all_pilots(
    one: TogetherJson, headline: EstimateJson, unit: Unit, place: int, names: Names
) -> Section:
    told = answer_told(headline, None, compares=one["language"] == "effect")
    data = _forest(one, headline, unit)
    words = {"outcome": names.outcome(one["outcome"]), "k": number(one["k"])}
    return Section(
        f"pilots-{place}",
        _("%(outcome)s: what do %(k)s pilots say together?") % words,
        " ".join([told, *_next_pilot(one, unit)]),
        picture=forest.forest(data),
        grid=forest.grid(data),
        method=[
            _("The size of a square is how much the pilot counts."),
            p_told(headline),
            *not_handed_over(one.get("not_handed_over") or ()),
            _("Question: %(words)s") % {"words": one["definition"]},
            *notes_told(headline.get("notes") or ()),
        ],
    )


def _forest(one: TogetherJson, headline: EstimateJson, unit: Unit) -> forest.Forest:
    low, high = ends_of(headline.get("ci"), unit)
    value = figure_of(headline.get("estimate"), unit)
    pooled: tuple[forest.Pooled, ...] = ()
    if value is not None and low is not None and high is not None:
        pooled = (
            forest.Pooled(
                _("All pilots together"),
                value,
                low,
                high,
                prediction=_prediction(one, unit),
                under=f"n = {number(headline.get('n') or 0)}",
            ),
        )
    return forest.Forest(
        _("The pilots beside each other"),
        tuple(
            forest.Row(
                each["pilot"],
                figure_of(each["estimate"], unit),
                *ends_of(each["ci"], unit),
                under=f"n = {number(each['n'])}",
                weight=100 * each["weight"],
            )
            for each in one["studies"]
        ),
        pooled=pooled,
        along=_("Effect, 95% interval")
        if one["language"] == "effect"
        else _("Change, 95% interval"),
        places=unit.places,
    )


def _prediction(one: TogetherJson, unit: Unit) -> tuple[float, float] | None:
    if one["prediction"] is None:
        return None
    low, high = ends_of(one["prediction"]["interval"], unit)
    return None if low is None or high is None else (low, high)


def _next_pilot(one: TogetherJson, unit: Unit) -> list[str]:
    if one["prediction"] is None:
        return [_("With two pilots nothing can be said of a next one.")]
    ends = unit.interval(one["prediction"]["interval"])
    if one["estimand"] in ALIKE:
        told = _(
            "In a next pilot the underlying figure, without the chance of who answers,"
            " may be expected from %(interval)s (95%% prediction interval)."
        )
    else:
        told = _(
            "In a next pilot the underlying mean, without the chance of who answers,"
            " may be expected from %(interval)s (95%% prediction interval)."
        )
    return [told % {"interval": f"{ends} {unit.word(2)}".strip()}]


# How far apart -----------------------------------------------------------------------


def _spread(one: TogetherJson, unit: Unit, place: int, name: str) -> Section:
    found = one["heterogeneity"]
    plain = Unit(unit.code, unit.places, unit.scale, difference=False)
    lines = (
        (
            _("Spread between pilots (tau)"),
            f"{plain.bare(found['tau'])} {unit.word(found['tau'])}".strip()
            if unit.code != "ratio"
            else number(found["tau"], 2),
            _ends(found["tau_ci"], plain),
        ),
        (
            _("Part of the differences that is more than chance (I²)"),
            percent(100 * found["i2"]),
            _percentages(found["i2_ci"]),
        ),
    )
    return Section(
        f"spread-{place}",
        _("%(outcome)s: how far are the pilots apart?") % {"outcome": name},
        _(
            "%(part)s of the differences between pilots is more than chance (95%%"
            " interval %(ends)s)."
        )
        % {
            "part": percent(100 * found["i2"]),
            "ends": _percentages(found["i2_ci"]),
        },
        grid=Grid(
            _("How much the pilots differ"),
            (_("Value"), _("95% interval")),
            tuple(
                Line(label, (shown(value), shown(ends))) for label, value, ends in lines
            ),
        ),
        method=[
            _("Test whether the pilots differ: Q = %(q)s, %(p)s.")
            % {"q": number(found["q"], 2), "p": p_value(found["p"])},
            _("With few pilots these figures are very uncertain; see the intervals."),
            *notes_told(found["notes"]),
        ],
    )


def _percentages(ends: Ends) -> str:
    low, high = ends_of(ends)
    if low is None or high is None:
        return "–"
    return _("%(low)s to %(high)s") % {
        "low": percent(100 * low),
        "high": percent(100 * high),
    }


def _ends(ends: Ends, unit: Unit) -> str:
    low, high = ends_of(ends)
    if low is None or high is None:
        return "–"
    told = [number(end * unit.scale, unit.places) for end in (low, high)]
    return _("%(low)s to %(high)s") % {"low": told[0], "high": told[1]}


def _left_out(one: TogetherJson, unit: Unit, place: int, name: str) -> Section:
    rows = tuple(
        forest.Row(
            _("Without %(pilot)s") % {"pilot": each["without"]},
            figure_of(each.get("estimate"), unit),
            *ends_of(each.get("ci"), unit),
        )
        for each in one["leave_one_out"]
    )
    data = forest.Forest(
        _("All pilots but one"),
        rows,
        along=_("All others together, 95% interval"),
        places=unit.places,
    )
    return Section(
        f"without-{place}",
        _("%(outcome)s: does one pilot decide the answer?") % {"outcome": name},
        _one_decides(one),
        picture=forest.forest(data),
        grid=forest.grid(data),
        method=[_("Each line leaves one pilot out and puts the others together.")],
    )


def _one_decides(one: TogetherJson) -> str:
    ends = [ends_of(each.get("ci")) for each in one["leave_one_out"]]
    sides = {_side(*each) for each in ends}
    if len(sides) == 1:
        return _("No: without any one pilot the answer lies on the same side of zero.")
    return _(
        "Yes: whether the interval leaves out no change depends on which pilots are in."
    )


def _side(low: float | None, high: float | None) -> int:
    if low is not None and low > 0:
        return 1
    return -1 if high is not None and high < 0 else 0


# What it cannot say -----------------------------------------------------------------


def _limits(outcomes: Sequence[TogetherJson]) -> Iterator[str]:
    yield _(
        "These pilots chose to take part and to hand over their figures. Pilots that"
        " did not may have come out otherwise."
    )
    if any(one["language"] == "change" for one in outcomes):
        yield _(
            "Putting changes together does not make them effects: what happened by"
            " itself is in every one of them."
        )
    yield _(
        "Only figures of groups that are large enough were handed over; small groups"
        " are not in it."
    )
    yield _("A mean over pilots says nothing of a single person in a single pilot.")
