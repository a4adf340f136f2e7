"""What a table says in one or two sentences, and its picture.

Sentences are made from the figures that may be shown, and from nothing else: they
name the highest and lowest, and draw no conclusion.
"""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from trede.reports.charts.bars import Bar, Part, adding_up, side_by_side
from trede.reports.drawing import Picture
from trede.reports.figures_json import CellJson, TableJson
from trede.reports.laying_out import Grid, shown
from trede.reports.wording import GROUPS, MEASURES, Wording, number, percent

ABOUT = "participants"
Found = list[tuple[str, CellJson]]


def lead(table: TableJson, wording: Wording) -> str:
    """The sentence under the heading; empty when nothing may be shown."""
    return _LEADS[table["form"]](table, wording)


def picture(table: TableJson, grid: Grid, wording: Wording) -> Picture:
    return _PICTURES[table["form"]](table, wording, in_words(grid))


def in_words(grid: Grid) -> str:
    """The table read aloud: the alternative to its picture."""
    lines = []
    for line in grid.lines:
        pairs = zip(grid.heads, line.figures, strict=True)
        told = ", ".join(f"{head} {figure.text}" for head, figure in pairs)
        lines.append(f"{line.label}: {told}.")
    return " ".join((as_sentence(grid.caption), *lines))


def as_sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


# Sentences ------------------------------------------------------------------------


def _counts_lead(table: TableJson, wording: Wording) -> str:
    found = _known(table, "n", wording)
    total = sum(each["n"] or 0 for _label, each in found)
    label, cell = max(found, key=lambda each: each[1]["n"] or 0, default=("", None))
    # A hidden row might hold more.
    if cell is None or (cell["n"] or 0) < table["base"][ABOUT] - total:
        return ""
    return _("Of the %(base)s participants, most are in “%(label)s”: %(n)s.") % {
        "base": table["base"][ABOUT],
        "label": label,
        "n": shown(cell, "n").text,
    }


def _percentages_lead(table: TableJson, wording: Wording) -> str:
    sentences = []
    for item in _items(table):
        answers = [
            (label, cell)
            for label, cell in _known(table, "percent", wording)
            if cell["item"] == item
        ]
        if not answers:
            continue
        total = sum(each["percent"] or 0 for _label, each in answers)
        label, cell = max(answers, key=lambda each: each[1]["percent"] or 0)
        if (cell["percent"] or 0) < 100 - total:
            continue
        sentences.append(
            _("%(item)s: most often “%(label)s” (%(percent)s).")
            % {
                "item": wording.item(item),
                "label": label,
                "percent": percent(cell["percent"]),
            }
        )
    return " ".join(sentences)


def _yes_lead(table: TableJson, wording: Wording) -> str:
    sentences = []
    for row in table["rows"]:
        told = [
            f"{str(MEASURES[cell['measure'] or '']).lower()} {percent(cell['percent'])}"
            for cell in row["cells"]
            if cell["group"] == ABOUT and cell.get("percent") is not None
        ]
        if told:
            label = wording.row(table["id"], row["code"])
            sentences.append(f"{label}: {', '.join(told)}.")
    return " ".join(sentences)


def _means_lead(table: TableJson, wording: Wording) -> str:
    sentences = []
    for measure in _measures(table):
        found = [
            (label, cell)
            for label, cell in _known(table, "mean", wording)
            if cell["measure"] == measure
        ]
        if len(found) < 2 or _hides(table, measure, "mean"):
            continue
        ordered = sorted(found, key=lambda each: each[1]["mean"] or 0)
        (low, lowest), (high, highest) = ordered[0], ordered[-1]
        sentence = _(
            "“%(high)s” has the highest mean, %(highest)s; “%(low)s” the lowest,"
            " %(lowest)s."
        ) % {
            "high": high,
            "low": low,
            "highest": number(highest["mean"], 2),
            "lowest": number(lowest["mean"], 2),
        }
        prefix = f"{MEASURES[measure]}: " if measure else ""
        sentences.append(prefix + sentence)
    return " ".join(sentences)


def _hours_lead(table: TableJson, wording: Wording) -> str:
    sentences = []
    for measure in _measures(table):
        found = [
            (label, cell)
            for label, cell in _known(table, "percent", wording)
            if cell["measure"] == measure
        ]
        if not found or _hides(table, measure, "percent"):
            continue
        label, cell = max(found, key=lambda each: each[1]["percent"] or 0)
        sentences.append(
            _("%(measure)s: “%(label)s” is named most (%(percent)s).")
            % {
                "measure": MEASURES[measure or "now"],
                "label": label,
                "percent": percent(cell["percent"]),
            }
        )
    return " ".join(sentences)


