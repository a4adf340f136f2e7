"""On one's own telephone: link and code travel apart, the code works once, and who
made the link reads nothing by it."""

import re
from base64 import b64decode
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.questionnaires.conftest import AT, Desk
from tests.questionnaires.cut_off import CutOff
from tests.questionnaires.devices import PIN, Device, signed_in
from tests.questionnaires.printed import words_of
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.contact.models import WrongLink
from trede.documents.typesetting import qr_code
from trede.people.erasing import erase_person
from trede.questionnaires import own_device, sittings
from trede.questionnaires.answers import Given, give_answers
from trede.questionnaires.models import Handover, OwnDevice, Sitting

ANSWERED = "Weer gaan zingen in het koor"
MADE = "made a link for one's own telephone"


@pytest.fixture
def made(desk: Desk, sitting: Sitting) -> own_device.Made:
    return own_device.make(sitting=sitting, by=desk.cast.by("sanne"), at=timezone.now())


@pytest.fixture
def telephone(sitting: Sitting, made: own_device.Made) -> Device:
    """The person's, on which the code was typed and the questions begun."""
    device = Device(Client(), sitting)
    device.base = type_code(device.client, made).headers["Location"]
    device.begin()
    return device


def door_of(made: own_device.Made) -> str:
    return f"/vragenlijst/telefoon/{made.token}/"


def type_code(client: Client, made: own_device.Made, code: str = "") -> HttpResponse:
    return client.post(door_of(made), {"code": code or made.code})


def wrong(code: str) -> str:
    """Another code of six digits."""
    return f"{(int(code) + 1) % 10**6:06d}"


