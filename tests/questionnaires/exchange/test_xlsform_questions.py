"""Which question a row of an XLSForm becomes, and what is said of the rest."""

import pytest

from tests.questionnaires.exchange.made_forms import asked, imported, left
from trede.questionnaires.definition import Kind

CHOICES = """
    list_name | name  | label
    yes_no    | yes   | Ja
    yes_no    | no    | Nee
    colour    | red   | Rood
    colour    | blue  | Blauw
    degree    | 1     | Weinig
    degree    | 2     | Veel
"""


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("text", Kind.TEXT),
        ("string", Kind.TEXT),
        ("phone number", Kind.TEXT),
        ("integer", Kind.NUMBER),
        ("int", Kind.NUMBER),
        ("date", Kind.DATE),
        ("select_one colour", Kind.SINGLE),
        ("select one colour", Kind.SINGLE),
        ("select1 colour", Kind.SINGLE),
        ("select_one yes_no", Kind.YES_NO),
        ("select_multiple colour", Kind.MULTIPLE),
        ("select all that apply from colour", Kind.MULTIPLE),
    ],
)
def test_each_spelling_of_a_type_becomes_its_kind(written: str, kind: Kind):
    form = imported(f"type|name|label\n{written}|q|Vraag", CHOICES)
    assert asked(form, "q").kind is kind
    assert (form.questions, form.carried, left(form)) == (1, 1, [])


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("text|q|Vraag|multiline||", Kind.LONG_TEXT),
        ("select_one degree|q|Vraag|likert||", Kind.LABELLED_SCALE),
        ("range|q|Vraag||start=0 end=10 step=1|", Kind.SCALE_0_10),
        ("range|q|Vraag||start=1 end=5 step=1|", Kind.LABELLED_SCALE),
        ("range|q|Vraag||start=0 end=100 step=1|", Kind.NUMBER),
        ("integer|q|Vraag|||. >= 1920 and . <= 2020", Kind.YEAR),
        ("date|q|Vraag|year||", Kind.YEAR),
    ],
)
def test_look_range_and_bounds_tell_the_kind_too(row: str, kind: Kind):
    heads = "type|name|label|appearance|parameters|constraint"
    assert asked(imported(f"{heads}\n{row}", CHOICES), "q").kind is kind


def test_bounds_are_taken_over_and_other_checks_are_listed():
    form = imported("""
        type    | name | label  | constraint                 | constraint_message
        integer | age  | Oud?   | . >= 18 and . < 100        |
        integer | even | Even?  | . mod 2 = 0                | Alleen even
        text    | name | Naam?  | string-length(.) <= 40     |
        text    | post | Code?  | regex(., '[0-9]{4}')       |
    """)
    age, name = asked(form, "age"), asked(form, "name")
    assert (age.at_least, age.at_most, name.longest) == (18, 99, 40)
    assert [(code, what) for code, what, _why in left(form)] == [
        ("even", "constraint: . mod 2 = 0"),
        ("even", "constraint_message: Alleen even"),
        ("post", "constraint: regex(., '[0-9]{4}')"),
    ]


def test_numbers_that_trede_cannot_ask_are_said_to_be_cut_off():
    form = imported(
        "type|name|label|constraint\ninteger|money|Hoeveel?|. >= -50 and . <= 20000"
    )
    money = asked(form, "money")
    assert (money.at_least, money.at_most) == (0, 20_000)
    assert left(form)[0][:2] == ("money", "constraint: . >= -50 and . <= 20000")


def test_hint_guidance_and_required_come_along():
    form = imported("""
        type | name | label | hint       | guidance_hint    | required
        text | a    | Wie?  | Uw naam    | Zoals u heet     | yes
        text | b    | Wat?  |            |                  |
    """)
    first, second = asked(form, "a"), asked(form, "b")
    assert first.hint is not None
    assert first.hint.read_in("nl") == "Uw naam"
    assert first.explanation is not None
    assert first.explanation.read_in("nl") == "Zoals u heet"
    assert (first.optional, second.optional) == (False, True)


def test_or_other_adds_an_answer_and_asks_which():
    form = imported("type|name|label\nselect_one colour or_other|c|Kleur?", CHOICES)
    assert [str(one.value) for one in asked(form, "c").options] == [
        "red",
        "blue",
        "other",
    ]
    which = asked(form, "c_other")
    assert which.asked_when[0].values == ("other",)
    assert (form.questions, form.carried) == (1, 1)


