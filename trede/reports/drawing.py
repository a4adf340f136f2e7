"""A picture: shapes with names of colours, and what it shows in words.

The screen draws it in the theme's colours and paper in its own. What was withheld is
hatched, and every picture has its numbers in words and in the table beside it. The
kinds of pictures are in `charts`.
"""

from dataclasses import dataclass
from html import escape
from zlib import crc32

from trede.reports.inking import hatching, inked
from trede.studies.shapes import Shape

WIDTH = 740
ON_DARK = ("h4", "h5")  # where letters are white
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


def as_svg(picture: Picture) -> str:
    """The picture for paper, in its own colours; the words come with it."""
    # Several pictures may stand on one page, each with a hatch of its own.
    hatch = f"hatch-{crc32(repr(picture).encode()):x}"
    shapes = "".join(inked(shape, hatch=hatch) for shape in picture.shapes)
    hidden = any(shape.look == "hatched" for shape in picture.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" font-size="13"'
        f' font-family="Noto Sans, sans-serif"'
        f' viewBox="0 0 {picture.width} {picture.height}">'
        f"<title>{escape(picture.told)}</title>"
        f"{hatching(hatch) if hidden else ''}{GROUND}{shapes}</svg>"
    )
