"""The placements of the team's people, filtered: which run, whose trial period is to be
looked back on, and which have ended.

What is asked for stands in the address; the number on each filter is the number of
lines it gives. Whose trial period is over first, stands first.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.partners.models import Placement, PlacementQuerySet
from trede.partners.placing import SOON
from trede.people.models import Responsibility

A_PAGE = 25
EVERYTHING, REVIEW, RUNS, ENDED, NOBODY = "", "evalueren", "loopt", "gestopt", "niemand"
STATES = {
    RUNS: pgettext_lazy("placements", "Running"),
    REVIEW: pgettext_lazy("placements", "To look back on"),
    ENDED: pgettext_lazy("placements", "Ended"),
    EVERYTHING: pgettext_lazy("placements", "All"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `coach`: the number of one, or `NOBODY`."""

    state: str = RUNS
    coach: str = ""

    @property
    def address(self) -> str:
        """Without a state in the address one sees those that run."""
        query = {"stand": self.state, "coach": self.coach}
        return f"?{urlencode({k: v for k, v in query.items() if v or k == 'stand'})}"


def asked(query: QueryDict) -> Asked:
    state, coach = query.get("stand", RUNS), query.get("coach", "")
    known = coach == NOBODY or (coach.isdecimal() and len(coach) < 10)
    return Asked(state if state in STATES else RUNS, coach if known else "")


class PlacementLines:
    """The list as one member of staff sees it on a day."""

    def __init__(self, ask: Asked, staff: Staff, reach: Reach, on: date) -> None:
        self.ask, self.on = ask, on
        guides = Responsibility.objects.filter(
            person=OuterRef("onward__person"), ended_on=None
        )
        rows = Placement.objects.filter(
            onward__person__merged_into=None, onward__person__erased_at=None
        )
        self.all = rows.visible_to(staff, reach).annotate(
            coach_id=Subquery(guides.values("staff")[:1]),
            coach_name=Subquery(guides.values("staff__name")[:1]),
        )

    @property
    def rows(self) -> PlacementQuerySet:
        found = self.all.filter(self._state(self.ask.state), self._coach)
        joined = found.select_related(
            "onward__person", "onward__organisation", "onward__place"
        )
        return joined.order_by(
            F("review_on").asc(nulls_last=True), "-started_on", "-pk"
        )

    def page(self, number: str | None) -> "Page[Placement]":
        return Paginator(self.rows, A_PAGE).get_page(number)

    def states(self) -> list[dict[str, Any]]:
        rows = self.all.filter(self._coach)
        counted = rows.aggregate(
            **{
                f"n_{code}": Count("pk", filter=self._state(code) & Q(pk__gt=0))
                for code in STATES
            }
        )
        return [
            {
                "label": label,
                "count": counted[f"n_{code}"],
                "url": replace(self.ask, state=code).address,
                "current": code == self.ask.state,
            }
            for code, label in STATES.items()
        ]

    def coaches(self) -> list[dict[str, Any]]:
        found = [
            ("", pgettext("missing", "Every coach"), sum(self._of_each.values())),
            *(
                (str(pk), name, n)
                for (pk, name), n in sorted(
                    self._of_each.items(), key=lambda one: one[0][1] or ""
                )
                if pk
            ),
            (
                NOBODY,
                pgettext("missing", "Without a coach"),
                self._of_each.get((None, None), 0),
            ),
        ]
        return [
            {
                "label": label,
                "count": n,
                "url": replace(self.ask, coach=code).address,
                "current": code == self.ask.coach,
            }
            for code, label, n in found
            if n or code in ("", self.ask.coach)
        ]

    def filters(self) -> dict[str, list[dict[str, Any]]]:
        return {_("How it stands"): self.states(), _("Coach"): self.coaches()}

    @cached_property
    def _of_each(self) -> dict[tuple[int | None, str | None], int]:
        rows = self.all.filter(self._state(self.ask.state)).order_by()
        counted = rows.values_list("coach_id", "coach_name").annotate(n=Count("pk"))
        return {(pk, name): n for pk, name, n in counted}

    def _state(self, state: str) -> Q:
        if state == RUNS:
            return Q(ended_on=None)
        if state == REVIEW:
            return Q(ended_on=None, review_on__lte=self.on + SOON)
        return Q(ended_on__isnull=False) if state == ENDED else Q()

    @property
    def _coach(self) -> Q:
        if self.ask.coach == NOBODY:
            return Q(coach_id=None)
        return Q(coach_id=int(self.ask.coach)) if self.ask.coach else Q()
