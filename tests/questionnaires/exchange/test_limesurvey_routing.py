"""Which conditions of LimeSurvey are kept, and which are listed instead."""

import pytest

from tests.questionnaires.exchange.limesurvey_files import (
    SID,
    G,
    Q,
    S,
    as_version_3,
    survey,
)
from tests.questionnaires.exchange.test_limesurvey_types import listed, read
from trede.questionnaires.definition import Together
from trede.questionnaires.exchange.opening import read_instrument

WHOLE = {
    "num_value_int_only": "1",
    "min_num_value_n": "0",
    "max_num_value_n": "99",
}
COLOURS = ("r=Red", "g=Green", "b=Blue")
BEFORE = (
    Q("Yes", "Y"),
    Q("Col", "L", answers=COLOURS, other="Y"),
    Q("Tick", "M", rows=("a=Tea", "b=Milk", "c=Water"), other="Y"),
    Q("Age", "N", attributes=WHOLE),
    Q("Five", "5"),
    Q("Arr", "F", rows=("x=One", "y=Two"), answers=COLOURS),
    Q("Dual", "1", rows=("x=One",), answers=COLOURS, second=("1=A", "2=B")),
    Q("Name", "S"),
)
SGQA = f"{SID}X1X"

# The relevance there, the conditions here ("" is: everybody), and what is listed.
KEPT = [
    ("1", "", ""),
    ("", "", ""),
    ("1 == 1", "", ""),
    ('Yes == "Y"', "yes is yes", ""),
    ("Yes.NAOK == 'Y'", "yes is yes", ""),
    ('(((Yes.NAOK eq "Y")))', "yes is yes", ""),
    ('{Yes.NAOK == "Y"}', "yes is yes", ""),
    ('"Y" == Yes', "yes is yes", ""),
    (f'(({SGQA}100.NAOK == "Y"))', "yes is yes", ""),
    ('Yes != "Y"', "yes is_not yes", ""),
    ('not (Yes == "Y")', "yes is_not yes", ""),
    ('!is_empty(Yes) and Yes ne "N"', "yes is yes", ""),
    ("!is_empty(Yes)", "yes answered", ""),
    ("is_empty(Yes.NAOK)", "yes not_answered", ""),
    ('Yes.valueNAOK == "Y"', "yes is yes", ""),
    ("Col == 'r' or Col == 'g'", "col is r g", ""),
    ("Col != 'r' and Col != 'g'", "col is_not r g", ""),
    ("Col == '-oth-'", "col is other", ""),
    ("!is_empty(Col_other)", "col is other", ""),
    ('Tick_a == "Y"', "tick is a", ""),
    ('Tick_a.NAOK == "Y" and Tick_b.NAOK == "Y"', "tick is a; tick is b", ""),
    ('Tick_a.NAOK == "Y" or Tick_b.NAOK == "Y"', "tick is a b", ""),
    ('Tick_a != "Y"', "tick is_not a", ""),
    ('!(Tick_a == "Y" or Tick_b == "Y")', "tick is_not a b", ""),
    ('!is_empty(Tick_other) || Tick_c == "Y"', "tick is c other", ""),
    (f'{SGQA}102a.NAOK == "Y"', "tick is a", ""),
    ("Age >= 18", "age at_least 18", ""),
    ("Age > 17.5", "age at_least 18", ""),
    ("Age >= 18 and Age < 65", "age at_least 18; age at_most 64", ""),
    ("18 <= Age", "age at_least 18", ""),
    ("Age != 0", "age is_not 0", ""),
    ("Age == 5 or Age == 7", "age is 5 7", ""),
    ("!is_empty(Age)", "age answered", ""),
    ("intval(Age) > 0", "age at_least 1", ""),
    ("!is_empty(Age.NAOK) and Age.NAOK < 18", "age at_most 17", ""),
    ("Age < 18", "any(age not_answered, age at_most 17)", ""),
    ("is_empty(Col_other)", "col is_not other", ""),
    (
        "Age < 18 or Age > 65",
        "any(age not_answered, age at_most 17, age at_least 66)",
        "",
    ),
    ("Five >= 4", "five at_least 4", ""),
    ("Five < 3", "five is_not 3 4 5", ""),
    ("Arr_x == 'r'", "arr_x is r", ""),
    (f"{SGQA}105y.NAOK == 'b'", "arr_y is b", ""),
    ("Dual_x_1 == 2", "dual_x_2 is 2", ""),
    (f'{SGQA}106x#1.NAOK == "2"', "dual_x_2 is 2", ""),
    ("Yes == 'Y' && Col == 'r'", "yes is yes; col is r", ""),
    (
        "(Yes == 'Y' and Col == 'r') or (Yes == 'Y' and Col == 'g')",
        "yes is yes; col is r g",
        "",
    ),
    ("Yes == 'Y' or Col == 'r'", "any(yes is yes, col is r)", ""),
    (
        "Yes == 'Y' and (Col == 'r' or (Age > 3 and !is_empty(Name)))",
        "yes is yes; any(col is r, all(age at_least 4, name answered))",
        "",
    ),
    (
        "!(Yes == 'Y' or Age > 3)",
        "yes is_not yes; any(age not_answered, age at_most 3)",
        "",
    ),
    ("Yes == 'Y' and (Yes == 'Y' or Col == 'r')", "yes is yes", ""),
    (
        "Yes == 'Y' or (Col == 'r' and count(Age) > 1)",
        "any(yes is yes, col is r)",
        "count",
    ),
    ("Yes == 'Y' and count(Tick_a, Tick_b) > 1", "yes is yes", "count(Tick_a"),
    ("Yes == 'Y' or count(Tick_a, Tick_b) > 1", "", "count(Tick_a"),
    ("!is_empty(Name)", "name answered", ""),
    ("Name == ''", "name not_answered", ""),
    ("Name == 'Jan' and Age > 3", "age at_least 4", "Name == “Jan”"),
    ("Col.shown == 'Red'", "", "Col.shown == 'Red'"),
    ("TOKEN:ATTRIBUTE_1 == 'x'", "", "TOKEN:ATTRIBUTE_1"),
    ("Later == 'Y'", "", "Later == “Y”"),
    ("self.NAOK > 3", "", "self"),
    ("regexMatch('/a/', Name)", "", "regexMatch"),
    ("Age + 1 > 18", "", "Age + 1 > 18"),
    (" or ".join(f"Age == {n} or Five == {n}" for n in range(300)), "", "Age == 0"),
    ("((((", "", "(((("),
    ("Yes ==", "", "Yes =="),
    ("'", "", "'"),
]


