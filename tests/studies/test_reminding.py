"""Who is reminded of a questionnaire, when, by which way, and never twice."""

import smtplib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core import mail

from tests.cast import Cast
from tests.studies.making import FILE, agree, make_pilot, make_sitting, moment
from tests.studies.waves import CLOSED_ON, CLOSES_ON, FIRST_ON, closed, fresh, noon
from trede.accounts.acting import SYSTEM
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.contact import gateways, sending
from trede.contact.models import ContactMoment, Message
from trede.inflow.models import Candidate, Stage
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules
from trede.studies import reminding
from trede.studies.reminder_words import Link, texts_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RULES = read_rules(FILE.read_text(encoding="utf-8"))
SECOND_ON = FIRST_ON + 14 * DAY


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.SMS_FOLDER = tmp_path / "sms"
    return tmp_path / "sms"


def run(pilot: Pilot, on: date) -> reminding.Made:
    return reminding.remind(pilot=fresh(pilot), by=SYSTEM, at=noon(on))


def at_home(candidate: Candidate, **more: str) -> Candidate:
    person = candidate.person
    person.street, person.house_number = "Kerkstraat", "1"
    person.postcode, person.town = "6511 AB", "Voorbeeldstad"
    for name, value in more.items():
        setattr(person, name, value)
    person.save()
    return candidate


def test_nothing_goes_out_before_the_day_of_the_file(pilot: Pilot, cast: Cast):
    closed(pilot, cast)
    assert run(pilot, FIRST_ON - DAY) == reminding.Made()
    assert run(pilot, FIRST_ON).sent == 1


