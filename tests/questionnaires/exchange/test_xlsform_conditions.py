"""`relevant` becomes conditions, or is listed with the reason why it cannot."""

import pytest

from tests.questionnaires.definition.made_up import all_of, any_of, when
from tests.questionnaires.exchange.made_forms import asked, imported, left
from trede.questionnaires.definition import Condition

CHOICES = """
    list_name | name   | label
    colour    | red    | Rood
    colour    | blue   | Blauw
    colour    | green  | Groen
    degree    | 1      | Weinig
    degree    | 2      | Half
    degree    | 3      | Veel
"""
BEFORE = """
    type                   | name | label   | constraint | appearance | relevant
    select_one colour      | one  | Een?    |            |            |
    select_multiple colour | many | Meer?   |            |            |
    select_one degree      | deg  | Mate?   |            | likert     |
    select_one degree      | lvl  | Niveau? |            |            |
    integer                | age  | Oud?    | . <= 120   |            |
    text                   | name | Naam?   |            |            |
"""


def conditions(relevant: str) -> tuple[Condition, ...]:
    form = imported(f"{BEFORE}\ntext|q|Vraag?|||{relevant}", CHOICES)
    assert left(form) == []
    return asked(form, "q").asked_when


@pytest.mark.parametrize(
    ("relevant", "expected"),
    [
        ("${one} = 'red'", when("one", "is", "red")),
        ("'red' = ${one}", when("one", "is", "red")),
        ('${one}="red"', when("one", "is", "red")),
        ("${one} = ‘red’", when("one", "is", "red")),
        ("selected(${one}, 'red')", when("one", "is", "red")),
        ("${one}='red' or ${one}='blue'", when("one", "is", "red", "blue")),
        ("${one} != 'red'", when("one", "is_not", "red")),
        ("not(${one} = 'red')", when("one", "is_not", "red")),
        ("not(${one} != 'red')", when("one", "is", "red")),
        ("${one} != ''", when("one", "answered")),
        ("${one} = ''", when("one", "not_answered")),
        ("string-length(${one}) > 0", when("one", "answered")),
        ("${name} != ''", when("name", "answered")),
        ("not(string-length(${name}) >= 1)", when("name", "not_answered")),
        ("count-selected(${many}) > 0", when("many", "answered")),
        ("selected(${many}, 'red')", when("many", "is", "red")),
        (
            "selected(${many}, 'red') or selected(${many}, 'blue')",
            when("many", "is", "red", "blue"),
        ),
        ("not(selected(${many}, 'red'))", when("many", "is_not", "red")),
        ("${many} != ''", when("many", "answered")),
        (
            "${one} = 'red' or ${age} > 3",
            any_of(when("one", "is", "red"), when("age", "at_least", 4)),
        ),
        (
            "not(${one} = 'red' and ${age} > 3)",
            any_of(
                when("one", "is_not", "red"),
                any_of(when("age", "not_answered"), when("age", "at_most", 3)),
            ),
        ),
        (
            "${one}='red' or ${age}>=18 and ${age}<65 or ${one}='blue' or 1=2",
            any_of(
                when("one", "is", "red", "blue"),
                all_of(when("age", "at_least", 18), when("age", "at_most", 64)),
            ),
        ),
        ("${deg} >= 2", when("deg", "at_least", 2)),
        ("${deg} > 2", when("deg", "at_least", 3)),
        ("${deg} = '2'", when("deg", "is", 2)),
        ("${lvl} >= 2", when("lvl", "is", "2", "3")),
        ("${lvl} = 2", when("lvl", "is", "2")),
        ("${age} >= 18", when("age", "at_least", 18)),
        ("18 <= ${age}", when("age", "at_least", 18)),
        ("${age} < 18", when("age", "at_most", 17)),
        ("${age} = 5 or ${age} = 7", when("age", "is", 5, 7)),
        ("/data/about/age >= 18", when("age", "at_least", 18)),
        ("(${age} >= 18)", when("age", "at_least", 18)),
    ],
)
def test_one_condition_however_it_is_put(relevant: str, expected: Condition):
    assert conditions(relevant) == (expected,)


