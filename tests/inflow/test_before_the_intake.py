"""Invitations, rest, declining, the coach's reason, and who was reached."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cast import AT, Cast
from tests.contact.making import a_pilot, note_call
from tests.inflow.listmaking import AMINA, HASSAN, confirmed, make_pilot
from tests.inflow.reaching_out import a_candidate
from trede.accounts.acting import person_actor
from trede.accounts.refusing import Refused
from trede.contact.letters import together
from trede.contact.models import ContactMoment, Letter
from trede.contact.recording import undo_contact
from trede.inflow.declining import decline, found_ineligible
from trede.inflow.inviting import make_invitation, make_round, send_round, unsent
from trede.inflow.models import Candidate, Stage
from trede.inflow.reach import reach
from trede.inflow.resting import let_rest, undo_step, wake
from trede.inflow.selecting import note_selection
from trede.inflow.stages import move
from trede.pilots.models import Pilot

TODAY = AT.date()
LATER = TODAY + timedelta(days=90)


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return a_pilot(cast)


@pytest.fixture
def candidate(cast: Cast, pilot: Pilot) -> Candidate:
    return a_candidate(cast, pilot)


@pytest.fixture
def now(cast: Cast) -> dict[str, object]:
    return {"by": cast.by("sanne"), "at": AT}


def words_of(pdf: bytes, folder: Path) -> str:
    path = folder / "letter.pdf"
    path.write_bytes(pdf)
    read = subprocess.run(
        ["pdftotext", str(path), "-"], capture_output=True, text=True, check=True
    )
    return " ".join(read.stdout.split())


def test_the_invitation_offers_places_and_a_number_and_threatens_nobody(
    candidate, now, tmp_path
):
    letter = make_invitation(candidate=candidate, **now)
    said = words_of(letter.file.content, tmp_path)
    for words in ("Gulalai Safi", "Stadswinkel", "Bij u thuis", "024 000 00 00"):
        assert words in said
    for words in ("verplicht", "moet u", "korting", "maatregel"):
        assert words not in said
    assert "verandert niets aan uw uitkering" in said


def test_in_a_lockdown_the_letter_asks_how_and_not_where(candidate, now, tmp_path):
    winter = {**now, "at": AT.replace(year=2021, month=1)}
    letter = make_invitation(candidate=candidate, **winter)
    said = words_of(letter.file.content, tmp_path)
    assert "Stadswinkel" not in said
    assert "Telefonisch" in said


def test_the_same_letter_is_not_made_twice(candidate, now):
    first = make_invitation(candidate=candidate, **now)
    assert make_invitation(candidate=candidate, **now) == first


def test_a_round_is_one_document_and_names_who_has_no_address(
    cast, pilot, candidate, now, tmp_path
):
    second = a_candidate(cast, pilot, "Noori")
    homeless = a_candidate(cast, pilot, "Warsame", street="")
    made = make_round(candidates=[candidate, second, homeless], **now)
    assert [one for one, _why in made.without] == [homeless]
    assert "address" in made.without[0][1]
    said = words_of(together(made.letters, TODAY), tmp_path)
    assert "Gulalai Safi" in said
    assert "Gulalai Noori" in said


def test_sending_is_a_contact_and_taking_it_back_makes_the_letter_lie_ready(
    pilot, candidate, now
):
    letter = make_invitation(candidate=candidate, **now)
    for _twice in range(2):
        send_round(letters=[letter], on=TODAY, **now)
    moment = ContactMoment.objects.get()
    assert (moment.channel, moment.outcome, moment.occasion) == (
        "letter",
        "sent",
        "invitation",
    )
    assert list(unsent(pilot)) == []
    undo_contact(moment=moment, **now)
    assert list(unsent(pilot)) == [letter]


def test_a_letter_is_not_sent_tomorrow(candidate, now):
    letter = make_invitation(candidate=candidate, **now)
    with pytest.raises(Refused, match="a day that has come"):
        send_round(letters=[letter], on=TODAY + timedelta(days=1), **now)
    assert Letter.objects.get().sent_on is None


@pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.PAIR_WAITING, Stage.STARTED])
def test_nobody_is_invited_who_does_not_wait(stage, cast, pilot, now):
    other = a_candidate(cast, pilot, "Noori", stage=stage)
    with pytest.raises(Refused, match="Only somebody on the waiting list"):
        make_invitation(candidate=other, **now)


def test_rest_is_dated_has_a_reason_and_can_be_taken_back(candidate, now):
    step = let_rest(candidate=candidate, until=LATER, reason="health", **now)
    assert (candidate.stage, candidate.rest_until) == (Stage.RESTING, LATER)
    assert step.reason == "health"
    undo_step(transition=step, **now)
    candidate.refresh_from_db()
    assert (candidate.stage, candidate.rest_until) == (Stage.WAITING, None)


@pytest.mark.parametrize(
    ("stages", "who", "why"),
    [
        ([Stage.INTAKE], "staff", "cannot be taken back here"),
        ([Stage.INTAKE, Stage.TO_START, Stage.STARTED], "staff", "cannot be taken"),
        ([Stage.INTAKE, Stage.TO_START, Stage.PAIR_WAITING], "staff", "cannot be"),
        ([Stage.DECLINED], "person", "by themselves: that stands"),
    ],
)
def test_a_step_that_hangs_on_more_or_is_the_persons_own_stands(
    stages, who, why, candidate, now
):
    own = person_actor(candidate.person_id, candidate.person.municipality_id)
    for stage in stages:
        by = own if who == "person" else now["by"]
        step = move(candidate=candidate, to=stage, by=by, at=now["at"])
    with pytest.raises(Refused, match=why):
        undo_step(transition=step, **now)
    candidate.refresh_from_db()
    assert candidate.stage == stages[-1]


def test_resting_longer_is_a_step_of_its_own(candidate, now):
    let_rest(candidate=candidate, until=LATER, reason="health", **now)
    longer = LATER + timedelta(days=30)
    let_rest(candidate=candidate, until=longer, reason="health", **now)
    let_rest(candidate=candidate, until=longer, reason="health", **now)
    assert candidate.rest_until == longer
    rests = candidate.transitions.filter(stage=Stage.RESTING)
    assert rests.count() == 2


def test_who_calls_earlier_is_woken_and_the_attempts_begin_anew(candidate, now):
    let_rest(candidate=candidate, until=LATER, reason="health", **now)
    wake(candidate=candidate, **now)
    assert (candidate.stage, candidate.rest_until) == (Stage.WAITING, TODAY)


@pytest.mark.parametrize(
    ("until", "reason", "says"),
    [
        (TODAY, "health", "yet to come"),
        (date(2030, 1, 1), "health", "two years"),
        (LATER, "lazy", "reason from the list"),
    ],
)
def test_a_rest_that_makes_no_sense_is_refused(until, reason, says, candidate, now):
    with pytest.raises(Refused, match=says):
        let_rest(candidate=candidate, until=until, reason=reason, **now)


def test_declining_keeps_the_reason_and_is_not_for_ever(candidate, now):
    step = decline(candidate=candidate, reason="enough_to_do", **now)
    candidate.refresh_from_db()
    assert (candidate.stage, step.reason) == (Stage.DECLINED, "enough_to_do")
    with pytest.raises(Refused, match="reason from the list"):
        decline(candidate=candidate, reason="ineligible", **now)


@pytest.mark.parametrize(
    ("reason", "stage"),
    [("ineligible", Stage.INELIGIBLE), ("moved", Stage.GONE)],
)
def test_not_fitting_and_life_taking_another_turn_are_two_things(
    reason, stage, candidate, now
):
    found_ineligible(candidate=candidate, reason=reason, **now)
    candidate.refresh_from_db()
    assert candidate.stage == stage


def test_the_coach_says_why_this_person_was_chosen(candidate, now):
    given = {"candidate": candidate, "motivation": 4, "reason": "Wil graag leren"}
    first = note_selection(**given, **now)
    assert note_selection(**given, **now) == first
    assert (first.motivation, first.reason) == (4, "Wil graag leren")
    with pytest.raises(Refused, match="1 to 5"):
        note_selection(**{**given, "motivation": 6}, **now)
    with pytest.raises(Refused, match="why you chose"):
        note_selection(**{**given, "reason": " "}, **now)


def test_reach_counts_the_list_and_every_part_adds_up_to_it(cast):
    pilot = make_pilot(cast.here)
    confirmed(cast, pilot, AMINA, HASSAN)
    a_candidate(cast, pilot, "Niet van de lijst")
    amina = Candidate.objects.get(person__birth_year=1975)
    note_call(cast, amina.person, pilot, outcome="spoke")
    table = reach(pilot=pilot, on=TODAY)
    assert (table.n, table.reached) == (2, 1)
    for part in table.parts:
        assert sum(row.n for row in part.rows) == 2, part.code
        assert sum(row.reached for row in part.rows) == 1, part.code
    before = reach(pilot=pilot, on=TODAY - timedelta(days=1))
    assert (before.n, before.reached) == (2, 0)


def test_a_call_that_was_taken_back_reached_nobody(cast, now):
    pilot = make_pilot(cast.here)
    confirmed(cast, pilot, AMINA)
    person = Candidate.objects.get().person
    moment = note_call(cast, person, pilot, outcome="spoke")
    undo_contact(moment=moment, **now)
    assert reach(pilot=pilot, on=TODAY).reached == 0
