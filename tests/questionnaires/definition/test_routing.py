"""Which question comes next: small tables first, then what always holds."""

import itertools
import math

import pytest
from hypothesis import assume, given

from tests.questionnaires.definition.made_up import (
    all_of,
    any_of,
    core,
    missing,
    options,
    parts,
    parts_with_answers,
    question,
    value,
    when,
)
from trede.questionnaires.answering import Answer
from trede.questionnaires.definition import Part
from trede.questionnaires.reach import unreachable
from trede.questionnaires.routing import (
    asked,
    first_unanswered,
    next_question,
    previous_question,
    settled,
)

DEBTS = core(
    question("debts"),
    question("debt_help", asked_when=(when("debts", "is", "yes"),)),
    question("satisfied", "scale_0_10"),
)
ORIGIN = core(
    question("birthplace", "country", options=options("NL", "SY", "TR")),
    question("came_in", "number", asked_when=(when("birthplace", "is_not", "NL"),)),
)


def path(part: Part, answers: dict[str, Answer]) -> list[str]:
    return [one.code for one in asked(part, answers)]


@pytest.mark.parametrize(
    ("debts", "then_asked"),
    [
        (value("yes"), ["debts", "debt_help", "satisfied"]),
        (value("no"), ["debts", "satisfied"]),
        (missing("refused"), ["debts", "satisfied"]),
        (missing("dont_know"), ["debts", "satisfied"]),
        (missing("skipped"), ["debts", "satisfied"]),
    ],
)
def test_help_with_debts_is_asked_of_those_who_say_they_have_debts(
    debts: Answer, then_asked: list[str]
) -> None:
    assert path(DEBTS, {"debts": debts}) == then_asked


@pytest.mark.parametrize(
    ("birthplace", "is_asked"),
    [
        (value("SY"), True),
        (value("NL"), False),
        (missing("refused"), True),
        (missing("skipped"), True),
    ],
)
def test_only_who_was_born_here_is_not_asked_when_he_came(
    birthplace: Answer, is_asked: bool
) -> None:
    assert ("came_in" in path(ORIGIN, {"birthplace": birthplace})) is is_asked


@pytest.mark.parametrize(
    ("condition", "answer", "is_asked"),
    [
        (when("h", "at_least", 12), value(12), True),
        (when("h", "at_least", 12), value(11), False),
        (when("h", "at_least", 12), value("not"), False),
        (when("h", "at_most", 11), value(11), True),
        (when("h", "at_most", 11), value("not"), False),
        (when("h", "at_most", 11), missing("refused"), False),
        (when("h", "is", "not", 0), value("not"), True),
        (when("h", "is", "not", 0), value(0), True),
        (when("h", "is", "not", 0), value(1), False),
    ],
)
def test_hours_that_were_not_ticked_are_not_zero_hours(
    condition: object, answer: Answer, is_asked: bool
) -> None:
    part = core(question("h", "hours"), question("more", asked_when=(condition,)))
    assert ("more" in path(part, {"h": answer})) is is_asked


def test_one_of_several_ticks_is_enough() -> None:
    part = core(
        question("does", "multiple", options=options("sing", "cook", "walk")),
        question("where", asked_when=(when("does", "is", "cook", "walk"),)),
        question("why_not", asked_when=(when("does", "is_not", "cook"),)),
    )
    assert path(part, {"does": value("sing walk")}) == ["does", "where", "why_not"]
    assert path(part, {"does": value("cook")}) == ["does", "where"]


def test_an_answer_that_no_longer_belongs_counts_for_nothing() -> None:
    chain = core(
        question("debts"),
        question("debt_help", asked_when=(when("debts", "is", "yes"),)),
        question("who_helps", "text", asked_when=(when("debt_help", "is", "yes"),)),
    )
    went_back = {"debts": value("no"), "debt_help": value("yes")}
    assert path(chain, went_back) == ["debts"]
    assert settled(chain, went_back, ended=True) == {
        "debts": value("no"),
        "debt_help": missing("not_asked"),
        "who_helps": missing("not_asked"),
    }


def test_a_question_that_was_not_asked_and_now_is_waits_for_an_answer() -> None:
    answers = {"debts": value("yes"), "debt_help": missing("not_asked")}
    unanswered = first_unanswered(DEBTS, answers)
    assert unanswered is not None
    assert unanswered.code == "debt_help"
    assert "debt_help" not in settled(DEBTS, answers, ended=False)


def test_after_the_end_an_open_question_counts_as_skipped() -> None:
    assert settled(DEBTS, {"debts": value("no")}, ended=True) == {
        "debts": value("no"),
        "debt_help": missing("not_asked"),
        "satisfied": missing("skipped"),
    }


def test_somebody_who_stopped_goes_on_at_the_first_open_question() -> None:
    answers = {"debts": value("yes"), "debt_help": missing("refused")}
    open_one = first_unanswered(DEBTS, answers)
    assert open_one is not None
    assert open_one.code == "satisfied"
    assert first_unanswered(DEBTS, {**answers, "satisfied": value(0)}) is None


def test_a_code_that_is_not_in_the_part_is_not_guessed_at() -> None:
    with pytest.raises(KeyError, match="elsewhere"):
        next_question(DEBTS, asked(DEBTS, {}), after="elsewhere")


EITHER = core(
    question("debts"),
    question("rent"),
    question("name", "text"),
    question(
        "help",
        asked_when=(any_of(when("debts", "is", "yes"), when("rent", "is", "no")),),
    ),
    question(
        "letter",
        asked_when=(
            when("name", "answered"),
            any_of(
                when("debts", "not_answered"),
                all_of(when("debts", "is", "no"), when("rent", "is", "no")),
            ),
        ),
    ),
)


