"""An answer is kept once, whatever the network does; and who may bring it."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.questionnaires.conftest import AT, Desk
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.questionnaires.answers import (
    Given,
    give_answer,
    give_answers,
    known,
)
from trede.questionnaires.definition import PartKind
from trede.questionnaires.models import Answer, Sitting

LATER = AT + timedelta(minutes=5)


def answer(desk: Desk, sitting: Sitting, code: str, at=AT, **what) -> Answer:
    return give_answer(sitting=sitting, question=code, by=desk.by_person, at=at, **what)


def rows(sitting: Sitting, code: str) -> list[tuple[int, str, str, str]]:
    kept = Answer.objects.filter(sitting=sitting, question=code).order_by("number")
    return [(one.number, one.value, one.words, one.missing) for one in kept]


def test_a_double_tap_adds_nothing(desk: Desk, sitting: Sitting):
    first = answer(desk, sitting, "sex", value="woman")
    assert answer(desk, sitting, "sex", at=LATER, value="woman") == first
    assert rows(sitting, "sex") == [(1, "woman", "", "")]


def test_of_two_tabs_the_newest_counts_and_both_are_kept(desk: Desk, sitting: Sitting):
    answer(desk, sitting, "sex", value="woman")
    answer(desk, sitting, "sex", at=LATER, value="other")
    assert [row[:2] for row in rows(sitting, "sex")] == [(1, "woman"), (2, "other")]
    assert known(sitting, PartKind.CORE).answers["sex"].value == "other"


def test_the_four_reasons_for_no_answer_stay_apart(desk: Desk, sitting: Sitting):
    answer(desk, sitting, "sex", missing="refused")
    answer(desk, sitting, "birth_year", missing="skipped")
    answer(desk, sitting, "hours_now_paid_work", missing="dont_know")
    kept = {one.question: one.missing for one in sitting.answers.all()}
    assert kept == {
        "sex": "refused",
        "birth_year": "skipped",
        "hours_now_paid_work": "dont_know",
    }


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("sex", {"value": "robot"}),
        ("sex", {}),
        ("sex", {"missing": "not_asked"}),
        ("birth_year", {"value": "75"}),
        ("birth_year", {"value": "2021"}),
        ("hours_now_paid_work", {"value": "169"}),
        ("satisfied", {"value": "11"}),
        ("hopes", {"words": "x" * 100_000}),
        ("no_such_question", {"value": "1"}),
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_not_kept(
    desk: Desk, sitting: Sitting, code, what
):
    with pytest.raises(Refused):
        answer(desk, sitting, code, **what)
    assert not sitting.answers.exists()


def test_words_stand_encrypted(desk: Desk, sitting: Sitting):
    answer(desk, sitting, "hopes", words="Weer gaan zingen")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, value FROM questionnaires_answer")
        words, value = cursor.fetchone()
    assert b"zingen" not in bytes(words)
    assert value == ""
    assert rows(sitting, "hopes")[0][2] == "Weer gaan zingen"


# Who may bring it ------------------------------------------------------------------


def test_a_coach_does_not_type_the_answers_of_the_own_person(
    desk: Desk, sitting: Sitting
):
    with pytest.raises(Refused, match="does not see the answers"):
        give_answers(
            sitting=sitting,
            answers={"sex": Given(value="woman")},
            by=desk.cast.by("sanne"),
            at=AT,
        )
    assert not sitting.answers.exists()


def test_unless_the_person_agrees_and_then_that_is_recorded(
    desk: Desk, sitting: Sitting
):
    give_answers(
        sitting=sitting,
        answers={"sex": Given(value="woman")},
        by=desk.cast.by("sanne"),
        at=AT,
        own_coach_agreed=True,
    )
    sitting.refresh_from_db()
    assert (sitting.entered_by, sitting.own_coach_agreed) == (desk.cast.sanne, True)
    assert Line.objects.filter(action="typed in answers").count() == 1


def test_a_colleague_types_a_paper_form(desk: Desk, sitting: Sitting):
    give_answers(
        sitting=sitting,
        answers={"sex": Given(value="woman"), "birth_year": Given(missing="skipped")},
        by=desk.cast.by("willem"),
        at=AT,
    )
    sitting.refresh_from_db()
    assert (sitting.entered_by, sitting.own_coach_agreed) == (desk.cast.willem, False)


def test_the_person_does_not_answer_for_the_coach(desk: Desk, sitting: Sitting):
    with pytest.raises(Refused, match="coach answers these"):
        answer(desk, sitting, "session_mode", value="alone")


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(["man", "woman", "other"]), min_size=1, max_size=8))
def test_whatever_is_tapped_the_last_tap_counts_and_numbers_have_no_gap(
    desk: Desk, sitting: Sitting, taps
):
    Answer.objects.filter(sitting=sitting).delete()
    for tap in taps:
        answer(desk, sitting, "sex", value=tap)
    kept = rows(sitting, "sex")
    assert kept[-1][1] == taps[-1]
    assert [row[0] for row in kept] == list(range(1, len(kept) + 1))
    changes = [a for a, b in zip(taps, [None, *taps], strict=False) if a != b]
    assert [row[1] for row in kept] == changes
