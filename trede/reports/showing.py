"""A hidden figure is shown when two people decide so.

Disclosure control hides a figure because it tells of a handful of people, or because
another figure would. Sometimes it must be known all the same: the law asks for it, or
everybody knows it already. Then a researcher asks and writes down why; somebody else,
a researcher or the privacy officer, agrees. Always two people: whatever was hidden may
be certain of somebody. A decision is about one figure of one computation, is never
taken back, and is printed in the report with its day and its reason, without a name.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.reports.figures_json import Json
from trede.reports.models import Edition, Showing
from trede.studies.models import Run
from trede.studies.protecting import figure_of

SHOWN = "shown_by_decision"  # in what an edition releases
SHORTEST, LONGEST = 20, 600  # letters of a reason
MAY_AGREE = (Role.RESEARCHER, Role.PRIVACY_OFFICER)


def ask(*, edition: Edition, place: Json, why: str, by: Actor, at: datetime) -> Showing:
    """Ask that one hidden figure is shown. A second click gives the same request.

    `place` is the figure as the decisions of the edition list it.
    """
    why = " ".join(why.split())
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=edition.run_id)
        figure = figure_of(place)
        asked = run.showings.filter(figure=figure).first()
        if asked:
            return asked
        asker = _refuse_to_ask(edition, place, why, by)
        _refuse_withdrawn(run)
        showing = Showing.objects.create(
            run=run,
            figure=figure,
            place=place,
            why=why,
            asked_at=at,
            asked_by=asker,
        )
        record(
            "asked to show a hidden figure",
            by=by,
            at=at,
            on=edition,
            purpose="research",
        )
    return showing


def _refuse_to_ask(edition: Edition, place: Json, why: str, by: Actor) -> Staff:
    """Who may ask this of this edition; refused when they may not."""
    if by.staff is None or not by.staff.has(Role.RESEARCHER):
        raise Refused(_("A researcher asks to show a hidden figure."))
    if place not in edition.decisions:
        raise Refused(_("This figure is not hidden in this edition."))
    if not SHORTEST <= len(why) <= LONGEST:
        raise Refused(
            _(
                "Write in a sentence why this figure must be known, in %(low)s to"
                " %(high)s letters. It will stand in the report."
            )
            % {"low": SHORTEST, "high": LONGEST},
            "why",
        )
    return by.staff


def agree(*, showing: Showing, by: Actor, at: datetime) -> Showing:
    """The second person decides that the figure is shown in the next edition made."""
    with transaction.atomic():
        now = Showing.objects.select_for_update().get(pk=showing.pk)
        if now.agreed_at:
            return now
        staff = by.staff
        if staff is None or not any(map(staff.has, MAY_AGREE)):
            raise Refused(
                _("A researcher or the privacy officer agrees to show a figure.")
            )
        if staff.pk == now.asked_by_id:
            raise Refused(
                _(
                    "You asked for this yourself. Two people decide on it: let another"
                    " researcher or the privacy officer agree."
                )
            )
        _refuse_withdrawn(now.run)
        now.agreed_at, now.agreed_by = at, staff
        now.save(update_fields=["agreed_at", "agreed_by"])
        record(
            "agreed to show a hidden figure",
            by=by,
            at=at,
            on=now.run,
            purpose="research",
        )
    return now


def _refuse_withdrawn(run: Run) -> None:
    if run.not_repeatable_since:
        raise Refused(
            _(
                "Since this was computed somebody stopped with the study, so no other"
                " edition can be made of it. Compute it anew."
            )
        )


def decisions_told(decided: Iterable[Showing]) -> list[Json]:
    """What an edition prints of the decisions: no names."""
    return [
        {
            "place": one.place,
            "on": timezone.localdate(one.agreed_at).isoformat(),
            "why": one.why,
        }
        for one in decided
    ]


def shown_in(released: Json) -> list[Json]:
    return cast(list[Json], released.get(SHOWN, []))
