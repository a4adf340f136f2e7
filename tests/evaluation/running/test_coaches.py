"""People of one coach: when they lead, what stands beside them, and what R says."""

import json
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from trede.evaluation.change.outcomes import changes_in
from trede.evaluation.comparison.caseloads import caseloads
from trede.evaluation.disclosing.blanking import without
from trede.evaluation.disclosing.depths import depths_of
from trede.evaluation.norms import default_norms
from trede.evaluation.precision.mean_changes import (
    power_of_mean_change,
    smallest_mean_change,
)
from trede.evaluation.running.coaches import with_coaches
from trede.evaluation.running.configuration import Outcome, read_configuration
from trede.evaluation.running.laying_out import lay_out
from trede.evaluation.running.lines import lines_of
from trede.evaluation.running.smallest import smallest_seen
from trede.evaluation.running.subgroups import divided

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "reference" / "coaches.json").read_text()
)["changes"]
close = partial(pytest.approx, rel=1e-8, abs=1e-10)


def labels(*sizes, alone=0):
    named = [f"coach {n}" for n, size in enumerate(sizes) for _ in range(size)]
    return np.array(named + [""] * alone, dtype=np.str_)


def answers(kind, n, seed=3):
    rng = np.random.default_rng(seed)
    before = rng.integers(1, 6, n).astype(float)
    after = np.clip(before + rng.integers(-1, 3, n), 1, 6)
    if kind == "binary":
        return (before > 3).astype(float), (after > 3).astype(float)
    return before, after


def found(kind, cluster, seed=3):
    """The estimates without and with coaches."""
    before, after = answers(kind, len(cluster), seed)
    plain = changes_in(kind, before, after, np.random.default_rng(1))
    return plain.estimates, with_coaches(kind, plain, before, after, cluster)


@pytest.mark.parametrize("asked", REFERENCE)
def test_the_headline_by_coach_is_what_clubsandwich_finds(asked):
    before, after = (np.array(asked[key], float) for key in ("before", "after"))
    plain = changes_in("score", before, after, np.random.default_rng(1))
    coaches = np.array(asked["coach"], dtype=np.str_)
    first, second, *_ = with_coaches("score", plain, before, after, coaches).estimates
    assert first.method == "mean_change_cr2"
    assert (first.value, first.se, first.df) == close(
        (asked["mean"], asked["se"], asked["df"])
    )
    assert (first.interval.low, first.interval.high) == close(tuple(asked["ci"]))
    if len(set(coaches)) > 5:
        assert first.p == close(asked["p"])
    for size, ends in zip(first.sizes, asked["sizes"], strict=True):
        low, high = size.interval.low, size.interval.high
        assert (low, high) == pytest.approx(tuple(ends), rel=1e-6, abs=1e-7)
    if asked["wild_p"] > 0:
        assert second.method == "mean_change_wild_bootstrap"
        assert second.p == close(asked["wild_p"])


@pytest.mark.parametrize("kind", ["score", "hours"])
@pytest.mark.parametrize("sizes", [(8,) * 5, (30, 3, 3, 2, 2), (20, *[2] * 12)])
def test_from_five_coaches_a_mean_is_told_by_coach_however_uneven_they_are(kind, sizes):
    plain, coached = found(kind, labels(*sizes))
    headline = coached.estimates[0]
    assert headline.method == "mean_change_cr2"
    assert headline.value == pytest.approx(plain[0].value)
    independent = replace(plain[0], notes=(*plain[0].notes, "clusters_ignored"))
    assert independent in coached.estimates[1:3]
    others = coached.estimates[coached.estimates.index(independent) + 1 :]
    assert others[: len(plain) - 1] == plain[1:]


@pytest.mark.parametrize("kind", ["score", "hours"])
@pytest.mark.parametrize("sizes", [(10,) * 4, (20, 12)])
def test_below_five_coaches_the_figure_is_of_these_coaches_and_says_so(kind, sizes):
    plain, coached = found(kind, labels(*sizes))
    first, last = coached.estimates[0], coached.estimates[-1]
    notes = ("clusters_ignored", "these_coaches_only")
    assert first == replace(plain[0], notes=(*plain[0].notes, *notes))
    assert last.method == "mean_change_cr2" and last.p is None
    assert f"smallest_p_2_of_{2 ** len(sizes)}" in last.notes


