"""The input contract: what is refused, in which words, and what is derived."""

import polars as pl
import pytest

from tests.evaluation.people import dataset, frame, people, person
from trede.evaluation.codebook import CONTACTS, DISCRIMINATED, Domain
from trede.evaluation.dataset import Dataset, DatasetError, read_dataset
from trede.evaluation.derived import derive
from trede.evaluation.masking import Masking


def values(data: Dataset, code: str) -> dict[str, int]:
    tally = data.tally(code, wave="T0", group="participants")
    return dict(tally.values) | {f"?{k}": n for k, n in tally.missing.items()}


def test_the_four_missing_reasons_stay_apart() -> None:
    data = dataset(
        people(
            "participants",
            sex=["man", "?refused", "?dont_know", "?skipped", "?not_asked"],
        )
    )
    tally = data.tally("sex", wave="T0", group="participants")
    assert tally.values == {"man": 1}
    assert tally.missing == {"refused": 1, "dont_know": 1, "skipped": 1, "not_asked": 1}
    assert tally.people == data.people(wave="T0", group="participants") == 5


def test_waves_and_groups_stay_apart() -> None:
    rows = [person("participants", sex="man"), person("dropouts", sex="woman")]
    later = dict(rows[0], wave="T1", sex="woman")
    data = dataset([*rows, later])
    assert data.tally("sex", wave="T1", group="participants").values == {"woman": 1}
    assert data.tally("sex", wave="T0", group="all").values == {"man": 1, "woman": 1}


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("trust_people", "11", "'11' is not a whole number from 0 to 10"),
        ("trust_people", "-1", "'-1' is not a whole number"),
        ("sex", "Man", "'Man' is not one of man, woman, other"),
        ("hours_now_course", "200", "from 0 to 168, or not"),
        ("birthplace", "Turkije", "a country code of two capitals"),
        ("scheme_pass_uses", "ja", "one of yes, no"),
    ],
)
def test_a_value_outside_its_domain_is_named(
    column: str, value: str, message: str
) -> None:
    with pytest.raises(DatasetError, match=message):
        dataset(people("participants", **{column: [value]}))


def test_no_value_needs_a_reason() -> None:
    rows = frame(people("participants", sex=["man"])).with_columns(
        pl.lit(None, dtype=pl.String).alias("sex")
    )
    with pytest.raises(DatasetError, match="no value and no reason"):
        read_dataset(rows)


def test_a_value_with_a_reason_is_a_contradiction() -> None:
    rows = frame(people("participants", sex=["man"])).with_columns(
        pl.lit("refused").alias("sex__missing")
    )
    with pytest.raises(DatasetError, match="both a value and the reason 'refused'"):
        read_dataset(rows)


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(DatasetError, match="the reason 'forgot'"):
        dataset(people("participants", sex=["?forgot"]))


@pytest.mark.parametrize("key", ["person", "group", "wave"])
def test_a_key_column_must_be_there(key: str) -> None:
    with pytest.raises(DatasetError, match=f"no column {key}"):
        read_dataset(frame(people("participants", sex=["man"])).drop(key))


def test_one_person_has_one_row_per_wave() -> None:
    rows = people("participants", sex=["man"])
    with pytest.raises(DatasetError, match="more than one row for wave T0"):
        dataset(rows, rows)


def test_an_unknown_group_or_wave_is_refused() -> None:
    with pytest.raises(DatasetError, match="column group holds 'leavers'"):
        dataset(people("leavers", sex=["man"]))
    with pytest.raises(DatasetError, match="column wave holds 'T9'"):
        dataset([person("participants", wave="T9", sex="man")])


def test_reasons_without_their_code_are_refused() -> None:
    rows = frame(people("participants", sex=["man"])).with_columns(
        pl.lit("skipped").alias("age__missing")
    )
    with pytest.raises(DatasetError, match="age__missing gives reasons"):
        read_dataset(rows)


def test_every_mistake_is_told_up_to_twenty() -> None:
    with pytest.raises(DatasetError) as caught:
        dataset(people("participants", sex=["x"] * 30))
    assert len(caught.value.mistakes) == 30
    assert len(str(caught.value).splitlines()) == 20


