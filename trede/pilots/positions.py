"""On which line of a TOML text each value stands.

`tomllib` reads a text faultlessly and forgets where it found what. This scan walks a
text that `tomllib` has accepted and remembers, for every key and every element of an
array, its line: a coach who edits a pilot file is told "line 214", not "somewhere".
"""

import re

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}#\n]*")
# The long forms first: """ begins with the sign of the short one. A long string may
# end in up to two quotes of its own.
_STRING = re.compile(
    r'"""(?:[^"\\]|\\(?s:.)|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)


class Positions:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted_to = 0
        self._lengths: dict[Path, int] = {}
        self.lines: dict[Path, int] = {}
        self._scan()

    def line_of(self, path: Path) -> int:
        """The line of a value, or else of the nearest thing that encloses it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def _scan(self) -> None:
        table: Path = ()
        self._take(_BLANK)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._take(_BLANK)

    def _header(self) -> Path:
        array = self._text.startswith("[[", self._at)
        self._at += 2 if array else 1
        table = self._enter(self._key(), array=array)
        self._at += 2 if array else 1
        self._remember(table)
        return table

    def _enter(self, key: list[str], *, array: bool) -> Path:
        """The path of a header: a part that names an array means its last element."""
        path: Path = ()
        for place, part in enumerate(key):
            self._remember((*path, part))
            path = (*path, part)
            if array and place == len(key) - 1:
                self._lengths[path] = self._lengths.get(path, 0) + 1
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _pair(self, table: Path) -> None:
        path = table
        for part in self._key():
            path = (*path, part)
            self._remember(path)
        self._at += 1
        self._take(_SPACE)
        self._value(path)

    def _key(self) -> list[str]:
        """A key, dotted or not; the reading head ends at the sign after it."""
        parts: list[str] = []
        while True:
            self._take(_SPACE)
            quoted = self._text[self._at] in "\"'"
            part = self._take(_STRING if quoted else _BARE_KEY)
            parts.append(_unquote(part) if quoted else part)
            self._take(_SPACE)
            if self._text[self._at] != ".":
                return parts
            self._at += 1

    def _value(self, path: Path) -> None:
        self._remember(path)
        sign = self._text[self._at]
        if sign == "[":
            self._array(path)
        elif sign == "{":
            self._inline_table(path)
        else:
            self._take(_STRING if sign in "\"'" else _SCALAR)

    def _array(self, path: Path) -> None:
        count = 0
        self._step()
        while self._text[self._at] != "]":
            self._value((*path, count))
            count += 1
            self._comma()
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._step()
        while self._text[self._at] != "}":
            self._pair(path)
            self._comma()
        self._at += 1

    def _step(self) -> None:
        self._at += 1
        self._take(_BLANK)

    def _comma(self) -> None:
        self._take(_BLANK)
        if self._text[self._at] == ",":
            self._step()

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"not TOML that tomllib accepts, at character {self._at}")
        self._at = found.end()
        return found.group()

    def _remember(self, path: Path) -> None:
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        self.lines.setdefault(path, self._line)


def _unquote(part: str) -> str:
    """A quoted key without its quotes; escapes are as those of JSON, mostly."""
    if part.startswith("'"):
        return part[1:-1]
    return re.sub(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", _unescape, part[1:-1])


_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def _unescape(found: re.Match[str]) -> str:
    sign = found.group(1)
    if sign[0] in "uU" and len(sign) > 1:
        return chr(int(sign[1:], 16))
    return _ESCAPES.get(sign, sign)
