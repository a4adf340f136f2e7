"""All outcomes together, per domain: where people were, where they are, the change.

Outcomes on one scale stand in one picture. Nothing is ordered by how well it came out:
the order is that of the questionnaire.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from trede.reports.charts import dumbbell, forest
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    EstimateJson,
    OutcomeJson,
    headlines,
    main_contrasts,
    outcome_of,
)
from trede.reports.effects.estimate_table import (
    outcome_grid,
    sizes_named,
    without_end_told,
)
from trede.reports.effects.figures import RATIO, Unit, unit_of
from trede.reports.effects.methods_told import note_told
from trede.reports.effects.names import Names
from trede.reports.effects.plotting import ends_of, figure_of
from trede.reports.effects.primary import in_contrast, which_difference
from trede.reports.effects.tallying import TOO_FEW, how_many_differ, how_many_rose
from trede.reports.sections import Section
from trede.reports.wording import number

Scale = tuple[float, float]
Found = tuple[EstimateJson, OutcomeJson]
MOVING = ("score", "likert", "binary", "hours", "ladder")


def overview_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    for contrast in main_contrasts(analysis):
        if analysis.get("language") == "effect":
            yield from _effects(analysis, contrast, names)
        else:
            of = in_contrast(analysis, contrast, names)
            yield from _changes(analysis, contrast, of)


# Changes -----------------------------------------------------------------------------


def _changes(analysis: AnalysisJson, contrast: str, names: Names) -> Iterator[Section]:
    found = [
        (one, levels)
        for one in headlines(analysis, contrast)
        if one.get("type") in _told_here(analysis)
        and (levels := outcome_of(analysis, one["outcome"], contrast)) is not None
    ]
    for (kind, scale), group in groupby(
        sorted(found, key=_scale_order), key=lambda pair: _scale_of(pair[1])
    ):
        yield _together(list(group), kind, scale, contrast, analysis, names)


def _told_here(analysis: AnalysisJson) -> tuple[str, ...]:
    """The ladder has a chapter of its own, when it was analysed as one."""
    return MOVING[:-1] if analysis.get("ladder") else MOVING


def _scale_of(levels: OutcomeJson) -> tuple[str, Scale | None]:
    values = levels.get("values")
    if levels.get("type") == "binary":
        return "binary", (0, 100)
    if not values:
        return levels.get("type", ""), None
    return levels.get("type", ""), (values[0], values[-1])


def _scale_order(pair: Found) -> tuple[int, Scale]:
    kind, scale = _scale_of(pair[1])
    return MOVING.index(kind), scale or (0, 0)


def _together(
    found: Sequence[Found],
    kind: str,
    scale: Scale | None,
    contrast: str,
    analysis: AnalysisJson,
    names: Names,
) -> Section:
    told = how_many_rose([one for one, _levels in found], analysis, names)
    data = dumbbell.Dumbbells(
        told,
        tuple(_domains([pair for pair in found if _drawn(*pair)], names)),
        names.first,
        names.second,
        scale=scale or _reach([pair for pair in found if _drawn(*pair)], names),
        along=_along(kind),
        changed=_("Percentage points up minus down, 95% interval")
        if kind == "likert"
        else _("Change, 95% interval"),
        places=1 if kind in ("binary", "likert") else 2,
    )
    lines = [one for one, _levels in found]
    return Section(
        f"overview-{contrast}-{kind}-{'-'.join(f'{end:g}' for end in scale or ())}",
        _heading(kind, scale) + which_difference(analysis, contrast, names),
        told,
        picture=dumbbell.dumbbell(data) if data.domains else None,
        grid=outcome_grid(lines, _("The headline of each outcome"), names),
        method=[
            *sizes_named(lines),
            *without_end_told(lines),
            *(_method(kind, lines) if data.domains else _by_chance(lines)),
            *_notes(lines),
        ],
        points=list(_nobody_or_everybody(found, names)),
    )


def _domains(found: Sequence[Found], names: Names) -> Iterator[dumbbell.Domain]:
    """The order of the questionnaire; a domain where its first outcome stands."""
    labels = dict.fromkeys(names.domain(one["outcome"]) for one, _levels in found)
    for label in labels:
        yield dumbbell.Domain(
            label,
            tuple(
                _item(one, levels, names)
                for one, levels in found
                if names.domain(one["outcome"]) == label
            ),
        )


def _item(one: EstimateJson, levels: OutcomeJson, names: Names) -> dumbbell.Item:
    """Means or shares at the left; at the right the headline in its own unit."""
    unit, scale = unit_of(one), 1
    before, after = levels.get("mean_before"), levels.get("mean_after")
    if levels.get("type") == "binary":
        before, after = levels.get("share_before"), levels.get("share_after")
        scale = 100
    ends = ends_of(one.get("ci"), unit)
    return dumbbell.Item(
        names.outcome(one["outcome"]),
        None if before is None else before * scale,
        None if after is None else after * scale,
        figure_of(one.get("estimate"), unit),
        *ends,
        one.get("n"),
    )


def _nobody_or_everybody(found: Sequence[Found], names: Names) -> Iterator[str]:
    """Of these a change can be told, and how many times likelier a yes is cannot."""
    ends: dict[float | None, str] = {
        0: _("%(outcome)s: nobody said yes (%(wave)s)."),
        1: _("%(outcome)s: everybody said yes (%(wave)s)."),
    }
    for one, levels in found:
        for share, wave in (
            (levels.get("share_before"), names.first),
            (levels.get("share_after"), names.second),
        ):
            if share in ends:
                outcome = names.outcome(one["outcome"])
                yield ends[share] % {"outcome": outcome, "wave": wave}


def _drawn(one: EstimateJson, levels: OutcomeJson) -> bool:
    """Whether anything of it may be shown; what is all hatched says nothing."""
    told = (one.get("estimate"), levels.get("mean_before"), levels.get("mean_after"))
    return any(figure is not None for figure in told)


def _reach(found: Sequence[Found], names: Names) -> Scale:
    """From the lowest to the highest answer that there is, also where some are hidden.

    Hours have no end: as far as the means go, and a little further.
    """
    answers = [
        float(code)
        for one, _levels in found
        # Of hours the answers are those to whether somebody does it at all.
        if one.get("type") != "hours"
        for code in names.answers.get(one["outcome"], {})
        if code.isdecimal()
    ]
    if answers:
        return min(answers), max(answers)
    means = [
        mean
        for _one, levels in found
        for mean in (levels.get("mean_before"), levels.get("mean_after"))
        if mean is not None
    ]
    return 0, max([1.0, *means]) * 1.1


def _heading(kind: str, scale: Scale | None) -> str:
    if kind == "binary":
        return _("Which shares of yes changed?")
    if kind == "hours":
        return _("Do people fill their week in another way?")
    if kind == "ladder":
        return _("Where on the ladder were people, and where are they?")
    if scale is None:
        return (
            _("What changed in the scores?")
            if kind == "score"
            else _("What changed in the answers in order?")
        )
    low, high = scale
    return _("What changed in the answers from %(low)s to %(high)s?") % {
        "low": number(low),
        "high": number(high),
    }


def _along(kind: str) -> str:
    if kind == "binary":
        return _("Percentage yes")
    if kind == "hours":
        return _("Mean hours a week")
    return _("Mean answer")


def _notes(lines: Sequence[EstimateJson]) -> Iterator[str]:
    """Why some could not be counted, in words. Of which, the table does not say: that
    would tell how few of them changed."""
    have = [set(one.get("notes") or ()) for one in lines]
    for note in sorted(TOO_FEW & set().union(*have)):
        if all(note in one for one in have):
            yield note_told(note)
        else:
            told = {"note": note_told(note)}
            yield _("Of some of these outcomes: %(note)s") % told


def _method(kind: str, lines: Sequence[EstimateJson]) -> Iterator[str]:
    yield _(
        "A ring is the mean before, a dot the mean after, of the same people. The"
        " interval at the right belongs to the change."
    )
    if kind == "likert":
        yield _(
            "Rings and dots are means of the answer codes. What stands at the right, in"
            " the sentence and in the table is the headline of ordered answers: the"
            " share of people who went up minus the share who went down."
        )
    if kind == "hours":
        yield from _many_hours(lines)
    yield from _by_chance(lines)


def _many_hours(lines: Sequence[EstimateJson]) -> Iterator[str]:
    """Why the highest answers are in it, or not."""
    if any(one["outcome"].endswith("_children") for one in lines):
        yield _(
            "Of care for children answers of 90 hours and more are left out, as in the"
            " table of the week: who says so read another question."
        )
    yield _(
        "Answers of many hours count as they were given, up to 168 a week. A figure"
        " without the highest ones is not set beside it: so few people give them that"
        " the difference would tell who they are."
    )


def _by_chance(lines: Sequence[EstimateJson]) -> Iterator[str]:
    if len(lines) > 1:
        yield _(
            "With so many outcomes some intervals leave out no change by chance alone;"
            " the adjusted p-values count with that."
        )


def _apart_by_chance(lines: Sequence[EstimateJson]) -> Iterator[str]:
    if len(lines) > 1:
        yield _(
            "With so many outcomes some intervals leave out no difference by chance"
            " alone; the adjusted p-values count with that."
        )


# Effects -----------------------------------------------------------------------------


def _effects(analysis: AnalysisJson, contrast: str, names: Names) -> Iterator[Section]:
    """Beside a comparison: the difference between the groups, with its interval."""
    found = [one for one in headlines(analysis, contrast) if one.get("type") in MOVING]
    by_unit: dict[str, list[EstimateJson]] = {}
    for one in found:
        by_unit.setdefault(unit_of(one).code, []).append(one)
    for code, group in by_unit.items():
        yield _differences(group, code, contrast, analysis, names)


def _differences(
    group: Sequence[EstimateJson],
    code: str,
    contrast: str,
    analysis: AnalysisJson,
    names: Names,
) -> Section:
    unit = unit_of(group[0])
    told = how_many_differ(group, analysis, names)
    rows = tuple(
        forest.Row(
            names.outcome(one["outcome"]),
            figure_of(one.get("estimate"), unit),
            *ends_of(one.get("ci"), unit),
            under="" if one.get("n") is None else f"n = {number(one.get('n'))}",
            words=_as_ratio(one, unit),
        )
        for one in group
    )
    data = forest.Forest(
        told,
        rows,
        along=_ALONG[code]() if code in _ALONG else _("Difference"),
        lower=_("lower among participants"),
        higher=_("higher among participants"),
        places=unit.places,
        ratios=unit is RATIO,
    )
    return Section(
        f"effects-{contrast}-{code}",
        _("Which effects are there, in %(unit)s?") % {"unit": _UNITS[code]()},
        told,
        # What is all hatched says nothing.
        picture=forest.forest(data) if any(r.value is not None for r in rows) else None,
        grid=outcome_grid(group, _("The headline of each outcome"), names),
        method=[
            *sizes_named(group),
            *without_end_told(group),
            _(
                "Each line is the difference between participants and the comparison"
                " group afterwards, adjusted for where they started."
            ),
            *_apart_by_chance(group),
        ],
    )


def _as_ratio(one: EstimateJson, unit: Unit) -> str:
    """Logarithms are drawn, and ratios are read."""
    if unit is not RATIO:
        return ""
    return f"{unit.figure(one.get('estimate'))} ({unit.interval(one.get('ci'))})"


_UNITS = {
    "points": lambda: _("points"),
    "percentage_points": lambda: _("percentage points"),
    "treads": lambda: _("treads"),
    "answers": lambda: _("steps on the answer scale"),
    "hours": lambda: _("hours a week"),
    "days": lambda: _("days"),
    "ratio": lambda: _("odds"),
}
_ALONG = {
    "points": lambda: _("Difference in points"),
    "percentage_points": lambda: _("Difference in percentage points"),
    "treads": lambda: _("Difference in treads"),
    "answers": lambda: _("Difference in steps on the answer scale"),
    "hours": lambda: _("Difference in hours a week"),
    "ratio": lambda: _("Ratio of the odds"),
}
