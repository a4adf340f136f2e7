"""A questionnaire goes to LimeSurvey and comes back.

What does not come back: pictures beside answers, scores, and the difference between no
hours and an activity that was not ticked. A condition may come back in other words that
mean the same.
"""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.questionnaires.definition.made_up import (
    answers,
    any_of,
    core,
    options,
    question,
    questionnaires,
    said,
    when,
)
from tests.questionnaires.exchange.drawn import QUICKLY, without_conditions
from tests.questionnaires.exchange.limesurvey_import_rules import broken_rules
from trede.questionnaires.answering import NOT_TICKED, Answer
from trede.questionnaires.definition import (
    Kind,
    Option,
    Part,
    Question,
    Questionnaire,
    Score,
    Text,
    conditions_in,
)
from trede.questionnaires.exchange.limesurvey_writing import as_lss
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.exchange.plain_text import tidy
from trede.questionnaires.reach import unreachable
from trede.questionnaires.routing import asked
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translations import in_every_language


def back(sent: Questionnaire) -> Questionnaire:
    found = read_instrument(as_lss(sent), "sent.lss").questionnaire
    assert found is not None
    return found


def whole(*questions: Question) -> Questionnaire:
    return Questionnaire(
        code="sent",
        version="1",
        title=said("title"),
        languages=("nl", "en"),
        source="made for a test",
        licence="free",
        parts=(core(*questions),),
    )


def rows(sent: Questionnaire, table: str) -> list[dict[str, str]]:
    found = ElementTree.fromstring(as_lss(sent)).find(f"{table}/rows")
    return [{cell.tag: cell.text or "" for cell in row} for row in found or ()]


# There and back ---------------------------------------------------------------------


def spaced(text: Text | None) -> Text | None:
    """LimeSurvey's texts are pages: spaces and signs that are none do not count."""
    if text is None:
        return None
    signs = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
    return Text(tuple((lang, tidy(signs.sub("", w)) or "x") for lang, w in text.words))


def on_one_line(text: Text) -> Text:
    return Text(tuple((lang, " ".join(words.split())) for lang, words in text.words))


def spaced_question(one: Question) -> Question:
    texts = {
        name: spaced(getattr(one, name)) for name in ("text", "hint", "low", "high")
    }
    return replace(
        one,
        **texts,
        explanation=spaced(one.explanation),
        options=tuple(Option(o.value, spaced(o.text)) for o in one.options),
    )


def clear_of_hours(one: Question, part: Part) -> Question:
    """Without conditions that tell no hours from not ticked: there both are 0."""
    kept = tuple(
        demand
        for demand in one.asked_when
        if not any(
            part.question_by_code[condition.question].kind is Kind.HOURS
            and {0, NOT_TICKED} & set(condition.values)
            for condition in conditions_in([demand])
        )
    )
    return replace(one, asked_when=kept)


def spaced_part(part: Part) -> Part:
    sections = tuple(
        replace(
            section,
            title=on_one_line(spaced(section.title)),
            intro=spaced(section.intro),
            questions=tuple(
                spaced_question(clear_of_hours(one, part)) for one in section.questions
            ),
        )
        for section in part.sections
    )
    intro, outro = spaced(part.intro), spaced(part.outro)
    return replace(part, sections=sections, intro=intro, outro=outro)