def test_several_conditions_must_hold_together():
    assert conditions(
        "${one} = 'red' and selected(${many}, 'blue') and ${age} >= 5"
    ) == (
        when("one", "is", "red"),
        when("many", "is", "blue"),
        when("age", "at_least", 5),
    )


def test_only_this_box_ticked_is_this_one_and_none_of_the_others():
    assert conditions("${many} = 'red'") == (
        when("many", "is", "red"),
        when("many", "is_not", "blue", "green"),
    )


def test_of_very_many_numbers_the_bounds_are_found_without_trying_them_all():
    form = imported(
        """
        type    | name | label  | constraint            | relevant
        integer | pay  | Loon?  | . >= 0 and . <= 90000 |
        text    | q    | Vraag? |                       | not(${pay} < 40000)
        text    | r    | Vraag? |                       | ${pay} > 500 or ${pay} = 0
        """
    )
    assert left(form) == []
    assert asked(form, "pay").at_most == 90_000
    assert asked(form, "q").asked_when == (
        any_of(when("pay", "not_answered"), when("pay", "at_least", 40_000)),
    )
    assert asked(form, "r").asked_when == (
        any_of(when("pay", "at_most", 0), when("pay", "at_least", 501)),
    )


def test_what_is_always_true_asks_nothing():
    assert conditions("true()") == ()
    assert conditions("${one} = 'red' or ${one} != 'red'") == ()


@pytest.mark.parametrize(
    "relevant",
    [
        "${one} = 'red' or ${age} > ${deg}",  # two questions weighed together
        "${one} = ${many}",
        "${many} = 'red blue'",  # exactly this set of ticks
        "${name} = 'Jan'",  # open text
        "${later} = 'x'",  # not asked before
        "${one} = 'pink'",  # no such answer
        "count-selected(${many}) >= 2",
        "today() > '2026-01-01'",
        "jr:choice-name(${one}, '${one}') = 'Rood'",
        "${one} = 'red",  # a quote is missing
        "((${one} = 'red')",
        "${one} = = 'red'",
        "(" * 200 + "1" + ")" * 200,
        "1" * 30_000,
    ],
)
def test_what_has_no_counterpart_is_asked_of_everybody_and_listed(relevant: str):
    form = imported(f"{BEFORE}\ntext|q|Vraag?|||{relevant}", CHOICES)
    assert asked(form, "q").asked_when == ()
    ((code, what, _why),) = left(form)
    assert code == "q"
    assert what.startswith("relevant: ")


def test_half_of_a_condition_is_never_taken_over_alone():
    relevant = "${one} = 'red' and ${name} = 'Jan'"
    form = imported(f"{BEFORE}\ntext|q|Vraag?|||{relevant}", CHOICES)
    assert asked(form, "q").asked_when == ()
    assert len(left(form)) == 1


@pytest.mark.parametrize("never", ["false()", "${age} > 500", "1 = 2"])
def test_a_question_that_is_never_asked_is_left_out_and_listed(never: str):
    form = imported(f"{BEFORE}\ntext|q|Vraag?|||{never}", CHOICES)
    assert form.questionnaire is not None
    assert "q" not in {one.code for one in form.questionnaire.questions}
    assert [code for code, _what, _why in left(form)] == ["q"]


def test_the_condition_of_a_group_holds_for_each_question_in_it():
    form = imported(
        f"""{BEFORE}
        begin group | g | Groep | | | ${{one}} = 'red'
        text | a | A? | | |
        begin group | h | Binnen | | | ${{age}} >= 18
        text | b | B? | | | ${{deg}} >= 2
        end group
        end group
        """,
        CHOICES,
    )
    assert asked(form, "a").asked_when == (when("one", "is", "red"),)
    assert asked(form, "b").asked_when == (
        when("one", "is", "red"),
        when("age", "at_least", 18),
        when("deg", "at_least", 2),
    )
    assert form.groups == 2
