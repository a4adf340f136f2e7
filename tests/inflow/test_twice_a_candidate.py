"""Two records of one person who are both a candidate in one pilot."""

import pytest

from tests.cast import AT, Cast
from tests.contact.making import FILE, a_pilot
from tests.inflow.reaching_out import a_candidate, a_referral
from trede.accounts.refusing import Refused
from trede.inflow import intake
from trede.inflow.models import Candidate
from trede.inflow.waiting import of_pilot
from trede.people.merging import merge, undo_merge
from trede.people.models import Merger
from trede.pilots.models import Pilot


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return a_pilot(cast)


@pytest.fixture
def two(cast: Cast, pilot: Pilot) -> tuple[Candidate, Candidate]:
    return a_candidate(cast, pilot), a_candidate(cast, pilot)


def merged(cast: Cast, kept: Candidate, other: Candidate) -> Merger:
    return merge(
        kept=kept.person,
        other=other.person,
        reason="Dezelfde persoon",
        by=cast.by("greet"),
        at=AT,
    )


def had_intake(cast: Cast, candidate: Candidate) -> None:
    intake.begin(
        candidate=candidate, coach=cast.sanne, location="", by=cast.by("sanne"), at=AT
    )


def test_before_an_intake_the_kept_candidacy_goes_on_and_counts_once(cast, pilot, two):
    mine, theirs = two
    a_referral(cast, pilot, details=None, person=theirs.person)
    merged(cast, mine, theirs)
    assert list(of_pilot(pilot)) == [mine]
    assert mine.referrals.count() == 1


def test_undoing_puts_the_referral_back(cast, pilot, two):
    mine, theirs = two
    a_referral(cast, pilot, details=None, person=theirs.person)
    undo_merge(merger=merged(cast, mine, theirs), by=cast.by("greet"), at=AT)
    assert (mine.referrals.count(), theirs.referrals.count()) == (0, 1)
    assert set(of_pilot(pilot)) == {mine, theirs}


def test_the_record_that_is_further_on_is_the_one_to_keep(cast, two):
    mine, theirs = two
    had_intake(cast, theirs)
    with pytest.raises(Refused, match="put this one aside from there"):
        merged(cast, mine, theirs)
    merged(cast, theirs, mine)


def test_two_intakes_cannot_become_one(cast, two):
    for one in two:
        had_intake(cast, one)
    with pytest.raises(Refused, match="cannot be put together"):
        merged(cast, *two)


def test_in_different_pilots_both_candidacies_go_on(cast, pilot):
    text = FILE.read_text(encoding="utf-8").replace(
        'code = "nijmegen"', 'code = "x"', 1
    )
    here = a_candidate(cast, pilot)
    there = a_candidate(cast, a_pilot(cast, text))
    had_intake(cast, there)
    merged(cast, here, there)
    assert {one.pilot_id for one in here.person.candidacies.all()} == {
        pilot.pk,
        there.pilot_id,
    }
