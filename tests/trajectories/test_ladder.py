"""The coach's tread: asked from the top down, the first rule that holds decides."""

import ast
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.questionnaires.answering import Answer
from trede.questionnaires.routing import asked as questionnaire_asks
from trede.questionnaires.shipped_files import shipped
from trede.trajectories import ladder
from trede.trajectories.ladder import SIX_TREADS, Unanswered, asked, assess, decide
from trede.trajectories.ladder_questions import questions_of
from trede.trajectories.models import LadderAssessment, Trajectory

CODES = [question.code for question in questions_of(SIX_TREADS)]
UP = ("paid_work", "unpaid_work", "unpaid_weekly", "organised_weekly", "contact_weekly")
DOWN = ("supplement", "provision", "guidance")
ALONE = {
    "paid_work": False,
    "unpaid_work": False,
    "organised_weekly": False,
    "contact_weekly": False,
}


def said(**answers: bool) -> dict[str, bool]:
    return ALONE | answers


@pytest.mark.parametrize(
    ("answers", "tread"),
    [
        (said(), 1),
        (said(contact_weekly=True), 2),
        (said(organised_weekly=True), 3),
        (said(organised_weekly=True, contact_weekly=True), 3),
        (said(unpaid_work=True, unpaid_weekly=True), 4),
        # Unpaid work at home, or now and then, is not yet tread 4.
        (said(unpaid_work=True, unpaid_weekly=False), 1),
        (said(unpaid_work=True, unpaid_weekly=False, contact_weekly=True), 2),
        (said(paid_work=True, supplement=True), 5),
        (said(paid_work=True, supplement=False, provision=True), 5),
        (said(paid_work=True, supplement=False, provision=False, guidance=True), 5),
        (said(paid_work=True, supplement=False, provision=False, guidance=False), 6),
    ],
)
def test_the_rules_of_the_ladder(answers: dict[str, bool], tread: int):
    assert decide(answers) == tread


def test_what_stands_below_the_answer_need_not_be_asked():
    assert decide({"paid_work": True, "supplement": True}) == 5
    assert decide({"paid_work": False, "unpaid_work": False, "organised_weekly": True})


def test_a_question_that_is_needed_is_named():
    with pytest.raises(Unanswered) as refusal:
        decide({"paid_work": True, "supplement": False})
    assert refusal.value.field == "provision"


def test_every_question_of_the_rules_has_words_and_no_other_is_asked():
    needed = {code for rule in SIX_TREADS.rules for code, _wanted in rule.when}
    assert needed == set(CODES)


def test_any_whole_set_of_answers_gives_exactly_one_tread():
    for values in product([True, False], repeat=len(CODES)):
        answers = dict(zip(CODES, values, strict=True))
        assert decide(answers) in SIX_TREADS.treads


@given(st.fixed_dictionaries({code: st.booleans() for code in CODES}))
def test_more_participation_never_lowers_and_more_support_never_raises(answers):
    for code in UP:
        assert decide(answers | {code: True}) >= decide(answers | {code: False})
    for code in DOWN:
        assert decide(answers | {code: True}) <= decide(answers | {code: False})


@given(st.fixed_dictionaries({code: st.booleans() for code in CODES}))
def test_the_answers_that_are_kept_decide_the_same(answers):
    assert decide(dict(asked(answers))) == decide(answers)


@given(st.fixed_dictionaries({code: st.booleans() for code in CODES}))
def test_the_form_asks_exactly_what_the_rule_needs(answers):
    """One set of words, two ways to walk through it: they may never part."""
    given_ = {
        code: Answer(value="yes" if yes else "no") for code, yes in answers.items()
    }
    (part,) = shipped(SIX_TREADS.asks).parts
    on_the_form = [question.code for question in questionnaire_asks(part, given_)]
    assert on_the_form == [code for code, _yes in asked(answers)]


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Heeft u betaald werk"), ("en", "Do you have paid work")],
)
def test_the_coach_reads_the_words_of_the_questionnaire(language: str, words: str):
    with override(language):
        assert next(questions_of(SIX_TREADS)).words.startswith(words)


def note(cast: Cast, trajectory: Trajectory, answers=None, by="sanne", **more):
    return assess(
        trajectory=trajectory,
        answers=said(contact_weekly=True) if answers is None else answers,
        reference_on=more.pop("on", AFTER.date()),
        by=cast.by(by),
        at=more.pop("at", AFTER),
        **more,
    )


def test_answers_version_and_both_treads_are_kept(cast: Cast, trajectory: Trajectory):
    made = note(
        cast, trajectory, tread=3, override_reason="Starts at the choir on Monday."
    )
    made.refresh_from_db()
    assert (made.tread_by_rule, made.tread, made.version) == (2, 3, "vng-6-1")
    assert made.answers == said(contact_weekly=True)
    assert made.override_reason == "Starts at the choir on Monday."


def test_another_tread_needs_a_reason(cast: Cast, trajectory: Trajectory):
    with pytest.raises(Refused, match="tread 2") as refusal:
        note(cast, trajectory, tread=3)
    assert refusal.value.field == "override_reason"
    with pytest.raises(Refused, match="Choose a tread"):
        note(cast, trajectory, tread=7, override_reason="x")


def test_a_reason_without_another_tread_is_not_kept(cast, trajectory):
    assert note(cast, trajectory, tread=2, override_reason="x").override_reason == ""


def test_growth_is_the_same_tread_or_a_higher_one(cast, trajectory):
    assert note(cast, trajectory, growth_potential=4).growth_potential == 4
    for wrong in (1, 7):
        with pytest.raises(Refused, match="growth potential"):
            note(cast, trajectory, growth_potential=wrong)


def test_a_second_click_notes_it_once(cast: Cast, trajectory: Trajectory):
    assert note(cast, trajectory) == note(cast, trajectory)
    assert note(cast, trajectory, by="greet") != note(cast, trajectory)
    assert LadderAssessment.objects.count() == 2


def test_a_fall_is_noted_like_a_rise(cast: Cast, trajectory: Trajectory):
    note(cast, trajectory, said(organised_weekly=True))
    later = AFTER + timedelta(days=90)
    note(cast, trajectory, at=later, on=later.date())
    treads = [each.tread for each in trajectory.assessments.standing()]
    assert treads == [3, 2]


def test_a_day_that_has_not_come_is_refused(cast: Cast, trajectory: Trajectory):
    with pytest.raises(Refused, match="not come yet"):
        note(cast, trajectory, on=AFTER.date() + DAY)


def test_after_closing_only_days_before_it(cast: Cast, trajectory: Trajectory):
    Trajectory.objects.update(closed_on=AFTER.date())
    later = AFTER + DAY
    with pytest.raises(Refused, match="closed before"):
        note(cast, trajectory, at=later, on=later.date())
    assert note(cast, trajectory, at=later).tread == 2


def test_taking_back_leaves_the_row(cast: Cast, trajectory: Trajectory):
    made = note(cast, trajectory)
    for _twice in range(2):
        ladder.take_back(assessment=made, by=cast.by("sanne"), at=AFTER)
    assert not trajectory.assessments.standing().exists()
    assert LadderAssessment.objects.count() == 1
    assert Line.objects.filter(action="took back a tread").count() == 1


def test_the_ladder_knows_nothing_of_questionnaires():
    tree = ast.parse(Path(ladder.__file__).read_text(encoding="utf-8"))
    imported = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert not [name for name in imported if "questionnaires" in name]
