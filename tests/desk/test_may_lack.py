"""Whom the database leaves out of what is missing lacks nothing by the rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.cast import AT, Cast
from tests.desk.making import DAY, OUTDOORS, call
from tests.desk.test_missing import stand_still
from tests.inflow.test_allocation import begin, drawn, places
from tests.studies.making import make_sitting
from tests.trajectories.making import (
    AFTER,
    BACK,
    TEXT,
    make_candidate,
    make_pilot,
    make_trajectory,
    start_again,
)
from trede.accounts.permissions import Reach
from trede.contact.appointments import plan
from trede.contact.recording import undo_contact
from trede.desk.may_lack import closed_and_may_lack
from trede.desk.missing import Asked, MissingLines
from trede.inflow.allocation import seal_lots
from trede.people.consenting import withdraw
from trede.people.models import Purpose
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.trajectories.closing import close
from trede.trajectories.ladder import assess
from trede.trajectories.models import Trajectory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
LATER_ON = (
    '  { design = "pre_post", for_whom = "everyone", moment = "closing",'
    " opens_days = 91, closes_days = 183 },\n"
)
JUDGED = ("runs_and_may_lack", "closed_and_may_lack")


def lacks(cast: Cast, pilot: Pilot, at: datetime) -> list[tuple[object, ...]]:
    found = MissingLines(Asked(pilot), cast.greet, Reach.MUNICIPALITY, at)
    return [
        (one.person_id, one.kind, one.since, one.trajectory_id, one.why)
        for one in found.rows
    ]


def agree_on(
    cast: Cast, pilot: Pilot, moments: list[datetime], monkeypatch
) -> set[str]:
    """Those left over and everybody lack the same; which kinds were there."""
    narrowed = [lacks(cast, pilot, at) for at in moments]
    with monkeypatch.context() as patch:
        for name in JUDGED:
            patch.setattr(f"trede.desk.missing.{name}", lambda rows, *_rest: rows)
        everybody = [lacks(cast, pilot, at) for at in moments]
    assert narrowed == everybody
    return {one[1] for found in everybody for one in found}


def judge(cast: Cast, one: Trajectory, on: date) -> None:
    at = AFTER.replace(year=on.year, month=on.month, day=on.day)
    by = cast.by("sanne")
    assess(trajectory=one, answers=OUTDOORS, reference_on=on, by=by, at=at)


def finish(cast: Cast, one: Trajectory, reason: str, at: datetime) -> None:
    on, by = timezone.localdate(at), cast.by("sanne")
    close(trajectory=one, on=on, reason=reason, note="", by=by, at=at)


def run_in_all_manners(cast: Cast, pilot: Pilot) -> None:
    at_month_end, spoken, undone, meets, endless, paused = (
        make_trajectory(cast, pilot) for _each in range(6)
    )
    for one in (spoken, undone, meets, endless, paused):
        judge(cast, one, date(2021, 7, 1))
    judge(cast, at_month_end, date(2021, 8, 31))
    call(cast, at_month_end.person, pilot, datetime(2022, 2, 20, 9, tzinfo=UTC))
    call(cast, spoken.person, pilot, AFTER + 2 * WEEK)
    moment = call(cast, undone.person, pilot, AFTER + 2 * WEEK)
    undo_contact(moment=moment, by=cast.by("sanne"), at=AFTER + 2 * WEEK)
    call(cast, undone.person, pilot, AFTER + WEEK, outcome="no_answer")
    plan(
        person=meets.person,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=AFTER + 9 * WEEK,
        location="walk",
        about="Wandelen",
        by=cast.by("sanne"),
        at=AFTER,
    )
    stand_still(cast, endless, None)
    stand_still(cast, paused, 8)


def close_in_all_manners(cast: Cast, pilot: Pilot) -> None:
    own_wish = ("left", "left_begun")
    names = (*own_wish, "done", "stopped", "no", "begun", "finished", "again")
    made = {one: make_trajectory(cast, pilot, study=one != "no") for one in names}
    for name, one in made.items():
        reason = "own_wish" if name in own_wish else "goals_reached"
        finish(cast, one, reason, AFTER + 8 * WEEK)
    withdraw(
        person=made["stopped"].person,
        pilot=pilot,
        purpose=Purpose.STUDY,
        by=cast.by("sanne"),
        at=AFTER + 9 * WEEK,
    )
    for name in ("begun", "left_begun"):
        hold(cast, made[name], "T1", Sitting.State.HANDED_OVER)
    hold(cast, made["finished"], "T1", Sitting.State.FINISHED)
    hold(cast, made["finished"], "T2", Sitting.State.STOPPED)
    finish(cast, start_again(cast, made["again"]), "own_wish", BACK + 5 * WEEK)


def hold(
    cast: Cast,
    one: Trajectory,
    wave: str,
    state: Sitting.State,
    at: datetime = AFTER + 9 * WEEK,
) -> None:
    on = timezone.localdate(at)
    make_sitting(one.pilot, one.person, cast.sanne, wave=wave, on=on, state=state)


def test_of_who_runs_nobody_who_lacks_something_is_left_out(cast, monkeypatch):
    pilot = make_pilot(cast)
    run_in_all_manners(cast, pilot)
    moments = [AFTER + day * DAY for day in (0, 1, 14, *range(26, 80), 200, 259, 260)]
    kinds = agree_on(cast, pilot, moments, monkeypatch)
    assert kinds == {"trede", "einde", "contact"}


def test_of_who_closed_nobody_who_lacks_something_is_left_out(cast, monkeypatch):
    pilot = make_pilot(cast)
    close_in_all_manners(cast, pilot)
    days = (56, 57, 63, 64, 98, 99, 160, 196, 260, 400, 787, 788)
    moments = [AFTER + day * DAY for day in days]
    assert "meting" in agree_on(cast, pilot, moments, monkeypatch)


def test_of_who_closed_before_a_measurement_was_retired_nobody_is_left_out(
    cast, monkeypatch
):
    retired = 'retired_on = 2020-12-01\nretired_reason = "De meting'
    text = TEXT.replace(retired, retired.replace("2020", "2021"))
    assert text != TEXT
    monkeypatch.setattr("tests.trajectories.making.TEXT", text)
    pilot = make_pilot(cast)
    for at in (datetime(2021, 1, 5, 9, tzinfo=UTC), AFTER):
        one = make_trajectory(cast, pilot, at=at)
        finish(cast, one, "goals_reached", at + 8 * WEEK)
        hold(cast, one, "T1", Sitting.State.FINISHED)
    moments = [AFTER + day * DAY for day in (1, 60, 100, 180, 300)]
    assert "meting" in agree_on(cast, pilot, moments, monkeypatch)


def only_for_the_first_of_a_pair(monkeypatch) -> None:
    """T2 comes for nobody else, and is not retired."""
    before, mark, after = TEXT.partition('code = "T2"')
    kept = after.replace("retired_", "# retired_").replace(LATER_ON, "")
    assert len(kept) < len(after)
    text = before + mark + kept
    monkeypatch.setattr("tests.trajectories.making.TEXT", text)


def test_of_a_pair_the_first_is_asked_when_the_other_has_closed(cast, monkeypatch):
    only_for_the_first_of_a_pair(monkeypatch)
    pilot = make_pilot(cast)
    seal_lots(pilot=pilot, by=cast.by("greet"), at=AT)
    two = [make_candidate(cast, pilot, at=AT) for _each in range(2)]
    pair = drawn(cast, *two)
    first = begin(cast, places(pair)[0])
    single = make_candidate(cast, pilot, at=AT)
    alone = begin(cast, single, deviation_reason="There is nobody to pair with.")
    for one in (first, alone):
        finish(cast, one, "goals_reached", AT + 8 * WEEK)
        hold(cast, one, "T1", Sitting.State.FINISHED, AT + 8 * WEEK)
    second = begin(cast, places(pair)[1], at=AT + 22 * WEEK)
    finish(cast, second, "goals_reached", AT + 26 * WEEK)
    moments = [AT + week * WEEK for week in (9, 22, 27, 32, 33)]
    assert "meting" in agree_on(cast, pilot, moments, monkeypatch)
    assert first.person_id in {one[0] for one in lacks(cast, pilot, moments[-1])}
    on = timezone.localdate(moments[-1])
    closed = Trajectory.objects.filter(closed_on__lte=on)
    judged = closed_and_may_lack(closed, pilot, rules_of(pilot, on), on)
    assert {*judged} == {first, second}
