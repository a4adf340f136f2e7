"""A list as a file: what a spreadsheet finds in it, and what it never runs."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from python_calamine import CalamineWorkbook

from trede.accounts.list_file import (
    FORMULA,
    NARROW,
    WIDE,
    Cell,
    ListFile,
    as_file,
    chosen,
    csv_lines,
    harmless,
)

AT = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
HERE = datetime(2026, 11, 22, 18, 30, tzinfo=UTC).replace(tzinfo=None)


def asked(rows: list[list[Cell]], query: str = "", **more: Any) -> Any:
    listed = ListFile("proef", "Proef", {"Wie": WIDE, "Wat": NARROW}, rows, **more)
    request: Any = SimpleNamespace(
        GET={"als": query}, at=AT, user=SimpleNamespace(name="Greet")
    )
    return as_file(request, listed)


def workbook(rows: list[list[Cell]], **more: Any) -> Any:
    return CalamineWorkbook.from_filelike(io.BytesIO(asked(rows, **more).content))


def sheet(rows: list[list[Cell]]) -> Any:
    return workbook(rows).get_sheet_by_name("Proef").to_python()


def test_a_day_is_a_day_a_number_a_number_and_nothing_is_nothing() -> None:
    rows: list[list[Cell]] = [["Amina", date(2026, 1, 2)], [None, Decimal("7.5")]]
    assert sheet([*rows, ["0612345678", 12]])[1:] == [
        ["Amina", date(2026, 1, 2)],
        ["", 7.5],
        ["0612345678", 12],
    ]


def test_a_moment_is_told_in_our_own_time() -> None:
    assert sheet([["x", AT]])[1][1] == HERE
    assert "".join(csv_lines(["a"], [[AT]])).split()[1:] == ["22-11-2026", "18:30:00"]


@settings(max_examples=20, deadline=None)
@given(
    some.sampled_from(FORMULA),
    some.text("abc123()!,;\"' =", max_size=12),
)
def test_what_looks_like_a_formula_stays_words(sign: str, text: str) -> None:
    """In a workbook the cell is the words themselves; no sheet holds a formula."""
    evil = sign + text
    content = asked([[evil, ""]]).content
    with ZipFile(io.BytesIO(content)) as book:
        parts = [book.read(n) for n in book.namelist() if "worksheets" in n]
    assert not any(b"<f>" in part for part in parts)
    assert harmless(evil) == f"'{evil}"


@pytest.mark.parametrize("name", ["Amina", "", "3,5", "d'Angelo"])
def test_ordinary_words_are_left_as_they_are(name: str) -> None:
    assert harmless(name) == name


def test_the_file_says_what_was_asked_for_when_and_by_whom() -> None:
    about = [("Coach", "Sanne")]
    book = workbook([["Amina", 1], ["Bo", 2]], about=about)
    told = dict(book.get_sheet_by_index(1).to_python())
    assert told["Coach"] == "Sanne"
    assert 2 in told.values()
    assert {"Greet", HERE} <= set(told.values())


def test_the_first_row_stays_in_view_and_can_be_filtered() -> None:
    with ZipFile(io.BytesIO(asked([["a", 1]]).content)) as book:
        first = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'state="frozen"' in first
    assert '<autoFilter ref="A1:B2"/>' in first


def test_an_empty_list_is_a_file_with_heads() -> None:
    assert sheet([]) == [["Wie", "Wat"]]
    assert asked([], "csv").getvalue().decode("utf-8-sig") == "Wie;Wat\r\n"


@pytest.mark.parametrize(
    ("query", "ending"), [("csv", "csv"), ("", "xlsx"), ("exe", "xlsx")]
)
def test_the_name_has_the_day_and_the_ending(query: str, ending: str) -> None:
    said = asked([], query).headers["Content-Disposition"]
    assert said == f'attachment; filename="proef-20261122.{ending}"'


def test_a_long_text_is_cut_where_a_cell_ends() -> None:
    assert len(str(sheet([["x" * 40_000, ""]])[1][0])) == 32_767


def test_only_what_is_chosen_is_told() -> None:
    chips = [{"label": "Oost", "current": True}, {"label": "Zuid", "current": False}]
    assert chosen({"Wijk": chips, "Taal": []}) == [("Wijk", "Oost")]
