"""The codebook in DDI Codebook 2.5: the order that the standard sets, all languages."""

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings

from tests.questionnaires.definition.made_up import core, options, question, said, when
from tests.questionnaires.exchange.drawn import QUICKLY, drawn_questionnaires
from trede.questionnaires.definition import Question, Questionnaire
from trede.questionnaires.exchange.ddi_instrument import codebook_of
from trede.questionnaires.shipped_files import shipped, shipped_codes

DDI = "{ddi:codebook:2_5}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# The order of the pieces of a variable in the standard.
ORDER = ["labl", "qstn", "valrng", "invalrng", "universe", "catgry", "varFormat"]


def codebook(*questions: Question):
    made = Questionnaire(
        code="small",
        version="1",
        title=said("Klein & <fijn>"),
        languages=("nl", "en"),
        source="own",
        licence="own",
        parts=(core(*questions),),
    )
    return fromstring(codebook_of(made))


def variable(root, name: str):
    (found,) = (one for one in root.iter(f"{DDI}var") if one.get("name") == name)
    return found


def test_it_says_what_the_instrument_is():
    root = codebook(question("a"))
    assert (root.tag, root.get("version")) == (f"{DDI}codeBook", "2.5")
    study = root.find(f"{DDI}stdyDscr/{DDI}citation")
    assert study.find(f"{DDI}titlStmt/{DDI}titl").text == "Klein & <fijn>"
    assert study.find(f"{DDI}titlStmt/{DDI}IDNo").text == "small"
    assert study.find(f"{DDI}verStmt/{DDI}version").text == "1"


def test_a_variable_has_its_question_and_values_in_every_language():
    root = codebook(question("a", hint=said("Kies"), explanation=said("Uitleg")))
    one = variable(root, "a")
    literal = {it.get(LANG): it.text for it in one.iter(f"{DDI}qstnLit")}
    assert literal == {"nl": "a", "en": "a (en)"}
    told = [it.text for it in one.iter(f"{DDI}ivuInstr")]
    assert told == ["Kies", "Kies (en)", "Uitleg", "Uitleg (en)"]
    first = one.find(f"{DDI}catgry")
    assert first.find(f"{DDI}catValu").text == "yes"
    assert [it.text for it in first.iter(f"{DDI}labl")] == ["yes", "yes (en)"]


def test_the_reasons_for_no_answer_are_missing_values_of_their_own():
    root = codebook(
        question("n", "number", may_not_know=True),
        question("later", "number", asked_when=(when("n", "at_least", 2),)),
    )

    def missing(name: str) -> list[str]:
        one = variable(root, name)
        items = [it.get("VALUE") for it in one.iter(f"{DDI}item")]
        marked = [
            it.find(f"{DDI}catValu").text
            for it in one.iter(f"{DDI}catgry")
            if it.get("missing") == "Y"
        ]
        assert items == marked
        return items

    assert missing("n") == ["-99", "-98", "-97"]
    assert missing("later") == ["-99", "-97", "-96"]
    bounds = variable(root, "n").find(f"{DDI}valrng/{DDI}range")
    assert (bounds.get("min"), bounds.get("max")) == ("0", "20")
    assert variable(root, "later").find(f"{DDI}universe").text


def test_each_answer_of_a_multiple_choice_is_a_variable_in_one_group():
    root = codebook(question("m", "multiple", options=options("a", "b")))
    assert variable(root, "m_a").find(f"{DDI}labl").text == "m – a"
    groups = {it.get("name"): it for it in root.iter(f"{DDI}varGrp")}
    assert groups["m"].get("type") == "multipleResp"
    assert groups["m"].get("var") == "V_m_a V_m_b"


@pytest.mark.parametrize("code", shipped_codes())
def test_a_shipped_instrument_keeps_the_rules_of_the_standard(code):
    _keeps_the_rules(shipped(code))


@settings(QUICKLY, max_examples=20)
@given(drawn_questionnaires())
def test_any_instrument_keeps_the_rules_of_the_standard(drawn):
    _keeps_the_rules(drawn)


def _keeps_the_rules(questionnaire: Questionnaire) -> None:
    root = fromstring(codebook_of(questionnaire))
    assert [it.tag.removeprefix(DDI) for it in root] == [
        "docDscr",
        "stdyDscr",
        "dataDscr",
    ]
    ids = [it.get("ID") for it in root.iter() if it.get("ID")]
    assert len(set(ids)) == len(ids)
    data = [it.tag.removeprefix(DDI) for it in root.find(f"{DDI}dataDscr")]
    assert data == sorted(data, key=["varGrp", "var"].index)
    for one in root.iter(f"{DDI}var"):
        pieces = [it.tag.removeprefix(DDI) for it in one]
        assert pieces == sorted(pieces, key=ORDER.index)
    for group in root.iter(f"{DDI}varGrp"):
        assert set(group.get("var").split()) <= set(ids)
