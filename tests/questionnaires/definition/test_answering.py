"""What may be submitted for each kind of question, and what comes of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.questionnaires.definition.made_up import (
    missing,
    options,
    parts,
    question,
    value,
)
from trede.questionnaires.answering import (
    Answer,
    Missing,
    Unclear,
    offered,
    read_answer,
    restore,
)
from trede.questionnaires.definition import Part, Question

TODAY = date(2021, 1, 19)

SINGLE = question("s", "single", options=options("married", "divorced"))
SCALE = question("l", "labelled_scale", options=options(1, 2, 3, 4, 5))
TICKS = question("t", "multiple", options=options("sing", "cook", "walk"))
NUMBER = question("n", "number", at_least=1, at_most=20)
YEAR = question("y", "year", at_least=1920, at_most=2100)
COUNTRY = question("c", "country", options=options("NL", "SY"))
HOURS = question("h", "hours")
MARK = question("m", "scale_0_10")
LINE = question("line", "text", longest=10)
WORDS = question("w", "long_text", longest=20, optional=True)


def read(asked: Question, **fields: str | list[str]) -> Answer | Unclear:
    listed = {k: v if isinstance(v, list) else [v] for k, v in fields.items()}
    return read_answer(asked, listed, on=TODAY)


@pytest.mark.parametrize(
    ("asked", "submitted", "kept"),
    [
        (SINGLE, "divorced", "divorced"),
        (question("q"), "no", "no"),
        (SCALE, "1", 1),
        (MARK, "0", 0),
        (MARK, "10", 10),
        (NUMBER, " 3 ", 3),
        (NUMBER, "٣", 3),
        (YEAR, "1975", 1975),
        (YEAR, "2021", 2021),
        (COUNTRY, "SY", "SY"),
        (LINE, " een \n\t twee ", "een twee"),
        (WORDS, "een\r\ntwee\x00\x1b", "een\ntwee"),
        (WORDS, "مرحبا", "مرحبا"),
    ],
)
def test_an_answer_is_kept_as_a_code_or_a_number(
    asked: Question, submitted: str, kept: str | int
) -> None:
    assert read(asked, value=submitted) == value(kept)


@pytest.mark.parametrize(
    ("asked", "submitted", "message"),
    [
        (SINGLE, "widowed", "Choose one of the answers"),
        (question("q"), "YES", "Choose one of the answers"),
        (SCALE, "6", "Choose one of the answers"),
        (SCALE, "1.0", "Choose one of the answers"),
        (COUNTRY, "nl", "Choose one of the answers"),
        (MARK, "11", "from 0 to 10"),
        (MARK, "7,5", "whole number"),
        (NUMBER, "0", "from 1 to 20"),
        (NUMBER, "-1", "whole number"),
        (NUMBER, "twee", "whole number"),
        (NUMBER, "9" * 5000, "whole number"),
        (NUMBER, "²", "whole number"),
        (YEAR, "75", "four digits"),
        (YEAR, "1919", "from 1920 to 2021"),
        (YEAR, "2022", "from 1920 to 2021"),
        (LINE, "elf tekens.", "1 character too long"),
        (WORDS, "x" * 25, "5 characters too long"),
    ],
)
def test_what_cannot_be_used_gets_a_message_that_says_what_to_do(
    asked: Question, submitted: str, message: str
) -> None:
    read_as = read(asked, value=submitted)
    assert isinstance(read_as, Unclear)
    assert message in read_as.message


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"value": "not"}, "not"),
        ({"value": "not", "hours": ""}, "not"),
        ({"value": "not", "hours": "0"}, "not"),
        ({"value": "yes", "hours": "0"}, 0),
        ({"value": "yes", "hours": "168"}, 168),
        ({"hours": "12"}, 12),
    ],
)
def test_not_doing_something_is_kept_apart_from_doing_it_no_hours(
    fields: dict[str, str], kept: str | int
) -> None:
    assert read(HOURS, **fields) == value(kept)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Fill in an answer"),
        ({"value": "yes"}, "About how many hours"),
        ({"value": "not", "hours": "12"}, "Choose one"),
        ({"value": "yes", "hours": "169"}, "from 0 to 168"),
        ({"value": "yes", "hours": "12,5"}, "whole number"),
        ({"value": "yes", "hours": "veel"}, "whole number"),
    ],
)
def test_hours_that_cannot_be_used_are_asked_for_again(
    fields: dict[str, str], message: str
) -> None:
    read_as = read(HOURS, **fields)
    assert isinstance(read_as, Unclear)
    assert message in read_as.message


def test_ticks_are_kept_in_the_order_of_the_question() -> None:
    assert read(TICKS, value=["walk", "sing", "walk"]) == value("sing walk")
    assert isinstance(read(TICKS, value=["walk", "steal"]), Unclear)


def test_nothing_is_an_answer_only_where_the_question_is_optional() -> None:
    assert read(WORDS, value="  ") == missing("skipped")
    for asked in (SINGLE, MARK, NUMBER, COUNTRY, TICKS, HOURS, LINE):
        read_as = read(asked, value="")
        assert isinstance(read_as, Unclear), asked.code
        assert "I would rather not say" in read_as.message


@pytest.mark.parametrize(
    ("flags", "offers"),
    [
        ({"may_refuse": True}, ["refused", "skipped"]),
        (
            {"may_refuse": True, "may_not_know": True},
            ["dont_know", "refused", "skipped"],
        ),
        ({"may_refuse": False}, []),
        ({"may_refuse": False, "optional": True}, ["skipped"]),
    ],
)
def test_only_the_ways_out_that_a_question_offers_are_open(
    flags: dict[str, bool], offers: list[str]
) -> None:
    asked = question("q", **flags)
    assert list(offered(asked)) == offers
    for reason in Missing:
        open_way = read(asked, missing=reason) == missing(reason)
        assert open_way is (reason in offers)


def test_a_person_cannot_say_that_a_question_was_not_asked() -> None:
    assert isinstance(read(SINGLE, missing="not_asked"), Unclear)
    assert isinstance(read(SINGLE, missing="whatever"), Unclear)


def test_rather_not_saying_wins_over_an_option_that_was_still_ticked() -> None:
    assert read(SINGLE, value="married", missing="refused") == missing("refused")


def test_an_answer_is_never_both_a_value_and_a_reason_nor_neither() -> None:
    with pytest.raises(ValueError, match="either"):
        Answer()
    with pytest.raises(ValueError, match="either"):
        Answer(value=0, missing=Missing.REFUSED)


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(
            st.text(max_size=8)
            | st.sampled_from(["yes", "no", "a", "NL", "3", "not", "refused", "1950"]),
            max_size=3,
        )
        for name in ("value", "hours", "missing")
    },
)


@given(parts(), FIELDS)
def test_whatever_is_submitted_is_either_kept_in_order_or_asked_again(
    part: Part, fields: dict[str, list[str]]
) -> None:
    for asked in part.questions:
        read_as = read_answer(asked, fields, on=TODAY)
        if isinstance(read_as, Unclear):
            assert read_as.message
        elif read_as.value is not None:
            assert restore(asked, read_as.stored) == read_as.value
            again = "hours" if isinstance(read_as.value, int) else "value"
            field = again if asked.kind == "hours" else "value"
            resubmitted = {field: read_as.stored.split(" ")}
            if asked.kind in ("text", "long_text"):
                resubmitted = {"value": [read_as.stored]}
            assert read_answer(asked, resubmitted, on=TODAY) == read_as
