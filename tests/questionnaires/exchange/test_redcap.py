"""The data dictionary that REDCap imports: its columns, names, choices and routes."""

import csv
import io
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings

from tests.questionnaires.definition.made_up import (
    any_of,
    core,
    options,
    question,
    said,
    when,
)
from tests.questionnaires.exchange.drawn import QUICKLY, drawn_questionnaires
from trede.questionnaires.definition import (
    Part,
    PartKind,
    Question,
    Questionnaire,
    Section,
)
from trede.questionnaires.exchange.redcap import COLUMNS, as_redcap
from trede.questionnaires.shipped_files import shipped, shipped_codes

NAME, FORM, HEADER, TYPE, LABEL, CHOICES = COLUMNS[:6]
VALIDATION, LEAST, MOST, BRANCHING, REQUIRED = (COLUMNS[n] for n in (7, 8, 9, 11, 12))
TYPES = {"text", "notes", "radio", "dropdown", "checkbox", "descriptive"}


def dictionary(questionnaire: Questionnaire, language: str = "") -> list[dict]:
    content = as_redcap(questionnaire, language).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def rows(*questions: Question) -> dict[str, dict]:
    made = Questionnaire(
        code="small",
        version="1",
        title=said("Klein"),
        languages=("nl", "en"),
        source="own",
        licence="own",
        parts=(core(*questions),),
    )
    return {row[NAME]: row for row in dictionary(made)}


def test_it_has_the_eighteen_columns_in_their_order():
    content = as_redcap(shipped("short")).decode("utf-8-sig")
    assert next(csv.reader(io.StringIO(content))) == list(COLUMNS)
    assert len(COLUMNS) == 18


def test_the_first_field_is_the_record():
    first = dictionary(shipped("short"))[0]
    assert (first[NAME], first[TYPE]) == ("record_id", "text")


@pytest.mark.parametrize(
    ("kind", "more", "type_", "validation"),
    [
        ("single", {"options": options("a", "b")}, "radio", ""),
        ("yes_no", {}, "radio", ""),
        ("labelled_scale", {"options": options(1, 2, 3)}, "radio", ""),
        ("scale_0_10", {"low": said("laag"), "high": said("hoog")}, "radio", ""),
        ("country", {"options": options("NL", "SY")}, "dropdown", ""),
        ("multiple", {"options": options("a", "b")}, "checkbox", ""),
        ("number", {}, "text", "integer"),
        ("year", {"at_least": 1920, "at_most": 2020}, "text", "integer"),
        ("hours", {}, "text", "integer"),
        ("date", {}, "text", "date_dmy"),
        ("text", {"longest": 40}, "text", ""),
        ("long_text", {"longest": 400}, "notes", ""),
    ],
)
def test_each_kind_has_its_field(kind, more, type_, validation):
    row = rows(question("q", kind, **more))["q"]
    assert (row[TYPE], row[VALIDATION]) == (type_, validation)


def test_bounds_are_those_of_the_question():
    row = rows(question("q", "number", at_least=3, at_most=7))["q"]
    assert (row[LEAST], row[MOST]) == ("3", "7")


def test_choices_carry_codes_labels_and_the_ways_out():
    row = rows(question("q", may_not_know=True))["q"]
    assert row[CHOICES] == (
        "1, yes | 0, no | -98, Dat weet ik niet | -99, Dat zeg ik liever niet"
    )


def test_bars_tags_piping_and_formulas_in_words_do_no_harm():
    text = said("=1+1")
    bars = options("a", "b")
    row = rows(
        question("q", "single", text=text, options=bars),
        question("p", text=said("<b>Wie</b> is [q]?\nNu")),
    )
    assert row["q"][LABEL] == " =1+1"
    assert row["p"][LABEL] == "&lt;b>Wie&lt;/b> is (q)?<br>Nu"


