"""In which circumstances people were asked, and what changed in which.

A change between a measurement before a lockdown and one in the middle of it may be the
lockdown's. Nobody was divided over circumstances by lot: no test, and no conclusion.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from trede.reports.charts import forest
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    AskedInJson,
    ByCircumstanceJson,
    ChangeInJson,
    headlines,
)
from trede.reports.effects.figures import (
    DASH,
    POINTS,
    Unit,
    capital,
    counted,
    shown,
    unit_of,
)
from trede.reports.effects.names import Names
from trede.reports.effects.plotting import ends_of, figure_of
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.sections import Section
from trede.reports.wording import number


def asked_in_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    asked = analysis.get("asked_in") or ()
    if not asked:
        return
    moments = list(dict.fromkeys(one["moment"] for one in asked))
    called = dict(zip(moments, (names.first, names.second), strict=False))
    yield Section(
        "asked-in",
        _("In which circumstances were people asked?"),
        " ".join(_how_many(moment, called[moment], asked, names) for moment in moments),
        grid=Grid(
            _("How many people were asked in which circumstances"),
            tuple(called.values()),
            tuple(_lines(asked, moments, names)),
        ),
        method=[
            _(
                "Whoever was asked in other circumstances may answer otherwise for"
                " that, whatever happened in the trajectory."
            )
        ],
    )


def _how_many(
    moment: str, called: str, asked: Sequence[AskedInJson], names: Names
) -> str:
    here = [one for one in asked if one["moment"] == moment]
    if any(one.get("n") is None for one in here):
        return _("%(moment)s: how many in which is not shown.") % {"moment": called}
    told = (f"{names.period(one['level'])}: {number(one.get('n'))}" for one in here)
    return f"{called}: {'; '.join(told)}."


def _lines(
    asked: Sequence[AskedInJson], moments: Sequence[str], names: Names
) -> Iterator[Line]:
    found = {(one["moment"], one["level"]): one for one in asked}
    for level in dict.fromkeys(one["level"] for one in asked):
        cells = (found.get((moment, level)) for moment in moments)
        yield Line(names.period(level), tuple(map(_cell, cells)))


def _cell(one: AskedInJson | None) -> Shown:
    if one is None:
        return Shown(DASH)
    return counted(one.get("n"), withheld=one.get("suppressed"))


def circumstance_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    for found in analysis.get("by_circumstance") or ():
        yield _of_one(found, _unit(analysis, found), names)


def _unit(analysis: AnalysisJson, found: ByCircumstanceJson) -> Unit:
    for one in headlines(analysis, found["contrast"]):
        if one["outcome"] == found["outcome"]:
            return unit_of({"type": one.get("type", ""), "method": "mean_change"})
    return POINTS


def _of_one(found: ByCircumstanceJson, unit: Unit, names: Names) -> Section:
    words = {"outcome": names.outcome(found["outcome"])}
    levels = found.get("levels") or ()
    title = _("%(outcome)s: the change by circumstances") % words
    question = _("%(outcome)s: did it matter when people were asked?") % words
    name = f"circumstances-{found['outcome']}-{found['contrast'].replace('/', '-')}"
    if not levels:
        told = _("This is not shown: too few people stand behind it.")
        return Section(name, question, told)
    rows = tuple(
        forest.Row(
            _pairs(one, names),
            figure_of(one.get("estimate"), unit),
            *ends_of(one.get("ci"), unit),
            under=f"n = {number(one.get('n'))}",
        )
        for one in levels
    )
    drawn = forest.Forest(
        title, rows, along=_("Change, 95% interval"), places=unit.places
    )
    return Section(
        name,
        question,
        capital("; ".join(_told(one, unit, names) for one in levels)) + ".",
        picture=forest.forest(drawn),
        grid=Grid(
            title,
            ("n", _("Estimate"), _("95% interval")),
            tuple(_line(one, unit, names) for one in levels),
        ),
        method=[
            _(
                "The mean change of who was asked in these circumstances at both"
                " moments, with an interval by t. There is no test: nobody was divided"
                " over circumstances by lot, and who was asked when may differ in more"
                " than that. Circumstances with fewer than ten people stand together."
            )
        ],
    )


def _told(one: ChangeInJson, unit: Unit, names: Names) -> str:
    return _("%(when)s: %(change)s (%(n)s people)") % {
        "when": _pairs(one, names),
        "change": unit.figure(one.get("estimate")),
        "n": number(one.get("n")),
    }


def _line(one: ChangeInJson, unit: Unit, names: Names) -> Line:
    ends = unit.interval(one.get("ci")) if one.get("ci") else DASH
    figures = (counted(one.get("n")), shown(unit.figure(one.get("estimate"))))
    return Line(_pairs(one, names), (*figures, shown(ends)))


def _pairs(one: ChangeInJson, names: Names) -> str:
    return _(", or ").join(
        _("twice in “%(period)s”") % {"period": names.period(then)}
        if then == now
        else _("first “%(then)s”, then “%(now)s”")
        % {"then": names.period(then), "now": names.period(now)}
        for then, now in one["pairs"]
    )