def test_a_text_names_the_town_and_a_number_and_nothing_that_is_private(
    pilot: Pilot, cast: Cast, folder: Path
):
    candidate = closed(pilot, cast)
    run(pilot, FIRST_ON)
    (file,) = folder.iterdir()
    number, _empty, text = file.read_text(encoding="utf-8").split("\n", 2)
    assert number == candidate.person.telephone
    assert "Nijmegen" in text
    assert "024 000 00 00" in text
    assert not any(
        word in text.lower()
        for word in ("bijstand", "uitkering", "benefit", "zwaluw", "traject")
    )
    assert oct(file.stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize("language", ["nl", "nl-x-a2", "en"])
def test_a_text_without_a_link_fits_in_one_message(language: str):
    words = texts_in(language, RULES).text
    text = f"{words.sms} {words.sms_call}"
    longest = text.replace("{municipality}", "Bergen op Zoom")
    assert len(longest.replace("{telephone}", "024 000 00 00")) <= 160
    assert longest.isascii()  # other signs halve the room of a message


def test_a_person_gets_their_own_language_where_there_are_words_in_it(
    pilot: Pilot, cast: Cast, folder: Path
):
    for language in ("en", "ti", "prs", "ckb", ""):
        at_home(closed(pilot, cast, f"Taal{language}"), language=language)
    run(pilot, FIRST_ON)
    told = sorted(one.read_text().split("\n")[2][:8] for one in folder.iterdir())
    assert told == ["Gemeente", "Gemeente", "Municipa", "شهرداری ", "ምምሕዳር ከተ"[:8]]


def test_the_same_run_again_adds_nothing(pilot: Pilot, cast: Cast, folder: Path):
    closed(pilot, cast)
    run(pilot, FIRST_ON)
    assert run(pilot, FIRST_ON) == reminding.Made()
    assert run(pilot, FIRST_ON + DAY) == reminding.Made()
    assert len(list(folder.iterdir())) == 1


def test_the_second_keeps_its_distance_also_when_the_first_came_late(
    pilot: Pilot, cast: Cast
):
    at_home(closed(pilot, cast))
    late = FIRST_ON + 6 * DAY  # a Wednesday
    assert run(pilot, late).sent == 1
    assert run(pilot, late + 13 * DAY).letters == 0
    assert run(pilot, late + 14 * DAY).letters == 1
    assert run(pilot, late + 25 * DAY) == reminding.Made()  # the file has two


def test_on_a_weekend_or_holiday_nobody_is_written_to(pilot: Pilot, cast: Cast):
    # Ten days after this closing is Easter Monday 2021.
    closed(pilot, cast, on=date(2021, 3, 26))
    for day in (date(2021, 4, 5), date(2021, 4, 10)):
        assert run(pilot, day) == reminding.Made()
        assert reminding.why_not_today(pilot, day)
    assert run(pilot, date(2021, 4, 6)).sent == 1


def test_in_a_halt_nobody_is_written_to(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    candidate.intakes.update(began_at=moment(date(2020, 2, 24)))
    candidate.trajectories.get().closings.update(on=date(2020, 3, 9))
    assert run(pilot, date(2020, 3, 23)) == reminding.Made()
    assert run(pilot, date(2020, 6, 2)).sent == 1


def test_whoever_answered_stopped_rests_or_was_closed_out_gets_nothing(
    pilot: Pilot, cast: Cast
):
    answered = closed(pilot, cast, "Af")
    make_sitting(pilot, answered.person, cast.sanne, wave="T1", on=CLOSED_ON)
    stopped = closed(pilot, cast, "Stop")
    agree(pilot, stopped.person, given=False, at=moment(CLOSED_ON))
    resting = closed(pilot, cast, "Rust")
    resting.stage = Stage.RESTING
    resting.save()
    closed(pilot, cast, "Weg", reason="no_contact")
    assert run(pilot, FIRST_ON) == reminding.Made()
    assert not Message.objects.exists()


def test_nobody_is_reminded_when_the_window_has_closed(pilot: Pilot, cast: Cast):
    closed(pilot, cast)
    assert run(pilot, CLOSES_ON + DAY) == reminding.Made()


def test_the_first_way_by_which_somebody_can_be_reached_is_taken(
    pilot: Pilot, cast: Cast
):
    mobile = closed(pilot, cast, "Mobiel")
    by_mail = at_home(
        closed(pilot, cast, "Mail"), telephone="+31243200000", email="m@example.nl"
    )
    letter = at_home(closed(pilot, cast, "Brief"), telephone="")
    nowhere = closed(pilot, cast, "Nergens")
    nowhere.person.telephone = ""
    nowhere.person.save()
    made = run(pilot, FIRST_ON)
    ways = dict(Message.objects.values_list("person_id", "by_way_of"))
    assert ways == {
        mobile.person_id: "sms",
        by_mail.person_id: "email",
        letter.person_id: "letter",
    }
    assert made == reminding.Made(letters=1, sent=2, unreachable=1)
    assert mail.outbox[0].to == ["m@example.nl"]
    assert "Beste Zwaluw" not in mail.outbox[0].subject


def test_a_letter_lies_ready_until_somebody_posts_it(pilot: Pilot, cast: Cast):
    candidate = at_home(closed(pilot, cast), telephone="")
    run(pilot, FIRST_ON)
    (message,) = reminding.letters_to_post(pilot)
    assert message.letter is not None
    assert message.letter.made_by is None
    assert bytes(message.letter.file.content).startswith(b"%PDF")
    at = noon(FIRST_ON + DAY)
    reminding.post_letters(messages=[message], on=at.date(), by=cast.by("greet"), at=at)
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    noted = ContactMoment.objects.get(person=candidate.person)
    assert (noted.channel, noted.outcome) == ("letter", "sent")


def test_no_second_reminder_goes_before_the_first_letter_is_posted(
    pilot: Pilot, cast: Cast
):
    at_home(closed(pilot, cast), telephone="")
    run(pilot, FIRST_ON)
    assert run(pilot, SECOND_ON) == reminding.Made()
    (message,) = reminding.letters_to_post(pilot)
    posted_on = FIRST_ON + 11 * DAY
    reminding.post_letters(
        messages=[message], on=posted_on, by=cast.by("greet"), at=noon(posted_on)
    )
    assert run(pilot, SECOND_ON) == reminding.Made()
    assert run(pilot, posted_on + 14 * DAY).letters == 1


def test_a_letter_for_somebody_who_answered_meanwhile_is_dropped(
    pilot: Pilot, cast: Cast
):
    candidate = at_home(closed(pilot, cast), telephone="")
    run(pilot, FIRST_ON)
    make_sitting(pilot, candidate.person, cast.sanne, wave="T1", on=FIRST_ON + DAY)
    assert run(pilot, FIRST_ON + DAY).dropped == 1
    message = Message.objects.get()
    assert message.state == Message.State.DROPPED
    assert message.error
    assert reminding.letters_to_post(pilot) == []


def test_a_server_that_is_away_is_tried_again_by_itself_and_then_by_a_person(
    pilot: Pilot, cast: Cast, monkeypatch
):
    at_home(closed(pilot, cast), telephone="", email="m@example.nl")

    def away(**about: object) -> None:
        raise gateways.NotSent("The mail server cannot be reached.")

    monkeypatch.setattr(gateways, "send_email", away)
    for day in range(5):
        run(pilot, FIRST_ON + 4 * DAY + day * DAY)
    message = Message.objects.get()
    assert (message.state, message.attempts) == (Message.State.FAILED, 3)
    assert message.error == "The mail server cannot be reached."
    monkeypatch.undo()
    again = reminding.send_again(
        message=message, by=cast.by("greet"), at=noon(FIRST_ON + 11 * DAY)
    )
    assert again.state == Message.State.SENT
    assert len(mail.outbox) == 1


def test_an_address_that_is_refused_is_not_tried_again_by_itself(
    pilot: Pilot, cast: Cast, monkeypatch
):
    at_home(closed(pilot, cast), telephone="", email="m@example.nl")

    def refuse(self: object, fail_silently: bool = False) -> int:
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert run(pilot, FIRST_ON).failed == 1
    assert run(pilot, FIRST_ON + DAY) == reminding.Made()
    assert "address" in Message.objects.get().error


def test_what_was_cut_off_half_way_waits_for_somebody_who_looks_it_up(
    pilot: Pilot, cast: Cast, monkeypatch
):
    closed(pilot, cast)

    def cut_off(**about: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(gateways, "send_sms", cut_off)
    with pytest.raises(KeyboardInterrupt):
        run(pilot, FIRST_ON)
    monkeypatch.undo()
    message = Message.objects.get()
    assert message.state == Message.State.SENDING
    assert run(pilot, FIRST_ON + DAY) == reminding.Made()  # nobody knows: not again
    by, at = cast.by("greet"), noon(FIRST_ON)
    with pytest.raises(Refused):
        sending.it_left(message=message, by=by, at=at + timedelta(minutes=2))
    done = sending.it_left(message=message, by=by, at=at + timedelta(minutes=16))
    assert done.state == Message.State.SENT


def test_a_gateway_that_breaks_does_not_keep_the_others_waiting(
    pilot: Pilot, cast: Cast, folder: Path, monkeypatch, caplog
):
    first, second = closed(pilot, cast, "Een"), closed(pilot, cast, "Twee")
    second.person.telephone = "+31687654321"
    second.person.save()
    send = gateways.Folder.send

    def broken(self: gateways.Folder, *, number: str, **about: str) -> None:
        if number == first.person.telephone:
            raise TimeoutError(number)
        send(self, number=number, **about)

    monkeypatch.setattr(gateways.Folder, "send", broken)
    assert run(pilot, FIRST_ON) == reminding.Made(sent=1, failed=1)
    message = Message.objects.get(person=first.person)
    assert sending.is_uncertain(message, noon(FIRST_ON))
    assert first.person.telephone not in caplog.text
    monkeypatch.undo()


def test_what_failed_is_not_sent_on_a_sunday_either(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    message = Message.objects.create(
        person=candidate.person,
        pilot=pilot,
        kind="reminder",
        about="T1:1",
        by_way_of="sms",
        language="nl",
        made_at=noon(FIRST_ON),
        made_by="test",
        state=Message.State.FAILED,
        state_since=noon(FIRST_ON),
    )
    with pytest.raises(Refused):
        reminding.send_again(
            message=message, by=cast.by("greet"), at=noon(date(2021, 1, 24))
        )


def test_an_invented_pilot_never_writes_to_the_outside(
    pilot: Pilot, cast: Cast, folder: Path, settings
):
    settings.SMS_GATEWAY = "tests.studies.test_reminding.Outside"
    pilot.fictitious = True
    pilot.save()
    closed(pilot, cast)
    assert run(pilot, FIRST_ON).sent == 1
    assert len(list(folder.iterdir())) == 1


class Outside:
    def send(self, **about: object) -> None:
        raise AssertionError("this must not leave")


def test_a_link_stands_in_the_message_and_not_in_what_is_kept(
    pilot: Pilot, cast: Cast, folder: Path, monkeypatch
):
    link = Link("https://trede.example/v/geheim", CLOSES_ON)
    monkeypatch.setattr(reminding, "link_for", lambda message, by, at: link)
    closed(pilot, cast)
    run(pilot, FIRST_ON)
    (file,) = folder.iterdir()
    assert "https://trede.example/v/geheim" in file.read_text()
    assert "geheim" not in Message.objects.get().words


def test_the_trail_tells_of_every_message(pilot: Pilot, cast: Cast):
    closed(pilot, cast)
    run(pilot, FIRST_ON)
    told = Line.objects.filter(object_type="contact.message")
    assert list(told.order_by("pk").values_list("action", flat=True)) == [
        "made a message",
        "sent a message",
    ]
