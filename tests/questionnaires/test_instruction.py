"""Each coach is asked to read how to sit beside somebody; the day of it is known."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.cast import AT, Cast
from tests.questionnaires.conftest import Desk
from tests.questionnaires.devices import signed_in
from trede.accounts.acting import SYSTEM
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.questionnaires import instruction, practising_views
from trede.questionnaires.models import Instruction, Sitting

PAGE = "/vragenlijsten/instructie/"
WORDS = "templates/questionnaires/instruction.html"
# Of the words of this edition. Other words? Then another EDITION, and its digest here.
EDITION, DIGEST = "2026-1", "98ff645d1d9a4e34"


def test_other_words_are_another_edition():
    page = Path(practising_views.__file__).parent / WORDS
    now = hashlib.sha256(page.read_bytes()).hexdigest()[:16]
    assert (instruction.EDITION, now) == (EDITION, DIGEST)


def test_reading_is_noted_once_with_its_day(cast: Cast):
    for days in (0, 3):
        instruction.note_read(by=cast.by("sanne"), at=AT + timedelta(days=days))
    kept = Instruction.objects.get()
    assert (kept.kind, kept.edition, kept.at) == ("read", instruction.EDITION, AT)
    said = "read the instruction for questionnaires"
    assert Line.objects.filter(action=said).count() == 1


def test_a_new_edition_asks_anew_and_the_first_day_stays_known(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    instruction.note_read(by=cast.by("sanne"), at=AT)
    monkeypatch.setattr(instruction, "EDITION", "later")
    assert not instruction.has_read(cast.sanne)
    assert instruction.of_staff(cast.sanne).read_on is None
    assert instruction.instructed_on(cast.sanne, AT.date()) == AT.date()


def test_before_that_day_nobody_was_instructed(cast: Cast):
    instruction.note_read(by=cast.by("sanne"), at=AT)
    day_before = AT.date() - timedelta(days=1)
    assert instruction.instructed_on(cast.sanne, day_before) is None
    assert instruction.instructed_on(cast.willem, AT.date()) is None


def test_only_staff_are_instructed():
    with pytest.raises(Refused):
        instruction.note_read(by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_the_button_notes_it(desk: Desk):
    coach = signed_in(desk)
    assert "Ik heb dit gelezen" in coach.get(PAGE).content.decode()
    told = coach.post(PAGE, follow=True).content.decode()
    assert "U hebt dit gelezen" in told and "Ik heb dit gelezen" not in told
    assert instruction.has_read(desk.cast.sanne)


def test_looking_at_the_page_notes_nothing(desk: Desk):
    signed_in(desk).get(PAGE)
    assert not Instruction.objects.exists()


def test_the_coordinator_sees_who_has_not_read_it_yet(desk: Desk):
    instruction.note_read(by=desk.cast.by("sanne"), at=AT)
    told = signed_in(desk, "greet").get(PAGE)
    found = {one.staff.name: one.read_on for one in told.context["coaches"]}
    assert found == {"Sanne": AT.date(), "Willem": None}


def test_a_coach_sees_nobody_elses_dates(desk: Desk):
    instruction.note_read(by=desk.cast.by("willem"), at=AT)
    assert signed_in(desk).get(PAGE).context["coaches"] == []


@pytest.mark.parametrize("name", ["rik", "bas", "ilse", "fatima"])
def test_who_hands_no_device_over_has_no_such_page(desk: Desk, name: str):
    assert signed_in(desk, name).get(PAGE).status_code == 403


def test_handing_over_reminds_and_does_not_stop_anybody(desk: Desk, sitting: Sitting):
    page = f"/vragenlijst/zitting/{sitting.pk}/geven/"
    coach = signed_in(desk)
    assert PAGE in coach.get(page).content.decode()
    instruction.note_read(by=desk.cast.by("sanne"), at=timezone.now())
    assert PAGE not in coach.get(page).content.decode()


def test_the_sitting_says_that_the_questionnaire_comes_first(
    desk: Desk, sitting: Sitting
):
    page = signed_in(desk).get(f"/vragenlijst/zitting/{sitting.pk}/")
    assert "Eerst de vragenlijst, dan het gesprek" in page.content.decode()
