"""Who answered what before and after: the figures behind a table of transitions.

Each cell counts the people who went from one answer to another. What was withheld is
None. A sum is told when it was published or when all its parts were.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.telling import as_sentence
from trede.reports.wording import number, percent

Count = int | None


@dataclass(frozen=True)
class Answer:
    """`mark` is the short sign at the head of a column: the number of a tread."""

    mark: str
    label: str

    @property
    def words(self) -> str:
        return (
            self.label if self.mark in ("", self.label) else f"{self.mark} {self.label}"
        )


@dataclass(frozen=True)
class Moves:
    """From which answer to which; answers from low to high.

    `cells` has a row for each answer before, with a column for each answer after.
    `before` and `after` are the names of the moments. `started` and `ended` are the
    published sums per answer; `up`, `same` and `down` those over everybody.
    """

    title: str
    answers: tuple[Answer, ...]
    before: str
    after: str
    cells: tuple[tuple[Count, ...], ...]
    started: tuple[Count, ...] = ()
    ended: tuple[Count, ...] = ()
    up: Count = None
    same: Count = None
    down: Count = None

    def __post_init__(self) -> None:
        size = len(self.answers)
        sizes = {len(self.cells), *(len(row) for row in self.cells)}
        sizes |= {len(sums) for sums in (self.started, self.ended) if sums}
        if sizes != {size}:
            raise ValueError(f"{size} answers, but sides of {sorted(sizes)}")

    @property
    def starts(self) -> tuple[Count, ...]:
        """How many gave each answer before."""
        published = self.started or (None,) * len(self.answers)
        rows = zip(published, self.cells, strict=True)
        return tuple(_sum(row) if given is None else given for given, row in rows)

    @property
    def ends(self) -> tuple[Count, ...]:
        """How many gave each answer after."""
        published = self.ended or (None,) * len(self.answers)
        columns = zip(published, zip(*self.cells, strict=True), strict=True)
        return tuple(
            _sum(column) if given is None else given for given, column in columns
        )

    @property
    def n(self) -> Count:
        sums = (self.starts, self.ends, (self.up, self.same, self.down))
        return next((n for n in map(_sum, sums) if n is not None), None)

    @property
    def directions(self) -> tuple[Count, Count, Count]:
        """How many went up, stayed and went down."""
        places = range(len(self.answers))
        pairs = [(row, column) for row in places for column in places]
        parts = (
            (self.up, [self.cells[r][c] for r, c in pairs if c > r]),
            (self.same, [self.cells[r][c] for r, c in pairs if c == r]),
            (self.down, [self.cells[r][c] for r, c in pairs if c < r]),
        )
        up, same, down = (_sum(cells) if n is None else n for n, cells in parts)
        return up, same, down

    @property
    def hidden(self) -> int:
        """How many cells were withheld."""
        return sum(cell is None for row in self.cells for cell in row)


def told(moves: Moves) -> str:
    """The alternative in words; the table beside the picture has every figure."""
    sentences = [as_sentence(moves.title), *_directions_told(moves), *_most(moves)]
    if moves.hidden:
        sentences.append(
            ngettext("%(n)s cell is hidden.", "%(n)s cells are hidden.", moves.hidden)
            % {"n": number(moves.hidden)}
        )
    sentences.append(_("All figures are in the table."))
    return " ".join(sentences)


def counted(count: Count) -> str:
    return _("hidden") if count is None else number(count)


def grid(moves: Moves) -> Grid:
    """A row for each answer before, what part of it went where, and the sums."""
    # The rows say which answer a mark stands for.
    heads = (*(answer.mark or answer.label for answer in moves.answers), _("Together"))
    lines = [
        Line(answer.words, (*(_part(cell, all_) for cell in row), _whole(all_)))
        for answer, row, all_ in zip(
            moves.answers, moves.cells, moves.starts, strict=True
        )
    ]
    lines.reverse()
    sums = tuple(_part(all_, moves.n) for all_ in moves.ends)
    lines.append(Line(_("Together"), (*sums, _whole(moves.n))))
    caption = _("%(title)s Rows: %(before)s. Columns: %(after)s.")
    words = {
        "title": as_sentence(moves.title),
        "before": moves.before,
        "after": moves.after,
    }
    return Grid(caption % words, heads, tuple(lines))


def _part(count: Count, of: Count) -> Shown:
    if count is None:
        return Shown(_("hidden"), hidden=True)
    if not of:
        return Shown(number(count))
    return Shown(f"{number(count)} ({percent(100 * count / of)})")


def _whole(count: Count) -> Shown:
    return Shown(counted(count), hidden=count is None)


def _sum(counts: Iterable[Count]) -> Count:
    total = 0
    for count in counts:
        if count is None:
            return None
        total += count
    return total


def _directions_told(moves: Moves) -> list[str]:
    if moves.n is None:
        return []
    up, same, down = (counted(count) for count in moves.directions)
    people = ngettext("%(n)s person.", "%(n)s people.", moves.n) % {
        "n": number(moves.n)
    }
    words = _("Higher: %(up)s. The same: %(same)s. Lower: %(down)s.")
    return [people, words % {"up": up, "same": same, "down": down}]


def _most(moves: Moves) -> list[str]:
    """The move that most people made, when none that is hidden could be larger."""
    known = [
        (cell, row, column)
        for row, cells in enumerate(moves.cells)
        for column, cell in enumerate(cells)
        if cell is not None
    ]
    if not known:
        return []
    most, row, column = max(known)
    shown = sum(cell for cell, _row, _column in known)
    if not most or (moves.hidden and (moves.n is None or moves.n - shown > most)):
        return []
    words = _("Most often: from “%(before)s” to “%(after)s” (%(n)s).")
    if row == column:
        words = _("Most often: “%(before)s” both times (%(n)s).")
    before, after = moves.answers[row].words, moves.answers[column].words
    return [words % {"before": before, "after": after, "n": number(most)}]