@st.composite
def sendable(draw: st.DrawFn) -> Questionnaire:
    drawn = draw(questionnaires())
    assume(not any(unreachable(part) for part in drawn.parts))
    return replace(
        drawn,
        title=on_one_line(spaced(drawn.title)),
        licence=tidy(re.sub(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]", "", drawn.licence))
        or "x",
        parts=tuple(map(spaced_part, drawn.parts)),
    )


def told_apart(part: Part, given: dict[str, Answer]) -> dict[str, Answer]:
    """Without the hours that mean the same there."""
    of_hours = {q.code for q in part.questions if q.kind is Kind.HOURS}
    return {
        code: answer
        for code, answer in given.items()
        if code not in of_hours or answer.value not in (0, NOT_TICKED)
    }


@settings(QUICKLY, max_examples=40)
@given(st.data())
def test_what_was_sent_comes_back_and_asks_the_same(data):
    sent = data.draw(sendable())
    assert broken_rules(as_lss(sent)) == []
    came = back(sent)
    assert without_conditions(came) == without_conditions(sent)
    for before, after in zip(sent.parts, came.parts, strict=True):
        given = told_apart(before, data.draw(answers(before)))
        assert [q.code for q in asked(after, given)] == [
            q.code for q in asked(before, given)
        ]


@settings(QUICKLY, max_examples=20)
@given(sendable())
def test_what_came_back_is_sent_as_it_was(sent):
    came = back(sent)
    assert back(came) == came
    assert as_lss(back(came)) == as_lss(came)


@pytest.mark.parametrize("code", shipped_codes())
def test_a_shipped_questionnaire_loses_its_pictures_and_scores_only(code):
    sent, came = shipped(code), back(shipped(code))
    assert came.scores == ()
    for before, after in zip(sent.questions, came.questions, strict=True):
        bare = tuple(replace(option, picture="") for option in before.options)
        assert after == replace(before, options=bare)
    assert [p.kind for p in came.parts] == [p.kind for p in sent.parts]
    assert as_lss(came) == as_lss(sent)


# What LimeSurvey demands ------------------------------------------------------------


@pytest.mark.parametrize("code", shipped_codes())
def test_a_shipped_questionnaire_keeps_the_rules_of_limesurveys_import(code):
    assert broken_rules(as_lss(in_every_language(shipped(code)))) == []


def test_a_rule_that_is_broken_is_told():
    """So that the checker itself is one."""
    sent = as_lss(whole(question("a"), question("m", "multiple", options=options("x"))))
    for there, otherwise, rule in (
        (b"noreply@example.org", b"nobody", "survey: adminemail"),
        (b"<title><![CDATA[a]]>", b"<title><![CDATA[self]]>", "question code self"),
        (b"<code><![CDATA[yes]]>", b"<code><![CDATA[toolong]]>", "answer code toolong"),
        (b"<title><![CDATA[x]]>", b"<title><![CDATA[x_y]]>", "box x_y"),
        (b"<language>en</language>", b"", "survey: languages"),
    ):
        assert there in sent
        assert rule in broken_rules(sent.replace(there, otherwise))


def test_long_and_reserved_codes_get_others_and_come_back():
    codes = ["token", "a" * 60, "a" * 59 + "b", "_x"[1:], "with_parts_1_2_", "other"]
    sent = whole(*(question(code) for code in codes))
    titles = [row["title"] for row in rows(sent, "questions")]
    assert titles[4] == "withPartsZ01Z02Z0"
    assert "token" not in titles and "other" not in titles
    assert [q.code for q in back(sent).questions] == codes


def test_the_address_of_the_administrator_is_one():
    """LimeSurvey refuses the whole survey for an address that is none."""
    (settings_row,) = rows(whole(question("a")), "surveys")
    assert re.fullmatch(r"[\w.]+@[\w.]+\.\w+", settings_row["adminemail"])
    assert settings_row["language"] == "nl"
    assert settings_row["additional_languages"] == "en"


def test_every_text_is_there_in_every_language():
    sent = whole(question("a"), question("b", "multiple", options=options("x", "y")))
    for table, key in (("question_l10ns", "qid"), ("answer_l10ns", "aid")):
        of_table = {row[key] for row in rows(sent, table)}
        assert {row["language"] for row in rows(sent, table)} == {"nl", "en"}
        assert len(rows(sent, table)) == 2 * len(of_table)
    questions = {
        row["qid"] for row in rows(sent, "questions") + rows(sent, "subquestions")
    }
    assert questions == {row["qid"] for row in rows(sent, "question_l10ns")}


def test_ways_to_give_no_answer_are_answers_to_choose():
    sent = whole(question("a", may_not_know=True), question("b", "text", longest=200))
    found = {row["aid"]: row["code"] for row in rows(sent, "answers")}
    assert list(found.values()) == ["yes", "no", "DK", "RF"]
    words = {
        found[row["aid"]]: row["answer"]
        for row in rows(sent, "answer_l10ns")
        if row["language"] == "nl"
    }
    assert words["RF"] == "Dat zeg ik liever niet"
    assert words["DK"] == "Dat weet ik niet"
    # Nothing to choose from: then it may be left open.
    assert [row["mandatory"] for row in rows(sent, "questions")] == ["Y", "N"]


CONDITIONS = [
    (when("a", "answered"), '(!is_empty(a.NAOK) and a.NAOK != "RF")'),
    (when("a", "not_answered"), '(is_empty(a.NAOK) or a.NAOK == "RF")'),
    (when("n", "answered"), "(!is_empty(n.NAOK))"),
    (when("m", "answered"), '(m_x.NAOK == "Y" or m_A1.NAOK == "Y")'),
    (
        any_of(when("a", "is", "no"), when("n", "at_least", 3)),
        '((a.NAOK == "no") or (n.NAOK >= 3))',
    ),
    (when("a", "is", "yes"), '(a.NAOK == "yes")'),
    (when("a", "is_not", "yes", "no"), '(a.NAOK != "yes" and a.NAOK != "no")'),
    (when("n", "at_least", 3), "(n.NAOK >= 3)"),
    (when("n", "at_most", 3), "(!is_empty(n.NAOK) and n.NAOK <= 3)"),
    (when("s", "at_least", 9), '(s.NAOK == "9" or s.NAOK == "10")'),
    (when("m", "is", "x"), '(m_x.NAOK == "Y")'),
    (when("m", "is_not", "long_code"), '(m_A1.NAOK != "Y")'),
    (when("h", "is", NOT_TICKED), '(h.NAOK == "0")'),
]


@pytest.mark.parametrize(("condition", "relevance"), CONDITIONS)
def test_a_condition_is_written_as_relevance(condition, relevance):
    sent = whole(
        question("a"),
        question("n", "number"),
        question("s", "scale_0_10", low=said("bad"), high=said("good")),
        question("m", "multiple", options=options("x", "long_code")),
        question("h", "hours"),
        question("then", asked_when=(condition,)),
    )
    assert rows(sent, "questions")[-1]["relevance"] == relevance


def test_marks_in_a_text_stay_words():
    words = "Is 3 < 5 & {so} ]]> <b>bold</b>?\nSecond line"
    sent = whole(question("a", text=said(words.replace("{so}", "{ so }"))))
    texts = [row["question"] for row in rows(sent, "question_l10ns")]
    assert "&lt;b&gt;" in texts[0] and "{" not in texts[0]
    assert back(sent).questions[0].text == sent.questions[0].text


# Changed in LimeSurvey, and back ----------------------------------------------------


def test_an_answer_that_was_added_there_comes_along():
    sent = whole(question("a", "single", options=options("x", "long_code")))
    (there,) = rows(sent, "questions")
    extra = f"""<row><aid>999</aid><qid>{there["qid"]}</qid><code>new</code>
    <sortorder>9</sortorder><scale_id>0</scale_id></row>"""
    content = (
        as_lss(sent)
        .decode()
        .replace("  </rows>\n </answers>", f"{extra}</rows></answers>")
    )
    (came,) = read_instrument(content.encode(), "changed.lss").questionnaire.questions
    assert [option.value for option in came.options] == ["x", "long_code", "new"]


def test_a_question_that_became_another_type_there_is_taken_as_that():
    sent = whole(question("work_hours", "hours"), question("b"))
    content = as_lss(sent).replace(b"[CDATA[N]]></type>", b"[CDATA[S]]></type>")
    came = read_instrument(content, "changed.lss").questionnaire.questions[0]
    assert (came.code, came.kind) == ("work_hours", Kind.TEXT)


def test_scores_stay_behind():
    score = Score("sum", said("sum"), ("a", "b"), (), "sum", 1)
    items = [question(c, "labelled_scale", options=options(1, 2, 3)) for c in "ab"]
    sent = replace(whole(*items), scores=(score,))
    assert back(sent) == replace(sent, scores=())
