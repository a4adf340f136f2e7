"""Who did not come to the last appointment that was to be, and what comes next.

Nobody is to blame for it: the list is there so that somebody gets in touch. Whoever
came to an appointment since is not on it any more, nor is it looked at longer ago than
three months. Whoever did not come most often in a row stands first. Of a large
municipality the list holds those of the last time only, and says so: the filters look
at everybody, so that each leads to the others.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.contact.models import Appointment
from trede.inflow.long_lists import MOST, chips, shown
from trede.inflow.whose_people import NOBODY, coaches_of, means_a_coach, whose
from trede.people.models import Person, Responsibility
from trede.pilots.models import Pilot

A_PAGE = 25
LATELY = timedelta(days=92)
EVERYBODY, OPEN, AGREED = "", "open", "afgesproken"
NEXT = {
    EVERYBODY: pgettext_lazy("did not come", "Everybody"),
    OPEN: pgettext_lazy("did not come", "Nothing agreed yet"),
    AGREED: pgettext_lazy("did not come", "New appointment"),
}
State = Appointment.State


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `coach`: the number of one, or `NOBODY`."""

    pilot: Pilot
    next: str = EVERYBODY
    coach: str = ""

    @property
    def address(self) -> str:
        query = {"pilot": self.pilot.code, "daarna": self.next, "coach": self.coach}
        return f"?{urlencode({key: said for key, said in query.items() if said})}"


def asked(query: QueryDict, pilot: Pilot) -> Asked:
    then, coach = query.get("daarna", EVERYBODY), query.get("coach", "")
    known = coach if means_a_coach(coach) else ""
    return Asked(pilot, then if then in NEXT else EVERYBODY, known)


@dataclass(frozen=True)
class NoShow:
    """`times` in a row; `meets_at` is the next appointment."""

    person_id: int
    at: datetime
    times: int
    meets_at: datetime | None
    coach: str
    coach_name: str

    @property
    def what_next(self) -> str:
        if self.meets_at is None:
            return _("No new appointment yet. Get in touch.")
        day = timezone.localtime(self.meets_at)
        return _("New appointment on %(day)s.") % {"day": f"{day:%d-%m-%Y %H.%M}"}

    @property
    def agreed(self) -> bool:
        return self.meets_at is not None

    def fits(self, ask: Asked) -> bool:
        then = AGREED if self.agreed else OPEN
        return ask.next in (EVERYBODY, then) and ask.coach in ("", self.coach)


@dataclass(frozen=True)
class Line:
    no_show: NoShow
    person: Person
    days: int


