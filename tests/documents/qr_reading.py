"""What the camera of a telephone reads in a picture (SVG), by the rules of ISO 18004.

The squares are walked as the standard says. Nothing is torn here, so that the squares
which only mend errors are left alone.
"""

import re
from collections.abc import Callable, Iterator

from qrcode.base import rs_blocks
from qrcode.util import ALPHA_NUM, PATTERN_POSITION_TABLE, mask_func

Squares = list[list[bool]]
Inverted = Callable[[int, int], bool]
MARGIN = 4
# How many bits tell the length, in a small and in a large picture.
NUMBERS, LETTERS, BYTES = 1, 2, 4
LENGTH = {NUMBERS: (10, 12), LETTERS: (9, 11), BYTES: (8, 16)}


def read(svg: str) -> str:
    squares = _squares(svg)
    version = (len(squares) - 17) // 4
    level, inverted = _format(squares)
    words = _words(_bits(squares, version, inverted), version, level)
    return _text("".join(f"{word:08b}" for word in words), large=version > 9)


def _squares(svg: str) -> Squares:
    """Without the margin; true is dark."""
    (wide,) = re.findall(r'viewBox="0 0 (\d+) \1"', svg)
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+),(\d+)H", svg)}
    inside = range(MARGIN, int(wide) - MARGIN)
    return [[(x, y) in dark for x in inside] for y in inside]


def _format(squares: Squares) -> tuple[int, Inverted]:
    """How much is there to mend errors, and which squares are turned over."""
    told = "".join(str(int(squares[8][x])) for x in range(5))
    told_plainly = int(told, 2) ^ 0b10101
    return told_plainly >> 3, mask_func(told_plainly & 0b111)


def _bits(squares: Squares, version: int, inverted: Inverted) -> Iterator[bool]:
    """Two columns at a time from the right, up and down in turn."""
    size = len(squares)
    drawn = _drawn_for_the_camera(size, version)
    rights = [x if x > 6 else x - 1 for x in range(size - 1, 0, -2)]
    for turn, right in enumerate(rights):
        rows = range(size) if turn % 2 else range(size - 1, -1, -1)
        for y in rows:
            for x in (right, right - 1):
                if (x, y) not in drawn:
                    yield squares[y][x] != inverted(y, x)


def _drawn_for_the_camera(size: int, version: int) -> set[tuple[int, int]]:
    """Three eyes with what stands beside them, two dotted lines, small eyes."""
    everywhere = [(x, y) for x in range(size) for y in range(size)]
    far = size - 8
    eyes = {
        (x, y)
        for x, y in everywhere
        if (x < 9 and y < 9) or (x >= far and y < 9) or (x < 9 and y >= far)
    }
    lines = {(x, y) for x, y in everywhere if 6 in (x, y)}
    places = PATTERN_POSITION_TABLE[version - 1]
    centres = [(x, y) for x in places for y in places if (x, y) not in eyes]
    small = {(x + i, y + j) for x, y in centres for i in _TWO for j in _TWO}
    return eyes | lines | small | (_which_version(size) if version > 6 else set())


_TWO = range(-2, 3)


def _which_version(size: int) -> set[tuple[int, int]]:
    beside = {(x, y) for x in range(6) for y in range(size - 11, size - 8)}
    return beside | {(y, x) for x, y in beside}


def _words(bits: Iterator[bool], version: int, level: int) -> list[int]:
    """Of each block one word in turn, as long as it has any; then block after block."""
    counts = [block.data_count for block in rs_blocks(version, level)]
    blocks: list[list[int]] = [[] for _count in counts]
    for turn in range(max(counts)):
        for block, count in zip(blocks, counts, strict=True):
            if turn < count:
                eight = [next(bits) for _bit in range(8)]
                block.append(int("".join(str(int(bit)) for bit in eight), 2))
    return [word for block in blocks for word in block]


def _text(bits: str, *, large: bool) -> str:
    said, at = "", 0

    def take(count: int) -> int:
        nonlocal at
        at += count
        return int(bits[at - count : at], 2)

    while at + 4 <= len(bits) and (kind := take(4)):
        length = take(LENGTH[kind][large])
        if kind == BYTES:
            said += bytes(take(8) for _byte in range(length)).decode()
        elif kind == LETTERS:
            for _pair in range(length // 2):
                said += "".join(chr(ALPHA_NUM[i]) for i in divmod(take(11), 45))
            said += chr(ALPHA_NUM[take(6)]) if length % 2 else ""
        else:
            for left in range(length, 0, -3):
                digits = min(left, 3)
                said += f"{take(1 + 3 * digits):0{digits}d}"
    return said