def test_whole_numbers_that_came_as_fractions_are_read() -> None:
    rows = pl.DataFrame(
        {"person": ["a", "b"], "group": ["participants"] * 2, "wave": ["T0"] * 2}
    ).with_columns(pl.Series("satisfied", [7.0, 8.0]))
    assert values(read_dataset(rows), "satisfied") == {"7": 1, "8": 1}


def test_a_column_nobody_knows_is_carried_but_not_counted() -> None:
    data = dataset(people("participants", remark=["x"], sex=["man"]))
    assert data.unchecked == ("remark",)
    with pytest.raises(DatasetError, match="no column remark"):
        data.tally("remark", wave="T0", group="participants")


def test_a_pilot_may_bring_a_domain_of_its_own() -> None:
    rows = frame(people("participants", garden=["yes"]))
    data = read_dataset(rows, domains={"garden": Domain("choice", ("yes", "no"))})
    assert values(data, "garden") == {"yes": 1}


def contacts(*answers: tuple[str | int, str | int, str | int]) -> Dataset:
    columns = dict(zip(CONTACTS, map(list, zip(*answers, strict=True)), strict=True))
    return derive(dataset(people("participants", **columns)))


def test_isolated_is_rarely_or_never_on_all_three() -> None:
    data = contacts((6, 6, 6), (6, 6, 5), (6, "?skipped", 6), (1, "?skipped", 6))
    assert values(data, "isolated") == {"yes": 1, "no": 2, "?skipped": 1}


def test_discriminated_once_anywhere_is_enough() -> None:
    """Three people: never, once at work, and one who did not answer one place."""
    columns: dict[str, list[str | int]] = {code: [1, 1, 1] for code in DISCRIMINATED}
    columns["discriminated_work"] = [1, 2, 1]
    columns["discriminated_club"] = [1, "?refused", "?refused"]
    data = derive(dataset(people("participants", **columns)))
    assert values(data, "discriminated_any") == {"no": 1, "yes": 1, "?refused": 1}


def test_a_self_reliance_problem_is_the_setbacks_item_alone() -> None:
    data = derive(
        dataset(
            people(
                "participants",
                overcomes_setbacks=[1, 2, 3],
                solves_difficulties=[1, 1, 1],
            )
        )
    )
    assert values(data, "self_reliance_problem") == {"yes": 2, "no": 1}


@pytest.mark.parametrize(
    ("hours", "contact", "tread"),
    [
        ({"paid_work": 8, "volunteering": 4}, 1, "5"),
        ({"own_business": 2}, 6, "5"),
        ({"volunteering": 1}, 1, "4"),
        ({"volunteering": 0}, 1, "2"),
        ({"course": 3}, 6, "3"),
        ({"other": 2}, 6, "3"),
        ({}, 1, "2"),
        ({}, 2, "1"),
        ({}, "?skipped", "?skipped"),
    ],
)
def test_the_research_tread_is_the_highest_rule_that_holds(
    hours: dict[str, int], contact: str | int, tread: str
) -> None:
    activities = ("paid_work", "own_business", "volunteering", "course", "other")
    answers = {f"hours_now_{a}": hours.get(a, "not") for a in activities}
    answers |= {code: contact if code == CONTACTS[0] else 6 for code in CONTACTS}
    data = derive(dataset([person("participants", **answers)]))
    assert values(data, "tread") == {tread: 1}


MASKING = Masking(2020, (), (), {})


def test_age_and_age_at_migration_follow_from_years() -> None:
    data = derive(
        dataset(
            people(
                "participants",
                birth_year=[1980, 1990, "?refused"],
                migration_year=[1999, "?not_asked", 2000],
                birthplace=["TR", "NL", "SO"],
            )
        ),
        masking=MASKING,
    )
    assert values(data, "age") == {"40": 1, "30": 1, "?refused": 1}
    assert values(data, "age_at_migration") == {"19": 1, "born_here": 1, "?refused": 1}


def test_nobody_migrates_before_being_born() -> None:
    with pytest.raises(DatasetError, match="age_at_migration comes out at -5"):
        derive(
            dataset(
                people(
                    "participants",
                    birth_year=[1990],
                    migration_year=[1985],
                    birthplace=["TR"],
                )
            ),
            masking=MASKING,
        )
