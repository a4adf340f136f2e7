"""Pairs by lot: who may be paired, that a lot is drawn once, and who waits by it."""

from datetime import date, timedelta

import pytest

from tests.cast import AT, Cast
from tests.trajectories.making import DAY, make_candidate, make_pilot
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.contact.models import ContactMoment
from trede.contact.recording import why_not
from trede.inflow import allocation
from trede.inflow.allocation import (
    dissolve,
    draw,
    faults_of,
    ready_to_pair,
    recompute,
    register_pair,
    seal_lots,
)
from trede.inflow.models import Candidate, Deviation, Lot, Pair, Stage
from trede.inflow.waiting_by_lot import deviations, objection_to_start, wait_of
from trede.people.consenting import withdraw
from trede.people.erasing import export_person
from trede.people.models import Purpose
from trede.pilots.models import Pilot
from trede.trajectories.closing import close
from trede.trajectories.models import Trajectory
from trede.trajectories.pausing import pause, resume
from trede.trajectories.starting import start

LATER = AT + timedelta(hours=1)
TODAY = AT.date()


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    pilot = make_pilot(cast)
    seal_lots(pilot=pilot, by=cast.by("greet"), at=AT)
    return pilot


@pytest.fixture
def two(cast: Cast, pilot: Pilot) -> list[Candidate]:
    return [make_candidate(cast, pilot, at=AT) for _each in range(2)]


def register(cast: Cast, one: Candidate, other: Candidate, at=LATER) -> Pair:
    return register_pair(
        pilot=one.pilot, one=one, other=other, by=cast.by("sanne"), at=at
    )


def drawn(cast: Cast, one: Candidate, other: Candidate, at=LATER) -> Pair:
    pair = register(cast, one, other, at)
    return draw(pair=pair, by=cast.by("sanne"), at=at)


def places(pair: Pair) -> tuple[Candidate, Candidate]:
    assert pair.first and pair.second
    return (
        Candidate.objects.get(pk=pair.first.pk),
        Candidate.objects.get(pk=pair.second.pk),
    )


def begin(cast: Cast, candidate: Candidate, at=LATER, **more) -> Trajectory:
    return start(
        candidate=candidate,
        coach=cast.sanne,
        on=at.date(),
        by=cast.by("sanne"),
        at=at,
        **more,
    )


def test_the_first_may_start_and_the_second_waits(cast: Cast, two):
    first, second = places(drawn(cast, *two))
    assert (first.stage, second.stage) == (Stage.TO_START, Stage.PAIR_WAITING)


def test_the_secret_is_not_in_the_database_before_the_pair_is(cast: Cast, two):
    pair = register(cast, *two)
    assert (pair.secret, pair.first, pair.drawn_at) == ("", None, None)
    assert draw(pair=pair, by=cast.by("sanne"), at=LATER).secret


def test_a_second_click_draws_nothing_new(cast: Cast, two):
    pair = drawn(cast, *two)
    again = draw(pair=pair, by=cast.by("willem"), at=LATER + DAY)
    assert (again.first, again.drawn_at) == (pair.first, LATER)
    assert Line.objects.filter(action="drew a lot").count() == 1


def test_who_was_entered_first_makes_no_difference(cast: Cast, two):
    pair = register(cast, two[1], two[0])
    assert pair.one_id == min(one.pk for one in two)


def test_a_lot_that_fell_is_right_and_recomputes(cast: Cast, two):
    pair = Pair.objects.get(pk=drawn(cast, *two).pk)
    assert faults_of(pair) == []
    assert recompute(pair) == pair.first


def other_member(pair: Pair) -> Candidate:
    return pair.other if pair.first_id == pair.one_id else pair.one


@pytest.mark.parametrize(
    "tamper",
    [
        lambda pair: {"first": other_member(pair)},
        lambda pair: {"secret": "0" * 64},
        lambda pair: {"commitment": "0" * 64},
        lambda pair: {"registered_at": AT - DAY},
        lambda pair: {"registered_at": pair.drawn_at + DAY},
    ],
)
def test_whatever_is_changed_afterwards_shows(cast: Cast, two, tamper):
    pair = drawn(cast, *two)
    Pair.objects.filter(pk=pair.pk).update(**tamper(pair))
    assert faults_of(Pair.objects.get(pk=pair.pk))


def test_a_secret_of_ones_own_with_its_own_commitment_shows(cast: Cast, two):
    """Who can write the whole database still lacks the key."""
    pair = drawn(cast, *two)
    secret = "f" * 64
    commitment = allocation.lots.commitment_of(secret)
    Lot.objects.filter(pk=pair.lot_id).update(commitment=commitment)
    Pair.objects.filter(pk=pair.pk).update(secret=secret, commitment=commitment)
    changed = Pair.objects.get(pk=pair.pk)
    Pair.objects.filter(pk=pair.pk).update(
        first=recompute(changed), digest=allocation.digest_of(changed)
    )
    faults = faults_of(Pair.objects.get(pk=pair.pk))
    assert faults == ["The secret was not made with the key of this platform."]