@pytest.mark.parametrize(
    ("debts", "rent", "name", "then_asked"),
    [
        (value("yes"), value("yes"), value("Jo"), ["help"]),
        (value("no"), value("no"), value("Jo"), ["help", "letter"]),
        (value("no"), value("no"), missing("refused"), ["help"]),
        (value("no"), value("yes"), value("Jo"), []),
        (missing("refused"), value("no"), value("Jo"), ["help", "letter"]),
        (missing("skipped"), missing("skipped"), value("Jo"), ["letter"]),
        (missing("dont_know"), value("yes"), missing("skipped"), []),
    ],
)
def test_one_of_several_conditions_may_be_enough(
    debts: Answer, rent: Answer, name: Answer, then_asked: list[str]
) -> None:
    answers = {"debts": debts, "rent": rent, "name": name}
    assert path(EITHER, answers) == ["debts", "rent", "name", *then_asked]


@pytest.mark.parametrize(
    ("reason", "conditions"),
    [
        (
            "neither way",
            [
                when("a", "is_not", "yes"),
                any_of(when("b", "is", "no"), when("b", "answered")),
            ],
        ),
        ("both or none", [when("a", "answered"), when("a", "not_answered")]),
        ("nobody says both", [when("a", "is", "yes"), when("a", "is", "no")]),
        ("yes, but not yes", [when("a", "is", "yes"), when("a", "is_not", "yes")]),
        ("more than ten", [when("s", "at_least", 6), when("s", "at_most", 5)]),
        ("b needs a", [when("b", "is", "yes"), when("a", "is_not", "yes")]),
    ],
)
def test_a_question_that_nobody_can_reach_is_found(
    reason: str, conditions: list[object]
) -> None:
    part = core(
        question("a"),
        question("b", asked_when=(when("a", "is", "yes"),)),
        question("s", "scale_0_10"),
        question("never", asked_when=tuple(conditions)),
        question("nor_this", asked_when=(when("never", "is", "yes"),)),
        question("but_this", asked_when=(when("never", "is_not", "yes"),)),
    )
    assert unreachable(part) == ("never", "nor_this"), reason


@given(parts_with_answers())
def test_going_on_always_ends_at_the_last_question(
    drawn: tuple[Part, dict[str, Answer]],
) -> None:
    part, answers = drawn
    at = next(iter(asked(part, answers)), None)
    seen = []
    while at is not None:
        seen.append(at)
        assert len(seen) <= len(part.questions)
        at = next_question(part, asked(part, answers), after=at.code)
    assert tuple(seen) == asked(part, answers)


@given(parts_with_answers())
def test_going_back_undoes_going_on(drawn: tuple[Part, dict[str, Answer]]) -> None:
    part, answers = drawn
    on_the_path = asked(part, answers)
    for before, after in itertools.pairwise(on_the_path):
        assert next_question(part, on_the_path, after=before.code) == after
        assert previous_question(part, on_the_path, before=after.code) == before
    if on_the_path:
        first = on_the_path[0].code
        assert previous_question(part, on_the_path, before=first) is None


@given(parts_with_answers())
def test_every_question_ends_with_exactly_one_answer_or_reason(
    drawn: tuple[Part, dict[str, Answer]],
) -> None:
    part, answers = drawn
    counted = settled(part, answers, ended=True)
    assert list(counted) == [one.code for one in part.questions]
    not_asked = {code for code, a in counted.items() if a.missing == "not_asked"}
    assert not_asked == counted.keys() - set(path(part, answers))
    assert settled(part, counted, ended=True) == counted


@given(parts_with_answers())
def test_a_later_answer_never_changes_which_earlier_questions_are_asked(
    drawn: tuple[Part, dict[str, Answer]],
) -> None:
    part, answers = drawn
    codes = [one.code for one in part.questions]
    for place, code in enumerate(codes):
        known = {c: a for c, a in answers.items() if c in codes[:place]}
        assert (code in path(part, known)) is (code in path(part, answers))


@given(parts_with_answers())
def test_whatever_is_asked_was_not_called_unreachable(
    drawn: tuple[Part, dict[str, Answer]],
) -> None:
    part, answers = drawn
    assert not set(path(part, answers)) & set(unreachable(part))


@given(parts())
def test_what_is_not_called_unreachable_is_reached_by_some_answers(
    part: Part,
) -> None:
    """Tried by brute force, over every answer that a condition can tell apart."""
    found = {code for answers in _all_answers(part) for code in path(part, answers)}
    codes = [one.code for one in part.questions]
    assert unreachable(part) == tuple(code for code in codes if code not in found)


def _all_answers(part: Part) -> list[dict[str, Answer]]:
    """Over the questions that others look at; the rest are left open."""
    looked_at = {code for one in part.questions for code in one.looks_at}
    choices = []
    for one in part.questions:
        if one.code in looked_at:
            choices.append([(one.code, a) for a in _worth_trying(one)])
    assume(math.prod(map(len, choices)) <= 2000)
    return [dict(chosen) for chosen in itertools.product(*choices)]


def _worth_trying(one: object) -> list[Answer]:
    edges = {
        "hours": ["not", 0, 1, 12, 13, 168],
        "scale_0_10": [0, 1, 10],
        "number": [1, 2, 6],
        "year": [1920, 1950, 1990],
        "multiple": ["a", "b", "c", "a b", "a c", "b c", "a b c"],
    }
    values = edges.get(one.kind) or [option.value for option in one.options] or ["w"]
    return [missing("refused"), *(value(given) for given in values)]
