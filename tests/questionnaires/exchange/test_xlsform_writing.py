"""What we write as an XLSForm is taken by pyxform and reads back as the same thing."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from pyxform.xls2xform import convert

from tests.questionnaires.definition.made_up import (
    all_of,
    answers,
    any_of,
    core,
    question,
    said,
    when,
)
from tests.questionnaires.exchange.drawn import (
    QUICKLY,
    drawn_questionnaires,
    without_conditions,
)
from trede.accounts.refusing import Refused
from trede.questionnaires.definition import Question, Questionnaire, Text
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.exchange.xlsform_writing import as_xlsform
from trede.questionnaires.routing import asked
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translations import in_every_language


def back_again(questionnaire: Questionnaire) -> Questionnaire:
    form = read_instrument(as_xlsform(questionnaire), "back.xlsx")
    assert form.questionnaire is not None
    assert form.not_carried == ()
    return form.questionnaire


def xform(questionnaire: Questionnaire) -> str:
    """What pyxform makes of it; it raises when it does not accept the form."""
    content = as_xlsform(questionnaire)
    return convert(content, file_type=".xlsx", validate=False, warnings=[]).xform


@pytest.mark.parametrize("code", shipped_codes())
def test_a_shipped_instrument_comes_back_the_same(code: str):
    assert back_again(shipped(code)) == shipped(code)


@pytest.mark.parametrize("code", shipped_codes())
def test_pyxform_accepts_a_shipped_instrument_in_every_language(code: str):
    written = in_every_language(shipped(code))
    made = xform(written)
    for one in written.questions:
        assert f'/{one.code}"' in made


@settings(QUICKLY, max_examples=30)
@given(st.data())
def test_any_instrument_comes_back_the_same(data: st.DataObject):
    """Its conditions perhaps in other words that mean the same. Pyxform takes it."""
    drawn = data.draw(drawn_questionnaires())
    came = back_again(drawn)
    assert without_conditions(came) == without_conditions(drawn)
    for before, after in zip(drawn.parts, came.parts, strict=True):
        given_ = data.draw(answers(before))
        assert [one.code for one in asked(after, given_)] == [
            one.code for one in asked(before, given_)
        ]
    assert xform(drawn).startswith("<?xml")


def small(*questions: Question) -> Questionnaire:
    return Questionnaire(
        code="small",
        version="1",
        title=said("Klein"),
        languages=("nl", "en"),
        source="own",
        licence="own",
        parts=(core(*questions),),
    )


def test_conditions_that_stand_together_come_back_as_they_were():
    either = any_of(
        when("name", "answered"),
        all_of(
            when("a", "is", "yes"), when("n", "at_least", 3), when("n", "at_most", 9)
        ),
    )
    written = small(
        question("a"),
        question("name", "text", longest=40),
        question("n", "number"),
        question("then", asked_when=(when("n", "not_answered"), either)),
    )
    assert back_again(written) == written
    assert "or" in xform(written)


def test_words_that_look_like_a_formula_stay_words():
    one = question("a", text=said("=1+1"))
    content = as_xlsform(small(one))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(
        "survey"
    )
    assert any("=1+1" in row for row in sheet.iter_rows())
    assert back_again(small(one)).question("a").text == one.text


def test_a_text_that_fits_into_no_cell_is_refused_in_words():
    with pytest.raises(Refused, match="fits into a cell"):
        as_xlsform(small(question("a", text=said("a" * 40_000))))


def test_a_gap_in_a_language_is_left_open_and_comes_back_filled():
    one = question("a", text=Text((("nl", "Waarom?"),)))
    form = read_instrument(as_xlsform(small(one)), "back.xlsx")
    assert form.questionnaire is not None
    assert form.questionnaire.question("a").text == Text(
        (("nl", "Waarom?"), ("en", "Waarom?"))
    )
    assert [one.what for one in form.not_carried] == ["en"]


def test_a_picture_beside_an_answer_comes_back():
    about = question("a")
    options = tuple(replace(one, picture="sun") for one in about.options)
    written = small(replace(about, options=options))
    assert back_again(written) == written
