"""Languages, order, counts, and everything that is listed because it stays behind."""

from dataclasses import replace

import pytest

from tests.questionnaires.exchange.limesurvey_files import (
    G,
    Q,
    S,
    as_tsv,
    as_version_3,
    as_version_6,
    survey,
)
from tests.questionnaires.exchange.test_limesurvey_types import listed, read
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.reading import read_text
from trede.questionnaires.writing import as_toml

ANSWERS = ("A1=Good", "A2=Bad")
SMALL = S(
    (
        G("First", (Q("One", "L", answers=ANSWERS), Q("Two", "S")), "About you"),
        G("Second", (Q("Three", "F", rows=("a=A", "b=B"), answers=ANSWERS),)),
    ),
    languages=("nl", "ar", "en"),
)


def test_the_form_shows_from_the_tables_and_not_from_the_number_of_the_version():
    """Files of either form exist with numbers of the other."""
    old, new = as_version_3(SMALL, "641"), as_version_6(SMALL, "177")
    found = [read_instrument(content, "x.lss") for content in (old, new)]
    assert found[0].questionnaire == found[1].questionnaire
    assert [one.version for one in found] == ["641", "177"]


@pytest.mark.parametrize("form", ["3.x", "6.x", "txt"])
def test_counts_are_those_of_the_base_language(form):
    found = read(SMALL, form)
    counts = (found.groups, found.questions, found.subquestions, found.answers)
    assert counts == (2, 3, 2, 4)
    assert found.by_type == {"F": 1, "L": 1, "S": 1}
    # The base language first, whatever the order in the file.
    assert found.languages == ("nl", "ar", "en")
    assert found.title == "A small survey"


def test_every_language_has_its_words():
    (part,) = read(SMALL, "3.x").questionnaire.parts
    first = part.sections[0]
    assert first.title.words == (
        ("nl", "First"),
        ("ar", "First (ar)"),
        ("en", "First (en)"),
    )
    assert first.intro.read_in("ar") == "About you (ar)"
    assert first.questions[0].options[1].text.read_in("en") == "Bad (en)"


def test_a_text_that_lacks_a_language_gets_the_base_language_and_is_listed():
    content = as_version_3(SMALL).replace(b"[CDATA[What? (ar)]]", b"[CDATA[ ]]")
    found = read_instrument(content, "x.lss")
    one = found.questionnaire.question("one")
    assert one.text.words == (("nl", "What?"), ("ar", "What?"), ("en", "What? (en)"))
    assert "One texts in: ar: The file has none" in " ".join(listed(found))


def test_a_language_with_a_long_name_fits_into_a_sitting():
    found = read(replace(SMALL, languages=("en", "es-MX-informal", "es-MX-inform")))
    assert found.languages == ("en", "es-MX-informal", "es-MX-inform")
    languages = found.questionnaire.languages
    assert len(set(languages)) == 3
    assert max(map(len, languages)) <= 12


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_excel_may_have_saved_the_text_file(encoding):
    written = survey(Q("Een", "S", "Hoe voelt u zich, cliënt?"), languages=("nl",))
    text = as_tsv(written).decode("utf-8-sig")
    found = read_instrument(text.encode(encoding), "x.txt")
    assert found.questionnaire.questions[0].text.read_in("nl").endswith("cliënt?")


def test_a_text_file_in_one_language_need_not_name_it_on_every_line():
    lines = ["class\ttype/scale\tname\ttext\tlanguage", "S\t\tlanguage\tnl\t"]
    lines += ["G\t\tGroep\tUitleg\t", "Q\tL\tEen\tHoe?\t", "A\t0\ta\tGoed\t"]
    lines += ["A\t0\tb\tSlecht\t"]
    found = read_instrument("\n".join(lines).encode(), "x.txt")
    assert (found.questions, found.answers, found.languages) == (1, 2, ("nl",))
    (asked,) = found.questionnaire.questions
    assert asked.text.words == (("nl", "Hoe?"),)


def test_a_question_of_no_group_is_listed():
    content = as_version_6(SMALL).replace(
        b"<qid><![CDATA[200]]></qid><parent_qid><![CDATA[0]]></parent_qid>"
        b"<sid><![CDATA[123456]]></sid><gid><![CDATA[2]]>",
        b"<qid><![CDATA[200]]></qid><parent_qid><![CDATA[0]]></parent_qid>"
        b"<sid><![CDATA[123456]]></sid><gid><![CDATA[99]]>",
    )
    found = read_instrument(content, "x.lss")
    assert (found.questions, found.carried) == (3, 2)
    assert "Three type F: It belongs to no group of the file." in listed(found)


def test_a_survey_in_which_nothing_can_be_asked_has_no_questionnaire():
    found = read(survey(Q("Rank", "R", answers=ANSWERS)))
    assert (found.questionnaire, found.questions, found.carried) == (None, 1, 0)


CODES = [
    ("G1L", "g1l"),
    ("1st", "q_1st"),
    ("Zorg & geld", "zorg___geld"),
    ("É", "q__"),
    ("x" * 80, "x" * 60),
]


@pytest.mark.parametrize(("theirs", "ours"), CODES)
def test_a_code_becomes_one_of_ours(theirs, ours):
    found = read(survey(Q(theirs, "S")))
    assert [q.code for q in found.questionnaire.questions] == [ours]


def test_two_codes_that_become_the_same_stay_apart():
    found = read(survey(Q("a-b", "S"), Q("a.b", "S"), Q("A_B", "S")))
    assert [q.code for q in found.questionnaire.questions] == ["a_b", "a_b_2", "a_b_3"]


