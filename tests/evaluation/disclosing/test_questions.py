"""What figures about the questions tell beside tables of the participants.

Fifty-three people took part and six more left; all were asked the same at the start.
The table counts the fifty-three, the figures about the questions all fifty-nine.
"""

from collections.abc import Iterator, Sequence

import pytest

from tests.evaluation.disclosing.study import (
    Pair,
    analysis_of,
    asked,
    people_with,
    released_of,
    times,
)
from tests.evaluation.people import dataset, people
from trede.evaluation.disclosing.judging import lay_before
from trede.evaluation.disclosing.reading import Json, count, entries, text
from trede.evaluation.disclosure import protect
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.running.laying_out import People
from trede.evaluation.specification import Counts, each
from trede.evaluation.tables import build_tables

SATISFIED = asked(Outcome("satisfied", "score", (0, 10)), Outcome("well", "score"))
STAYED: list[Pair] = [
    *times(12, (0.0, 0.0)),
    *times(10, (0.0, 10.0)),
    *times(17, (10.0, 0.0)),
    *times(14, (10.0, 10.0)),
]
# Of the six who left two were not satisfied at all; they were asked again all the same.
LEFT: list[Pair] = [*times(4, (10.0, 10.0)), *times(2, (0.0, 10.0))]
ENDS = {"floor": "0", "ceiling": "10"}


def measured(pairs: list[Pair], **columns: Sequence[object]) -> People:
    """People who all answered another question at both moments, so that who did not
    answer this one kept silent."""
    other = [(float(n % 7), float(n % 5)) for n in range(len(pairs))]
    return people_with({"satisfied": pairs, "well": other}, SATISFIED, **columns)


def answers(pairs: list[Pair]) -> list[str]:
    return [f"{before:.0f}" for before, _after in pairs]


def beside_tables() -> tuple[dict[str, int], Json]:
    """What the table prints of the participants, and the analysis of everybody."""
    stayed = people("participants", satisfied=answers(STAYED))
    left = people("dropouts", satisfied=answers(LEFT))
    told = dataset(stayed, left)
    spec = Counts(
        "satisfied", "change", "T0", ("participants",), "satisfied", each("0", "10")
    )
    persons = [row["person"] for row in (*stayed, *left)]
    all_of_them = measured([*STAYED, *LEFT], person=persons)
    analysis = analysis_of(all_of_them, SATISFIED)
    judged = lay_before(all_of_them, SATISFIED, analysis, dataset=told)
    released = protect(build_tables(told, [spec]), judged.claims)
    table = {
        row.code: n
        for row in released.tables[0].rows
        if isinstance(n := row.cells[0].value("n"), int)
    }
    return table, judged.public(released)


def counted(analysis: Json) -> Iterator[tuple[str, int]]:
    """How many people gave the lowest and the highest answer at the start."""
    for one in entries(analysis, "instrument"):
        share = one.get("value")
        if (one["outcome"], one["moment"]) != ("satisfied", "t0") or not isinstance(
            share, int | float
        ):
            continue
        if (kind := text(one, "kind")) in ENDS:
            yield ENDS[kind], round(share * count(one, "n"))


def test_the_analysis_minus_the_table_of_participants_tells_nothing_of_who_left() -> (
    None
):
    table, analysis = beside_tables()
    # Two who left were not satisfied at all: of the table stays what tells nothing.
    assert table.items() <= {"10": 31, "0": 22}.items()
    differences = [all_of_them - table[row] for row, all_of_them in counted(analysis)]
    assert differences == []
    for one in entries(analysis, "instrument"):
        if text(one, "kind") in ("floor", "ceiling", "nonresponse"):
            assert one["suppressed"] == "withheld"
            assert one["n"] is one["value"] is one["ci"] is None


def test_without_a_table_beside_it_both_ends_are_told() -> None:
    pairs = [*STAYED, *times(12, (10.0, None)), *times(11, (0.0, None))]
    found, _judged, _released = released_of(measured(pairs), SATISFIED)
    assert dict(counted(found)) == {"0": 33, "10": 43}


def silent(public: Json) -> dict[str, object]:
    return {
        text(one, "kind"): one["value"]
        for one in entries(public, "instrument")
        if text(one, "kind").startswith("nonresponse")
        and (one["outcome"], one["moment"]) == ("satisfied", "t0")
    }


@pytest.mark.parametrize("number", [2, 9])
def test_how_many_kept_silent_is_told_wherever_it_can_be_counted(number: int) -> None:
    """The sizes beside it tell it too: to hide the one half would protect nobody."""
    silent_before: list[Pair] = [(None, 10.0 * (n % 2)) for n in range(number)]
    pairs = [*STAYED, *silent_before]
    public, _judged, _released = released_of(measured(pairs), SATISFIED)
    assert silent(public)["nonresponse"] == pytest.approx(number / len(pairs), rel=0.01)
