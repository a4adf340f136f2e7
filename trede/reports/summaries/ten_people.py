"""Ten little people in a row, of whom so many are coloured: a share that one sees.

A share is told in tenths, so that nobody has to know what a percentage is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trede.reports.drawing import Picture
from trede.studies.shapes import Shape, circle

WIDE, TALL = 34, 58  # of one person
OUT_OF = 10
COLOURED, PLAIN = "c5", "n2"


@dataclass(frozen=True)
class Tenths:
    """`nearly` is nobody or everybody where the tenths would say none or all."""

    n: int
    nearly: str = ""


def in_tenths(percent: float) -> Tenths:
    n = int(percent / OUT_OF + 0.5)
    if n == 0 and percent > 0:
        return Tenths(0, "nobody")
    if n == OUT_OF and percent < 100:
        return Tenths(OUT_OF, "everybody")
    return Tenths(n)


def shared_out(counts: Sequence[int]) -> tuple[int, ...]:
    """Tenths of a whole that together are ten: the largest remainders go up."""
    whole = sum(counts)
    if not whole:
        return tuple(0 for _count in counts)
    exact = [OUT_OF * count / whole for count in counts]
    tenths = [int(one) for one in exact]
    remainders = sorted(
        range(len(exact)), key=lambda place: tenths[place] - exact[place]
    )
    for place in remainders[: OUT_OF - sum(tenths)]:
        tenths[place] += 1
    return tuple(tenths)


def ten_people(n: int, *, told: str, from_right: bool = False) -> Picture:
    """In a language that is read from the right, the row is filled from the right."""
    shapes: list[Shape] = []
    for place in range(OUT_OF):
        number = OUT_OF - 1 - place if from_right else place
        shapes += _person(place * WIDE, COLOURED if number < n else PLAIN)
    return Picture(TALL, tuple(shapes), told, width=OUT_OF * WIDE)


def _person(left: float, look: str) -> Iterator[Shape]:
    middle = left + WIDE / 2
    yield circle(look, middle, 11, 9)
    body = (
        f"M{left + 4:g} 56V36a{WIDE / 2 - 4:g} {WIDE / 2 - 4:g} 0 0 1"
        f" {WIDE - 8:g} 0V56Z"
    )
    yield Shape(look, left + 4, 56, path=body)
