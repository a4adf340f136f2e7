"""What would be needed to estimate what was refused."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

NEEDED: Words = {
    "few_pairs": pgettext_lazy(
        "what would be needed", "at least %(needed)s people with both answers"
    ),
    "few_people": pgettext_lazy("what would be needed", "at least %(needed)s people"),
    "few_in_arm": pgettext_lazy(
        "what would be needed", "at least %(needed)s people in each group"
    ),
    "few_clusters": pgettext_lazy(
        "what would be needed", "at least %(needed)s coaches or groups"
    ),
    "few_events": pgettext_lazy(
        "what would be needed", "at least %(needed)s people to whom it happened"
    ),
    "few_answers": pgettext_lazy("what would be needed", "at least %(needed)s answers"),
    "few_items": pgettext_lazy("what would be needed", "at least %(needed)s questions"),
    "few_imputations": pgettext_lazy(
        "what would be needed", "at least %(needed)s completed data sets"
    ),
    "several_pilots": pgettext_lazy(
        "what would be needed", "each pilot evaluated by itself"
    ),
    "few_studies": pgettext_lazy("what would be needed", "at least %(needed)s pilots"),
    "few_subgroups": pgettext_lazy(
        "what would be needed", "at least %(needed)s subgroups that are large enough"
    ),
    "no_overlap": pgettext_lazy(
        "what would be needed",
        "people in both groups who are like each other; weights that leave at least"
        " %(needed)s people",
    ),
    "no_covariates": pgettext_lazy(
        "what would be needed",
        "characteristics of everybody that were known beforehand",
    ),
    "no_scale": pgettext_lazy(
        "what would be needed", "the lowest and the highest answer that is possible"
    ),
    "no_clusters": pgettext_lazy("what would be needed", "who belongs to which coach"),
    "not_a_change": pgettext_lazy(
        "what would be needed", "the same question at two moments"
    ),
    "not_reached": pgettext_lazy("what would be needed", "following people longer"),
    "beyond_follow_up": pgettext_lazy(
        "what would be needed", "following people longer"
    ),
    "no_horizon": pgettext_lazy(
        "what would be needed", "a day, chosen beforehand, up to which to count"
    ),
    "unknown_type": pgettext_lazy(
        "what would be needed", "the kind of outcome in the configuration"
    ),
}
