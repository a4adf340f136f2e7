"""Which way people left: of each kind of exit the share gone by the last day."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from trede.reports.charts import forest
from trede.reports.effects.figures import DASH, SHARE, capital, counted, shown
from trede.reports.effects.names import Names
from trede.reports.effects.plotting import ends_of, figure_of
from trede.reports.effects.times_json import ExitsJson, WayJson
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Section
from trede.reports.wording import number


def way_out_section(found: ExitsJson, names: Names) -> Section:
    words = {"outcome": names.outcome(found["outcome"])}
    if group := found.get("group"):
        words["outcome"] += f", {names.group(group)}"
    code = "-".join(one for one in ("ways-out", found["outcome"], group) if one)
    question = _("%(outcome)s: which way did people go?") % words
    ways = found.get("ways") or ()
    if not ways:
        told = _("This is not shown: too few people stand behind it.")
        return Section(code, question, told)
    title = _("%(outcome)s: share that is gone, by the way in which") % words
    drawn = forest.Forest(
        title,
        tuple(
            forest.Row(
                _way(one, names),
                figure_of(one.get("estimate"), SHARE),
                *ends_of(one.get("ci"), SHARE),
                under=f"n = {number(one.get('n'))}",
                words=_share(one),
            )
            for one in ways
        ),
        along=_("Percent of people, 95% interval"),
        places=SHARE.places,
    )
    heads = ("n", _("Share"), _("95% interval"))
    return Section(
        code,
        question,
        _told(found, ways, names),
        picture=forest.forest(drawn),
        grid=Grid(title, heads, tuple(_lines(ways, names))),
        method=_method(),
    )


def _share(one: WayJson) -> str:
    told = SHARE.figure(one.get("estimate"))
    return f"{told} ({SHARE.interval(one['ci'])})" if one.get("ci") else told


def _told(found: ExitsJson, ways: Sequence[WayJson], names: Names) -> str:
    each = "; ".join(
        f"{_way(one, names)}: {SHARE.figure(one.get('estimate'))}" for one in ways
    )
    return _("Gone by day %(day)s, of %(n)s people: %(ways)s.") % {
        "day": number(found.get("horizon")),
        "n": number(found.get("n")),
        "ways": each,
    }


def _lines(ways: Sequence[WayJson], names: Names) -> Iterator[Line]:
    for one in ways:
        ends = SHARE.interval(one.get("ci")) if one.get("ci") else DASH
        figures = (counted(one.get("n")), shown(SHARE.figure(one.get("estimate"))))
        yield Line(capital(_way(one, names)), (*figures, shown(ends)))


def _way(one: WayJson, names: Names) -> str:
    return _(", or ").join(names.way_out(kind) for kind in one["kinds"])


def _method() -> list[str]:
    return [
        _(
            "Who leaves one way can no longer leave another (Aalen-Johansen). All ways"
            " together and those still there make everybody; who was not followed any"
            " longer counts up to that day. The intervals take people as independent."
        ),
        _("Ways that fewer than five people took stand together."),
    ]
