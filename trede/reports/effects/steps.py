"""The ladder: who moved where, who could not move, and which small steps were taken."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trede.pilots.describing_guidance import DOMAINS
from trede.reports.charts import heat_map, ladder_flows, moves
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    LadderJson,
    StepJson,
)
from trede.reports.effects.estimate_table import estimate_grid, hidden_told
from trede.reports.effects.figures import (
    DASH,
    SHARE,
    capital,
    counted,
    share_shown,
    shown,
)
from trede.reports.effects.how_long import time_sections
from trede.reports.effects.names import Names
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Section
from trede.reports.wording import number, percent

STEPS = "steps_"


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
    found, caption = ladder.get("estimates") or (), _("The ladder: all estimates")
    return Section(
        "ladder-ends",
        _("Who could go up or down at all?"),
        f"{_ends_told(ladder)} {hidden_told(found)}".rstrip(),
        grid=estimate_grid(list(found), caption, adjusted=False) if found else None,
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
