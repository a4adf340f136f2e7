"""Numbers of people beside the tables are sums of places, and go when they must."""

import pytest

from tests.studies.making import FILE
from trede.pilots.reading import read_rules
from trede.reports.explaining import held_back_sentences
from trede.reports.page import dropout_sentences
from trede.studies.flow import Exit, Flow, Step, Stop
from trede.studies.holding_back import HeldBack
from trede.studies.places import PREFIX, Beside, Place

FLOW = Flow(
    (
        Step("candidates", 80, (Exit("not_yet", 18),)),
        Step("intake", 62, ()),
        Step("questionnaire", 62, (Exit("other_reasons", 9),)),
        Step("participants", 53, (Exit("under_way", 30),)),
        Step("evaluated", 23, ()),
    ),
    9,
    None,
)
HELD = HeldBack("T1", 23, 53, 12, True, False, False, "")
WAVES = [{"wave": "T0", "done": 62}, {"wave": "T1", "done": 23}]
PLACES = {
    Place(Stop("candidates", "not_yet"), (), False): 18,
    Place(Stop("questionnaire", "stopped", "dropout"), ("T0",), False): 7,
    Place(Stop("questionnaire", "ineligible", "ineligible"), ("T0",), False): 2,
    Place(Stop("participants", "under_way"), ("T0",), False): 30,
    Place(Stop("evaluated"), ("T0", "T1"), True): 12,
    Place(Stop("evaluated"), ("T0", "T1"), False): 11,
}


@pytest.fixture
def beside() -> Beside:
    return Beside(FLOW, HELD, WAVES, PLACES)


def test_every_printed_number_is_the_sum_of_its_places(beside: Beside):
    told = {c.code.removeprefix(PREFIX): c.n for c in beside.claims()}
    assert told == {
        "flow.candidates": 80,
        "exit.candidates.not_yet": 18,
        "flow.intake": 62,
        "flow.questionnaire": 62,
        "exit.questionnaire.other_reasons": 9,
        "flow.participants": 53,
        "exit.participants.under_way": 30,
        "flow.evaluated": 23,
        "gross": 9,
        "evaluated": 23,
        "otherwise": 12,
        "wave.T0": 62,
        "wave.T1": 23,
    }


def test_what_is_withheld_goes_with_what_would_tell_it(beside: Beside):
    hidden = {"flow.intake", "exit.participants.under_way", "gross", "wave.T1"}
    kept = beside.without(frozenset(hidden))
    steps = {step.code: step for step in kept.flow.steps}
    assert "intake" not in steps
    # Who fell away before a step that is gone would tell its number.
    assert steps["candidates"].exits is None
    assert steps["participants"].exits is None
    assert steps["questionnaire"].exits == (Exit("other_reasons", 9),)
    assert (kept.flow.gross, kept.flow.net) == (None, None)
    assert [wave["done"] for wave in kept.waves] == [62, None]


def test_a_hidden_number_of_evaluations_decides_nothing_in_public(beside: Beside):
    held = beside.without(frozenset({"evaluated"})).held
    assert (held.evaluated, held.otherwise) == (None, None)
    assert not held.too_few and not held.other_circumstances
    assert held.held_back


def test_nothing_withheld_is_nothing_changed(beside: Beside):
    assert beside.without(frozenset()) == beside


def results(flow: Flow, held: HeldBack) -> dict[str, object]:
    return {"flow": flow.as_json(), "held_back": held.as_json()}


def test_sentences_do_not_say_that_a_hidden_number_is_small(beside: Beside, rules):
    kept = beside.without(frozenset({"gross", "evaluated"}))
    told = [
        *dropout_sentences(results(kept.flow, kept.held)),
        *held_back_sentences(results(kept.flow, kept.held), rules, rules.pilot.ends_on),
    ]
    assert all("few" not in sentence for sentence in told)
    assert sum("hidden" in sentence for sentence in told) == 2


def test_without_dropouts_it_says_so():
    nobody = Flow(FLOW.steps, 0, 0)
    assert dropout_sentences(results(nobody, HELD)) == ["Nobody left after the intake."]


@pytest.fixture
def rules():
    return read_rules(FILE.read_text(encoding="utf-8"))
