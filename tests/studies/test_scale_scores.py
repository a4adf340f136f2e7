"""Several items of a questionnaire in one number: in the dataset and all its files."""

import io
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from defusedxml.ElementTree import fromstring
from django.utils import translation

from tests.cast import AT, Cast
from tests.questionnaires.definition.made_up import core, question, said
from tests.studies.making import UNTIL, give, make_study
from tests.studies.test_dataset import with_intake
from trede.questionnaires.definition import Combine, Score
from trede.questionnaires.models import Sitting
from trede.questionnaires.publishing import publish
from trede.questionnaires.shipped_files import shipped
from trede.studies.codebook import Variable, codebook
from trede.studies.codebook_files import codebook_file
from trede.studies.dataset import Dataset, build, checked
from trede.studies.exporting import codebook_as_csv, written
from trede.studies.models import Study

pytestmark = pytest.mark.django_db
DDI = "{ddi:codebook:2_5}"
MASTERY = ("dutch_speaking", "dutch_understanding", "dutch_reading")


@pytest.fixture
def study(cast: Cast) -> Study:
    return make_study(cast)


def row_of(made: Dataset) -> dict[str, str | None]:
    return made.frame.row(0, named=True)


def mastery(study: Study, cast: Cast, *given: str) -> str | None:
    with_intake(study, cast, **dict(zip(MASTERY, given, strict=True)))
    return row_of(build(study, UNTIL))["dutch_mastery_mean"]


def own_score(
    study: Study, cast: Cast, score: Score, answers: dict[str, object]
) -> Dataset:
    """Of a questionnaire of the municipality's own, with items from 0 to 10."""
    person = with_intake(study, cast)
    ends = {"low": said("Niet"), "high": said("Heel erg")}
    items = (question(code, kind="scale_0_10", **ends) for code in score.items)
    asked = replace(
        shipped("short"), code="own", parts=(core(*items),), scores=(score,)
    )
    town = study.pilot.municipality
    stored = publish(asked, by=cast.by("ilse"), at=AT, municipality=town)
    sitting = person.sittings.get()
    sitting.answers.all().delete()
    Sitting.objects.update(questionnaire=stored)
    sitting.refresh_from_db()
    give(sitting, answers)
    return build(study, UNTIL)


def burden(combine: Combine, *, at_least: int = 2) -> Score:
    items = ("tired", "rested", "worried")
    return Score("burden", said("Last"), items, ("rested",), combine, at_least)


def test_the_mean_of_what_was_answered_stands_beside_the_answers(
    study: Study, cast: Cast
):
    assert mastery(study, cast, "2", "3", "4") == "3.0"


def test_with_one_item_open_the_others_make_it(study: Study, cast: Cast):
    assert mastery(study, cast, "2", "?refused", "5") == "3.5"


def test_with_too_few_items_there_is_no_score(study: Study, cast: Cast):
    assert mastery(study, cast, "2", "?dont_know", "?skipped") is None


@pytest.mark.parametrize(
    ("combine", "answers", "score"),
    [
        # What is counted from the other end: 10 - 9 = 1.
        (Combine.MEAN, {"tired": 4, "rested": 9, "worried": 7}, "4.0"),
        (Combine.SUM, {"tired": 4, "rested": 9, "worried": 7}, "12.0"),
        # An open item counts as the others do on average, not as zero.
        (Combine.SUM, {"tired": 4, "rested": 9}, "7.5"),
        (Combine.MEAN, {"rested": 0, "worried": 10}, "10.0"),
        (Combine.MEAN, {"rested": 0}, None),
    ],
)
def test_reversed_items_count_from_the_other_end(
    study: Study,
    cast: Cast,
    combine: Combine,
    answers: dict[str, object],
    score: str | None,
):
    made = own_score(study, cast, burden(combine), answers)
    assert row_of(made)["burden"] == score


def test_a_questionnaire_without_the_score_leaves_it_open(study: Study, cast: Cast):
    own_score(study, cast, burden(Combine.MEAN), {"tired": 4, "worried": 6})
    with_intake(study, cast, "Merel", dutch_speaking="2", dutch_reading="2")
    rows = build(study, UNTIL).frame.select("burden", "dutch_mastery_mean").rows()
    assert set(rows) == {("5.0", None), (None, "2.0")}


def test_every_file_has_the_number_and_none_a_reason(
    study: Study, cast: Cast, tmp_path: Path
):
    made = own_score(
        study, cast, burden(Combine.SUM), {"tired": 4, "rested": 9, "worried": 7}
    )
    with_intake(study, cast, "Merel")
    made = build(study, UNTIL)
    for frame in (
        pl.read_csv(io.BytesIO(written(made, ".csv")), infer_schema=False),
        pl.read_parquet(io.BytesIO(written(made, ".parquet"))),
    ):
        assert sorted(filter(None, frame["burden"])) == ["12.0"]
        assert "burden__missing" not in frame.columns
    file = tmp_path / "data.sav"
    file.write_bytes(written(made, ".sav"))
    rows, meta = pyreadstat.read_sav(file, user_missing=True, output_format="polars")
    assert sorted(rows["burden"].drop_nulls()) == [12.0]
    assert rows["burden"].null_count() == 1
    assert meta.column_names_to_labels["burden"] == "Last (en)"
    assert "burden_status" not in rows.columns


def test_the_codebook_says_what_it_is_made_of(study: Study, cast: Cast):
    made = own_score(study, cast, burden(Combine.SUM), {"tired": 4, "rested": 9})
    with translation.override("en"):
        (score,) = [one for one in codebook(made) if one.code == "burden"]
        assert score == Variable("burden", "Last (en)", "score", {}, {}, score.note)
        assert "The sum of tired, rested, worried; none with fewer than 2" in score.note
        assert "Counted from the other end: rested." in score.note
        assert score.note in codebook_as_csv(made).decode()
    xml = fromstring(codebook_file(made, study, ".xml", on=UNTIL).decode())
    (told,) = [one for one in xml.iter(f"{DDI}var") if one.get("name") == "burden"]
    assert told.get("intrvl") == "contin"
    with translation.override("nl"):
        (score,) = [one for one in codebook(made) if one.code == "burden"]
        assert "De som van tired, rested, worried" in score.note


def test_what_is_counted_in_tables_stays_the_answers(study: Study, cast: Cast):
    """A score follows from them: to count it too would count them twice."""
    with_intake(study, cast, **dict.fromkeys(MASTERY, "3"))
    made = build(study, UNTIL)
    assert "dutch_mastery_mean" in made.frame.columns
    assert "dutch_mastery_mean" not in checked(made).frame.columns
