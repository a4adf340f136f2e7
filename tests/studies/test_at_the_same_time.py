"""Two daily runs, or a run and a coordinator, at one moment: nobody is asked twice."""

from functools import partial
from pathlib import Path

import pytest
from django.core import mail

from tests.at_once import at_once, refusals, several
from tests.cast import Cast
from tests.studies.making import make_pilot
from tests.studies.waves import FIRST_ON, closed, fresh, noon
from trede.accounts.acting import SYSTEM
from trede.contact import sending
from trede.contact.models import Letter, Message
from trede.people.consenting import withdraw
from trede.people.models import Purpose
from trede.pilots.models import Pilot
from trede.studies import reminding

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.SMS_FOLDER = tmp_path / "sms"
    return tmp_path / "sms"


def run(pilot: Pilot) -> reminding.Made:
    return reminding.remind(pilot=fresh(pilot), by=SYSTEM, at=noon(FIRST_ON))


def test_several_runs_at_once_write_to_everybody_once(
    pilot: Pilot, cast: Cast, monkeypatch
):
    for number in range(3):
        closed(pilot, cast, f"Sms{number}")
    by_mail = closed(pilot, cast, "Mail").person
    by_mail.telephone, by_mail.email = "", "m@example.nl"
    by_mail.save()
    by_letter = closed(pilot, cast, "Brief").person
    by_letter.telephone, by_letter.street, by_letter.house_number = "", "Kade", "1"
    by_letter.postcode, by_letter.town = "6511 AB", "Voorbeeldstad"
    by_letter.save()
    left: list[str] = []
    send = sending.gateways.Folder.send

    def counted(self, *, reference: str, **about: str) -> None:
        left.append(reference)
        send(self, reference=reference, **about)

    monkeypatch.setattr(sending.gateways.Folder, "send", counted)
    made = several(partial(run, pilot))
    assert len(left) == len(set(left)) == 3
    assert len(mail.outbox) == 1
    assert Message.objects.count() == 5
    assert Letter.objects.count() == 1
    assert sum(one.sent for one in made if isinstance(one, reminding.Made)) >= 4
    states = set(Message.objects.values_list("by_way_of", "state"))
    assert states == {("sms", "sent"), ("email", "sent"), ("letter", "queued")}


def test_withdrawing_and_a_run_at_once_leave_no_message_after_the_withdrawal(
    pilot: Pilot, cast: Cast
):
    person = closed(pilot, cast).person
    at_once(
        partial(run, pilot),
        partial(
            withdraw,
            person=person,
            pilot=pilot,
            purpose=Purpose.STUDY,
            by=cast.by("sanne"),
            at=noon(FIRST_ON),
        ),
    )
    # Whichever came first: what was made before it went or was dropped, and nothing
    # is left to go.
    assert not Message.objects.filter(state=Message.State.QUEUED).exists()
    assert run(pilot) == reminding.Made()


def test_a_failed_one_that_two_people_let_go_again_leaves_once(
    pilot: Pilot, cast: Cast, folder: Path
):
    message = Message.objects.create(
        person=closed(pilot, cast).person,
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
    again = partial(
        reminding.send_again, message=message, by=cast.by("greet"), at=noon(FIRST_ON)
    )
    results = several(again)
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert message.attempts == 1
    assert len(refusals(results)) == len(results) - 1