@pytest.mark.parametrize("field", ["one", "other"])
def test_another_member_shows_whatever_the_lot_would_have_said(
    cast: Cast, pilot: Pilot, two, field: str
):
    pair = drawn(cast, *two)
    for _each in range(4):
        stranger = make_candidate(cast, pilot, at=AT)
        changed = Pair.objects.get(pk=pair.pk)
        setattr(changed, field, stranger)
        assert faults_of(changed)


def test_lots_are_sealed_before_they_are_used(cast: Cast):
    pilot = make_pilot(cast)
    two = [make_candidate(cast, pilot, at=AT) for _each in range(2)]
    with pytest.raises(Refused, match="Seal lots first"):
        register(cast, *two)
    seal_lots(pilot=pilot, by=cast.by("greet"), at=LATER)
    with pytest.raises(Refused, match="Seal lots first"):
        register(cast, *two, at=LATER)
    assert register(cast, *two, at=LATER + timedelta(seconds=1))


def test_the_same_number_of_sealed_lots_always_lies_ready(cast: Cast, pilot, two):
    register(cast, *two)
    assert pilot.lots.filter(pair=None).count() == allocation.READY
    assert seal_lots(pilot=pilot, by=cast.by("greet"), at=LATER) == allocation.READY


def test_lots_are_used_in_their_order(cast: Cast, pilot: Pilot):
    pairs = [
        register(cast, *(make_candidate(cast, pilot, at=AT) for _each in range(2)))
        for _pair in range(3)
    ]
    assert [pair.lot.number for pair in pairs] == [1, 2, 3]


def test_another_key_refuses_to_draw_and_says_why(cast: Cast, two, settings):
    pair = register(cast, *two)
    settings.LOT_KEY = b"another key, of thirty-two bytes"
    with pytest.raises(Refused, match="earlier key"):
        draw(pair=pair, by=cast.by("sanne"), at=LATER)


def test_the_same_two_are_never_paired_again(cast: Cast, two):
    pair = drawn(cast, *two)
    dissolve(pair=pair, reason="One moves away.", by=cast.by("greet"), at=LATER)
    with pytest.raises(Refused, match="drawn once"):
        register(cast, two[1], two[0])


def test_nobody_is_in_two_pairs(cast: Cast, pilot: Pilot, two):
    register(cast, *two)
    third = make_candidate(cast, pilot, at=AT)
    with pytest.raises(Refused, match="already"):
        register(cast, two[0], third)
    with pytest.raises(Refused, match="two different"):
        register(cast, third, third)


def test_a_second_pair_after_a_dissolved_one_is_reported(cast: Cast, pilot, two):
    pair = drawn(cast, *two)
    dissolve(pair=pair, reason="One moves away.", by=cast.by("greet"), at=LATER)
    register(cast, two[0], make_candidate(cast, pilot, at=AT), at=LATER + DAY)
    reported = deviations(pilot)
    assert [(each.candidate, each.reason) for each in reported] == [
        (two[0], "One moves away.")
    ]


def test_dissolving_needs_a_reason_and_frees_who_waits(cast: Cast, two):
    pair = drawn(cast, *two)
    by = cast.by("greet")
    with pytest.raises(Refused, match="why"):
        dissolve(pair=pair, reason=" ", by=by, at=LATER)
    for _twice in range(2):
        dissolve(pair=pair, reason="One moves away.", by=by, at=LATER)
    assert {one.stage for one in places(pair)} == {Stage.TO_START}
    assert Line.objects.filter(action="dissolved a pair").count() == 1
    with pytest.raises(Refused, match="dissolved"):
        draw(pair=register_undrawn(cast, pair), by=by, at=LATER)


def register_undrawn(cast: Cast, pair: Pair) -> Pair:
    """A pair that was dissolved before the lot fell."""
    two = [make_candidate(cast, pair.pilot, at=AT) for _each in range(2)]
    made = register(cast, *two)
    return dissolve(pair=made, reason="Too early.", by=cast.by("greet"), at=LATER)


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.STARTED, Stage.DECLINED])
def test_who_may_not_start_is_not_paired(cast: Cast, pilot: Pilot, two, stage):
    wrong = make_candidate(cast, pilot, at=AT, stage=stage)
    with pytest.raises(Refused, match="cannot be in a pair"):
        register(cast, two[0], wrong)


def test_without_consent_to_the_study_there_is_no_lot(cast: Cast, pilot: Pilot, two):
    apart = make_candidate(cast, pilot, at=AT, study=False)
    with pytest.raises(Refused, match="did not agree"):
        register(cast, two[0], apart)
    assert ready_to_pair(pilot) == two


def test_intakes_lie_close_together(cast: Cast, pilot: Pilot, two):
    late = make_candidate(cast, pilot, at=AT + 15 * DAY)
    with pytest.raises(Refused, match="14 days apart"):
        register(cast, two[0], late, at=AT + 15 * DAY)


