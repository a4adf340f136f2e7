"""Who is in the figures and who is missing, before anything is said of a change.

The way of the people, and what the primary outcomes would be under other suppositions
about who is missing.
"""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.reports.charts import forest, participants
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    FlowJson,
    MeasuredJson,
    WayJson,
    headlines,
)
from trede.reports.effects.circumstances import asked_in_sections
from trede.reports.effects.figures import (
    DASH,
    POINTS,
    Unit,
    bare_p,
    counted,
    has_few_degrees,
    no_test_told,
    shown,
    unit_of,
    value_shown,
)
from trede.reports.effects.methods_told import method_told, notes_told
from trede.reports.effects.names import Names
from trede.reports.effects.plotting import ends_of, figure_of
from trede.reports.effects.who_left import leaver_section
from trede.reports.effects.who_was_reached import reached_section
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.sections import Section
from trede.reports.wording import number

STATUSES = {
    "stayed": pgettext_lazy("status", "Stayed"),
    "dropout": pgettext_lazy("status", "Left before the end"),
    "ineligible": pgettext_lazy("status", "Proved not to belong in the study"),
}
WAYS = {
    "complete_cases": pgettext_lazy(
        "way with missing answers", "Only who answered twice"
    ),
    "ipw": pgettext_lazy("way with missing answers", "Weighted for who is missing"),
    "mi": pgettext_lazy("way with missing answers", "Missing answers filled in"),
    "lee": pgettext_lazy("way with missing answers", "Lee's bounds"),
    "manski": pgettext_lazy("way with missing answers", "Bounds without supposition"),
}
BOUNDS = {
    "lee": pgettext_lazy(
        "way with missing answers",
        "Lee's bounds suppose that taking part makes nobody answer less, or nobody"
        " answer more; they are of people who would answer in either group.",
    ),
    "manski": pgettext_lazy(
        "way with missing answers",
        "The bounds without supposition give everybody who is missing the least, or"
        " the most, that the scale allows.",
    ),
}


def people_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    if flow := analysis.get("flow"):
        yield _way(flow, names)
    if reached := analysis.get("reached"):
        yield reached_section(reached, names)
    if attrition := analysis.get("attrition"):
        yield leaver_section(attrition, names)
    yield from asked_in_sections(analysis, names)


# The way of the people ---------------------------------------------------------------


def _way(flow: FlowJson, names: Names) -> Section:
    measured = flow.get("measured") or ()
    told = _flow_lead(flow, measured)
    title = _("From the file to both measurements")
    drawn = participants.Participants(title, tuple(_steps(flow, measured, names)))
    return Section(
        "people",
        _("Of whom are these figures?"),
        told,
        picture=participants.participants(drawn),
        grid=participants.grid(drawn),
        method=[
            _(
                "Who proved not to belong in the study is in no figure and is not"
                " counted as missing. Who left is missing wherever there is no answer."
            )
        ],
    )


def _flow_lead(flow: FlowJson, measured: Sequence[MeasuredJson]) -> str:
    both = measured[0].get("both") if measured else None
    people = _belonging(flow)
    if both is None or people is None:
        return _("How many people answered at both moments is not shown in full.")
    return _(
        "%(both)s of %(people)s people answered at least one question at both moments."
    ) % {"both": number(both), "people": number(people)}


def _belonging(flow: FlowJson) -> int | None:
    people, status = flow.get("people"), flow.get("status") or {}
    ineligible = status.get("ineligible", 0)
    return None if people is None or ineligible is None else people - ineligible


def _steps(
    flow: FlowJson, measured: Sequence[MeasuredJson], names: Names
) -> Iterator[participants.Step]:
    people, belonging = flow.get("people"), _belonging(flow)
    yield participants.Step(_("In the file"), people)
    ineligible = (flow.get("status") or {}).get("ineligible", 0)
    if ineligible != 0:
        reason = participants.Exit(str(STATUSES["ineligible"]), ineligible)
        yield participants.Step(
            _("Belong in the study"), belonging, exits=(reason,), gone=ineligible
        )
    if not measured:
        return
    first = measured[0]
    before, both = first.get("before"), first.get("both")
    yield participants.Step(
        _("Measured: %(moment)s") % {"moment": names.first},
        before,
        gone=_less(belonging, before),
    )
    left = (flow.get("status") or {}).get("dropout", 0)
    exits = (participants.Exit(str(STATUSES["dropout"]), left),) if left != 0 else ()
    yield participants.Step(
        _("Measured at both moments"), both, exits=exits, gone=_less(before, both)
    )


