"""Closing: once, with a reason of the pilot; the evaluation belongs to the talk."""

import pytest

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY, make_trajectory
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.inflow.models import Stage
from trede.people.responsibility import coach_of
from trede.questionnaires.models import Sitting
from trede.trajectories.caseload import guided_by
from trede.trajectories.closing import close, open_evaluation, reason_of
from trede.trajectories.models import Closing, Trajectory
from trede.trajectories.pausing import pause

LATER = AFTER + 30 * DAY
LAST = LATER.date()


def end(cast: Cast, trajectory: Trajectory, reason="placed", on=LAST, by="sanne"):
    return close(
        trajectory=trajectory,
        on=on,
        reason=reason,
        note="Vrijwilliger bij de kookgroep.",
        by=cast.by(by),
        at=LATER,
    )


def evaluate(cast: Cast, trajectory: Trajectory, at=LATER, **more: bool):
    return open_evaluation(
        trajectory=trajectory,
        mode=Sitting.Mode.ALONE,
        language="nl",
        location="community_centre",
        by=cast.by("sanne"),
        at=at,
        **more,
    )


def test_closing_ends_the_exemption_and_moves_the_stage(cast, trajectory):
    end(cast, trajectory)
    now = Trajectory.objects.get(pk=trajectory.pk)
    assert (now.closed_on, now.candidate.stage) == (LAST, Stage.CLOSED)
    assert [(n.kind, n.on) for n in now.notices.all()] == [
        ("begins", AFTER.date()),
        ("ends", LAST),
    ]
    assert now.candidate.transitions.last().reason == "placed"


def test_the_coach_stays_the_one_to_call_and_has_room_again(cast, trajectory):
    end(cast, trajectory)
    assert coach_of(trajectory.person) == cast.sanne
    assert not guided_by(cast.sanne, LAST + DAY).exists()


@pytest.mark.parametrize(
    ("reason", "counts_as"),
    [("placed", "completed"), ("no_contact", "dropout"), ("ineligible", "ineligible")],
)
def test_each_reason_says_how_it_counts(cast, trajectory, reason, counts_as):
    found = reason_of(end(cast, trajectory, reason))
    assert found and found.counts_as == counts_as


def test_closing_twice_is_refused_and_says_when(cast, trajectory):
    end(cast, trajectory)
    with pytest.raises(Refused, match="closed on 14-07-2021"):
        end(cast, trajectory, by="willem")
    assert Closing.objects.count() == 1
    assert Line.objects.filter(action="closed a trajectory").count() == 1


def test_days_and_reasons_that_cannot_be_are_refused(cast, trajectory):
    with pytest.raises(Refused, match="started on"):
        end(cast, trajectory, on=AFTER.date() - DAY)
    with pytest.raises(Refused, match="not come yet"):
        end(cast, trajectory, on=LAST + DAY)
    with pytest.raises(Refused, match="reasons of this pilot"):
        end(cast, trajectory, reason="fired")


def test_an_open_pause_ends_with_the_trajectory(cast, trajectory):
    made = pause(
        trajectory=trajectory,
        from_on=AFTER.date() + DAY,
        until_on=None,
        reason="family",
        by=cast.by("sanne"),
        at=AFTER,
    )
    with pytest.raises(Refused, match="pause begins after"):
        end(cast, trajectory, on=AFTER.date())
    end(cast, trajectory)
    made.refresh_from_db()
    assert made.until_on == LAST


def test_the_evaluation_hangs_from_the_closing_whichever_comes_first(cast, pilot):
    before, after = make_trajectory(cast, pilot), make_trajectory(cast, pilot)
    sitting = evaluate(cast, before)
    assert end(cast, before).sitting == sitting
    end(cast, after)
    sitting = evaluate(cast, after)
    assert Closing.objects.get(trajectory=after).sitting == sitting
    assert sitting.wave == "T1"


def test_the_evaluation_of_a_closing_is_the_one_that_was_asked_anew(cast, trajectory):
    end(cast, trajectory)
    first = evaluate(cast, trajectory)
    assert Closing.objects.get().sitting == first
    again = evaluate(cast, trajectory, renewed=True)
    assert again != first
    assert Closing.objects.get().sitting == again


def test_a_second_click_gives_the_same_evaluation(cast, trajectory):
    assert evaluate(cast, trajectory) == evaluate(cast, trajectory)
    assert Sitting.objects.count() == 1


def test_without_consent_to_the_study_there_is_no_evaluation(cast, pilot):
    trajectory = make_trajectory(cast, pilot, study=False)
    with pytest.raises(Refused):
        evaluate(cast, trajectory)
    assert end(cast, trajectory).sitting is None
