"""What is missing of somebody, so that it can be put right: the list, filtered.

Of who is in a trajectory: no tread on the ladder for longer than the pilot's file
allows, no end (a pause without one), or no appointment and no contact for too long. Of
who has closed: a questionnaire that the study asks at the closing. What has been
missing longest comes first. A coach sees this of their own people. Of a large
municipality no more are judged than anybody reads, who began or closed longest ago, and
the list says so. The filter by coach looks at everybody of that coach.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from trede import together
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.desk.in_contact import CLOSED_LATELY, guided
from trede.desk.last_contact import LAST, with_last
from trede.desk.may_lack import at_closing, closed_and_may_lack, runs_and_may_lack
from trede.inflow.long_lists import MOST, chips
from trede.inflow.whose_people import NOBODY, coaches_of, means_a_coach, whose
from trede.people.models import Person, Responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.studies.scheduling import DUE, State, Turn, schedule
from trede.together import Part
from trede.trajectories.models import Pause, Trajectory, TrajectoryQuerySet

A_PAGE = 25
# Who closed is judged one by one, which takes long: on the screen no more at a time.
JUDGED = 60
LADDER, END, CONTACT, MEASURED = "trede", "einde", "contact", "meting"
EVERYTHING = ""
KINDS = {
    LADDER: pgettext_lazy("missing", "No ladder"),
    END: pgettext_lazy("missing", "No end date"),
    CONTACT: pgettext_lazy("missing", "No contact"),
    MEASURED: pgettext_lazy("missing", "Not measured at closing"),
}
WORDS = {
    LADDER: pgettext_lazy("missing", "The ladder was to be judged on %(day)s."),
    END: pgettext_lazy("missing", "The pause from %(day)s has no last day."),
    CONTACT: pgettext_lazy("missing", "No contact since %(day)s, no appointment."),
    MEASURED: pgettext_lazy("missing", "Closed on %(day)s, not held: %(wave)s."),
}
NOT_HELD = DUE | {State.MISSED}
COACH = {"coach_id": IntegerField()}


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `coach`: the number of one, or `NOBODY`."""

    pilot: Pilot
    kind: str = EVERYTHING
    coach: str = ""

    @property
    def address(self) -> str:
        query = {"pilot": self.pilot.code, "soort": self.kind, "coach": self.coach}
        return f"?{urlencode({key: said for key, said in query.items() if said})}"


def asked(query: QueryDict, pilot: Pilot) -> Asked:
    kind, coach = query.get("soort", EVERYTHING), query.get("coach", "")
    known = coach if means_a_coach(coach) else ""
    return Asked(pilot, kind if kind in KINDS else EVERYTHING, known)


@dataclass(frozen=True)
class Lack:
    """`since` is the day from which it is missing, or after which nothing came. `turn`
    is that of the measurement that was not held."""

    since: date
    person_id: int
    kind: str
    coach_id: int | None
    trajectory_id: int
    turn: Turn | None = None

    @property
    def why(self) -> str:
        wave = self.turn.wave.label if self.turn else ""
        return str(WORDS[self.kind]) % {"day": f"{self.since:%d-%m-%Y}", "wave": wave}

    def fits(self, ask: Asked) -> bool:
        coach = NOBODY if self.coach_id is None else str(self.coach_id)
        return ask.kind in (EVERYTHING, self.kind) and ask.coach in ("", coach)


@dataclass(frozen=True)
class Line:
    lack: Lack
    person: Person
    days: int
    coach: str


