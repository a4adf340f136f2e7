"""What becomes a figure in running text, and what stays the words that were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trede.reports.book.binding import (
    Figure,
    filled,
    typed_by_hand,
    unknown,
)
from trede.reports.book.marking import Block, blocks_of, paragraph

FIGURES = {
    "flow.reached": Figure("flow.reached", "Reached", "217"),
    "claim.isolated.percent": Figure("claim.isolated.percent", "alone", "47,2%"),
    "flow.left": Figure("flow.left", "Left", "niet getoond", hidden=True),
    "aim": Figure("aim", "Aim", "9"),
}


def printed(text: str) -> str:
    return " ".join(
        line for block in filled(blocks_of(text), FIGURES) for line in block.lines
    )


def test_paragraphs_headings_and_lists_are_told_apart():
    text = "# Kop\nEen zin\ndie doorloopt.\n\n- een\n- twee\nEn verder."
    assert [(block.kind, block.lines) for block in blocks_of(text)] == [
        ("heading", ("Kop",)),
        ("paragraph", ("Een zin die doorloopt.",)),
        ("list", ("een", "twee")),
        ("paragraph", ("En verder.",)),
    ]


def test_a_line_end_of_windows_is_no_letter():
    assert blocks_of("een\r\n\r\ntwee") == (paragraph("een"), paragraph("twee"))


@given(st.text(max_size=200))
def test_no_word_is_lost_or_made_up(text: str):
    told = " ".join(line for block in blocks_of(text) for line in block.lines)
    marks = set("#-*• ")
    assert set(told) - marks <= set(text)
    assert all(block.lines for block in blocks_of(text))


def test_a_reference_becomes_its_figure():
    assert printed("Bereikt: [[flow.reached]].") == "Bereikt: 217."


def test_spaces_are_as_good_as_points():
    assert printed("[[ flow reached ]] en [[claim isolated percent]]") == "217 en 47,2%"


def test_a_withheld_figure_becomes_words():
    assert printed("Er stopten [[flow.left]].") == "Er stopten niet getoond."


def test_a_figure_that_this_computation_lacks_is_said_so():
    assert "[[" not in printed("[[change.tread]] treden")
    assert printed("[[change.tread]]") != ""


def test_what_nobody_knows_is_found_once_and_in_order():
    text = "[[flow.reached]] [[zes]] [[acht]] [[zes]]"
    assert unknown(text, FIGURES) == ["zes", "acht"]


def test_an_empty_reference_is_unknown():
    assert unknown("[[ ]]", FIGURES) == [""]


def test_a_list_is_filled_line_by_line():
    block = Block("list", ("[[flow.reached]]", "niets"))
    assert filled([block], FIGURES)[0].lines == ("217", "niets")


@pytest.mark.parametrize("text", ["217 mensen", "(217)", "47,2% van hen", "47,2 %"])
def test_a_number_typed_by_hand_that_is_a_figure_is_warned_of(text: str):
    assert len(typed_by_hand(text, FIGURES)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[[flow.reached]]",  # it is bound
        "1217 of 2,17 of 217a",  # another number
        "9 coaches",  # too small to mean anything
        "in 2020",  # a year
        "18-01-2021",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str):
    assert typed_by_hand(text, FIGURES) == []
