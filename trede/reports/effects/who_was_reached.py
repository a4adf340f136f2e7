"""Whether the people who were reached are like everybody on the list.

Of who was not reached only the list can speak. So what it does not hold stands beside
what it does.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from trede.reports.charts import forest
from trede.reports.drawing import Picture
from trede.reports.effects.analysis_json import (
    ListedJson,
    ListedLevelJson,
    ReachedJson,
)
from trede.reports.effects.figures import (
    counted,
    share_shown,
    value_shown,
)
from trede.reports.effects.names import Names
from trede.reports.effects.plotting import ends_of
from trede.reports.effects.who_left import ALIKE, in_one_piece
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.sections import Section
from trede.reports.wording import number, percent


def reached_section(found: ReachedJson, names: Names) -> Section:
    compared = [one for one in found.get("characteristics") or () if one.get("levels")]
    title = _("Who was reached beside the whole list")
    return Section(
        "reached",
        _("Are the people who were reached like everybody on the list?"),
        " ".join(_lead(found, compared, names)),
        picture=_picture(title, compared, names) if compared else None,
        grid=_grid(title, found, compared, names) if compared else None,
        points=[*_untold(found, names), *_not_on_the_list(compared, names)],
        method=list(_method(names)) if compared else [],
    )


def _lead(
    found: ReachedJson, compared: Sequence[ListedJson], names: Names
) -> Iterator[str]:
    listed, reached = found.get("listed"), found.get("reached")
    if not listed or reached is None:
        yield _("How many people on the list were reached is not shown.")
        return
    yield _(
        "%(reached)s of the %(listed)s people on the list were reached (%(share)s)."
    ) % {
        "reached": number(reached),
        "listed": number(listed),
        "share": percent(100 * reached / listed),
    }
    if not compared:
        yield _("Whether they are like everybody on it is not shown.")
        return
    more, fewer = (list(_unlike(compared, names, sign)) for sign in (1, -1))
    if more:
        yield _("More often reached than the list as a whole: %(groups)s.") % {
            "groups": "; ".join(more)
        }
    if fewer:
        yield _("Less often: %(groups)s.") % {"groups": "; ".join(fewer)}
    if not more and not fewer:
        yield _(
            "In what the list holds, they differ from everybody on it by no more than"
            " 0.1 standardised."
        )


def _unlike(compared: Sequence[ListedJson], names: Names, sign: int) -> Iterator[str]:
    for one in compared:
        for level in one.get("levels") or ():
            if sign * (level.get("smd") or 0) > ALIKE:
                yield f"{names.of_list(one['name'])}: {_level(one, level, names)}"


def _picture(title: str, compared: Sequence[ListedJson], names: Names) -> Picture:
    rows = tuple(
        forest.Row(
            _level(one, level, names),
            level.get("smd"),
            *ends_of(level.get("ci")),
            under=names.of_list(one["name"]),
        )
        for one in compared
        for level in _ends(one)
    )
    return forest.forest(
        forest.Forest(
            title,
            rows,
            along=_("Standardised difference with the whole list"),
            lower=_("less often reached"),
            higher=_("more often reached"),
            band=(-ALIKE, ALIKE),
        )
    )


def _ends(one: ListedJson) -> Sequence[ListedLevelJson]:
    """The two groups that lie furthest apart: all of them would fill a page."""
    ordered = sorted(one.get("levels") or (), key=lambda each: each.get("smd") or 0)
    return ordered[-1:] + ordered[:1]


def _grid(
    title: str, found: ReachedJson, compared: Sequence[ListedJson], names: Names
) -> Grid:
    return Grid(
        title,
        (
            in_one_piece(_("On the list (n = %(n)s)"), found.get("listed")),
            in_one_piece(_("Reached (n = %(n)s)"), found.get("reached")),
            _("Share reached"),
            _("Standardised difference"),
        ),
        tuple(line for one in compared for line in _lines(one, names)),
    )


def _lines(one: ListedJson, names: Names) -> Iterator[Line]:
    levels = one.get("levels") or ()
    yield Line(
        _("%(characteristic)s, together")
        % {"characteristic": names.of_list(one["name"])},
        _figures(
            sum(level.get("listed") or 0 for level in levels),
            sum(level.get("reached") or 0 for level in levels),
            one.get("distance"),
        ),
    )
    for level in levels:
        listed, reached = level.get("listed") or 0, level.get("reached") or 0
        figures = _figures(listed, reached, level.get("smd"))
        yield Line(_level(one, level, names), figures, under=True)


def _figures(listed: int, reached: int, apart: float | None) -> tuple[Shown, ...]:
    share = share_shown(reached / listed if listed else None)
    return (counted(listed), counted(reached), share, value_shown(apart, 2))


def _level(one: ListedJson, level: ListedLevelJson, names: Names) -> str:
    """Every level that stands in it."""
    return ", ".join(names.level_of_list(one["name"], code) for code in level["names"])


def _untold(found: ReachedJson, names: Names) -> Iterator[str]:
    """What the list holds and nobody learns from: alike for nearly everybody, or too
    few on one side."""
    codes = [one["outcome"] for one in found.get("refused") or ()]
    codes += [
        one["name"]
        for one in found.get("characteristics") or ()
        if not one.get("levels")
    ]
    if codes:
        yield _(
            "Not told, because nearly everybody is alike in it or because it would tell"
            " of a few people: %(what)s."
        ) % {"what": ", ".join(names.of_list(code) for code in codes)}


def _not_on_the_list(compared: Sequence[ListedJson], names: Names) -> Iterator[str]:
    if compared:
        yield _(
            "The list holds nothing else that is compared: not how people live, how"
            " healthy they are, what they can or what they want. In that, who was"
            " reached may differ from who was not, and nobody knows how much."
        )
    if names.reached_is:
        yield _(
            "What was heard only by speaking to people, such as the language they speak"
            " best, is not compared either: of who was not reached it is not known."
        )


def _method(names: Names) -> Iterator[str]:
    if names.reached_is:
        yield names.reached_is
    yield _(
        "The standardised difference is that between the share of a group among who was"
        " reached and its share of the whole list, in the spread of the whole list. It"
        " does not depend on how many people there are; beyond 0.1 on either side (the"
        " grey zone) groups are usually called unlike. Behind “together” it is taken"
        " over all groups of a characteristic at once, and has no sign."
    )
    yield _(
        "The picture has, of each characteristic, the group that was reached most and"
        " the one that was reached least beside its share of the list."
    )
    yield _(
        "Groups in which fewer than five people were reached, or were not, stand"
        " together with the group next to them."
    )
