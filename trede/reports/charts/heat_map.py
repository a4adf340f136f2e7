"""From which answer to which, as a table of shades: the more people, the darker.

Every cell has its number, so that nobody depends on a shade. The outlined cells are
those of who stayed the same: right of them people went up, left of them down. Answers
stand from high at the top to low, as the treads of a ladder do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.reports.charts.canvas import LINE, Canvas, Drawn, on_both, wrapped
from trede.reports.charts.lettering import key, lettered
from trede.reports.charts.moves import Answer, Count, Moves, counted, told
from trede.reports.drawing import ON_DARK, Picture
from trede.studies.shapes import Shape

SHADES = ("h1", "h2", "h3", "h4", "h5")
GAP = 2
PATCH = 24  # stands for a sum that was withheld


@dataclass(frozen=True)
class Room:
    """Where the cells stand: beside their words, or under them (`labels` 0)."""

    width: float
    labels: float
    sums: float
    cell: float
    high: float

    @property
    def right(self) -> float:
        return self.width - self.sums

    def at(self, column: int) -> float:
        return self.labels + column * self.cell

    def middle(self, column: int) -> float:
        return self.at(column) + (self.cell - GAP) / 2


def heat_map(moves: Moves) -> Picture:
    return on_both(lambda canvas: _drawn(moves, _room(moves, canvas)), told(moves))


def _room(moves: Moves, canvas: Canvas) -> Room:
    labels, sums, high = (0, 46, 36) if canvas.stacked else (208, 66, 42)
    if not _any(moves.starts):
        sums = 0
    cell = (canvas.width - labels - sums) / len(moves.answers)
    return Room(canvas.width, labels, sums, cell, high)


def _drawn(moves: Moves, room: Room) -> Drawn:
    shapes, top = _heads(moves, room)
    rows = zip(moves.answers, moves.cells, moves.starts, strict=True)
    most = max((cell or 0 for row in moves.cells for cell in row), default=0)
    for row, (answer, cells, started) in reversed(list(enumerate(rows))):
        words = list(_row_words(answer, room, top))
        shapes += words
        top += 0 if room.labels else LINE * len(words) + 4
        for column, cell in enumerate(cells):
            shapes += _cell(cell, most, room, column, top, same=row == column)
        if room.sums:
            shapes.append(_sum(started, room.width, top + room.high / 2 + 5, "end"))
        top += room.high + (GAP if room.labels else 8)
    if _any(moves.ends):
        shapes += _feet(moves, room, top + 18)
        top += 26
    explained, end = key(_entries(moves), top=top + 10, width=room.width)
    return (*shapes, *explained), end


def _entries(moves: Moves) -> list[tuple[str, str]]:
    same = _("Stayed the same; to the right of it higher, to the left lower")
    hidden = [("hatched", _("Hidden"))] if moves.hidden else []
    return [("diag", same), *hidden]


def _heads(moves: Moves, room: Room) -> tuple[list[Shape], float]:
    columns = _("Columns: %(moment)s") % {"moment": moves.after}
    rows = _("Rows: %(moment)s") % {"moment": moves.before}
    right = wrapped(columns, room.width - room.labels)
    shapes = list(lettered("t", room.labels, 12, right))
    if room.labels:
        foot = 12 + LINE * len(right) + 6
        left = wrapped(rows, room.labels - 12)
        shapes += lettered("t", 0, foot - LINE * (len(left) - 1), left)
    else:
        left = wrapped(rows, room.width)
        shapes += lettered("t", 0, 12 + LINE * len(right), left)
        foot = 12 + LINE * (len(right) + len(left)) + 6
    for column, answer in enumerate(moves.answers):
        mark = answer.mark or str(column + 1)
        shapes.append(Shape("s mid", room.middle(column), foot, text=mark))
    if room.sums:
        shapes.append(Shape("q end", room.width, foot, text=_("Together")))
    return shapes, foot + 10


def _row_words(answer: Answer, room: Room, top: float) -> Iterator[Shape]:
    if not room.labels:
        yield from lettered("t", 0, top + 14, wrapped(answer.words, room.right))
        return
    lines = wrapped(answer.label, room.labels - 34)
    foot = top + room.high / 2 + 5 - LINE * (len(lines) - 1) / 2
    yield Shape("s", 0, foot, text=answer.mark)
    yield from lettered("t", 18, foot, lines)


def _cell(
    count: Count, most: int, room: Room, column: int, top: float, *, same: bool
) -> Iterator[Shape]:
    left, wide = room.at(column), room.cell - GAP
    look = _shade(count, most)
    yield Shape(look, left, top, wide, room.high)
    if same:
        yield Shape("diag", left + 1, top + 1, wide - 2, room.high - 2)
    if count is not None:
        on = "inv mid" if look in ON_DARK else "s mid" if count else "q mid"
        foot = top + room.high / 2 + 5
        yield Shape(on, room.middle(column), foot, text=counted(count))


def _shade(count: Count, most: int) -> str:
    if count is None:
        return "hatched"
    if not count:
        return "h0"
    # Equal steps up to the largest cell.
    return SHADES[-(-count * len(SHADES) // most) - 1]


def _feet(moves: Moves, room: Room, foot: float) -> Iterator[Shape]:
    if room.labels:
        yield Shape("q", 18, foot, text=_("Together"))
    for column, ended in enumerate(moves.ends):
        yield _sum(ended, room.middle(column), foot, "mid")
    if room.sums:
        yield _sum(moves.n, room.width, foot, "end", weight="s")


def _any(sums: Sequence[Count]) -> bool:
    """Sums of which none is known get no place."""
    return any(each is not None for each in sums)


def _sum(
    count: Count, x: float, foot: float, anchor: str, *, weight: str = "t"
) -> Shape:
    if count is None:
        left = x - (PATCH if anchor == "end" else PATCH / 2)
        return Shape("hatched", left, foot - 11, PATCH, 14)
    return Shape(f"{weight} {anchor}", x, foot, text=counted(count))
