"""Who went from one coach to another, filtered by why and by how long ago.

Hand-overs for good and for as long as a coach is away, and coming back; newest first.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.pilots.models import Pilot
from trede.trajectories.models import HandOver
from trede.trajectories.trajectory_models import TrajectoryPart

A_PAGE = 25
SINCE = {
    "31": pgettext_lazy("handed over", "In a month"),
    "92": pgettext_lazy("handed over", "In three months"),
    "": pgettext_lazy("handed over", "Ever"),
}


@dataclass(frozen=True)
class Asked:
    pilot: Pilot
    reason: str = ""
    since: str = "92"

    @property
    def address(self) -> str:
        query = {"pilot": self.pilot.code, "reden": self.reason, "sinds": self.since}
        return f"?{urlencode({k: v for k, v in query.items() if v or k == 'sinds'})}"


def asked(query: QueryDict, pilot: Pilot) -> Asked:
    reason, since = query.get("reden", ""), query.get("sinds", "92")
    known = reason if reason in HandOver.Reason.values else ""
    return Asked(pilot, known, since if since in SINCE else "92")


class HandOverLines:
    """The list as one member of staff sees it on a day."""

    def __init__(self, ask: Asked, staff: Staff, reach: Reach, on: date) -> None:
        self.ask, self.on = ask, on
        rows = HandOver.objects.filter(
            trajectory__pilot=ask.pilot,
            trajectory__person__merged_into=None,
            trajectory__person__erased_at=None,
        )
        self.all: TrajectoryPart[HandOver] = rows.visible_to(staff, reach)

    @property
    def rows(self) -> TrajectoryPart[HandOver]:
        found = self.all.filter(self._since(self.ask.since), self._reason)
        joined = found.select_related("trajectory__person", "giver", "receiver")
        return joined.order_by("-on", "-pk")

    def page(self, number: str | None) -> "Page[HandOver]":
        return Paginator(self.rows, A_PAGE).get_page(number)

    def reasons(self) -> list[dict[str, Any]]:
        rows = self.all.filter(self._since(self.ask.since)).order_by("reason")
        counted = dict(rows.values_list("reason").annotate(Count("pk")))
        every = pgettext("handed over", "Every reason")
        named = [("", every, sum(counted.values()))] + [
            (one.value, str(capfirst(one.label)), counted.get(one.value, 0))
            for one in HandOver.Reason
        ]
        return [
            self._chip(label, n, replace(self.ask, reason=code))
            for code, label, n in named
            if n or code in ("", self.ask.reason)
        ]

    def since(self) -> list[dict[str, Any]]:
        rows = self.all.filter(self._reason)
        return [
            self._chip(
                str(label),
                rows.filter(self._since(days)).count(),
                replace(self.ask, since=days),
            )
            for days, label in SINCE.items()
        ]

    def filters(self) -> dict[str, list[dict[str, Any]]]:
        return {_("Reason"): self.reasons(), _("When"): self.since()}

    def _chip(self, label: str, n: int, ask: Asked) -> dict[str, Any]:
        current = ask == self.ask
        return {"label": label, "count": n, "url": ask.address, "current": current}

    def _since(self, days: str) -> Q:
        return Q(on__gte=self.on - timedelta(int(days))) if days else Q()

    @property
    def _reason(self) -> Q:
        return Q(reason=self.ask.reason) if self.ask.reason else Q()
