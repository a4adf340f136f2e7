"""Who comes back has a second trajectory, and the study keeps to the first."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.trajectories.making import (
    AFTER,
    BACK,
    DAY,
    come_back,
    make_candidate,
    start_again,
)
from trede.accounts.refusing import Refused
from trede.inflow import intake
from trede.inflow.models import Lot, Pair
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.questionnaires.sittings import prepare
from trede.studies.courses import courses
from trede.studies.due import dates_of
from trede.studies.journeys import standings
from trede.trajectories.closing import close, open_evaluation
from trede.trajectories.extending import extend
from trede.trajectories.models import ExemptionNotice, Trajectory
from trede.trajectories.small_steps import add_strength

CLOSED = AFTER + timedelta(days=100)
LATER = date(2022, 6, 1)
ALONE = Sitting.Mode.ALONE


def end(cast: Cast, trajectory: Trajectory, at, reason="placed") -> None:
    close(
        trajectory=trajectory,
        on=at.date(),
        reason=reason,
        note="",
        by=cast.by("sanne"),
        at=at,
    )


def measure(cast: Cast, trajectory: Trajectory, wave: str, at) -> Sitting:
    made = prepare(
        person=trajectory.person,
        pilot=trajectory.pilot,
        wave=wave,
        mode=ALONE,
        language="nl",
        location="",
        by=cast.by("sanne"),
        at=at,
    )
    Sitting.objects.filter(pk=made.pk).update(state="finished", finished_at=at)
    return made


@pytest.fixture
def measured(cast: Cast, trajectory: Trajectory) -> Trajectory:
    """Measured before and after, and closed."""
    measure(cast, trajectory, "T0", AFTER)
    measure(cast, trajectory, "T1", CLOSED)
    end(cast, trajectory, CLOSED)
    return trajectory


def known(pilot: Pilot, trajectory: Trajectory) -> tuple[object, ...]:
    person = trajectory.person_id
    return (
        dates_of(pilot, LATER)[person],
        courses(pilot, [person], LATER)[person],
        standings(pilot, rules_of(pilot, LATER), LATER)[person],
    )


def test_coming_back_changes_nothing_of_what_the_study_knows(cast, pilot, measured):
    before = known(pilot, measured)
    come_back(cast, measured)
    assert known(pilot, measured) == before


def test_a_second_trajectory_changes_nothing_of_what_the_study_knows(
    cast, pilot, measured
):
    before = known(pilot, measured)
    second = start_again(cast, measured)
    assert known(pilot, measured) == before
    end(cast, second, BACK + 20 * DAY, reason="no_contact")
    assert known(pilot, measured) == before


def test_the_measurements_stay_with_the_first_closing(cast, measured):
    second = start_again(cast, measured)
    late = BACK + 20 * DAY
    end(cast, second, late)
    assert measured.closings.get().sitting == Sitting.objects.get(wave="T1")
    assert second.closings.get().sitting is None
    assert Sitting.objects.count() == 2


def test_what_was_noted_in_the_first_is_not_taken_back_in_the_second(cast, measured):
    by, path = cast.by("sanne"), "trajectories:take_back_strength"
    Trajectory.objects.update(closed_on=None)
    common = {"domain": "", "by": by}
    old = add_strength(trajectory=measured, words="Ik kook", at=AFTER, **common)
    Trajectory.objects.update(closed_on=CLOSED.date())
    second = start_again(cast, measured)
    new = add_strength(trajectory=second, words="Ik zing", at=BACK, **common)
    client = Client()
    client.force_login(cast.sanne, "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("trajectories:trajectory", args=[second.pk])).text
    assert "Ik kook" in page
    assert [reverse(path, args=[one.pk]) in page for one in (old, new)] == [False, True]


def test_no_evaluation_is_asked_of_the_second(cast, measured):
    second = start_again(cast, measured)
    with pytest.raises(Refused, match="follows the first trajectory"):
        open_evaluation(
            trajectory=second,
            mode=ALONE,
            language="nl",
            location="",
            by=cast.by("sanne"),
            at=BACK,
        )


def test_no_new_intake_questionnaire_is_asked_and_a_sentence_says_so(cast, measured):
    again = come_back(cast, measured)
    with pytest.raises(Refused, match="keeps the measurements"):
        intake.open_questionnaire(
            intake=again, mode=ALONE, language="nl", by=cast.by("sanne"), at=BACK
        )


def test_each_trajectory_has_an_exemption_of_its_own(cast, measured):
    second = start_again(cast, measured)
    told = ExemptionNotice.objects.order_by("pk").values_list("kind", "trajectory")
    assert list(told) == [
        ("begins", measured.pk),
        ("ends", measured.pk),
        ("begins", second.pk),
    ]


def test_nobody_waits_longer_because_somebody_came_back(cast, pilot, measured):
    lot = Lot.objects.create(pilot=pilot, number=1, commitment="1", sealed_at=AFTER)
    pair = Pair.objects.create(
        pilot=pilot,
        one=measured.candidate,
        other=make_candidate(cast, pilot),
        lot=lot,
        registered_by=cast.sanne,
        first=measured.candidate,
        registered_at=AFTER,
        drawn_at=AFTER,
        planned_end_on=CLOSED.date(),
    )
    second = start_again(cast, measured)
    extend(trajectory=second, months=2, reason="Ziek", by=cast.by("greet"), at=BACK)
    pair.refresh_from_db()
    assert pair.planned_end_on == CLOSED.date()
