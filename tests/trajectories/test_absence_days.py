"""An absence that was planned begins and ends by itself, and both coaches are told."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, employ
from tests.people.making import make_person
from tests.studies.waves import CLOSED_ON, CLOSES_ON, closed
from tests.trajectories.making import AFTER, DAY, make_candidate, make_trajectory
from trede.accounts.models import HeldRole, Role
from trede.contact.appointments import plan
from trede.contact.free_moments import free_moments
from trede.contact.models import Letter
from trede.desk.coach_day import coach_day
from trede.inflow.models import Stage
from trede.people.models import Person
from trede.people.responsibility import coach_of, make_responsible
from trede.pilots.models import Pilot
from trede.trajectories.absence import Arrangement, arrange, come_back, note_absence
from trede.trajectories.absence_days import days_away, overdue, take_effect
from trede.trajectories.closing import close
from trede.trajectories.falling_due import falling_due
from trede.trajectories.hand_over_letter import tell, untold
from trede.trajectories.handing_over import Passing, hand_over, in_care_of, running_of
from trede.trajectories.models import Absence, HandOver, PlannedCover

BACKEND = "django.contrib.auth.backends.ModelBackend"
FIRST, LAST = AFTER + 10 * DAY, AFTER + 20 * DAY


def planned(cast: Cast, *people: Person, for_good: bool = False, until=LAST) -> Absence:
    absence = note_absence(
        staff=cast.sanne,
        from_on=FIRST.date(),
        until_on=until and until.date(),
        by=cast.by("greet"),
        at=AFTER,
    )
    given = [
        Arrangement(Passing(one, cast.willem, "Belt."), for_good) for one in people
    ]
    arrange(absence=absence, arrangements=given, by=cast.by("greet"), at=AFTER)
    return absence


def day_comes(at: datetime) -> int:
    return take_effect(overdue(Absence.objects.all(), at.date()), at)


def test_nothing_happens_before_the_first_day(cast, trajectory):
    planned(cast, trajectory.person)
    assert day_comes(FIRST - DAY) == 0
    assert coach_of(trajectory.person) == cast.sanne


def test_on_the_first_day_it_begins_as_of_that_day_and_once(cast, trajectory):
    planned(cast, trajectory.person)
    assert day_comes(FIRST + 2 * DAY) == 1
    assert coach_of(trajectory.person) == cast.willem
    handed = HandOver.objects.get()
    assert (handed.on, handed.note) == (FIRST.date(), "Belt.")
    assert day_comes(FIRST + 2 * DAY) == 0


def test_after_the_last_day_everybody_is_back_as_of_the_day_after(cast, trajectory):
    absence = planned(cast, trajectory.person)
    day_comes(FIRST)
    assert day_comes(LAST) == 0
    assert day_comes(LAST + 5 * DAY) == 1
    absence.refresh_from_db()
    assert absence.returned_on == (LAST + DAY).date()
    assert coach_of(trajectory.person) == cast.sanne


def test_one_that_nobody_looked_at_begins_and_ends_at_once(cast, trajectory):
    planned(cast, trajectory.person)
    day_comes(LAST + 5 * DAY)
    assert coach_of(trajectory.person) == cast.sanne
    ways = HandOver.objects.order_by("pk").values_list("on", "reason")
    assert list(ways) == [
        (FIRST.date(), "absent"),
        ((LAST + DAY).date(), "back"),
    ]


def test_the_page_of_a_plan_says_plan_and_calls_it_off(cast, pilot):
    now = timezone.now()
    person = make_trajectory(cast, pilot, at=now - 40 * DAY).person
    absence = planned(cast, person, until=None)
    Absence.objects.update(from_on=timezone.localdate() + DAY)
    client = Client()
    client.force_login(cast.sanne, BACKEND)
    page = reverse("trajectories:absence", args=[absence.pk])
    shown = client.post(page, {"everybody": "spread", "how": "cover", "go": "look"})
    assert "Plan het zo" in shown.text and "Nu overdragen" not in shown.text
    assert "Deze afwezigheid gaat niet door" in shown.text
    client.post(reverse("trajectories:come_back", args=[absence.pk]))
    assert not absence.planned.exists()
    assert coach_of(person) == cast.sanne


def test_without_a_last_day_nobody_comes_back_by_themselves(cast, trajectory):
    planned(cast, trajectory.person, until=None)
    day_comes(FIRST)
    assert day_comes(FIRST + 300 * DAY) == 0
    assert coach_of(trajectory.person) == cast.willem


def test_what_is_planned_for_good_stays(cast, trajectory):
    planned(cast, trajectory.person, for_good=True)
    day_comes(LAST + DAY)
    assert coach_of(trajectory.person) == cast.willem


def test_a_new_plan_takes_the_place_of_the_one_before(cast, trajectory):
    absence = planned(cast, trajectory.person)
    arrange(absence=absence, arrangements=[], by=cast.by("greet"), at=AFTER)
    day_comes(FIRST)
    assert coach_of(trajectory.person) == cast.sanne


def test_who_is_back_before_it_began_hands_nobody_over(cast, trajectory):
    absence = planned(cast, trajectory.person)
    come_back(absence=absence, by=cast.by("greet"), at=AFTER)
    assert day_comes(FIRST) == 0
    assert coach_of(trajectory.person) == cast.sanne


def test_who_got_another_coach_meanwhile_stays_there_and_it_says_so(cast, pilot):
    joost = employ(cast.here, "joost", Role.COACH)
    gone, goes = (make_trajectory(cast, pilot) for _each in range(2))
    absence = planned(cast, gone.person, goes.person, until=None)
    hand_over(
        trajectory=gone,
        receiver=joost,
        on=AFTER.date(),
        reason="wish",
        note="",
        by=cast.by("greet"),
        at=AFTER,
    )
    day_comes(FIRST)
    assert [coach_of(one.person) for one in (gone, goes)] == [joost, cast.willem]
    client = Client()
    client.force_login(cast.greet, BACKEND)
    page = client.get(reverse("trajectories:absence", args=[absence.pk]))
    assert f"{gone.person.full_name}: Has another coach by now" in page.text
    kept = PlannedCover.objects.get(person=gone.person)
    assert gone.person.surname not in kept.why_not  # names are kept in the vault only


def test_who_went_after_all_is_no_longer_told_as_not_gone(cast, pilot):
    """A plan that could not be done is told until somebody took the person over."""
    one = make_trajectory(cast, pilot)
    absence = planned(cast, one.person, until=None)
    role = HeldRole.objects.filter(staff=cast.willem, role=Role.COACH)
    role.update(ended_at=FIRST)
    day_comes(FIRST)
    client = Client()
    client.force_login(cast.greet, BACKEND)
    page = reverse("trajectories:absence", args=[absence.pk])
    told = f"{one.person.full_name}: Willem is not a coach"
    assert told in client.get(page).text
    role.update(ended_at=None)
    goes = Arrangement(Passing(one.person, cast.willem), for_good=False)
    arrange(absence=absence, arrangements=[goes], by=cast.by("greet"), at=FIRST + DAY)
    assert coach_of(one.person) == cast.willem
    assert told not in client.get(page).text


def test_who_is_a_coach_no_more_gets_nobody_back_and_it_says_so(cast, trajectory):
    absence = planned(cast, trajectory.person)
    day_comes(FIRST)
    role = HeldRole.objects.filter(staff=cast.sanne, role=Role.COACH)
    role.update(ended_at=FIRST)
    assert day_comes(LAST + DAY) == 0
    assert coach_of(trajectory.person) == cast.willem
    client = Client()
    client.force_login(cast.greet, BACKEND)
    page = client.get(reverse("trajectories:absence", args=[absence.pk]))
    assert "Sanne is not a coach. Choose a coach." in page.text
    role.update(ended_at=None)
    assert day_comes(LAST + DAY) == 1
    assert coach_of(trajectory.person) == cast.sanne


def away(cast: Cast, who: str, pilot: Pilot, at: datetime) -> list[tuple]:
    found = coach_day(getattr(cast, who), pilot, at).away
    return [(one.own, one.state, one.people) for one in found]


def test_both_coaches_hear_of_it_before_during_and_after(cast, pilot, trajectory):
    planned(cast, trajectory.person)
    for at, state in ((AFTER, "coming"), (FIRST, "now"), (LAST + DAY, "back")):
        day_comes(at)
        assert away(cast, "sanne", pilot, at) == [(True, state, 1)]
        assert away(cast, "willem", pilot, at) == [(False, state, 1)]
    assert away(cast, "willem", pilot, LAST + 30 * DAY) == []


@pytest.mark.parametrize("who", ["willem", "greet"])
def test_who_opens_the_first_page_of_the_day_finds_it_done(cast, pilot, who):
    now = timezone.now()
    person = make_trajectory(cast, pilot, at=now - 40 * DAY).person
    absence = planned(cast, person)
    Absence.objects.filter(pk=absence.pk).update(
        from_on=timezone.localdate(), until_on=timezone.localdate() + 3 * DAY
    )
    client = Client()
    client.force_login(getattr(cast, who), BACKEND)
    shown = client.get("/").text
    assert coach_of(person) == cast.willem
    assert ("U vangt 1 persoon op." in shown) is (who == "willem")


def test_a_new_absence_does_not_take_the_place_of_one_that_is_over(cast, pilot):
    now = timezone.now()
    person = make_trajectory(cast, pilot, at=now - 40 * DAY).person
    planned(cast, person)
    today = timezone.localdate()
    Absence.objects.update(from_on=today - 9 * DAY, until_on=today - 2 * DAY)
    client = Client()
    client.force_login(cast.greet, BACKEND)
    page = reverse("trajectories:note_absence", args=[cast.sanne.pk])
    client.post(page, {"from_on": f"{today + 30 * DAY:%d-%m-%Y}"})
    assert coach_of(person) == cast.sanne
    days = Absence.objects.order_by("pk").values_list("from_on", "returned_on")
    assert list(days) == [
        (today - 9 * DAY, today - DAY),
        (today + 30 * DAY, None),
    ]


def test_no_moment_is_offered_on_a_day_on_which_the_coach_is_away(cast, trajectory):
    now = timezone.now()
    meeting = plan(
        person=trajectory.person,
        pilot=trajectory.pilot,
        staff=cast.sanne,
        starts_at=now + 10 * DAY,
        location="walk",
        about="Wandelen",
        by=cast.by("sanne"),
        at=now,
    )
    before = {timezone.localdate(one) for one in free_moments(meeting, now)}
    gone_on = min(before)
    note_absence(
        staff=cast.sanne,
        from_on=gone_on,
        until_on=gone_on,
        by=cast.by("sanne"),
        at=now,
    )
    offered = {timezone.localdate(one) for one in free_moments(meeting, now)}
    assert gone_on not in offered and offered
    assert days_away(cast.willem, gone_on, gone_on) == set()


def test_a_measurement_that_ends_meanwhile_falls_due(cast, pilot):
    candidate = closed(pilot, cast)
    make_responsible(
        person=candidate.person,
        staff=cast.sanne,
        on=CLOSED_ON,
        reason="",
        by=cast.by("greet"),
        at=AFTER,
    )
    absence = Absence(
        staff=cast.sanne,
        from_on=CLOSES_ON - timedelta(days=5),
        until_on=CLOSES_ON,
    )
    care = running_of(*in_care_of(cast.sanne))
    found = falling_due(absence, care, CLOSED_ON + DAY)
    assert [(one.on, one.person) for one in found] == [(CLOSES_ON, candidate.person)]
    assert "Evalua" in str(found[0].what)
    absence.until_on = CLOSES_ON - DAY
    assert falling_due(absence, care, CLOSED_ON + DAY) == []


def letters(cast: Cast) -> set[Person]:
    on = (FIRST + DAY).date()
    found = tell(
        untold(cast.sanne, FIRST.date(), on), by=cast.by("greet"), at=FIRST + DAY
    )
    return {one.person for one in found}


def test_who_waits_and_who_is_in_after_care_get_the_letter_too(cast, pilot):
    by = cast.by("sanne")
    waits = make_candidate(cast, pilot, stage=Stage.WAITING).person
    rests = make_candidate(cast, pilot, stage=Stage.RESTING).person
    for one in (waits, rests):
        make_responsible(
            person=one, staff=cast.sanne, on=AFTER.date(), reason="", by=by, at=AFTER
        )
    done, left = (make_trajectory(cast, pilot) for _each in range(2))
    for one, reason in ((done, "placed"), (left, "no_contact")):
        close(trajectory=one, on=AFTER.date(), reason=reason, note="", by=by, at=AFTER)
    unknown = make_person(cast, "Amina Onbekend", cast.sanne)
    planned(cast, waits, rests, done.person, left.person, unknown)
    day_comes(FIRST)
    assert letters(cast) == {waits, done.person}
    assert letters(cast) == set()
    first = Letter.objects.get(person=waits)
    assert "Sanne is er een tijd niet." in first.content
