"""A run becomes an edition that may be shown, and a researcher approves it.

An edition is made against every edition approved before it. Until it is approved it
is a concept that only researchers see. If another one was approved in the meantime,
this one was made without knowing what that told, and must be made anew. So must one
that was made before two people decided to show a figure that it hides (`showing`).
"""

import json
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Role
from trede.accounts.refusing import Refused
from trede.reports.models import Edition
from trede.reports.showing import SHOWN, decisions_told, shown_in
from trede.studies.models import Run, Study
from trede.studies.protecting import Protected, places_of
from trede.studies.running import MadeOf, protect_run


def release(
    *, run: Run, by: Actor, at: datetime, data: MadeOf | None = None
) -> Edition:
    """The public form of a run, as a concept. A second click gives the same one.
    `data`: what the run was made of, when it was computed just now."""
    with transaction.atomic():
        study = Study.objects.select_for_update().get(pk=run.study_id)
        approved = list(study.editions.approved().select_related("run"))
        decided = list(run.showings.agreed())
        shown = decisions_told(decided)
        standing = run.editions.first()
        if (
            standing
            and not _made_before(standing, approved)
            and shown_in(standing.released) == shown
        ):
            return standing
        known = None if decided else _judged_already(run, study, approved)
        protected = known or protect_run(
            run,
            earlier=[(edition.run, edition.told) for edition in approved],
            by_decision=[one.figure for one in decided],
            data=data,
        )
        edition = Edition.objects.create(
            study=study,
            run=run,
            number=study.editions.count() + 1,
            released=protected.shown | ({SHOWN: shown} if shown else {}),
            told=protected.told,
            decisions=protected.decisions,
            made_at=at,
            made_by=by.name,
        )
        record("released a report", by=by, at=at, on=edition, purpose="research")
    return edition


def _judged_already(
    run: Run, study: Study, approved: list[Edition]
) -> Protected | None:
    """What disclosure control said of the same figures of the same people: judging
    takes long, and would say the same."""
    if run.not_repeatable_since:
        return None
    same = study.editions.filter(
        run__edition=run.edition,
        run__until_on=run.until_on,
        run__data_hash=run.data_hash,
        run__version=run.version,
        run__rules_number=run.rules_number,
        run__not_repeatable_since=None,
    )
    now = json.loads(json.dumps(run.results))
    for edition in same.select_related("run"):
        if (
            not _made_before(edition, approved)
            and edition.run.results == now
            and not shown_in(edition.released)
            and places_of(edition.run) == places_of(run)
        ):
            return Protected(edition.released, edition.told, edition.decisions)
    return None


def approve(*, edition: Edition, by: Actor, at: datetime) -> Edition:
    with transaction.atomic():
        study = Study.objects.select_for_update().get(pk=edition.study_id)
        now = Edition.objects.select_for_update().get(pk=edition.pk)
        if now.state == Edition.State.APPROVED:
            return now
        if by.staff is None or not by.staff.has(Role.RESEARCHER):
            raise Refused(_("A researcher approves a report."))
        if _made_before(now, list(study.editions.approved())):
            raise Refused(
                _(
                    "Another edition was approved after this one was made. Together"
                    " they might give somebody away: make this one anew."
                )
            )
        if now.run.not_repeatable_since:
            raise Refused(
                _(
                    "Since this was computed somebody stopped with the study, so it"
                    " cannot be approved any more. Compute it anew."
                )
            )
        now.state = Edition.State.APPROVED
        now.approved_at, now.approved_by = at, by.staff
        now.save(update_fields=["state", "approved_at", "approved_by"])
        record("approved a report", by=by, at=at, on=now, purpose="research")
    return now


def _made_before(edition: Edition, approved: list[Edition]) -> bool:
    """Whether another edition was approved after this one was made."""
    return edition.state == Edition.State.CONCEPT and any(
        one.approved_at is not None and one.approved_at > edition.made_at
        for one in approved
    )
