"""An analysis stands in one report with tables of the same people.

The table tells how many had debts at the intake, the analysis how many of those who
were measured twice. The difference is who left, and they are few.
"""

from collections.abc import Sequence

from tests.evaluation.disclosing.study import (
    Pair,
    analysis_of,
    asked,
    entry,
    people_with,
)
from tests.evaluation.people import dataset, people
from trede.evaluation.dataset import Dataset
from trede.evaluation.disclosing.flows import pair_flows
from trede.evaluation.disclosing.judging import Judged, lay_before
from trede.evaluation.disclosing.pieces import PREFIX
from trede.evaluation.disclosure import Released, audit, protect
from trede.evaluation.editions import Earlier, Flow, read_edition
from trede.evaluation.results import Table
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.specification import Counts, each
from trede.evaluation.tables import build_tables

DEBTS = asked(Outcome("debts", "binary"))


def laid(pairs: Sequence[Pair]) -> tuple[list[Table], Judged]:
    """The table of the intake and the analysis of the same people."""
    words = {0.0: "no", 1.0: "yes", None: "?refused"}
    rows = people("participants", debts=[words[a] for a, _ in pairs])
    told: Dataset = dataset(rows)
    spec = Counts(
        "debts", "background", "T0", ("participants",), "debts", each("yes", "no")
    )
    persons = [row["person"] for row in rows]
    measured = people_with({"debts": pairs}, DEBTS, person=persons)
    analysis = analysis_of(measured, DEBTS)
    judged = lay_before(measured, DEBTS, analysis, dataset=told)
    return list(build_tables(told, [spec])), judged


# Of forty people three left; two of them had debts.
STAYED: list[Pair] = [
    *[(0.0, 0.0)] * 10,
    *[(0.0, 1.0)] * 8,
    *[(1.0, 0.0)] * 9,
    *[(1.0, 1.0)] * 10,
]
LEFT: list[Pair] = [(1.0, None), (1.0, None), (0.0, None)]


def released(pairs: Sequence[Pair], *earlier: Earlier) -> tuple[Judged, Released]:
    tables, judged = laid(pairs)
    return judged, protect(tables, judged.claims, earlier=earlier)


def of_change(judged: Judged, found: Released) -> set[str]:
    """What is withheld, without figures about the questions: of an item these are
    never told beside tables."""
    return {key for key in judged.hidden(found) if not key.startswith("instrument|")}


def test_who_left_cannot_be_found_by_subtracting_the_analysis_from_the_table() -> None:
    judged, found = released([*STAYED, *LEFT])
    yes = next(row for row in found.tables[0].rows if row.code == "yes")
    level = entry(judged.public(found), "outcomes", outcome="debts")
    # Either the table or the analysis keeps silent; both would give the three away.
    assert None in (yes.cells[0].value("n"), level["before"], level["share_before"])
    for one in audit(found):
        if "left" in one.name:
            assert one.low == 0, one.name


def test_when_nobody_left_both_are_told() -> None:
    judged, found = released(STAYED)
    yes = next(row for row in found.tables[0].rows if row.code == "yes")
    assert yes.cells[0].value("n") == 19
    level = entry(judged.public(found), "outcomes", outcome="debts")
    assert level["before"] == [18, 19]


def test_an_interval_that_tells_how_many_moved_goes_when_they_are_few() -> None:
    few: list[Pair] = [*[(0.0, 0.0)] * 15, *[(0.0, 1.0)] * 2, *[(1.0, 1.0)] * 20]
    judged, found = released(few)
    line = entry(
        judged.public(found), "estimates", outcome="debts", method="mcnemar_mid_p"
    )
    assert line["suppressed"] == "withheld"
    assert (line["estimate"], line["ci"], line["p"], line["p_bh"]) == (None,) * 4


def test_claims_of_the_analysis_are_told_apart_from_those_of_the_report() -> None:
    _tables, judged = laid(STAYED)
    assert judged.claims
    assert all(claim.code.startswith(PREFIX) for claim in judged.claims)


def standing(
    persons: int, *, withdrawn: frozenset[int] = frozenset()
) -> dict[tuple[str, str], tuple[str, int]]:
    return {
        (f"p{number}", wave): ("participants", 1)
        for number in range(persons)
        if number not in withdrawn
        for wave in ("T0", "T1")
    }


def test_somebody_who_withdraws_goes_from_the_pairs() -> None:
    then, now = standing(9), standing(9, withdrawn=frozenset({4}))
    assert pair_flows(then, now, DEBTS.contrasts) == (
        Flow("T0>T1", "participants", None, 1),
    )


def test_a_second_measurement_goes_and_comes() -> None:
    now = standing(9)
    then = {place: who for place, who in now.items() if place != ("p3", "T1")}
    assert pair_flows(then, now, DEBTS.contrasts) == (
        Flow("T0>T1", None, "participants", 1),
        Flow("T0>T1", "participants", None, 1),
    )


def test_nobody_moves_between_the_same_editions() -> None:
    assert pair_flows(standing(9), standing(9), DEBTS.contrasts) == ()


def test_after_a_withdrawal_no_figure_tells_what_that_person_answered() -> None:
    first_judged, first = released(STAYED)
    flows = (
        Flow("T0", "participants", None, 1),
        Flow("T0>T1", "participants", None, 1),
    )
    earlier = Earlier(read_edition(first.edition.as_dict()), flows)
    second_judged, second = released(STAYED[:-1], earlier)
    assert not of_change(first_judged, first)
    level = entry(second_judged.public(second), "outcomes", outcome="debts")
    assert level["n"] == 36
    assert level["before"] is level["after"] is level["share_after"] is None
    assert all(one.holds for one in audit(second, [earlier]))


def test_the_same_edition_twice_tells_the_same() -> None:
    _judged, first = released(STAYED)
    earlier = Earlier(read_edition(first.edition.as_dict()))
    judged, again = released(STAYED, earlier)
    assert not of_change(judged, again)
