"""What the outcomes are called in a table: shorter than the question that was asked.

An outcome that is not here is called by its question. What no question asks (the
coach's tread, how long something took, what follows from several answers) has no other
name than this one.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.pilots.rules import Rules

OUTCOMES: Mapping[str, Promise] = {
    "coach_tread": pgettext_lazy("outcome", "Tread of the ladder, by the coach"),
    "tread": pgettext_lazy("outcome", "Tread of the ladder, by the own answers"),
    "first_step": pgettext_lazy("outcome", "First step of one's own"),
    "first_rise": pgettext_lazy("outcome", "First rise on the ladder"),
    "exit": pgettext_lazy("outcome", "End of the trajectory"),
    "isolated": pgettext_lazy("outcome", "Rarely or never in touch with anybody"),
    "discriminated_any": pgettext_lazy("outcome", "Discriminated against anywhere"),
    "self_reliance_problem": pgettext_lazy("outcome", "Finds setbacks hard"),
    "age": pgettext_lazy("outcome", "Age"),
    "sex": pgettext_lazy("outcome", "Sex"),
    "children_at_home": pgettext_lazy("outcome", "Children at home"),
    "dutch_speaking": pgettext_lazy("outcome", "Speaking Dutch"),
    "dutch_understanding": pgettext_lazy("outcome", "Understanding Dutch"),
    "dutch_reading": pgettext_lazy("outcome", "Reading Dutch"),
    "satisfied": pgettext_lazy("outcome", "Satisfaction with life"),
    "meaningful": pgettext_lazy("outcome", "Finding one's life meaningful"),
    "home_in_nl": pgettext_lazy("outcome", "Feeling at home in the Netherlands"),
    "trust_people": pgettext_lazy("outcome", "Trust in people"),
    "trust_municipality": pgettext_lazy("outcome", "Trust in the municipality"),
    "health_physical": pgettext_lazy("outcome", "Physical health"),
    "health_mental": pgettext_lazy("outcome", "Mental health"),
    "solves_difficulties": pgettext_lazy("outcome", "Solving difficulties oneself"),
    "overcomes_setbacks": pgettext_lazy("outcome", "Overcoming setbacks oneself"),
    "contact_neighbours": pgettext_lazy("outcome", "Contact with neighbours"),
    "contact_friends": pgettext_lazy("outcome", "Contact with friends"),
    "contact_family": pgettext_lazy("outcome", "Contact with family"),
    "value_income_achieved": pgettext_lazy("outcome", "An income that is enough"),
    "value_contribution_achieved": pgettext_lazy("outcome", "Contributing to society"),
    "value_contacts_achieved": pgettext_lazy("outcome", "Good contacts with others"),
    "find_volunteering": pgettext_lazy("outcome", "Able to find voluntary work"),
    "find_odd_jobs": pgettext_lazy("outcome", "Able to find paid odd jobs"),
    "find_paid_job": pgettext_lazy("outcome", "Able to find a paid job"),
    "view_obligations_right": pgettext_lazy("outcome", "Obligations are right"),
    "view_own_way_better": pgettext_lazy("outcome", "Going one's own way is better"),
    "view_help_motivates": pgettext_lazy("outcome", "Help motivates"),
    "view_unpaid_in_return": pgettext_lazy("outcome", "Wants to do something back"),
    "debts": pgettext_lazy("outcome", "Debts"),
    "hours_now_paid_work": pgettext_lazy("outcome", "Hours of paid work"),
    "hours_now_own_business": pgettext_lazy("outcome", "Hours of own business"),
    "hours_now_track": pgettext_lazy("outcome", "Hours of another track"),
    "hours_now_volunteering": pgettext_lazy("outcome", "Hours of voluntary work"),
    "hours_now_informal_care": pgettext_lazy("outcome", "Hours of informal care"),
    "hours_now_course": pgettext_lazy("outcome", "Hours of a course"),
    "hours_now_children": pgettext_lazy("outcome", "Hours of care for children"),
    "hours_now_other": pgettext_lazy("outcome", "Hours of sports or other activities"),
}
# In whose part of the page something stands that no question asks by itself.
BESIDE: Mapping[str, str] = {
    "isolated": "contact_friends",
    "discriminated_any": "discriminated_street",
    "self_reliance_problem": "overcomes_setbacks",
}
OF_THE_COURSE = ("coach_tread", "tread", "first_step", "first_rise", "exit")


def short_names(rules: Rules) -> dict[str, str]:
    """By code, with the schemes of this pilot."""
    uses, wants = _("Uses: %(scheme)s"), _("Would like: %(scheme)s")
    schemes = {
        f"scheme_{each.code}_{how}": words % {"scheme": each.said}
        for each in rules.schemes
        for how, words in (("uses", uses), ("wants", wants))
    }
    return {code: str(words) for code, words in OUTCOMES.items()} | schemes
