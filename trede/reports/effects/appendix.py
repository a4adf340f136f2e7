"""Every outcome and every estimate, adjusted and unadjusted: the appendix."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trede.reports.effects.analysis_json import (
    AnalysisJson,
    EstimateJson,
    main_contrasts,
)
from trede.reports.effects.estimate_table import (
    figures,
    filled,
    heads,
    hidden_told,
    is_hidden,
    shown_of,
    without_end_told,
)
from trede.reports.effects.figures import capital
from trede.reports.effects.methods_told import method_of
from trede.reports.effects.names import Names
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Section
from trede.reports.wording import number

FOLLOW_UP = "follow_up"


def appendix_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    contrasts = dict.fromkeys(
        one["contrast"] for one in analysis.get("estimates") or ()
    )
    for contrast in contrasts:
        found = [
            one
            for one in analysis.get("estimates") or ()
            if one["contrast"] == contrast
        ]
        yield _of_contrast(found, contrast, names, _families(analysis, contrast, names))


def _of_contrast(
    found: list[EstimateJson], contrast: str, names: Names, families: list[str]
) -> Section:
    name = names.contrast(contrast)
    lines: list[Line] = []
    for one in shown_of(found):
        told = capital(method_of(one))
        if one.get("headline"):
            outcome = names.outcome(one["outcome"])
            label = outcome if is_hidden(one) else f"{outcome}: {told}"
            lines.append(Line(label, figures(one, adjusted=True)))
        else:
            lines.append(Line(told, figures(one, adjusted=True), under=True))
    return Section(
        f"all-{contrast.replace('/', '-')}",
        _("All estimates: %(contrast)s") % {"contrast": name},
        _(
            "The first line of each outcome is its headline; only headlines have"
            " adjusted p-values, because each outcome is one question."
        )
        + f" {hidden_told(found)}".rstrip(),
        grid=filled(
            Grid(_("All outcomes, all estimates"), heads(adjusted=True), tuple(lines))
        ),
        points=families,
        method=without_end_told(found),
    )


def _families(analysis: AnalysisJson, contrast: str, names: Names) -> list[str]:
    """Which outcomes were adjusted for each other: a time, which is followed and not
    measured twice, with those of the first difference."""
    first = next(iter(main_contrasts(analysis)), "")
    families: dict[str, list[str]] = {}
    for one in analysis.get("estimates") or ():
        code = one.get("family") if one.get("headline") else ""
        if code and one["contrast"].replace(FOLLOW_UP, first) == contrast:
            families.setdefault(code, []).append(names.outcome(one["outcome"]))
    return [
        _("Adjusted for each other (%(family)s, %(n)s): %(outcomes)s.")
        % {
            "family": names.family(code),
            "n": number(len(outcomes)),
            "outcomes": "; ".join(outcomes),
        }
        for code, outcomes in families.items()
    ]
