"""Reads a picture back: which numbers, boxes and outlines are in it."""

import re
from collections.abc import Iterator

from trede.reports.drawing import Picture
from trede.studies.shapes import Shape

Box = tuple[float, float, float, float]  # left, top, right, foot


def texts(picture: Picture) -> list[str]:
    return [shape.text for shape in picture.shapes if shape.text]


def looking(picture: Picture, look: str) -> list[Shape]:
    """The areas and lines that look like this."""
    drawn = (shape for shape in picture.shapes if not shape.text)
    return [shape for shape in drawn if shape.look.split()[0] == look]


def box_of(shape: Shape) -> Box:
    return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height


def corners(shape: Shape) -> list[tuple[float, float]]:
    """The points of a line or polygon."""
    found = re.findall(r"(-?[\d.]+) (-?[\d.]+)", shape.path)
    return [(float(x), float(y)) for x, y in found]


def on_page(picture: Picture) -> Iterator[Picture]:
    """The picture and the one for a telephone."""
    yield picture
    assert picture.narrow is not None
    yield picture.narrow


def stays_inside(picture: Picture) -> bool:
    """Nothing is drawn beyond the edges; letters are reckoned from their anchor."""
    return all(
        -1 <= x <= picture.width + 1 and -1 <= y <= picture.height + 1
        for shape in picture.shapes
        for x, y in _points(shape)
    )


def _points(shape: Shape) -> list[tuple[float, float]]:
    curved = {"C", "a"} & set(shape.path)  # of a circle only the centre is read
    if shape.path and not curved:
        return corners(shape)
    left, top, right, foot = box_of(shape)
    return [(left, top), (right, foot)]


def overlapping(one: Box, other: Box) -> bool:
    beside = one[2] <= other[0] or other[2] <= one[0]
    return not (beside or one[3] <= other[1] or other[3] <= one[1])
