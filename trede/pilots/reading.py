"""Reads a pilot file: text in, `Rules` out, or every mistake with its line and fix.

Three questions, and all answers at once: is it TOML, does every value have the shape
that `rules` asks, and do the rules fit together (`coherence`, and the validators that
later steps registered)?
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trede.pilots.coherence import complaints_about
from trede.pilots.mistakes import Complaint, Mistake, RulesRefused, in_words
from trede.pilots.positions import Positions
from trede.pilots.rules import Rules
from trede.pilots.sections import (
    complaints_for_town,
    complaints_of_later_steps,
    registered,
)
from trede.pilots.shape import Words
from trede.pilots.shaping import Shaper

# The longest file we know is 40 kB; a longer text is not a pilot file.
LARGEST = 1_000_000

_SYNTAX: tuple[tuple[str, Words], ...] = (
    ("Invalid date", _("This date does not exist. Write year-month-day.")),
    (
        "Invalid value",
        _(
            "Put a text between double quotes; write a date as 2020-02-01, "
            "and yes and no as true and false."
        ),
    ),
    ("Expected '=' after", _("Write a key, =, and a value.")),
    ("Unclosed array", _("Close the list with ].")),
    ("Unclosed inline", _("Close the table with } on the same line.")),
    ("Unterminated string", _("Close the text with a double quote.")),
    ("Illegal character", _("Close the text with a double quote on the same line.")),
    ("Expected newline", _("Start the next key on a line of its own.")),
    ("Expected ']", _("Close the heading with as many brackets as it opens with.")),
    ("Cannot", _("This key or heading is in the file already; remove one.")),
    ("Duplicate", _("This key is in the table already; remove one.")),
    ("Unescaped", _("Write a backslash twice: \\\\.")),
)


def read_rules(text: str) -> Rules:
    """The rules in a pilot file's text. Raises `RulesRefused` with every mistake."""
    text = text.removeprefix("\N{BYTE ORDER MARK}").replace("\r\n", "\n")
    raw = _toml(text)
    shaper = Shaper()
    rules = shaper.table(Rules, raw, (), also=registered())
    own = {name: raw[name] for name in raw if name in registered() - set(vars(rules))}
    rules = replace(rules, sections=own)
    _refuse(text, [*shaper.complaints, *_not_tables(own), *_incoherent(rules, shaper)])
    return rules


def refuse_for_town(text: str, rules: Rules, *, town: int) -> None:
    """Raises `RulesRefused` where sound rules are none for that municipality."""
    _refuse(text, list(complaints_for_town(town, rules)))


def _refuse(text: str, complaints: list[Complaint]) -> None:
    if complaints:
        lines = Positions(text)
        raise RulesRefused(
            Mistake(
                line=lines.line_of(each.path),
                where=in_words(each.path),
                what=each.what,
                fix=each.fix,
            )
            for each in complaints
        )


def read_file(content: bytes) -> Rules:
    """The rules in an uploaded pilot file. Raises `RulesRefused`."""
    if len(content) > LARGEST:
        raise _refused(
            1,
            _("This file is too large to be a pilot file."),
            _("Upload the .toml file of at most 1 MB."),
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(
            content.count(b"\n", 0, error.start) + 1,
            _("The text is not in UTF-8."),
            _("Save the file as UTF-8 in the editor, and upload it again."),
        ) from error
    return read_rules(text)


def _incoherent(rules: Rules, shaper: Shaper) -> Iterator[Complaint]:
    for complaint in complaints_about(rules):
        if complaint.stands_on(shaper.unsound):
            yield complaint
    # A later step judges whole sections, so it is asked about sound rules only.
    if not shaper.unsound:
        yield from complaints_of_later_steps(rules)


def _not_tables(own: Mapping[str, object]) -> Iterator[Complaint]:
    """A section of a later step is a table or a list of tables, as all others are."""
    for name, value in own.items():
        tables = value if isinstance(value, list) and value else [value]
        if not all(isinstance(each, dict) for each in tables):
            yield Complaint(
                (name,),
                _("This is not a section."),
                format_lazy(_("Write [{key}], and its keys under it."), key=name),
            )


def _toml(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _refused(
            1,
            _("Lists or tables are nested too deeply."),
            _("Copy a pilot file that works and change it step by step."),
        ) from error
    except ValueError as error:
        raise _not_toml(text, str(error)) from error


def _not_toml(text: str, message: str) -> RulesRefused:
    found = re.search(r"\(at line (\d+)", message)
    at_end = "at end of document" in message
    line = int(found.group(1)) if found else text.count("\n") + 1 if at_end else 1
    fix: Words = _("Compare the line with a pilot file that works.")
    for beginning, words in _SYNTAX:
        if message.startswith(beginning):
            fix = words
            break
    shown = text.split("\n")[line - 1].strip()[:80]
    what = format_lazy(_("“{text}” cannot be read."), text=shown)
    return _refused(line, what, fix)


def _refused(line: int, what: Words, fix: Words) -> RulesRefused:
    return RulesRefused([Mistake(line=line, where="", what=what, fix=fix)])
