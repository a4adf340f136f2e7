"""Every kind of question has a control that works without JavaScript, and pictures and
names to search by beside it that say nothing of their own."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

import trede
from tests.questionnaires.definition.made_up import core, options, question, said
from trede.questionnaires.answering import Answer, Unclear, read_answer
from trede.questionnaires.definition import Kind, Option, Question, Text
from trede.questionnaires.forms import QuestionForm, field_of
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.typing_forms import SectionForm

TODAY = date(2026, 3, 1)
DATE = question("moved", "date")
SYRIA = Option("SY", Text((("nl", "Syrië"), ("tr", "Suriye"))))
NETHERLANDS = Option("NL", Text((("nl", "Nederland"), ("tr", "Hollanda"))))
COUNTRY = question("born", "country", options=(NETHERLANDS, SYRIA))
SPRITE = (Path(trede.__file__).parent / "static" / "pictures.svg").read_text("utf-8")
KINDS = {
    Kind.SINGLE: question("q", "single", options=options("a", "b")),
    Kind.MULTIPLE: question("q", "multiple", options=options("a", "b")),
    Kind.YES_NO: question("q"),
    Kind.LABELLED_SCALE: question("q", "labelled_scale", options=options(1, 2, 3)),
    Kind.SCALE_0_10: question(
        "q", "scale_0_10", low=said("nothing"), high=said("everything")
    ),
    Kind.NUMBER: question("q", "number"),
    Kind.YEAR: question("q", "year", at_least=1900, at_most=2100),
    Kind.DATE: DATE,
    Kind.COUNTRY: COUNTRY,
    Kind.HOURS: question("q", "hours"),
    Kind.TEXT: question("q", "text", longest=200),
    Kind.LONG_TEXT: question("q", "long_text", longest=2000),
}


def control(asked: Question, *, answer: Answer | None = None, sent: str = "") -> str:
    form = QuestionForm(
        QueryDict(sent) if sent else None,
        question=asked,
        language="nl",
        on=TODAY,
        answer=answer,
    )
    context = {"form": form, "kind": asked.kind.value, "question": asked, "text": "?"}
    return render_to_string("questionnaires/control.html", context)


def read(asked: Question, **fields: str) -> Answer | Unclear:
    return read_answer(asked, {k: [v] for k, v in fields.items()}, on=TODAY)


def fields_of(html: str) -> set[str]:
    return set(re.findall(r'<(?:input|select|textarea)[^>]*name="(\w+)"', html))


@pytest.mark.parametrize("kind", list(Kind), ids=str)
def test_every_kind_has_a_control_of_fields_with_a_label_each(kind: Kind) -> None:
    html = control(KINDS[kind])
    assert fields_of(html)
    named = re.findall(r'<(?:input|select|textarea)[^>]*\bid="(\w+)"', html)
    labelled = re.findall(r'<label[^>]*for="(\w+)"', html)
    hidden = re.findall(r'type="hidden"[^>]*id="(\w+)"', html)
    assert set(named) - set(hidden) == set(labelled)


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"date_day": "3", "date_month": "2", "date_year": "1999"}, "1999-02-03"),
        ({"date_day": "٣", "date_month": "2", "date_year": "١٩٩٩"}, "1999-02-03"),
        ({"value": "3-2-1999"}, "1999-02-03"),
        ({"value": "1999-02-03"}, "1999-02-03"),
    ],
)
def test_a_date_is_kept_as_one_whether_in_fields_or_on_a_line(
    fields: dict[str, str], kept: str
) -> None:
    assert read(DATE, **fields) == Answer(value=kept)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Fill in an answer"),
        ({"date_day": "3", "date_month": "", "date_year": "1999"}, "the month and"),
        ({"date_day": "3", "date_month": "2", "date_year": ""}, "the month and"),
        ({"date_day": "3", "date_month": "2", "date_year": "99"}, "four digits"),
        ({"date_day": "30", "date_month": "2", "date_year": "1999"}, "not exist"),
        ({"date_day": "x", "date_month": "2", "date_year": "1999"}, "day, month"),
        ({"value": "3-2-0099"}, "four digits"),
        ({"value": "soon"}, "day, month, year"),
    ],
)
def test_a_date_that_cannot_be_is_asked_again(
    fields: dict[str, str], message: str
) -> None:
    found = read(DATE, **fields)
    assert isinstance(found, Unclear)
    assert message in found.message


def test_a_date_is_there_again_in_its_three_fields() -> None:
    html = control(DATE, answer=Answer(value="1999-02-03"))
    assert re.search(r'name="date_day" value="3"', html)
    assert re.search(r'<option value="2" selected>', html)
    assert re.search(r'name="date_year" value="1999"', html)


def test_a_date_with_a_mistake_stands_there_as_it_was_sent() -> None:
    html = control(DATE, sent="date_day=31&date_month=2&date_year=%22%3E%3Cb%3E")
    assert 'name="date_day" value="31"' in html
    assert "<b>" not in html


def test_on_paper_a_date_is_typed_on_one_line() -> None:
    field = field_of(DATE, "nl")
    assert fields_of(field.widget.render("moved", "3-2-1999")) == {"moved"}
    part = core(DATE)
    typed = QueryDict("moved=3-2-1999")
    form = SectionForm(
        typed,
        part=part,
        questions=part.questions,
        language="nl",
        on=TODAY,
        shown={},
        there={},
    )
    assert form.is_valid()
    assert form.answers["moved"] == Answer(value="1999-02-03")


def test_a_country_carries_its_dutch_name_to_be_searched_by() -> None:
    form = QuestionForm(question=COUNTRY, language="tr", on=TODAY)
    html = str(form["value"])
    assert re.search(r'value="SY" data-dutch="Syrië">Suriye', html)
    dutch = str(QuestionForm(question=COUNTRY, language="nl", on=TODAY)["value"])
    assert "data-dutch" not in dutch


def test_the_place_on_a_scale_is_one_mark_of_all() -> None:
    html = control(KINDS[Kind.LABELLED_SCALE])
    rows = re.findall(r'<span class="grade".*?</span>', html)
    filled = [[bool(i) for i in re.findall(r"<i( class)?", row)] for row in rows]
    assert filled == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_a_picture_stands_beside_the_words_and_says_nothing_itself() -> None:
    asked = question("q", "single", options=(Option("w", said("Lopen"), "walk"),))
    html = control(asked)
    assert "Lopen" in html
    assert re.search(r'<svg class="picture" aria-hidden="true".*?#p-walk"', html)


@pytest.mark.parametrize("code", shipped_codes())
def test_every_picture_that_a_questionnaire_names_is_there(code: str) -> None:
    named = {
        option.picture
        for asked in shipped(code).questions
        for option in asked.options
        if option.picture
    }
    there = set(re.findall(r'id="p-(\w+)"', SPRITE))
    assert named - there == set()
