"""Somebody who was invited chooses where, when and in which language, or not now.

Decides what the choice does: it shows on the line of the candidate, who is to be called
at once; a letter counts for one choice. Whoever would rather not now is left in peace,
and is not asked why: the pilot's own words for an unknown reason are noted.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import person_actor, record
from trede.contact.models import PersonalLink
from trede.inflow.choice_models import InvitationChoice
from trede.inflow.inviting import MAY_BE_INVITED
from trede.inflow.models import Candidate
from trede.inflow.resting import let_rest, reasons, rest_until_default
from trede.languages import language_of
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Choice:
    place: str = ""
    part_of_day: str = ""
    language: str = ""
    interpreter: bool = False
    not_now: bool = False


def choose(
    *, link: PersonalLink, choice: Choice, at: datetime
) -> InvitationChoice | None:
    """The choice; that of the first tap when there are two. None when there is nothing
    (any more) to choose."""
    by = person_actor(link.person_id, link.person.municipality_id)
    with transaction.atomic():
        rows = Candidate.objects.select_for_update(of=("self",))
        candidate = rows.filter(person=link.person_id, pilot=link.pilot_id).first()
        before = chosen_with(link)
        if before or candidate is None or candidate.stage not in MAY_BE_INVITED:
            return before
        made = InvitationChoice.objects.create(
            candidate=candidate, link=link, chosen_at=at, **vars(choice)
        )
        if choice.not_now:
            rules, today = rules_of(link.pilot), timezone.localdate(at)
            let_rest(
                candidate=candidate,
                until=rest_until_default(rules, today),
                reason=_without_a_reason(rules),
                by=by,
                at=at,
            )
        record(
            "chose after an invitation",
            by=by,
            at=at,
            on=made,
            persons=[link.person_id],
        )
    return made


def chosen_with(link: PersonalLink) -> InvitationChoice | None:
    return InvitationChoice.objects.filter(link=link).first()


def may_choose(link: PersonalLink) -> bool:
    """Not any more for who has begun, or was taken off the list."""
    return Candidate.objects.filter(
        person=link.person_id, pilot=link.pilot_id, stage__in=MAY_BE_INVITED
    ).exists()


def in_words(choice: InvitationChoice, rules: Rules) -> str:
    """For the coach, on the line of the candidate."""
    day = f"{timezone.localdate(choice.chosen_at):%d-%m-%Y}"
    if choice.not_now:
        return _("Chose on %(day)s: rather not now.") % {"day": day}
    places = {one.code: one.label for one in rules.locations}
    parts = {
        "morning": _("in the morning"),
        "afternoon": _("in the afternoon"),
        "evening": _("in the evening"),
    }
    chosen = [
        places.get(choice.place, choice.place),
        parts.get(choice.part_of_day, ""),
        language_of(choice.language).own_name if choice.language else "",
        _("with an interpreter") if choice.interpreter else "",
    ]
    said = ", ".join(one for one in chosen if one)
    return _("Chose on %(day)s: %(chosen)s.") % {"day": day, "chosen": said}


def _without_a_reason(rules: Rules) -> str:
    known = list(reasons(rules))
    return UNKNOWN if UNKNOWN in known else known[-1]
