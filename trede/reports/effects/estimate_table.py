"""Estimates as rows of a table: how, how many, how much, how sure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.reports.effects.analysis_json import EstimateJson, SizeJson
from trede.reports.effects.figures import (
    DASH,
    Unit,
    bare_p,
    capital,
    counted,
    has_few_degrees,
    keeps_test_back,
    no_test_told,
    shown,
    unit_of,
)
from trede.reports.effects.methods_told import method_of, size_told
from trede.reports.effects.names import Names
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.wording import number

DASHED = Shown(DASH)
# Units of an estimate, and the size that says the same.
SAME = (("percentage_points", "net_share_up"), ("ratio", "odds_ratio"))
SHORT = 12  # letters of a name that fit at the head of a column


def estimate_grid(
    estimates: Sequence[EstimateJson], caption: str, *, adjusted: bool
) -> Grid:
    """All estimates of one outcome, by their methods."""
    lines = (
        Line(capital(method_of(one)), figures(one, adjusted=adjusted))
        for one in shown_of(estimates)
    )
    return filled(Grid(caption, heads(adjusted=adjusted), tuple(lines)))


def heads(*, adjusted: bool) -> tuple[str, ...]:
    """Over the columns of `figures`."""
    more = (_("p (Holm)"), _("p (BH)")) if adjusted else ()
    return (_("n"), _("Missing"), _("Estimate"), _("95% interval"), _("p"), *more)


def filled(grid: Grid) -> Grid:
    """Without the columns in which no row has anything."""
    kept = [
        place
        for place in range(len(grid.heads))
        if any(line.figures[place].text != DASH for line in grid.lines)
    ]
    return replace(
        grid,
        heads=tuple(grid.heads[place] for place in kept),
        lines=tuple(
            replace(line, figures=tuple(line.figures[place] for place in kept))
            for line in grid.lines
        ),
    )


def shown_of(estimates: Sequence[EstimateJson]) -> list[EstimateJson]:
    """Without those beside a headline of which nothing is shown: a row of words that
    say hidden tells a reader nothing."""
    return [
        one
        for place, one in enumerate(estimates)
        if one.get("headline") or not place or not is_hidden(one)
    ]


def is_hidden(one: EstimateJson) -> bool:
    return bool(one.get("suppressed")) and one.get("estimate") is None


def hidden_told(estimates: Sequence[EstimateJson]) -> str:
    """How many were left out of the table in that way, and why a p-value is not
    there; empty when neither is so."""
    told = [no_test_told()] if any(map(has_few_degrees, shown_of(estimates))) else []
    count = len(estimates) - len(shown_of(estimates))
    return " ".join([*([_hidden_count(count)] if count else []), *told])


def _hidden_count(count: int) -> str:
    return ngettext(
        "%(n)s other estimate is not shown.",
        "%(n)s other estimates are not shown.",
        count,
    ) % {"n": number(count)}


def part_grid(estimates: Mapping[str, EstimateJson], caption: str) -> Grid:
    """One estimate for each part of the people, by their names."""
    lines = (
        Line(name, figures(one, adjusted=False)) for name, one in estimates.items()
    )
    return Grid(caption, heads(adjusted=False), tuple(lines))


def outcome_grid(estimates: Sequence[EstimateJson], caption: str, names: Names) -> Grid:
    """One headline of each outcome, with its size and its adjusted p-values."""
    lines = (
        Line(
            names.outcome(one["outcome"]),
            (*figures(one, adjusted=True), size_shown(one)),
        )
        for one in estimates
    )
    over = (*heads(adjusted=True), _size_head(estimates))
    return filled(Grid(caption, over, tuple(lines)))


def _size_head(estimates: Sequence[EstimateJson]) -> str:
    """What the sizes are, when outcomes of one kind have one and the same."""
    found = _sizes(estimates)
    head = capital(size_told(found[0])) if len(found) == 1 else ""
    return head if 0 < len(head) <= SHORT else _("Size")


def sizes_named(estimates: Sequence[EstimateJson]) -> list[str]:
    """What stands in the column of sizes, for under the table."""
    found = [size_told(name) for name in _sizes(estimates)]
    return [_("Size: %(names)s.") % {"names": "; ".join(found)}] if found else []


def _sizes(estimates: Sequence[EstimateJson]) -> list[str]:
    sizes = (_size(one) for one in estimates)
    return list(dict.fromkeys(size["name"] for size in sizes if size))


def _size(one: EstimateJson) -> SizeJson | None:
    """Not where it is the estimate itself, in other digits."""
    size = one.get("size")
    return None if size and (unit_of(one).code, size["name"]) in SAME else size


def without_end_told(estimates: Sequence[EstimateJson]) -> list[str]:
    """Words of caution for figures at an end of what can be: a ratio without an end,
    a share of nobody or of everybody."""
    shown = shown_of(estimates)
    ratios = [one.get("estimate") for one in shown]
    ratios += [size.get("value") for one in shown if (size := one.get("size"))]
    told = []
    if any(isinstance(value, str) for value in ratios):
        told.append(
            _(
                "A ratio cannot be estimated where everybody who changed went the same"
                " way, or where nobody or everybody in a group gave such an answer."
            )
        )
    if any(_at_an_end(one) for one in shown):
        told.append(
            _(
                "A share of 0% or 100% of a few people does not mean nobody or"
                " everybody elsewhere: the interval says what else fits."
            )
        )
    return told


def _at_an_end(one: EstimateJson) -> bool:
    return unit_of(one).code == "share" and one.get("estimate") in (0, 1)


def figures(one: EstimateJson, *, adjusted: bool) -> tuple[Shown, ...]:
    """Of an estimate that is withheld the word stands once, and dashes after it."""
    unit, withheld = unit_of(one), one.get("suppressed")
    no_test = withheld or keeps_test_back(one)
    ends = unit.interval(one.get("ci")) if one.get("ci") else DASH
    few = has_few_degrees(one)
    told = [
        counted(one.get("n"), withheld=withheld),
        DASHED if _of_some(one) else counted(one.get("n_missing"), withheld=withheld),
        shown(estimated(one, unit), withheld=withheld),
        shown(ends, withheld=withheld),
        shown(bare_p(None if few else one.get("p")), withheld=no_test),
    ]
    if adjusted:
        told += [
            shown(bare_p(None if few else one.get("p_holm")), withheld=no_test),
            shown(bare_p(None if few else one.get("p_bh")), withheld=no_test),
        ]
    if is_hidden(one):
        told[3:] = [Shown(DASH, hidden=True)] * len(told[3:])
    return tuple(told)


def _of_some(one: EstimateJson) -> bool:
    """Of who had any: those who had none are not missing, so there is no such count."""
    return "_of_any" in one.get("method", "")


def estimated(one: EstimateJson, unit: Unit) -> str:
    """The figure with a short unit behind it, so that a column can hold many kinds."""
    told = unit.figure(one.get("estimate"))
    if told == DASH:
        return told
    short = {"percentage_points": _("pp"), "ratio": "×", "days": _("d")}.get(unit.code)
    return f"{told}\N{NO-BREAK SPACE}{short}" if short else told


def size_shown(one: EstimateJson) -> Shown:
    size = _size(one)
    if not size or size.get("value") is None:
        return Shown(DASH, hidden=bool(one.get("suppressed")))
    unit = Unit("plain", 2, difference=False)
    return Shown(unit.figure(size.get("value")))
