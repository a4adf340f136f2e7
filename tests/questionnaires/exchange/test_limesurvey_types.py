"""What becomes of every type of LimeSurvey question, in each form of file."""

import pytest

from tests.questionnaires.exchange.limesurvey_files import (
    Q,
    S,
    as_tsv,
    as_version_3,
    as_version_6,
    survey,
)
from trede.questionnaires.exchange.carried import Imported
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.reading import read_text
from trede.questionnaires.writing import as_toml

ROWS = ("SQ1=Bread", "SQ2=Milk")
COLUMNS = ("C1=Today", "C2=Tomorrow")
ANSWERS = ("A1=Good", "A2=Bad")
TICKS = {"multiflexible_checkbox": "1"}
BOTH = {"dualscale_headerA": "Now", "dualscale_headerB": "Later"}
WHOLE = {
    "num_value_int_only": "1",
    "min_num_value_n": "1",
    "max_num_value_n": "40",
}

# What LimeSurvey asks; what is asked here, as "code kind"; and what is listed.
# type, more about the question, asked here, listed (a part of "what: why")
BECOMES = [
    ("5", {}, "q labelled_scale", ""),
    ("A", {"rows": ROWS}, "q_sq1 labelled_scale, q_sq2 labelled_scale", ""),
    ("B", {"rows": ROWS}, "q_sq1 labelled_scale, q_sq2 labelled_scale", ""),
    ("C", {"rows": ROWS}, "q_sq1 single, q_sq2 single", ""),
    ("D", {}, "q date", ""),
    ("E", {"rows": ROWS}, "q_sq1 single, q_sq2 single", ""),
    ("F", {"rows": ROWS, "answers": ANSWERS}, "q_sq1 single, q_sq2 single", ""),
    ("G", {}, "q single", ""),
    ("H", {"rows": ROWS, "answers": ANSWERS}, "q_sq1 single, q_sq2 single", ""),
    ("I", {}, "", "type I: The language can be changed"),
    ("K", {"rows": ROWS, "attributes": WHOLE}, "q_sq1 number, q_sq2 number", ""),
    ("L", {"answers": ANSWERS}, "q single", ""),
    ("L", {"answers": ANSWERS, "other": "Y"}, "q single, q_other text", ""),
    ("L", {"answers": ("A1=Good",)}, "q yes_no", "only one answer to choose: A1"),
    ("M", {"rows": ROWS}, "q multiple", ""),
    ("M", {"rows": ROWS, "other": "Y"}, "q multiple, q_other text", ""),
    ("M", {"rows": ("SQ1=I agree",)}, "q yes_no", "only one answer to choose: SQ1"),
    ("N", {"attributes": WHOLE}, "q number", ""),
    ("N", {}, "q number", "Whole numbers from 0 to 9999"),
    ("O", {"answers": ANSWERS}, "q single, q_comment long_text", ""),
    (
        "P",
        {"rows": ROWS},
        "q multiple, q_sq1comment long_text, q_sq2comment long_text",
        "",
    ),
    ("Q", {"rows": ROWS}, "q_sq1 text, q_sq2 text", ""),
    ("R", {"answers": ANSWERS}, "", "type R: Putting answers in order"),
    ("S", {}, "q text", ""),
    ("T", {}, "q long_text", ""),
    ("U", {}, "q long_text", ""),
    ("Y", {}, "q yes_no", ""),
    ("!", {"answers": ANSWERS}, "q single", ""),
    (
        ":",
        {"rows": ROWS, "columns": COLUMNS},
        "q_sq1_c1 number, q_sq1_c2 number, q_sq2_c1 number, q_sq2_c2 number",
        "",
    ),
    (
        ":",
        {"rows": ROWS, "columns": COLUMNS, "attributes": TICKS},
        "q_sq1 multiple, q_sq2 multiple",
        "",
    ),
    (
        ";",
        {"rows": ROWS, "columns": COLUMNS},
        "q_sq1_c1 text, q_sq1_c2 text, q_sq2_c1 text, q_sq2_c2 text",
        "",
    ),
    ("|", {}, "", "type |: Files are not asked for"),
    ("*", {}, "", "type *: Nothing is calculated here"),
    (
        "1",
        {"rows": ROWS, "answers": ANSWERS, "second": ("B1=Yes", "B2=No")},
        "q_sq1_1 single, q_sq1_2 single, q_sq2_1 single, q_sq2_2 single",
        "",
    ),
    ("^", {}, "", "type ^: This type of question is not known here."),
    ("L", {}, "", "type L: It has no answers to choose from."),
    ("F", {"answers": ANSWERS}, "", "type F: It has no sub-questions."),
    (":", {"rows": ROWS}, "", "type :: The table has no columns."),
    ("S", {"attributes": {"hidden": "1"}}, "", "type S: It is hidden in LimeSurvey"),
]
# Something that is always asked stands before it.
FIRST = Q("first", "T")
FORMS = {"3.x": as_version_3, "6.x": as_version_6, "txt": as_tsv}