def conditions_of(question) -> str:
    return "; ".join(map(told, question.asked_when))


def told(demand) -> str:
    if isinstance(demand, Together):
        return f"{demand.joint}({', '.join(map(told, demand.of))})"
    return " ".join(map(str, (demand.question, demand.test, *demand.values)))


@pytest.mark.parametrize(("relevance", "kept", "loss"), KEPT)
def test_a_condition_is_kept_or_listed(relevance, kept, loss):
    asked = Q("Then", "T", relevance=relevance)
    found = read(survey(*BEFORE, asked, Q("Later", "Y")))
    assert conditions_of(found.questionnaire.question("then")) == kept
    losses = [line for line in listed(found) if line.startswith("Then ")]
    assert losses == [] if not loss else loss in " ".join(losses)


@pytest.mark.parametrize(
    "never", ["0", "1 == 2", "Yes == 'X'", "Yes == 'Y' and Yes == 'N'", "Age > 100"]
)
def test_what_nobody_is_asked_is_left_out_and_listed(never):
    found = read(survey(*BEFORE, Q("Then", "T", relevance=never)))
    assert "then" not in found.questionnaire.parts[0].question_by_code
    assert "Then type T: Nobody is ever asked it" in " ".join(listed(found))
    assert found.carried == len(BEFORE)


def test_what_contradicts_along_the_way_is_left_out_too():
    found = read(
        survey(
            Q("Yes", "Y"),
            Q("Col", "L", answers=COLOURS, relevance="Yes == 'Y'"),
            Q("Then", "T", relevance="Col == 'r' and Yes == 'N'"),
            Q("After", "T", relevance="is_empty(Then) and Yes == 'N'"),
        )
    )
    codes = [question.code for question in found.questionnaire.questions]
    assert codes == ["yes", "col", "after"]
    assert "Then type T: No answers ever lead to it." in listed(found)


