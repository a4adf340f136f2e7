"""Why the coach chose this candidate, and how motivated they seemed.

The study needs it: if coaches choose who is likely to succeed, that explains part of
what a comparison shows, and the analysis corrects for it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.inflow.models import Candidate, SelectionReason

LOWEST, HIGHEST = 1, 5
LONGEST_REASON = 2_000


def note_selection(
    *,
    candidate: Candidate,
    motivation: int | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> SelectionReason:
    """The newest counts; the same words twice are kept once."""
    if by.staff is None:
        raise Refused(_("Only a member of staff can choose a candidate."))
    if motivation is not None and not LOWEST <= motivation <= HIGHEST:
        raise Refused(_("Choose a number from 1 to 5."), "motivation")
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say in a few words why you chose this person."), "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.")
            % {"most": LONGEST_REASON},
            "reason",
        )
    with transaction.atomic():
        Candidate.objects.select_for_update().get(pk=candidate.pk)
        last = candidate.selections.order_by("pk").last()
        if last and (last.motivation, last.reason) == (motivation, reason):
            return last
        chosen = SelectionReason.objects.create(
            candidate=candidate,
            motivation=motivation,
            reason=reason,
            at=at,
            by=by.staff,
        )
        record(
            "noted why somebody was chosen",
            by=by,
            at=at,
            on=chosen,
            persons=[candidate.person_id],
        )
    return chosen
