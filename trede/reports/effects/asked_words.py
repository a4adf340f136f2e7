"""What was asked of an estimator, for a sentence that says it was refused."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

WHATS: Words = {
    "change_in": pgettext_lazy("what was asked", "the change"),
    "change_in_score": pgettext_lazy("what was asked", "the change"),
    "change_in_likert": pgettext_lazy("what was asked", "the change"),
    "change_in_ladder": pgettext_lazy("what was asked", "the change in treads"),
    "change_in_binary": pgettext_lazy("what was asked", "the change in share"),
    "change_in_hours": pgettext_lazy("what was asked", "the change in hours"),
    "change_in_share": pgettext_lazy("what was asked", "the change in share"),
    "mean_change": pgettext_lazy("what was asked", "the mean change"),
    "hours": pgettext_lazy("what was asked", "the change in hours"),
    "bootstrap": pgettext_lazy("what was asked", "an interval by resampling"),
    "net_share_up": pgettext_lazy(
        "what was asked", "the share up minus the share down"
    ),
    "shares_by_direction": pgettext_lazy(
        "what was asked", "the shares that went up and down"
    ),
    "shift_table": pgettext_lazy("what was asked", "the table before and after"),
    "stuart_maxwell": pgettext_lazy("what was asked", "the test of the whole table"),
    "bhapkar": pgettext_lazy("what was asked", "Bhapkar's test of the whole table"),
    "bowker": pgettext_lazy("what was asked", "the test of symmetry"),
    "signed_rank": pgettext_lazy("what was asked", "the signed-rank test"),
    "rank_biserial": pgettext_lazy("what was asked", "the rank correlation"),
    "sign_flip": pgettext_lazy("what was asked", "the sign-flip test"),
    "hodges_lehmann": pgettext_lazy("what was asked", "the middle change"),
    "median_change": pgettext_lazy("what was asked", "the median change in hours"),
    "mean_of_any": pgettext_lazy("what was asked", "the hours of those with any"),
    "compare": pgettext_lazy("what was asked", "the comparison of the groups"),
    "compare_score": pgettext_lazy("what was asked", "the comparison of the groups"),
    "compare_likert": pgettext_lazy("what was asked", "the comparison of the groups"),
    "compare_ladder": pgettext_lazy("what was asked", "the comparison of the groups"),
    "compare_binary": pgettext_lazy("what was asked", "the comparison of the groups"),
    "compare_hours": pgettext_lazy("what was asked", "the comparison of the groups"),
    "ancova": pgettext_lazy("what was asked", "the difference adjusted for the start"),
    "least_squares": pgettext_lazy("what was asked", "the straight line of the model"),
    "hc3": pgettext_lazy("what was asked", "the robust errors"),
    "cr2": pgettext_lazy("what was asked", "the errors by group"),
    "joint_test": pgettext_lazy("what was asked", "the joint test"),
    "proportional_odds": pgettext_lazy("what was asked", "the odds of a higher answer"),
    "cumulative_odds": pgettext_lazy("what was asked", "the odds of a higher answer"),
    "nominal_test": pgettext_lazy(
        "what was asked", "the test whether the odds are the same all along"
    ),
    "mann_whitney": pgettext_lazy("what was asked", "the Mann-Whitney test"),
    "freeman_halton": pgettext_lazy("what was asked", "the exact test of the table"),
    "firth": pgettext_lazy("what was asked", "Firth's logistic model"),
    "logit": pgettext_lazy("what was asked", "the logistic model"),
    "log": pgettext_lazy("what was asked", "the model of ratios"),
    "risk_difference": pgettext_lazy("what was asked", "the difference in share"),
    "risk_ratio": pgettext_lazy("what was asked", "the ratio of the shares"),
    "ratio_of_means": pgettext_lazy("what was asked", "the ratio of the hours"),
    "odds_ratio": pgettext_lazy("what was asked", "the odds ratio"),
    "fisher_exact": pgettext_lazy("what was asked", "Fisher's exact test"),
    "randomisation_test": pgettext_lazy(
        "what was asked", "the test by drawing the lots again"
    ),
    "pair_difference_in_change": pgettext_lazy(
        "what was asked", "the difference within pairs"
    ),
    "cluster_test": pgettext_lazy("what was asked", "the test by coach"),
    "share_from": pgettext_lazy(
        "what was asked", "the share with one of the higher answers"
    ),
    "icc": pgettext_lazy("what was asked", "the likeness of people of one coach"),
    "weighting": pgettext_lazy(
        "what was asked", "the weighting of the comparison group"
    ),
    "subgroup": pgettext_lazy("what was asked", "the figure of a subgroup"),
    "interaction": pgettext_lazy("what was asked", "the test whether subgroups differ"),
    "kaplan_meier": pgettext_lazy("what was asked", "the time until it happened"),
    "median_days": pgettext_lazy("what was asked", "the median number of days"),
    "restricted_mean": pgettext_lazy("what was asked", "the mean number of days"),
    "restricted_mean_difference": pgettext_lazy(
        "what was asked", "the difference in number of days"
    ),
    "restricted_mean_difference_permuted": pgettext_lazy(
        "what was asked", "the difference in number of days, by dealing again"
    ),
    "kaplan_meier_difference": pgettext_lazy(
        "what was asked", "the difference in the share to whom it happened"
    ),
    "times_compared": pgettext_lazy("what was asked", "the comparison of the times"),
    "log_rank": pgettext_lazy("what was asked", "the log-rank test"),
    "cox": pgettext_lazy("what was asked", "the ratio of the paces"),
    "proportional_hazards": pgettext_lazy(
        "what was asked", "the test of one ratio all along"
    ),
    "cumulative_incidence": pgettext_lazy(
        "what was asked", "the share that left for a reason"
    ),
    "aalen_johansen": pgettext_lazy(
        "what was asked", "the share that left for a reason"
    ),
    "first_rise": pgettext_lazy("what was asked", "the time to the first rise"),
    "transitions": pgettext_lazy("what was asked", "the movements on the ladder"),
    "ladder": pgettext_lazy("what was asked", "the account of the ladder"),
    "shares_at_the_ends": pgettext_lazy(
        "what was asked", "the shares at the ends of the ladder"
    ),
    "shares_of_who_could": pgettext_lazy(
        "what was asked", "the shares of who could move"
    ),
    "small_steps": pgettext_lazy("what was asked", "the small steps"),
    "potential_and_reached": pgettext_lazy(
        "what was asked", "what was expected beside what was reached"
    ),
    "share_up": pgettext_lazy("what was asked", "the share that went up"),
    "share_same": pgettext_lazy("what was asked", "the share that stayed the same"),
    "share_down": pgettext_lazy("what was asked", "the share that went down"),
    "side_by_side": pgettext_lazy("what was asked", "the check for who is missing"),
    "sensitivity": pgettext_lazy("what was asked", "the check for who is missing"),
    "complete_cases": pgettext_lazy("what was asked", "the figure of complete cases"),
    "response": pgettext_lazy("what was asked", "the model of who answered"),
    "ipw_ancova": pgettext_lazy("what was asked", "the weighted difference"),
    "weighted_change": pgettext_lazy("what was asked", "the weighted change"),
    "robust_mean": pgettext_lazy("what was asked", "the mean with robust errors"),
    "impute": pgettext_lazy("what was asked", "the filling in of answers"),
    "pool": pgettext_lazy("what was asked", "the joining of filled in data"),
    "joint": pgettext_lazy("what was asked", "the joint test of filled in data"),
    "manski": pgettext_lazy("what was asked", "the bounds without any supposition"),
    "lee": pgettext_lazy("what was asked", "Lee's bounds"),
    "balance": pgettext_lazy("what was asked", "the standardised difference"),
    "compare_sides": pgettext_lazy("what was asked", "who left beside who stayed"),
    "attrition": pgettext_lazy("what was asked", "who left beside who stayed"),
    "by_period": pgettext_lazy("what was asked", "the figures by period"),
    "flow": pgettext_lazy("what was asked", "the way from list to evaluation"),
    "dropouts": pgettext_lazy("what was asked", "the number that stopped"),
    "reliability": pgettext_lazy("what was asked", "the reliability of the scale"),
    "cronbach_alpha": pgettext_lazy("what was asked", "Cronbach's alpha"),
    "cronbach_alpha_bca": pgettext_lazy(
        "what was asked", "Cronbach's alpha by resampling"
    ),
    "omega_total": pgettext_lazy("what was asked", "omega"),
    "item_rest": pgettext_lazy("what was asked", "how a question goes with its scale"),
    "item_nonresponse": pgettext_lazy("what was asked", "who gave no answer"),
    "floor_and_ceiling": pgettext_lazy(
        "what was asked", "the shares at the ends of the scale"
    ),
    "difference_by_asking": pgettext_lazy(
        "what was asked", "the difference by how people were asked"
    ),
    "smallest_mean_change": pgettext_lazy(
        "what was asked", "the smallest change that can be shown"
    ),
    "smallest_change": pgettext_lazy(
        "what was asked", "the smallest change that can be shown"
    ),
    "difference_of_means_normal": pgettext_lazy(
        "what was asked", "the smallest difference that can be shown"
    ),
    "smallest_change_in_share": pgettext_lazy(
        "what was asked", "the smallest change in share that can be shown"
    ),
    "people_for_mean_change": pgettext_lazy(
        "what was asked", "how many people would be needed"
    ),
    "people_for_change_in_share": pgettext_lazy(
        "what was asked", "how many people would be needed"
    ),
    "people_for_half_width": pgettext_lazy(
        "what was asked", "how many people would be needed"
    ),
    "half_width_of_share": pgettext_lazy("what was asked", "how exact a share is"),
    "power_of_mean_change": pgettext_lazy("what was asked", "the power"),
    "power_of_change_in_share": pgettext_lazy("what was asked", "the power"),
    "post_hoc_power": pgettext_lazy("what was asked", "the power afterwards"),
    "power": pgettext_lazy("what was asked", "the power"),
    "precision": pgettext_lazy(
        "what was asked", "the smallest change that can be shown"
    ),
    "design_effect": pgettext_lazy("what was asked", "what unequal caseloads cost"),
    "effective_n_of_weights": pgettext_lazy(
        "what was asked", "how many people the weights leave"
    ),
    "cost_per_step": pgettext_lazy("what was asked", "the cost for each step"),
    "cost_per_step_bca": pgettext_lazy(
        "what was asked", "the cost for each step by resampling"
    ),
    "synthesis": pgettext_lazy("what was asked", "the pilots together"),
    "next_pilot": pgettext_lazy("what was asked", "where a next pilot may lie"),
    "random_effects": pgettext_lazy("what was asked", "what holds for all such pilots"),
    "leave_one_out": pgettext_lazy(
        "what was asked", "the figures with each pilot left out"
    ),
    "one_stage": pgettext_lazy("what was asked", "the check with everybody's answers"),
    "tau2": pgettext_lazy("what was asked", "the spread between pilots"),
    "summary": pgettext_lazy("what was asked", "the summary for other pilots"),
    "published_mean": pgettext_lazy(
        "what was asked", "the difference from a published mean"
    ),
    "published_share": pgettext_lazy(
        "what was asked", "the difference from a published share"
    ),
    "distributions": pgettext_lazy("what was asked", "the printed distribution"),
    "effect_in": pgettext_lazy("what was asked", "the figure of a subgroup"),
}
