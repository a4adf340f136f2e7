"""A closing or a goal that was a mistake: a reversal is added, nothing is deleted."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY, make_trajectory
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.inflow import intake
from trede.inflow.models import Stage
from trede.questionnaires.models import Sitting
from trede.trajectories import exemption
from trede.trajectories.closing import close, open_evaluation, take_back
from trede.trajectories.leaving import leave_trajectory
from trede.trajectories.models import Closing, Goal, Leaving, Trajectory
from trede.trajectories.pausing import pause
from trede.trajectories.planning import (
    add_step,
    end_goal,
    reopen_goal,
    set_goal,
    take_back_goal,
)

LATER = AFTER + 30 * DAY
LAST = LATER.date()
BACKEND = "django.contrib.auth.backends.ModelBackend"


def end(cast: Cast, trajectory: Trajectory, at=LATER, reason="placed") -> Closing:
    return close(
        trajectory=trajectory,
        on=timezone.localdate(at),
        reason=reason,
        note="",
        by=cast.by("sanne"),
        at=at,
    )


def undo(cast: Cast, trajectory: Trajectory, reason="Verkeerde persoon.") -> Closing:
    return take_back(
        trajectory=trajectory, reason=reason, by=cast.by("sanne"), at=LATER + DAY
    )


def test_a_closing_taken_back_leaves_everything_as_it_was(cast, trajectory):
    stopped = pause(
        trajectory=trajectory,
        from_on=LAST - DAY,
        until_on=None,
        reason="family",
        by=cast.by("sanne"),
        at=LATER - DAY,
    )
    end(cast, trajectory)
    undo(cast, trajectory)
    now = Trajectory.objects.get(pk=trajectory.pk)
    stopped.refresh_from_db()
    assert (now.closed_on, now.candidate.stage) == (None, Stage.STARTED)
    assert stopped.until_on is None


def test_the_closing_and_who_took_it_back_and_why_stay(cast, trajectory):
    end(cast, trajectory)
    undo(cast, trajectory)
    kept = Closing.objects.get()
    assert (kept.reversed_by, kept.reversed_at) == (cast.sanne, LATER + DAY)
    assert kept.reversed_reason == "Verkeerde persoon."
    steps = trajectory.candidate.transitions.order_by("pk")
    assert [step.stage for step in steps][-2:] == [Stage.CLOSED, Stage.STARTED]


def test_the_client_manager_hears_that_the_exemption_goes_on_and_no_more(
    cast, trajectory
):
    end(cast, trajectory)
    undo(cast, trajectory)
    notice = trajectory.notices.last()
    assert (notice.kind, notice.on) == ("continues", LAST)
    assert "has not ended" in exemption.in_words(notice)


def test_after_that_it_can_be_closed_again_for_good(cast, trajectory):
    end(cast, trajectory)
    undo(cast, trajectory)
    end(cast, trajectory, at=LATER + 5 * DAY, reason="moved")
    assert [one.reason for one in Closing.objects.standing()] == ["moved"]
    kinds = [notice.kind for notice in trajectory.notices.all()]
    assert kinds == ["begins", "ends", "continues", "ends"]


def test_the_evaluation_goes_along_to_the_next_closing(cast, trajectory):
    sitting = open_evaluation(
        trajectory=trajectory,
        mode=Sitting.Mode.ALONE,
        language="nl",
        location="",
        by=cast.by("sanne"),
        at=LATER,
    )
    end(cast, trajectory)
    undo(cast, trajectory)
    assert end(cast, trajectory, at=LATER + 5 * DAY).sitting == sitting


def test_taking_back_twice_is_once(cast, trajectory):
    end(cast, trajectory)
    undo(cast, trajectory)
    undo(cast, trajectory)
    assert Line.objects.filter(action="took back a closing").count() == 1


def test_without_a_reason_or_a_closing_nothing_is_taken_back(cast, trajectory):
    with pytest.raises(Refused, match="never closed"):
        undo(cast, trajectory)
    end(cast, trajectory)
    with pytest.raises(Refused, match="Write why"):
        undo(cast, trajectory, reason="  ")
    assert Trajectory.objects.get().closed_on == LAST


def test_who_went_on_since_keeps_the_closing(cast, trajectory):
    end(cast, trajectory)
    intake.begin(
        candidate=trajectory.candidate,
        coach=cast.sanne,
        location="",
        by=cast.by("sanne"),
        at=LATER + DAY / 2,
    )
    with pytest.raises(Refused, match="gone on since"):
        undo(cast, trajectory)


def test_what_a_person_decided_alone_is_not_taken_back_by_staff(cast, trajectory):
    closing = end(cast, trajectory)
    Closing.objects.filter(pk=closing.pk).update(recorded_by=None)
    with pytest.raises(Refused, match="by themselves"):
        undo(cast, trajectory)


def test_a_leaving_that_staff_noted_by_mistake_goes_back_with_it(cast, trajectory):
    leave_trajectory(
        person=trajectory.person,
        pilot=trajectory.pilot,
        by=cast.by("sanne"),
        at=LATER,
    )
    undo(cast, trajectory)
    assert not Leaving.objects.standing().exists()
    assert Leaving.objects.count() == 1
    leave_trajectory(
        person=trajectory.person,
        pilot=trajectory.pilot,
        by=cast.by("sanne"),
        at=LATER + 2 * DAY,
    )
    assert Leaving.objects.standing().count() == 1


def a_goal(cast: Cast, trajectory: Trajectory) -> Goal:
    by = cast.by("sanne")
    goal = set_goal(trajectory=trajectory, words="Nederlands", by=by, at=AFTER)
    add_step(goal=goal, words="Bellen", together=True, planned_on=None, by=by, at=AFTER)
    return goal


def test_a_goal_set_by_mistake_does_not_count_and_stays(cast, trajectory):
    goal = a_goal(cast, trajectory)
    for _twice in range(2):
        take_back_goal(goal=goal, by=cast.by("sanne"), at=LATER)
    assert not trajectory.goals.kept().exists()
    assert trajectory.goals.count() == 1
    with pytest.raises(Refused, match="taken back"):
        a_step = {"words": "x", "together": False, "planned_on": None}
        add_step(goal=goal, **a_step, by=cast.by("sanne"), at=LATER)


def test_a_goal_ended_by_mistake_stands_again_with_its_steps(cast, trajectory):
    goal = a_goal(cast, trajectory)
    end_goal(goal=goal, reached=True, by=cast.by("sanne"), at=LATER)
    again = reopen_goal(goal=goal, by=cast.by("sanne"), at=LATER)
    assert reopen_goal(goal=goal, by=cast.by("sanne"), at=LATER) == again
    assert [one.words for one in again.steps.all()] == ["Bellen"]
    assert list(trajectory.goals.standing()) == [again]
    assert Goal.objects.get(pk=goal.pk).reached is True


def as_(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name), BACKEND)
    return client


def url(name: str, number: int) -> str:
    return reverse(f"trajectories:{name}", args=[number])


@pytest.fixture
def closed(cast, pilot) -> Trajectory:
    at = timezone.now() - timedelta(days=40)
    made = make_trajectory(cast, pilot, at=at)
    end(cast, made, at=timezone.now() - timedelta(days=1))
    return made


def test_the_page_takes_a_closing_back_with_a_reason(cast, closed):
    sanne, address = as_(cast, "sanne"), url("take_back_closing", closed.pk)
    assert f'href="{address}"' in sanne.get(url("trajectory", closed.pk)).text
    sanne.post(address, {"reason": ""})
    assert Trajectory.objects.get().closed_on
    page = sanne.post(address, {"reason": "Verkeerd geklikt"}, follow=True).text
    assert "Verkeerd geklikt" in page
    assert Trajectory.objects.get().closed_on is None


@pytest.mark.parametrize(("who", "status"), [("willem", 404), ("ilse", 403)])
def test_nobody_else_takes_it_back(cast, closed, who, status):
    answer = as_(cast, who).post(
        url("take_back_closing", closed.pk), {"reason": "Omdat"}
    )
    assert answer.status_code == status
    assert Trajectory.objects.get().closed_on


def test_the_buttons_of_a_goal_undo_what_was_just_done(cast, pilot):
    made = make_trajectory(cast, pilot, at=timezone.now() - timedelta(days=9))
    sanne = as_(cast, "sanne")
    page = sanne.post(url("set_goal", made.pk), {"words": "Werken"}, follow=True).text
    goal = made.goals.get()
    assert f'action="{url("take_back_goal", goal.pk)}"' in page
    sanne.post(url("end_goal", goal.pk), {"reached": "yes"})
    sanne.post(url("reopen_goal", goal.pk))
    newer = made.goals.standing().get()
    sanne.post(url("take_back_goal", newer.pk))
    assert "Werken" not in sanne.get(url("trajectory", made.pk)).text
