"""The answers of an XLSForm: its lists of choices, as one question offers them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.questionnaires.definition import Option, Value
from trede.questionnaires.exchange.xlsform_expression import (
    Call,
    Node,
    NotUnderstood,
    Ref,
    literal,
    parse,
    terms,
)
from trede.questionnaires.exchange.xlsform_table import Mistake, Mistakes, Row, Table
from trede.questionnaires.exchange.xlsform_words import Words

_LONGEST_CODE = 60
KNOWN = frozenset({"list_name", "name", "trede_picture"})


@dataclass(frozen=True)
class Choice:
    """An answer, with the columns of its author that filters look at."""

    name: str
    row: Row

    def cell(self, column: str) -> str:
        return self.name if column == "name" else self.row.cell(column.lower())


Lists = Mapping[str, tuple[Choice, ...]]


def read_lists(table: Table, mistakes: Mistakes) -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    for row in table.rows:
        named, name = row.cell("list_name"), row.cell("name")
        if named and not name:
            mistakes.found.append(
                Mistake(
                    table.sheet,
                    row.number,
                    table.place("name"),
                    _("This answer has no name."),
                    _("Write the code that stands for it in the data."),
                )
            )
        elif named:
            lists.setdefault(named, []).append(Choice(name, row))
    return {name: tuple(choices) for name, choices in lists.items()}


def blame_doubles(table: Table, lists: Lists, mistakes: Mistakes) -> None:
    """The same code twice in one list: nobody could tell the two apart."""
    for name, choices in lists.items():
        seen: set[str] = set()
        for choice in choices:
            if choice.name in seen:
                mistakes.found.append(
                    Mistake(
                        table.sheet,
                        choice.row.number,
                        table.place("name"),
                        _("“%(code)s” stands in the list “%(list)s” twice.")
                        % {"code": choice.name, "list": name},
                        _("Give one of the two another name."),
                    )
                )
            seen.add(choice.name)


def filtered(choices: tuple[Choice, ...], text: str) -> tuple[Choice, ...]:
    """What a filter with fixed values leaves; NotUnderstood when it looks at answers.

    `pastel=yes` compares a column of the sheet with a value that lacks its quotes.
    """
    if not text:
        return choices
    tests = [_fixed_test(term) for term in terms(parse(text), "and")]
    return tuple(
        choice
        for choice in choices
        if all((choice.cell(name) == value) is equal for name, value, equal in tests)
    )


def _fixed_test(term: Node) -> tuple[str, str, bool]:
    if isinstance(term, Call) and term.name in ("=", "!=") and len(term.of) == 2:
        column, wanted = _place(term.of[0]), term.of[1]
        value = literal(wanted) if _place(wanted) is None else _place(wanted)
        if column is not None and value is not None:
            if isinstance(value, float) and value.is_integer():
                value = int(value)
            return column, str(value), term.name == "="
    raise NotUnderstood(_("which answers are offered cannot hang on other answers"))


def _place(node: Node) -> str | None:
    if isinstance(node, Call) and node.name == "place":
        return str(literal(node.of[0]))
    return None


def looks_at_answers(text: str) -> bool:
    """Whether a filter needs something that is answered on the way."""
    try:
        return any(isinstance(one, Ref) for one in _leaves(parse(text)))
    except NotUnderstood:
        return True


def _leaves(node: Node) -> list[Node]:
    if isinstance(node, Call):
        return [leaf for one in node.of for leaf in _leaves(one)]
    return [node]


def options_of(
    choices: tuple[Choice, ...], words: Words, *, numbers: bool
) -> tuple[tuple[Option, ...], dict[str, Value]]:
    """The options, and which of our values each name in the file became."""
    codes: dict[str, Value] = {}
    options: list[Option] = []
    for choice in choices:
        if choice.name in codes:
            continue
        value: Value = int(choice.name) if numbers else _code(choice.name, codes)
        codes[choice.name] = value
        text = words.text(choice.row, "label") or words.plain(choice.name)
        picture = choice.row.cell("trede_picture")
        options.append(Option(value=value, text=text, picture=picture))
    return tuple(options), codes


def _code(name: str, taken: Mapping[str, Value]) -> str:
    code = re.sub(r"\W+", "_", name)
    if len(code) > _LONGEST_CODE:
        code = code[: _LONGEST_CODE - 4]
    free, number = code, 2
    while free in taken.values():
        free, number = f"{code}_{number}", number + 1
    return free
