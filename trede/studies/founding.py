"""A pilot gets its study: the frame in which pseudonyms, runs and reports hang."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.pilots.models import Pilot
from trede.studies.models import Study


def found_study(*, pilot: Pilot, by: Actor, at: datetime) -> Study:
    """The study of the pilot; the one that is there already is given again."""
    with transaction.atomic():
        study, is_new = Study.objects.get_or_create(
            pilot=pilot,
            defaults={
                "code": pilot.code,
                "title": _("Study of %(pilot)s") % {"pilot": pilot.name},
                "founded_at": at,
            },
        )
        if is_new:
            record("founded a study", by=by, at=at, on=study, purpose="research")
    return study
