"""A coach is away: somebody stands in, and at the return everything comes back."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, employ
from tests.people.making import make_person
from tests.trajectories.making import AFTER, DAY, make_trajectory
from tests.trajectories.test_ladder import said
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.contact.appointments import plan
from trede.people.models import Person
from trede.people.responsibility import coach_of
from trede.trajectories.absence import (
    Arrangement,
    arrange,
    away,
    come_back,
    note_absence,
    stands_in_for,
)
from trede.trajectories.falling_due import falling_due
from trede.trajectories.handing_over import Passing, hand_over, in_care_of, running_of
from trede.trajectories.ladder import assess
from trede.trajectories.models import Absence, HandOver, Trajectory
from trede.trajectories.pausing import pause

BACKEND = "django.contrib.auth.backends.ModelBackend"
AWAY = AFTER + 10 * DAY
BACK = AFTER + 40 * DAY


def is_away(cast: Cast, who: str = "sanne", until=None, **more) -> Absence:
    return note_absence(
        staff=getattr(cast, who),
        from_on=AWAY.date(),
        until_on=until,
        by=cast.by(more.get("by", "greet")),
        at=AWAY,
    )


def stand_in(
    cast: Cast,
    absence: Absence,
    *people: Person,
    to: Staff | None = None,
    for_good: bool = False,
    at: datetime = AWAY,
) -> int:
    given = [
        Arrangement(Passing(one, to or cast.willem, "Belt graag."), for_good)
        for one in people
    ]
    return arrange(absence=absence, arrangements=given, by=cast.by("greet"), at=at)


def back(cast: Cast, absence: Absence) -> int:
    return come_back(absence=absence, by=cast.by("sanne"), at=BACK)


def test_who_stands_in_is_the_coach_until_the_return(cast, trajectory):
    absence = is_away(cast)
    stand_in(cast, absence, trajectory.person)
    assert coach_of(trajectory.person) == cast.willem
    assert stands_in_for(trajectory.person) == cast.sanne
    assert back(cast, absence) == 1
    assert coach_of(trajectory.person) == cast.sanne
    assert stands_in_for(trajectory.person) is None
    names = [(one.giver.name, one.receiver.name) for one in HandOver.objects.all()]
    assert names == [("Sanne", "Willem"), ("Willem", "Sanne")]


def test_appointments_go_along_and_come_back(cast, trajectory):
    coming = plan(
        person=trajectory.person,
        pilot=trajectory.pilot,
        staff=cast.sanne,
        starts_at=BACK + DAY,
        location="walk",
        about="Hoe gaat het",
        by=cast.by("sanne"),
        at=AFTER,
    )
    absence = is_away(cast)
    stand_in(cast, absence, trajectory.person)
    coming.refresh_from_db()
    assert coming.staff == cast.willem
    back(cast, absence)
    coming.refresh_from_db()
    assert coming.staff == cast.sanne


def test_what_was_given_for_good_stays_and_who_was_not_named_never_went(cast, pilot):
    good, cover, stays = (make_trajectory(cast, pilot).person for _each in range(3))
    absence = is_away(cast)
    stand_in(cast, absence, good, for_good=True)
    stand_in(cast, absence, cover)
    assert coach_of(stays) == cast.sanne
    assert back(cast, absence) == 1
    assert [coach_of(one) for one in (good, cover)] == [cast.willem, cast.sanne]


def test_who_went_back_by_hand_may_have_a_stand_in_again(cast, trajectory):
    absence = is_away(cast)
    stand_in(cast, absence, trajectory.person)
    hand_over(
        trajectory=trajectory,
        receiver=cast.sanne,
        on=AWAY.date(),
        reason="match",
        note="",
        by=cast.by("greet"),
        at=AWAY,
    )
    stand_in(cast, absence, trajectory.person, at=AWAY + 2 * DAY)
    assert coach_of(trajectory.person) == cast.willem
    assert absence.covers.filter(ended_on=None).count() == 1
    assert back(cast, absence) == 1


def test_somebody_handed_on_for_good_meanwhile_does_not_come_back(cast, trajectory):
    joost = employ(cast.here, "joost", Role.COACH)
    absence = is_away(cast)
    stand_in(cast, absence, trajectory.person)
    hand_over(
        trajectory=trajectory,
        receiver=joost,
        on=AWAY.date(),
        reason="match",
        note="",
        by=cast.by("greet"),
        at=AWAY,
    )
    assert stands_in_for(trajectory.person) is None
    assert back(cast, absence) == 0
    assert coach_of(trajectory.person) == joost


def test_the_stand_in_of_a_stand_in_gives_back_too(cast, trajectory):
    joost = employ(cast.here, "joost", Role.COACH)
    first, second = is_away(cast), is_away(cast, "willem")
    stand_in(cast, first, trajectory.person)
    stand_in(cast, second, trajectory.person, to=joost)
    assert stands_in_for(trajectory.person) == cast.willem
    assert back(cast, first) == 1
    assert coach_of(trajectory.person) == cast.sanne
    assert back(cast, second) == 0
    assert coach_of(trajectory.person) == cast.sanne


def test_who_only_waits_is_covered_too(cast):
    waits = make_person(cast, "Amina Wacht", cast.sanne)
    absence = is_away(cast)
    stand_in(cast, absence, waits)
    assert coach_of(waits) == cast.willem
    back(cast, absence)
    assert coach_of(waits) == cast.sanne


def test_one_absence_at_a_time_which_gets_other_days(cast):
    one = is_away(cast)
    other = is_away(cast, until=AWAY.date() + 7 * DAY)
    assert one.pk == other.pk
    assert list(away(AWAY.date())) == [other]
    assert not away(AWAY.date() - DAY).exists()
    assert not away(AWAY.date() + 8 * DAY).exists()


@pytest.mark.parametrize("day", ["30-12-9999", "01-01-2206"])
def test_an_absence_in_another_age_is_refused_on_the_form(cast, day):
    client = Client()
    client.force_login(cast.greet, BACKEND)
    page = reverse("trajectories:note_absence", args=[cast.sanne.pk])
    shown = client.post(page, {"from_on": day}, follow=True)
    assert "Plan hoogstens een jaar vooruit." in shown.text
    assert not Absence.objects.exists()


def test_days_that_run_backwards_and_a_second_return_are_refused(cast):
    with pytest.raises(Refused, match="a year ahead"):
        is_away(cast, until=date.max)
    with pytest.raises(Refused, match="after the first"):
        is_away(cast, until=AWAY.date() - DAY)
    absence = is_away(cast)
    back(cast, absence)
    with pytest.raises(Refused, match="back already"):
        back(cast, absence)


def test_nobody_is_arranged_for_who_has_another_coach(cast, trajectory):
    absence = is_away(cast, "willem")
    name = trajectory.person.full_name
    with pytest.raises(Refused, match=f"{name}: Has another coach by now"):
        stand_in(cast, absence, trajectory.person)
    assert coach_of(trajectory.person) == cast.sanne


def test_the_end_of_the_months_in_the_absence_is_named(cast, trajectory):
    ends = AFTER.date().replace(month=12)
    short = is_away(cast, until=ends - DAY)
    assert ends_in(short) == []
    long = is_away(cast, until=ends)
    assert ends_in(long) == [ends]


def ends_in(absence: Absence) -> list[date]:
    people = running_of(*in_care_of(absence.staff))
    found = falling_due(absence, people, AWAY.date())
    return [one.on for one in found if "months are over" in str(one.what)]


def ladders_in(absence: Absence) -> list[date]:
    people = running_of(*in_care_of(absence.staff))
    found = falling_due(absence, people, AWAY.date())
    return [one.on for one in found if "ladder" in str(one.what)]


def test_the_ladder_that_falls_due_in_the_absence_is_named(cast, trajectory):
    absence = is_away(cast, until=AWAY.date() + 20 * DAY)
    assert ladders_in(absence) == [AWAY.date()]  # never determined: due at once
    note_tread(cast, trajectory, AFTER.date() - 100 * DAY)
    note_tread(cast, trajectory, AFTER.date())
    assert ladders_in(absence) == []
    half_a_year = AFTER.date().replace(month=12)
    longer = is_away(cast, until=half_a_year)
    assert ladders_in(longer) == [half_a_year]


def test_no_ladder_falls_due_while_the_clock_stands_still(cast, trajectory):
    absence = is_away(cast, until=AWAY.date() + 20 * DAY)
    pause(
        trajectory=trajectory,
        from_on=AFTER.date(),
        until_on=None,
        reason="family",
        by=cast.by("sanne"),
        at=AFTER,
    )
    assert ladders_in(absence) == []


def note_tread(cast: Cast, trajectory: Trajectory, on: date) -> None:
    assess(
        trajectory=trajectory,
        answers=said(contact_weekly=True),
        reference_on=on,
        by=cast.by("sanne"),
        at=AFTER,
    )


def as_(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, BACKEND)
    return client


@pytest.fixture
def mine(cast, pilot) -> Trajectory:
    return make_trajectory(cast, pilot, at=timezone.now() - timedelta(days=40))


def noted(client: Client, staff: Staff) -> Absence:
    page = reverse("trajectories:note_absence", args=[staff.pk])
    on = timezone.localdate().isoformat()
    client.post(page, {"from_on": on, "until_on": ""})
    return Absence.objects.get(staff=staff)


@pytest.mark.parametrize("who", ["sanne", "greet"])
def test_the_coach_or_the_coordinator_arranges_all_with_one_choice(cast, mine, who):
    client = as_(getattr(cast, who))
    page = reverse("trajectories:absence", args=[noted(client, cast.sanne).pk])
    choice = {"everybody": "spread", "how": "cover"}
    look = client.post(page, {**choice, "go": "look"}).text
    assert coach_of(mine.person) == cast.sanne
    seen = look.split('name="seen" value="')[1].split('"')[0]
    client.post(page, {**choice, "go": "now", "seen": seen})
    assert stands_in_for(mine.person) == cast.sanne
    client.post(reverse("trajectories:come_back", args=[Absence.objects.get().pk]))
    assert coach_of(mine.person) == cast.sanne


def test_whoever_stays_or_goes_for_good_is_an_exception(cast, mine, pilot):
    stays = make_trajectory(cast, pilot, at=timezone.now() - timedelta(days=40)).person
    client = as_(cast.greet)
    page = reverse("trajectories:absence", args=[noted(client, cast.sanne).pk])
    choice = {
        "everybody": "spread",
        "how": "cover",
        f"receiver_{stays.pk}": "nobody",
        f"how_{mine.person.pk}": "good",
    }
    look = client.post(page, {**choice, "go": "look"}).text
    seen = look.split('name="seen" value="')[1].split('"')[0]
    client.post(page, {**choice, "go": "now", "seen": seen})
    assert [coach_of(one) for one in (mine.person, stays)] == [cast.willem, cast.sanne]
    assert stands_in_for(mine.person) is None


def test_who_is_away_cannot_be_chosen_to_take_over(cast, mine):
    greet = as_(cast.greet)
    noted(greet, cast.willem)
    page = greet.get(reverse("trajectories:hand_over_all", args=[cast.sanne.pk]))
    assert "Iedereen naar Willem" not in page.text


def test_a_colleague_notes_nothing_about_another(cast, mine):
    page = reverse("trajectories:note_absence", args=[cast.sanne.pk])
    assert as_(cast.willem).get(page).status_code == 404
    absence = is_away(cast)
    shown = as_(cast.willem).get(reverse("trajectories:absence", args=[absence.pk]))
    assert shown.status_code == 404


@pytest.mark.parametrize(("offers", "most"), [("absence", 15), ("hand_over_all", 14)])
def test_what_offers_colleagues_asks_no_more_for_more_people_and_colleagues(
    cast, mine, pilot, offers, most
):
    greet = as_(cast.greet)
    number = noted(greet, cast.sanne).pk if offers == "absence" else cast.sanne.pk
    page = reverse(f"trajectories:{offers}", args=[number])
    make_trajectory(cast, pilot, coach=cast.willem)
    greet.get(page)  # what is read once, whoever looks
    asked, colleagues = [], 1
    for wanted in (3, 12):
        for n in range(colleagues, wanted):
            one = employ(cast.here, f"coach-{n}", Role.COACH)
            make_trajectory(cast, pilot, coach=one, at=timezone.now() - 40 * DAY)
        make_trajectory(cast, pilot, at=timezone.now() - 40 * DAY)
        colleagues = wanted
        with CaptureQueriesContext(connection) as queries:
            shown = greet.get(page)
        assert f"Coach-{wanted - 1}" in shown.text
        asked.append(len(queries))
    assert asked[1] == asked[0] <= most


@pytest.mark.parametrize("who", ["rik", "ilse", "bas", "fatima", "aad"])
def test_who_guides_nobody_reads_in_a_sentence_that_this_is_not_for_them(
    cast, mine, who
):
    absence, client = is_away(cast), as_(getattr(cast, who))
    note = reverse("trajectories:note_absence", args=[cast.sanne.pk])
    arrange = reverse("trajectories:absence", args=[absence.pk])
    for page in (note, arrange):
        shown = client.get(page)
        assert shown.status_code == 403
        assert "Deze pagina hoort niet bij uw rol" in shown.text
        for name in (cast.sanne.name, mine.person.surname):
            assert name not in shown.text
    back = reverse("trajectories:come_back", args=[absence.pk])
    assert client.post(back).status_code == 403
    assert Absence.objects.get().returned_on is None
