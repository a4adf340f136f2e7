"""An officer shows what was hidden; everything else is judged anew, knowing that."""

from tests.evaluation.disclosing.study import analysis_of as analysed
from tests.evaluation.disclosing.study import asked, entry, people_with
from tests.evaluation.test_disclosure import marital, reasons, shown
from trede.evaluation.disclosing.judging import Judged, key_of, lay_before
from trede.evaluation.disclosure import Released, audit, protect
from trede.evaluation.editions import Earlier
from trede.evaluation.running.configuration import Outcome

WIDOWED = "marital|widowed|participants|||count"
TABLES = {"married": 9, "divorced": 28, "widowed": 3, "never_married": 13}


def test_a_hidden_count_is_shown_by_decision() -> None:
    released = protect(marital(**TABLES), by_decision=[WIDOWED])
    assert shown(released)["widowed"] == 3
    assert reasons(released)["widowed"] == "by_decision"
    assert released.edition.printed[WIDOWED][0].total == 3


def test_what_was_hidden_for_its_sake_only_is_shown_too() -> None:
    before = protect(marital(**TABLES))
    assert reasons(before)["married"] == "secondary"
    after = protect(marital(**TABLES), by_decision=[WIDOWED])
    assert shown(after)["married"] == 9


def test_what_it_would_give_away_is_hidden_in_turn() -> None:
    """Two small counts cover each other until one of them is shown."""
    two = marital(married=3, divorced=20, widowed=4, never_married=13)
    before = protect(two)
    assert reasons(before) == {"married": "small", "widowed": "small"}
    after = protect(two, by_decision=[WIDOWED])
    hidden = {row for row, why in reasons(after).items() if why != "by_decision"}
    assert "married" in hidden
    assert len(hidden) == 2
    assert all(one.holds for one in audit(after))


def test_a_later_edition_knows_what_was_shown() -> None:
    shown_now = protect(marital(**TABLES), by_decision=[WIDOWED])
    later = protect(marital(**TABLES), earlier=[Earlier(shown_now.edition, ())])
    assert shown(later)["married"] == 9
    assert all(one.holds for one in audit(later, [Earlier(shown_now.edition, ())]))


def test_a_decision_on_a_figure_that_is_not_there_does_nothing() -> None:
    released = protect(marital(**TABLES), by_decision=["marital|gone||||count"])
    assert reasons(released) == reasons(protect(marital(**TABLES)))
    assert released.by_decision == frozenset()


# An analysis ----------------------------------------------------------------------

FEW = [(1.0, 1.0)] * 9 + [(0.0, 0.0)] * 8 + [(0.0, 1.0)] * 3 + [(1.0, 0.0)] * 8


def judged_with(*by_decision: str) -> tuple[Judged, Released]:
    configuration = asked(Outcome("a", "binary", primary=True))
    people = people_with({"a": [*FEW]}, configuration)
    judged = lay_before(
        people,
        configuration,
        analysed(people, configuration),
        by_decision=by_decision,
    )
    return judged, protect((), judged.claims, by_decision=by_decision)


def test_each_decision_names_the_figure_that_it_is_about() -> None:
    judged, released = judged_with()
    keys = {key_of(one) for one in judged.decisions(released)}
    assert "claim|analysis.outcome|a|difference_1|direction" in keys
    tables = protect(marital(**TABLES))
    assert WIDOWED in {key_of(one) for one in tables.decisions}


def test_a_hidden_piece_of_an_analysis_is_shown_by_decision() -> None:
    judged, released = judged_with()
    assert entry(judged.public(released), "outcomes", outcome="a")["up"] is None
    judged, released = judged_with("claim|analysis.outcome|a|difference_1|direction")
    level = entry(judged.public(released), "outcomes", outcome="a")
    assert (level["up"], level["same"], level["down"]) == (3, 17, 8)
    (listed,) = [d for d in judged.decisions(released) if d.reason == "by_decision"]
    assert listed.row == "outcome|a|difference_1|direction"
    assert all(one.holds for one in audit(released))


def test_a_piece_that_went_by_rule_is_shown_by_decision_too() -> None:
    """With a rule there is no count to judge: the officer has the last word."""
    configuration = asked(Outcome("a", "binary", primary=True))
    people = people_with({"a": FEW[9:13]}, configuration)
    whole = analysed(people, configuration)
    sizes = "claim|analysis.outcome|a|difference_1|sizes"
    for by_decision, n in ((), None), ((sizes,), 4):
        judged = lay_before(people, configuration, whole, by_decision=by_decision)
        released = protect((), judged.claims, by_decision=by_decision)
        level = entry(judged.public(released), "outcomes", outcome="a")
        assert level["n"] == n
