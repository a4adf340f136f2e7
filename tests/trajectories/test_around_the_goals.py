"""Barriers, strengths, small steps, pace and manner: dated, and never typed twice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY, TEXT, make_pilot, make_trajectory
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.inflow.models import Intake
from trede.people.erasing import PARTS
from trede.pilots.loading import rules_of
from trede.pilots.reading import read_rules
from trede.trajectories.around_goals import around_goals, take_back
from trede.trajectories.barriers import barriers, barriers_of, note_barrier
from trede.trajectories.closing import close
from trede.trajectories.manner import manner_told, note_manner
from trede.trajectories.models import (
    BarrierChange,
    Manner,
    SmallStep,
    Step,
    Strength,
    Trajectory,
)
from trede.trajectories.planning import (
    add_step,
    move_step,
    reword_step,
    set_goal,
)
from trede.trajectories.small_steps import add_small_step, add_strength, count_step

FIRST = AFTER.date()
RULES = read_rules(TEXT)


@pytest.fixture
def named(trajectory: Trajectory) -> Trajectory:
    """At the intake Dutch and debts stood in the way."""
    Intake.objects.filter(candidate=trajectory.candidate).update(
        barriers=["dutch", "debts"], talked_at=AFTER - 3 * DAY
    )
    return trajectory


def there(trajectory: Trajectory) -> list[str]:
    return [one.code for one in barriers_of(trajectory) if one.is_there]


def note(cast: Cast, trajectory: Trajectory, code: str, is_there=True, at=AFTER):
    return note_barrier(
        trajectory=trajectory, code=code, is_there=is_there, by=cast.by("sanne"), at=at
    )


def small(cast: Cast, trajectory: Trajectory, words="Belde zelf de huisarts", **more):
    asked = {"domain": "physical_health", "on": FIRST, "together": False} | more
    return add_small_step(
        trajectory=trajectory, words=words, by=cast.by("sanne"), at=AFTER, **asked
    )


def strong(cast: Cast, trajectory: Trajectory, words="Ik kook goed", domain=""):
    return add_strength(
        trajectory=trajectory, words=words, domain=domain, by=cast.by("sanne"), at=AFTER
    )


def like(cast: Cast, trajectory: Trajectory, at=AFTER, **more):
    asked = {"often": "weekly", "place": "home", "channel": "", "avoid": ""} | more
    return note_manner(trajectory=trajectory, by=cast.by("sanne"), at=at, **asked)


def test_what_the_intake_named_is_there_since_that_day_and_noted_nowhere_else(named):
    dutch = barriers_of(named)[0]
    assert (dutch.label, dutch.domain) == ("Nederlands", "work_and_education")
    assert (dutch.seen_on, dutch.seen_by) == ((AFTER - 3 * DAY).date(), "Sanne")
    assert there(named) == ["dutch", "debts"]
    assert not BarrierChange.objects.exists()


def test_a_barrier_goes_on_a_day_and_may_come_again(cast, named):
    note(cast, named, "dutch", is_there=False, at=AFTER + DAY)
    gone = barriers_of(named)[0]
    assert (gone.is_there, gone.gone_on, gone.gone_by) == (
        False,
        (AFTER + DAY).date(),
        "Sanne",
    )
    note(cast, named, "dutch", at=AFTER + 2 * DAY)
    again = barriers_of(named)[0]
    assert (again.is_there, again.seen_on) == (True, (AFTER + 2 * DAY).date())


def test_gone_by_mistake_is_there_again_since_the_first_day(cast, named):
    gone = note(cast, named, "dutch", is_there=False)
    for _twice in range(2):
        take_back(part=gone, by=cast.by("sanne"), at=AFTER)
    assert there(named) == ["dutch", "debts"]
    assert barriers_of(named)[0].seen_on == (AFTER - 3 * DAY).date()
    assert Line.objects.filter(action="took back a part of the plan").count() == 1


def test_discrimination_can_be_brought_up_and_a_second_tap_notes_nothing(
    cast, trajectory
):
    assert note(cast, trajectory, "discrimination")
    assert note(cast, trajectory, "discrimination") is None
    assert there(trajectory) == ["discrimination"]
    assert note(cast, trajectory, "dutch", is_there=False) is None


def test_a_barrier_that_the_pilot_does_not_know_is_refused(cast, trajectory):
    with pytest.raises(Refused, match="Choose from the list"):
        note(cast, trajectory, "laziness")


def test_a_later_intake_without_the_barrier_says_nothing_about_it(cast, named):
    Intake.objects.create(
        candidate=named.candidate,
        coach=cast.sanne,
        began_at=AFTER + DAY,
        circumstance="open",
        barriers=["care"],
        ended_at=AFTER + DAY,
    )
    assert there(named) == ["dutch", "care", "debts"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), max_size=8))
def test_a_barrier_is_there_exactly_when_that_was_said_last(said):
    changes = [
        BarrierChange(
            code="dutch",
            is_there=is_there,
            on=(AFTER + day * DAY).date(),
            recorded_at=AFTER + day * DAY,
            recorded_by=Staff(name="Sanne"),
        )
        for day, is_there in enumerate(said)
    ]
    told = barriers([], reversed(changes), RULES)
    assert [one.is_there for one in told] == ([said[-1]] if any(said) else [])
    assert all(one.gone_on is None or one.gone_on > one.seen_on for one in told)


def test_a_small_step_stands_in_its_domain_once(cast, trajectory):
    assert small(cast, trajectory) == small(
        cast, trajectory, " Belde zelf  de huisarts"
    )
    (domain,) = around_goals(trajectory).domains
    assert str(domain.label) in ("physical health", "lichamelijke gezondheid")
    assert [one.words for one in domain.small_steps] == ["Belde zelf de huisarts"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"words": " "}, "few words"),
        ({"domain": "love"}, "life domain"),
        ({"on": FIRST + DAY}, "not come yet"),
        ({"on": FIRST - DAY}, "started on"),
    ],
)
def test_a_small_step_that_cannot_be_is_refused(cast, trajectory, wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        small(cast, trajectory, **wrong)


def make_step(cast: Cast, trajectory: Trajectory) -> Step:
    by = cast.by("sanne")
    goal = set_goal(trajectory=trajectory, words="Praten", by=by, at=AFTER)
    return add_step(
        goal=goal,
        words="Naar taalcafé",
        together=True,
        planned_on=None,
        by=by,
        at=AFTER,
    )


def count(cast: Cast, step: Step, domain="participation") -> SmallStep:
    return count_step(step=step, domain=domain, by=cast.by("sanne"), at=AFTER + 9 * DAY)


def test_a_step_that_was_done_counts_on_the_day_it_was_done(cast, trajectory):
    step, by = make_step(cast, trajectory), cast.by("sanne")
    with pytest.raises(Refused, match="was done"):
        count(cast, step)
    move_step(step=step, state="done", by=by, at=AFTER + 2 * DAY)
    counted = count(cast, step)
    assert (counted.words, counted.together) == ("Naar taalcafé", True)
    assert counted.on == (AFTER + 2 * DAY).date()
    assert count(cast, step) == counted
    with pytest.raises(Refused, match="another life domain"):
        count(cast, step, "finances")


def test_a_step_that_counts_counts_once_in_other_words_too(cast, trajectory):
    step, by = make_step(cast, trajectory), cast.by("sanne")
    move_step(step=step, state="done", by=by, at=AFTER)
    counted = count(cast, step)
    SmallStep.objects.filter(pk=counted.pk).update(words="Ging naar het taalcafé")
    assert count(cast, step) == counted
    move_step(step=step, state="busy", by=by, at=AFTER + DAY)
    move_step(step=step, state="done", by=by, at=AFTER + 2 * DAY)
    assert count(cast, step) == counted
    changed = {"words": "Naar het taalcafé", "together": True, "planned_on": None}
    newer = reword_step(step=step, **changed, by=by, at=AFTER + 3 * DAY)
    assert count(cast, newer) == counted
    assert SmallStep.objects.get() == counted


def test_a_step_that_was_reworded_counts_on_the_day_it_was_done(cast, trajectory):
    step, by = make_step(cast, trajectory), cast.by("sanne")
    move_step(step=step, state="done", by=by, at=AFTER + 2 * DAY)
    for days, words in ((3, "Naar het taalcafé"), (4, "Naar het café")):
        changed = {"words": words, "together": True, "planned_on": None}
        step = reword_step(step=step, **changed, by=by, at=AFTER + days * DAY)
    counted = count(cast, step)
    assert (counted.words, counted.on) == ("Naar het café", (AFTER + 2 * DAY).date())


def test_what_was_reworded_before_it_was_done_counts_on_the_day_it_was_done(
    cast, trajectory
):
    step, by = make_step(cast, trajectory), cast.by("sanne")
    changed = {"words": "Naar het café", "together": True, "planned_on": None}
    newer = reword_step(step=step, **changed, by=by, at=AFTER + DAY)
    move_step(step=newer, state="done", by=by, at=AFTER + 2 * DAY)
    assert count(cast, newer).on == (AFTER + 2 * DAY).date()


def test_a_strength_needs_no_domain_and_goes_when_taken_back(cast, trajectory):
    kept = strong(cast, trajectory)
    assert strong(cast, trajectory) == kept
    assert [one.words for one in around_goals(trajectory).strengths] == ["Ik kook goed"]
    take_back(part=kept, by=cast.by("sanne"), at=AFTER)
    assert around_goals(trajectory).domains == []


def test_the_newest_manner_holds_with_the_one_before_beside_it(cast, trajectory):
    like(cast, trajectory)
    again = like(
        cast, trajectory, at=AFTER + DAY, often="", avoid="’s ochtends bellen."
    )
    assert like(cast, trajectory, often="", avoid="’s ochtends bellen.") == again
    rules = rules_of(trajectory.pilot)
    newest, before = around_goals(trajectory).liked
    assert newest.manner == again
    assert "bij u thuis" in newest.words.lower()
    assert newest.words.endswith("’s ochtends bellen.")
    assert before.words == manner_told(Manner.objects.first(), rules)


def test_a_manner_that_says_nothing_or_no_place_of_the_pilot_is_refused(
    cast, trajectory
):
    with pytest.raises(Refused, match="at least one"):
        like(cast, trajectory, often="", place="")
    for wrong in ({"often": "hourly"}, {"place": "moon"}, {"channel": "pigeon"}):
        with pytest.raises(Refused, match="from the list"):
            like(cast, trajectory, **wrong)


def test_after_closing_nothing_is_added_and_all_of_it_is_still_read(cast, named):
    strong(cast, named)
    by = cast.by("sanne")
    close(trajectory=named, on=FIRST, reason="placed", note="", by=by, at=AFTER)
    for act in (small, strong, like):
        with pytest.raises(Refused, match="was closed"):
            act(cast, named)
    assert len(around_goals(named).domains) == 3


def test_what_was_said_goes_with_an_erasure_and_the_count_stays(cast, named):
    small(cast, named)
    strong(cast, named)
    like(cast, named, avoid="Post")
    note(cast, named, "care")
    for model in (SmallStep, Strength, Manner, BarrierChange):
        part = PARTS[model]
        rows = part.rows([named.person_id])
        assert part.export
        assert part.export(rows.get())
        assert part.erase
        part.erase(rows, AFTER)
        assert rows.count() == 1
    assert SmallStep.objects.get().words == Strength.objects.get().words == ""
    assert Manner.objects.get().avoid == ""


# On screen


def as_(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def now(cast: Cast) -> Trajectory:
    at = timezone.now() - timedelta(days=60)
    return make_trajectory(cast, make_pilot(cast), at=at)


def test_a_coach_taps_a_barrier_away_and_takes_that_back(cast: Cast, now: Trajectory):
    sanne, page = as_(cast.sanne), reverse("trajectories:trajectory", args=[now.pk])
    address = reverse("trajectories:note_barrier", args=[now.pk])
    sanne.post(address, {"code": "discrimination", "is_there": "yes"})
    assert "in de weg sinds" in sanne.get(page).content.decode()
    answer = sanne.post(address, {"code": "discrimination"}, follow=True)
    made = BarrierChange.objects.get(is_there=False)
    undo = reverse("trajectories:take_back_barrier", args=[made.pk])
    assert undo in answer.content.decode()
    assert as_(cast.willem).post(undo).status_code == 404
    sanne.post(undo)
    assert "in de weg sinds" in sanne.get(page).content.decode()
    assert "Kies wat" in sanne.post(address, {}, follow=True).content.decode()


def test_a_small_step_is_one_page_and_a_wrong_one_comes_back(cast, now):
    sanne, page = as_(cast.sanne), reverse("trajectories:trajectory", args=[now.pk])
    address = reverse("trajectories:add_small_step", args=[now.pk])
    assert address in sanne.get(page).content.decode()
    today = timezone.localdate().isoformat()
    asked = {"words": "Belde zelf", "domain": "", "on": today}
    assert sanne.post(address, asked).status_code == 200
    assert not SmallStep.objects.exists()
    sanne.post(address, asked | {"domain": "finances"})
    said = sanne.get(page).content.decode()
    assert "Belde zelf" in said
    assert "Geld" in said or "Financiën" in said


def test_how_somebody_likes_it_stands_on_the_page_of_the_person(cast, now):
    sanne = as_(cast.sanne)
    address = reverse("trajectories:note_manner", args=[now.pk])
    sanne.post(address, {"often": "monthly", "avoid": "bellen"})
    said = sanne.get(reverse("desk:person", args=[now.person_id])).content.decode()
    assert "Elke maand. Liever niet: bellen." in said
