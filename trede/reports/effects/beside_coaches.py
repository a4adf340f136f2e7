"""Whether an answer still holds when people of one coach are counted as alike.

A headline that counts with coaches speaks for itself, and of a share or a number of
days nobody says whether it is 0. Behind one that does not (an
exact test, fewer than five coaches) stands the same change with errors by coach; when
that interval holds zero, or is not shown, no page may say that zero is left out.
"""

from django.utils.translation import gettext as _

from trede.reports.effects.analysis_json import AnalysisJson, EstimateJson
from trede.reports.effects.figures import DAYS_OF_TIME, SHARE, unit_of
from trede.reports.effects.plotting import ends_of

BY_COACH = ("mean_change_cr2", "ancova_cr2_by_cluster")
LEVELS = (SHARE, DAYS_OF_TIME)
IGNORED, THESE_ONLY = "clusters_ignored", "these_coaches_only"


def undone_by_coaches(
    analysis: AnalysisJson, headline: EstimateJson
) -> EstimateJson | None:
    """The estimate by coach that does not bear out that zero is left out.

    It has no interval where that is not shown, or could not be made.
    """
    if unit_of(headline) in LEVELS or _holds_zero(headline) is not False:
        return None
    wanted = headline["outcome"], headline["contrast"]
    for one in analysis.get("estimates") or ():
        same = (one["outcome"], one["contrast"]) == wanted
        if same and one.get("method") in BY_COACH:
            return None if _holds_zero(one) is False else one
    if IGNORED not in (headline.get("notes") or ()):
        return None
    return {"outcome": wanted[0], "contrast": wanted[1]}


def _holds_zero(one: EstimateJson) -> bool | None:
    """None where there is no interval, or none that is shown."""
    low, high = ends_of(one.get("ci"))
    return None if low is None or high is None else low <= 0 <= high


def coaches_told(by_coach: EstimateJson, *, compares: bool) -> str:
    """Instead of what the headline's own interval would leave out."""
    if not by_coach.get("ci"):
        return _(
            "That interval does not count with coaches, and one that does is not shown"
            " here. So it is not said what the interval leaves out."
        )
    unit = unit_of(by_coach)
    ends = {"interval": f"{unit.interval(by_coach.get('ci'))} {unit.word(2)}".strip()}
    if compares:
        return (
            _(
                "That interval does not count with coaches. Counting with them the"
                " interval of the difference is %(interval)s; it does not leave out"
                " that the groups are alike."
            )
            % ends
        )
    return (
        _(
            "That interval does not count with coaches. Counting with them the interval"
            " of the mean change is %(interval)s; it does not leave out that nothing"
            " changed."
        )
        % ends
    )
