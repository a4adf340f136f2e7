"""More time, with a reason: the clock follows, and the rest stays where it was."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY, TEXT, make_pilot, make_trajectory
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.trajectories.clock import clock
from trede.trajectories.closing import close
from trede.trajectories.extending import extend, months_alone, take_back
from trede.trajectories.models import ExemptionNotice, Extension, Trajectory
from trede.trajectories.pausing import pause
from trede.trajectories.planning import set_goal

WHY = "Ziek geweest, en net een plek gevonden"


def longer(cast: Cast, trajectory: Trajectory, months=2, who="greet", **more):
    return extend(
        trajectory=trajectory,
        months=months,
        reason=more.pop("reason", WHY),
        by=cast.by(who),
        at=more.pop("at", AFTER),
    )


def ends_on(trajectory: Trajectory) -> date | None:
    trajectory.refresh_from_db()
    return clock(trajectory, trajectory.pauses.standing(), AFTER.date()).ends_on


def let_coaches_extend(cast: Cast, pilot: Pilot, months: int) -> None:
    text = TEXT.replace('code = "nijmegen"', f'code = "{pilot.code}"', 1)
    text = text.replace(
        "trajectory_months = 6", f"trajectory_months = 6\nextension_months = {months}"
    )
    load_pilot(
        text=text,
        municipality=cast.here,
        reason="longer",
        by=cast.by("aad"),
        at=AFTER,
        in_force_from=date(2021, 1, 1),
    )


def test_the_end_moves_on_by_the_months_and_the_pauses_still_count(cast, trajectory):
    longer(cast, trajectory, 2)
    assert ends_on(trajectory) == date(2022, 2, 14)
    first = AFTER.date()
    pause(
        trajectory=trajectory,
        from_on=first,
        until_on=first + 9 * DAY,
        reason="family",
        by=cast.by("sanne"),
        at=AFTER,
    )
    assert ends_on(trajectory) == date(2022, 2, 24)


def test_taking_back_gives_the_old_end_again_and_leaves_the_row(cast, trajectory):
    made = longer(cast, trajectory)
    for _twice in range(2):
        take_back(extension=made, by=cast.by("sanne"), at=AFTER)
    assert ends_on(trajectory) == date(2021, 12, 14)
    assert Extension.objects.get().reversed_at == AFTER
    assert Line.objects.filter(action="took back an extension").count() == 1


def test_a_double_click_extends_once_and_another_reason_extends_again(cast, trajectory):
    assert longer(cast, trajectory, 1) == longer(cast, trajectory, 1)
    longer(cast, trajectory, 1, reason="De plek begint later")
    assert ends_on(trajectory) == date(2022, 2, 14)


def test_without_a_word_in_the_file_the_coordinator_has_to_agree(cast, trajectory):
    with pytest.raises(Refused, match="Ask the coordinator"):
        longer(cast, trajectory, 1, who="sanne")
    assert longer(cast, trajectory, 1, who="greet").recorded_by == cast.greet


def test_a_coach_goes_as_far_as_the_file_says_in_all(cast, pilot, trajectory):
    let_coaches_extend(cast, pilot, 3)
    longer(cast, trajectory, 2, who="sanne")
    trajectory = Trajectory.objects.get()
    assert months_alone(trajectory) == 1
    with pytest.raises(Refused, match="at most 1 month longer"):
        longer(cast, trajectory, 2, who="sanne", reason="Nog meer")
    longer(cast, trajectory, 1, who="sanne", reason="Nog een")
    assert ends_on(trajectory) == date(2022, 3, 14)


@pytest.mark.parametrize("months", [0, -1, 13])
def test_months_that_are_none_or_too_many_are_refused(cast, trajectory, months: int):
    with pytest.raises(Refused, match="from 1 to 12"):
        longer(cast, trajectory, months)


def test_a_reason_is_needed_and_not_a_story(cast, trajectory):
    with pytest.raises(Refused, match="why more time"):
        longer(cast, trajectory, reason="  ")
    with pytest.raises(Refused, match="too long"):
        longer(cast, trajectory, reason="x" * 301)


def test_a_closed_trajectory_is_not_extended(cast, trajectory):
    close(
        trajectory=trajectory,
        on=AFTER.date(),
        reason="placed",
        note="",
        by=cast.by("sanne"),
        at=AFTER,
    )
    with pytest.raises(Refused, match="closed on 14-06-2021"):
        longer(cast, trajectory)


def test_the_client_manager_gets_no_other_date(cast, trajectory):
    longer(cast, trajectory)
    assert [one.kind for one in ExemptionNotice.objects.all()] == ["begins"]


def test_the_reason_stands_encrypted_and_leaves_no_trace_in_the_trail(cast, trajectory):
    longer(cast, trajectory)
    line = Line.objects.get(action="extended a trajectory")
    assert WHY not in str(vars(line))
    assert [one.person_id for one in line.mentions.all()] == [trajectory.person_id]


# On screen


def as_(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def recent(cast: Cast) -> Trajectory:
    at = timezone.now() - timedelta(days=60)
    trajectory = make_trajectory(cast, make_pilot(cast), at=at)
    set_goal(trajectory=trajectory, words="Praten", by=cast.by("sanne"), at=at)
    return trajectory


def test_the_page_says_beforehand_what_moves_and_what_does_not(cast, recent):
    address = reverse("trajectories:extend", args=[recent.pk])
    text = as_(cast.sanne).get(address).content.decode()
    for words in ("De teamleider doet dit", "De vrijstelling", "bij de afronding"):
        assert words in text
    answer = as_(cast.sanne).post(address, {"months": 1, "reason": WHY})
    assert "Vraag de teamleider" in answer.content.decode()
    assert WHY in answer.content.decode()
    assert not Extension.objects.exists()


def test_the_coordinator_extends_and_every_page_says_so(cast, recent):
    address = reverse("trajectories:extend", args=[recent.pk])
    as_(cast.greet).post(address, {"months": 2, "reason": WHY})
    for name, number in (
        ("trajectories:trajectory", recent.pk),
        ("desk:person", recent.person_id),
    ):
        text = as_(cast.sanne).get(reverse(name, args=[number])).content.decode()
        assert "8 maanden" in text
        assert WHY in text
