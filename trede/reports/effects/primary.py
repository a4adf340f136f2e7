"""A primary outcome in full: what people answered, what changed, how sure that is.

The first section answers the research question; the second lays every estimate of the
outcome side by side, so that nobody has to wonder what another method would say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from trede.reports.charts import distribution
from trede.reports.drawing import Picture
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    EstimateJson,
    OutcomeJson,
    PrecisionJson,
    headlines,
    main_contrasts,
    measured_contrasts,
    outcome_of,
)
from trede.reports.effects.answering import (
    answer_told,
    difference_told,
    p_told,
    people_told,
    sizes_told,
)
from trede.reports.effects.beside_coaches import undone_by_coaches
from trede.reports.effects.estimate_table import estimate_grid, hidden_told
from trede.reports.effects.figures import POINTS, RATIO, Unit, unit_of
from trede.reports.effects.methods_told import how_estimated
from trede.reports.effects.names import Names
from trede.reports.effects.parts_told import part_sections
from trede.reports.effects.waiting import (
    WAITED,
    later_parts,
    later_told,
    question_of_waiting,
    waits,
    without_told,
)
from trede.reports.laying_out import Grid
from trede.reports.sections import Section
from trede.reports.wording import number

# The straight line on the codes that stands beside the odds.
LINES = ("ancova_hc3", "ancova_cr2")


def primary_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    for contrast in main_contrasts(analysis):
        for headline in headlines(analysis, contrast):
            if headline.get("primary"):
                yield from _in_full(analysis, headline, names)


def _in_full(
    analysis: AnalysisJson, headline: EstimateJson, names: Names
) -> Iterator[Section]:
    outcome, contrast = headline["outcome"], headline["contrast"]
    compares = analysis.get("language") == "effect"
    about = "treated" if compares else ""
    levels = outcome_of(analysis, outcome, contrast, about)
    names = in_contrast(analysis, contrast, names)
    picture, grid = _answers(levels, _of_whom(names) if compares else names)
    yield Section(
        f"primary-{outcome}-{contrast}",
        _question(headline, names, compares=compares)
        + which_difference(analysis, contrast, names),
        answer_told(
            headline,
            levels,
            compares=compares,
            by_coach=undone_by_coaches(analysis, headline),
        ),
        picture=picture,
        grid=grid,
        points=[*_in_own_units(analysis, headline), *answers_hidden(levels)],
        method=[
            people_told(headline),
            p_told(headline),
            *sizes_told(headline),
            *how_estimated(headline),
            *_could_see(analysis, headline),
        ],
    )
    if compares:
        yield from _others(analysis, headline, names)
    yield from part_sections(analysis, headline, names)
    yield _all_estimates(analysis, headline, names)


def _of_whom(names: Names) -> Names:
    """Under a difference between groups: the answers drawn are of participants only."""
    of = f" ({names.group('treated')})"
    return replace(names, before=names.first + of, after=names.second + of)


def _in_own_units(analysis: AnalysisJson, headline: EstimateJson) -> Iterator[str]:
    """What a ratio of odds is in treads, or in answers up the scale."""
    if unit_of(headline) is not RATIO:
        return
    outcome, contrast = headline["outcome"], headline["contrast"]
    for one in analysis.get("estimates") or ():
        same = one["outcome"] == outcome and one["contrast"] == contrast
        if same and one["method"] in LINES and one.get("estimate") is not None:
            yield difference_told(one)


def in_contrast(analysis: AnalysisJson, contrast: str, names: Names) -> Names:
    """The first difference is from before to after; a later one is of other moments."""
    if contrast in measured_contrasts(analysis)[:1]:
        return names
    return replace(names, before=_("earlier"), after=_("later"))


def which_difference(analysis: AnalysisJson, contrast: str, names: Names) -> str:
    """Of which two moments, when there are more differences than one."""
    if len(measured_contrasts(analysis)) < 2:
        return ""
    return f" ({names.contrast(contrast)})"


def _question(headline: EstimateJson, names: Names, *, compares: bool) -> str:
    words = {"outcome": names.outcome(headline["outcome"])}
    if compares:
        return _("%(outcome)s: what did taking part make different?") % words
    return _("%(outcome)s: what changed?") % words


def _answers(
    levels: OutcomeJson | None, names: Names
) -> tuple[Picture | None, Grid | None]:
    """How many gave each answer, before and after; None when that was not kept."""
    data = distribution_of(levels, names)
    if data is None:
        return None, None
    return distribution.distribution(data), distribution.grid(data)


def answers_hidden(levels: OutcomeJson | None) -> list[str]:
    if levels is None or not levels.get("suppressed") or levels.get("values"):
        return []
    if levels.get("bands"):
        return [
            _(
                "Answers that few people gave are counted together with the ones next"
                " to them, before and after alike, so that nobody can be recognised."
            )
        ]
    return [_("How many people gave which answer is not shown.")]


def distribution_of(
    levels: OutcomeJson | None, names: Names
) -> distribution.Distribution | None:
    answers = tuple(_answered(levels, names)) if levels else ()
    if levels is None or not answers:
        return None
    outcome = levels["outcome"]
    return distribution.Distribution(
        _("%(outcome)s: how many gave which answer")
        % {"outcome": names.outcome(outcome)},
        answers,
        names.first,
        names.second,
        means=_means(levels),
        places=2,
    )


def _answered(levels: OutcomeJson, names: Names) -> Iterator[distribution.Answered]:
    """Each answer with its numbers; of answers joined in a band no single one has a
    height of its own."""
    bands = levels.get("bands")
    values = levels.get("values") or ()
    if not values and not bands:
        return
    none: Sequence[int | None] = (None,) * len(bands or values)
    counts = zip(levels.get("before") or none, levels.get("after") or none, strict=True)
    outcome = levels["outcome"]
    if bands:
        for band, (before, after) in zip(bands, counts, strict=True):
            yield distribution.Answered(_band(outcome, band, names), before, after)
        return
    for value, (before, after) in zip(values, counts, strict=True):
        label = names.answer(outcome, value)
        yield distribution.Answered(label, before, after, value)


def _band(outcome: str, band: Sequence[int], names: Names) -> str:
    low, high = (names.answer(outcome, end) for end in band)
    if low == high:
        return low
    return _("%(low)s up to %(high)s") % {"low": low, "high": high}


def _means(levels: OutcomeJson) -> tuple[float | None, float | None] | None:
    """A yes or no has a share instead of a mean."""
    if levels.get("type") == "binary":
        return None
    return levels.get("mean_before"), levels.get("mean_after")


def _others(
    analysis: AnalysisJson, headline: EstimateJson, names: Names
) -> Iterator[Section]:
    """What the comparison group answered, which is no change of the participants; of
    who waited also what changed after that, in each group."""
    contrast, outcome = headline["contrast"], names.outcome(headline["outcome"])
    asked = _("%(outcome)s: what changed in the comparison group?")
    asked, points = asked % {"outcome": outcome}, []
    if waits(analysis):
        asked, points = question_of_waiting(outcome), [without_told()]
    found = [(contrast, WAITED, asked, points)]
    for later, part, question in later_parts(analysis, contrast, outcome):
        found.append((later, part, question, [later_told()]))
    for of, part, question, said in found:
        section = _changed(analysis, headline, names, of, part)
        if section:
            yield replace(section, question=question, points=[*said, *section.points])


def _changed(
    analysis: AnalysisJson,
    headline: EstimateJson,
    names: Names,
    contrast: str,
    part: str,
) -> Section | None:
    """The change of one group by itself; nothing when its answers were not kept."""
    outcome = headline["outcome"]
    levels = outcome_of(analysis, outcome, contrast, part)
    picture, grid = _answers(levels, in_contrast(analysis, contrast, names))
    if picture is None:
        return None
    changes = headlines(analysis, f"{contrast}/{part}")
    change = next((one for one in changes if one["outcome"] == outcome), None)
    told = ""
    if change:
        undone = undone_by_coaches(analysis, change)
        told = answer_told(change, levels, compares=False, by_coach=undone)
    which = "others" if part == WAITED else "first"
    return Section(
        f"{which}-{outcome}-{contrast}",
        "",
        told,
        picture=picture,
        grid=grid,
        method=[people_told(change), *how_estimated(change)] if change else [],
    )


def _all_estimates(
    analysis: AnalysisJson, headline: EstimateJson, names: Names
) -> Section:
    outcome, contrast = headline["outcome"], headline["contrast"]
    found = [
        one
        for one in analysis.get("estimates") or ()
        if one["outcome"] == outcome and one["contrast"] == contrast
    ]
    name = names.outcome(outcome)
    checked = ""
    if not headline.get("suppressed"):
        checked = _(
            "The first line is the answer chosen beforehand; the others check it."
        )
    return Section(
        f"estimates-{outcome}-{contrast}",
        _("%(outcome)s: what do other ways of looking at it say?") % {"outcome": name},
        f"{checked} {hidden_told(found)}".strip(),
        grid=estimate_grid(
            found, _("%(outcome)s: all estimates") % {"outcome": name}, adjusted=False
        ),
    )


def _could_see(analysis: AnalysisJson, headline: EstimateJson) -> Iterator[str]:
    """The smallest change that so many people would probably have shown."""
    for one in analysis.get("precision") or ():
        same = one["outcome"] == headline["outcome"]
        if same and one.get("contrast", headline["contrast"]) == headline["contrast"]:
            told = _smallest(one, headline)
            if told:
                yield _seen(analysis) % {"size": told}
                yield from _supposed(one)
            return


def _seen(analysis: AnalysisJson) -> str:
    if analysis.get("language") == "effect":
        return _(
            "With this many people a difference of %(size)s would be seen four times"
            " out of five; a smaller one may be there unseen."
        )
    return _(
        "With this many people a change of %(size)s would be seen four times out of"
        " five; a smaller one may be there unseen."
    )


def _supposed(one: PrecisionJson) -> Iterator[str]:
    """What a plan supposes of coaches, where it counts with them."""
    icc = one.get("icc")
    if icc is not None:
        yield _(
            "That counts with coaches. How much people of one coach resemble each other"
            " is not known here; supposed is that %(part)s of the differences between"
            " people lies between coaches."
        ) % {"part": f"{number(icc * 100)}%"}


def _smallest(one: PrecisionJson, headline: EstimateJson) -> str:
    detectable, points = one.get("detectable"), one.get("in_points")
    if points is not None:
        unit = unit_of({"type": headline.get("type", ""), "method": "mean_change"})
        return _with_word(points, unit)
    if detectable is None:
        return ""
    if one.get("unit") == "share":
        unit = unit_of({"type": "binary", "method": "mcnemar_mid_p"})
        return _with_word(detectable, unit)
    return _("%(size)s standard deviations") % {"size": number(detectable, 2)}


def _with_word(value: float, unit: Unit = POINTS) -> str:
    return f"{unit.bare(value)} {unit.word(value)}".strip()
