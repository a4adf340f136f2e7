"""Who is in the dataset, in which group, and what of them is not."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pyreadstat
import pytest

from tests.cast import AT, Cast
from tests.questionnaires.definition.made_up import core, question
from tests.studies.making import (
    INTAKE_ON,
    LATER,
    UNTIL,
    agree,
    give,
    make_candidate,
    make_closing,
    make_person,
    make_pilot,
    make_sitting,
    make_study,
    make_trajectory,
    moment,
)
from trede.accounts.refusing import Refused
from trede.inflow.models import Stage
from trede.inflow.waiting import wait_from_now
from trede.people.consenting import withdraw
from trede.people.erasing import erase_person
from trede.people.models import Purpose, StoredFile
from trede.questionnaires.models import Sitting
from trede.questionnaires.publishing import publish
from trede.questionnaires.shipped_files import shipped
from trede.studies.dataset import build, checked
from trede.studies.exporting import as_csv, codebook_as_csv, cut, harmless, written
from trede.studies.flow import flow_of_pilot
from trede.studies.grid import grid
from trede.studies.models import Pseudonym
from trede.studies.pseudonyms import pseudonyms_of
from trede.studies.running import run_interim
from trede.trajectories.leaving import stop_with_study

pytestmark = pytest.mark.django_db
LEFT_ON = date(2020, 10, 5)
WITHDRAWN = partial(withdraw, purpose=Purpose.STUDY)


@pytest.fixture
def study(cast: Cast):
    return make_study(cast)


def with_intake(study, cast: Cast, name: str = "Zwaluw", *stages, **answers):
    person = make_person(study.pilot, name)
    agree(study.pilot, person)
    make_candidate(study.pilot, person, (Stage.INTAKE, INTAKE_ON, ""), *stages)
    make_sitting(study.pilot, person, cast.sanne, answers={"sex": "woman", **answers})
    return person


def rows_of(study, until: date = UNTIL):
    return build(study, until).frame.to_dicts()


def test_a_person_has_a_row_for_each_wave(study, cast: Cast):
    person = with_intake(study, cast)
    make_sitting(study.pilot, person, cast.sanne, wave="T1", on=date(2021, 1, 5))
    assert [row["wave"] for row in rows_of(study)] == ["T0", "T1"]


def test_an_answer_after_the_day_is_left_out(study, cast: Cast):
    with_intake(study, cast)
    assert rows_of(study, INTAKE_ON)[0]["sex"] == "woman"
    with pytest.raises(Refused, match="Choose a later date"):
        build(study, INTAKE_ON - timedelta(days=1))


def test_the_four_missing_reasons_stay_apart(study, cast: Cast):
    with_intake(
        study,
        cast,
        debts="?refused",
        debt_help="?not_asked",
        financial_situation="?dont_know",
    )
    row = rows_of(study)[0]
    assert row["debts__missing"] == "refused"
    assert row["debt_help__missing"] == "not_asked"
    assert row["financial_situation__missing"] == "dont_know"
    assert row["meaningful__missing"] == "skipped"
    assert row["debts"] is None


def test_what_a_wave_does_not_ask_was_not_asked(study, cast: Cast):
    person = with_intake(study, cast)
    make_sitting(study.pilot, person, cast.sanne, wave="T1", on=date(2021, 1, 5))
    evaluation = rows_of(study)[1]
    assert (evaluation["sex"], evaluation["sex__missing"]) == (None, "not_asked")


def test_the_newest_answer_to_a_question_counts(study, cast: Cast):
    person = with_intake(study, cast)
    sitting = person.sittings.get()
    sitting.answers.filter(question="sex").update(number=1)
    sitting.answers.create(question="sex", part="core", number=2, value="man", at=AT)
    assert rows_of(study)[0]["sex"] == "man"


def test_without_consent_nobody_is_in_it(study, cast: Cast):
    with_intake(study, cast)
    other = with_intake(study, cast, "Mus")
    agree(study.pilot, other, given=False, at=LATER)
    assert len(rows_of(study)) == 1


def test_who_stopped_with_the_study_is_absent_from_then_on(study, cast: Cast):
    person = with_intake(study, cast)
    with_intake(study, cast, "Mus")
    code = pseudonyms_of(study, [person.pk])[person.pk]
    assert code in {row["person"] for row in rows_of(study)}
    withdraw(
        person=person,
        pilot=study.pilot,
        purpose=Purpose.STUDY,
        by=cast.by("sanne"),
        at=LATER,
    )
    assert code not in {row["person"] for row in rows_of(study)}
    grid(study, UNTIL)
    assert not Pseudonym.objects.filter(person=person).exists()


@pytest.mark.parametrize("stop", [stop_with_study, WITHDRAWN])
def test_who_stopped_and_agrees_again_begins_anew(study, cast: Cast, stop):
    person = with_intake(study, cast)
    with_intake(study, cast, "Mus")
    by, anew = cast.by("sanne"), LATER + timedelta(days=30)
    stop(person=person, pilot=study.pilot, by=by, at=LATER)
    agree(study.pilot, person, at=anew)
    assert len(rows_of(study, anew.date())) == 1
    make_sitting(study.pilot, person, cast.sanne, wave="T1", on=anew.date())
    assert [row["wave"] for row in rows_of(study, anew.date())].count("T1") == 1
    assert [row["wave"] for row in rows_of(study, anew.date())].count("T0") == 1


def test_who_was_erased_is_in_no_dataset_and_gets_no_new_pseudonym(study, cast: Cast):
    person = with_intake(study, cast)
    with_intake(study, cast, "Mus")
    run = run_interim(study=study, until=UNTIL, by=cast.by("ilse"), at=LATER)
    erase_person(person=person, reason="asked", by=cast.by("fatima"), at=LATER)
    assert len(rows_of(study)) == 1
    grid(study, UNTIL)
    assert not Pseudonym.objects.filter(person=person).exists()
    run.refresh_from_db()
    assert run.not_repeatable_since == LATER


def test_who_comes_back_after_the_day_had_left_on_the_day(study, cast: Cast):
    left = (Stage.DECLINED, LEFT_ON, "stopped")
    person = with_intake(study, cast, "Zwaluw", left)
    with_intake(study, cast, "Mus")
    before, steps = build(study, UNTIL).data_hash, flow_of_pilot(study.pilot, UNTIL)
    candidate = person.candidacies.get()
    wait_from_now(candidate=candidate, by=cast.by("sanne"), at=LATER)
    assert (build(study, UNTIL).data_hash, flow_of_pilot(study.pilot, UNTIL)) == (
        before,
        steps,
    )


def test_a_sitting_that_was_broken_off_counts_with_what_was_answered(study, cast: Cast):
    person = make_person(study.pilot)
    agree(study.pilot, person)
    make_sitting(
        study.pilot,
        person,
        cast.sanne,
        state=Sitting.State.ENDED,
        answers={"sex": "man"},
    )
    row = rows_of(study)[0]
    assert (row["sex"], row["complete"]) == ("man", "no")


def test_a_sitting_that_is_still_open_does_not_count(study, cast: Cast):
    with_intake(study, cast)
    person = make_person(study.pilot, "Mus")
    agree(study.pilot, person)
    make_sitting(study.pilot, person, cast.sanne, state=Sitting.State.STOPPED)
    assert len(rows_of(study)) == 1


@pytest.mark.parametrize(
    ("stage", "reason", "group"),
    [
        (Stage.DECLINED, "stopped", "dropouts"),
        (Stage.DECLINED, "no_answer", "dropouts"),
        (Stage.INELIGIBLE, "ineligible", "dropouts"),
        (Stage.WAITING, "", "participants"),
    ],
)
def test_who_left_after_the_intake_is_a_dropout(study, cast, stage, reason, group):
    with_intake(study, cast, "Zwaluw", (stage, LEFT_ON, reason))
    assert rows_of(study)[0]["group"] == group
    assert rows_of(study, INTAKE_ON)[0]["group"] == "participants"


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        ("placed", "participants"),
        ("moved", "participants"),
        ("own_wish", "dropouts"),
        ("no_contact", "dropouts"),
        ("ineligible", "dropouts"),
    ],
)
def test_the_reason_of_closing_decides_on_the_group(study, cast, reason, group):
    person = with_intake(study, cast)
    trajectory = make_trajectory(person.candidacies.get(), cast.sanne, INTAKE_ON)
    make_closing(trajectory, date(2020, 12, 1), reason)
    assert rows_of(study)[0]["group"] == group
    assert rows_of(study, date(2020, 11, 30))[0]["group"] == "participants"


def test_a_step_that_was_taken_back_does_not_count(study, cast: Cast):
    person = with_intake(study, cast, "Zwaluw", (Stage.DECLINED, LEFT_ON, "stopped"))
    last = person.candidacies.get().transitions.last()
    person.candidacies.get().transitions.create(
        stage=Stage.INTAKE, at=moment(LEFT_ON, 15), by="test", reverses=last
    )
    assert rows_of(study)[0]["group"] == "participants"


def test_nothing_that_identifies_is_in_it(study, cast: Cast):
    person = with_intake(
        study, cast, hopes="Ik wil naar Zwaluwstaart", wish_next="werk"
    )
    for ending in (".csv", ".parquet", ".sav"):
        content = written(build(study, UNTIL), ending)
        for secret in ("Zwaluw", person.bsn, person.telephone, "werk\r", "2020-09-14"):
            assert secret.encode() not in content
    assert rows_of(study)[0]["month"] == "2020-09"
    assert rows_of(study)[0]["hopes"] == "written"


def test_of_own_words_it_tells_that_they_are_there_and_of_a_date_the_month(
    study, cast: Cast
):
    """Asked by a questionnaire of the municipality's own."""
    person = with_intake(study, cast)
    asked = replace(
        shipped("short"),
        code="moving",
        parts=(
            core(
                question("moved", kind="date"),
                question("why", kind="long_text", longest=500),
            ),
        ),
        scores=(),
    )
    stored = publish(
        asked, by=cast.by("ilse"), at=AT, municipality=study.pilot.municipality
    )
    sitting = person.sittings.get()
    sitting.answers.all().delete()
    Sitting.objects.update(questionnaire=stored)
    sitting.refresh_from_db()
    give(sitting, {"moved": "1999-05-17", "why": "Vanwege mijn zus in Zwolle"})
    made = build(study, UNTIL)
    row = made.frame.row(0, named=True)
    assert (row["moved"], row["why"]) == ("1999-05", "written")
    assert (row["moved__missing"], row["why__missing"]) == (None, None)
    # What the science knows of it: a month is carried along, and counted by nobody.
    assert checked(made).unchecked == ("moved",)
    book = codebook_as_csv(made).decode()
    assert "1 wrote something here, 0 spoke" in book
    assert "full date could tell who somebody is" in book
    for ending in (".csv", ".parquet", ".sav"):
        content = written(made, ending)
        assert b"Zwolle" not in content and b"05-17" not in content
    sound = StoredFile.objects.create(
        municipality=cast.here,
        person=person,
        kind="spoken",
        name="antwoord.ogg",
        media_type="audio/ogg",
        stored_at=AT,
    )
    sitting.answers.filter(question="why").update(spoken=sound)
    assert build(study, UNTIL).frame["why"].item() == "spoken"