def test_the_condition_of_a_group_is_that_of_each_of_its_questions():
    found = read(
        S(
            (
                G("First", (Q("Yes", "Y"),)),
                G(
                    "Second",
                    (Q("A", "L", answers=COLOURS), Q("B", "T", relevance="A == 'r'")),
                    relevance="Yes == 'Y'",
                ),
            )
        )
    )
    question = found.questionnaire.question
    assert conditions_of(question("a")) == "yes is yes"
    assert conditions_of(question("b")) == "yes is yes; a is r"


def test_a_row_of_a_table_has_a_condition_of_its_own():
    rows = {"x": "Yes == 'Y'", "y": "T_x == 'r'", "z": "1 == 2"}
    table = Q("T", "F", rows=tuple("wxyz"), answers=COLOURS, row_relevance=rows)
    found = read(survey(Q("Yes", "Y"), table))
    asked = found.questionnaire.questions[1:]
    assert [(q.code, conditions_of(q)) for q in asked] == [
        ("t_w", ""),
        ("t_x", "yes is yes"),
        ("t_y", "t_x is r"),
    ]
    assert listed(found) == ["T t_z: Nobody is ever asked it: 1 == 2."]


def test_the_condition_of_a_box_or_a_column_is_listed():
    boxes = Q("M", "M", rows=("a=A", "b=B"), row_relevance={"a": "Yes == 'Y'"})
    cells = Q(
        "C", ";", rows=("a=A",), columns=("c=C",), row_relevance={"c": "Yes == 'Y'"}
    )
    found = read(survey(Q("Yes", "Y"), boxes, cells))
    assert [line.partition(": It")[0] for line in listed(found)] == [
        "M a: Yes == 'Y'",
        "C c: Yes == 'Y'",
    ]


CONDITION = {
    "cid": "1",
    "qid": "101",
    "cqid": "100",
    "cfieldname": f"{SGQA}100",
    "method": "==",
    "value": "N",
    "scenario": "1",
}


def test_the_table_of_conditions_is_in_relevance_already_and_not_used_again():
    """It says another thing here, to see that nobody looks at it."""
    asked = Q("Then", "T", relevance=f'(({SGQA}100.NAOK == "Y"))')
    found = read(survey(Q("Yes", "Y"), asked, conditions=(CONDITION,)), "3.x")
    assert conditions_of(found.questionnaire.question("then")) == "yes is yes"


def test_files_from_before_relevance_have_only_the_table_of_conditions():
    written = survey(
        Q("Yes", "Y"),
        Q("Then", "T"),
        conditions=(CONDITION,),
        relevance_known=False,
    )
    found = read_instrument(as_version_3(written, "142"), "old.lss")
    assert conditions_of(found.questionnaire.question("then")) == "yes is no"


def test_answers_of_one_scenario_to_one_question_are_alternatives():
    rows = [
        CONDITION | {"cqid": "101", "cfieldname": f"{SGQA}101", "value": value}
        for value in "rg"
    ]
    rows = [row | {"qid": "102"} for row in [*rows, CONDITION]]
    written = survey(
        Q("Yes", "Y"),
        Q("Col", "L", answers=COLOURS),
        Q("Then", "T"),
        conditions=tuple(rows),
        relevance_known=False,
    )
    found = read(written, "3.x")
    then = found.questionnaire.question("then")
    assert conditions_of(then) == "col is r g; yes is no"


@pytest.mark.parametrize("value", ["@123456X1X101@", "{TOKEN:ATTRIBUTE_1}"])
def test_a_condition_on_another_answer_is_listed(value):
    written = survey(
        Q("Yes", "Y"),
        Q("Then", "T"),
        conditions=(CONDITION | {"value": value},),
        relevance_known=False,
    )
    found = read(written, "3.x")
    assert found.questionnaire.question("then").asked_when == ()
    assert value in " ".join(listed(found))
