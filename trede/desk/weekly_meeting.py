"""The agenda of the coaches' weekly meeting, out of what is due and what happened.

New people and starts of the week; ends, silences and trial periods ahead; placements
that ended, hand-overs, and working steps that did not fit. A coach sees the own people
by name, the coordinator everybody's; who is away is told to both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.desk.in_contact import guided
from trede.desk.last_contact import LAST, midnight, with_last
from trede.inflow.models import Candidate, Stage
from trede.partners.models import Placement
from trede.people.models import Person, Responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.together import Part, ask
from trede.trajectories.models import (
    Absence,
    HandOver,
    Pause,
    Trajectory,
    WorkingStepNote,
)

# A record that was put aside, or of which nothing is left, is nobody to talk about.
KNOWN = {
    "trajectory__person__merged_into": None,
    "trajectory__person__erased_at": None,
}
WEEK, AHEAD = timedelta(weeks=1), timedelta(weeks=4)
NEW, READY, STARTED, ENDS = "nieuw", "klaar", "gestart", "einde"
SILENT, TRIAL, ENDED = "stil", "proef", "plek"
HANDED, DEPARTED = "overdracht", "werkstap"
TOPICS: dict[str, Promise] = {
    NEW: pgettext_lazy("meeting", "New this week"),
    READY: pgettext_lazy("meeting", "May start"),
    STARTED: pgettext_lazy("meeting", "Started this week"),
    ENDS: pgettext_lazy("meeting", "Ends within four weeks"),
    SILENT: pgettext_lazy("meeting", "No contact for long"),
    TRIAL: pgettext_lazy("meeting", "Trial period to evaluate"),
    ENDED: pgettext_lazy("meeting", "Placement ended this week"),
    HANDED: pgettext_lazy("meeting", "Handed over this week"),
    DEPARTED: pgettext_lazy("meeting", "Working step that did not fit"),
}


@dataclass(frozen=True)
class Line:
    topic: str
    person: Person
    on: date
    words: str = ""


@dataclass(frozen=True)
class Topic:
    title: str
    lines: list[tuple[Line, str]]  # with the name of the coach


class WeeklyMeeting:
    def __init__(
        self, pilot: Pilot, coach: str, staff: Staff, reach: Reach, at: datetime
    ) -> None:
        self.pilot, self.coach, self.staff, self.reach = pilot, coach, staff, reach
        self.on, self.rules = timezone.localdate(at), rules_of(pilot)
        self.since = self.on - WEEK
        running = Trajectory.objects.running().visible_to(staff, reach)
        known = {"person__merged_into": None, "person__erased_at": None}
        running = running.filter(pilot=pilot, **known).order_by()
        pauses = Pause.objects.standing().filter(trajectory__in=running.values("pk"))
        self.running = Part(with_last(running, at), "person", told=LAST)
        self.pauses = Part(pauses.order_by())
        self.candidates = Part(self._candidates(), "person")
        whom = ("person", "organisation", "place")
        onward = ("onward", *(f"onward__{one}" for one in whom))
        self.placements = Part(self._placements(), *onward)
        of = ("trajectory", "trajectory__person")
        self.handed = Part(self._handed(), *of, "giver", "receiver")
        self.departed = Part(self._departed(), *of)
        self.away = Part(self._away(), "staff")
        ask(
            self.running,
            self.pauses,
            self.candidates,
            self.placements,
            self.handed,
            self.departed,
            self.away,
        )

    @cached_property
    def topics(self) -> list[Topic]:
        """Those about which there is something to say."""
        shown = [one for one in self.lines if self._fits(one)]
        return [
            Topic(
                str(title),
                [(one, self._coach(one)) for one in shown if one.topic == code],
            )
            for code, title in TOPICS.items()
            if any(one.topic == code for one in shown)
        ]

    @property
    def persons(self) -> set[int]:
        return {one.person.pk for topic in self.topics for one, _coach in topic.lines}

    @cached_property
    def lines(self) -> list[Line]:
        found = [
            *self._people_to_come(),
            *self._of_running(),
            *self._of_placements(),
            *self._of_course(),
        ]
        return sorted(found, key=lambda one: (one.on, one.person.pk))

    @property
    def absences(self) -> list[Absence]:
        return sorted(self.away.found, key=lambda one: (one.from_on, one.pk))

    @cached_property
    def coaches(self) -> dict[int, tuple[int, str]]:
        """By number of the person, the number and the name of the coach."""
        rows = Responsibility.objects.filter(
            person__in={one.person.pk for one in self.lines}, ended_on=None
        )
        told = rows.values_list("person", "staff", "staff__name")
        return {person: (staff, name) for person, staff, name in told}

    def by_coach(self) -> list[dict[str, Any]]:
        named = {"": pgettext("missing", "Every coach")}
        known = sorted({*self.coaches.values()}, key=lambda one: one[1])
        named |= {str(staff): name for staff, name in known}
        return [self._chip(code, label) for code, label in named.items()]

    def _chip(self, code: str, label: str) -> dict[str, Any]:
        query = {"pilot": self.pilot.code} | ({"coach": code} if code else {})
        return {
            "label": label,
            "count": None,
            "url": f"?{urlencode(query)}",
            "current": code == self.coach,
        }

    def _coach(self, line: Line) -> str:
        return self.coaches[line.person.pk][1] if line.person.pk in self.coaches else ""

    def _fits(self, line: Line) -> bool:
        coach = self.coaches.get(line.person.pk)
        return not self.coach or (coach is not None and str(coach[0]) == self.coach)

    def _people_to_come(self) -> Iterator[Line]:
        for one in self.candidates.found:
            topic = READY if one.stage == Stage.TO_START else NEW
            yield Line(topic, one.person, timezone.localdate(one.stage_since))

    def _of_running(self) -> Iterator[Line]:
        pauses: dict[int, list[Pause]] = {}
        for pause in self.pauses.found:
            pauses.setdefault(pause.trajectory_id, []).append(pause)
        for trajectory in self.running.found:
            one = guided(trajectory, pauses.get(trajectory.pk, []), self.rules, self.on)
            if trajectory.started_on >= self.since:
                yield Line(STARTED, one.person, trajectory.started_on)
            if one.clock.ends_on and one.clock.ends_on <= self.on + AHEAD:
                yield Line(ENDS, one.person, one.clock.ends_on)
            if silence := one.silence(self.on):
                yield Line(SILENT, one.person, silence.since)

    def _of_placements(self) -> Iterator[Line]:
        for one in self.placements.found:
            person, where = one.onward.person, one.onward.where
            if one.ended_on:
                reason = one.get_end_reason_display()
                yield Line(ENDED, person, one.ended_on, f"{where}: {reason}")
            elif one.review_on:
                yield Line(TRIAL, person, one.review_on, where)

    def _of_course(self) -> Iterator[Line]:
        for handed in self.handed.found:
            told = {"giver": handed.giver.name, "receiver": handed.receiver.name}
            words = _("%(giver)s to %(receiver)s") % told
            yield Line(HANDED, handed.trajectory.person, handed.on, words)
        labels = {one.code: one.label for one in self.rules.working_steps}
        for note in self.departed.found:
            words = f"{labels.get(note.code, note.code)}: {note.why}"
            yield Line(DEPARTED, note.trajectory.person, note.on, words)

    def _candidates(self) -> QuerySet[Candidate]:
        """Who may start, and who came to wait this week."""
        week_began = midnight(self.since)
        came = Q(stage=Stage.WAITING, stage_since__gte=week_began)
        rows = Candidate.objects.visible_to(self.staff, self.reach).filter(
            Q(stage=Stage.TO_START) | came,
            pilot=self.pilot,
            person__merged_into=None,
            person__erased_at=None,
        )
        return rows.order_by()

    def _placements(self) -> QuerySet[Placement]:
        pilots_people = Candidate.objects.filter(pilot=self.pilot)
        due = Q(ended_on=None, review_on__lte=self.on + AHEAD)
        rows = Placement.objects.visible_to(self.staff, self.reach).filter(
            due | Q(ended_on__gte=self.since),
            onward__person__in=pilots_people.values("person"),
            onward__person__erased_at=None,
        )
        return rows.order_by()

    def _handed(self) -> QuerySet[HandOver]:
        rows = HandOver.objects.visible_to(self.staff, self.reach)
        rows = rows.filter(trajectory__pilot=self.pilot, on__gte=self.since, **KNOWN)
        return rows.order_by()

    def _departed(self) -> QuerySet[WorkingStepNote]:
        rows = WorkingStepNote.objects.standing().visible_to(self.staff, self.reach)
        return rows.filter(
            trajectory__pilot=self.pilot,
            kind=WorkingStepNote.Kind.NOT_FITTING,
            on__gte=self.since,
            **KNOWN,
        ).order_by()

    def _away(self) -> QuerySet[Absence]:
        """Of the whole team: who is away now, or will be within four weeks."""
        rows = Absence.objects.visible_to(self.staff, Reach.MUNICIPALITY).open()
        soon = rows.filter(from_on__lte=self.on + AHEAD).exclude(until_on__lt=self.on)
        return soon.order_by()
