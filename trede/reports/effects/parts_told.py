"""The same headline in each part of the people: pilot beside pilot.

Pilots that differ are shown and not averaged away. All of them together is a synthesis
of their figures; of fewer than three there is none.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trede.reports.charts import forest
from trede.reports.drawing import Picture
from trede.reports.effects.analysis_json import (
    AnalysisJson,
    EstimateJson,
    headlines,
    parts_of,
)
from trede.reports.effects.beside_coaches import IGNORED, THESE_ONLY
from trede.reports.effects.estimate_table import part_grid
from trede.reports.effects.figures import unit_of
from trede.reports.effects.methods_told import notes_told
from trede.reports.effects.names import Names
from trede.reports.effects.plotting import ends_of, figure_of
from trede.reports.sections import Section
from trede.reports.wording import number

SEVERAL_PILOTS = "several_pilots"


def part_sections(
    analysis: AnalysisJson, whole: EstimateJson, names: Names
) -> Iterator[Section]:
    """One section for an outcome that was told per pilot; nothing otherwise."""
    if analysis.get("design") != SEVERAL_PILOTS:
        return
    outcome, contrast = whole["outcome"], whole["contrast"]
    found = {
        names.group(part): one
        for part in parts_of(analysis, contrast)
        for one in headlines(analysis, f"{contrast}/{part}")
        if one["outcome"] == outcome
    }
    if not found:
        return
    found[_("All pilots together")] = whole
    words = {"outcome": names.outcome(outcome)}
    yield Section(
        f"parts-{outcome}-{contrast}",
        _("%(outcome)s: is it the same in every pilot?") % words,
        "",
        picture=_picture(found, whole),
        grid=part_grid(found, _("%(outcome)s by pilot") % words),
        method=[
            _(
                "Each line is one pilot with its own interval; the last is all pilots"
                " together. Its interval counts with how pilots differ, so that one"
                " large pilot does not decide it."
            ),
            *_without_coaches(found),
        ],
    )


def _without_coaches(found: dict[str, EstimateJson]) -> Iterator[str]:
    """Of which pilots the interval does not count with coaches, and so may be too
    narrow beside that of others."""
    for note in (IGNORED, THESE_ONLY):
        parts = [
            part for part, one in found.items() if note in (one.get("notes") or ())
        ]
        if parts:
            yield f"{', '.join(parts)}: {notes_told([note])[0]}"


def _picture(found: dict[str, EstimateJson], whole: EstimateJson) -> Picture:
    unit = unit_of(whole)
    return forest.forest(
        forest.Forest(
            _("The pilots beside each other"),
            tuple(
                forest.Row(
                    label,
                    figure_of(one.get("estimate"), unit),
                    *ends_of(one.get("ci"), unit),
                    under="" if one.get("n") is None else f"n = {number(one.get('n'))}",
                )
                for label, one in found.items()
            ),
            along=_("Change, 95% interval"),
            places=unit.places,
        )
    )
