"""How alike the groups are, before anything is said of an effect."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trede.reports.charts import forest
from trede.reports.effects.analysis_json import AnalysisJson, BalanceJson
from trede.reports.effects.figures import value_shown
from trede.reports.effects.methods_told import method_told, notes_told
from trede.reports.effects.names import Names
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Section
from trede.reports.wording import number

ALIKE = 0.1


def balance_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    balance = analysis.get("balance")
    if not balance:
        return
    covariates = balance.get("covariates") or ()
    told = _alike(balance)
    rows = [
        row
        for one in covariates
        for row in (
            forest.Row(names.covariate(one["name"]), one.get("smd"), None, None),
            forest.Row(_("– after weighting"), one.get("smd_weighted"), None, None),
        )
    ]
    data = forest.Forest(
        told,
        tuple(rows),
        along=_("Standardised difference at the start"),
        lower=_("lower among participants"),
        higher=_("higher among participants"),
        band=(-ALIKE, ALIKE),
    )
    yield Section(
        "balance",
        _("Are the groups alike at the start?"),
        told,
        picture=forest.forest(data),
        grid=Grid(
            _("Participants beside the comparison group at the start"),
            (_("Standardised difference"), _("After weighting")),
            tuple(
                Line(
                    names.covariate(one["name"]),
                    (
                        value_shown(one.get("smd"), withheld=one.get("suppressed")),
                        value_shown(
                            one.get("smd_weighted"), withheld=one.get("suppressed")
                        ),
                    ),
                )
                for one in covariates
            ),
        ),
        method=list(_weighted(balance)),
    )


def _alike(balance: BalanceJson) -> str:
    known = [
        abs(one["smd_weighted"])
        for one in balance.get("covariates") or ()
        if one.get("smd_weighted") is not None and one["smd_weighted"] is not None
    ]
    if not known or len(known) < len(balance.get("covariates") or ()):
        return ""
    return _(
        "After weighting the largest standardised difference between the groups is"
        " %(most)s. Up to 0.1 groups are usually called alike."
    ) % {"most": number(max(known), 2)}


def _weighted(balance: BalanceJson) -> Iterator[str]:
    yield _(
        "The people of the comparison group are weighted so that together they look"
        " like the participants. Method: %(method)s."
    ) % {"method": method_told(balance.get("method", ""))}
    if "little_overlap" not in (balance.get("notes") or ()):
        yield _(
            "For nearly all participants there are people in the comparison group who"
            " were at least as likely to take part."
        )
    effective, largest = balance.get("effective_n"), balance.get("largest_weight")
    if effective is not None:
        yield _("The weights leave a comparison group worth %(n)s people.") % {
            "n": number(effective)
        }
    if largest is not None:
        yield _("The largest weight is %(weight)s.") % {"weight": number(largest, 2)}
    yield _(
        "Weighting works only for what was asked. The E-value with an effect says how"
        " strong something unknown would have to be to explain it away."
    )
    yield from notes_told(balance.get("notes") or ())