def _less(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else before - after


# Other suppositions ------------------------------------------------------------------


def sensitivity_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    ways = analysis.get("sensitivity") or ()
    for outcome, contrast in dict.fromkeys((w["outcome"], w["contrast"]) for w in ways):
        found = [
            w for w in ways if (w["outcome"], w["contrast"]) == (outcome, contrast)
        ]
        unit = _unit_of(analysis, outcome, contrast)
        yield _side_by_side(found, unit, names)


def _unit_of(analysis: AnalysisJson, outcome: str, contrast: str) -> Unit:
    """The unit of a mean of this outcome: that of its type."""
    for one in headlines(analysis, contrast):
        if one["outcome"] == outcome:
            return unit_of({"type": one.get("type", ""), "method": "mean_change"})
    return POINTS


def _side_by_side(ways: Sequence[WayJson], unit: Unit, names: Names) -> Section:
    outcome = ways[0]["outcome"]
    name = names.outcome(outcome)
    told = _same_sign(ways, name)
    hidden = all(way.get("suppressed") for way in ways)
    rows = tuple(
        forest.Row(
            str(WAYS.get(way["way"], method_told(way["method"]))),
            figure_of(way.get("estimate"), unit),
            *ends_of(way.get("ci"), unit),
            bounds=_bounds(way, unit),
        )
        for way in ways
    )
    drawn = forest.Forest(
        told, rows, along=_("Estimate, with 95% interval or bounds"), places=unit.places
    )
    return Section(
        f"missing-{outcome}",
        _("%(outcome)s: what if those who are missing were otherwise?")
        % {"outcome": name},
        told,
        picture=None if hidden else forest.forest(drawn),
        grid=Grid(
            _("%(outcome)s under other suppositions about who is missing")
            % {"outcome": name},
            ("n", _("Estimate or bounds"), _("95% interval"), "df", _("p")),
            tuple(_way_line(way, unit) for way in ways),
        ),
        method=[
            _(
                "Weighting and filling in suppose that who is missing is like people"
                " with the same characteristics and start."
            ),
            *(str(BOUNDS[code]) for code in BOUNDS if code in {w["way"] for w in ways}),
            *_notes(ways),
        ],
    )


def _notes(ways: Sequence[WayJson]) -> Iterator[str]:
    """A note that is not of every way says of which it is."""
    codes = dict.fromkeys(note for way in ways for note in way.get("notes") or ())
    for code in codes:
        (told,) = notes_told([code])
        having = [way for way in ways if code in (way.get("notes") or ())]
        named = ", ".join(str(WAYS.get(w["way"], w["way"])) for w in having)
        yield told if len(having) == len(ways) else f"{named}: {told}"
    if any(way.get("df") for way in ways):
        yield _("df: degrees of freedom; of answers filled in by Barnard and Rubin.")
    if any(map(has_few_degrees, ways)):
        yield no_test_told()


def _same_sign(ways: Sequence[WayJson], name: str) -> str:
    if any(way.get("suppressed") for way in ways):
        return _("Not every figure is shown: too few people stand behind some.")
    values = [way.get("estimate") for way in ways]
    known = [value for value in values if isinstance(value, int | float)]
    if not known:
        return ""
    if min(known) * max(known) <= 0:
        return _("%(outcome)s: not every estimate is on the same side of zero.") % {
            "outcome": name
        }
    ends = [end for way in ways for end in way.get("bounds") or ()]
    bounds = [end for end in ends if isinstance(end, int | float)]
    told = str(_SIDES[min(known) > 0, _all_on_a_side([*known, *bounds])])
    return told % {"outcome": name}


_SIDES: Mapping[tuple[bool, bool], Promise] = {
    (True, True): gettext_lazy(
        "%(outcome)s: every estimate is above zero, and the bounds are too."
    ),
    (True, False): gettext_lazy(
        "%(outcome)s: every estimate is above zero. The bounds, which suppose least"
        " about who is missing, do not rule out zero or less."
    ),
    (False, True): gettext_lazy(
        "%(outcome)s: every estimate is below zero, and the bounds are too."
    ),
    (False, False): gettext_lazy(
        "%(outcome)s: every estimate is below zero. The bounds, which suppose least"
        " about who is missing, do not rule out zero or more."
    ),
}


def _all_on_a_side(values: Sequence[float]) -> bool:
    return min(values) > 0 or max(values) < 0


def _bounds(way: WayJson, unit: Unit) -> tuple[float, float] | None:
    low, high = ends_of(way.get("bounds"), unit)
    return None if low is None or high is None else (low, high)


def _way_line(way: WayJson, unit: Unit) -> Line:
    withheld, bounds = way.get("suppressed"), way.get("bounds")
    few = has_few_degrees(way)
    value = unit.interval(bounds) if bounds else unit.figure(way.get("estimate"))
    ends = unit.interval(way.get("ci")) if way.get("ci") else DASH
    figures: tuple[Shown, ...] = (
        counted(way.get("n"), withheld=withheld),
        shown(value, withheld=withheld),
        shown(ends, withheld=withheld),
        value_shown(way.get("df"), 1, withheld=withheld),
        shown(DASH if few else bare_p(way.get("p")), withheld=withheld),
    )
    return Line(str(WAYS.get(way["way"], method_told(way["method"]))), figures)
