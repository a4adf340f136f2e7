"""The list of people: candidates and participants of one pilot, filtered.

What is asked for stands in the address; the number on each filter is the number of
lines it gives. Names are decrypted for one page only. Newest change first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Role, Staff
from trede.accounts.permissions import Reach
from trede.inflow.models import Candidate, CandidateQuerySet, Stage
from trede.people.models import Responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

MINE, NOBODY, EVERYBODY = "mij", "niemand", ""
WHOSE = {
    MINE: pgettext_lazy("list of people", "Mine"),
    NOBODY: pgettext_lazy("list of people", "Without a coach"),
    EVERYBODY: pgettext_lazy("list of people", "Everybody"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `coach`: one of `WHOSE`, or the number of a coach."""

    pilot: Pilot
    coach: str = EVERYBODY
    stage: str = ""
    quarter: str = ""

    def address(self, name: str, value: str) -> str:
        now = {"coach": self.coach, "stage": self.stage, "quarter": self.quarter}
        now[name] = value
        query = {
            "pilot": self.pilot.code,
            "coach": now["coach"],
            "stand": now["stage"],
            "wijk": now["quarter"],
        }
        kept = {key: said for key, said in query.items() if said or key == "coach"}
        return f"?{urlencode(kept)}"


def asked(query: QueryDict, pilot: Pilot, staff: Staff) -> Asked:
    """A coach begins with their own people."""
    first = MINE if staff.has(Role.COACH) else EVERYBODY
    coach, stage = query.get("coach", first), query.get("stand", "")
    known = coach in WHOSE or (coach.isdecimal() and len(coach) < 10)
    return Asked(
        pilot,
        coach if known else first,
        stage if stage in Stage.values else "",
        query.get("wijk", "")[:60],
    )


class PeopleLines:
    """The list as one member of staff sees it."""

    def __init__(self, ask: Asked, staff: Staff, reach: Reach) -> None:
        self.ask, self.staff = ask, staff
        self.labels = {one.code: one.label for one in rules_of(ask.pilot).quarters}
        self.all = (
            Candidate.objects.filter(
                pilot=ask.pilot, person__merged_into=None, person__erased_at=None
            )
            .visible_to(staff, reach)
            .select_related("person", "pilot")
        )

    @property
    def rows(self) -> CandidateQuerySet:
        return self._narrowed(self.ask).order_by("-stage_since", "-pk")

    def whose(self, coaches: Mapping[int, str]) -> list[dict[str, Any]]:
        own = [MINE] if self.staff.has(Role.COACH) else []
        named = {**WHOSE, **{str(pk): name for pk, name in coaches.items()}}
        wanted = [*own, EVERYBODY, NOBODY, *map(str, coaches)]
        return [
            {
                "label": named[code],
                "count": self._narrowed(replace(self.ask, coach=code)).count(),
                "url": self.ask.address("coach", code),
                "current": code == self.ask.coach,
            }
            for code in wanted
        ]

    def stages(self) -> list[dict[str, Any]]:
        counted = self._counted("stage", replace(self.ask, stage=""))
        return [
            self._choice("stage", stage.value, str(stage.label), counted[stage.value])
            for stage in Stage
            if counted.get(stage.value)
        ]

    def quarters(self) -> list[dict[str, Any]]:
        counted = self._counted("person__quarter", replace(self.ask, quarter=""))
        return [
            self._choice("quarter", code, self.labels.get(code, code), n)
            for code, n in sorted(counted.items())
            if code
        ]

    def _choice(self, name: str, code: str, label: str, n: int) -> dict[str, Any]:
        """Choosing what is chosen already lets it go."""
        current = getattr(self.ask, name) == code
        return {
            "label": label,
            "count": n,
            "url": self.ask.address(name, "" if current else code),
            "current": current,
        }

    def _counted(self, field: str, ask: Asked) -> dict[str, int]:
        rows = self._narrowed(ask).order_by(field)
        return dict(rows.values_list(field).annotate(Count("pk")))

    def _narrowed(self, ask: Asked) -> CandidateQuerySet:
        rows = self._of_coach(self.all, ask.coach)
        if ask.stage:
            rows = rows.filter(stage=ask.stage)
        if ask.quarter:
            rows = rows.filter(person__quarter=ask.quarter)
        return rows

    def _of_coach(self, rows: CandidateQuerySet, coach: str) -> CandidateQuerySet:
        now = Responsibility.objects.filter(person=OuterRef("person"), ended_on=None)
        if coach == EVERYBODY:
            return rows
        if coach == NOBODY:
            return rows.exclude(Exists(now))
        number = self.staff.pk if coach == MINE else int(coach)
        return rows.filter(Exists(now.filter(staff=number)))


def coaches_of(pilot: Pilot) -> dict[int, str]:
    """Who is responsible for somebody in this pilot now."""
    rows = Staff.objects.filter(
        responsibilities__ended_on=None,
        responsibilities__person__candidacies__pilot=pilot,
    )
    return dict(rows.order_by("name").distinct().values_list("pk", "name"))
