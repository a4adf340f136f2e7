"""What a coach brings along, and which words there are for it.

Everybody who works here speaks Dutch: that is asked of nobody. The quarters are those
of the pilots of the municipality.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality, Role, Staff
from trede.accounts.refusing import Refused
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.trajectories.models import CoachProfile

# As the municipality's lists write them; more than there are questionnaires in.
SPOKEN: Mapping[str, Promise] = {
    "am": pgettext_lazy("language", "Amharic"),
    "ar": pgettext_lazy("language", "Arabic"),
    "ber": pgettext_lazy("language", "Berber"),
    "bs": pgettext_lazy("language", "Bosnian"),
    "zh": pgettext_lazy("language", "Chinese"),
    "en": pgettext_lazy("language", "English"),
    "fa": pgettext_lazy("language", "Farsi or Dari"),
    "fr": pgettext_lazy("language", "French"),
    "de": pgettext_lazy("language", "German"),
    "ku": pgettext_lazy("language", "Kurdish"),
    "ps": pgettext_lazy("language", "Pashto"),
    "pl": pgettext_lazy("language", "Polish"),
    "pt": pgettext_lazy("language", "Portuguese"),
    "so": pgettext_lazy("language", "Somali"),
    "es": pgettext_lazy("language", "Spanish"),
    "ti": pgettext_lazy("language", "Tigrinya"),
    "tr": pgettext_lazy("language", "Turkish"),
    "uk": pgettext_lazy("language", "Ukrainian"),
    "vi": pgettext_lazy("language", "Vietnamese"),
}
Codes = Collection[str]


def quarters_of(municipality: Municipality) -> dict[str, str]:
    pilots = Pilot.objects.filter(municipality=municipality).prefetch_related("files")
    every = (rules_of(one) for one in pilots if one.files.all())
    return {one.code: one.label for rules in every for one in rules.quarters}


def note_profile(
    *,
    staff: Staff,
    languages: Codes,
    manners: Codes,
    quarters: Codes,
    by: Actor,
    at: datetime,
) -> CoachProfile:
    if not staff.has(Role.COACH):
        raise Refused(_("%(name)s is not a coach.") % {"name": staff.name})
    wanted = {
        "languages": _known(languages, SPOKEN, "languages"),
        "manners": _known(manners, CoachProfile.Manner.values, "manners"),
        "quarters": _known(quarters, quarters_of(staff.municipality), "quarters"),
    }
    with transaction.atomic():
        made, _new = CoachProfile.objects.update_or_create(
            staff=staff, defaults={**wanted, "changed_at": at}
        )
        record(
            "noted what a coach brings along",
            by=by,
            at=at,
            on=staff,
            purpose="management",
        )
    return made


def _known(said: Codes, among: Codes, field: str) -> list[str]:
    """In the order of the list that one chooses from."""
    if set(said) - set(among):
        raise Refused(_("Choose from the list."), field)
    return [one for one in among if one in said]
