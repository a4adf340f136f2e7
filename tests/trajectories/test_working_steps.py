"""The common method: a list that reminds and never stops anybody."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY, make_pilot, make_trajectory
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.pilots.rules import WorkingStep
from trede.trajectories.closing import close
from trede.trajectories.models import Trajectory, WorkingStepNote
from trede.trajectories.working_steps import checklist, note_step, take_back

FIRST = AFTER.date()
WHY = "Spreekt al met de buurvrouw"
STEPS = (
    WorkingStep(code="goals", label="Doelen", weeks_after_start=4),
    WorkingStep(code="go_along", label="Samen gaan"),
)


def note(cast: Cast, trajectory: Trajectory, code="goals", kind="done", **more):
    return note_step(
        trajectory=trajectory,
        code=code,
        kind=kind,
        on=more.pop("on", FIRST),
        why=more.pop("why", ""),
        by=cast.by("sanne"),
        at=AFTER,
    )


def lines(trajectory: Trajectory):
    return checklist(trajectory, STEPS, trajectory.working_steps.standing())


def test_the_list_follows_the_file_and_says_about_when(trajectory):
    first, second = lines(trajectory).lines
    assert (first.code, first.about_on) == ("goals", date(2021, 7, 12))
    assert (second.about_on, second.mark) == (None, "wait")


def test_a_step_is_done_on_a_day_and_the_next_comes_first(cast, trajectory):
    note(cast, trajectory)
    shown = lines(trajectory)
    assert (shown.noted, shown.lines[0].mark) == (1, "done")
    assert shown.next == shown.lines[1]


def test_a_departure_needs_a_word_why(cast, trajectory):
    with pytest.raises(Refused, match="why it does not fit"):
        note(cast, trajectory, kind="not_fitting", why=" ")
    assert note(cast, trajectory, kind="not_fitting", why=WHY).why == WHY
    assert lines(trajectory).lines[0].mark == "none"


def test_when_all_was_noted_nothing_comes_next(cast, trajectory):
    note(cast, trajectory)
    note(cast, trajectory, "go_along", "not_fitting", why=WHY)
    assert lines(trajectory).next is None


def test_taking_back_opens_the_step_again_and_leaves_the_row(cast, trajectory):
    made = note(cast, trajectory)
    for _twice in range(2):
        take_back(note=made, by=cast.by("sanne"), at=AFTER)
    assert lines(trajectory).noted == 0
    assert WorkingStepNote.objects.get().reversed_at == AFTER
    assert Line.objects.filter(action="took back a working step").count() == 1
    note(cast, trajectory, kind="not_fitting", why=WHY)


def test_a_second_click_notes_once_and_another_word_asks_to_take_back(cast, trajectory):
    assert note(cast, trajectory) == note(cast, trajectory)
    with pytest.raises(Refused, match="Take that back first"):
        note(cast, trajectory, kind="not_fitting", why=WHY)


def test_a_step_that_the_file_dropped_stays_on_the_list(cast, trajectory):
    note(cast, trajectory, "closing_talk")
    assert [one.label for one in lines(trajectory).lines][-1] == "closing_talk"


def test_a_step_that_the_pilot_does_not_know_is_refused(cast, trajectory):
    with pytest.raises(Refused, match="does not have this working step"):
        note(cast, trajectory, "yoga")
    with pytest.raises(Refused, match="does not fit"):
        note(cast, trajectory, kind="late")


def test_days_before_the_start_or_to_come_are_refused(cast, trajectory):
    with pytest.raises(Refused, match="started on 14-06-2021"):
        note(cast, trajectory, on=FIRST - DAY)
    with pytest.raises(Refused, match="has not come yet"):
        note(cast, trajectory, on=FIRST + DAY)


def test_no_step_stands_in_the_way_of_closing_and_one_may_follow_it(cast, trajectory):
    close(
        trajectory=trajectory,
        on=FIRST,
        reason="placed",
        note="",
        by=cast.by("sanne"),
        at=AFTER,
    )
    assert note(cast, trajectory, "closing_talk").pk


# On screen


def as_(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_coach_notes_a_step_in_one_click_and_takes_it_back(cast: Cast):
    at = timezone.now() - timedelta(days=60)
    trajectory = make_trajectory(cast, make_pilot(cast), at=at)
    sanne, person = as_(cast.sanne), reverse("desk:person", args=[trajectory.person_id])
    assert "0 van 9 genoteerd" in sanne.get(person).content.decode()
    address = reverse("trajectories:working_step", args=[trajectory.pk, "goals"])
    sanne.post(address, {"kind": "done", "on": timezone.localdate().isoformat()})
    assert "1 van 9 genoteerd" in sanne.get(person).content.decode()
    made = WorkingStepNote.objects.get()
    back = reverse("trajectories:take_back_working_step", args=[made.pk])
    assert as_(cast.willem).post(back).status_code == 404
    sanne.post(back)
    assert "0 van 9 genoteerd" in sanne.get(person).content.decode()


def test_a_departure_without_a_reason_comes_back_with_a_sentence(cast: Cast):
    at = timezone.now() - timedelta(days=60)
    trajectory = make_trajectory(cast, make_pilot(cast), at=at)
    address = reverse("trajectories:working_step", args=[trajectory.pk, "goals"])
    answer = as_(cast.sanne).post(
        address, {"kind": "not_fitting", "on": timezone.localdate().isoformat()}
    )
    assert "Schrijf in een paar woorden" in answer.content.decode()
