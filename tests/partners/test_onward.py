"""An onward referral goes step by step, each with its day, and the last can go back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import AT, Cast
from tests.partners.making import make_onward, make_partner, make_place
from trede.accounts.acting import person_actor
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.partners.directory import take_out
from trede.partners.models import ActivityPlace, OnwardReferral
from trede.partners.referring_onward import (
    STEPS,
    State,
    give_feedback,
    move,
    next_states,
    propose,
    take_back,
)
from trede.partners.showing import onwards_of
from trede.people.erasing import erase_person, export_person
from trede.people.merging import merge
from trede.people.models import Person

DAY = timedelta(days=1)


@pytest.fixture
def onward(cast: Cast, person: Person, spot: ActivityPlace) -> OnwardReferral:
    return make_onward(cast.sanne, person, spot)


def step(cast: Cast, onward: OnwardReferral, state: str, n: int = 0, **more: str):
    return move(
        onward=onward,
        state=state,
        on=(AT + n * DAY).date(),
        by=cast.by("sanne"),
        at=AT + 90 * DAY,
        **more,
    )


def test_a_proposal_names_the_person_in_the_trail(cast: Cast, onward: OnwardReferral):
    line = Line.objects.get(action="referred somebody onward")
    assert [one.person_id for one in line.mentions.all()] == [onward.person_id]
    assert onward.state == State.PROPOSED


def test_the_same_proposal_twice_is_one(cast, onward, person, spot):
    assert make_onward(cast.sanne, person, spot) == onward
    assert OnwardReferral.objects.count() == 1


def test_who_did_not_start_may_try_again(cast, onward, person, spot):
    step(cast, onward, State.NOT_STARTED, reason="no_room")
    assert make_onward(cast.sanne, person, spot) != onward


def test_it_goes_from_proposed_to_ended(cast: Cast, onward: OnwardReferral):
    step(cast, onward, State.APPLIED, 1)
    step(cast, onward, State.ACCEPTED, 5)
    now = step(cast, onward, State.STARTED, 9, went_along="coach")
    assert now.went_along == "coach"
    step(cast, onward, State.ENDED, 40)
    steps = onward.steps.values_list("state", "on")
    assert [state for state, _on in steps] == [
        "proposed",
        "applied",
        "accepted",
        "started",
        "ended",
    ]
    assert [on for _state, on in steps] == sorted(on for _state, on in steps)


@pytest.mark.parametrize("state", [State.ENDED, State.PROPOSED, "nonsense", ""])
def test_a_step_that_does_not_follow_is_refused(cast, onward, state):
    step(cast, onward, State.APPLIED)
    with pytest.raises(Refused, match="cannot become"):
        step(cast, onward, state)


def test_the_same_step_twice_is_once(cast: Cast, onward: OnwardReferral):
    for _twice in range(2):
        step(cast, onward, State.APPLIED)
    assert onward.steps.count() == 2


def test_not_starting_has_a_reason(cast: Cast, onward: OnwardReferral):
    with pytest.raises(Refused, match="why"):
        step(cast, onward, State.NOT_STARTED)
    now = step(cast, onward, State.NOT_STARTED, reason="too_far")
    assert now.steps.last().reason == "too_far"
    assert next_states(now) == []


def test_a_step_lies_between_the_one_before_and_today(cast, onward):
    step(cast, onward, State.APPLIED, 5)
    with pytest.raises(Refused, match="choose that day or later"):
        step(cast, onward, State.ACCEPTED, 4)
    with pytest.raises(Refused, match="not come yet"):
        step(cast, onward, State.ACCEPTED, 91)


def test_the_last_step_is_taken_back_and_the_row_stays(cast, onward):
    by, at = cast.by("sanne"), AT + 90 * DAY
    step(cast, onward, State.STARTED, went_along="coach")
    now = take_back(onward=onward, by=by, at=at)
    assert (now.state, now.went_along) == (State.PROPOSED, "")
    assert onward.steps.count() == 2
    take_back(onward=onward, by=by, at=at)
    assert not OnwardReferral.objects.standing().exists()
    with pytest.raises(Refused, match="taken back"):
        take_back(onward=onward, by=by, at=at)


@given(st.lists(st.sampled_from(list(State)), max_size=6))
def test_every_way_through_the_states_ends(ways: list[State]):
    """Whatever is tried, no state can be left twice: there is no way round."""
    now, been = State.PROPOSED, {State.PROPOSED}
    for wanted in ways:
        if wanted in STEPS[now]:
            assert wanted not in been
            now = wanted
            been.add(now)


def test_feedback_is_kept_in_words(cast: Cast, onward: OnwardReferral):
    with pytest.raises(Refused, match="few words"):
        give_feedback(
            onward=onward, on=AT.date(), words=" ", by=cast.by("sanne"), at=AT
        )
    for _pressed_twice in range(2):
        give_feedback(
            onward=onward, on=AT.date(), words="Komt trouw", by=cast.by("sanne"), at=AT
        )
    [shown] = onwards_of(onward.person)
    assert [told.words for told in shown.history] == ["", "Komt trouw"]
    assert shown.referral.state == State.PROPOSED


def test_words_have_an_end(cast: Cast, onward: OnwardReferral):
    with pytest.raises(Refused, match="too long"):
        step(cast, onward, State.APPLIED, words="a" * 2_001)


def test_nobody_is_referred_to_what_is_out_of_use(cast, person, spot):
    by = cast.by("sanne")
    take_out(organisation=spot.organisation, on=AT.date(), by=by, at=AT)
    spot.organisation.refresh_from_db()
    with pytest.raises(Refused, match="not in use"):
        make_onward(cast.sanne, person, spot)


def test_a_partner_of_another_town_is_refused(cast, person):
    far = make_place(cast.noor, make_partner(cast.noor))
    with pytest.raises(Refused, match="out of the list"):
        make_onward(cast.sanne, person, far)


def test_the_person_themselves_has_no_button_for_it(cast, person, kitchen):
    with pytest.raises(Refused, match="member of staff"):
        propose(
            person=person,
            organisation=kitchen,
            place=None,
            by=person_actor(person.pk, person.municipality_id),
            at=AT,
        )
    assert not OnwardReferral.objects.exists()


def test_a_whole_organisation_can_be_chosen(cast, person, kitchen):
    made = propose(
        person=person, organisation=kitchen, place=None, by=cast.by("sanne"), at=AT
    )
    assert made.where == "De Keuken"


def test_two_queries_whatever_there_is(
    cast, onward, person, kitchen, django_assert_num_queries
):
    for what in ("Naaien", "Tuin", "Taal"):
        made = make_onward(cast.sanne, person, make_place(cast.sanne, kitchen, what))
        step(cast, made, State.APPLIED)
    with django_assert_num_queries(1):
        found = onwards_of(person)
        assert [one.history for one in found]
    assert found[0].referral.place.what == "Taal"


def test_words_go_with_the_person_and_the_count_stays(cast, onward, person):
    by = cast.by("sanne")
    step(cast, onward, State.APPLIED, words="Nadia wil graag")
    told = str(export_person(person=person, by=cast.by("fatima"), at=AT))
    assert "Nadia wil graag" in told
    assert "Kookgroep" in told
    erase_person(person=person, reason="verzoek", by=cast.by("fatima"), at=AT)
    assert set(onward.steps.values_list("state", flat=True)) == {"proposed", "applied"}
    assert {one.words for one in onward.steps.all()} == {""}
    with pytest.raises(Refused, match="closed"):
        give_feedback(onward=onward, on=AT.date(), words="x", by=by, at=AT)


def test_it_goes_along_when_two_records_are_one_person(cast, onward, person):
    other = type(person).objects.create(
        municipality=cast.here, surname="Amrani", created_at=AT
    )
    merge(kept=other, other=person, reason="dezelfde", by=cast.by("greet"), at=AT)
    assert [one.referral for one in onwards_of(other)] == [onward]
