"""Why something could not be estimated."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

WHYS: Words = {
    "few_pairs": pgettext_lazy(
        "why it cannot be said", "too few people answered both times"
    ),
    "few_people": pgettext_lazy("why it cannot be said", "there are too few people"),
    "few_in_arm": pgettext_lazy(
        "why it cannot be said", "one of the groups has too few people"
    ),
    "few_clusters": pgettext_lazy(
        "why it cannot be said", "there are too few coaches or groups"
    ),
    "few_events": pgettext_lazy(
        "why it cannot be said", "it happened to too few people"
    ),
    "few_answers": pgettext_lazy("why it cannot be said", "there are too few answers"),
    "few_items": pgettext_lazy(
        "why it cannot be said", "the scale has too few questions"
    ),
    "few_imputations": pgettext_lazy(
        "why it cannot be said", "there are too few completed data sets"
    ),
    "few_movers": pgettext_lazy("why it cannot be said", "too few people changed"),
    "several_pilots": pgettext_lazy(
        "why it cannot be said", "people of several pilots are not one group"
    ),
    "few_studies": pgettext_lazy("why it cannot be said", "there are too few pilots"),
    "few_subgroups": pgettext_lazy(
        "why it cannot be said", "fewer than two subgroups are large enough"
    ),
    "no_variation": pgettext_lazy(
        "why it cannot be said", "there is no difference between people to reckon with"
    ),
    "no_spread": pgettext_lazy(
        "why it cannot be said", "there is no spread to reckon with"
    ),
    "nothing_moves": pgettext_lazy("why it cannot be said", "nobody changed"),
    "not_whole": pgettext_lazy(
        "why it cannot be said", "an answer is not a whole number"
    ),
    "not_binary": pgettext_lazy(
        "why it cannot be said", "an answer is neither yes nor no"
    ),
    "negative": pgettext_lazy("why it cannot be said", "an answer is below zero"),
    "more_than_a_week": pgettext_lazy(
        "why it cannot be said", "an answer is more hours than a week has"
    ),
    "unknown_type": pgettext_lazy(
        "why it cannot be said", "the kind of outcome is not known"
    ),
    "unknown_kind": pgettext_lazy(
        "why it cannot be said", "the kind of event is not known"
    ),
    "many_values": pgettext_lazy(
        "why it cannot be said", "there are too many different values"
    ),
    "many_changes": pgettext_lazy(
        "why it cannot be said", "there are too many different changes"
    ),
    "many_people": pgettext_lazy(
        "why it cannot be said", "there are too many people for it"
    ),
    "many_clusters": pgettext_lazy(
        "why it cannot be said", "there are too many coaches for it"
    ),
    "many_treads": pgettext_lazy(
        "why it cannot be said", "the ladder has too many treads"
    ),
    "many_ways": pgettext_lazy(
        "why it cannot be said", "there are too many possibilities"
    ),
    "one_sided": pgettext_lazy("why it cannot be said", "all draws lie on one side"),
    "one_period": pgettext_lazy(
        "why it cannot be said",
        "nearly everybody was asked in the same circumstances",
    ),
    "one_side": pgettext_lazy("why it cannot be said", "everybody is on one side"),
    "one_group": pgettext_lazy("why it cannot be said", "there is one group only"),
    "one_day": pgettext_lazy("why it cannot be said", "everything happened on one day"),
    "one_tread": pgettext_lazy(
        "why it cannot be said", "the ladder has one tread only"
    ),
    "one_cluster_in_arm": pgettext_lazy(
        "why it cannot be said", "one of the groups has a single coach"
    ),
    "not_two_arms": pgettext_lazy(
        "why it cannot be said", "there are not exactly two groups"
    ),
    "pair_not_one_of_each": pgettext_lazy(
        "why it cannot be said", "a pair does not have one of each group"
    ),
    "collinear": pgettext_lazy(
        "why it cannot be said", "two characteristics say the same"
    ),
    "separated": pgettext_lazy("why it cannot be said", "the groups share no answers"),
    "dependent": pgettext_lazy(
        "why it cannot be said",
        "people belong together, and this method supposes that they do not",
    ),
    "weights": pgettext_lazy(
        "why it cannot be said", "people have weights, and this method has none"
    ),
    "no_clusters": pgettext_lazy(
        "why it cannot be said", "it is not known who belongs to which coach"
    ),
    "all_alone": pgettext_lazy(
        "why it cannot be said", "everybody has a coach of their own"
    ),
    "alone": pgettext_lazy(
        "why it cannot be said", "somebody stands alone in the model"
    ),
    "two_categories": pgettext_lazy(
        "why it cannot be said", "there are two answers only"
    ),
    "not_converged": pgettext_lazy(
        "why it cannot be said", "the reckoning found no answer"
    ),
    "no_convergence": pgettext_lazy(
        "why it cannot be said", "the reckoning found no answer"
    ),
    "no_overlap": pgettext_lazy(
        "why it cannot be said", "the groups are too unlike to be compared"
    ),
    "no_covariates": pgettext_lazy(
        "why it cannot be said", "no characteristics were named to weight with"
    ),
    "no_contrast": pgettext_lazy(
        "why it cannot be said", "nobody of both groups was followed at the same time"
    ),
    "no_events": pgettext_lazy("why it cannot be said", "it happened to nobody"),
    "no_event_yet": pgettext_lazy("why it cannot be said", "it happened to nobody yet"),
    "nobody_left": pgettext_lazy(
        "why it cannot be said", "nobody was followed any longer"
    ),
    "nobody": pgettext_lazy("why it cannot be said", "there is nobody to reckon with"),
    "nobody_asked": pgettext_lazy("why it cannot be said", "nobody was asked"),
    "nobody_answered": pgettext_lazy("why it cannot be said", "nobody answered"),
    "nobody_began": pgettext_lazy("why it cannot be said", "nobody began"),
    "not_asked": pgettext_lazy("why it cannot be said", "this was not asked"),
    "beyond_follow_up": pgettext_lazy(
        "why it cannot be said", "nobody was followed that long"
    ),
    "not_reached": pgettext_lazy(
        "why it cannot be said", "it happened to fewer than half"
    ),
    "no_horizon": pgettext_lazy(
        "why it cannot be said", "no day was given up to which to count"
    ),
    "not_a_tread": pgettext_lazy(
        "why it cannot be said", "a value is no tread of the ladder"
    ),
    "not_a_change": pgettext_lazy(
        "why it cannot be said", "it is not measured at two moments"
    ),
    "no_scale": pgettext_lazy(
        "why it cannot be said", "the lowest and highest answer are not known"
    ),
    "off_scale": pgettext_lazy(
        "why it cannot be said", "an answer lies outside the scale"
    ),
    "everybody_answered": pgettext_lazy(
        "why it cannot be said", "everybody answered, so nobody is missing"
    ),
    "overlap": pgettext_lazy("why it cannot be said", "two periods overlap"),
    "ends_before_it_begins": pgettext_lazy(
        "why it cannot be said", "a period ends before it begins"
    ),
    "no_steps": pgettext_lazy("why it cannot be said", "there were no steps"),
    "heywood": pgettext_lazy(
        "why it cannot be said", "one question would explain the whole scale"
    ),
    "degenerate_draws": pgettext_lazy(
        "why it cannot be said", "some draws have no answer"
    ),
    "unbounded": pgettext_lazy("why it cannot be said", "there is no upper limit"),
    "small_change": pgettext_lazy(
        "why it cannot be said", "the change is too small to plan for"
    ),
    "no_change": pgettext_lazy(
        "why it cannot be said", "there is no change to plan for"
    ),
    "too_narrow": pgettext_lazy(
        "why it cannot be said", "the interval asked is too narrow"
    ),
    "restates_p": pgettext_lazy(
        "why it cannot be said", "it would only say the p-value in another way"
    ),
    "no_caseloads": pgettext_lazy("why it cannot be said", "no caseloads are known"),
    "no_weights": pgettext_lazy("why it cannot be said", "there are no weights"),
    "no_pilot": pgettext_lazy(
        "why it cannot be said", "it is not known of which pilot somebody is"
    ),
    "same_pilot_twice": pgettext_lazy(
        "why it cannot be said", "a pilot is there twice"
    ),
    "other_outcome": pgettext_lazy(
        "why it cannot be said", "the pilots measured something else"
    ),
    "other_definition": pgettext_lazy(
        "why it cannot be said", "the pilots asked it in other words"
    ),
    "other_type": pgettext_lazy(
        "why it cannot be said", "the pilots measured it in another form"
    ),
    "other_scale": pgettext_lazy(
        "why it cannot be said", "the pilots used another scale"
    ),
    "other_unit": pgettext_lazy(
        "why it cannot be said", "the pilots used another unit"
    ),
    "other_waves": pgettext_lazy(
        "why it cannot be said", "the pilots measured at other moments"
    ),
    "other_vocabulary": pgettext_lazy(
        "why it cannot be said", "one is a change and the other an effect"
    ),
    "other_estimand": pgettext_lazy(
        "why it cannot be said", "the figures are of another kind"
    ),
    "no_error": pgettext_lazy(
        "why it cannot be said", "how uncertain it is, is not known"
    ),
    "under_norm": pgettext_lazy(
        "why it cannot be said", "there are fewer people than the norm for showing"
    ),
    "no_definition": pgettext_lazy(
        "why it cannot be said", "the question has no words in the plan"
    ),
    "no_estimand": pgettext_lazy(
        "why it cannot be said", "it is no figure that other pilots have too"
    ),
    "small_difference": pgettext_lazy(
        "why it cannot be said", "the difference is too small to plan for"
    ),
    "no_room": pgettext_lazy(
        "why it cannot be said", "there is no room left to go up or down"
    ),
    "withheld": pgettext_lazy(
        "why it cannot be said", "the reason would tell too much of a few people"
    ),
    "few_categories": pgettext_lazy(
        "why it cannot be said", "there are too few answers to choose from"
    ),
    "no_deviation": pgettext_lazy(
        "why it cannot be said", "the spread of the published figure is not known"
    ),
    "horizon_from_data": pgettext_lazy(
        "why it cannot be said",
        "the day up to which to count was not chosen beforehand",
    ),
}
