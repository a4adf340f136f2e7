"""The way of the participants as boxes under each other, with side exits.

Every box says how many people there are; between two boxes stands how many fell away
and why. When people were divided over two groups, the way goes on in two columns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.reports.charts.canvas import LINE, Canvas, Drawn, on_both, wrapped
from trede.reports.charts.lettering import lettered
from trede.reports.charts.moves import Count, counted
from trede.reports.drawing import Picture
from trede.reports.laying_out import Grid, Line, Shown
from trede.reports.telling import as_sentence
from trede.studies.shapes import Shape, line, polygon

PAD = 10
ARROW = 22  # between two boxes, at least
BESIDE = 28  # from the line to the box of who fell away
HATCH = 8
EDGE = 1.0  # room for the line round a box


@dataclass(frozen=True)
class Exit:
    reason: str
    n: Count


@dataclass(frozen=True)
class Step:
    """`gone` fell away on the way to this step, for the reasons in `exits`."""

    label: str
    n: Count
    exits: tuple[Exit, ...] = ()
    gone: Count = 0

    @property
    def loses(self) -> bool:
        return self.gone is None or self.gone > 0 or bool(self.exits)


@dataclass(frozen=True)
class Arm:
    label: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Participants:
    """`arms`: the groups over which the people of the last step were divided."""

    title: str
    steps: tuple[Step, ...]
    arms: tuple[Arm, ...] = ()


@dataclass(frozen=True)
class Column:
    """Where the boxes stand, and the line down from them."""

    left: float
    width: float
    spine: float
    aside: float  # where the boxes of who fell away begin
    right: float  # and where they end


def participants(flow: Participants) -> Picture:
    return on_both(lambda canvas: _drawn(flow, canvas), told(flow))


def told(flow: Participants) -> str:
    sentences = [as_sentence(flow.title), *_steps_told(flow.steps)]
    for arm in flow.arms:
        sentences += [f"{arm.label}.", *_steps_told(arm.steps)]
    return " ".join(sentences)


def grid(flow: Participants) -> Grid:
    lines = list(_lines(flow.steps))
    for arm in flow.arms:
        lines += _lines(arm.steps, f"{arm.label}: ")
    return Grid(flow.title, (_("People"),), tuple(lines))


def _steps_told(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        if step.loses:
            reasons = ", ".join(_exits(step))
            yield f"{_fewer(step)} ({reasons})." if reasons else f"{_fewer(step)}."
        yield f"{step.label}: {counted(step.n)}."


def _lines(steps: Sequence[Step], arm: str = "") -> Iterator[Line]:
    for step in steps:
        if step.loses:
            yield Line(arm + _("fell away"), (_shown(step.gone),), under=True)
        for each in step.exits:
            yield Line(arm + each.reason, (_shown(each.n),), under=True)
        yield Line(arm + step.label, (_shown(step.n),))


def _shown(count: Count) -> Shown:
    return Shown(counted(count), hidden=count is None)


def _fewer(step: Step) -> str:
    if step.gone is None:
        return _("Fell away: hidden")
    return ngettext("%(n)s fewer", "%(n)s fewer", step.gone) % {"n": counted(step.gone)}


def _exits(step: Step) -> list[str]:
    return [
        f"{each.reason} ({counted(None)})"
        if each.n is None
        else f"{counted(each.n)} {each.reason}"
        for each in step.exits
    ]


# Drawing --------------------------------------------------------------------------


def _drawn(flow: Participants, canvas: Canvas) -> Drawn:
    wide = canvas.width - EDGE
    trunk = Column(EDGE, 300, 150, 340, wide)
    if canvas.stacked:
        trunk = _stacked(EDGE, wide - EDGE)
    if flow.arms and not canvas.stacked:
        trunk = Column(220, 300, 370, 410, wide)
    shapes, foot = _column(flow.steps, trunk, EDGE)
    if canvas.stacked:
        for arm in flow.arms:
            shapes.append(Shape("s", 0, foot + 34, text=arm.label))
            more, foot = _column(arm.steps, trunk, foot + 46)
            shapes += more
        return shapes, foot + 2
    return _arms(flow, shapes, trunk, foot, wide)


def _stacked(left: float, width: float) -> Column:
    """Who fell away stands under the box, to the right of the line."""
    return Column(left, width, left + 18, left + 18 + BESIDE, left + width)


def _arms(
    flow: Participants, shapes: list[Shape], trunk: Column, top: float, wide: float
) -> Drawn:
    if not flow.arms:
        return shapes, top + 2
    gap = 28
    each = (wide - EDGE - gap * (len(flow.arms) - 1)) / len(flow.arms)
    columns = [
        _stacked(EDGE + place * (each + gap), each) for place in range(len(flow.arms))
    ]
    across = top + ARROW
    shapes.append(line("axis", trunk.spine, top, trunk.spine, across))
    ends = [column.left + column.width / 2 for column in columns]
    shapes.append(line("axis", min(ends), across, max(ends), across))
    feet = [top]
    for arm, column, middle in zip(flow.arms, columns, ends, strict=True):
        shapes += _arrow_down(middle, across, across + ARROW)
        foot = across + ARROW + 16
        shapes.append(Shape("s mid", middle, foot, text=arm.label))
        more, end = _column(arm.steps, column, foot + 8)
        shapes += more
        feet.append(end)
    return shapes, max(feet) + 2


def _column(
    steps: Sequence[Step], column: Column, top: float
) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    for place, step in enumerate(steps):
        if place:
            more, top = _between(step, column, top)
            shapes += more
        more, top = _box(step, column, top)
        shapes += more
    return shapes, top


def _between(step: Step, column: Column, top: float) -> tuple[list[Shape], float]:
    """The line down to a step, with the box of who fell away beside it."""
    if not step.loses:
        return list(_arrow_down(column.spine, top, top + ARROW)), top + ARROW
    width = column.right - column.aside - 2 * PAD
    lines = [row for told in _exits(step) for row in wrapped(told, width)]
    high = LINE * (1 + len(lines)) + 2 * PAD
    start, foot = top + PAD, top + PAD + high + PAD
    hidden = step.gone is None or any(each.n is None for each in step.exits)
    shapes = [
        *_arrow_down(column.spine, top, foot + 6),
        *_arrow_right(column.spine, column.aside, start + PAD + 9),
        Shape("n1", column.aside, start, column.right - column.aside, high),
        Shape("s", column.aside + PAD, start + PAD + 13, text=_fewer(step)),
        *lettered("t", column.aside + PAD, start + PAD + 13 + LINE, lines),
    ]
    if hidden:
        shapes.append(Shape("hatched", column.right - HATCH, start, HATCH, high))
    return shapes, foot + 6


def _box(step: Step, column: Column, top: float) -> tuple[list[Shape], float]:
    number_room = 74
    lines = wrapped(step.label, column.width - 2 * PAD - number_room)
    high = LINE * len(lines) + 2 * PAD
    middle = top + PAD + 13
    right = column.left + column.width - PAD - (HATCH if step.n is None else 0)
    shapes = [
        Shape("box", column.left, top, column.width, high),
        *lettered("t", column.left + PAD, middle, lines),
        Shape("s end", right, middle, text=counted(step.n)),
    ]
    if step.n is None:
        shapes.insert(1, Shape("hatched", right + PAD, top, HATCH, high))
    return shapes, top + high


def _arrow_down(x: float, top: float, foot: float) -> Iterator[Shape]:
    yield line("axis", x, top, x, foot - 6)
    yield polygon("n3", ((x - 4, foot - 7), (x + 4, foot - 7), (x, foot - 1)))


def _arrow_right(left: float, right: float, y: float) -> Iterator[Shape]:
    yield line("axis", left, y, right - 6, y)
    yield polygon("n3", ((right - 7, y - 4), (right - 7, y + 4), (right - 1, y)))
