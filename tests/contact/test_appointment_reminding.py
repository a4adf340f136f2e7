"""A reminder of an appointment: once, in time, and only of what stands."""

from datetime import timedelta

import pytest
from django.core import mail

from tests.cast import AT, Cast
from tests.contact.making import FILE, a_person, a_pilot
from tests.questionnaires.printed import words_of
from trede.contact.appointment_reminding import remind
from trede.contact.appointments import cancel, move, plan
from trede.contact.models import Appointment, Letter, Message, PersonalLink
from trede.people.models import Person
from trede.pilots.models import Pilot

HOME = {"street": "Straat", "house_number": "1", "postcode": "6511 AB", "town": "Stad"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SMS_FOLDER = tmp_path
    settings.ADDRESS = "https://trede.example"
    return tmp_path


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    """One that uses e-mail and text messages from the beginning."""
    text = FILE.read_text(encoding="utf-8")
    for later in (
        'code = "email", label = "E-mail", from_on = 2020-03-16',
        'code = "message", label = "WhatsApp of sms", from_on = 2020-03-16',
    ):
        assert later in text
        text = text.replace(later, later.partition(", from_on")[0])
    return a_pilot(cast, text)


def meet(cast: Cast, pilot: Pilot, person: Person, days: int = 2) -> Appointment:
    return plan(
        person=person,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=AT + timedelta(days=days),
        location="De Haven",
        about="Over schulden",
        by=cast.by("sanne"),
        at=AT,
    )


def run(cast: Cast, pilot: Pilot, days: int = 0) -> list[Message]:
    return remind(pilot=pilot, by=cast.by("greet"), at=AT + timedelta(days=days))


def test_an_e_mail_goes_once_with_a_link_and_without_the_subject_of_the_talk(
    cast, pilot
):
    meet(cast, pilot, a_person(cast, email="safi@example.test"))
    assert len(run(cast, pilot)) == 1
    assert run(cast, pilot) == []
    text = mail.outbox[0].body
    assert "12 februari 2020 om 10.00 uur" in text
    assert "https://trede.example/contact/mijn-afspraak/" in text
    assert "schulden" not in text
    kept = Message.objects.get()
    assert (kept.state, "https" in kept.words) == ("sent", False)


def test_not_yet_when_it_is_far_and_not_any_more_on_the_day(cast, pilot):
    meet(cast, pilot, a_person(cast, email="safi@example.test"), days=9)
    assert run(cast, pilot) == []
    assert run(cast, pilot, days=9) == []
    assert len(run(cast, pilot, days=7)) == 1


def test_before_a_weekend_monday_is_told_on_friday(cast, pilot):
    meet(cast, pilot, a_person(cast, email="safi@example.test"), days=7)
    assert run(cast, pilot, days=5) == []  # a Saturday
    assert len(run(cast, pilot, days=4)) == 1


def test_who_has_only_an_address_gets_a_letter_in_time_for_the_post(cast, pilot):
    appointment = meet(cast, pilot, a_person(cast, **HOME), days=6)
    run(cast, pilot)
    letter = Letter.objects.get()
    assert (letter.kind, letter.sent_on) == ("appointment", None)
    cancel(appointment=appointment, by=cast.by("sanne"), at=AT)
    run(cast, pilot, days=1)
    assert Message.objects.get().state == "dropped"


def test_too_late_for_the_post_no_letter_is_made(cast, pilot):
    meet(cast, pilot, a_person(cast, **HOME), days=1)
    assert run(cast, pilot) == []


def test_who_cannot_be_reached_is_left_alone(cast, pilot):
    meet(cast, pilot, a_person(cast))
    assert run(cast, pilot) == []
    assert not PersonalLink.objects.exists()


def test_moved_is_told_anew(cast, pilot):
    appointment = meet(cast, pilot, a_person(cast, email="safi@example.test"))
    run(cast, pilot)
    later = appointment.starts_at + timedelta(hours=2)
    move(appointment=appointment, starts_at=later, by=cast.by("sanne"), at=AT)
    run(cast, pilot)
    assert "12.00 uur" in mail.outbox[1].body


def test_what_is_off_before_it_leaves_does_not_leave(cast, pilot):
    appointment = meet(cast, pilot, a_person(cast, email="safi@example.test"))
    cancel(appointment=appointment, by=cast.by("sanne"), at=AT)
    assert run(cast, pilot) == []
    assert mail.outbox == []


def test_an_e_mail_is_in_the_language_of_the_person(cast, pilot):
    meet(cast, pilot, a_person(cast, language="tr", email="safi@example.test"))
    (message,) = run(cast, pilot)
    assert message.language == "tr"
    text = mail.outbox[0].body
    assert "12 Şubat 2020 günü saat 10.00 için Sanne ile randevunuz var" in text
    assert "Nedenini söylemeniz gerekmez" in text
    assert "hebt u een afspraak" not in text


def test_a_text_is_in_the_language_of_the_person(cast, pilot, folder):
    person = a_person(cast, language="tr", telephone="06 12345678")
    meet(cast, pilot, person)
    assert [one.by_way_of for one in run(cast, pilot)] == ["sms"]
    (file,) = folder.iterdir()
    number, words = file.read_text(encoding="utf-8").split("\n\n")
    assert number == "+31612345678"
    assert words.startswith("Randevu: 12 Şubat 2020, saat 10.00, Sanne ile.")
    assert "https://trede.example/contact/mijn-afspraak/" in words
    assert "schulden" not in words


def test_a_letter_is_in_the_language_of_the_person_with_dutch_beside_it(cast, pilot):
    meet(cast, pilot, a_person(cast, language="tr", **HOME), days=6)
    run(cast, pilot)
    text = " ".join(words_of(bytes(Letter.objects.get().file.content)).split())
    assert "16 Şubat 2020 tarihli randevunuz" in text
    assert "Uw afspraak op 16 februari 2020" in text
    assert "schulden" not in text
