"""The ledger: the newest outcome counts, and everything that was said stays."""

import pytest

from tests.cast import Cast
from tests.inflow.listmaking import (
    AMINA,
    AT,
    FITS,
    HASSAN,
    LATER,
    ON,
    candidate,
    confirmed,
    make_pilot,
)
from tests.inflow.reading.lists import BSNS
from tests.pilots.files import NIJMEGEN
from trede.accounts.refusing import Refused
from trede.inflow import ledger, rule_changes, screening
from trede.inflow.models import Candidate, CriterionOutcome
from trede.people.erasing import erase_person
from trede.pilots.loading import rules_of
from trede.pilots.mistakes import RulesRefused
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
Outcome = CriterionOutcome.Outcome
YES_TO_ALL = {
    code: Outcome.MET
    for code in (
        "on_benefit",
        "background_verified",
        "health",
        "behaviour",
        "not_elsewhere",
    )
}
DUTCH = f"{BSNS[4]};Jan;Jansen;01-02-1975;" + FITS.replace("Marokko", "Nederland")


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast.here)


@pytest.fixture
def amina(cast: Cast, pilot: Pilot) -> Candidate:
    confirmed(cast, pilot, AMINA, DUTCH)
    return candidate("Idrissi")


def test_before_the_screening_nothing_is_decided(amina: Candidate) -> None:
    verdict = screening.verdict(amina)
    assert (verdict.by_list, verdict.standing) == ("eligible", "undecided")
    assert len(verdict.lines) == 12


def test_the_coach_completes_the_verdict(cast: Cast, amina: Candidate) -> None:
    by = cast.by("sanne")
    verdict = screening.screen(candidate=amina, outcomes=YES_TO_ALL, by=by, at=LATER)
    assert verdict.standing == "eligible"
    no = {"health": Outcome.NOT_MET}
    verdict = screening.screen(candidate=amina, outcomes=no, by=by, at=LATER)
    assert verdict.standing == "ineligible"
    said = amina.ledger.filter(criterion="health").values_list("outcome", "by")
    assert list(said) == [("met", cast.sanne.actor), ("not_met", cast.sanne.actor)]


def test_the_same_answer_twice_is_kept_once(cast: Cast, amina: Candidate) -> None:
    by = cast.by("sanne")
    screening.screen(candidate=amina, outcomes=YES_TO_ALL, by=by, at=LATER)
    lines = amina.ledger.count()
    screening.screen(candidate=amina, outcomes=YES_TO_ALL, by=by, at=LATER)
    assert amina.ledger.count() == lines


def test_the_screening_does_not_decide_what_the_list_does(
    cast: Cast, amina: Candidate
) -> None:
    with pytest.raises(Refused):
        screening.screen(
            candidate=amina,
            outcomes={"age": Outcome.NOT_MET},
            by=cast.by("sanne"),
            at=LATER,
        )


def exception(cast: Cast, who: Candidate, reason: str = "Ouders uit Turkije") -> None:
    screening.override(
        candidate=who,
        criterion="background",
        outcome=Outcome.MET,
        reason=reason,
        by=cast.by("sanne"),
        at=LATER,
    )


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_exception_needs_a_reason(cast: Cast, amina: Candidate, reason: str) -> None:
    with pytest.raises(Refused):
        exception(cast, amina, reason)


def test_an_exception_counts_and_the_list_is_still_there(
    cast: Cast, amina: Candidate
) -> None:
    jan = candidate("Jansen")
    assert screening.verdict(jan).by_list == "ineligible"
    exception(cast, jan)
    assert screening.verdict(jan).by_list == "eligible"
    said = list(jan.ledger.filter(criterion="background"))
    assert [(one.source, one.outcome) for one in said] == [
        ("list", "not_met"),
        ("override", "met"),
    ]
    assert said[1].reason == "Ouders uit Turkije"
    assert said[1].value == said[0].value == "Nederland"


def test_a_later_list_does_not_speak_over_an_exception(
    cast: Cast, pilot: Pilot, amina: Candidate
) -> None:
    exception(cast, candidate("Jansen"))
    confirmed(cast, pilot, AMINA, DUTCH, HASSAN, at=LATER)
    assert screening.verdict(candidate("Jansen")).by_list == "eligible"


