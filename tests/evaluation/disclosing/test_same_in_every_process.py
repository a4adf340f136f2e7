"""What is laid before disclosure control is the same in every process, in its order.

Python orders a set of words anew in each process. The searches are counted, and what
was not shown to be safe within their number is not printed: another order of the same
questions could print another figure.
"""

import os
import subprocess
import sys

import pytest

from tests.evaluation.disclosing.study import Pair, analysis_of, people_with
from tests.evaluation.disclosing.test_beside_tables import DEBTS, LEFT, STAYED
from tests.evaluation.people import dataset, people
from trede.environment import ROOT
from trede.evaluation.disclosing.judging import lay_before


def claims_told() -> str:
    """Of two groups of the tables, one of which left."""
    words = {0.0: "no", 1.0: "yes", None: "?refused"}
    gone: list[Pair] = [(1.0, None)] * 6 + [(0.0, None)] * 7
    pairs = [*STAYED, *LEFT, *gone]
    stayed = len(STAYED) + len(LEFT)
    rows = [
        *people("participants", debts=[words[a] for a, _ in pairs[:stayed]]),
        *people("dropouts", debts=[words[a] for a, _ in gone]),
    ]
    for place, row in enumerate(rows):
        row["person"] = f"p{place:03}"
    measured = people_with(
        {"debts": pairs}, DEBTS, person=[row["person"] for row in rows]
    )
    analysis = analysis_of(measured, DEBTS)
    claims = lay_before(measured, DEBTS, analysis, dataset=dataset(rows)).claims
    return repr([(one, one.figure, one.basis) for one in claims])


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_claims_stand_in_the_same_order(seed: str) -> None:
    here = (
        "from tests.evaluation.disclosing.test_same_in_every_process import claims_told"
        "; print(claims_told())"
    )
    there = subprocess.run(
        [sys.executable, "-c", here],
        capture_output=True,
        check=True,
        cwd=ROOT,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert there.stdout.strip() == claims_told()