class Lacks:
    """What these people lack, as far as it is judged. The pauses may be those of more
    people: that asks less of the database than to find theirs."""

    def __init__(
        self,
        rows: TrajectoryQuerySet,
        pauses: QuerySet[Pause],
        pilot: Pilot,
        at: datetime,
        most: int,
    ) -> None:
        self.rows, self.pilot, self.on = rows, pilot, timezone.localdate(at)
        self.rules, self.most = rules_of(pilot, self.on), most
        runs = Q(closed_on=None) | Q(closed_on__gt=self.on)
        running = rows.filter(runs, started_on__lte=self.on)
        lacking = runs_and_may_lack(with_last(running, at), self.rules, self.on)
        first = lacking.order_by("started_on", "pk")[: MOST + 1]
        self.running = Part(first, told={**LAST, **COACH})
        self.pauses, self.closed = Part(pauses), self._closed()
        together.ask(self.running, self.pauses, self.closed)

    @cached_property
    def every(self) -> list[Lack]:
        measured = [*self._after_closing()]
        if len(measured) < A_PAGE and not self.whole(MEASURED):
            # The first lack nothing after all: behind them others may.
            self.most = MOST
            self.closed = self._closed()
            together.ask(self.closed)
            measured = [*self._after_closing()]
        found = [*self._while_it_runs(), *measured]
        return sorted(found, key=lambda one: (one.since, one.person_id, one.kind))

    def whole(self, kind: str) -> bool:
        """Everybody was judged who may lack this."""
        runs = kind == MEASURED or len(self.running.found) <= MOST
        closed = kind not in (EVERYTHING, MEASURED)
        return runs and (closed or len(self.closed.found) <= self.most)

    def _closed(self) -> Part[Trajectory]:
        """Longer ago than any window is open, nothing can be put right any more."""
        since = self.on - CLOSED_LATELY
        rows = self.rows.filter(closed_on__gte=since, closed_on__lte=self.on)
        rows = closed_and_may_lack(rows, self.pilot, self.rules, self.on)
        return Part(rows.order_by("closed_on", "pk")[: self.most + 1], told=COACH)

    def _while_it_runs(self) -> Iterator[Lack]:
        pauses: dict[int, list[Pause]] = {}
        for pause in sorted(self.pauses.found, key=attrgetter("from_on")):
            pauses.setdefault(pause.trajectory_id, []).append(pause)
        for one in self.running.found:
            yield from self._of(one, pauses.get(one.pk, []))

    def _of(self, trajectory: Trajectory, pauses: list[Pause]) -> Iterator[Lack]:
        one = guided(trajectory, pauses, self.rules, self.on)
        who = trajectory.person_id
        rest = getattr(trajectory, "coach_id", None), trajectory.pk
        if one.ladder_due_on <= self.on and not one.clock.stands_still:
            yield Lack(one.ladder_due_on, who, LADDER, *rest)
        if one.clock.ends_on is None:
            endless = next(pause for pause in pauses if pause.until_on is None)
            yield Lack(endless.from_on, who, END, *rest)
        if silence := one.silence(self.on):
            yield Lack(silence.since, who, CONTACT, *rest)

    def _after_closing(self) -> Iterator[Lack]:
        # The first of who came back comes last: the study follows that one.
        newest = attrgetter("closed_on", "pk")
        in_order = sorted(self.closed.found, key=newest, reverse=True)
        closed = {one.person_id: one for one in in_order}
        if not closed:
            return
        for turn in schedule(self.pilot, self.on, closed.keys()):
            one = closed.get(turn.person_id)
            lacks = turn.state in NOT_HELD and at_closing(turn.wave)
            if lacks and one and one.closed_on:
                rest = getattr(one, "coach_id", None), one.pk, turn
                yield Lack(one.closed_on, turn.person_id, MEASURED, *rest)


