"""The calendar of a coach: when and where, never who."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot
from tests.inflow.reaching_out import browser
from trede.accounts.models import Staff
from trede.contact.appointments import cancel, move, plan, reinstate
from trede.contact.calendar_feed import _escaped, _folded, make_address
from trede.contact.links import WRONG_AT_MOST
from trede.contact.models import Appointment


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def agreed(cast: Cast) -> Appointment:
    return plan(
        person=a_person(cast, "Safi", coach="sanne"),
        pilot=a_pilot(cast),
        staff=cast.sanne,
        starts_at=AT + timedelta(days=1),
        location="Bij mevrouw Safi, Havenweg 12",
        about="Safi belt over haar plan",
        by=cast.by("sanne"),
        at=AT,
    )


def address(cast: Cast) -> str:
    token = make_address(staff=cast.sanne, by=cast.by("sanne"), at=AT)
    return f"/contact/agenda/{token}.ics"


def test_a_calendar_holds_time_and_place_and_nobody(cast, agreed):
    answer = Client().get(address(cast))
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "DTSTART:20200211T090000Z\r\nDTEND:20200211T100000Z\r\n" in text
    assert "STATUS:CONFIRMED" in text
    assert "Safi" not in text
    assert "Havenweg" not in text
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")


def test_what_is_off_is_cancelled_under_the_same_name_and_comes_back(cast, agreed):
    url, by = address(cast), {"by": cast.by("sanne"), "at": AT}

    def event() -> list[str]:
        lines = Client().get(url).content.decode().splitlines()
        return [one for one in lines if one[:3] in ("UID", "SEQ", "STA")]

    uid, sequence, status = event()
    cancel(appointment=agreed, **by)
    assert event() == [uid, "SEQUENCE:1", "STATUS:CANCELLED"]
    reinstate(appointment=agreed, **by)
    assert event() == [uid, "SEQUENCE:2", status]
    assert sequence == "SEQUENCE:0"


def test_what_is_moved_keeps_its_name_with_a_higher_number(cast, agreed):
    url, by = address(cast), {"by": cast.by("sanne"), "at": AT}

    def events() -> list[list[str]]:
        lines = Client().get(url).content.decode().splitlines()
        told = [one for one in lines if one[:3] in ("UID", "SEQ", "STA", "DTS")]
        wanted = [one for one in told if not one.startswith("DTSTAMP")]
        return [wanted[n : n + 4] for n in range(0, len(wanted), 4)]

    [(uid, _first, _start, stands)] = events()
    new = move(appointment=agreed, starts_at=AT + timedelta(days=2), **by)
    assert events() == [[uid, "SEQUENCE:2", "DTSTART:20200212T090000Z", stands]]
    last = move(appointment=new, starts_at=AT + timedelta(days=3), **by)
    assert events() == [[uid, "SEQUENCE:4", "DTSTART:20200213T090000Z", stands]]
    cancel(appointment=last, **by)
    assert events()[0][1::2] == ["SEQUENCE:5", "STATUS:CANCELLED"]


def test_what_a_colleague_does_now_leaves_the_calendar(cast, agreed):
    url, by = address(cast), {"by": cast.by("sanne"), "at": AT}
    new = move(appointment=agreed, starts_at=AT + timedelta(days=2), **by)
    Appointment.objects.filter(pk=new.pk).update(staff=cast.willem)
    assert b"STATUS:CANCELLED" in Client().get(url).content


def test_what_did_not_change_is_not_sent_again(cast, agreed):
    url = address(cast)
    first = Client().get(url)
    again = Client().get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    cancel(appointment=agreed, by=cast.by("sanne"), at=AT)
    assert Client().get(url, headers={"If-None-Match": first["ETag"]}).content


def test_nobody_else_is_in_it(cast, agreed):
    token = make_address(staff=cast.willem, by=cast.by("willem"), at=AT)
    assert b"VEVENT" not in Client().get(f"/contact/agenda/{token}.ics").content


def test_a_new_address_and_leaving_the_job_end_the_old_one(cast):
    cast.sign_in_with_a_password()
    old = address(cast)
    page = browser(cast.sanne).post("/contact/agenda/adres/").content.decode()
    assert Client().get(old).status_code == 404
    new = page.partition('value="http://testserver')[2].partition('"')[0]
    assert Client().get(new).status_code == 200
    Staff.objects.filter(pk=cast.sanne.pk).update(is_active=False, ended_at=AT)
    assert Client().get(new).status_code == 404


def test_ending_the_address_ends_it(cast):
    cast.sign_in_with_a_password()
    url = address(cast)
    browser(cast.sanne).post("/contact/agenda/geen-adres/")
    assert Client().get(url).status_code == 404


def test_guessing_is_turned_away_and_the_right_address_opens_all_the_same(cast):
    url = address(cast)
    for n in range(WRONG_AT_MOST):
        assert Client().get(f"/contact/agenda/wrong-{n}.ics").status_code == 404
    assert Client().get("/contact/agenda/once-more.ics").status_code == 429
    assert Client().get(url).status_code == 200


@drawn(st.text(min_size=1, max_size=300))
def test_a_folded_line_fits_and_unfolds_to_itself(text):
    line = "SUMMARY:" + _escaped(text).replace("\r", "")
    folded = _folded(line)
    assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == line


def test_signs_that_mean_something_are_escaped():
    assert _escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"


def own_page(cast: Cast, staff: Staff) -> str:
    cast.sign_in_with_a_password()
    return browser(staff).get("/contact/agenda/").content.decode()


def test_the_coach_reads_by_name_who_comes_in_four_weeks(cast, agreed):
    page = own_page(cast, cast.sanne)
    assert "Safi belt over haar plan" in page
    assert f"/contact/afspraak/{agreed.pk}/verzetten/" in page
    late = AT + timedelta(weeks=4)
    Appointment.objects.filter(pk=agreed.pk).update(starts_at=late)
    assert "Safi belt" not in own_page(cast, cast.sanne)


def test_a_colleague_reads_nobody_on_their_own_page(cast, agreed):
    assert "Safi" not in own_page(cast, cast.willem)
