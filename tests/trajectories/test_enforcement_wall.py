"""Wall 3: the client manager gets to know who, begins or ends, and the day. No more."""

import subprocess

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY, make_trajectory, start_again
from trede.accounts.models import Role
from trede.accounts.permissions import DOORS, Reach
from trede.pilots.models import Pilot
from trede.trajectories import exemption
from trede.trajectories.closing import close
from trede.trajectories.extending import extend
from trede.trajectories.leaving import leave_trajectory
from trede.trajectories.models import ExemptionNotice, Trajectory
from trede.trajectories.planning import set_goal


def words_of(pdf: bytes) -> str:
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


def full(cast: Cast, pilot: Pilot) -> Trajectory:
    """A trajectory with everything in it that must not be told."""
    trajectory = make_trajectory(cast, pilot, name="Voorbeeld")
    by = cast.by("sanne")
    set_goal(trajectory=trajectory, words="Mijn zoon leren lezen", by=by, at=AFTER)
    return trajectory


def test_the_notice_says_who_what_and_when_and_nothing_else(cast, pilot):
    trajectory = full(cast, pilot)
    close(
        trajectory=trajectory,
        on=AFTER.date() + DAY,
        reason="no_contact",
        note="Neemt niet op.",
        by=cast.by("sanne"),
        at=AFTER + DAY,
    )
    begins, ends = trajectory.notices.all()
    assert words_of(exemption.pdf(begins)) == (
        "Gemeente Voorbeeldstad Exemption Date: 14-06-2021 Nadia Voorbeeld"
        " The exemption begins on 14-06-2021. Gemeente Voorbeeldstad"
    )
    assert words_of(exemption.pdf(ends)) == (
        "Gemeente Voorbeeldstad Exemption Date: 15-06-2021 Nadia Voorbeeld"
        " The exemption ends on 15-06-2021. Gemeente Voorbeeldstad"
    )


def test_leaving_and_completing_look_the_same(cast: Cast, pilot: Pilot):
    left, done = full(cast, pilot), full(cast, pilot)
    by, later = cast.by("sanne"), AFTER + DAY
    leave_trajectory(person=left.person, pilot=pilot, by=by, at=later)
    close(
        trajectory=done,
        on=later.date(),
        reason="placed",
        note="",
        by=by,
        at=later,
    )
    letters = {
        words_of(exemption.pdf(notice))
        for notice in ExemptionNotice.objects.filter(kind="ends")
    }
    assert len(letters) == 1


def test_more_time_and_coming_back_tell_nothing_but_the_days(cast, pilot):
    trajectory = full(cast, pilot)
    by = cast.by("sanne")
    extend(
        trajectory=trajectory, months=2, reason="Ziek", by=cast.by("greet"), at=AFTER
    )
    assert trajectory.notices.count() == 1
    on = AFTER.date() + DAY
    close(trajectory=trajectory, on=on, reason="placed", note="", by=by, at=AFTER + DAY)
    second = start_again(cast, trajectory)
    # As if this were the first: that somebody came back is nobody's business.
    assert words_of(exemption.pdf(second.notices.get())) == (
        "Gemeente Voorbeeldstad Exemption Date: 21-11-2021 Nadia Voorbeeld"
        " The exemption begins on 21-11-2021. Gemeente Voorbeeldstad"
    )


def test_the_notice_itself_keeps_no_more_than_that():
    kept = {field.name for field in ExemptionNotice._meta.get_fields()}
    assert kept == {"id", "trajectory", "kind", "on", "made_at"}


@pytest.mark.parametrize("role", [Role.REFERRER, Role.POLICY_ADVISER, Role.RESEARCHER])
def test_no_page_of_a_trajectory_opens_for_who_does_not_guide(role):
    names = [name for name in DOORS if name.startswith("trajectories:")]
    assert len(names) > 20
    for name in names:
        assert DOORS[name].reach_of(frozenset({role})) is Reach.NOBODY, name
    assert get_resolver()


def test_the_file_has_no_name_in_its_address_or_title(cast: Cast, pilot: Pilot):
    client = Client()
    client.force_login(cast.sanne, "django.contrib.auth.backends.ModelBackend")
    notice = full(cast, pilot).notices.get()
    answer = client.get(reverse("trajectories:exemption_notice", args=[notice.pk]))
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF")
    assert "Voorbeeld" not in answer.headers["Content-Disposition"]