class MissingLines:
    """`most` who closed are judged at a time; `person` where only one is looked at."""

    def __init__(
        self,
        ask: Asked,
        staff: Staff,
        reach: Reach,
        at: datetime,
        most: int = JUDGED,
        person: Person | None = None,
    ) -> None:
        self.ask, self.staff, self.reach, self.at = ask, staff, reach, at
        self.person = person
        self.on, self.most = timezone.localdate(at), most

    @cached_property
    def everybody(self) -> Lacks:
        return self._lacks(self._whose())

    @cached_property
    def found(self) -> Lacks:
        """Of the coach that is asked for, where not everybody was judged."""
        if not self.ask.coach or self.everybody.whole(EVERYTHING):
            return self.everybody
        return self._lacks(_of_coach(self._whose(), self.ask.coach))

    @cached_property
    def coaches(self) -> dict[int, str]:
        lacks = (*self.everybody.every, *self.found.every)
        known = {one.coach_id for one in lacks if one.coach_id}
        rows = Staff.objects.filter(pk__in=known).order_by("name")
        return dict(rows.values_list("pk", "name"))

    @property
    def rows(self) -> list[Lack]:
        return [one for one in self.found.every if one.fits(self.ask)]

    @property
    def whole(self) -> bool:
        return self.found.whole(self.ask.kind)

    def page(self, number: str | None) -> "Page[Lack]":
        return Paginator(self.rows, A_PAGE).get_page(number)

    def lines(self, lacks: Iterable[Lack]) -> Iterator[Line]:
        """With names, of those that are shown only."""
        chosen = list(lacks)
        people = Person.objects.in_bulk({one.person_id for one in chosen})
        for one in chosen:
            coach = self.coaches[one.coach_id] if one.coach_id else ""
            days = max(0, (self.on - one.since).days)
            yield Line(one, people[one.person_id], days, coach)

    def kinds(self) -> list[dict[str, Any]]:
        everything = pgettext_lazy("missing", "Everything")
        named: dict[str, Promise] = {EVERYTHING: everything, **KINDS}
        return chips(named, self.ask, "kind", self._count)

    def by_coach(self) -> list[dict[str, Any]]:
        """Where not everybody was judged, every coach: each leads to their people."""
        whole = self.everybody.whole(EVERYTHING)
        known = self.coaches if whole else coaches_of(self.ask.pilot)
        named = {str(pk): name for pk, name in known.items()}
        nobody = any(one.coach_id is None for one in self.everybody.every)
        among = whose(named, nobody=nobody or not whole)
        return chips(among, self.ask, "coach", self._count)

    def _count(self, ask: Asked) -> int | str | None:
        """Of another coach it is known only where everybody was judged."""
        found = self.found if ask.coach == self.ask.coach else self.everybody
        whole = found.whole(ask.kind)
        if not whole and ask.coach not in ("", self.ask.coach):
            return None
        count = sum(one.fits(ask) for one in found.every)
        return count if whole else f"{count}+"

    def _lacks(self, rows: TrajectoryQuerySet) -> Lacks:
        return Lacks(rows, self._pauses(), self.ask.pilot, self.at, self.most)

    def _pauses(self) -> QuerySet[Pause]:
        runs = Q(trajectory__closed_on=None) | Q(trajectory__closed_on__gt=self.on)
        rows = Pause.objects.standing().visible_to(self.staff, self.reach)
        rows = rows.filter(runs, trajectory__pilot=self.ask.pilot)
        if self.person:
            rows = rows.filter(trajectory__person=self.person)
        return rows.order_by()

    def _whose(self) -> TrajectoryQuerySet:
        rows = Trajectory.objects.filter(
            pilot=self.ask.pilot, person__merged_into=None, person__erased_at=None
        )
        guides = Responsibility.objects.filter(person=OuterRef("person"), ended_on=None)
        rows = rows.visible_to(self.staff, self.reach)
        if self.person:
            rows = rows.filter(person=self.person)
        rows = rows.annotate(coach_id=Subquery(guides.values("staff")[:1]))
        return _of_coach(rows, str(self.staff.pk)) if self.reach is Reach.OWN else rows


def _of_coach(rows: TrajectoryQuerySet, coach: str) -> TrajectoryQuerySet:
    """By a join: they are few, and PostgreSQL would look through everybody's."""
    if coach == NOBODY:
        return rows.filter(Q(coach_id=None))
    return rows.filter(
        person__responsibilities__staff=int(coach),
        person__responsibilities__ended_on=None,
    )
