"""Whether the people who left were like those who stayed, as they were at the start."""

from django.utils.translation import gettext as _

from trede.reports.charts import forest
from trede.reports.effects.analysis_json import (
    AttritionJson,
    CovariateJson,
    SideJson,
)
from trede.reports.effects.figures import (
    bare_p,
    counted,
    share_shown,
    shown,
    value_shown,
)
from trede.reports.effects.methods_told import refusal_told
from trede.reports.effects.names import Names
from trede.reports.effects.plotting import ends_of
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Section
from trede.reports.wording import number

ALIKE = 0.1  # standardised; beyond it groups are usually called unlike


def leaver_section(attrition: AttritionJson, names: Names) -> Section:
    covariates = attrition.get("covariates") or ()
    told = _leavers_lead(attrition)
    rows = tuple(
        forest.Row(
            _characteristic(one, names),
            one.get("smd"),
            *ends_of(one.get("ci")),
        )
        for one in covariates
    )
    drawn = forest.Forest(
        told,
        rows,
        along=_("Standardised difference: who left minus who stayed"),
        lower=_("lower among who left"),
        higher=_("higher among who left"),
        band=(-ALIKE, ALIKE),
    )
    return Section(
        "leavers",
        _("Are the people who left like those who stayed?"),
        told,
        picture=forest.forest(drawn) if any(row.value for row in rows) else None,
        grid=_leaver_grid(attrition, names) if any(map(_told, covariates)) else None,
        points=[refusal_told(one, names) for one in attrition.get("refused") or ()],
        method=[
            _(
                "Standardised differences do not depend on how many people there are;"
                " beyond 0.1 on either side (the grey zone) groups are usually called"
                " unlike. The exact p-values stand there as an appendix: with few"
                " people who left, they hardly notice anything."
            )
        ],
    )


def _told(one: CovariateJson) -> bool:
    """A table in which every cell says hidden tells a reader nothing."""
    return not one.get("suppressed")


def _leaver_grid(attrition: AttritionJson, names: Names) -> Grid:
    stayed, left = attrition.get("n_stayed"), attrition.get("n_left")
    return Grid(
        _("Who left beside who stayed, as they were at the start"),
        (
            in_one_piece(_("Stayed (n = %(n)s)"), stayed),
            in_one_piece(_("Left (n = %(n)s)"), left),
            _("Standardised difference"),
            _("p"),
        ),
        tuple(_leaver_line(one, names) for one in attrition.get("covariates") or ()),
    )


def _leavers_lead(attrition: AttritionJson) -> str:
    known = [
        abs(smd)
        for one in attrition.get("covariates") or ()
        if (smd := one.get("smd")) is not None
    ]
    left = attrition.get("n_left")
    if left == 0:
        return _("Nobody left.")
    if left is None:
        return _("How many people left is not shown.")
    if not known:
        unlike = _("What they are like is not shown.")
        return f"{_who_left(attrition, left)} {unlike}"
    differ = _(
        "They differ from those who stayed by more than 0.1 standardised in %(unlike)s"
        " of %(total)s characteristics."
    ) % {
        "unlike": number(sum(smd > ALIKE for smd in known)),
        "total": number(len(known)),
    }
    return f"{_who_left(attrition, left)} {differ}"


def _who_left(attrition: AttritionJson, left: int) -> str:
    """Only where lots made the groups do both belong to the study from the start."""
    by_lot = len(attrition.get("groups") or ()) > 1
    told = (
        _("%(left)s people left, of both groups together.")
        if by_lot
        else _("%(left)s participants left.")
    )
    return told % {"left": number(left)}


def _characteristic(one: CovariateJson, names: Names) -> str:
    told = names.covariate(one["name"])
    moment = one.get("moment")
    return f"{told} ({names.wave(moment)})" if moment else told


def in_one_piece(words: str, n: int | None) -> str:
    """No line breaks within the number of people."""
    told = words.replace(" = ", "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}")
    return told % {"n": counted(n).text}


def _leaver_line(one: CovariateJson, names: Names) -> Line:
    withheld = one.get("suppressed")
    stayed = _side(one.get("stayed"), one, names)
    left = _side(one.get("left"), one, names)
    return Line(
        _characteristic(one, names),
        (
            shown(stayed, withheld=withheld),
            shown(left, withheld=withheld),
            value_shown(one.get("smd"), 2, withheld=withheld),
            shown(bare_p(one.get("p")), withheld=withheld),
        ),
    )


def _side(side: SideJson | None, one: CovariateJson, names: Names) -> str | None:
    """A mean, or the largest of the shares with its name."""
    if side is None:
        return None
    mean = side.get("mean")
    if mean is not None:
        return number(mean, 2)
    known = [each for each in side.get("shares") or () if each.get("share") is not None]
    told = (
        f"{names.level(one['name'], _level(each.get('value', '')))}"
        f" {share_shown(each.get('share')).text}"
        for each in known
    )
    return ", ".join(told) or None


def _level(value: float | str | None) -> str:
    return f"{value:g}" if isinstance(value, int | float) else value or ""