def test_a_pseudonym_is_another_one_in_another_study(study, cast: Cast):
    person = make_person(study.pilot)
    elsewhere = make_study(cast, make_pilot(cast, cast.elsewhere))
    here = pseudonyms_of(study, [person.pk])
    assert here == pseudonyms_of(study, [person.pk])
    assert here != pseudonyms_of(elsewhere, [person.pk])
    assert Pseudonym.objects.count() == 2


def test_the_key_decides_on_the_pseudonym(study, cast: Cast, settings):
    person = make_person(study.pilot)
    before = pseudonyms_of(study, [person.pk])
    Pseudonym.objects.all().delete()
    settings.PSEUDONYM_KEY = b"another key of thirty-two bytes!"
    assert pseudonyms_of(study, [person.pk]) != before


def test_the_hash_tells_whether_the_data_are_the_same(study, cast: Cast):
    person = with_intake(study, cast)
    before = build(study, UNTIL).data_hash
    assert build(study, UNTIL).data_hash == before
    give_another = person.sittings.get().answers.get(question="sex")
    give_another.pk, give_another.number, give_another.value = None, 2, "man"
    give_another.save()
    assert build(study, UNTIL).data_hash != before


def test_the_science_accepts_it(study, cast: Cast):
    with_intake(study, cast)
    assert checked(build(study, UNTIL)).people(wave="T0", group="participants") == 1


