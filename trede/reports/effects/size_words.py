"""What intervals and sizes are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

INTERVALS: Words = {
    "t": pgettext_lazy("interval", "t distribution"),
    "normal": pgettext_lazy("interval", "normal distribution"),
    "wald": pgettext_lazy("interval", "normal distribution"),
    "newcombe_10": pgettext_lazy("interval", "Newcombe"),
    "agresti_min": pgettext_lazy("interval", "Agresti-Min"),
    "clopper_pearson": pgettext_lazy("interval", "Clopper-Pearson, exact"),
    "bootstrap_bca": pgettext_lazy("interval", "bootstrap (BCa)"),
    "wilson": pgettext_lazy("interval", "Wilson"),
    "tango_score": pgettext_lazy("interval", "Tango"),
    "sign_test": pgettext_lazy("interval", "sign test"),
    "jackknife_fisher_z": pgettext_lazy("interval", "jackknife"),
    "algina_keselman": pgettext_lazy("interval", "Algina-Keselman"),
    "noncentral_t": pgettext_lazy("interval", "noncentral t distribution"),
    "signed_rank_exact": pgettext_lazy("interval", "signed-rank test, exact"),
    "signed_rank_normal": pgettext_lazy(
        "interval", "signed-rank test, normal distribution"
    ),
    "t_hc3": pgettext_lazy("interval", "t distribution, robust errors"),
    "t_none": pgettext_lazy("interval", "t distribution"),
    "t_cr2": pgettext_lazy("interval", "t distribution, errors by group"),
    "t_cr2_satterthwaite": pgettext_lazy(
        "interval", "t distribution, robust errors (Satterthwaite)"
    ),
    "hc3": pgettext_lazy("interval", "robust errors"),
    "cr2": pgettext_lazy("interval", "errors by group"),
    "model": pgettext_lazy("interval", "errors of the model"),
    "delta": pgettext_lazy("interval", "delta method"),
    "jackknife": pgettext_lazy("interval", "jackknife"),
    "profile_likelihood": pgettext_lazy("interval", "profile of the likelihood"),
    "penalised_profile": pgettext_lazy(
        "interval", "profile of the penalised likelihood"
    ),
    "cliff_fisher_z": pgettext_lazy("interval", "Cliff"),
    "thomas_hultquist": pgettext_lazy("interval", "Thomas-Hultquist"),
    "nearest_limit": pgettext_lazy("interval", "nearest limit of the interval"),
    "inversion": pgettext_lazy("interval", "by inverting the test"),
    "sign_flip": pgettext_lazy("interval", "by inverting the sign-flip test"),
    "log_log": pgettext_lazy("interval", "log-log"),
    "log_log_t_cr2": pgettext_lazy(
        "interval", "t distribution, errors by group, log-log"
    ),
    "brookmeyer_crowley_log_log": pgettext_lazy(
        "interval", "Brookmeyer-Crowley, log-log"
    ),
    "square_and_add_log_log": pgettext_lazy("interval", "joined log-log intervals"),
    "studentised_permutation": pgettext_lazy("interval", "by dealing again"),
    "t_barnard_rubin": pgettext_lazy("interval", "t distribution (Barnard-Rubin)"),
    "imbens_manski": pgettext_lazy("interval", "Imbens-Manski"),
    "hedges_olkin": pgettext_lazy("interval", "Hedges-Olkin"),
    "feldt": pgettext_lazy("interval", "Feldt"),
    "fisher_z": pgettext_lazy("interval", "Fisher's z"),
    "welch": pgettext_lazy("interval", "Welch"),
    "fieller": pgettext_lazy("interval", "Fieller"),
    "q_profile": pgettext_lazy("interval", "Q-profile"),
    "t_hartung_knapp": pgettext_lazy("interval", "t distribution (Hartung-Knapp)"),
    "prediction_t_k_minus_1": pgettext_lazy(
        "interval", "t distribution with one less than the pilots"
    ),
}
SIZES: Words = {
    "tau": pgettext_lazy("size of a change", "spread between pilots (tau)"),
    "i2": pgettext_lazy(
        "size of a change", "share of the differences that is not chance (I²)"
    ),
    "hedges_g_av": pgettext_lazy(
        "size of a change", "Hedges' g (spread of both waves)"
    ),
    "hedges_g_z": pgettext_lazy("size of a change", "Hedges' g of the changes"),
    "hedges_g": pgettext_lazy("size of a change", "Hedges' g"),
    "hedges_g_adjusted": pgettext_lazy("size of a change", "Hedges' g, adjusted"),
    "rank_biserial": pgettext_lazy("size of a change", "rank correlation of the pairs"),
    "net_share_up": pgettext_lazy("size of a change", "share up minus share down"),
    "conditional_odds_ratio": pgettext_lazy(
        "size of a change", "odds of yes instead of no"
    ),
    "odds_ratio": pgettext_lazy("size of a change", "odds ratio"),
    "risk_ratio": pgettext_lazy("size of a change", "ratio of the shares"),
    "ratio_of_means": pgettext_lazy("size of a change", "ratio of the means"),
    "e_value": pgettext_lazy("size of a change", "E-value"),
    "hazard_ratio": pgettext_lazy("size of a change", "ratio of the paces"),
    "standardised_difference": pgettext_lazy(
        "size of a change", "standardised difference"
    ),
    "standardised_distance": pgettext_lazy("size of a change", "standardised distance"),
    "effective_n": pgettext_lazy(
        "size of a change", "number of people that the weights leave"
    ),
    "largest_weight": pgettext_lazy("size of a change", "largest weight"),
    "information_lost": pgettext_lazy(
        "size of a change", "share of the information that is missing"
    ),
    "imputations": pgettext_lazy("size of a change", "completed data sets"),
    "alpha_without": pgettext_lazy("size of a change", "alpha without this question"),
}
