"""People as streams from the treads they began on to the treads they are on now.

A stream is as thick as the people in it are many. The highest tread stands at the top,
so a stream that climbs is of people who rose. What was withheld is a hatched stub at
its tread: how many leave and arrive there is told, not where they went.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.reports.charts.canvas import (
    LINE,
    Canvas,
    Drawn,
    on_both,
    width_of,
    wrapped,
)
from trede.reports.charts.lettering import key, lettered
from trede.reports.charts.moves import Count, Moves, counted, told
from trede.reports.drawing import Picture
from trede.studies.shapes import Shape, ribbon

TALL = 300  # what everybody together takes
NODE = 10
GAP = 12
STUB = 34  # how far a hidden stream reaches
LEAST = 5  # a hidden stream is as thick, at least
FITS = 15  # thick enough for a number in it
LOOKS = {1: "up", 0: "same", -1: "down"}


@dataclass(frozen=True)
class Side:
    """The treads of one moment, lowest first, from their tops down."""

    tops: tuple[float, ...]
    sizes: tuple[float, ...]
    labels: tuple[float, ...]  # the middle of each
    foot: float


@dataclass(frozen=True)
class Stream:
    row: int
    column: int
    count: int


def ladder_flows(moves: Moves) -> Picture:
    return on_both(lambda canvas: _drawn(moves, canvas), told(moves))


def _drawn(moves: Moves, canvas: Canvas) -> Drawn:
    width, labels = canvas.width, 184.0
    if canvas.stacked:
        labels = _beside(moves) if _marked(moves) else 92.0
    heads = [wrapped(moment, width / 2 - 8) for moment in (moves.before, moves.after)]
    top = LINE * max(map(len, heads)) + 8
    unit = TALL / max(_known(moves), 1)
    flipped = tuple(zip(*moves.cells, strict=True))
    words = [_words(moves, sums, labels) for sums in (moves.starts, moves.ends)]
    left = _side(moves.cells, moves.starts, unit, top, words[0])
    right = _side(flipped, moves.ends, unit, top, words[1])
    x1, x2 = labels + NODE, width - labels - NODE
    shapes = [
        *lettered("s", 0, 12, heads[0]),
        *lettered("s end", width, 12, heads[1]),
        *_streams(moves, left, right, unit, (x1, x2)),
        *_hidden(moves.cells, left, unit, x1),
        *_hidden(flipped, right, unit, x2 - STUB),
        *_nodes(left, words[0], x1 - NODE, words_at=(x1 - NODE - 8, " end")),
        *_nodes(right, words[1], x2, words_at=(x2 + NODE + 8, "")),
    ]
    foot = max(left.foot, right.foot) + 10
    explained, end = key(_entries(moves), top=foot, width=width)
    if canvas.stacked and _marked(moves):
        names = [answer.words for answer in reversed(moves.answers)]
        lines = [row for name in names for row in wrapped(name, width)]
        explained += lettered("t", 0, end + 18, lines)
        end += 18 + LINE * len(lines)
    return (*shapes, *explained), end


def _known(moves: Moves) -> int:
    """How many people there are room for: the sums where told, else the cells."""
    sides = ((moves.cells, moves.starts), (zip(*moves.cells, strict=True), moves.ends))
    return max(
        sum(
            sum(cell or 0 for cell in row) if whole is None else whole
            for row, whole in zip(rows, sums, strict=True)
        )
        for rows, sums in sides
    )


def _words(moves: Moves, sums: Sequence[Count], room: float) -> list[list[str]]:
    """Of each tread its name and, as the last line, how many people."""
    short = room < 90
    return [
        [*wrapped(answer.mark if short else answer.words, room - 10), counted(n)]
        for answer, n in zip(moves.answers, sums, strict=True)
    ]


def _beside(moves: Moves) -> float:
    """Room for the largest sum, or for the word that says that it is hidden."""
    sums = (*moves.starts, *moves.ends)
    return 12 + max((width_of(counted(n), bold=True) for n in sums), default=0.0)


def _marked(moves: Moves) -> bool:
    """On a telephone the marks stand beside the streams, and their names below."""
    return all(answer.mark for answer in moves.answers)


def _side(
    rows: Sequence[Sequence[Count]],
    sums: Sequence[Count],
    unit: float,
    top: float,
    words: Sequence[Sequence[str]],
) -> Side:
    tops, sizes, middles = [], [], []
    for row, whole, lines in reversed(list(zip(rows, sums, words, strict=True))):
        size = sum(cell or 0 for cell in row) * unit + _stub(row, whole, unit)
        slot = max(size, LINE * len(lines))
        middles.append(top + slot / 2)
        tops.append(top + (slot - size) / 2)
        sizes.append(size)
        top += slot + GAP
    return Side(tuple(tops[::-1]), tuple(sizes[::-1]), tuple(middles[::-1]), top)


def _stub(row: Sequence[Count], whole: Count, unit: float) -> float:
    """How thick the hidden part of a tread is drawn."""
    if None not in row:
        return 0
    rest = 0 if whole is None else whole - sum(cell or 0 for cell in row)
    return max(rest * unit, LEAST)


def _streams(
    moves: Moves, left: Side, right: Side, unit: float, between: tuple[float, float]
) -> Iterator[Shape]:
    """From the highest tread down on both sides, so that few streams cross; the
    largest lie at the back."""
    outs, ins = list(left.tops), list(right.tops)
    drawn: list[tuple[int, list[Shape]]] = []
    places = range(len(moves.answers))[::-1]
    for stream in (
        Stream(r, c, moves.cells[r][c] or 0) for r in places for c in places
    ):
        if not stream.count:
            continue
        thick = stream.count * unit
        out, into = outs[stream.row], ins[stream.column]
        outs[stream.row], ins[stream.column] = out + thick, into + thick
        drawn.append((stream.count, list(_stream(stream, thick, (out, into), between))))
    drawn.sort(key=lambda each: -each[0])
    yield from (shapes[0] for _count, shapes in drawn)
    for _count, shapes in drawn:
        yield from shapes[1:]


def _stream(
    stream: Stream,
    thick: float,
    tops: tuple[float, float],
    between: tuple[float, float],
) -> Iterator[Shape]:
    x1, x2 = between
    out, into = tops
    direction = (stream.column > stream.row) - (stream.column < stream.row)
    look = LOOKS[direction]
    yield ribbon(f"{look} see", x1, x2, (out, out + thick), (into, into + thick))
    if thick >= FITS:
        on = "inv" if direction > 0 else "s"
        foot = out + thick / 2 + 5
        yield Shape(on, x1 + 8, foot, text=counted(stream.count))


def _hidden(
    rows: Sequence[Sequence[Count]], side: Side, unit: float, x: float
) -> Iterator[Shape]:
    """At the foot of its tread, under the streams that are told."""
    for row, top, size in zip(rows, side.tops, side.sizes, strict=True):
        told_size = sum(cell or 0 for cell in row) * unit
        if size > told_size:
            yield Shape("hatched", x, top + told_size, STUB, size - told_size)


def _nodes(
    side: Side, words: Sequence[Sequence[str]], x: float, *, words_at: tuple[float, str]
) -> Iterator[Shape]:
    edge, anchor = words_at
    for top, size, middle, lines in zip(
        side.tops, side.sizes, side.labels, words, strict=True
    ):
        yield Shape("h5", x, top, NODE, max(size, 1))
        foot = middle - LINE * len(lines) / 2 + 13
        yield from lettered(f"t{anchor}", edge, foot, lines[:-1])
        last = foot + LINE * (len(lines) - 1)
        yield Shape(f"s{anchor}", edge, last, text=lines[-1])


def _entries(moves: Moves) -> list[tuple[str, str]]:
    names = (_("Higher"), _("The same"), _("Lower"))
    looks = zip(LOOKS.values(), names, moves.directions, strict=True)
    entries = [
        (look, name if count is None else f"{name}: {counted(count)}")
        for look, name, count in looks
    ]
    if moves.hidden:
        entries.append(("hatched", _("Hidden: where to or where from is not told")))
    return entries
