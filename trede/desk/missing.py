"""What is missing of somebody, so that it can be put right: the list, filtered.

Of who is in a trajectory: no tread on the ladder for longer than the pilot's file
allows, no end (a pause without one), or no appointment and no contact for too long. Of
who has closed: a questionnaire that the study asks at the closing. What has been
missing longest comes first. A coach sees this of their own people. Of a large
municipality no more who closed are judged than anybody reads: who did so longest ago.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, IntegerField, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from trede import together
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.desk.in_contact import CLOSED_LATELY, guided
from trede.desk.last_contact import LAST, with_last
from trede.inflow.long_lists import MOST, chips
from trede.inflow.whose_people import NOBODY, means_a_coach, whose
from trede.people.models import ConsentDecision, Person, Purpose, Responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.study_rules import Wave
from trede.questionnaires.models import Sitting
from trede.studies.due import IN_A_PAIR, pairs_of
from trede.studies.scheduling import DUE, State, Turn, schedule
from trede.together import Part
from trede.trajectories.models import Pause, Trajectory, TrajectoryQuerySet

A_PAGE = 25
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


class MissingLines:
    """`person` where only one is looked at."""

    def __init__(
        self,
        ask: Asked,
        staff: Staff,
        reach: Reach,
        at: datetime,
        person: Person | None = None,
    ) -> None:
        self.ask, self.staff, self.reach, self.at = ask, staff, reach, at
        self.person = person
        self.on = timezone.localdate(at)
        self.rules = rules_of(ask.pilot, self.on)
        running = self._running()
        standing = Pause.objects.standing().filter(trajectory__in=running.values("pk"))
        coach = {"coach_id": IntegerField()}
        self.running = Part(with_last(running, at), told={**LAST, **coach})
        self.pauses = Part(standing.order_by())
        self.closed = Part(self._closed(), told=coach)
        self.drawn = Part(
            pairs_of(ask.pilot, self._closed().values("person")), *IN_A_PAIR
        )
        together.ask(self.running, self.pauses, self.closed, self.drawn)

    @cached_property
    def lacks(self) -> list[Lack]:
        found = [*self._while_it_runs(), *self._after_closing()]
        return sorted(found, key=lambda one: (one.since, one.person_id, one.kind))

    @cached_property
    def coaches(self) -> dict[int, str]:
        known = {one.coach_id for one in self.lacks if one.coach_id}
        rows = Staff.objects.filter(pk__in=known).order_by("name")
        return dict(rows.values_list("pk", "name"))

    @property
    def rows(self) -> list[Lack]:
        return [one for one in self.lacks if one.fits(self.ask)]

    @property
    def whole(self) -> bool:
        return self._knows_all(self.ask)

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
        named = {str(pk): name for pk, name in self.coaches.items()}
        nobody = any(one.coach_id is None for one in self.lacks)
        return chips(whose(named, nobody=nobody), self.ask, "coach", self._count)

    def _count(self, ask: Asked) -> int | str:
        count = sum(one.fits(ask) for one in self.lacks)
        return count if self._knows_all(ask) else f"{count}+"

    def _knows_all(self, ask: Asked) -> bool:
        """Everybody who closed was judged, where that is asked for."""
        ended = len(self.closed.found) <= MOST
        return ended or ask.kind not in (EVERYTHING, MEASURED)

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
        pairs = self.drawn.found
        for turn in schedule(self.ask.pilot, self.on, closed.keys(), pairs):
            one = closed.get(turn.person_id)
            lacks = turn.state in NOT_HELD and _at_closing(turn.wave)
            if lacks and one and one.closed_on:
                rest = getattr(one, "coach_id", None), one.pk, turn
                yield Lack(one.closed_on, turn.person_id, MEASURED, *rest)

    def _running(self) -> TrajectoryQuerySet:
        runs = Q(closed_on=None) | Q(closed_on__gt=self.on)
        return self._whose().filter(runs, started_on__lte=self.on).order_by()

    def _closed(self) -> TrajectoryQuerySet:
        """Who takes part and did not finish what is asked at the closing. Longer ago
        than any window is open, nothing can be put right any more."""
        since = self.on - CLOSED_LATELY
        rows = self._whose().filter(closed_on__gte=since, closed_on__lte=self.on)
        about = {"person": OuterRef("person"), "pilot": self.ask.pilot}
        finished = Sitting.objects.filter(**about, state=Sitting.State.FINISHED)
        held = [
            Exists(finished.filter(wave=wave.code))
            for wave in self.rules.waves
            if _at_closing(wave)
        ]
        rows = rows.exclude(*held)
        # For the few of one coach PostgreSQL would look through everybody's.
        if self.reach is not Reach.OWN:
            agreed = ConsentDecision.objects.filter(**about, given=True)
            rows = rows.filter(Exists(agreed.filter(purpose=Purpose.STUDY)))
        return rows.order_by("closed_on", "pk")[: MOST + 1]

    def _whose(self) -> TrajectoryQuerySet:
        rows = Trajectory.objects.filter(
            pilot=self.ask.pilot, person__merged_into=None, person__erased_at=None
        )
        guides = Responsibility.objects.filter(person=OuterRef("person"), ended_on=None)
        rows = rows.visible_to(self.staff, self.reach)
        if self.person:
            rows = rows.filter(person=self.person)
        if self.reach is Reach.OWN:
            rows = rows.filter(
                person__responsibilities__staff=self.staff,
                person__responsibilities__ended_on=None,
            )
        return rows.annotate(coach_id=Subquery(guides.values("staff")[:1]))


def _at_closing(wave: Wave) -> bool:
    return any(due.moment == "closing" for due in wave.due)
