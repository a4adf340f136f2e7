"""A reader subtracts what an analysis counts from what a table counts.

Each table is tied to the answers that an analysis starts from. Those answers must then
be the same sitting for everybody: beside a table of afterwards, of which the waiting
arm was asked in another wave, nothing would be tied (ADR 9).
"""

from tests.evaluation.published import MASKING, SCHEMES
from trede.evaluation.intake_tables import intake_tables
from trede.studies.baselines import INTAKE
from trede.studies.comparing import BEFORE, WAITING, WAVES


def test_every_table_counts_the_sitting_that_every_arm_starts_from():
    specs = intake_tables(masking=MASKING, schemes=SCHEMES, wave=INTAKE)
    assert {spec.wave for spec in specs} == {INTAKE}
    assert {waves[BEFORE] for waves in (WAVES, WAITING)} == {INTAKE}