def told(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def staff_page(sitting: Sitting) -> str:
    return f"/vragenlijst/zitting/{sitting.pk}/eigen-telefoon/"


# Making the link ---------------------------------------------------------------------


def test_the_coach_sees_link_and_code_once(desk: Desk, sitting: Sitting):
    coach = signed_in(desk)
    page = coach.post(staff_page(sitting))
    made = page.context["made"]
    assert re.fullmatch(r"\d{6}", made.code)
    assert door_of(made) in page.content.decode()
    assert f"{made.code[:3]} {made.code[3:]}" in page.content.decode()
    for address in (staff_page(sitting), f"/vragenlijst/zitting/{sitting.pk}/"):
        later = coach.get(address).content.decode()
        assert made.token not in later
        assert made.code[:3] + " " not in later
    assert Line.objects.filter(action=MADE).count() == 1


def test_neither_link_nor_code_can_be_read_in_the_database(made: own_device.Made):
    kept = OwnDevice.objects.get()
    assert made.token not in (kept.token_digest, kept.code_hash)
    assert made.code not in kept.code_hash


def test_a_coordinator_makes_one_too_and_others_do_not(desk: Desk, sitting: Sitting):
    assert signed_in(desk, "greet").post(staff_page(sitting)).status_code == 200
    assert signed_in(desk, "willem").post(staff_page(sitting)).status_code == 404
    assert signed_in(desk, "noor").post(staff_page(sitting)).status_code == 404
    assert signed_in(desk, "ilse").post(staff_page(sitting)).status_code == 403
    assert OwnDevice.objects.count() == 1


def test_looking_at_the_page_makes_nothing(desk: Desk, sitting: Sitting):
    assert "Link en code maken" in told(signed_in(desk).get(staff_page(sitting)))
    assert not OwnDevice.objects.exists()


def test_of_a_questionnaire_that_is_over_no_link_is_made(desk: Desk, sitting: Sitting):
    sittings.finish(sitting=sitting, by=desk.by_person, at=AT)
    with pytest.raises(Refused, match="over"):
        own_device.make(sitting=sitting, by=desk.cast.by("sanne"), at=AT)


def test_the_letter_has_the_link_and_never_the_code(desk: Desk, sitting: Sitting):
    coach = signed_in(desk)
    made = coach.post(staff_page(sitting)).context["made"]
    letter = coach.post(staff_page(sitting) + "brief/", {"token": made.token})
    assert letter.headers["Content-Type"] == "application/pdf"
    words = words_of(letter.content)
    assert made.token in words.replace("\n", "").replace(" ", "")
    assert made.code not in words.replace(" ", "")
    assert "De vragen op uw eigen telefoon" in words


def test_nor_is_a_letter_made_of_somebody_elses_link(desk: Desk, sitting: Sitting):
    for token in ("", "made-up"):
        letter = signed_in(desk).post(staff_page(sitting) + "brief/", {"token": token})
        assert letter.status_code == 302


# Opening it --------------------------------------------------------------------------


def test_link_and_code_open_the_questions(telephone: Device, sitting: Sitting):
    assert telephone.get("vraag/sex/").status_code == 200
    sitting.refresh_from_db()
    assert sitting.mode == Sitting.Mode.OWN_DEVICE
    assert sitting.state == Sitting.State.HANDED_OVER
    line = Line.objects.get(action="opened the questions on one's own telephone")
    assert line.actor == f"person:{sitting.person_id}"


def test_the_link_alone_opens_nothing(made: own_device.Made, sitting: Sitting):
    page = Client().get(door_of(made))
    assert page.status_code == 200
    assert "Uw code" in told(page)
    assert sitting.person.surname not in page.content.decode()
    assert Client().get(f"/vragenlijst/{made.token}/").status_code == 404


@pytest.mark.parametrize("written", ["{0} {1}", " {0}{1} ", "{0}-{1}"])
def test_the_code_may_be_typed_with_spaces(made: own_device.Made, written: str):
    code = written.format(made.code[:3], made.code[3:])
    assert type_code(Client(), made, code).status_code == 302


def test_and_in_the_digits_of_ones_own_script(made: own_device.Made):
    arabic = made.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert type_code(Client(), made, arabic).status_code == 302


def test_a_wrong_code_opens_nothing_and_is_in_the_trail(made: own_device.Made):
    answer = type_code(Client(), made, wrong(made.code))
    assert "nog 4 keer" in told(answer)
    assert not Handover.objects.exists()
    line = Line.objects.get(action="typed a wrong code")
    assert (line.kind, line.purpose) == ("door", "signing in")


def test_after_five_wrong_codes_even_the_right_one_does_not_work(
    made: own_device.Made,
):
    for _time in range(5):
        answer = type_code(Client(), made, wrong(made.code))
    assert "Vraag om een nieuwe link" in told(answer)
    assert type_code(Client(), made).status_code == 200
    assert not Handover.objects.exists()


@pytest.mark.parametrize("code", ["", "abc", "1" * 21, "½½½½½½"])
def test_what_is_no_code_is_not_taken(made: own_device.Made, code: str):
    answer = Client().post(door_of(made), {"code": code})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_the_code_works_once(telephone: Device, made: own_device.Made):
    answer = type_code(Client(), made)
    assert "op een andere telefoon geopend" in told(answer)
    assert Handover.objects.count() == 1


def test_the_link_does_not_last_longer_than_two_weeks(made: own_device.Made):
    with time_machine.travel(timezone.now() + timedelta(days=14)):
        assert "te oud" in told(type_code(Client(), made))


def test_nor_does_the_telephone_on_which_it_was_opened(telephone: Device):
    with time_machine.travel(timezone.now() + timedelta(days=13), tick=False):
        assert telephone.get("vraag/sex/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
        assert telephone.get("vraag/sex/").status_code == 404


@pytest.mark.django_db
def test_a_link_that_is_none_leads_nowhere_and_many_are_turned_away():
    for _time in range(20):
        assert Client().get("/vragenlijst/telefoon/made-up/").status_code == 410
    assert WrongLink.objects.count() == 20
    assert Client().get("/vragenlijst/telefoon/made-up/").status_code == 429


def test_a_new_link_ends_the_one_before(
    desk: Desk, sitting: Sitting, telephone: Device, made: own_device.Made
):
    newer = own_device.make(
        sitting=sitting, by=desk.cast.by("sanne"), at=timezone.now()
    )
    assert telephone.get("vraag/sex/").status_code == 404
    assert "gestopt" in told(Client().get(door_of(made)))
    assert type_code(Client(), newer).status_code == 302


def test_the_coach_ends_it_and_what_was_answered_stays(
    desk: Desk, sitting: Sitting, telephone: Device
):
    telephone.answer("sex", value="other")
    signed_in(desk).post(staff_page(sitting) + "beeindigen/")
    assert telephone.get("vraag/sex/").status_code == 404
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.STOPPED
    assert sitting.answers.filter(question="sex", value="other").exists()


def test_handing_over_the_coachs_device_ends_the_link(
    desk: Desk, sitting: Sitting, telephone: Device
):
    tablet = Device(signed_in(desk), sitting)
    tablet.hand_over()
    assert telephone.get("vraag/sex/").status_code == 404
    sitting.refresh_from_db()
    assert sitting.mode == Sitting.Mode.ALONE


def test_withdrawing_consent_closes_it(
    desk: Desk, telephone: Device, made: own_device.Made
):
    desk.consent(given=False, at=timezone.now())
    assert telephone.get("vraag/sex/").status_code == 404
    assert "U hoeft niets te doen" in told(Client().get(door_of(made)))


# Stopping and going on ---------------------------------------------------------------


def test_the_same_link_opens_again_on_the_same_telephone_at_the_same_question(
    telephone: Device, made: own_device.Made
):
    telephone.answer("sex", value="other")
    stopped = telephone.client.post(
        telephone.base + "vraag/hopes/", {"go": "stop"}, follow=True
    )
    assert "Open dan dezelfde link weer" in told(stopped)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        again = telephone.client.get(door_of(made))
        assert again.headers["Location"] == telephone.base
        assert telephone.begin().endswith("vraag/hopes/")


def test_what_was_answered_on_this_telephone_is_shown_again(telephone: Device):
    telephone.answer("sex", value="woman")
    telephone.post("vraag/hopes/", go="stop")
    telephone.begin()
    assert "Vrouw" in telephone.get("nakijken/").content.decode()


def test_a_stop_that_is_sent_once_more_does_not_stop_who_went_on(
    telephone: Device, sitting: Sitting
):
    """The reply was lost: the telephone cannot know that all of it arrived."""
    away = CutOff(telephone)
    away.keep("hopes", stops=True)
    states = []
    for _time in range(2):
        away.send()
        sitting.refresh_from_db()
        states.append(sitting.state)
        telephone.begin()
    assert states == [Sitting.State.STOPPED, Sitting.State.HANDED_OVER]


def test_there_is_nothing_for_the_coach_on_it(telephone: Device):
    for page in ("", "vraag/sex/", "nakijken/"):
        assert "coach/" not in telephone.get(page).content.decode()
    assert telephone.get("coach/").headers["Location"] == telephone.base
    assert telephone.post("coach/", pin=PIN).status_code == 302
    assert "_auth_user_id" not in telephone.client.session


def test_after_the_end_the_link_says_thanks_and_opens_nothing(
    telephone: Device, made: own_device.Made, sitting: Sitting
):
    telephone.answer("hopes", value=ANSWERED)
    telephone.to_the_end()
    telephone.post("klaar/")
    sitting.refresh_from_db()
    assert sitting.state == Sitting.State.FINISHED
    assert "U hoeft niets te doen" in told(Client().get(door_of(made)))
    again = telephone.client.get(door_of(made), follow=True)
    assert "Dank" in told(again) and ANSWERED not in told(again)
    assert telephone.get("nakijken/").status_code == 302


@pytest.mark.parametrize(
    ("said", "kept"), [("family", "family"), ("", ""), ("made-up", "")]
)
def test_the_person_says_who_helped_or_leaves_it_open(
    telephone: Device, sitting: Sitting, said: str, kept: str
):
    telephone.to_the_end()
    assert 'name="helped_by"' in telephone.get("nakijken/").content.decode()
    telephone.post("klaar/", helped_by=said)
    sitting.refresh_from_db()
    assert (sitting.state, sitting.helped_by) == ("finished", kept)


# The wall between answers and coach --------------------------------------------------


def test_a_coach_who_makes_a_link_for_himself_reads_nothing(
    desk: Desk, sitting: Sitting, telephone: Device
):
    telephone.answer("hopes", value=ANSWERED)
    telephone.answer("sex", value="other")
    newer = own_device.make(
        sitting=sitting, by=desk.cast.by("sanne"), at=timezone.now()
    )
    own = Device(Client(), sitting)
    own.base = type_code(own.client, newer).headers["Location"]
    own.begin()
    for page in ("vraag/hopes/", "vraag/sex/", "nakijken/", ""):
        shown = own.get(page).content.decode()
        assert ANSWERED not in shown, page
        assert not re.search(r"<input[^>]* checked", shown), page


def test_the_address_alone_opens_nothing_on_another_telephone(telephone: Device):
    assert Client().get(telephone.base + "vraag/sex/").status_code == 404


def test_the_pages_of_the_coach_tell_only_that_it_was_opened(
    desk: Desk, sitting: Sitting, telephone: Device
):
    telephone.answer("hopes", value=ANSWERED)
    coach = signed_in(desk)
    for address in (staff_page(sitting), f"/vragenlijst/zitting/{sitting.pk}/"):
        shown = coach.get(address).content.decode()
        assert ANSWERED not in shown
        assert telephone.base not in shown


def test_erasing_a_person_takes_the_links_along(desk: Desk, telephone: Device):
    erase_person(
        person=desk.person,
        reason="asked",
        by=desk.cast.by("fatima"),
        at=timezone.now(),
    )
    assert not OwnDevice.objects.exists()
    assert telephone.get().status_code == 404


def test_the_answer_that_was_typed_in_elsewhere_cannot_be_guessed_here(
    desk: Desk, telephone: Device
):
    """The right guess would otherwise be the one that is not shown afterwards."""
    give_answers(
        sitting=telephone.sitting,
        answers={"sex": Given(value="woman")},
        by=desk.cast.by("ilse"),
        at=timezone.now(),
    )
    shown = []
    for value in ("woman", "other"):
        telephone.answer("sex", value=value)
        shown.append("checked" in telephone.get("vraag/sex/").content.decode())
    assert shown == [True, True]


def test_a_coach_who_opens_the_link_is_signed_out_on_that_device(
    desk: Desk, sitting: Sitting, made: own_device.Made
):
    coach = signed_in(desk)
    assert type_code(coach, made, wrong(made.code)).status_code == 200
    assert coach.get(staff_page(sitting)).status_code == 200
    assert type_code(coach, made).status_code == 302
    assert coach.get(staff_page(sitting)).status_code == 302
    assert Line.objects.filter(action="signed out").exists()


def test_the_picture_on_the_coachs_page_says_the_address(desk: Desk, sitting: Sitting):
    page = signed_in(desk).post(staff_page(sitting))
    drawn = re.search(r'"data:image/svg\+xml;base64,([^"]+)"', page.content.decode())
    assert drawn
    address = "http://testserver" + door_of(page.context["made"])
    assert b64decode(drawn[1]).decode() == qr_code(address)
