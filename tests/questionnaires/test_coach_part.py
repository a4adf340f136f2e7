"""The coach's own questions: before handing over, and after the person has finished."""

import pytest

from tests.questionnaires.conftest import AT, Desk
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.questionnaires import coach_part, sittings
from trede.questionnaires.answering import Answer as Said
from trede.questionnaires.definition import PartKind
from trede.questionnaires.models import Answer, Sitting
from trede.questionnaires.publishing import written_of

MODE = coach_part.MODE_QUESTION


def says(desk: Desk, sitting: Sitting, code: str, value: str) -> None:
    coach_part.answer(
        sitting=sitting,
        answers={code: Said(value=value)},
        by=desk.cast.by("sanne"),
        at=AT,
    )


def written_by(sitting: Sitting) -> list[str]:
    """Who wrote, as the trail says: an answer itself names only who typed the core."""
    lines = Line.objects.filter(action="answered the coach's questions")
    return list(lines.filter(object_id=sitting.pk).values_list("actor", flat=True))


def closing_answer(sitting: Sitting) -> tuple[str, str]:
    closing = written_of(sitting.questionnaire).part(PartKind.CLOSING)
    assert closing is not None
    asked = next(q for s in closing.sections for q in s.questions if q.options)
    return asked.code, str(asked.options[0].value)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("alone", Sitting.Mode.ALONE),
        ("explained", Sitting.Mode.EXPLAINED),
        ("read_by_device", Sitting.Mode.READ_ALOUD),
        ("read_by_person", Sitting.Mode.READ_ALOUD),
        ("interpreter", Sitting.Mode.INTERPRETER),
    ],
)
def test_how_the_person_answers_is_kept_with_the_sitting(
    desk: Desk, said: str, kept: Sitting.Mode
):
    desk.consent()
    other = Sitting.Mode.EXPLAINED if said == "alone" else Sitting.Mode.ALONE
    sitting = desk.sitting(mode=other)
    says(desk, sitting, MODE, said)
    assert Sitting.objects.get(pk=sitting.pk).mode == kept


def test_the_opening_is_the_coachs_and_touches_nothing_else(
    desk: Desk, sitting: Sitting
):
    says(desk, sitting, MODE, "explained")
    [answer] = Answer.objects.filter(sitting=sitting)
    assert (answer.part, answer.question) == ("opening", MODE)
    assert written_by(sitting) == [f"staff:{desk.cast.sanne.pk}"]


def test_the_closing_waits_for_the_person(desk: Desk, sitting: Sitting):
    code, value = closing_answer(sitting)
    with pytest.raises(Refused, match=r"nadat de persoon|after the person"):
        says(desk, sitting, code, value)
    assert not Answer.objects.filter(sitting=sitting).exists()


def test_after_the_person_the_closing_is_kept_as_the_coachs(
    desk: Desk, sitting: Sitting
):
    Sitting.objects.filter(pk=sitting.pk).update(state=next(iter(sittings.OVER)))
    sitting.refresh_from_db()
    code, value = closing_answer(sitting)
    says(desk, sitting, code, value)
    [answer] = Answer.objects.filter(sitting=sitting)
    assert (answer.part, answer.question) == ("closing", code)
    assert written_by(sitting) == [f"staff:{desk.cast.sanne.pk}"]
