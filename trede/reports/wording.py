"""The words of a report: what a code is called, for one pilot and in one language.

Ages, places, schemes, waves and reasons are called what the pilot's file calls them;
the rest is in `table_words`. The study design decides on the vocabulary: without a
group to compare with, a difference is an indication and never more than that.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from trede.inflow.models import Stage
from trede.pilots.rules import Rules
from trede.reports.table_words import ITEMS, QUESTIONS, ROWS, TITLES

Words = Mapping[str, Promise]
NOTHING = 1e-9  # A figure below this is 0 but for rounding.
MOST_PLACES = 4

GROUPS: Words = {
    "participants": pgettext_lazy("group", "Participants"),
    "dropouts": pgettext_lazy("group", "Stopped after the intake"),
    "reference": pgettext_lazy("group", "Reference group"),
}
MEASURES: Words = {
    "now": pgettext_lazy("measure", "Now"),
    "wish": pgettext_lazy("measure", "Wished"),
    "uses": pgettext_lazy("measure", "Uses it"),
    "wants": pgettext_lazy("measure", "Would like to"),
    "important": pgettext_lazy("measure", "Important"),
    "achieved": pgettext_lazy("measure", "Works out"),
}
KEYS: Words = {
    "n": pgettext_lazy("figure", "Number"),
    "percent": pgettext_lazy("figure", "Percentage"),
    "mean": pgettext_lazy("figure", "Mean"),
    "percent_ge_8": pgettext_lazy("figure", "8 or higher"),
    "percent_le_4": pgettext_lazy("figure", "4 or lower"),
    "percent_never": pgettext_lazy("figure", "Never"),
}
STEPS: Words = {
    "candidates": pgettext_lazy("flow", "On the list or referred"),
    "reached": pgettext_lazy("flow", "Reached"),
    "intake": pgettext_lazy("flow", "Intake held"),
    "questionnaire": pgettext_lazy("flow", "Questionnaire of the intake"),
    "participants": pgettext_lazy("flow", "Still taking part"),
    "evaluated": pgettext_lazy("flow", "Evaluation held"),
}
EXITS: Words = {
    "not_yet": pgettext_lazy("flow", "not called yet"),
    "waiting": pgettext_lazy("flow", "on the waiting list"),
    "resting": pgettext_lazy("flow", "left in peace for a while"),
    "pair_waiting": pgettext_lazy("flow", "waits by lot"),
    "no_consent": pgettext_lazy("flow", "no consent to the study"),
    "not_answered": pgettext_lazy("flow", "questionnaire not answered"),
    "under_way": pgettext_lazy("flow", "trajectory not over yet"),
    "closed": pgettext_lazy("flow", "trajectory over, no evaluation"),
    "other_reasons": pgettext_lazy("flow", "other reasons together"),
}
DECISIONS: Words = {
    "small": pgettext_lazy("hidden", "fewer than five people"),
    "complement": pgettext_lazy("hidden", "fewer than five people remain"),
    "everybody": pgettext_lazy("hidden", "everybody gave the same answer"),
    "mean_small": pgettext_lazy("hidden", "a mean of too few people"),
    "dominance": pgettext_lazy("hidden", "one person makes the mean"),
    "small_group": pgettext_lazy("hidden", "the group is too small"),
    "extreme": pgettext_lazy("hidden", "a lowest or highest value"),
    "secondary": pgettext_lazy("hidden", "another cell could be worked out"),
    "difference_earlier": pgettext_lazy("hidden", "an earlier edition told the rest"),
    "joined": pgettext_lazy("hidden", "rows were joined"),
    "few": pgettext_lazy("hidden", "a comparison in which one side is small"),
    "dependent": pgettext_lazy("hidden", "another view of what is hidden"),
    "by_decision": pgettext_lazy("hidden", "not hidden: shown by decision"),
}
CLAIMS: Words = {
    "isolated": pgettext_lazy("claim", "rarely or never have contact with anybody"),
    "discriminated_any": pgettext_lazy("claim", "were discriminated against"),
    "obligations_not_opposed": pgettext_lazy("claim", "do not oppose obligations"),
    "unpaid_in_return_not_opposed": pgettext_lazy(
        "claim", "do not oppose useful unpaid work in return"
    ),
    "finds_volunteering": pgettext_lazy("claim", "expect to find voluntary work"),
    "finds_odd_jobs": pgettext_lazy("claim", "expect to find paid odd jobs"),
    "finds_paid_job": pgettext_lazy("claim", "expect to find a paid job"),
    "self_reliance_problem": pgettext_lazy(
        "claim", "find it hard to overcome setbacks"
    ),
}


@dataclass(frozen=True)
class Wording:
    rules: Rules

    def title(self, table: str) -> str:
        return str(TITLES[table])

    def question(self, table: str) -> str:
        return str(QUESTIONS[table])

    def row(self, table: str, code: str) -> str:
        if code == "unanswered":
            return pgettext("questionnaire", "No answer")
        if table in ROWS:
            return str(ROWS[table][code])
        return self._of_pilot(table).get(code, code)

    def item(self, code: str) -> str:
        return str(ITEMS[code])

    def exit(self, code: str) -> str:
        """Why people fell away: a word of ours, or a reason of the pilot's file."""
        if code in EXITS:
            return str(EXITS[code])
        reasons = self.rules.reasons
        lists = (reasons.no_longer, reasons.closing, reasons.decline, reasons.not_now)
        for listed in lists:
            for reason in listed:
                if reason.code == code:
                    return reason.said[:1].lower() + reason.said[1:]
        return str(Stage(code).label) if code in Stage.values else code

    def _of_pilot(self, table: str) -> Mapping[str, str]:
        masking = self.rules.report.masking
        if table == "schemes":
            return {each.code: each.said for each in self.rules.schemes}
        if table == "age_group":
            return {each.code: each.said for each in masking.age_bands}
        if table == "age_at_migration":
            bands = {each.code: each.said for each in masking.migration_age_bands}
            return bands | {"born_here": masking.born_here}
        places = {each.code: each.said for each in masking.places}
        return places | {"elsewhere": masking.elsewhere}


def compares(rules: Rules, design: str) -> bool:
    """Whether the design has a group to compare with."""
    kinds = {each.code: each.kind for each in rules.designs}
    return kinds.get(design) in ("waiting_list", "control_group")


def number(value: object, places: int = 0) -> str:
    """A figure the way the reader's language writes it, rounded."""
    return formats.number_format(round(float(str(value)), places), places)


def percent(value: object) -> str:
    return number(value, 1) + "%"


def signed(value: object, places: int = 1) -> str:
    """A change: always with its sign, and nothing is neither more nor less."""
    told = number(abs(float(str(value))), places)
    if float(f"{float(str(value)):.{places}f}") == 0:
        return told
    return ("+" if float(str(value)) > 0 else "\N{MINUS SIGN}") + told


def off_zero(value: float, places: int) -> int:
    """As many digits as an end needs not to be printed as 0 when it is not."""
    if abs(value) <= NOTHING or round(value, places):
        return places
    finer = range(places + 1, MOST_PLACES)
    return next((p for p in finer if round(value, p)), MOST_PLACES)
