"""What two groups could have shown counts with the degrees of freedom of the analysis.

With more of them than the interval has, the plan promises what it cannot keep.
"""

from dataclasses import replace
from functools import partial

import numpy as np
import polars as pl
import pytest
from scipy.special import nctdtr, stdtrit

from trede.evaluation.comparison.ancova import ancova
from trede.evaluation.comparison.groups import two_groups
from trede.evaluation.precision.caseloads import USUAL_ICC
from trede.evaluation.precision.planned import Loss
from trede.evaluation.precision.two_groups import (
    Arms,
    power_of_mean_difference,
    smallest_mean_difference,
)
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.coaches import losses_by_coach
from trede.evaluation.running.configuration import read_configuration
from trede.evaluation.running.laying_out import lay_out

close = partial(pytest.approx, rel=1e-9)
OUTCOME = '[[outcome]]\ncode = "answer"\ntype = "{kind}"\n'
COACHES, CASELOAD, OTHERS = 4, 38, 200


def people(arm, kind="score", **columns):
    rng = np.random.default_rng(12)
    before = rng.integers(2, 8, len(arm)).astype(float)
    after = before + rng.integers(-1, 3, len(arm))
    if kind == "binary":
        before, after = (before > 4).astype(float), (after > 4).astype(float)
    names = [f"p{number:03}" for number in range(len(arm))]
    answers = {"answer_t0": before, "answer_t1": after}
    return pl.DataFrame({"person": names, "arm": arm, **answers, **columns})


def told(frame, design, kind="score"):
    asked = read_configuration(f'design = "{design}"\n' + OUTCOME.format(kind=kind))
    found = analyse(lay_out(frame, asked), asked)
    (headline,) = (
        line.estimate
        for line in found.lines
        if line.headline and line.contrast == "difference_1"
    )
    (seen,) = (one for one in found.seen.figures if one.contrast == "difference_1")
    return headline, seen


def beside_survey():
    """A few coaches, beside people who have none."""
    arm = np.repeat([1, 0], [COACHES * CASELOAD, OTHERS])
    coaches = [f"c{number}" for number in range(COACHES) for _ in range(CASELOAD)]
    return arm, [*coaches, *[""] * OTHERS]


def power(seen, df):
    """Of an analysis of covariance, from its definition."""
    unit = np.sqrt((1 - seen.correlation**2) * (1 / seen.n + 1 / seen.n_comparison))
    reach, shift = stdtrit(df, 0.975), seen.detectable / unit
    return 1 - nctdtr(df, shift, reach) + nctdtr(df, shift, -reach)


def test_pairs_have_the_degrees_of_freedom_of_their_headline():
    arm = np.tile([1, 0], 12)
    headline, seen = told(people(arm, pair=np.repeat(np.arange(12), 2)), "waiting_list")
    assert headline.method == "ancova_cr2" and headline.df < 13
    assert power(seen, headline.df) == close(0.8)
    # Partners are no caseload.
    assert (seen.design_effect, seen.icc) == (None, None)


def test_strangers_have_those_of_people():
    headline, seen = told(people(np.tile([1, 0], 30)), "control_group")
    assert headline.df == 57
    assert power(seen, headline.df) == close(0.8)


def test_coaches_with_people_in_both_groups_have_those_of_their_headline():
    arm = np.tile([1, 0], 60)
    cluster = [f"c{number // 20}" for number in range(120)]
    headline, seen = told(people(arm, cluster=cluster), "control_group")
    arms = Arms(60, 60, *[Loss(seen.design_effect, df=headline.df)] * 2)
    found = power_of_mean_difference(
        seen.detectable, arms, correlation=seen.correlation
    )
    assert seen.design_effect == close(1 + 9 * 0.05)
    assert found == close(0.8)


def test_a_large_survey_lends_few_coaches_no_degrees_of_freedom():
    """Simulated: what is promised of four coaches is found as often as it says."""
    arm, cluster = beside_survey()
    rng, r, found = np.random.default_rng(7), 0.6, []
    before = rng.normal(size=len(arm))
    groups = two_groups(before, before, arm, what="plan", cluster=np.array(cluster))
    arms = Arms(COACHES * CASELOAD, OTHERS, *losses_by_coach(groups))
    smallest = smallest_mean_difference(arms, correlation=r).value
    assert COACHES - 2 < arms.df < COACHES
    for _ in range(300):
        shared = np.repeat(rng.normal(size=COACHES), CASELOAD) * np.sqrt(USUAL_ICC)
        own = rng.normal(size=len(arm)) * np.sqrt(1 - USUAL_ICC * arm)
        unlike = own + np.append(shared, np.zeros(OTHERS))
        after = r * before + np.sqrt(1 - r**2) * unlike + smallest * arm
        found.append(ancova(replace(groups, after=after)).interval.low > 0)
    assert np.mean(found) == pytest.approx(0.8, abs=0.07)


def test_a_yes_counts_with_them_too():
    arm, cluster = beside_survey()
    frame = people(arm, "binary", cluster=cluster)
    _headline, seen = told(frame, "control_group", "binary")
    worth = seen.n / seen.design_effect, seen.n_comparison
    low, high = seen.share_of_others, seen.share_of_others + seen.detectable
    together = np.average([high, low], weights=worth)
    under = np.sqrt(together * (1 - together) * (1 / worth[0] + 1 / worth[1]))
    spread = np.sqrt(high * (1 - high) / worth[0] + low * (1 - low) / worth[1])

    def power_with(df):
        reach = stdtrit(df, 0.975) * under / spread
        return 1 - nctdtr(df, seen.detectable / spread, reach)

    assert power_with(COACHES - 2) < 0.8 < power_with(COACHES)


def test_of_one_coach_nothing_is_promised():
    arm = np.repeat([1, 0], [40, 60])
    asked = read_configuration(
        'design = "control_group"\n' + OUTCOME.format(kind="score")
    )
    frame = people(arm, cluster=["c1"] * 40 + [""] * 60)
    found = analyse(lay_out(frame, asked), asked)
    assert not any(one.contrast == "difference_1" for one in found.seen.figures)
    assert "one_cluster_in_arm" in {one.why for one in found.seen.refused}
