"""The ladder: who moved where, who could not move, and how long a first step took."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from trede.pilots.describing_guidance import DOMAINS
from trede.reports.charts import heat_map, ladder_flows, moves, time_to_event
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    EstimateJson,
    LadderJson,
    StepJson,
    TimesJson,
)
from trede.reports.effects.answering import answer_told
from trede.reports.effects.beside_coaches import undone_by_coaches
from trede.reports.effects.estimate_table import estimate_grid, hidden_told
from trede.reports.effects.figures import (
    DASH,
    SHARE,
    capital,
    counted,
    share_shown,
    shown,
)
from trede.reports.effects.methods_told import how_estimated
from trede.reports.effects.names import Names
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Section
from trede.reports.wording import number, percent

STEPS = "steps_"
# So many lines can be told apart in one picture.
TOGETHER = 2


def ladder_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    if ladder := analysis.get("ladder"):
        yield from _moves(ladder, names)
        yield _ends(ladder, names)
        if ladder.get("small_steps"):
            yield _small_steps(ladder, names)
    yield from time_sections(analysis, names)


def _moves(ladder: LadderJson, names: Names) -> Iterator[Section]:
    data = _table(ladder, names)
    told = _directions(data)
    who = _who(ladder, names)
    if data is None:
        yield Section("ladder", _("Who moved on the ladder?"), told)
        return
    yield Section(
        "ladder",
        _("Who moved on the ladder?"),
        told,
        picture=ladder_flows.ladder_flows(data),
        method=[
            _(
                "The width of a stream is the number of people who went from one tread"
                " to another. The figures stand in the table under the next picture."
            ),
            *who,
        ],
    )
    yield Section(
        "ladder-table",
        _("From which tread to which?"),
        "",
        picture=heat_map.heat_map(data),
        grid=moves.grid(data),
        method=[
            _(
                "Rows are the tread before, columns the tread after; on the diagonal"
                " are those who stayed."
            ),
            *who,
        ],
    )


def _who(ladder: LadderJson, names: Names) -> list[str]:
    group = ladder.get("group", "")
    if not group:
        return []
    return [_("These are the %(group)s only.") % {"group": names.group(group)}]


def _table(ladder: LadderJson, names: Names) -> moves.Moves | None:
    cells = ladder.get("cells")
    if not cells:
        return None
    treads = range(1, ladder["treads"] + 1)
    outcome = ladder.get("outcome", "")
    labels = (names.answer(outcome, tread) for tread in treads)
    return moves.Moves(
        _("From which tread to which"),
        tuple(
            moves.Answer(str(tread), label)
            for tread, label in zip(treads, labels, strict=True)
        ),
        names.first,
        names.second,
        tuple(tuple(row) for row in cells),
    )


def _directions(data: moves.Moves | None) -> str:
    if data is None or data.n is None or None in data.directions:
        return _(
            "How people moved on the ladder is not shown in full: few people went one"
            " way, or were on one of the treads."
        )
    up, same, down = (n or 0 for n in data.directions)
    return _(
        "Of %(n)s people %(up)s went up (%(share_up)s), %(same)s stayed on the same"
        " tread (%(share_same)s) and %(down)s went down (%(share_down)s)."
    ) % {
        "n": number(data.n),
        "up": number(up),
        "same": number(same),
        "down": number(down),
        "share_up": percent(100 * up / data.n),
        "share_same": percent(100 * same / data.n),
        "share_down": percent(100 * down / data.n),
    }


def _ends(ladder: LadderJson, names: Names) -> Section:
    return Section(
        "ladder-ends",
        _("Who could go up or down at all?"),
        f"{_ends_told(ladder)} {hidden_told(ladder.get('estimates') or ())}".rstrip(),
        grid=estimate_grid(
            list(ladder.get("estimates") or ()),
            _("The ladder: all estimates"),
            adjusted=False,
        ),
        method=[
            _(
                "Who begins on the lowest tread can only stay or rise, who begins on"
                " the highest only stay or fall. The figures without them are a check"
                " and never the answer: choosing people by where they began shifts the"
                " mean by itself."
            ),
            *_who(ladder, names),
        ],
    )


def _ends_told(ladder: LadderJson) -> str:
    floor, ceiling = ladder.get("floor") or {}, ladder.get("ceiling") or {}
    low, high, n = floor.get("before"), ceiling.get("before"), ladder.get("n")
    if low is None or high is None or not n:
        return _("How many people began at an end of the ladder is not shown.")
    return _(
        "Of %(n)s people %(low)s began on the lowest tread and %(high)s on the highest."
    ) % {"n": number(n), "low": number(low), "high": number(high)}


# Small steps -------------------------------------------------------------------------


def _small_steps(ladder: LadderJson, names: Names) -> Section:
    found = ladder.get("small_steps") or ()
    return Section(
        "small-steps",
        _("Which small steps did people take?"),
        _most_steps(found, names),
        grid=Grid(
            _("People who took at least one small step, by life domain"),
            ("n", _("Share"), _("95% interval")),
            tuple(_step_line(one, names) for one in found),
        ),
        method=[
            _(
                "These are steps that a coach wrote down. Where nobody looked there are"
                " none, so they are no measure to compare coaches by."
            )
        ],
    )


def _most_steps(found: object, names: Names) -> str:
    steps: list[StepJson] = list(found) if isinstance(found, list | tuple) else []
    known = [one for one in steps if one.get("share") is not None]
    if not known or len(known) < len(steps):
        return ""
    most = max(known, key=lambda one: one.get("share") or 0)
    return _("Most often in the domain “%(domain)s”: %(share)s of people.") % {
        "domain": domain_told(most["domain"], names),
        "share": share_shown(most.get("share")).text,
    }


def _step_line(one: StepJson, names: Names) -> Line:
    withheld = one.get("suppressed")
    ends = SHARE.interval(one.get("ci")) if one.get("ci") else DASH
    return Line(
        domain_told(one["domain"], names),
        (
            counted(one.get("n"), withheld=withheld),
            share_shown(one.get("share"), withheld=withheld),
            shown(ends, withheld=withheld),
        ),
    )


def domain_told(code: str, names: Names) -> str:
    """A life domain: a word of the study's, or of the thirteen of the matrix."""
    if code in names.outcomes:
        return names.outcome(code)
    plain = code.removeprefix(STEPS)
    return capital(str(DOMAINS[plain])) if plain in DOMAINS else names.outcome(plain)


# Time until it happens ---------------------------------------------------------------


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
            group = names.group(one["group"])
            title = _("%(outcome)s, %(group)s") % {**words, "group": group}
            own = [e for e in estimates if _group_of(e) == one["group"]]
            code = f"time-{outcome}-{place}" if place else f"time-{outcome}"
            yield _followed(code, title, [one], own, analysis, names)
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
        along=_("Days since the start"),
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
            *_last_day(times),
            *_marks_told(times),
            *_few_days_known(times),
            *_lines_weighted(analysis),
            *_band_told(times, estimates),
            *(how_estimated(headline) if headline else []),
        ],
    )


def _last_day(times: list[TimesJson]) -> list[str]:
    if all(one.get("horizon") is None for one in times):
        return []
    return [
        _("The last day counted is day %(day)s after somebody's start.")
        % {"day": number(_horizon(times))}
    ]


def _few_days_known(times: list[TimesJson]) -> list[str]:
    """A public line, of which the days of single people are left out."""
    if not any(one.get("coarse") and one.get("curve") for one in times):
        return []
    return [
        _(
            "The dots are days by which it had happened to enough more people. Up to"
            " the next dot the line stays where it was: what happened in between is"
            " not told. Of another day the table says between which shares it lies."
        )
    ]


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
