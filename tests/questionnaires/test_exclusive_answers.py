"""An answer that goes with no other, "none of these", wherever answers are judged."""

import csv
from dataclasses import replace
from datetime import date

import pytest

from tests.questionnaires.definition.made_up import core, options, question, said
from tests.questionnaires.exchange.limesurvey_files import Q, survey
from tests.questionnaires.exchange.made_forms import asked, imported, left
from tests.questionnaires.exchange.test_limesurvey_types import read
from trede.questionnaires.answering import Answer, Unclear, read_answer
from trede.questionnaires.definition import Question, Questionnaire
from trede.questionnaires.exchange.limesurvey_writing import as_lss
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.exchange.redcap import as_redcap
from trede.questionnaires.exchange.xlsform_writing import as_xlsform
from trede.questionnaires.forms import QuestionForm
from trede.questionnaires.reading import read_text
from trede.questionnaires.tables import QuestionnaireRefused
from trede.questionnaires.writing import as_toml

ON = date(2026, 11, 22)
PLACES, NONE = options("home", "school"), replace(options("none")[0], exclusive=True)
ASKED = question("where", "multiple", options=(*PLACES, NONE))


def whole(*questions: Question) -> Questionnaire:
    return Questionnaire(
        "small", "1", said("T"), ("nl", "en"), "own", "none", (core(*questions),)
    )


def alone(found: Questionnaire | None) -> dict[str, bool]:
    assert found is not None
    (asks,) = found.questions
    return {str(option.value): option.exclusive for option in asks.options}


@pytest.mark.parametrize(
    ("ticked", "stored"),
    [
        (["none"], "none"),
        (["home", "school"], "home school"),
        (["home", "none"], None),
        (["none", "none"], "none"),
    ],
)
def test_none_of_these_goes_with_no_other_answer(ticked: list[str], stored: str | None):
    read = read_answer(ASKED, {"value": ticked}, on=ON)
    if stored is None:
        assert isinstance(read, Unclear)
        assert "Take one away" in read.message
    else:
        assert read == Answer(value=stored)


def test_the_box_says_so_to_the_device():
    html = str(QuestionForm(question=ASKED, language="nl", on=ON)["value"])
    assert html.count("data-exclusive") == 1
    assert html.index('value="none"') < html.index("data-exclusive")


def test_it_is_stored_with_the_version_and_leaves_the_digest_of_others_alone():
    assert read_text(as_toml(whole(ASKED)), name="x") == whole(ASKED)
    plain = replace(ASKED, options=(*PLACES, *options("none")))
    assert "exclusive" not in as_toml(whole(plain))
    assert whole(plain).content_hash != whole(ASKED).content_hash


def test_it_has_no_meaning_where_one_answer_is_chosen():
    single = replace(ASKED, kind=question("x", "single").kind)
    with pytest.raises(QuestionnaireRefused, match="one is chosen anyway"):
        read_text(as_toml(whole(single)), name="x")


def test_it_goes_to_other_software_and_comes_back():
    for content, name in (
        (as_lss(whole(ASKED)), "sent.lss"),
        (as_xlsform(whole(ASKED)), "sent.xlsx"),
    ):
        found = read_instrument(content, name)
        assert alone(found.questionnaire) == {
            "home": False,
            "school": False,
            "none": True,
        }
        assert not [one for one in found.not_carried if one.question == "where"]


def test_redcap_is_told_by_its_own_tag():
    other = replace(ASKED, code="other", options=PLACES)
    rows = csv.DictReader(
        as_redcap(whole(ASKED, other)).decode("utf-8-sig").split("\n")
    )
    tags = {row["Variable / Field Name"]: row["Field Annotation"] for row in rows}
    assert (tags["where"], tags["other"]) == ("@NONEOFTHEABOVE='none'", "")


@pytest.mark.parametrize("form", ["3.x", "6.x", "txt"])
def test_a_box_of_limesurvey_that_excludes_all_others(form: str):
    boxes = Q(
        "Q", "M", rows=("a=A", "b=B", "c=C"), attributes={"exclude_all_others": "b;c"}
    )
    found = read(survey(boxes), form)
    assert alone(found.questionnaire) == {"a": False, "b": True, "c": True}
    assert found.not_carried == ()


@pytest.mark.parametrize(
    ("written", "none", "losses"),
    [
        ("not(selected(., 'none') and count-selected(.) > 1)", True, 0),
        ("not(selected(., 'none') and count-selected(.) >= 2)", True, 0),
        ("not(selected(., 'none')) or count-selected(.) = 1", True, 0),
        ("count-selected(.) < 2 or not(selected(., 'none'))", True, 0),
        ("selected(., 'none') or count-selected(.) = 1", False, 1),
        ("count-selected(.) <= 2", False, 1),
        ("not(selected(., 'none') and count-selected(.) > 2)", False, 1),
    ],
)
def test_what_an_xlsform_demands_of_several_answers(
    written: str, none: bool, losses: int
):
    form = imported(
        f"type|name|label|constraint\nselect_multiple place|q|Waar?|{written}",
        "list_name|name|label\nplace|home|Thuis\nplace|none|Niets hiervan",
    )
    values = {str(one.value): one.exclusive for one in asked(form, "q").options}
    assert values == {"home": False, "none": none}
    assert len(left(form)) == losses