def test_an_unknown_criterion_is_refused(cast: Cast, amina: Candidate) -> None:
    with pytest.raises(Refused):
        screening.override(
            candidate=amina,
            criterion="shoe_size",
            outcome=Outcome.MET,
            reason="x",
            by=cast.by("sanne"),
            at=LATER,
        )


def test_who_came_in_another_way_is_judged_by_what_is_known(
    cast: Cast, pilot: Pilot, amina: Candidate
) -> None:
    CriterionOutcome.objects.all().delete()
    verdict = screening.judge_known(
        candidate=amina, reference_on=ON, by=cast.by("sanne"), at=LATER
    )
    assert verdict.by_list == "eligible"
    again = amina.ledger.count()
    screening.judge_known(
        candidate=amina, reference_on=ON, by=cast.by("sanne"), at=LATER
    )
    assert amina.ledger.count() == again == 7


def older(pilot: Pilot) -> str:
    text = NIJMEGEN.replace('code = "nijmegen"', f'code = "{pilot.code}"', 1)
    return text.replace("params = { years = 28 }", "params = { years = 50 }")


def test_changed_rules_show_who_would_flip_and_change_nothing(
    pilot: Pilot, amina: Candidate
) -> None:
    found = rule_changes.who_would_flip(pilot=pilot, text=older(pilot), on=ON)
    (flip,) = found.flips
    assert (flip.candidate, flip.was, flip.becomes) == (amina, "eligible", "ineligible")
    assert flip.because == ("age",)
    assert found.judged == 2
    assert screening.verdict(amina).by_list == "eligible"
    assert pilot.files.count() == 1


def test_a_record_that_was_put_aside_or_erased_is_not_judged_anew(
    cast: Cast, pilot: Pilot, amina: Candidate
) -> None:
    before = rule_changes.who_would_flip(pilot=pilot, text=older(pilot), on=ON)
    assert amina in [flip.candidate for flip in before.flips]
    erase_person(person=amina.person, reason="x", by=cast.by("fatima"), at=LATER)
    found = rule_changes.who_would_flip(pilot=pilot, text=older(pilot), on=ON)
    assert found.judged == before.judged - 1
    assert amina not in [flip.candidate for flip in found.flips]


def test_applying_appends_the_file_and_what_it_changes(
    cast: Cast, pilot: Pilot, amina: Candidate
) -> None:
    before = CriterionOutcome.objects.count()
    found = rule_changes.apply(
        pilot=pilot, text=older(pilot), reason="krapte", by=cast.by("greet"), at=LATER
    )
    assert CriterionOutcome.objects.count() == before + found.outcomes == before + 2
    line = amina.ledger.filter(criterion="age").last()
    assert line is not None
    assert (line.source, line.outcome, line.rules_number) == ("rule", "not_met", 2)
    assert pilot.files.count() == 2
    again = rule_changes.who_would_flip(pilot=pilot, text=older(pilot), on=ON)
    assert again.flips == ()


def test_an_exception_stands_when_the_rules_change(
    cast: Cast, pilot: Pilot, amina: Candidate
) -> None:
    screening.override(
        candidate=amina,
        criterion="age",
        outcome=Outcome.MET,
        reason="past bij de groep",
        by=cast.by("sanne"),
        at=LATER,
    )
    found = rule_changes.who_would_flip(pilot=pilot, text=older(pilot), on=ON)
    assert found.flips == ()


def test_rules_change_with_a_reason_and_for_their_own_pilot(
    cast: Cast, pilot: Pilot, amina: Candidate
) -> None:
    by = cast.by("greet")
    with pytest.raises(Refused):
        rule_changes.apply(pilot=pilot, text=older(pilot), reason=" ", by=by, at=LATER)
    with pytest.raises(Refused):
        rule_changes.apply(pilot=pilot, text=NIJMEGEN, reason="x", by=by, at=LATER)
    with pytest.raises(RulesRefused):
        rule_changes.apply(pilot=pilot, text="no", reason="x", by=by, at=LATER)
    assert pilot.files.count() == 1


def test_the_list_criteria_of_nijmegen_are_seven(pilot: Pilot) -> None:
    codes = [one.code for one in ledger.list_rules(rules_of(pilot))]
    assert codes == [
        "age",
        "benefit_duration",
        "background",
        "settled",
        "status_approach",
        "out_of_sight",
        "other_track",
    ]
    assert AT.date() == ON