class NoShows:
    def __init__(self, ask: Asked, staff: Staff, reach: Reach, at: datetime) -> None:
        self.ask, self.staff, self.reach, self.at = ask, staff, reach, at

    @property
    def rows(self) -> list[NoShow]:
        return self._fitting[:MOST]

    @property
    def whole(self) -> bool:
        """Everybody who fits is on the list."""
        return len(self._fitting) <= MOST

    @cached_property
    def _fitting(self) -> list[NoShow]:
        if self._ended or self.ask == self._no_filter:
            return [one for one in self._everybody if one.fits(self.ask)]
        return self._found(self.ask)

    @cached_property
    def _everybody(self) -> list[NoShow]:
        return self._found(self._no_filter)

    @property
    def _no_filter(self) -> Asked:
        return Asked(self.ask.pilot)

    @property
    def _ended(self) -> bool:
        return len(self._everybody) <= MOST

    def _found(self, ask: Asked) -> list[NoShow]:
        """One more than is shown, when there are more."""
        told = ("person", "starts_at", "came_at", "meets_at", "coach", "coach_name")
        last = self._last().filter(_fits(ask)).values(*told)
        found: list[dict[str, Any]] = list(last[: MOST + 1])
        since = {one["person"]: one["came_at"] for one in found}
        times = self._times(since)
        no_shows = (
            NoShow(
                one["person"],
                one["starts_at"],
                times[one["person"]],
                one["meets_at"],
                str(one["coach"] or NOBODY),
                one["coach_name"] or "",
            )
            for one in found
        )
        return sorted(no_shows, key=lambda one: (-one.times, one.at, one.person_id))

    def page(self, number: str | None) -> "Page[NoShow]":
        return Paginator(self.rows, A_PAGE).get_page(number)

    def lines(self, no_shows: Iterable[NoShow]) -> Iterator[Line]:
        """With names, of those that are shown only."""
        chosen, today = list(no_shows), timezone.localdate(self.at)
        people = Person.objects.in_bulk({one.person_id for one in chosen})
        for one in chosen:
            days = (today - timezone.localdate(one.at)).days
            yield Line(one, people[one.person_id], days)

    def then(self) -> list[dict[str, Any]]:
        return chips(NEXT, self.ask, "next", self._count)

    def coaches(self) -> list[dict[str, Any]]:
        if not self._ended:
            named = {str(pk): name for pk, name in coaches_of(self.ask.pilot).items()}
            return chips(whose(named, nobody=True), self.ask, "coach", self._count)
        named = {one.coach: one.coach_name for one in self._everybody}
        nobody = named.pop(NOBODY, None) is not None
        in_order = dict(sorted(named.items(), key=itemgetter(1)))
        return chips(whose(in_order, nobody=nobody), self.ask, "coach", self._count)

    def _count(self, ask: Asked) -> int | str | None:
        """Of a list that is not read to its end nothing is counted apart."""
        if self._ended:
            return sum(n for one, n in self._alike if one.fits(ask))
        return shown(len(self._fitting), MOST) if ask == self.ask else None

    @cached_property
    def _alike(self) -> list[tuple[NoShow, int]]:
        """One of those for whom the filters say the same, and how many they are."""
        same = attrgetter("coach", "agreed")
        each = groupby(sorted(self._everybody, key=same), key=same)
        found = ([*many] for _same, many in each)
        return [(many[0], len(many)) for many in found]

    def _last(self) -> QuerySet[Appointment]:
        """The last appointment that was to be, to which the person did not come."""
        rows = Appointment.objects.filter(
            pilot=self.ask.pilot, person__in=Person.objects.current()
        ).visible_to(self.staff, self.reach)
        same = Appointment.objects.filter(
            person=OuterRef("person"), pilot=self.ask.pilot
        ).order_by()
        was = same.filter(state__in=(State.HELD, State.NOT_THERE))
        came = same.filter(state=State.HELD).order_by("-starts_at")
        meets = same.filter(state=State.PLANNED, starts_at__gte=self.at)
        now = Responsibility.objects.filter(person=OuterRef("person"), ended_on=None)
        told = rows.annotate(
            came_at=Subquery(came.values("starts_at")[:1]),
            meets_at=Subquery(meets.order_by("starts_at").values("starts_at")[:1]),
            coach=Subquery(now.values("staff")[:1]),
            coach_name=Subquery(now.values("staff__name")[:1]),
        ).filter(
            ~Exists(was.filter(starts_at__gt=OuterRef("starts_at"))),
            state=State.NOT_THERE,
            starts_at__gte=self.at - LATELY,
        )
        return told.order_by("-starts_at", "-pk")

    def _times(self, since: dict[int, datetime | None]) -> Counter[int]:
        """How often each did not come, since the last time that they did."""
        rows = Appointment.objects.filter(
            pilot=self.ask.pilot, person__in=since, state=State.NOT_THERE
        )
        return Counter(
            person
            for person, at in rows.order_by().values_list("person", "starts_at")
            if (came_at := since[person]) is None or at > came_at
        )


def _fits(ask: Asked) -> Q:
    """The same as `NoShow.fits`, for the database."""
    then = {OPEN: Q(meets_at=None), AGREED: Q(meets_at__isnull=False)}
    coach = None if ask.coach == NOBODY else ask.coach
    return then.get(ask.next, Q()) & (Q(coach=coach) if ask.coach else Q())
