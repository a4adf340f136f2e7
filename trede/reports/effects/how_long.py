"""How long it took until it happened: the line, the figures under it, and from when."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from trede.reports.charts import time_to_event
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    EstimateJson,
)
from trede.reports.effects.answering import answer_told
from trede.reports.effects.beside_coaches import undone_by_coaches
from trede.reports.effects.estimate_table import estimate_grid, hidden_told
from trede.reports.effects.figures import capital
from trede.reports.effects.methods_told import how_estimated
from trede.reports.effects.names import Names
from trede.reports.effects.times_json import TimesJson
from trede.reports.effects.ways_out import way_out_section
from trede.reports.sections import Section
from trede.reports.wording import number

# So many lines can be told apart in one picture.
TOGETHER = 2
SEEN_LATER = "seen_at_assessments"


def time_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    times = analysis.get("times") or ()
    for outcome in dict.fromkeys(one["outcome"] for one in times):
        found = [one for one in times if one["outcome"] == outcome]
        estimates = [
            one for one in analysis.get("estimates") or () if one["outcome"] == outcome
        ]
        yield from _time(outcome, found, estimates, analysis, names)


def _time(
    outcome: str,
    times: list[TimesJson],
    estimates: list[EstimateJson],
    analysis: AnalysisJson,
    names: Names,
) -> Iterator[Section]:
    words = {"outcome": names.outcome(outcome)}
    whole = [one for one in estimates if "/" not in one["contrast"]]
    if len(times) <= TOGETHER:
        title = words["outcome"]
        yield _followed(f"time-{outcome}", title, times, whole, analysis, names)
    else:
        for place, one in enumerate(times):
            own_name = names.group(one["group"]) if one["group"] else ""
            group = own_name or _("all pilots together")
            title = _("%(outcome)s, %(group)s") % {**words, "group": group}
            own = [e for e in estimates if _group_of(e) == one["group"]]
            code = f"time-{outcome}-{place}" if place else f"time-{outcome}"
            yield _followed(code, title, [one], own, analysis, names)
    for ways in analysis.get("exits") or ():
        if ways["outcome"] == outcome:
            yield way_out_section(ways, names)
    if not whole:
        return
    yield Section(
        f"time-ways-{outcome}",
        _("%(outcome)s: what do other ways of looking at it say?") % words,
        hidden_told(whole),
        grid=estimate_grid(
            whole, _("%(outcome)s: all estimates") % words, adjusted=True
        ),
    )


def _group_of(estimate: EstimateJson) -> str:
    return estimate["contrast"].partition("/")[2]


def _followed(
    code: str,
    title: str,
    times: list[TimesJson],
    estimates: list[EstimateJson],
    analysis: AnalysisJson,
    names: Names,
) -> Section:
    """One picture with the figure that it goes with."""
    words = {"outcome": title}
    headline = next((one for one in estimates if one.get("headline")), None)
    compares = analysis.get("language") == "effect"
    told = ""
    if headline:
        undone = undone_by_coaches(analysis, headline)
        told = answer_told(headline, None, compares=compares, by_coach=undone)
    data = time_to_event.Times(
        told or _("%(outcome)s: share to whom it has not happened yet.") % words,
        tuple(_curve(one, names) for one in times),
        horizon=_horizon(times),
        not_yet=_("Not happened yet"),
        along=_along(estimates),
    )
    return Section(
        code,
        _("%(outcome)s: how long did it take?") % words,
        told,
        picture=time_to_event.time_to_event(data),
        grid=replace(
            time_to_event.grid(data), caption=_("%(outcome)s: day by day") % words
        ),
        method=[
            _("Who was not followed any longer counts up to that day (Kaplan-Meier)."),
            *_last_day(times, estimates),
            *_marks_told(times),
            *_few_days_known(times),
            *_lines_weighted(analysis),
            *_band_told(times, estimates),
            *(how_estimated(headline) if headline else []),
        ],
    )


def _along(estimates: list[EstimateJson]) -> str:
    if _assessed(estimates):
        return _("Days since the first assessment")
    return _("Days since the start")


def _last_day(times: list[TimesJson], estimates: list[EstimateJson]) -> list[str]:
    if all(one.get("horizon") is None for one in times):
        return []
    day = {"day": number(_horizon(times))}
    if _assessed(estimates):
        return [
            _("The last day counted is day %(day)s after the first assessment.") % day
        ]
    return [_("The last day counted is day %(day)s after somebody's start.") % day]


def _assessed(estimates: list[EstimateJson]) -> bool:
    """Whether the days count from an assessment, as those of a first rise do."""
    return any(SEEN_LATER in (one.get("notes") or ()) for one in estimates)


def _few_days_known(times: list[TimesJson]) -> list[str]:
    """A public line, of which the days of single people are left out."""
    lines = [one for one in times if one.get("coarse") and _points(one)]
    if not lines:
        return []
    to_the_end = [one for one in lines if _ends_on_horizon(one)]
    dots = _("The dots are days by which it had happened to enough more people.")
    if to_the_end:
        dots = _(
            "The dots are days by which it had happened to enough more people, and the"
            " last day that counts."
        )
    told = [
        dots,
        _(
            "Up to the next dot the line stays where it was: what happened in between"
            " is not told. Of another day the table says between which shares it lies."
        ),
    ]
    if len(to_the_end) < len(lines):
        told.append(
            _(
                "Where a line stops before the last day that counts, nobody was"
                " followed until then."
            )
        )
    return [" ".join(told)]


def _ends_on_horizon(one: TimesJson) -> bool:
    days = (one.get("curve") or {}).get("days") or ()
    return bool(days) and days[-1] == one.get("horizon")


def _lines_weighted(analysis: AnalysisJson) -> list[str]:
    """Beside a survey lines and difference are of weighted people."""
    if not analysis.get("balance"):
        return []
    return [
        _(
            "In the lines, as in the difference, people are weighted until the groups"
            " are alike; how many were still followed is a number of people."
        )
    ]


def _band_told(times: list[TimesJson], estimates: list[EstimateJson]) -> list[str]:
    """Where people share a coach and a figure counts with that."""
    drawn = any(one.get("curve") for one in times)
    if not drawn or not any("_cr2" in one.get("method", "") for one in estimates):
        return []
    return [
        _(
            "The bands around the lines take people as independent. People of one"
            " coach are not, so the bands are somewhat too narrow; figures with errors"
            " by group count with that."
        )
    ]


def _marks_told(times: list[TimesJson]) -> list[str]:
    """Only under a line that has such marks: a public one never has."""
    if not any(one.get("censored") for one in times):
        return []
    return [
        _("A small mark on the line is somebody of whom the rest is not known."),
    ]


def _horizon(times: list[TimesJson]) -> int:
    known = [one.get("horizon") for one in times]
    return int(max((one for one in known if one is not None), default=365))


def _curve(one: TimesJson, names: Names) -> time_to_event.Curve:
    return time_to_event.Curve(
        capital(names.group(one.get("group", ""))),
        one.get("n"),
        one.get("events"),
        _points(one),
        coarse=bool(one.get("coarse")),
        censored=tuple(int(day) for day in one.get("censored") or ()),
        at_risk=tuple(
            time_to_event.Followed(each["day"], each["n"])
            for each in one.get("at_risk") or ()
        ),
    )


def _points(one: TimesJson) -> tuple[time_to_event.Point, ...] | None:
    """The curve; None when it is withheld."""
    curve = one.get("curve") or {}
    days, surviving = curve.get("days"), curve.get("surviving")
    if not days or not surviving:
        return None
    none = (None,) * len(days)
    limits = zip(curve.get("low") or none, curve.get("high") or none, strict=True)
    return tuple(
        time_to_event.Point(int(day), share, low, high)
        for day, share, (low, high) in zip(days, surviving, limits, strict=True)
    )
