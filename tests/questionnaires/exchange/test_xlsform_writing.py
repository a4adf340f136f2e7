"""What we write as an XLSForm is taken by pyxform and reads back as the same thing."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook
from pyxform.xls2xform import convert

from tests.questionnaires.definition.made_up import core, question, said
from tests.questionnaires.exchange.drawn import drawn_questionnaires
from trede.accounts.refusing import Refused
from trede.questionnaires.definition import Question, Questionnaire, Text
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.exchange.xlsform_writing import as_xlsform
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
    for asked in written.questions:
        assert f'/{asked.code}"' in made


@settings(max_examples=60)
@given(drawn_questionnaires())
def test_any_instrument_comes_back_the_same(drawn: Questionnaire):
    assert back_again(drawn) == drawn


@settings(max_examples=40)
@given(drawn_questionnaires())
def test_pyxform_accepts_any_instrument(drawn: Questionnaire):
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


def test_words_that_look_like_a_formula_stay_words():
    asked = question("a", text=said("=1+1"))
    content = as_xlsform(small(asked))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(
        "survey"
    )
    assert any("=1+1" in row for row in sheet.iter_rows())
    assert back_again(small(asked)).question("a").text == asked.text


def test_a_text_that_fits_into_no_cell_is_refused_in_words():
    with pytest.raises(Refused, match="fits into a cell"):
        as_xlsform(small(question("a", text=said("a" * 40_000))))


def test_a_gap_in_a_language_is_left_open_and_comes_back_filled():
    asked = question("a", text=Text((("nl", "Waarom?"),)))
    form = read_instrument(as_xlsform(small(asked)), "back.xlsx")
    assert form.questionnaire is not None
    assert form.questionnaire.question("a").text == Text(
        (("nl", "Waarom?"), ("en", "Waarom?"))
    )
    assert [one.what for one in form.not_carried] == ["en"]


def test_a_picture_beside_an_answer_comes_back():
    asked = question("a")
    options = tuple(replace(one, picture="sun") for one in asked.options)
    written = small(replace(asked, options=options))
    assert back_again(written) == written