@pytest.mark.parametrize("kind", ["likert", "ladder", "binary"])
def test_an_exact_test_stays_the_headline_with_the_mean_by_coach_behind_it(kind):
    plain, coached = found(kind, labels(*[6] * 7))
    first, last = coached.estimates[0], coached.estimates[-1]
    assert (first.method, first.interval) == (plain[0].method, plain[0].interval)
    assert "clusters_ignored" in first.notes
    assert "these_coaches_only" not in first.notes
    assert last.method == "mean_change_cr2" and last.df < 7


def test_five_coaches_have_an_interval_and_no_p_and_it_is_said_why():
    _, coached = found("score", labels(*[8] * 5))
    headline = coached.estimates[0]
    assert headline.interval is not None and headline.p is None
    assert "smallest_p_2_of_32" in headline.notes
    (refused,) = [no for no in coached.refused if no.what == "cluster_test"]
    assert (refused.why, refused.has, refused.needed) == ("few_clusters", 5, 6)


@pytest.mark.parametrize(("coaches", "there"), [(5, 0), (6, 1), (9, 1), (10, 0)])
def test_the_wild_bootstrap_stands_beside_six_to_nine_coaches(coaches, there):
    _, coached = found("score", labels(*[5] * coaches))
    methods = [one.method for one in coached.estimates]
    assert methods.count("mean_change_wild_bootstrap") == there


@pytest.mark.parametrize("coaches", [3, 9, 10])
def test_below_ten_coaches_it_is_not_said_how_alike_their_people_are(coaches):
    _, coached = found("score", labels(*[5] * coaches))
    told = [one for one in coached.estimates if one.method == "icc_anova"]
    refused = [no for no in coached.refused if no.what == "icc"]
    assert (len(told), len(refused)) == ((0, 1) if coaches < 10 else (1, 0))
    assert all((no.why, no.has) == ("few_clusters", coaches) for no in refused)


def test_a_figure_by_coach_is_taken_to_tell_what_a_mean_tells():
    for method in ("mean_change_cr2", "mean_change_wild_bootstrap", "icc_anova"):
        assert depths_of(method) == depths_of("paired_t") == ("pairs", "moments")


@pytest.mark.parametrize("cluster", [labels(*[1] * 40), labels(alone=40)])
@pytest.mark.parametrize("kind", ["score", "binary"])
def test_coaches_of_one_person_each_change_nothing(kind, cluster):
    plain, coached = found(kind, cluster)
    assert coached.estimates == plain


def test_who_has_no_coach_belongs_with_nobody():
    shared = caseloads(labels(3, 2, alone=2))
    assert (shared.coaches, shared.count, shared.enough) == (2, 4, False)
    assert np.bincount(shared.codes).tolist() == [3, 2, 1, 1]


def test_coaches_are_counted_over_those_with_both_answers():
    cluster = labels(*[8] * 5)
    before, after = answers("score", 40)
    after[32:] = np.nan
    plain = changes_in("score", before, after, np.random.default_rng(1))
    coached = with_coaches("score", plain, before, after, cluster)
    assert coached.estimates[0].method == "paired_t"
    assert coached.estimates[0].n_missing == 8


def test_one_coach_of_everybody_cannot_be_told_from_the_rest_and_is_refused():
    plain, coached = found("score", labels(40))
    assert [no.why for no in coached.refused if no.what == "robust_mean"] == [
        "few_clusters"
    ]
    assert coached.estimates[0].p == plain[0].p


def test_everybody_changing_alike_has_a_mean_and_no_interval():
    before = np.arange(40.0) % 5
    plain = changes_in("score", before, before + 1, np.random.default_rng(1))
    coached = with_coaches("score", plain, before, before + 1, labels(*[5] * 8))
    headline = coached.estimates[0]
    assert (headline.value, headline.interval) == (1, None)
    assert "no_variation" in headline.notes


def test_few_hours_are_as_few_by_coach():
    plain, coached = found("hours", labels(*[4] * 6))
    assert "few_for_bootstrap" in plain[0].notes
    assert "few_for_bootstrap" in coached.estimates[0].notes


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_people_changes_nothing(seed):
    before, after = answers("score", 24)
    cluster = labels(6, 5, 4, 3, 3, 3)

    def headline(places):
        one, other = before[places], after[places]
        plain = changes_in("score", one, other, np.random.default_rng(1))
        first, second, *_ = with_coaches(
            "score", plain, one, other, cluster[places]
        ).estimates
        return first.value, first.se, first.df, second.p

    mixed = np.random.default_rng(seed).permutation(24)
    assert headline(mixed) == pytest.approx(headline(np.arange(24)))