def read(written: S, form: str = "6.x") -> Imported:
    return read_instrument(FORMS[form](written), f"survey-{form}")


def listed(found: Imported) -> list[str]:
    return [f"{one.question} {one.what}: {one.why}" for one in found.not_carried]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("of", "more", "asked", "loss"),
    BECOMES,
    ids=[f"{row[0]}-{row[2] or 'not asked'}" for row in BECOMES],
)
def test_every_type_is_asked_or_listed(of, more, asked, loss, form):
    written = survey(FIRST, Q("Q", of, **more), languages=("en", "nl"))
    found = read(written, form)
    assert found.questionnaire is not None
    questions = found.questionnaire.questions[1:]
    assert ", ".join(f"{one.code} {one.kind}" for one in questions) == asked
    losses = [line for line in listed(found) if line.startswith("Q ")]
    assert losses == [] if not loss else loss in losses[0]
    assert found.by_type == dict.fromkeys(("T", of), 1) if of != "T" else {"T": 2}
    assert found.carried == 1 + bool(asked)


@pytest.mark.parametrize("form", FORMS)
def test_the_three_forms_of_a_file_give_the_same_questionnaire(form):
    every = tuple(
        Q(f"Q{n}", of, **more) for n, (of, more, _asked, _loss) in enumerate(BECOMES)
    )
    written = survey(FIRST, *every, languages=("en", "nl", "ar"))
    found, expected = read(written, form), read(written)
    assert found.questionnaire == expected.questionnaire
    assert found.not_carried == expected.not_carried
    assert (found.groups, found.questions) == (1, len(every) + 1)
    assert found.subquestions == sum(len(q.rows + q.columns) for q in every)
    assert found.answers == sum(len(q.answers + q.second) for q in every)


@pytest.mark.parametrize("form", FORMS)
def test_what_was_read_can_be_stored_and_read_again(form):
    every = tuple(
        Q(f"Q{n}", of, **more) for n, (of, more, _asked, _loss) in enumerate(BECOMES)
    )
    asked = read(survey(FIRST, *every), form).questionnaire
    assert asked is not None
    assert read_text(as_toml(asked), name="again") == asked


def test_a_file_made_by_hand_needs_no_numbers():
    written = survey(
        Q("One", "L", answers=ANSWERS), Q("Two", "F", rows=ROWS, answers=ANSWERS)
    )
    by_hand = read_instrument(as_tsv(written, numbered=False), "by-hand.txt")
    assert by_hand.questionnaire == read(written).questionnaire


def test_a_text_that_is_only_shown_stands_above_what_follows_it():
    written = survey(
        Q("Hello", "X", "Welcome."),
        Q("One", "S"),
        Q("Half", "X", "Now about work."),
        Q("Two", "S"),
        Q("Bye", "X", "That was all."),
    )
    found = read(written)
    (part,) = found.questionnaire.parts
    intros = [section.intro.read_in("en") for section in part.sections]
    assert intros == ["Welcome.", "Now about work."]
    assert part.outro.read_in("en") == "That was all."
    assert found.carried == 5


def test_two_scales_ask_each_row_twice_with_their_own_words():
    found = read(
        survey(
            Q(
                "Q",
                "1",
                "How good?",
                rows=("SQ1=Bread",),
                answers=ANSWERS,
                second=("B1=Yes", "B2=No"),
                attributes=BOTH,
            )
        )
    )
    now, later = found.questionnaire.questions
    assert now.text.read_in("en") == "How good?\nBread\nNow"
    assert later.text.read_in("en") == "How good?\nBread\nLater"
    assert [option.value for option in later.options] == ["B1", "B2"]


def test_other_is_asked_of_who_chose_it_only():
    found = read(survey(Q("Q", "M", rows=ROWS, other="Y")))
    chosen, which = found.questionnaire.questions
    assert chosen.options[-1].value == "other"
    (condition,) = which.asked_when
    assert (condition.question, condition.values) == ("q", ("other",))
    assert which.optional


def test_mandatory_is_asked_with_emphasis_but_may_be_passed_over():
    found = read(survey(Q("Q", "S", mandatory="Y"), Q("R", "S")))
    must, may = found.questionnaire.questions
    assert (must.optional, may.optional) == (False, True)
    assert must.may_skip
    assert " 1 mandatory question: A person may pass over" in listed(found)[0]