def test_answer_codes_that_cannot_be_ours_are_changed():
    odd = ("a b=One", "a-b=Two", "a b=Again", "=Nothing")
    found = read(survey(Q("Q", "L", answers=odd)))
    (asked,) = found.questionnaire.questions
    assert [option.value for option in asked.options] == ["a_b", "a_b_2", "_"]
    assert "Q a b: Two answers have this code" in " ".join(listed(found))
    assert read_text(as_toml(found.questionnaire), name="x") == found.questionnaire


def test_a_code_that_stands_in_for_a_text_is_a_text_too():
    odd = Q("{SURVEYNAME}", "L", "", answers=("{Q1}=", "<b>="))
    found = read(survey(odd)).questionnaire
    assert read_text(as_toml(found), name="x") == found


LISTED = [
    ({"attributes": {"min_answers": "2"}}, "min_answers: 2: How many answers"),
    ({"attributes": {"max_answers": "3"}}, "max_answers: 3: How many answers"),
    ({"attributes": {"exclude_all_others_auto": "1"}}, "exclude_all_others_auto: 1"),
    ({"attributes": {"array_filter": "Q1"}}, "array_filter: Q1: Every row is asked"),
    ({"attributes": {"array_filter_exclude": "Q1"}}, "array_filter_exclude: Q1"),
    ({"attributes": {"random_order": "1"}}, "random_order: 1: The order is the same"),
    ({"attributes": {"answer_order": "random"}}, "answer_order: random: The order"),
    ({"attributes": {"random_group": "x"}}, "random_group: x: The order is the same"),
    ({"attributes": {"em_validation_q": "x > 1"}}, "em_validation_q: x > 1: Answers"),
    ({"attributes": {"em_validation_sq": "x > 1"}}, "em_validation_sq: x > 1: Answers"),
    ({"attributes": {"time_limit": "30"}}, "time_limit: 30: There is no time limit"),
    ({"attributes": {"other_comment_mandatory": "1"}}, "other_comment_mandatory: 1"),
    ({"preg": "/^[A-Z]+$/"}, "preg: /^[A-Z]+$/: Answers are not checked"),
    ({"default": "a"}, "an answer filled in beforehand: Nobody finds"),
    ({"text": "Dear {TOKEN:FIRSTNAME},"}, "{TOKEN:FIRSTNAME}: Nothing is filled in"),
    ({"text": "<img src='x'>Look"}, "<img>: Pictures and players stay behind"),
    ({"text": ""}, "the text of the question: The file has none"),
]


@pytest.mark.parametrize("form", ["3.x", "6.x", "txt"])
@pytest.mark.parametrize(("more", "loss"), LISTED)
def test_what_stays_behind_is_listed_with_its_question(more, loss, form):
    question = Q("Q", "M", rows=("a=A", "b=B"), **more)
    lines = [line for line in listed(read(survey(question), form)) if line[:2] == "Q "]
    assert len(lines) == 1
    assert lines[0].startswith(f"Q {loss}")


def test_a_setting_that_is_off_is_no_loss():
    off = {"random_order": "0", "min_answers": "", "exclude_all_others": ""}
    off |= {"answer_order": "normal", "other_comment_mandatory": "0", "hidden": "0"}
    off |= {"cssclass": "wide", "statistics_showgraph": "1", "page_break": "1"}
    found = read(survey(Q("Q", "M", rows=("a=A", "b=B"), attributes=off)))
    assert found.not_carried == ()


NUMBERS = [
    (
        {"num_value_int_only": "1", "min_num_value_n": "1", "max_num_value_n": "9"},
        (1, 9),
        "",
    ),
    ({"min_num_value_n": "1", "max_num_value_n": "9"}, (1, 9), "from 1 to 9"),
    ({"num_value_int_only": "1"}, (0, 9999), "from 0 to 9999"),
    (
        {
            "num_value_int_only": "1",
            "min_num_value_n": "-5",
            "max_num_value_n": "90000",
        },
        (0, 90000),
        "from 0 to 90000",
    ),
    ({"min_num_value_n": "{Q1}", "max_num_value_n": "x"}, (0, 9999), "from 0 to 9999"),
    (
        {
            "slider_layout": "1",
            "slider_min": "10",
            "slider_max": "20",
            "slider_accuracy": "1",
        },
        (10, 20),
        "",
    ),
]


@pytest.mark.parametrize(("attributes", "bounds", "loss"), NUMBERS)
def test_bounds_that_fit_are_kept(attributes, bounds, loss):
    found = read(survey(Q("Q", "N", attributes=attributes)))
    (asked,) = found.questionnaire.questions
    assert (asked.at_least, asked.at_most) == bounds
    assert loss in " ".join(listed(found)) if loss else found.not_carried == ()


def test_quotas_and_assessments_are_listed_for_the_survey():
    tables = {
        "quota": ({"id": "1", "name": "Enough"},),
        "quota_members": ({"id": "1", "qid": "100", "quota_id": "1"},),
        "assessments": ({"id": "1", "name": "Good"},),
    }
    found = read(survey(Q("Q", "Y"), tables=tables))
    lines = listed(found)
    assert "Q a quota: Nobody is sent away" in lines[0]
    assert " quota: Nobody is sent away" in lines[1]
    assert " assessments: No judgement is shown" in lines[2]


def test_a_group_in_which_nothing_is_asked_is_listed():
    written = S((G("A", (Q("Q", "S"),)), G("B", (Q("R", "R"),), "Put in order")))
    assert " Put in order: It introduces a group" in " ".join(listed(read(written)))


def test_the_unit_of_a_number_stands_in_the_hint():
    found = read(survey(Q("Q", "S", help="Rent", attributes={"prefix": "€"})))
    assert found.questionnaire.questions[0].hint.read_in("en") == "Rent\n€ …"
