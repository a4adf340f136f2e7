"""The forms of other pilots, the ladder's questions, and the scores that all use."""

import re
from itertools import product
from pathlib import Path

import pytest

from trede.questionnaires.answering import Answer, Missing
from trede.questionnaires.definition import Kind, PartKind
from trede.questionnaires.scores import bounds_of, score_of
from trede.questionnaires.shipped_files import shipped, shipped_codes

PAGE = Path(__file__).parents[3] / "docs" / "methods" / "instruments.md"
# One by one, as the pilots' own reports name them.
BARRIERS = {
    "dutch",
    "schooling",
    "work_experience",
    "mobility",
    "care",
    "network",
    "health",
    "mental_health",
    "confidence",
    "fear_or_shame",
    "distance_to_municipality",
    "discrimination",
    "debts",
    "benefit",
}
TAKING_PART = {
    "contact_neighbours",
    "contact_friends",
    "contact_family",
    "hours_now_other",
    "hours_now_course",
    "hours_now_volunteering",
    "hours_now_paid_work",
    "quarter_activities",
}


def codes_in(code: str, kind: PartKind = PartKind.CORE) -> set[str]:
    part = shipped(code).part(kind)
    return set(part.question_by_code) if part else set()


def test_enschede_asks_about_taking_part_and_each_barrier_by_itself() -> None:
    core = codes_in("enschede_participation")
    asked = {code[8:] for code in core if code.startswith("barrier_")}
    assert asked == BARRIERS | {"other"}
    assert core >= TAKING_PART
    assert core >= {"health_physical", "health_mental", "fixed_contact", "wish_next"}
    assert core >= {"offer_known", "offer_used", "offer_wanted", "offer_fits"}


def test_a_barrier_is_none_some_or_a_serious_one() -> None:
    for code in BARRIERS:
        barrier = shipped("enschede_participation").question(f"barrier_{code}")
        assert bounds_of(barrier) == (1, 3)


def test_enschede_asks_a_control_group_nothing_about_a_coach() -> None:
    core = shipped("enschede_participation").part(PartKind.CORE)
    assert core is not None
    assert not any("coach" in q.text.read_in("nl") for q in core.questions)


def test_arnhem_asks_for_the_outcomes_that_it_counted() -> None:
    core = codes_in("arnhem_half_year")
    assert core >= TAKING_PART
    # A large step; a paid job of 16 hours a week or more; an education begun.
    assert core >= {"step_taken", "job_started", "education_started"}
    # What stood in the way of most: debts, language, health.
    assert core >= {"debts", "dutch_speaking", "health_physical", "health_mental"}
    step = shipped("arnhem_half_year").question("step_taken")
    assert [option.value for option in step.options] == [1, 2, 3, 4]


@pytest.mark.parametrize("code", ["enschede_participation", "arnhem_half_year"])
def test_the_coach_opens_and_closes_the_other_pilots_forms_too(code: str) -> None:
    assert codes_in(code, PartKind.OPENING) == codes_in(
        "nijmegen_intake", PartKind.OPENING
    )
    assert codes_in(code, PartKind.CLOSING) == codes_in(
        "nijmegen_intake", PartKind.CLOSING
    )


def test_the_ladder_asks_its_eight_questions_from_the_top_down() -> None:
    ladder = shipped("ladder")
    assert [part.kind for part in ladder.parts] == [PartKind.CORE]
    assert [question.code for question in ladder.questions] == [
        "paid_work",
        "supplement",
        "provision",
        "guidance",
        "unpaid_work",
        "unpaid_weekly",
        "organised_weekly",
        "contact_weekly",
    ]
    assert {question.kind for question in ladder.questions} == {Kind.YES_NO}


@pytest.mark.parametrize(
    ("code", "scores"),
    [
        ("nijmegen_intake", {"dutch_mastery_mean", "self_reliance_mean"}),
        ("nijmegen_evaluation", {"dutch_mastery_mean", "self_reliance_mean"}),
        ("enschede_participation", {"dutch_mastery_mean", "barriers_mean"}),
        ("arnhem_half_year", {"dutch_mastery_mean"}),
        ("short", set()),
        ("ladder", set()),
    ],
)
def test_only_items_that_belong_together_make_a_score(
    code: str, scores: set[str]
) -> None:
    assert {score.code for score in shipped(code).scores} == scores


@pytest.mark.parametrize("code", shipped_codes())
def test_the_items_of_a_score_have_one_scale(code: str) -> None:
    questionnaire = shipped(code)
    for score in questionnaire.scores:
        assert len({bounds_of(questionnaire.question(i)) for i in score.items}) == 1


@pytest.mark.parametrize(
    ("solves", "overcomes", "score"),
    [
        (Answer(value=2), Answer(value=5), 3.5),
        (Answer(value=1), Answer(value=1), 1.0),
        (Answer(value=4), Answer(missing=Missing.REFUSED), None),
        (Answer(missing=Missing.SKIPPED), Answer(value=4), None),
    ],
)
def test_self_reliance_is_the_mean_of_both_items_or_nothing(
    solves: Answer, overcomes: Answer, score: float | None
) -> None:
    intake = shipped("nijmegen_intake")
    (self_reliance,) = [s for s in intake.scores if s.code == "self_reliance_mean"]
    given = {"solves_difficulties": solves, "overcomes_setbacks": overcomes}
    assert score_of(intake, self_reliance, given) == score


def test_mastery_of_dutch_may_miss_one_of_its_three_items() -> None:
    intake = shipped("nijmegen_intake")
    (mastery,) = [s for s in intake.scores if s.code == "dutch_mastery_mean"]
    for speaking, understanding, reading in product([None, 1, 5], repeat=3):
        given = {
            code: Answer(value=value) if value else Answer(missing=Missing.SKIPPED)
            for code, value in (
                ("dutch_speaking", speaking),
                ("dutch_understanding", understanding),
                ("dutch_reading", reading),
            )
        }
        answered = [v for v in (speaking, understanding, reading) if v]
        expected = sum(answered) / len(answered) if len(answered) >= 2 else None
        assert score_of(intake, mastery, given) == expected


def test_the_page_on_the_instruments_tells_their_true_length() -> None:
    text = PAGE.read_text("utf-8")
    for code in shipped_codes():
        counts = ", ".join(
            str(len(codes_in(code, kind)))
            for kind in (PartKind.OPENING, PartKind.CORE, PartKind.CLOSING)
        )
        assert re.search(rf"^\| `{code}` \|.*\| {counts} \|$", text, re.M), code
    for code in {
        score.code for name in shipped_codes() for score in shipped(name).scores
    }:
        assert f"| `{code}` |" in text
