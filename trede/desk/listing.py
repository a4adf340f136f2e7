"""The list of people: candidates and participants of one pilot, filtered.

What is asked for stands in the address; the number on each filter is the number of
lines it gives. Names are decrypted for one page only. Newest change first. Nobody reads
a thousand lines: of a large municipality no more are counted or shown, and a filter or
a search leads to the others.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Value
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Role, Staff
from trede.accounts.permissions import Reach
from trede.inflow.long_lists import MOST, counted, shown
from trede.inflow.models import Candidate, CandidateQuerySet, Stage
from trede.inflow.whose_people import NOBODY, means_a_coach, of_coach
from trede.people.models import Responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

A_PAGE = 25
# In how many days somebody's situation changed.
SINCE = {
    "7": pgettext_lazy("changed", "In a week"),
    "31": pgettext_lazy("changed", "In a month"),
    "92": pgettext_lazy("changed", "In three months"),
}
MINE, EVERYBODY = "mij", ""
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
    since: str = ""

    def address(self, name: str, value: str) -> str:
        now = self.but(name, value)
        query = {
            "pilot": now.pilot.code,
            "coach": now.coach,
            "stand": now.stage,
            "wijk": now.quarter,
            "sinds": now.since,
        }
        kept = {key: said for key, said in query.items() if said or key == "coach"}
        return f"?{urlencode(kept)}"

    def but(self, name: str, value: str) -> "Asked":
        said = {
            "coach": self.coach,
            "stage": self.stage,
            "quarter": self.quarter,
            "since": self.since,
        }
        return Asked(self.pilot, **{**said, name: value})


def asked(query: QueryDict, pilot: Pilot, staff: Staff) -> Asked:
    """A coach begins with their own people."""
    first = MINE if staff.has(Role.COACH) else EVERYBODY
    coach, stage = query.get("coach", first), query.get("stand", "")
    known = coach in WHOSE or means_a_coach(coach)
    return Asked(
        pilot,
        coach if known else first,
        stage if stage in Stage.values else "",
        query.get("wijk", "")[:60],
        since if (since := query.get("sinds", "")) in SINCE else "",
    )


class PeopleLines:
    """The list as one member of staff sees it."""

    def __init__(self, ask: Asked, staff: Staff, reach: Reach, at: datetime) -> None:
        self.ask, self.staff, self.at = ask, staff, at
        self.labels = {one.code: one.label for one in rules_of(ask.pilot).quarters}
        # Of the municipality; whom one may see depends on whose people are asked for.
        rows = Candidate.objects.filter(pilot=ask.pilot).current()
        self.all = rows.visible_to(staff, reach).select_related("person", "pilot")
        here = rows.visible_to(staff, Reach.MUNICIPALITY)
        mine = of_coach(here, str(staff.pk))
        self.mine = mine.select_related("person", "pilot")

    @property
    def rows(self) -> CandidateQuerySet:
        return self._narrowed(self.ask).order_by("-stage_since", "-pk")

    def page(self, number: str | None) -> "Page[Candidate]":
        return Paginator(self.rows[:MOST], A_PAGE).get_page(number)

    def whole(self, count: int) -> bool:
        """`count` lines are shown, and there are no others."""
        return count < MOST or not self.rows[MOST : MOST + 1].exists()

    def whose(self, coaches: Mapping[int, str]) -> list[dict[str, Any]]:
        own = [MINE] if self.staff.has(Role.COACH) else []
        named = {**WHOSE, **{str(pk): name for pk, name in coaches.items()}}
        numbers = self._of_each(coaches)
        for code in (*own, EVERYBODY, NOBODY):
            numbers[code] = shown(self._totals[replace(self.ask, coach=code)])
        return [
            {
                "label": named[code],
                "count": numbers[code],
                "url": self.ask.address("coach", code),
                "current": code == self.ask.coach,
            }
            for code in (*own, EVERYBODY, NOBODY, *map(str, coaches))
        ]

    def stages(self) -> list[dict[str, Any]]:
        numbers = self._counted["stage"]
        return [
            self._choice("stage", stage.value, str(stage.label), numbers[stage.value])
            for stage in Stage
            if stage.value in numbers
        ]

    def quarters(self) -> list[dict[str, Any]]:
        return [
            self._choice("quarter", code, self.labels.get(code, code), n)
            for code, n in sorted(self._counted["quarter"].items())
            if code
        ]

    def since(self) -> list[dict[str, Any]]:
        return [
            self._choice(
                "since", days, str(label), self._totals[replace(self.ask, since=days)]
            )
            for days, label in SINCE.items()
        ]

    def _first(self, days: str) -> datetime:
        return self.at - timedelta(int(days))

    def filters(self, coaches: Mapping[int, str]) -> dict[str, list[dict[str, Any]]]:
        return {
            _("Coach"): self.whose(coaches),
            _("Stage"): self.stages(),
            _("Quarter"): self.quarters(),
            _("Changed"): self.since(),
        }

    def _choice(
        self, name: str, code: str, label: str, n: int | None
    ) -> dict[str, Any]:
        """Choosing what is chosen already lets it go."""
        current = getattr(self.ask, name) == code
        return {
            "label": label,
            "count": None if n is None else shown(n),
            "url": self.ask.address(name, "" if current else code),
            "current": current,
        }

    @cached_property
    def _counted(self) -> dict[str, dict[str, int | None]]:
        """Of each stage and quarter, in one question. Of a list that is not read to its
        end nothing is counted apart."""
        numbers: dict[str, dict[str, int | None]] = {}
        read = []
        for name, path, known in (
            ("stage", "stage", Stage.values),
            ("quarter", "person__quarter", [*self.labels]),
        ):
            ask = self.ask.but(name, "")
            long = self._totals[ask] > MOST
            numbers[name] = dict.fromkeys(known) if long else {}
            if not long:
                rows = self._narrowed(ask).order_by().values_list(Value(name), path)
                read.append(rows.annotate(Count("pk")))
        for name, code, n in read[0].union(*read[1:], all=True) if read else ():
            numbers[name][code] = n
        return numbers

    def _of_each(self, coaches: Mapping[int, str]) -> dict[str, int | str | None]:
        """How many lines each coach has, in one question."""
        everybody = replace(self.ask, coach=EVERYBODY)
        if not coaches or self._totals[everybody] > MOST:
            return dict.fromkeys(map(str, coaches))
        rows = self._narrowed(everybody)
        now = Responsibility.objects.filter(ended_on=None, staff__in=coaches)
        theirs = now.filter(person__in=rows.values("person")).order_by("staff")
        numbers = dict(theirs.values_list("staff").annotate(Count("pk")))
        return {str(pk): numbers.get(pk, 0) for pk in coaches}

    @cached_property
    def _totals(self) -> dict[Asked, int]:
        """Of every choice of whose and since when, and without that of a stage or
        quarter."""
        asks = [replace(self.ask, coach=code) for code in WHOSE]
        asks += [replace(self.ask, since=days) for days in SINCE]
        asks += [replace(self.ask, stage=""), replace(self.ask, quarter="")]
        lists = {one: self._narrowed(one) for one in asks}
        return dict(zip(lists, counted(*lists.values()), strict=True))

    def _narrowed(self, ask: Asked) -> CandidateQuerySet:
        rows = self._of_coach(ask.coach)
        if ask.stage:
            rows = rows.filter(stage=ask.stage)
        if ask.quarter:
            rows = rows.filter(person__quarter=ask.quarter)
        if ask.since:
            rows = rows.filter(stage_since__gte=self._first(ask.since))
        return rows

    def _of_coach(self, coach: str) -> CandidateQuerySet:
        if coach == MINE:
            return self.mine
        if coach == EVERYBODY:
            return self.all
        return of_coach(self.all, coach)


def coach_names(persons: Iterable[int]) -> dict[int, str]:
    """By person: who is responsible now."""
    rows = Responsibility.objects.filter(person__in=list(persons), ended_on=None)
    return dict(rows.values_list("person", "staff__name"))