# Pictures -------------------------------------------------------------------------


def _counts_picture(table: TableJson, wording: Wording, told: str) -> Picture:
    # The participants alone: of a few people who stopped nearly all is hidden.
    bars = [
        Bar(
            wording.row(table["id"], row["code"]),
            tuple(
                _part(cell, "percent")
                for cell in row["cells"]
                if cell["group"] == ABOUT
            ),
        )
        for row in table["rows"]
    ]
    return side_by_side(bars, names=(), most=_most(bars), told=told)


def _percentages_picture(table: TableJson, wording: Wording, told: str) -> Picture:
    bars = []
    for group in (ABOUT, "reference"):
        for item in _items(table, group):
            cells = [
                cell
                for row in table["rows"]
                for cell in row["cells"]
                if (cell["group"], cell["item"]) == (group, item)
            ]
            under = f"{GROUPS[group]}, N = {table['base'].get(group, '–')}"
            parts = tuple(
                Part(cell.get("percent"), number(cell.get("percent") or 0, 1))
                for cell in cells
            )
            bars.append(Bar(wording.item(item), parts, under))
    names = [wording.row(table["id"], row["code"]) for row in table["rows"]]
    return adding_up(bars, names=names, hidden=_("hidden"), told=told)


def _measures_picture(table: TableJson, wording: Wording, told: str) -> Picture:
    key = "mean" if table["form"] in ("means", "mean_and_share") else "percent"
    measures = _measures(table)
    bars = [
        Bar(
            wording.row(table["id"], row["code"]),
            tuple(
                _part(cell, key)
                for measure in measures
                for cell in row["cells"]
                if (cell["group"], cell["measure"]) == (ABOUT, measure)
            ),
        )
        for row in table["rows"]
    ]
    names = [str(MEASURES[measure]) for measure in measures if measure]
    return side_by_side(bars, names=names, most=_most(bars), told=told)


def _part(cell: CellJson, key: str) -> Part:
    figures: dict[str, object] = dict(cell)
    value = figures.get(key)
    words = shown(cell, "n" if "n" in cell else key).text
    return Part(None if value is None else float(str(value)), words)


def _most(bars: Iterable[Bar]) -> float:
    return max((part.value or 0 for bar in bars for part in bar.parts), default=0)


# Looking things up ----------------------------------------------------------------


def _known(table: TableJson, key: str, wording: Wording) -> Found:
    """The participants' cells with a figure that may be shown, with their rows."""
    return [
        (wording.row(table["id"], row["code"]), cell)
        for row in table["rows"]
        for cell in row["cells"]
        if cell["group"] == ABOUT and dict(cell).get(key) is not None
    ]


def _hides(table: TableJson, measure: str | None, key: str) -> bool:
    """Whether a figure is hidden, which might be the highest or the lowest."""
    return any(
        cell["group"] == ABOUT
        and cell["measure"] == measure
        and dict(cell).get(key, 0) is None
        for row in table["rows"]
        for cell in row["cells"]
    )


def _items(table: TableJson, group: str = ABOUT) -> list[str]:
    cells = (cell for row in table["rows"] for cell in row["cells"])
    items = (cell["item"] for cell in cells if cell["group"] == group)
    return list(dict.fromkeys(item for item in items if item))


def _measures(table: TableJson) -> list[str | None]:
    cells = (cell for row in table["rows"] for cell in row["cells"])
    return list(
        dict.fromkeys(cell["measure"] for cell in cells if cell["group"] == ABOUT)
    )


_LEADS: dict[str, Callable[[TableJson, Wording], str]] = {
    "counts": _counts_lead,
    "percentages": _percentages_lead,
    "percent_yes": _yes_lead,
    "mean_and_share": _means_lead,
    "means": _means_lead,
    "hours": _hours_lead,
}
_PICTURES: dict[str, Callable[[TableJson, Wording, str], Picture]] = {
    "counts": _counts_picture,
    "percentages": _percentages_picture,
    "percent_yes": _measures_picture,
    "mean_and_share": _measures_picture,
    "means": _measures_picture,
    "hours": _measures_picture,
}
