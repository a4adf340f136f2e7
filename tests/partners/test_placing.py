"""A placement begins on trial, is looked back on, and ends with a reason."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.cast import AT, Cast
from tests.partners.making import make_contact, make_onward, make_placement
from trede.accounts.refusing import Refused
from trede.partners import placing
from trede.partners.models import ActivityPlace, OnwardReferral, Placement
from trede.partners.referring_onward import State, move, take_back
from trede.partners.showing import onwards_of
from trede.people.models import Person
from trede.people.responsibility import make_responsible

DAY = timedelta(days=1)
UNTIL = (AT + 28 * DAY).date()
LATER = AT + 40 * DAY


@pytest.fixture
def onward(cast: Cast, person: Person, spot: ActivityPlace) -> OnwardReferral:
    return make_onward(cast.sanne, person, spot, State.ACCEPTED)


@pytest.fixture
def placement(cast: Cast, onward: OnwardReferral) -> Placement:
    return make_placement(cast.sanne, onward, UNTIL)


def review(cast: Cast, placement: Placement, outcome: str, until=None) -> Placement:
    return placing.review(
        placement=placement,
        on=LATER.date(),
        outcome=outcome,
        contact=None,
        trial_until_on=until,
        words="Ging goed",
        by=cast.by("sanne"),
        at=LATER,
    )


def end(cast: Cast, placement: Placement, reason="closed", at=LATER) -> Placement:
    return placing.end(
        placement=placement,
        on=at.date(),
        reason=reason,
        words="",
        by=cast.by("sanne"),
        at=at,
    )


def test_the_onward_referral_starts_with_it(onward, placement):
    onward.refresh_from_db()
    assert onward.state == State.STARTED
    assert (placement.hours, placement.wished_hours) == (Decimal(4), Decimal(8))


def test_beginning_twice_is_once(cast, onward, placement):
    assert make_placement(cast.sanne, onward, UNTIL) == placement
    assert placement.moments.count() == 1


def test_who_went_along_is_kept_when_it_had_started_already(cast, person, spot):
    onward = make_onward(cast.sanne, person, spot, State.STARTED)
    placing.place(
        onward=onward,
        started_on=AT.date(),
        hours=Decimal(2),
        wished_hours=None,
        trial_until_on=None,
        compensation="",
        went_along="colleague",
        by=cast.by("sanne"),
        at=AT,
    )
    onward.refresh_from_db()
    assert onward.went_along == "colleague"


def test_a_partner_must_have_said_yes(cast, person, spot):
    onward = make_onward(cast.sanne, person, spot, State.APPLIED)
    with pytest.raises(Refused, match="said yes"):
        make_placement(cast.sanne, onward)
    onward.refresh_from_db()
    assert onward.state == State.APPLIED


def test_a_trial_that_ends_before_it_begins_is_refused(cast, onward):
    with pytest.raises(Refused, match="before it begins"):
        make_placement(cast.sanne, onward, (AT - DAY).date())


@pytest.mark.parametrize(
    ("days", "due"), [(-3, False), (-2, True), (10, True), (100, True)]
)
def test_a_trial_comes_up_a_month_before_it_ends(cast, placement, days, due):
    on = (AT + days * DAY).date()
    assert bool(placing.reviews_due(cast.sanne, on)) is due
    assert not placing.reviews_due(cast.willem, on)
    assert not placing.reviews_due(cast.noor, on)


def test_with_the_person_the_reminder_goes_to_the_new_coach(cast, placement, person):
    make_responsible(
        person=person,
        staff=cast.willem,
        on=AT.date(),
        reason="",
        by=cast.by("greet"),
        at=AT,
    )
    assert not placing.reviews_due(cast.sanne, UNTIL)
    assert list(placing.reviews_due(cast.willem, UNTIL)) == [placement]


@pytest.mark.parametrize("outcome", ["stays", "stops"])
def test_after_the_review_nothing_is_due(cast, placement, outcome):
    now = review(cast, placement, outcome, until=UNTIL + 90 * DAY)
    assert now.review_on is None
    assert not placing.reviews_due(cast.sanne, LATER.date())


def test_a_longer_trial_says_until_when(cast, placement):
    with pytest.raises(Refused, match="Until when"):
        review(cast, placement, "longer")
    with pytest.raises(Refused, match="Until when"):
        review(cast, placement, "longer", LATER.date())
    now = review(cast, placement, "longer", (LATER + 14 * DAY).date())
    assert now.review_on == (LATER + 14 * DAY).date()
    assert now.trial_until_on == UNTIL


def test_every_number_of_hours_is_kept(cast, placement):
    for hours in (6, 6, 8):
        placing.change_hours(
            placement=placement,
            on=LATER.date(),
            hours=Decimal(hours),
            wished_hours=None,
            by=cast.by("sanne"),
            at=LATER,
        )
    rows = placement.moments.exclude(hours=None).values_list("hours", flat=True)
    assert list(rows) == [Decimal(4), Decimal(6), Decimal(8)]


def test_agreement_and_incident_stand_in_the_history(cast, placement, person, kitchen):
    by = cast.by("sanne")
    about = {"placement": placement, "on": LATER.date(), "by": by, "at": LATER}
    placing.agree(compensation="€ 2 per uur", **about)
    with pytest.raises(Refused, match="what happened"):
        placing.note_incident(words="", **about)
    placing.note_incident(words="Uitgegleden. Arts gebeld.", **about)
    bea = make_contact(cast.sanne, kitchen)
    placing.review(outcome="stays", contact=bea, trial_until_on=None, words="", **about)
    [shown] = onwards_of(person)
    titles = [one.title for one in shown.history]
    assert titles[-3:] == [
        "Placement: volunteer agreement",
        "Placement: incident",
        "Placement: placement review, stays, with Bea Baars",
    ]
    placement.refresh_from_db()
    assert placement.compensation == "€ 2 per uur"


def test_a_button_that_is_pressed_twice_is_one_moment(cast, placement):
    about = {"placement": placement, "on": LATER.date(), "by": cast.by("sanne")}
    for _twice in range(2):
        placing.agree(compensation="€ 2 per uur", at=LATER, **about)
    for words in ("Uitgegleden", "Uitgegleden", "Weer uitgegleden"):
        placing.note_incident(words=words, at=LATER, **about)
    for until in (UNTIL + 60 * DAY, UNTIL + 60 * DAY, UNTIL + 90 * DAY):
        review(cast, placement, "longer", until)
    kinds = list(placement.moments.order_by("pk").values_list("kind", flat=True))
    twice = ["incident", "incident", "review", "review"]
    assert kinds == ["started", "agreement", *twice]


def test_it_ends_with_a_reason_and_takes_the_onward_referral_along(
    cast, placement, onward
):
    with pytest.raises(Refused, match="why it ended"):
        end(cast, placement, "")
    now = end(cast, placement, "paid_work")
    onward.refresh_from_db()
    assert (now.ended_on, now.end_reason) == (LATER.date(), "paid_work")
    assert onward.state == State.ENDED
    assert not placing.reviews_due(cast.sanne, LATER.date())


def test_ending_twice_is_once_and_nothing_follows(cast, placement):
    end(cast, placement)
    end(cast, placement, "unsafe")
    placement.refresh_from_db()
    assert placement.end_reason == "closed"
    with pytest.raises(Refused, match="ended on"):
        review(cast, placement, "stays")


def test_nothing_happens_before_it_began(cast, placement):
    with pytest.raises(Refused, match="began on"):
        end(cast, placement, at=AT - DAY)


def test_the_onward_referral_does_not_end_or_go_back_under_it(cast, placement, onward):
    by = cast.by("sanne")
    with pytest.raises(Refused, match="End the placement"):
        move(onward=onward, state=State.ENDED, on=LATER.date(), by=by, at=LATER)
    with pytest.raises(Refused, match="placement already"):
        take_back(onward=onward, by=by, at=LATER)
