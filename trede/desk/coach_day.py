"""The day of a coach: whom to meet, whom to call, what falls due soon, what is new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter

from django.db.models import CharField, Exists, OuterRef, Subquery
from django.utils import timezone

from trede.accounts.anybody import ANYBODY, it_is
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.contact.models import Appointment
from trede.desk.away import COUNTS, Away, absences_about, away_lines, come_due
from trede.desk.changed_by_person import own_changes
from trede.desk.coming_due import ComingDue, Due
from trede.desk.in_contact import InContact, Silence
from trede.desk.last_contact import midnight
from trede.desk.meetings import Meeting, Meetings, WeekDay
from trede.inflow.waiting_asked import TODAY, Asked
from trede.inflow.waiting_lines import FirstDue, WaitingLines
from trede.people.models import Responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.questionnaires.typing_in import asked_of
from trede.together import Part, ask
from trede.trajectories.models import Absence, HandOver
from trede.trajectories.weighing import WHOLE, Caseload

CALLS_SHOWN = 8
HAND_OVER_NEW = timedelta(days=14)


@dataclass(frozen=True)
class CoachDay:
    meetings: list[Meeting]
    silent: list[Silence]
    calls: FirstDue
    due: list[Due]
    load: Caseload
    low: int
    high: int
    week: list[WeekDay]
    week_to_come: bool
    hand_overs: list[HandOver]
    came_along: list[Responsibility]
    away: list[Away]
    overdue: list[Absence]
    changes: list[Appointment]
    to_type: list[Sitting]

    @property
    def to_call(self) -> int:
        return len(self.silent) + self.calls.count

    @property
    def places(self) -> int:
        return max(0, (WHOLE * self.high - self.load.hundredths) // WHOLE)

    @property
    def persons(self) -> tuple[int, ...]:
        return (
            *(one.appointment.person_id for one in self.meetings),
            *(one.guided.person.pk for one in self.silent),
            *(one.candidate.person_id for one in self.calls.lines),
            *(one.person.pk for one in self.due),
            *(one.trajectory.person_id for one in self.hand_overs),
            *(one.person_id for one in self.came_along),
        )


def coach_day(
    staff: Staff, pilot: Pilot, at: datetime, pilots: Collection[Pilot] = ()
) -> CoachDay:
    """`pilots` are the others that one may guide somebody in, with their files."""
    on = timezone.localdate(at)
    rules = rules_of(pilot, on)
    meetings, contact = Meetings(staff, on), InContact(staff, pilot, pilots, at)
    coming, who = ComingDue(staff, pilot, on), it_is(staff)
    handed, typing = _handed_over(on).about(who), _to_type().about(who)
    changed, gone = _changed(on).about(who), _gone(on).about(who)
    came = _came_along(on).about(who)
    more = (handed, came, typing, changed, gone)
    ask(*contact.parts, *meetings.parts, *coming.parts, *more, planned=True)
    guided = contact.guided
    lines = WaitingLines(Asked(pilot, TODAY), staff, Reach.OWN, on)
    return CoachDay(
        meetings=[*meetings.today()],
        silent=contact.silent(),
        calls=lines.first_due(CALLS_SHOWN),
        due=coming.due(guided),
        load=contact.load(),
        low=rules.limits.caseload_from,
        high=rules.limits.caseload_to,
        week=[*meetings.week()],
        week_to_come=meetings.to_come,
        away=[*away_lines(gone.found, staff, on)],
        overdue=come_due(gone.found, on),
        came_along=sorted(came.found, key=attrgetter("started_on", "pk"), reverse=True),
        hand_overs=sorted(handed.found, key=attrgetter("recorded_at"), reverse=True),
        changes=sorted(
            changed.found, key=attrgetter("state_since", "pk"), reverse=True
        ),
        to_type=sorted(typing.found, key=attrgetter("prepared_at", "pk")),
    )


@lru_cache
def _handed_over(on: date) -> Part[HandOver]:
    rows = HandOver.objects.visible_to(ANYBODY, Reach.OWN).filter(
        receiver=ANYBODY, recorded_at__gte=midnight(on) - HAND_OVER_NEW
    )
    return Part(rows.order_by(), "trajectory", "trajectory__person", "giver")


@lru_cache
def _came_along(on: date) -> Part[Responsibility]:
    """Who came from a colleague without a trajectory that runs: who waits, or is cared
    for after it. Of these no hand-over is kept, only who was responsible."""
    since = {"person": OuterRef("person"), "ended_on": OuterRef("started_on")}
    before = Responsibility.objects.filter(**since).exclude(staff=ANYBODY)
    told = HandOver.objects.filter(
        trajectory__person=OuterRef("person"),
        receiver=ANYBODY,
        on=OuterRef("started_on"),
    )
    rows = Responsibility.objects.filter(
        Exists(before),
        ~Exists(told),
        staff=ANYBODY,
        ended_on=None,
        started_on__gt=on - HAND_OVER_NEW,
        started_on__lte=on,
        person__merged_into=None,
        person__erased_at=None,
    )
    giver = Subquery(before.order_by("-pk").values("staff__name")[:1])
    told_by = {"giver": CharField()}
    return Part(rows.annotate(giver=giver).order_by(), "person", told=told_by)


@lru_cache
def _to_type() -> Part[Sitting]:
    return Part(asked_of(ANYBODY).order_by(), "person")


@lru_cache
def _changed(on: date) -> Part[Appointment]:
    rows = own_changes(ANYBODY, midnight(on))
    return Part(rows.order_by(), "person", "moved_to")


@lru_cache
def _gone(on: date) -> Part[Absence]:
    return Part(absences_about(ANYBODY, on), "staff", "recorded_by", told=COUNTS)