@pytest.mark.parametrize(
    ("condition", "logic"),
    [
        (when("one", "is", "a"), "[one] = 'a'"),
        (when("one", "is", "a", "b"), "([one] = 'a' or [one] = 'b')"),
        (when("one", "is_not", "a", "b"), "([one] <> 'a' and [one] <> 'b')"),
        (when("many", "is", "a", "b"), "([many(a)] = '1' or [many(b)] = '1')"),
        (when("many", "is_not", "a"), "[many(a)] = '0'"),
        (when("yes", "is", "no"), "[yes] = '0'"),
        (when("age", "at_least", 5), "([age] <> '' and [age] >= 5)"),
        (when("deg", "at_most", 2), "([deg] <> '' and [deg] >= 1 and [deg] <= 2)"),
        (when("week", "is", "not"), "[week] = '0'"),
        (when("one", "answered"), "([one] <> '' and [one] <> '-99')"),
        (when("one", "not_answered"), "([one] = '' or [one] = '-99')"),
        (when("many", "not_answered"), "([many(a)] = '0' and [many(b)] = '0')"),
        (when("age", "answered"), "[age] <> ''"),
        (
            any_of(when("yes", "is", "yes"), when("age", "at_least", 5)),
            "([yes] = '1' or ([age] <> '' and [age] >= 5))",
        ),
    ],
)
def test_conditions_become_branching_logic(condition, logic):
    asked = rows(
        question("one", "single", options=options("a", "b", "c")),
        question("many", "multiple", options=options("a", "b")),
        question("yes"),
        question("age", "number"),
        question("deg", "labelled_scale", options=options(1, 2, 3)),
        question("week", "hours"),
        question("q", asked_when=(condition,)),
    )
    assert asked["q"][BRANCHING] == logic


def test_sections_head_their_first_field_and_introductions_describe():
    made = Questionnaire(
        code="small",
        version="1",
        title=said("Klein"),
        languages=("nl", "en"),
        source="own",
        licence="own",
        parts=(
            Part(
                PartKind.CORE,
                (
                    Section("s", said("Eerst"), (question("a"),), said("Uitleg")),
                    Section("t", said("Dan"), (question("b"),)),
                ),
            ),
        ),
    )
    told = [(row[NAME], row[TYPE], row[HEADER]) for row in dictionary(made)]
    assert told == [
        ("record_id", "text", ""),
        ("s_intro", "descriptive", "Eerst"),
        ("a", "radio", ""),
        ("b", "radio", "Dan"),
    ]


def test_another_language_may_be_asked_for():
    assert dictionary(shipped("short"), "en") != dictionary(shipped("short"), "nl")


@pytest.mark.parametrize("code", shipped_codes())
def test_a_shipped_instrument_keeps_the_rules_of_redcap(code):
    _keeps_the_rules(shipped(code))


def test_long_names_are_cut_and_stay_apart():
    codes = ["a" * 40, "a" * 40 + "b", "c" * 25 + "_d"]
    assert list(rows(*map(question, codes)))[1:] == [
        "a" * 26,
        "a" * 24 + "_2",
        "c" * 25,
    ]


@settings(QUICKLY, max_examples=20)
@given(drawn_questionnaires())
def test_any_instrument_keeps_the_rules_of_redcap(drawn):
    _keeps_the_rules(drawn)


def _keeps_the_rules(questionnaire: Questionnaire) -> None:
    fields = dictionary(questionnaire)
    names = [row[NAME] for row in fields]
    assert len(set(names)) == len(names)
    assert {row[TYPE] for row in fields} <= TYPES
    for name in names:
        assert re.fullmatch(r"[a-z](?:_?[a-z0-9])*", name), name
        assert len(name) <= 26
    for row in fields:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", row[FORM])
        if row[TYPE] in ("radio", "dropdown", "checkbox"):
            codes = [one.split(",")[0].strip() for one in row[CHOICES].split(" | ")]
            assert len(set(codes)) == len(codes) >= 2
        for name in re.findall(r"\[(\w+)", row[BRANCHING]):
            # Branching looks back only.
            assert names.index(name) < names.index(row[NAME])
    # The fields of one form stand together.
    changes = sum(1 for one, other in pairwise(fields) if one[FORM] != other[FORM])
    assert changes + 1 == len({row[FORM] for row in fields})
