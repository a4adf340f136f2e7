"""Turns the bytes of a text file into rows: which alphabet, which separator, where a
row ends.

The alphabet of an export without a mark is judged by which reading gives the most
ordinary words: é within a name is likelier than ‡.
"""

import codecs
import contextlib
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from trede.inflow.reading.reasons import Refused

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In order of preference: an equal score goes to the earlier one.
ALPHABETS = ("windows-1252", "iso-8859-15", "mac-roman", "cp850", "windows-1254")
COMMON = frozenset("éëïüöèçáàäâêîôûóúíñãåøßÉËÏÜÖÇ’")
RARER = frozenset("šžœŸŠŽŒğışİŞĞýÿæÆØÅÄÁÀÂÈÊÎÍÓÔÒòìùÙÚÑÕõðþ´‘–€")
WORD = re.compile(rb"[A-Za-z'\x80-\xff]*[\x80-\xff][A-Za-z'\x80-\xff]*")
SEPARATORS = ";,\t|"
NAME_OF_SEPARATOR = re.compile(r"^\s*\"?sep=(.)\"?\s*$", re.IGNORECASE)
# A cell goes on for at most so many lines; beyond, its quote was a slip.
LONGEST_CELL = 20
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding it turned out to be in."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    encoding = _wide(data) or _narrow(data)
    if encoding == "utf-8 in part":
        return _decode_per_line(data), "utf-8"
    text = data.decode(encoding, "replace")
    if len(CONTROL.findall(text[:200_000])) * 200 > min(len(text), 200_000):
        raise Refused("not_text")
    return text, encoding


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows as every other byte being zero."""
    sample = data[:20_000]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[start::2].count(0) > len(sample) * 0.35:
            return encoding
    return None


def _narrow(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _utf8_in_part(data) or _likeliest(data)
    return "utf-8"


def _utf8_in_part(data: bytes) -> str | None:
    """Two exports pasted together: most lines are UTF-8, some are not."""
    lines = [line for line in data.splitlines() if not line.isascii()]
    good = sum(1 for line in lines if _decodes(line))
    return "utf-8 in part" if good * 2 > len(lines) else None


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_per_line(data: bytes) -> str:
    return "".join(
        line.decode("utf-8" if _decodes(line) else "windows-1252", "replace")
        for line in data.splitlines(keepends=True)
    )


def _likeliest(data: bytes) -> str:
    words = Counter(WORD.findall(data[:4_000_000])).most_common(3_000)
    return max(
        ALPHABETS,
        key=lambda name: sum(
            count * _ordinary(word.decode(name, "replace")) for word, count in words
        ),
    )


def _ordinary(word: str) -> int:
    """How much a word looks like one that stands in a list of people."""
    score = 0
    for place, sign in enumerate(word):
        if sign.isascii():
            continue
        before = word[place - 1] if place else ""
        if sign.isupper() and before.islower():
            score -= 4
        elif sign in COMMON:
            score += 3
        elif sign in RARER:
            score += 1
        else:
            score -= 6
    return score


def separator_of(text: str) -> str:
    """The sign that divides most lines in the same number of cells."""
    first, _, _ = text.partition("\n")
    if named := NAME_OF_SEPARATOR.match(first):
        return named[1]
    lines = [line for line in text[:60_000].splitlines()[:200] if line.strip()]
    return max(SEPARATORS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], sign: str) -> tuple[int, int]:
    counts = Counter(_outside_quotes(line).count(sign) for line in lines)
    del counts[0]
    if not counts:
        return (0, 0)
    most, times = counts.most_common(1)[0]
    return (times * min(most, 5), most)


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


def split_rows(text: str, separator: str) -> Iterator[list[str]]:
    """The rows, also when a stray quotation mark would swallow the ones after it."""
    lines = list(io.StringIO(text, newline=""))
    if lines and NAME_OF_SEPARATOR.match(lines[0]):
        # A spreadsheet does not show this line, so it has no row number either.
        del lines[0]
    width = _usual_width(lines, separator)
    place = 0
    while place < len(lines):
        end = _row_end(lines, place, separator, width)
        yield _cells(lines[place:end], separator)
        place = end


def _usual_width(lines: list[str], separator: str) -> int:
    """How many separators a usual line has."""
    counts = Counter(_outside_quotes(line).count(separator) for line in lines[:200])
    return counts.most_common(1)[0][0] if counts else 0


def _row_end(lines: list[str], place: int, separator: str, width: int) -> int:
    """Where the row that starts here ends; a row may go on within quotes."""
    end = place + 1
    opened = _left_open(lines[place], separator)
    while opened and end < len(lines) and end - place < LONGEST_CELL:
        # A line that is a whole row by itself was swallowed by a stray quote.
        if _outside_quotes(lines[end]).count(separator) >= width:
            return place + 1
        opened = _left_open(lines[end], separator, opened=True)
        end += 1
    return place + 1 if opened else end


def _left_open(line: str, separator: str, *, opened: bool = False) -> bool:
    """Whether a cell that began with a quotation mark has not ended in this line."""
    if line.count('"') % 2 == 0:
        return opened
    before = separator
    for sign in line.replace('""', ""):
        if sign == '"' and (opened or before in (separator, "\n", "\r")):
            opened = not opened
        before = sign
    return opened


def _cells(lines: list[str], separator: str) -> list[str]:
    if len(lines) > 1 or not _left_open(lines[0], separator):
        # What the csv module finds too long to be a cell is divided all the same.
        with contextlib.suppress(csv.Error):
            return next(csv.reader(lines, delimiter=separator), [])
    joined = "".join(lines).rstrip("\r\n")
    return [cell.strip(' "') for cell in joined.split(separator)]
