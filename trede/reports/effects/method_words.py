"""What a method is called, whatever estimator gave it.

A method's code may have a beginning (`ipw_`) and endings (`_cr2`, `_exact`); each has
words of its own, so that every combination an estimator makes can be told.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

METHODS: Words = {
    "paired_t": pgettext_lazy("method", "mean change, paired t-test"),
    "sign_flip": pgettext_lazy("method", "mean change, sign-flip test"),
    "hodges_lehmann": pgettext_lazy(
        "method", "middle change (Hodges-Lehmann), signed-rank test"
    ),
    "signed_rank": pgettext_lazy(
        "method", "Wilcoxon's signed-rank test (zeros by Pratt)"
    ),
    "sign_test": pgettext_lazy("method", "share up minus share down, sign test"),
    "net_share_up": pgettext_lazy("method", "share up minus share down"),
    "share_up": pgettext_lazy("method", "share that went up"),
    "share_same": pgettext_lazy("method", "share that stayed the same"),
    "share_down": pgettext_lazy("method", "share that went down"),
    "stuart_maxwell": pgettext_lazy(
        "method", "whole table before and after, Stuart-Maxwell test"
    ),
    "bhapkar": pgettext_lazy("method", "whole table before and after, Bhapkar's test"),
    "bowker": pgettext_lazy("method", "symmetry of the table, Bowker's test"),
    "mcnemar_mid_p": pgettext_lazy("method", "change in share, McNemar's test (mid-p)"),
    "mcnemar": pgettext_lazy("method", "change in share, McNemar's test"),
    "share_with_any_mcnemar_mid_p": pgettext_lazy(
        "method", "change in the share with any hours, McNemar's test (mid-p)"
    ),
    "mean_change_bca": pgettext_lazy(
        "method", "mean change in hours over everybody, bootstrap interval"
    ),
    "median_change": pgettext_lazy("method", "median change in hours"),
    "mean_of_any_before": pgettext_lazy(
        "method", "mean hours before, of those with any"
    ),
    "mean_of_any_after": pgettext_lazy("method", "mean hours after, of those with any"),
    "mean_change_of_any": pgettext_lazy(
        "method", "mean change in hours of those with any both times"
    ),
    "mean_change": pgettext_lazy("method", "mean change"),
    "mean_change_wild_bootstrap": pgettext_lazy(
        "method", "the same mean change, wild bootstrap over coaches"
    ),
    "ancova": pgettext_lazy(
        "method", "difference between the groups, adjusted for the start (ANCOVA)"
    ),
    "ancova_lin": pgettext_lazy(
        "method", "the same with an own slope for each group (Lin)"
    ),
    "change_score": pgettext_lazy(
        "method", "difference in change, without adjustment for the start"
    ),
    "adjusted_mean_1": pgettext_lazy("method", "adjusted mean of the participants"),
    "adjusted_mean_0": pgettext_lazy("method", "adjusted mean of the comparison group"),
    "ancova_wild_bootstrap": pgettext_lazy(
        "method", "the same difference, wild bootstrap over coaches"
    ),
    "proportional_odds": pgettext_lazy(
        "method", "odds of a higher answer (proportional odds)"
    ),
    "proportional_odds_weighted": pgettext_lazy(
        "method", "odds of a higher answer, weighted (proportional odds)"
    ),
    "nominal_test": pgettext_lazy(
        "method", "test whether the odds are the same all along the scale"
    ),
    "nominal_test_htz": pgettext_lazy(
        "method", "test whether the odds are the same all along the scale (HTZ)"
    ),
    "mann_whitney": pgettext_lazy("method", "Mann-Whitney test of the later answers"),
    "freeman_halton": pgettext_lazy(
        "method", "exact test of the table of later answers (Freeman-Halton)"
    ),
    "risk_difference_logit": pgettext_lazy(
        "method", "difference in share, adjusted for the start (logistic model)"
    ),
    "risk_difference_firth": pgettext_lazy(
        "method", "difference in share, adjusted for the start (Firth's logistic model)"
    ),
    "risk_ratio_poisson": pgettext_lazy(
        "method", "ratio of the shares, adjusted for the start (Poisson model)"
    ),
    "fisher_exact": pgettext_lazy(
        "method", "difference in share without adjustment, Fisher's exact test"
    ),
    "mean_difference_poisson": pgettext_lazy(
        "method", "difference in hours, adjusted for the start (Poisson model)"
    ),
    "log_ratio_poisson": pgettext_lazy("method", "ratio of the hours (Poisson model)"),
    "pair_difference_in_change": pgettext_lazy(
        "method", "difference in change within complete pairs"
    ),
    "randomisation": pgettext_lazy(
        "method", "test by drawing the lots again within pairs"
    ),
    "icc_anova": pgettext_lazy("method", "likeness of people of one coach (ICC)"),
    "change_in": pgettext_lazy("method", "change within the subgroup"),
    "effect_in": pgettext_lazy("method", "difference within the subgroup"),
    "interaction": pgettext_lazy("method", "difference between the subgroups"),
    "interaction_htz": pgettext_lazy(
        "method", "test whether subgroups differ (Hotelling's T)"
    ),
    "kaplan_meier": pgettext_lazy(
        "method", "share to whom it happened by the horizon (Kaplan-Meier)"
    ),
    "median_days": pgettext_lazy("method", "median number of days"),
    "restricted_mean": pgettext_lazy(
        "method", "mean number of days until then, at most to the horizon"
    ),
    "restricted_mean_1": pgettext_lazy("method", "the same among participants"),
    "restricted_mean_0": pgettext_lazy("method", "the same in the comparison group"),
    "restricted_mean_difference": pgettext_lazy(
        "method", "difference in mean number of days, at most to the horizon"
    ),
    "restricted_mean_difference_permuted": pgettext_lazy(
        "method", "the same difference, by dealing people over the groups again"
    ),
    "kaplan_meier_difference": pgettext_lazy(
        "method", "difference in the share to whom it happened by the horizon"
    ),
    "log_rank": pgettext_lazy("method", "log-rank test of the whole curve"),
    "log_rank_weighted": pgettext_lazy(
        "method", "log-rank test of the whole curve, weighted"
    ),
    "cox_efron": pgettext_lazy("method", "ratio of the paces (Cox)"),
    "cox_efron_weighted": pgettext_lazy("method", "ratio of the paces (Cox), weighted"),
    "proportional_hazards": pgettext_lazy(
        "method", "test whether the ratio of the paces stays the same"
    ),
    "aalen_johansen": pgettext_lazy(
        "method", "share that left for this reason (Aalen-Johansen)"
    ),
    "mean_tread_change": pgettext_lazy("method", "mean change in treads"),
    "share_at_floor": pgettext_lazy("method", "share on the lowest tread at the start"),
    "share_at_ceiling": pgettext_lazy(
        "method", "share on the highest tread at the start"
    ),
    "share_at_floor_now": pgettext_lazy(
        "method", "share on the lowest tread afterwards"
    ),
    "share_at_ceiling_now": pgettext_lazy(
        "method", "share on the highest tread afterwards"
    ),
    "share_up_of_who_could": pgettext_lazy(
        "method", "share that went up, of those who could"
    ),
    "share_down_of_who_could": pgettext_lazy(
        "method", "share that went down, of those who could"
    ),
    "mean_change_without_ceiling": pgettext_lazy(
        "method", "mean change without who started on the highest tread"
    ),
    "mean_change_without_floor": pgettext_lazy(
        "method", "mean change without who started on the lowest tread"
    ),
    "mean_change_without_ends": pgettext_lazy(
        "method", "mean change without who started on either end"
    ),
    "share_up_without_ceiling": pgettext_lazy(
        "method", "share up without who started on the highest tread"
    ),
    "share_up_without_floor": pgettext_lazy(
        "method", "share up without who started on the lowest tread"
    ),
    "share_up_without_ends": pgettext_lazy(
        "method", "share up without who started on either end"
    ),
    "share_above_potential": pgettext_lazy(
        "method", "share that came higher than was expected"
    ),
    "share_at_potential": pgettext_lazy(
        "method", "share that came as high as was expected"
    ),
    "share_below_potential": pgettext_lazy(
        "method", "share that came less high than was expected"
    ),
    "share_reached_potential": pgettext_lazy(
        "method", "share that reached the tread expected, of who had to rise"
    ),
    "mean_gap_to_potential": pgettext_lazy(
        "method", "mean distance to the tread expected"
    ),
    "share_with_step": pgettext_lazy("method", "share that took a small step"),
    "share_with_step_of_who_rose": pgettext_lazy(
        "method", "share with a small step, of who rose"
    ),
    "share_with_step_of_who_stayed": pgettext_lazy(
        "method", "share with a small step, of who stayed"
    ),
    "share_with_step_of_who_fell": pgettext_lazy(
        "method", "share with a small step, of who fell"
    ),
    "first_rise": pgettext_lazy("method", "time to the first rise"),
    "mi_mean_change": pgettext_lazy(
        "method", "answers that are missing filled in many times (multiple imputation)"
    ),
    "mi_ancova": pgettext_lazy(
        "method", "answers that are missing filled in many times (multiple imputation)"
    ),
    "manski": pgettext_lazy("method", "bounds without any supposition (Manski)"),
    "manski_change": pgettext_lazy("method", "bounds without any supposition (Manski)"),
    "manski_difference_in_change": pgettext_lazy(
        "method", "bounds without any supposition (Manski)"
    ),
    "lee": pgettext_lazy(
        "method", "bounds when only some leave because of the group (Lee)"
    ),
    "robust_mean": pgettext_lazy("method", "mean change"),
    "standardised_difference": pgettext_lazy("method", "standardised difference"),
    "standardised_distance": pgettext_lazy(
        "method", "standardised distance between distributions"
    ),
    "logit": pgettext_lazy("method", "logistic model"),
    "firth": pgettext_lazy("method", "Firth's logistic model"),
    "cronbach_alpha": pgettext_lazy("method", "Cronbach's alpha"),
    "cronbach_alpha_bca": pgettext_lazy(
        "method", "Cronbach's alpha, bootstrap interval"
    ),
    "omega_total_minres": pgettext_lazy("method", "omega (one factor)"),
    "item_rest": pgettext_lazy(
        "method", "correlation of a question with the rest of its scale"
    ),
    "item_nonresponse": pgettext_lazy(
        "method", "share without an answer to the question"
    ),
    "nonresponse_dont_know": pgettext_lazy("method", "share that did not know"),
    "nonresponse_refused": pgettext_lazy("method", "share that would rather not say"),
    "nonresponse_skipped": pgettext_lazy("method", "share that skipped the question"),
    "floor": pgettext_lazy("method", "share with the lowest answer"),
    "ceiling": pgettext_lazy("method", "share with the highest answer"),
    "difference_by_asking": pgettext_lazy(
        "method", "difference by how people were asked (Welch)"
    ),
    "smallest_mean_change": pgettext_lazy(
        "method", "smallest mean change that this number of people could show"
    ),
    "smallest_change_in_share": pgettext_lazy(
        "method", "smallest change in share that this number of people could show"
    ),
    "cost_per_step_fieller": pgettext_lazy("method", "cost for each step (Fieller)"),
    "cost_per_step_bca": pgettext_lazy(
        "method", "cost for each step, bootstrap interval"
    ),
    "mean_cost": pgettext_lazy("method", "mean cost"),
    "mean_steps": pgettext_lazy("method", "mean number of steps"),
    "next_pilot": pgettext_lazy(
        "method", "where the figure of a next pilot may lie (prediction)"
    ),
    "fixed_effect": pgettext_lazy("method", "these pilots only (fixed effect)"),
    "reml_hartung_knapp_modified": pgettext_lazy(
        "method", "all such pilots (random effects by REML; modified Hartung-Knapp)"
    ),
    "reml_hartung_knapp": pgettext_lazy(
        "method", "the same, Hartung-Knapp without the modification"
    ),
    "reml_hartung_knapp_adhoc": pgettext_lazy(
        "method", "the same, with the older correction of Hartung-Knapp"
    ),
    "one_stage_ancova_cr2": pgettext_lazy(
        "method", "everybody's answers in one model (check)"
    ),
    "one_stage_change_cr2": pgettext_lazy(
        "method", "everybody's change in one model (check)"
    ),
    "one_stage_restricted_mean_cr2": pgettext_lazy(
        "method", "everybody's days in one model (check)"
    ),
    "published_mean": pgettext_lazy("method", "difference from a published mean"),
    "published_share": pgettext_lazy("method", "difference from a published share"),
}
BEGINNINGS: Words = {
    "share_with_any_": pgettext_lazy(
        "beginning of a method", "share with any hours: %(rest)s"
    ),
    "mean_of_any_": pgettext_lazy(
        "beginning of a method", "those with any hours: %(rest)s"
    ),
    "with_unknown_": pgettext_lazy(
        "beginning of a method",
        "with who did not know or would not say, as not: %(rest)s",
    ),
    "leave_one_out/": pgettext_lazy(
        "beginning of a method", "all such pilots, without %(rest)s"
    ),
    "complete_": pgettext_lazy("beginning of a method", "complete cases: %(rest)s"),
    "ipw_": pgettext_lazy(
        "beginning of a method", "weighted for who is missing: %(rest)s"
    ),
}
ENDINGS: Words = {
    "_exact": pgettext_lazy("ending of a method", "exact"),
    "_normal": pgettext_lazy("ending of a method", "by the normal distribution"),
    "_random": pgettext_lazy("ending of a method", "by drawing at random"),
    "_hc3": pgettext_lazy("ending of a method", "robust errors (HC3)"),
    "_cr2": pgettext_lazy("ending of a method", "errors by group (CR2)"),
    "_model": pgettext_lazy("ending of a method", "errors of the model"),
    "_by_cluster": pgettext_lazy("ending of a method", "by coach"),
    "_stratified": pgettext_lazy("ending of a method", "within coaches"),
}
