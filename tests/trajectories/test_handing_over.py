"""A hand-over loses nothing: the coach, the appointments, the note, both names."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY, make_trajectory
from trede.accounts.refusing import Refused
from trede.contact.appointments import cancel, plan
from trede.people.models import Person
from trede.people.responsibility import coach_of
from trede.trajectories.handing_over import hand_over
from trede.trajectories.models import Trajectory

LATER = AFTER + 10 * DAY


def give(cast: Cast, trajectory: Trajectory, receiver=None, by="sanne", **more):
    return hand_over(
        trajectory=trajectory,
        receiver=receiver or cast.willem,
        on=more.pop("on", LATER.date()),
        reason=more.pop("reason", "absent"),
        note=more.pop("note", "Belt liever na de middag."),
        by=cast.by(by),
        at=LATER,
        **more,
    )


def meet(cast: Cast, trajectory: Trajectory, days: int):
    return plan(
        person=trajectory.person,
        pilot=trajectory.pilot,
        staff=cast.sanne,
        starts_at=LATER + timedelta(days=days),
        location="walk",
        about="Hoe gaat het",
        by=cast.by("sanne"),
        at=AFTER,
    )


def test_the_receiver_is_responsible_and_both_names_stay(cast, trajectory):
    handed = give(cast, trajectory)
    assert coach_of(trajectory.person) == cast.willem
    assert (handed.giver, handed.receiver) == (cast.sanne, cast.willem)
    assert handed.note == "Belt liever na de middag."
    history = [
        (each.staff, each.started_on, each.ended_on)
        for each in trajectory.person.responsibilities.order_by("started_on")
    ]
    assert history == [
        (cast.sanne, AFTER.date(), LATER.date()),
        (cast.willem, LATER.date(), None),
    ]


def test_what_was_agreed_goes_along_and_what_is_past_does_not(cast, trajectory):
    past, off, coming = (meet(cast, trajectory, days) for days in (-5, 3, 4))
    cancel(appointment=off, by=cast.by("sanne"), at=AFTER)
    give(cast, trajectory)
    for each in (past, off, coming):
        each.refresh_from_db()
    assert [each.staff for each in (past, off, coming)] == [
        cast.sanne,
        cast.sanne,
        cast.willem,
    ]


def test_the_giver_does_not_see_the_person_any_more(cast, trajectory):
    give(cast, trajectory)
    people = Person.objects.filter(pk=trajectory.person_id)
    assert not people.own_of(cast.sanne).exists()
    assert people.own_of(cast.willem).exists()


def test_a_second_click_is_told_so(cast, trajectory):
    give(cast, trajectory)
    with pytest.raises(Refused, match="coach already"):
        give(cast, trajectory)
    assert trajectory.hand_overs.count() == 1


def test_it_can_come_back(cast, trajectory):
    give(cast, trajectory)
    give(cast, trajectory, cast.sanne, by="greet")
    assert [(h.giver, h.receiver) for h in trajectory.hand_overs.all()] == [
        (cast.sanne, cast.willem),
        (cast.willem, cast.sanne),
    ]


def test_only_to_a_coach_of_this_town(cast, trajectory):
    for nobody in (cast.greet, cast.noor):
        with pytest.raises(Refused, match="coach"):
            give(cast, trajectory, nobody)
    assert coach_of(trajectory.person) == cast.sanne


def test_not_on_a_day_before_the_start_or_to_come(cast, trajectory):
    with pytest.raises(Refused, match="started on"):
        give(cast, trajectory, on=AFTER.date() - DAY)
    with pytest.raises(Refused, match="not come yet"):
        give(cast, trajectory, on=LATER.date() + DAY)


def test_a_coach_who_is_full_gets_nobody_without_the_coordinator(cast, pilot):
    for _each in range(15):
        make_trajectory(cast, pilot, coach=cast.willem)
    one_more = make_trajectory(cast, pilot)
    with pytest.raises(Refused, match="guides 15 of 15"):
        give(cast, one_more)
    give(cast, one_more, by="greet", limit_reason="Sanne is long absent.")
    assert coach_of(one_more.person) == cast.willem


def test_a_closed_trajectory_is_not_handed_over(cast, trajectory):
    Trajectory.objects.update(closed_on=AFTER.date())
    with pytest.raises(Refused, match="closed on"):
        give(cast, trajectory)
