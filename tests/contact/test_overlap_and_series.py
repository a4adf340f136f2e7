"""Appointments that fall together are told, and a series is many of one's own."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot
from tests.inflow.reaching_out import browser
from trede.accounts.refusing import Refused
from trede.contact.appointments import Meeting, book_interpreter, cancel, move, plan
from trede.contact.models import Appointment
from trede.contact.repeating import Every, Repeat, call_off_rest, plan_series

SOON = AT + timedelta(days=2)


@pytest.fixture
def given(cast: Cast) -> dict[str, object]:
    return {
        "person": a_person(cast, coach="sanne"),
        "pilot": a_pilot(cast),
        "staff": cast.sanne,
        "by": cast.by("sanne"),
        "at": AT,
    }


WHAT = {"location": "De Haven", "about": "Praten"}


def test_a_coach_cannot_be_in_two_places_unless_she_says_so(cast, given):
    plan(starts_at=SOON, **WHAT, **given)
    other = given | {"person": a_person(cast, "Demir", coach="sanne")}
    half = SOON + timedelta(minutes=30)
    with pytest.raises(Refused, match=r"Sanne .*12-02-2020, 10\.00–11\.00"):
        plan(starts_at=half, **WHAT, **other)
    assert plan(starts_at=half, overlap_ok=True, **WHAT, **other).state == "planned"


def test_the_person_meets_a_colleague_then(cast, given):
    plan(starts_at=SOON, **WHAT, **given)
    with pytest.raises(Refused, match="Sanne") as refusal:
        plan(starts_at=SOON, **WHAT, **(given | {"staff": cast.willem}))
    assert refusal.value.field == "overlap_ok"


def test_one_after_the_other_is_no_overlap_and_what_is_off_is_in_nobodys_way(
    cast, given
):
    first = plan(starts_at=SOON, minutes=30, **WHAT, **given)
    plan(starts_at=SOON + timedelta(minutes=30), **WHAT, **given)
    cancel(appointment=first, by=cast.by("sanne"), at=AT)
    plan(starts_at=SOON - timedelta(minutes=20), minutes=45, **WHAT, **given)


def test_moving_a_little_is_not_in_ones_own_way(cast, given):
    appointment = plan(starts_at=SOON, **WHAT, **given)
    later = SOON + timedelta(minutes=15)
    new = move(appointment=appointment, starts_at=later, by=cast.by("sanne"), at=AT)
    assert new.starts_at == later


def test_an_interpreter_is_booked_for_one_time_only(cast, given):
    by = {"by": cast.by("sanne"), "at": AT}
    appointment = plan(starts_at=SOON, interpreter="Tigrinya", **WHAT, **given)
    assert appointment.interpreter_booked_at is None
    book_interpreter(appointment=appointment, booked=True, **by)
    appointment.refresh_from_db()
    assert appointment.interpreter_booked_at == AT
    new = move(appointment=appointment, starts_at=SOON + timedelta(days=1), **by)
    assert (new.interpreter, new.interpreter_booked_at) == ("Tigrinya", None)


def test_nobody_is_booked_where_no_interpreter_is_needed(cast, given):
    appointment = plan(starts_at=SOON, **WHAT, **given)
    with pytest.raises(Refused):
        book_interpreter(
            appointment=appointment, booked=True, by=cast.by("sanne"), at=AT
        )


def series(given: dict[str, object], until: date, every: Every = Every.WEEK):
    first = Meeting(starts_at=SOON, **WHAT)
    return plan_series(first=first, repeat=Repeat(every, until), **given)


def test_a_series_keeps_its_hour_when_the_clock_changes(given):
    planned = series(given, date(2020, 4, 8))
    hours = {timezone.localtime(one.starts_at).hour for one in planned}
    assert (len(planned), hours) == (9, {10})


def test_a_series_leaves_public_holidays_out(given):
    monday = {**given}
    first = Meeting(starts_at=AT + timedelta(days=7), **WHAT)
    repeat = Repeat(Every.WEEK, date(2020, 4, 20))
    days = [
        timezone.localdate(one.starts_at)
        for one in plan_series(first=first, repeat=repeat, **monday)
    ]
    assert date(2020, 4, 13) not in days  # Easter Monday
    assert date(2020, 4, 20) in days


@pytest.mark.parametrize(
    ("first", "days"),
    [
        (date(2020, 2, 12), ["2020-02-12", "2020-03-11", "2020-04-08", "2020-05-13"]),
        # The fifth Saturday, and then the last; no Saturday is a holiday here.
        (date(2020, 2, 29), ["2020-02-29", "2020-03-28", "2020-04-25", "2020-05-30"]),
    ],
)
def test_every_month_is_on_the_same_weekday_of_it(given, first, days):
    begin = timezone.make_aware(datetime.combine(first, time(10)))
    repeat = Repeat(Every.MONTH, date(2020, 6, 1))
    planned = plan_series(
        first=Meeting(starts_at=begin, **WHAT), repeat=repeat, **given
    )
    found = [timezone.localtime(one.starts_at) for one in planned]
    assert [f"{one:%Y-%m-%d}" for one in found] == days
    assert {one.hour for one in found} == {10}


def test_a_double_click_plans_one_series(given):
    assert series(given, date(2020, 3, 25)) == series(given, date(2020, 3, 25))
    assert Appointment.objects.count() == 7


def test_one_of_a_series_moves_alone_and_the_rest_is_off_in_one_go(cast, given):
    planned = series(given, date(2020, 3, 4))
    by = {"by": cast.by("sanne"), "at": AT}
    moved = move(
        appointment=planned[1], starts_at=planned[1].starts_at + timedelta(1), **by
    )
    cancel(appointment=planned[2], **by)
    assert call_off_rest(appointment=moved, **by) == 3
    assert not Appointment.objects.filter(state="planned").exists()
    assert call_off_rest(appointment=moved, **by) == 0


def test_a_series_is_refused_as_a_whole_when_one_is_in_the_way(cast, given):
    plan(starts_at=SOON + timedelta(days=14), **WHAT, **given)
    with pytest.raises(Refused, match="26-02-2020"):
        series(given, date(2020, 3, 4))
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("until", [date(2020, 2, 12), date(2023, 1, 1)])
def test_a_series_ends_after_it_begins_and_within_a_year(given, until):
    with pytest.raises(Refused) as refusal:
        series(given, until)
    assert refusal.value.field == "until"


def test_a_series_in_another_age_is_refused(given):
    last = SOON.replace(year=9999, month=12)
    weekly = Repeat(Every.WEEK, date(9999, 12, 31))
    first = Meeting(starts_at=last, location="De Haven", about="Praten")
    with pytest.raises(Refused, match="a year ahead") as refusal:
        plan_series(first=first, repeat=weekly, **given)
    assert refusal.value.field == "starts_on"


@drawn(st.integers(5, 480), st.integers(5, 480), st.integers(-500, 500))
def test_falling_together_is_the_same_either_way(one, other, apart):
    first = Meeting(SOON, "walk", "a", one)
    second = Meeting(SOON + timedelta(minutes=apart), "walk", "b", other)

    def together(a: Meeting, b: Meeting) -> bool:
        return a.starts_at < b.ends_at and b.starts_at < a.ends_at

    assert together(first, second) == together(second, first)


def test_on_the_screen_the_clash_is_told_and_can_be_overruled(cast, given):
    cast.sign_in_with_a_password()
    starts = timezone.now() + timedelta(days=3)
    plan(starts_at=starts, **WHAT, **(given | {"at": timezone.now()}))
    local = timezone.localtime(starts)
    typed = {
        "starts_on": local.date(),
        "starts_time": f"{local:%H:%M}",
        "minutes": 30,
        "location": "walk",
        "about": "Bellen",
        "occasion": "guidance",
        "staff": cast.sanne.pk,
    }
    other = a_person(cast, "Demir", coach="sanne")
    page, url = browser(cast.sanne), f"/contact/persoon/{other.pk}/afspraak/"
    answer = page.post(url, typed)
    assert f"{local:%H.%M}" in answer.content.decode()
    assert not other.appointments.exists()
    page.post(url, typed | {"overlap_ok": "on", "every": "week"})
    assert not other.appointments.exists()  # until when was not said
    until = local.date() + timedelta(days=15)
    answer = page.post(
        url, typed | {"overlap_ok": "on", "every": "week", "until": until}, follow=True
    )
    assert other.appointments.count() >= 2
    shown = page.get(f"/contact/persoon/{other.pk}/").content.decode()
    assert shown.count("/verzetten/") == other.appointments.count()
    assert shown.count("/reeks-eraf/") == 1  # of a series, not of each of it
    page.post(f"/contact/afspraak/{other.appointments.first().pk}/reeks-eraf/")
    assert not other.appointments.filter(state="planned").exists()
    stranger = browser(cast.willem).post(
        f"/contact/afspraak/{other.appointments.first().pk}/reeks-eraf/"
    )
    assert stranger.status_code == 404
