"""Whose people stand on a list: of one coach, or of nobody yet."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef
from django.utils.translation import pgettext

from trede.accounts.models import Staff
from trede.inflow.candidate_models import CandidateQuerySet
from trede.people.models import Responsibility
from trede.pilots.models import Pilot

NOBODY = "niemand"


def of_coach(rows: CandidateQuerySet, coach: str) -> CandidateQuerySet:
    """`coach` is the number of one, or `NOBODY`."""
    now = Responsibility.objects.filter(person=OuterRef("person"), ended_on=None)
    if coach == NOBODY:
        return rows.exclude(Exists(now))
    return rows.filter(Exists(now.filter(staff=int(coach))))


def means_a_coach(said: str) -> bool:
    return said == NOBODY or (said.isdecimal() and len(said) < 10)


def whose(coaches: Mapping[str, str], *, nobody: bool) -> dict[str, str]:
    """The choices of a filter by coach."""
    others = {NOBODY: pgettext("missing", "Without a coach")} if nobody else {}
    return {"": pgettext("missing", "Every coach"), **coaches, **others}


def coaches_of(pilot: Pilot) -> dict[int, str]:
    """Who is responsible for somebody in this pilot now."""
    now = Responsibility.objects.filter(staff=OuterRef("pk"), ended_on=None)
    rows = Staff.objects.filter(Exists(now.filter(person__candidacies__pilot=pilot)))
    return dict(rows.order_by("name").values_list("pk", "name"))
