"""Pictures of figures: bars that stand next to each other, and bars that add up.

A picture is a list of shapes with names of colours; the screen draws it in the
theme's colours and paper in its own. What was withheld is hatched, and every picture
has its numbers in words and in the table beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from zlib import crc32

from trede.reports.inking import hatching, inked
from trede.studies.shapes import Shape

WIDTH = 740
LABELS = 250  # the column of words at the left
PLOT = WIDTH - LABELS - 100  # leaves room for the figure behind the bar
LETTERS = 34  # that fit in the column of words
LINE = 17
# From little to much, as many as there are answers.
SHADES = {
    2: ("h2", "h4"),
    3: ("h2", "h3", "h4"),
    4: ("h2", "h3", "h4", "h5"),
    5: ("h1", "h2", "h3", "h4", "h5"),
    6: ("h0", "h1", "h2", "h3", "h4", "h5"),
}
ON_DARK = ("h4", "h5")
# Paper is white; a picture file is not, and see-through colours need it.
GROUND = '<rect width="100%" height="100%" fill="#ffffff"/>'


@dataclass(frozen=True)
class Picture:
    """`told` says in words what it shows; `narrow` is the same for a telephone."""

    height: int
    shapes: tuple[Shape, ...]
    told: str
    width: int = WIDTH
    narrow: "Picture | None" = None


@dataclass(frozen=True)
class Part:
    """`value` None: withheld. `text` is what stands in or beside the bar."""

    value: float | None
    text: str


@dataclass(frozen=True)
class Bar:
    label: str
    parts: tuple[Part, ...]
    under: str = ""


def adding_up(
    bars: Sequence[Bar], *, names: Sequence[str], hidden: str, told: str
) -> Picture:
    """Each bar is a whole of 100, divided over the answers in their order."""
    shades = SHADES[min(max(len(names), 2), 6)]
    shapes, top = _legend(names, shades)
    for bar in bars:
        shapes += _words(bar, top)
        shapes += _divided(bar, shades, top, hidden)
        needed = (len(_wrapped(bar.label)) + bool(bar.under)) * LINE
        top += max(50, needed + 12)
    return Picture(top, tuple(shapes), told)


def side_by_side(
    bars: Sequence[Bar], *, names: Sequence[str], most: float, told: str
) -> Picture:
    """Bars from zero; several under one label for several measures of it."""
    looks = ("c5", "c4")
    shapes, top = _legend(names, looks) if len(names) > 1 else ([], 0)
    thick = 18 if len(names) > 1 else 22
    for bar in bars:
        shapes += _words(bar, top)
        for place, part in enumerate(bar.parts):
            shapes += _length(part, looks[place % 2], top, thick, most)
            top += thick + 2
        needed = (len(_wrapped(bar.label)) + bool(bar.under)) * LINE
        top += max(12, needed - len(bar.parts) * (thick + 2) + 8)
    return Picture(top, tuple(shapes), told)


def _length(
    part: Part, look: str, top: int, thick: int, most: float
) -> Iterable[Shape]:
    if part.value is None:
        yield Shape("t", LABELS, top + thick - 5, text=part.text)
        return
    width = round(PLOT * part.value / most, 1) if most else 0
    if width:
        yield Shape(look, LABELS, top, width, thick)
    yield Shape("s", LABELS + width + 8, top + thick - 5, text=part.text)


def _divided(bar: Bar, shades: Sequence[str], top: int, hidden: str) -> Iterable[Shape]:
    left = float(LABELS)
    for place, part in enumerate(bar.parts):
        if not part.value:
            continue
        width = round((WIDTH - LABELS) * part.value / 100, 1)
        look = shades[place]
        yield Shape(look, left, top, max(width - 2, 0.5), 38)
        if width > 34:
            on = "inv mid" if look in ON_DARK else "s mid"
            yield Shape(on, left + width / 2, top + 24, text=part.text)
        left += width
    rest = WIDTH - left
    if rest > 3:
        yield Shape("hatched", left, top, rest, 38)
        if rest > 80:
            yield Shape("t mid", left + rest / 2, top + 24, text=hidden)


def _words(bar: Bar, top: int) -> Iterable[Shape]:
    lines = _wrapped(bar.label)
    for place, line in enumerate(lines):
        yield Shape("s", 0, top + 14 + place * LINE, text=line)
    if bar.under:
        yield Shape("t", 0, top + 14 + len(lines) * LINE, text=bar.under)


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LETTERS:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _legend(names: Sequence[str], looks: Sequence[str]) -> tuple[list[Shape], int]:
    shapes: list[Shape] = []
    left, top = 0.0, 0
    for name, look in zip(names, looks, strict=False):
        wide = 34 + 7.2 * len(name)
        if left and left + wide > WIDTH:
            left, top = 0.0, top + 24
        shapes.append(Shape(look, left, top, 14, 14))
        shapes.append(Shape("t", left + 20, top + 12, text=name))
        left += wide
    return shapes, top + 34


def as_svg(picture: Picture) -> str:
    """The picture for paper, in its own colours; the words come with it."""
    # Several pictures may stand on one page, each with a hatch of its own.
    hatch = f"hatch-{crc32(repr(picture).encode()):x}"
    shapes = "".join(inked(shape, hatch=hatch) for shape in picture.shapes)
    hidden = any(shape.look == "hatched" for shape in picture.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" font-family="Noto Sans"'
        f' font-size="13" viewBox="0 0 {picture.width} {picture.height}">'
        f"<title>{escape(picture.told)}</title>"
        f"{hatching(hatch) if hidden else ''}{GROUND}{shapes}</svg>"
    )
