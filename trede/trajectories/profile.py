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

SPOKEN: Mapping[str, Promise] = {
    "ar": pgettext_lazy("language", "Arabic"),
    "en": pgettext_lazy("language", "English"),
    "fa": pgettext_lazy("language", "Farsi or Dari"),
    "uk": pgettext_lazy("language", "Ukrainian"),
    "pl": pgettext_lazy("language", "Polish"),
    "so": pgettext_lazy("language", "Somali"),
    "ti": pgettext_lazy("language", "Tigrinya"),
    "tr": pgettext_lazy("language", "Turkish"),
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
