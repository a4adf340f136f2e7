"""The shipped pilot file, and files with one thing changed."""

from pathlib import Path

from trede.pilots.mistakes import RulesRefused
from trede.pilots.reading import read_rules

APPROACHES = Path(__file__).parents[2] / "trede" / "pilots" / "approaches"
NIJMEGEN = (APPROACHES / "nijmegen.toml").read_text(encoding="utf-8")


def changed(old: str, new: str, text: str = NIJMEGEN) -> str:
    assert text.count(old) == 1, f"{old!r} must be in the file exactly once"
    return text.replace(old, new)


def line_of(needle: str, text: str) -> int:
    assert text.count(needle) == 1, f"{needle!r} must be in the file exactly once"
    return text[: text.index(needle)].count("\n") + 1


def mistakes_in(text: str) -> list[tuple[int, str, str]]:
    try:
        read_rules(text)
    except RulesRefused as refused:
        return [(each.line, each.where, str(each.fix)) for each in refused.mistakes]
    return []
