"""Letters for who does not answer: made in a round, printed, noted as sent by tick."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.cast import AT, Cast
from tests.contact.making import a_pilot
from tests.inflow.reaching_out import a_candidate, browser
from trede.audit.models import Line
from trede.contact.letter_texts import WORDINGS, OneText
from trede.contact.letter_writing import Written, keep
from trede.contact.models import ContactMoment, Letter
from trede.inflow.inviting import make_invitation
from trede.inflow.models import Candidate, Stage
from trede.inflow.resting import let_rest, wake
from trede.pilots.models import Pilot

ROUND = "/instroom/uitnodigingen/"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    pilot = a_pilot(cast)
    cast.sign_in_with_a_password()
    return pilot


@pytest.fixture
def sanne(cast: Cast) -> Client:
    return browser(cast.sanne)


def without_number(cast: Cast, pilot: Pilot, surname: str, **more: str) -> Candidate:
    """A letter is due at once."""
    return a_candidate(cast, pilot, surname, telephone="", **more)


def make(client: Client) -> str:
    return str(client.post(f"{ROUND}maken/", follow=True).content.decode())


def send(client: Client, *letters: Letter, on: str = "2020-02-10") -> str:
    given = {"letter": [str(one.pk) for one in letters], "on": on}
    answer = client.post(f"{ROUND}verstuurd/", given, follow=True)
    return str(answer.content.decode())


def test_a_round_is_made_printed_and_sent(cast, pilot, sanne):
    without_number(cast, pilot, "Noori")
    without_number(cast, pilot, "Warsame")
    assert "Voor 2 mensen" in sanne.get(ROUND).content.decode()
    assert "2 brieven" in make(sanne)
    letters = list(Letter.objects.order_by("pk"))
    printed = sanne.get(f"{ROUND}afdrukken/")
    assert printed.content.startswith(b"%PDF")
    assert "één brief" in send(sanne, letters[0])
    left = [one.pk for one in Letter.objects.filter(sent_on=None)]
    assert left == [letters[1].pk]
    moment = ContactMoment.objects.get()
    assert (moment.channel, moment.outcome) == ("letter", "sent")


def test_making_and_sending_twice_is_once(cast, pilot, sanne):
    without_number(cast, pilot, "Noori")
    for _twice in range(2):
        make(sanne)
    letter = Letter.objects.get()
    for _twice in range(2):
        send(sanne, letter)
    assert ContactMoment.objects.count() == 1


def test_who_has_no_address_is_named_and_the_others_get_their_letter(
    cast, pilot, sanne
):
    without_number(cast, pilot, "Noori")
    without_number(cast, pilot, "Warsame", street="")
    page = make(sanne)
    assert "Warsame" in page
    assert "geen volledig adres" in page
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("", "Vul de dag in"),
        ("gisteren", "Vul de dag in"),
        (f"{AT + timedelta(days=1):%Y-%m-%d}", "die al geweest is"),
    ],
)
def test_a_day_that_cannot_be_sends_nothing(on, says, cast, pilot, sanne):
    without_number(cast, pilot, "Noori")
    make(sanne)
    page = send(sanne, Letter.objects.get(), on=on)
    assert says in page
    assert not ContactMoment.objects.exists()


def test_a_letter_for_who_is_left_in_peace_waits_and_the_others_go(cast, pilot, sanne):
    """It was made before; as soon as they may be written to, it lies ready again."""
    tired = without_number(cast, pilot, "Noori")
    without_number(cast, pilot, "Yildiz")
    make(sanne)
    by = cast.by("sanne")
    until = AT.date() + timedelta(days=30)
    let_rest(candidate=tired, until=until, reason="health", by=by, at=AT)
    page = sanne.get(ROUND).content.decode()
    assert "Yildiz" in page
    assert "Noori" not in page
    send(sanne, *Letter.objects.all())
    assert [one.person.surname for one in ContactMoment.objects.all()] == ["Yildiz"]
    wake(candidate=tired, by=by, at=AT)
    assert "Noori" in sanne.get(ROUND).content.decode()


def test_nothing_ticked_says_what_to_do(cast, pilot, sanne):
    without_number(cast, pilot, "Noori")
    make(sanne)
    assert "Vink de brieven aan" in send(sanne)


def test_printing_when_nothing_lies_ready_says_so(pilot, sanne):
    page = sanne.get(f"{ROUND}afdrukken/", follow=True).content.decode()
    assert "Er is geen brief om af te drukken" in page


def test_one_letter_from_the_line_of_one_person(cast, pilot, sanne):
    candidate = a_candidate(cast, pilot)
    sanne.post(f"/instroom/kandidaat/{candidate.pk}/brief/")
    assert "Safi" in sanne.get(ROUND).content.decode()
    other = a_candidate(cast, pilot, "Weg", stage=Stage.DECLINED)
    sanne.post(f"/instroom/kandidaat/{other.pk}/brief/")
    assert Letter.objects.count() == 1


def test_a_coach_makes_and_sees_letters_for_own_people_only(cast, pilot, sanne):
    mine = without_number(cast, pilot, "Mijn", coach="sanne")
    theirs = without_number(cast, pilot, "Ander", coach="willem")
    make(sanne)
    assert [one.person_id for one in Letter.objects.all()] == [mine.person_id]
    make(browser(cast.willem))
    page = sanne.get(ROUND).content.decode()
    assert "Mijn" in page
    assert "Ander" not in page
    letter = Letter.objects.get(person=theirs.person)
    send(sanne, letter)
    letter.refresh_from_db()
    assert letter.sent_on is None
    assert sanne.get(f"/contact/brief/{letter.pk}/").status_code == 404
    address = f"/instroom/kandidaat/{theirs.pk}/brief/"
    assert sanne.post(address).status_code == 404


def test_the_coordinator_sees_all_and_a_stranger_nothing(cast, pilot):
    without_number(cast, pilot, "Mijn", coach="sanne")
    make(browser(cast.greet))
    letter = Letter.objects.get()
    assert browser(cast.noor).get(f"/contact/brief/{letter.pk}/").status_code == 404
    for name in ("rik", "ilse", "bas", "fatima", "aad"):
        client = browser(getattr(cast, name))
        assert client.get(ROUND).status_code == 403
        assert client.post(f"{ROUND}maken/").status_code == 403
        assert client.get(f"{ROUND}afdrukken/").status_code == 403


def test_looking_at_the_letters_is_one_line_with_everybody_on_it(cast, pilot, sanne):
    people = {
        without_number(cast, pilot, name).person_id for name in ("Noori", "Warsame")
    }
    make(sanne)
    sanne.get(ROUND)
    line = Line.objects.first()
    assert line is not None
    assert line.action == "looked at inflow:invitations"
    assert set(line.mentions.values_list("person_id", flat=True)) == people


def test_how_good_the_words_are_is_told_of_the_letter_that_this_is(cast, pilot, sanne):
    """The pilot changed a sentence of the second letter, and nobody translated it."""
    second = OneText(pilot, WORDINGS["invitation-2"], "nl")
    words = {**vars(second.now().dutch), "subject": "Zin in koffie?"}
    keep(text=second, written=Written(words), by=cast.by("greet"), at=AT)
    by = cast.by("sanne")
    again = without_number(cast, pilot, "Noori", language="ar")
    make(sanne)
    send(sanne, Letter.objects.get())
    without_number(cast, pilot, "Warsame", language="ar")
    make(sanne)
    make_invitation(candidate=again, by=by, at=AT, address=str)
    told = {
        one.person.surname: words for one, words in sanne.get(ROUND).context["ready"]
    }
    assert "door een machine vertaald" in told["Warsame"]
    assert "in het Nederlands" in told["Noori"]
