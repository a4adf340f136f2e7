"""The answers at the intake are the same for a seed, and believable in one person."""

import tomllib

import numpy as np
import pytest

from trede.demo.answers import EUROPE, IntakeAnswers, draw_intake
from trede.demo.margins import FIGURES, FOLDER, Answer, Missing

SEEDS = (1, 2, 2020)


def table(seed: int) -> list[dict[str, Answer]]:
    return [dict(person.answers) for person in draw_intake(seed)]


def participants(seed: int) -> list[IntakeAnswers]:
    return [p for p in draw_intake(seed) if p.group == "participants"]


def correlation(seed: int, one: str, other: str) -> float:
    pairs = [
        (p.answers[one].number, p.answers[other].number) for p in participants(seed)
    ]
    return float(np.corrcoef(np.array(pairs, dtype=float).T)[0, 1])


def test_the_same_seed_gives_the_same_people() -> None:
    assert table(7) == table(7)


def test_another_seed_gives_other_people() -> None:
    first, second = table(1), table(2)
    same = sum(one == other for one, other in zip(first, second, strict=True))
    assert same == 0


def test_everybody_has_the_same_questions() -> None:
    codes = {tuple(answers) for answers in table(1)}
    assert len(codes) == 1
    assert len(codes.pop()) == 67


def test_an_answer_is_a_value_or_a_reason_and_never_both() -> None:
    with pytest.raises(ValueError, match="a value or the reason"):
        Answer()
    with pytest.raises(ValueError, match="a value or the reason"):
        Answer(1, Missing.REFUSED)


def test_a_word_is_not_a_number() -> None:
    with pytest.raises(TypeError, match="not a number"):
        _ = Answer("woman").number


def test_answers_cannot_be_changed_afterwards() -> None:
    person = draw_intake(1)[0]
    with pytest.raises(TypeError):
        person.answers["sex"] = Answer("man")


@pytest.mark.parametrize("seed", SEEDS)
def test_nine_left_for_three_kinds_of_reason(seed: int) -> None:
    left = [person.left for person in draw_intake(seed) if person.group == "dropouts"]
    assert {reason: left.count(reason) for reason in left} == {
        "stopped": 4,
        "no_answer": 3,
        "ineligible": 2,
    }
    assert all(person.left is None for person in participants(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_one_dropout_broke_off_before_language(seed: int) -> None:
    dropouts = [p for p in draw_intake(seed) if p.group == "dropouts"]
    (broke_off,) = [p for p in dropouts if p.answers["dutch_reading"].missing]
    assert broke_off.left == "no_answer"
    assert broke_off.answers["marital_status"].missing is Missing.REFUSED
    assert broke_off.answers["satisfied"].missing is Missing.SKIPPED


@pytest.mark.parametrize("seed", SEEDS)
def test_the_dropout_from_europe_proved_ineligible(seed: int) -> None:
    for person in draw_intake(seed):
        from_europe = person.answers["birthplace"].value in EUROPE
        if from_europe and person.group == "dropouts":
            assert person.left == "ineligible"


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_came_before_being_born_or_too_late_to_be_settled(seed: int) -> None:
    for person in draw_intake(seed):
        came, born = person.answers["migration_year"], person.answers["birth_year"]
        if came.missing:
            assert came.missing is Missing.NOT_ASKED
        else:
            assert born.number <= came.number <= 2014


@pytest.mark.parametrize("seed", SEEDS)
def test_children_are_counted_only_where_they_live(seed: int) -> None:
    for person in draw_intake(seed):
        number = person.answers["children_number"]
        if person.answers["children_at_home"].value == "yes":
            assert 1 <= number.number <= 5
        else:
            assert number.missing is Missing.NOT_ASKED


@pytest.mark.parametrize("seed", SEEDS)
def test_money_hangs_together(seed: int) -> None:
    for person in draw_intake(seed):
        debts, situation = (
            person.answers[code].value for code in ("debts", "financial_situation")
        )
        if situation in ("debts_grow", "debts_shrink"):
            assert debts == "yes"
        if situation in ("gets_by", "little_left", "saves"):
            assert debts == "no"


@pytest.mark.parametrize("seed", SEEDS)
def test_related_answers_go_together(seed: int) -> None:
    assert correlation(seed, "dutch_speaking", "dutch_understanding") > 0.5
    assert correlation(seed, "health_physical", "health_mental") > 0.25
    assert correlation(seed, "solves_difficulties", "overcomes_setbacks") > 0.4
    assert correlation(seed, "meaningful", "satisfied") > 0.3
    assert correlation(seed, "view_obligations_right", "view_own_way_better") < 0


def test_the_masked_groups_are_those_of_the_pilot_file() -> None:
    """The report masks by the pilot file; the demo draws by its own: they agree."""
    file = FOLDER.parent / "pilots" / "approaches" / "nijmegen.toml"
    masking = tomllib.loads(file.read_text("utf-8"))["report"]["masking"]
    for ours, theirs in (
        (FIGURES.ages, masking["age_bands"]),
        (FIGURES.ages_at_migration[:-1], masking["migration_age_bands"]),
    ):
        for band, printed in zip(ours, theirs, strict=True):
            assert band.code == printed["code"]
            assert band.ages[0] == printed["from_age"]
            assert band.ages[1] == printed.get("to_age", band.ages[1])
    for band, printed in zip(FIGURES.birthplaces, masking["places"], strict=True):
        assert band.code == printed["code"]
        assert set(band.countries) <= set(printed["countries"])
