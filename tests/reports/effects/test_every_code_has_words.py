"""Every code that the science can give has words, in English and in Dutch."""

import pytest
from django.utils import translation

from tests.reports.effects import estimators_codes as codes
from tests.reports.effects.reading import changes, effects
from trede.evaluation.disclosing.blanking import TEST_WITHHELD
from trede.evaluation.ladder.small_steps import DOMAINS
from trede.evaluation.withholding import WITHHELD
from trede.reports.effects.methods_told import (
    interval_told,
    method_told,
    note_told,
    refusal_told,
    size_told,
    what_told,
    why_told,
)
from trede.reports.effects.names import Names
from trede.reports.effects.steps import domain_told

# Steps on the way to an estimate, which is told under its own name.
INSIDE = {"odds"}
# Put together in the source from a part that differs.
COMPOSED = (
    "signed_rank_normal",
    "sign_flip_random",
    "stuart_maxwell_exact",
    "bowker_random",
    "freeman_halton_random",
    "mann_whitney_normal",
    "ancova_hc3",
    "ancova_cr2_by_cluster",
    "ancova_lin_cr2",
    "change_score_cr2",
    "adjusted_mean_1",
    "share_difference_3",
    "risk_ratio_poisson",
    "log_ratio_poisson",
    "share_with_any_risk_difference_logit",
    "mean_of_any_ancova_hc3",
    "complete_ancova_cr2",
    "ipw_ancova_cr2",
    "ipw_mean_change_hc3",
    "ipw_mean_change_none",
    "cox_efron_stratified",
    "log_rank_stratified",
    "proportional_hazards_stratified",
    "share_at_floor_now",
    "share_down_of_who_could",
    "mean_change_without_ends",
    "share_up_without_ceiling",
    "share_above_potential",
    "share_reached_potential",
    "share_with_step_of_who_stayed",
    "nonresponse_refused",
    "nonresponse_dont_know",
    "share_from_4_mcnemar_exact",
    "share_from_4_risk_difference_firth",
    "share_from_4_with_unknown_mcnemar_exact",
    "with_unknown_risk_difference_logit",
    "left_out_from_90_mean_change_bca",
    "lowered_to_90_mean_difference_poisson",
)


def words_of(code, tell):
    with translation.override("en"):
        english = tell(code)
    with translation.override("nl"):
        dutch = tell(code)
    return english, dutch


def without_words(found, tell):
    """Codes that come back as they went in, in one of the languages."""
    return [code for code in sorted(found) if code in words_of(code, tell)]


def test_the_science_was_read_at_all():
    assert len(codes.whys()) > 50 and len(codes.methods()) > 30
    assert "few_pairs" in codes.whys() and "few_movers" in codes.notes()


@pytest.mark.parametrize(
    ("found", "tell"),
    [
        (codes.whats(), what_told),
        (codes.methods() - INSIDE, method_told),
        (codes.notes() | {"smallest_p_2_of_32"}, note_told),
        (codes.sizes(), size_told),
        (COMPOSED, method_told),
        ({f"share_with_step_{domain}" for domain in DOMAINS}, method_told),
    ],
    ids=["what", "method", "note", "size", "composed", "steps"],
)
def test_every_code_has_words_in_both_languages(found, tell):
    assert not without_words(found, tell)


def test_every_reason_for_a_refusal_has_words():
    def tell(why):
        return why_told({"why": why})

    assert not without_words(codes.whys(), tell)


def test_what_disclosure_control_leaves_behind_has_words_too():
    assert TEST_WITHHELD not in words_of(TEST_WITHHELD, note_told)
    assert "withheld" not in words_of({"why": WITHHELD}, why_told)


def test_every_interval_has_a_name():
    # Some are names of people, which are the same in both languages and in the code.
    missing = [one for one in codes.intervals() if interval_told(one) == one]
    assert set(missing) <= {"wilson", "jackknife", "feldt", "welch", "fieller"}


@pytest.mark.parametrize("analysis", [changes(), effects()], ids=["change", "effect"])
def test_a_whole_run_gives_no_code_without_words(analysis):
    estimates = analysis["estimates"]
    methods = {one["method"] for one in estimates}
    notes = {note for one in estimates for note in one["notes"]}
    notes |= {note for one in analysis["instrument"] for note in one["notes"]}
    assert not without_words(methods, method_told)
    assert not without_words(notes, note_told)
    for refused in analysis["refused"]:
        for told in words_of(refused, lambda one: refusal_told(one, Names())):
            assert "_" not in told and "None" not in told


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_life_domain_has_a_name(domain):
    assert domain not in words_of(domain, lambda one: domain_told(one, Names()))
    assert domain_told(f"steps_{domain}", Names()) == domain_told(domain, Names())
