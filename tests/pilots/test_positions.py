"""Every value of a TOML text is found on the line where it stands."""

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings

from tests.pilots.files import NIJMEGEN
from tests.pilots.generated import any_rules
from trede.pilots.positions import Path, Positions
from trede.pilots.rules import Rules
from trede.pilots.writing import write_rules

AWKWARD = '''\
top = 1 # a comment with [brackets] and "quotes"
dotted.under.a = 1
dotted.under.b = 2

[plain]   # a heading
text = """
several
lines, a "quoted" word and two at the end"""""
raw = \'\'\'
[not.a.heading]
key = "not a key"\'\'\'
after = true
"quoted key" = 3
"caf\\u00e9" = 4

[[list]]
name = "one # not a comment"
inline = { a = 1, b = { c = [1, 2] }, "d.e" = 5 }
array = [
  "x",  # between
  [ 1,
    2 ],
  { k = "v", l = \'w\' },
]
[list.sub]
deep = 1
[[list.items]]
n = 1
[[list.items]]
n = 2

[[list]]
name = "two"
  [[list.items]]
  n = 3
  [list.items.more]
  date = 2020-02-01 # a date
'''


def paths_in(value: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from paths_in(each, (*path, key))
    if isinstance(value, list):
        for place, each in enumerate(value):
            yield from paths_in(each, (*path, place))


def lines_of(text: str) -> dict[Path, int]:
    found = Positions(text).lines
    return {path: line for path, line in found.items() if path}


def line(needle: str, text: str = AWKWARD) -> int:
    assert text.count(needle) == 1
    return text[: text.index(needle)].count("\n") + 1


def test_every_value_has_a_line_and_nothing_else_has():
    assert set(lines_of(AWKWARD)) == set(paths_in(tomllib.loads(AWKWARD))) - {()}


def test_dotted_keys_stand_on_the_line_of_their_last_part():
    assert lines_of(AWKWARD)["dotted", "under", "b"] == line("dotted.under.b")


def test_a_text_over_several_lines_moves_what_follows():
    assert lines_of(AWKWARD)["plain", "after"] == line("after = true")
    assert lines_of(AWKWARD)["plain", "raw"] == line("raw = ")


def test_quoted_keys_are_found_under_their_own_name():
    assert lines_of(AWKWARD)["plain", "quoted key"] == line('"quoted key"')
    assert lines_of(AWKWARD)["plain", "café"] == line("caf")


def test_inline_tables_and_nested_lists_have_lines_of_their_own():
    lines = lines_of(AWKWARD)
    assert lines["list", 0, "inline", "b", "c", 1] == line("inline = ")
    assert lines["list", 0, "array", 1, 1] == line("    2 ],")
    assert lines["list", 0, "array", 2, "l"] == line('{ k = "v"')


def test_lists_of_tables_in_a_list_of_tables_count_within_their_own():
    lines = lines_of(AWKWARD)
    assert lines["list", 0, "items", 1, "n"] == line("n = 2")
    assert lines["list", 1, "items", 0, "n"] == line("n = 3")
    assert lines["list", 1, "items", 0, "more", "date"] == line("date = 2020")


def test_what_is_missing_is_looked_for_where_it_should_have_been():
    positions = Positions(AWKWARD)
    assert positions.line_of(("list", 1, "absent")) == line('name = "two"') - 1
    assert positions.line_of(("nowhere", 3)) == 1


def test_an_empty_text_has_no_lines():
    assert lines_of("") == {}


def test_every_key_of_the_shipped_file_stands_on_its_line():
    lines = NIJMEGEN.split("\n")
    for path, number in lines_of(NIJMEGEN).items():
        if isinstance(path[-1], str):
            assert path[-1] in lines[number - 1]


@settings(max_examples=20, deadline=None)
@given(any_rules())
def test_whatever_is_written_is_found(rules: Rules):
    text = write_rules(rules)
    assert set(lines_of(text)) == set(paths_in(tomllib.loads(text))) - {()}
