"""What a reader must know of a figure: the notes that estimators give, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

NOTES: Words = {
    "ties": pgettext_lazy(
        "note", "Several people changed equally much; the test counts with that."
    ),
    "zeros": pgettext_lazy(
        "note", "Some people did not change; they count in the test."
    ),
    "score_of_items": pgettext_lazy(
        "note",
        "This is the mean of each person's answers to the questions of a scale. Who"
        " answered too few of them has no score.",
    ),
    "nothing_moves": pgettext_lazy(
        "note", "Nobody changed, so there is nothing to test."
    ),
    "cannot_reach_05": pgettext_lazy(
        "note", "So few people changed that the test cannot go below 0.05."
    ),
    "no_variation": pgettext_lazy(
        "note", "Everybody changed equally much, so there is no interval."
    ),
    "one_way": pgettext_lazy("note", "Everybody who changed went the same way."),
    "few_movers": pgettext_lazy(
        "note", "Few people changed; this test then says little."
    ),
    "few_for_bootstrap": pgettext_lazy(
        "note", "There are few people for a mean of which a few can be very large."
    ),
    "few_pairs": pgettext_lazy(
        "note", "There are few pairs; the interval may be too narrow."
    ),
    "few_clusters": pgettext_lazy(
        "note", "There are few coaches; the interval leans on an approximation."
    ),
    "few_people": pgettext_lazy(
        "note", "There are few people; the interval may be too narrow."
    ),
    "few_events": pgettext_lazy(
        "note", "It happened to few people; the figure is uncertain."
    ),
    "few_for_normal": pgettext_lazy("note", "The groups are small for this interval."),
    "few_pilots": pgettext_lazy(
        "note", "There are few pilots; how much they differ is hardly known."
    ),
    "pilots_left_out": pgettext_lazy(
        "note",
        "Pilots without a figure of their own, or in which everybody changed alike, are"
        " left out.",
    ),
    "left_out": pgettext_lazy("note", "Improbably many hours were left out."),
    "lowered": pgettext_lazy(
        "note", "Improbably many hours were counted as the highest that is possible."
    ),
    "p_sign_flip": pgettext_lazy("note", "The p-value is of the sign-flip test."),
    "p_sign_flip_exact": pgettext_lazy(
        "note", "The p-value is of the exact sign-flip test."
    ),
    "p_sign_flip_random": pgettext_lazy(
        "note", "The p-value is of a sign-flip test with random draws."
    ),
    "unadjusted": pgettext_lazy("note", "Not adjusted for where people started."),
    "separated": pgettext_lazy(
        "note",
        "The groups share no answers, so the model has no answer; ranks are compared.",
    ),
    "baseline_constant": pgettext_lazy(
        "note", "Everybody started alike, so there was nothing to adjust for."
    ),
    "levels_joined": pgettext_lazy(
        "note", "Starting answers that few people gave were joined."
    ),
    "not_balanced": pgettext_lazy(
        "note", "Also after weighting the groups differ in a characteristic."
    ),
    "one_cluster_in_arm": pgettext_lazy(
        "note", "One of the groups has a single coach."
    ),
    "clusters_ignored": pgettext_lazy(
        "note", "People of one coach are counted here as independent."
    ),
    "errors_by_coach": pgettext_lazy(
        "note", "Intervals and test take into account that people share a coach."
    ),
    "these_coaches_only": pgettext_lazy(
        "note",
        "There are fewer than five coaches: this says something of the people of these"
        " coaches, not of those of others.",
    ),
    "clusters_not_imputed": pgettext_lazy(
        "note", "The model that fills in answers does not know the coaches."
    ),
    "horizon_from_data": pgettext_lazy(
        "note",
        "The day up to which is counted was not chosen beforehand: it is the last"
        " day on which people were still followed.",
    ),
    "no_event_yet": pgettext_lazy("note", "It happened to nobody up to that day."),
    "nobody_left": pgettext_lazy(
        "note", "After that day nobody was followed any more."
    ),
    "not_reached": pgettext_lazy("note", "Half was not reached."),
    "seen_at_assessments": pgettext_lazy(
        "note",
        "Counted from the first assessment. A rise is seen at an assessment and may"
        " have been earlier.",
    ),
    "potential_below_start": pgettext_lazy(
        "note", "For some the tread expected lies below where they started."
    ),
    "power_about_nil": pgettext_lazy(
        "note", "With so few people a difference would hardly be noticed."
    ),
    "equal_response": pgettext_lazy(
        "note", "Equally many answered in both groups, so there is nothing to trim."
    ),
    "many_at_end": pgettext_lazy(
        "note", "Many people are at the end of the scale: it cannot show all change."
    ),
    "negative_alpha": pgettext_lazy(
        "note",
        "The questions contradict each other; perhaps one is the wrong way round.",
    ),
    "negative_item": pgettext_lazy(
        "note",
        "This question goes against the others; perhaps it is the wrong way round.",
    ),
    "negative_loading": pgettext_lazy("note", "A question goes against the others."),
    "not_by_lot": pgettext_lazy(
        "note",
        "How people were asked was not decided by lot; people may differ in other"
        " ways too.",
    ),
    "unbounded": pgettext_lazy(
        "note", "The cost has no upper limit: perhaps there were no steps at all."
    ),
    "rounded": pgettext_lazy("note", "A published figure is rounded."),
    "other_people": pgettext_lazy(
        "note", "The published figure is of other people and another year."
    ),
    "impossible_figure": pgettext_lazy(
        "note", "The published figure is impossible with this number of people."
    ),
    "these_pilots_only": pgettext_lazy(
        "note", "This says something of these pilots, not of others."
    ),
    "fixed_effect_bound": pgettext_lazy(
        "note",
        "The interval was kept from being narrower than that of these pilots alone.",
    ),
    "q_profile_empty": pgettext_lazy(
        "note", "No spread between pilots fits these figures well; it is taken as none."
    ),
    "one_arm_pilots": pgettext_lazy(
        "note", "A pilot has people in one of the groups only."
    ),
    "populations_differ": pgettext_lazy(
        "note", "The pilots counted different groups of people."
    ),
    "designs_differ": pgettext_lazy("note", "The pilots had different designs."),
    "methods_differ": pgettext_lazy("note", "The pilots used different methods."),
    "error_from_interval": pgettext_lazy(
        "note", "The error of a pilot was worked out from its interval."
    ),
    "missing_withheld": pgettext_lazy(
        "note", "How many people are missing was withheld by a pilot."
    ),
    "small_pilots": pgettext_lazy(
        "note", "A pilot has fewer than twenty people; its error is itself uncertain."
    ),
    "no_clusters": pgettext_lazy("note", "There are no coaches known."),
    "those_with_any": pgettext_lazy(
        "note", "Of those who have hours afterwards; they may be others than before."
    ),
    "not_an_effect": pgettext_lazy(
        "note",
        "Subgroups of a change: what differs may have been so without the guidance.",
    ),
    "little_overlap": pgettext_lazy(
        "note",
        "Some participants are unlike everybody in the comparison group: for them the"
        " figures rest on the model.",
    ),
    "not_weighted": pgettext_lazy(
        "note", "Not weighted towards the participants, unlike the headline."
    ),
    "pairs": pgettext_lazy("note", "People were compared in pairs."),
    "test_withheld": pgettext_lazy(
        "note",
        "The test is withheld: so few people went one way that it tells of them.",
    ),
    "no_deviation": pgettext_lazy(
        "note", "The spread of the published figure is unknown."
    ),
}