def test_the_wild_p_is_that_of_every_way_the_signs_of_coaches_can_fall():
    cluster = labels(5, 4, 6, 3, 7, 5)
    _, coached = found("score", cluster)
    before, after = answers("score", len(cluster))
    change, codes = after - before, caseloads(cluster).codes

    def t(values):
        left = np.bincount(codes, values - values.mean())
        return abs(values.sum()) / np.sqrt((left**2).sum())

    ways = [t(np.array(signs)[codes] * change) for signs in product((1, -1), repeat=6)]
    share = np.mean(np.array(ways) >= t(change) * (1 - 1e-9))
    assert coached.estimates[1].p == share
    # Its interval holds the values that are not rejected.
    low = coached.estimates[1].interval.low
    assert low < coached.estimates[1].value


def test_what_could_be_seen_counts_with_unequal_caseloads_and_says_what_it_supposes():
    even, uneven, few = (
        plan(labels(*sizes)) for sizes in ((6,) * 10, (33, *[3] * 9), (15,) * 4)
    )
    assert (even.icc, few.icc, few.design_effect) == (0.05, None, None)
    assert even.design_effect == pytest.approx(1 + 5 * 0.05)
    assert uneven.design_effect == pytest.approx(1 + ((33**2 + 81) / 60 - 1) * 0.05)
    assert few.detectable == smallest_mean_change(60).value
    assert few.detectable < even.detectable < uneven.detectable
    # What it promises is kept by the interval that is made: its own degrees of freedom.
    worth = 60 / even.design_effect
    assert power_of_mean_change(even.detectable, worth, 9) == pytest.approx(0.8)


def plan(cluster):
    before, after = answers("score", len(cluster))
    frame = pl.DataFrame(
        {
            "person": [f"p{number:02}" for number in range(len(cluster))],
            "satisfied_t0": before,
            "satisfied_t1": after,
            "cluster": cluster.tolist(),
        }
    )
    asked = read_configuration(
        'design = "pre_post"\n[[outcome]]\ncode = "satisfied"\ntype = "score"\n'
    )
    (seen,) = smallest_seen(lay_out(frame, asked), asked).figures
    return seen


def test_no_digit_of_an_error_by_coach_is_printed_that_could_tell_of_one_coach():
    _, coached = found("score", labels(7, 5, 9, 4, 6, 8))
    outcome = Outcome("satisfied", "score")
    told = {"estimates": [], "outcomes": []}
    for line in lines_of(outcome, "difference_1", coached.estimates):
        entry = {"outcome": "satisfied", "contrast": "difference_1", "type": "score"}
        estimate = line.estimate
        entry |= {"method": estimate.method, "se": estimate.se, "df": estimate.df}
        told["estimates"].append(entry)
    public = without(told, (), families={}, days={}, norms=default_norms())
    first, _wild, plain, *_ = public["estimates"]
    headline = coached.estimates[0]
    assert first["se"] == float(f"{headline.se:.3g}") != headline.se
    assert plain["se"] == coached.estimates[2].se


def by_sex(*sizes):
    """A change by subgroup, of people of so many coaches; of nobody's without."""
    before, after = answers("score", 60)
    columns = {
        "person": [f"p{number:02}" for number in range(60)],
        "satisfied_t0": before,
        "satisfied_t1": after,
        "sex": ["woman", "man"] * 30,
    }
    coaches = {"cluster": labels(*sizes).tolist()} if sizes else {}
    text = 'design = "pre_post"\nsubgroups = ["sex"]\n[[outcome]]\n'
    text += 'code = "satisfied"\ntype = "score"\nprimary = true\n'
    asked = read_configuration(text)
    frame = pl.DataFrame(columns | coaches)
    (found,) = divided(lay_out(frame, asked), asked, None).figures
    return found


def test_from_five_coaches_a_change_by_subgroup_is_told_by_coach():
    plain, coached = by_sex(), by_sex(*[10] * 6)
    assert coached.notes == (*plain.notes, "errors_by_coach", "few_clusters")
    pairs = list(zip(plain.levels, coached.levels, strict=True))
    assert all(one.estimate == pytest.approx(other.estimate) for one, other in pairs)
    assert all(one.se != other.se for one, other in pairs)


def test_of_fewer_coaches_a_change_by_subgroup_says_that_it_knows_none():
    plain, coached = by_sex(), by_sex(*[15] * 4)
    assert coached.notes == (*plain.notes, "clusters_ignored", "these_coaches_only")
    assert coached.levels == plain.levels