def test_after_the_amendment_no_pairs_are_made(cast: Cast, two):
    after = AT.replace(month=12, day=1)
    with pytest.raises(Refused, match="no pairs any more"):
        register(cast, *two, at=after)


def test_a_pair_of_another_pilot_is_refused(cast: Cast, two):
    far = make_pilot(cast, cast.elsewhere)
    stranger = make_candidate(cast, far, at=AT)
    with pytest.raises(Refused, match="this pilot"):
        register(cast, two[0], stranger)


def test_who_waits_cannot_be_started_by_accident(cast: Cast, two):
    first, second = places(drawn(cast, *two))
    begin(cast, first)
    with pytest.raises(Refused, match="until") as refusal:
        begin(cast, second)
    assert refusal.value.field == "deviation_reason"
    second.refresh_from_db()
    assert second.stage == Stage.PAIR_WAITING


def test_a_start_before_time_is_kept_with_its_reason(cast: Cast, pilot: Pilot, two):
    first, second = places(drawn(cast, *two))
    begin(cast, first)
    begin(cast, second, deviation_reason="A place came free that will not wait.")
    reported = deviations(pilot)
    assert [(each.kind, each.candidate) for each in reported] == [
        ("started before time", second)
    ]
    assert Deviation.objects.get().by == cast.sanne


def test_the_wait_is_over_when_the_first_has_closed(cast: Cast, two):
    first, second = places(drawn(cast, *two))
    trajectory = begin(cast, first)
    assert wait_of(second, TODAY)
    closing = {"note": "", "by": cast.by("sanne"), "at": LATER + 5 * DAY}
    close(trajectory=trajectory, on=TODAY + 5 * DAY, reason="placed", **closing)
    assert wait_of(second, TODAY + 5 * DAY) is None
    assert begin(cast, second, at=LATER + 5 * DAY)
    assert not Deviation.objects.exists()


def test_the_wait_lasts_until_the_planned_end_pauses_included(cast: Cast, two):
    first, second = places(drawn(cast, *two))
    trajectory = begin(cast, first)
    by = cast.by("sanne")
    stop = {"trajectory": trajectory, "by": by, "at": LATER}
    wait = wait_of(second, TODAY)
    assert wait and wait.until == date(2020, 8, 9)
    pause(from_on=TODAY + DAY, until_on=None, reason="family", **stop)
    pair = Pair.objects.get()
    assert pair.planned_end_on is None
    resume(on=TODAY + 11 * DAY, **stop)
    pair.refresh_from_db()
    assert pair.planned_end_on == date(2020, 8, 20)
    # No longer than the design lets anybody wait: six months after the lot.
    wait = wait_of(second, TODAY)
    assert wait and wait.until == date(2020, 8, 9)
    assert wait_of(second, date(2020, 8, 10)) is None


def test_the_amendment_ends_all_waiting(cast: Cast, two):
    _first, second = places(drawn(cast, *two, at=LATER))
    assert wait_of(second, date(2020, 8, 1))
    assert wait_of(second, date(2020, 12, 1)) is None


def test_who_stops_with_the_study_waits_no_longer(cast: Cast, pilot: Pilot, two):
    _first, second = places(drawn(cast, *two))
    withdraw(
        person=second.person,
        pilot=pilot,
        purpose=Purpose.STUDY,
        by=cast.by("sanne"),
        at=LATER,
    )
    assert wait_of(second, TODAY) is None
    assert objection_to_start(second, TODAY) is None


def test_who_waits_is_left_alone_and_a_contact_needs_a_reason(
    cast: Cast, pilot: Pilot, two
):
    first, second = places(drawn(cast, *two))
    assert why_not(person=first.person, pilot=pilot, at=LATER) is None
    sentence = why_not(person=second.person, pilot=pilot, at=LATER)
    assert sentence and "waits" in sentence


def test_a_contact_while_waiting_is_reported(cast: Cast, pilot: Pilot, two):
    _first, second = places(drawn(cast, *two))
    ContactMoment.objects.create(
        person=second.person,
        pilot=pilot,
        by=cast.sanne,
        at=LATER,
        channel="telephone",
        outcome="spoke",
        occasion="light",
        circumstance="open",
        deviation_reason="She called us.",
        submission="00000000-0000-4000-8000-000000000001",
        recorded_at=LATER,
    )
    reported = deviations(pilot)
    assert [(each.kind, each.reason) for each in reported] == [
        ("contacted while waiting", "She called us.")
    ]


def test_both_of_a_pair_are_told_of_it_when_they_ask(cast, two):
    pair = drawn(cast, *two)
    for candidate in two:
        told = export_person(person=candidate.person, by=cast.by("fatima"), at=LATER)
        assert told[str(Pair._meta.verbose_name_plural)] == [
            {
                "registered_at": pair.registered_at,
                "drawn_at": pair.drawn_at,
                "dissolved_at": None,
            }
        ]