def test_an_impossible_answer_is_refused_with_its_place(study, cast: Cast):
    with_intake(study, cast, meaningful="11")
    with pytest.raises(Refused, match="meaningful: '11' is not a whole number"):
        checked(build(study, UNTIL))


def test_no_cell_of_the_csv_is_a_formula(study, cast: Cast):
    assert [harmless(text) for text in ("=1+1", "+1", "-1", "@x", "1")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "1",
    ]
    with_intake(study, cast)
    frame = build(study, UNTIL).frame
    read = list(csv.reader(io.StringIO(as_csv(frame).decode("utf-8-sig"))))
    assert read[0] == frame.columns
    assert len(read) == 2


def test_a_label_is_cut_between_letters_where_spss_has_no_more_room():
    assert cut("a" * 300, 255) == "a" * 255
    assert cut("ሕቶ" * 100, 120) == "ሕቶ" * 20
    assert cut("é" * 100, 121) == "é" * 60


def test_spss_knows_labels_and_user_missing_values(study, cast: Cast, tmp_path):
    with_intake(
        study,
        cast,
        marital_status="never_married",
        satisfied="7",
        meaningful="?refused",
        debts="?refused",
        hours_now_course="not",
    )
    file = tmp_path / "data.sav"
    file.write_bytes(written(build(study, UNTIL), ".sav"))
    rows, meta = pyreadstat.read_sav(file, user_missing=True, output_format="polars")
    row = rows.row(0, named=True)
    assert row["satisfied"] == 7
    assert row["meaningful"] == -99
    assert row["hours_now_course"] == -95
    assert meta.missing_ranges["meaningful"] == [{"lo": -99.0, "hi": -95.0}]
    assert meta.variable_value_labels["marital_status"]["never_married"]
    assert (row["debts"], row["debts_status"]) == ("", "refused")
    plain, _meta = pyreadstat.read_sav(file, output_format="polars")
    assert plain["meaningful"][0] is None


def test_the_codebook_names_every_column(study, cast: Cast):
    with_intake(study, cast)
    data = build(study, UNTIL)
    text = codebook_as_csv(data).decode("utf-8-sig")
    named = {line["variable"] for line in csv.DictReader(io.StringIO(text))}
    answers = {name for name in data.frame.columns if not name.endswith("__missing")}
    assert named == answers


def test_the_first_intake_is_the_baseline_without_an_amendment(study, cast: Cast):
    person = with_intake(study, cast)
    again = make_sitting(study.pilot, person, cast.sanne, on=date(2020, 12, 3))
    give_value(again, "sex", "other")
    assert [row["sex"] for row in rows_of(study)] == ["woman"]


def give_value(sitting: Sitting, question: str, value: str) -> None:
    sitting.answers.filter(question=question).update(value=value, missing="")