def test_a_filter_with_fixed_values_leaves_only_those_answers():
    form = imported(
        """
        type         | name | label | choice_filter
        select_one c | a    | A?    | kind='soft' and shade!='dark'
        """,
        """
        list_name | name | label | kind | shade
        c         | x    | X     | soft | light
        c         | y    | Y     | soft | dark
        c         | z    | Z     | hard | light
        c         | v    | V     | soft | pale
        """,
    )
    assert [one.value for one in asked(form, "a").options] == ["x", "v"]
    assert left(form) == []


def test_answers_that_hang_on_an_earlier_answer_are_all_offered_and_listed():
    form = imported(
        """
        type             | name     | label | choice_filter
        select_one land  | country  | Land? |
        select_one place | place    | Stad? | country=${country}
        """,
        """
        list_name | name | label     | country
        land      | nl   | Nederland |
        land      | be   | België    |
        place     | n    | Nijmegen  | nl
        place     | g    | Gent      | be
        """,
    )
    assert len(asked(form, "place").options) == 2
    ((code, what, why),) = left(form)
    assert (code, what) == ("place", "choice_filter: country=${country}")
    assert "(row 3)" in why


@pytest.mark.parametrize(
    "written",
    [
        "image",
        "video",
        "file",
        "geopoint",
        "geotrace",
        "rank colour",
        "calculate",
        "hidden",
        "start",
        "today",
        "deviceid",
        "audit",
        "xml-external",
        "something new",
    ],
)
def test_what_trede_does_not_ask_is_listed_and_counted(written: str):
    form = imported(
        f"type|name|label|calculation\n{written}|q|Q|1+1\ntext|a|A?|", CHOICES
    )
    assert [code for code, _what, _why in left(form)] == ["q"]
    assert (form.questions, form.carried) == (2, 1)
    assert form.by_type[written.split()[0] if "rank" in written else written] == 1


def test_a_spoken_answer_may_be_spoken_here_too():
    form = imported("type|name|label\naudio|story|Vertel?")
    story = asked(form, "story")
    assert (story.kind, story.may_speak) == (Kind.LONG_TEXT, True)
    assert left(form)[0][0] == "story"


@pytest.mark.parametrize("written", ["decimal", "time", "select_one_from_file a.csv"])
def test_what_can_only_be_asked_as_text_is_said_to_be(written: str):
    form = imported(f"type|name|label\n{written}|q|Vraag?")
    assert asked(form, "q").kind is Kind.TEXT
    assert [(code, what) for code, what, _why in left(form)] == [
        ("q", f"type: {written}")
    ]


def test_what_else_a_row_wants_is_listed_with_its_row():
    form = imported("""
        type | name | label | default | read_only | media::image | appearance | myown
        text | a    | A?    | niets   | yes       | a.png        | w1         | ja
    """)
    assert {what for _code, what, _why in left(form)} == {
        "default: niets",
        "read_only: yes",
        "image: a.png",
        "appearance: w1",
    }
    assert any("myown" in one.what for one in form.not_carried)


def test_codes_that_cannot_stand_in_a_dataset_get_another_and_are_listed():
    form = imported(
        "type|name|label\nselect_one c|My-Question|Q?\ntext|2nd|R?",
        "list_name|name|label\nc|not sure|Weet niet\nc|sure|Zeker",
    )
    assert form.questionnaire is not None
    codes = [question.code for question in form.questionnaire.questions]
    assert codes == ["my_question", "q_2nd"]
    assert [one.value for one in asked(form, "my_question").options] == [
        "not_sure",
        "sure",
    ]
    assert {what for _code, what, _why in left(form)} == {
        "name: My-Question",
        "name: 2nd",
        "answer not sure",
    }


def test_marks_scripts_and_piped_answers_do_not_come_along():
    form = imported("""
        type | name | label
        text | a    | <b>Wie</b> bent **u**?<script>alert(1)</script>
        text | b    | Dag ${a}, {hoe} gaat het?
    """)
    assert asked(form, "a").text.read_in("nl") == "Wie bent u?"
    assert asked(form, "b").text.read_in("nl") == "Dag …, … gaat het?"
    assert [code for code, _what, _why in left(form)] == ["b"]


def test_answers_of_a_list_kept_apart_are_read_too():
    form = imported(
        "type|name|label\nselect_one_external town|t|Stad?",
        external_choices="list_name|name|label\ntown|n|Nijmegen\ntown|a|Arnhem",
    )
    assert [one.value for one in asked(form, "t").options] == ["n", "a"]
    assert form.answers == 2


def test_an_older_form_may_call_its_answers_columns():
    form = imported(
        "type|name|label\nselect one from c|t|Kleur?",
        columns="list name|value|caption\nc|r|Rood\nc|b|Blauw",
    )
    assert [one.text.read_in("nl") for one in asked(form, "t").options] == [
        "Rood",
        "Blauw",
    ]
