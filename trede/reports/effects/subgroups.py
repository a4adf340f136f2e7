"""Whether it was otherwise for some people than for others.

A difference between subgroups is told by the test of that difference and never by one
group having an interval without zero and the other not.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trede.reports.charts import forest
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    SubgroupJson,
    headlines,
)
from trede.reports.effects.figures import (
    DASH,
    POINTS,
    Unit,
    counted,
    p_value,
    shown,
    unit_of,
)
from trede.reports.effects.methods_told import (
    method_told,
    notes_told,
    refusal_told,
)
from trede.reports.effects.names import Names
from trede.reports.effects.plotting import ends_of, figure_of
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Section
from trede.reports.wording import number


def subgroup_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    for found in analysis.get("subgroups") or ():
        yield _of_one(found, _unit(analysis, found), analysis, names)


def _unit(analysis: AnalysisJson, found: SubgroupJson) -> Unit:
    for one in headlines(analysis, found["contrast"]):
        if one["outcome"] == found["outcome"]:
            return unit_of({"type": one.get("type", ""), "method": "mean_change"})
    return POINTS


def _of_one(
    found: SubgroupJson, unit: Unit, analysis: AnalysisJson, names: Names
) -> Section:
    outcome, subgroup = names.outcome(found["outcome"]), found["subgroup"]
    words = {"outcome": outcome, "subgroup": names.covariate(subgroup).lower()}
    told = _apart(found)
    data = forest.Forest(
        told,
        tuple(
            forest.Row(
                names.level(subgroup, one["level"], _levels(found)),
                figure_of(one.get("estimate"), unit),
                *ends_of(one.get("ci"), unit),
                under="" if one.get("n") is None else f"n = {number(one.get('n'))}",
            )
            for one in found.get("levels") or ()
        ),
        along=_("Effect, 95% interval")
        if analysis.get("language") == "effect"
        else _("Change, 95% interval"),
        places=unit.places,
    )
    if found.get("suppressed") and not found.get("levels"):
        return Section(
            f"subgroup-{subgroup}-{found['outcome']}",
            _("%(outcome)s: was it otherwise by %(subgroup)s?") % words,
            told,
        )
    return Section(
        f"subgroup-{subgroup}-{found['outcome']}",
        _("%(outcome)s: was it otherwise by %(subgroup)s?") % words,
        told,
        picture=forest.forest(data) if found.get("levels") else None,
        grid=_grid(found, unit, names),
        points=[refusal_told(one, names) for one in found.get("refused") or ()],
        method=[
            *(
                [_("Test: %(method)s.") % {"method": method_told(method)}]
                if (method := found.get("method"))
                else []
            ),
            _(
                "Subgroups were named beforehand; one with too few people is not told"
                " by itself. That one group has an interval without zero and another"
                " has not, is no difference between them."
            ),
            *notes_told(found.get("notes") or ()),
        ],
    )


def _levels(found: SubgroupJson) -> set[str]:
    """All of them, also those that are too small to be told."""
    refused = (one.get("level") for one in found.get("refused") or ())
    told = (one["level"] for one in found.get("levels") or ())
    return {str(level) for level in (*told, *refused) if level}


def _apart(found: SubgroupJson) -> str:
    p = found.get("interaction_p")
    if found.get("suppressed"):
        return _("This is not shown: too few people stand behind it.")
    if p is None:
        return _("Whether the subgroups differ could not be tested.")
    return _("The test whether the subgroups differ gives %(p)s.") % {"p": p_value(p)}


def _grid(found: SubgroupJson, unit: Unit, names: Names) -> Grid:
    withheld = found.get("suppressed")
    lines = []
    for one in found.get("levels") or ():
        hides = one.get("suppressed") or withheld
        ends = unit.interval(one.get("ci")) if one.get("ci") else DASH
        lines.append(
            Line(
                names.level(found["subgroup"], one["level"], _levels(found)),
                (
                    counted(one.get("n"), withheld=hides),
                    shown(unit.figure(one.get("estimate")), withheld=hides),
                    shown(ends, withheld=hides),
                ),
            )
        )
    return Grid(
        _("%(outcome)s by %(subgroup)s")
        % {
            "outcome": names.outcome(found["outcome"]),
            "subgroup": names.covariate(found["subgroup"]).lower(),
        },
        ("n", _("Estimate"), _("95% interval")),
        tuple(lines),
    )
