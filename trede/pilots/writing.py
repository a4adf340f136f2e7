"""Rules written out as a pilot file, which reads back to the same rules.

Comments are not rules and are not kept: a municipality that wants to keep its own
edits the file it wrote; the export is for copying what is in force.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from trede.pilots.rules import Rules
from trede.pilots.shaping import keys_of

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

# A table up to this long stands on one line, a longer one under a heading of its own.
ONE_LINE = 160
WIDTH = 88


def write_rules(rules: Rules) -> str:
    """The text of a pilot file with these rules."""
    sections = [*_plain(rules).items(), *rules.sections.items()]
    blocks = [block for name, value in sections for block in _section(name, value)]
    return "\n\n".join(blocks) + "\n"


def _plain(value: "DataclassInstance") -> dict[str, object]:
    """A dataclass as a table, without what the file may leave out."""
    table: dict[str, object] = {}
    for each in keys_of(type(value)):
        given = getattr(value, each.name)
        if given != each.default:
            table[each.name] = _simple(given)
    return table


def _simple(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(value)
    if isinstance(value, tuple):
        return [_simple(each) for each in value]
    return value


def _section(path: str, value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _table(f"[{path}]", path, value)
    elif isinstance(value, list):
        for each in value:
            yield from _table(f"[[{path}]]", path, each)


def _table(heading: str, path: str, table: Mapping[str, object]) -> Iterator[str]:
    """The table itself, then the tables in it that are too long for a line."""
    apart = {key: value for key, value in table.items() if _stands_apart(value)}
    lines = [
        f"{_key(key)} = {_written(value)}"
        for key, value in table.items()
        if key not in apart
    ]
    yield "\n".join([heading, *lines])
    for key, value in apart.items():
        yield from _section(f"{path}.{_key(key)}", value)


def _stands_apart(value: object) -> bool:
    if isinstance(value, dict):
        return len(_inline(value)) > ONE_LINE
    if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
        return any(len(_inline(each)) > ONE_LINE for each in value)
    return False


def _written(value: object) -> str:
    """A value after `key =`; a list of tables, or a long list, over several lines."""
    line = _inline(value)
    if not isinstance(value, list) or (
        len(line) < WIDTH and not any(isinstance(each, dict) for each in value)
    ):
        return line
    elements = [f"{_inline(each)}," for each in value]
    lines = elements if isinstance(value[0], dict) else _packed(elements)
    return "\n".join(["[", *(f"  {line}" for line in lines), "]"])


def _packed(words: list[str]) -> list[str]:
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) >= WIDTH - 2:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [line for line in lines if line]


def _inline(value: object) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _text(key)


def _text(value: str) -> str:
    # JSON's escapes are TOML's, but for the one sign that JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
