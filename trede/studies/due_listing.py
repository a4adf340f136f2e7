"""The list of who is due: by date, filtered, with what comes next for each.

What is asked for stands in the address; the number on each filter is the number of
lines it gives. Names are decrypted for one page only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from trede.accounts.list_file import Cell
from trede.contact.models import Message
from trede.inflow.long_lists import MOST, chips, numbers
from trede.people.models import Person, Responsibility
from trede.pilots.models import Pilot
from trede.studies.opening import may_be_opened
from trede.studies.reminding import (
    REMINDER,
    Next,
    coming_reminders,
    lies_ready,
)
from trede.studies.scheduling import DUE, Held, State, Turn, due_on, schedule

A_PAGE = 25
SOON = timedelta(days=42)
NOW, COMING, PAST, ANSWERED = "nu", "binnenkort", "voorbij", "klaar"
STANDS = {
    NOW: pgettext_lazy("due", "Now"),
    COMING: pgettext_lazy("due", "Within six weeks"),
    PAST: pgettext_lazy("due", "Window past"),
    ANSWERED: pgettext_lazy("due", "Answered"),
}
_ANSWERED = frozenset((State.DONE, State.BROKEN_OFF, State.REFUSED))
MARKS = {
    State.OPEN: "open",
    State.UNDER_WAY: "part",
    State.LATER: "wait",
    State.MISSED: "note",
    State.DONE: "done",
    State.BROKEN_OFF: "part",
    State.REFUSED: "stop",
}
WORDS: Mapping[State, Promise] = {
    State.OPEN: pgettext_lazy("due", "open"),
    State.UNDER_WAY: pgettext_lazy("due", "begun, not finished"),
    State.LATER: pgettext_lazy("due", "not yet"),
    State.MISSED: pgettext_lazy("due", "window past"),
    State.DONE: pgettext_lazy("due", "filled in"),
    State.BROKEN_OFF: pgettext_lazy("due", "ended half-way"),
    State.REFUSED: pgettext_lazy("due", "rather not"),
}
HELD: Mapping[Held, Promise] = {
    Held.HALT: pgettext_lazy("held up", "The work is halted: nobody is written to."),
    Held.PAUSE: pgettext_lazy("held up", "In a pause: no reminders now."),
    Held.RESTS: pgettext_lazy("held up", "Left in peace: no reminders now."),
    Held.WAITS: pgettext_lazy("held up", "Waits by lot: no reminders now."),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    pilot: Pilot
    stand: str = NOW
    wave: str = ""
    coach: str = ""

    @property
    def address(self) -> str:
        query = {
            "pilot": self.pilot.code,
            "stand": self.stand,
            "meting": self.wave,
            "coach": self.coach,
        }
        return f"?{urlencode({key: said for key, said in query.items() if said})}"


@dataclass(frozen=True)
class Line:
    turn: Turn
    person: Person
    coach: str
    reminded: list[Message]
    next: Next | None

    @property
    def mark(self) -> str:
        return MARKS[self.turn.state]

    @property
    def state(self) -> str:
        return str(WORDS[self.turn.state])

    @property
    def when(self) -> str:
        """The day that matters, in words."""
        due = self.turn.window
        if due is None:
            return ""
        if self.turn.state is State.LATER:
            words = _("expected from %(day)s") if due.planned else _("from %(day)s")
            return words % {"day": f"{due.opens_on:%d-%m-%Y}"}
        if self.turn.state is State.MISSED:
            return _("until %(day)s, past") % {"day": f"{due.closes_on:%d-%m-%Y}"}
        return _("until %(day)s") % {"day": f"{due.closes_on:%d-%m-%Y}"}

    @property
    def cells(self) -> list[Cell]:
        due = self.turn.window
        return [
            self.person.full_name,
            self.turn.wave.label,
            self.state,
            due.opens_on if due else None,
            due.closes_on if due else None,
            self.what_next,
            self.coach,
        ]

    @property
    def may_be_opened(self) -> bool:
        return may_be_opened(self.turn)

    @property
    def what_next(self) -> str:
        turn = self.turn
        if turn.held is not None:
            return str(HELD[turn.held])
        if turn.state is State.MISSED:
            return _("It can still be held; it then counts as late.")
        if turn.state not in DUE:
            return ""
        if any(lies_ready(one) for one in self.reminded):
            return _("A letter lies ready to be posted.")
        if self.next is None:
            return _("No reminder comes any more. Call, or ask the coach to.")
        if not self.next.by_way_of:
            return _("Cannot be reminded: no address or number that fits is known.")
        return _("Reminder %(number)d goes on %(day)s (%(way)s).") % {
            "number": self.next.number,
            "day": f"{self.next.on:%d-%m-%Y}",
            "way": Message.By(self.next.by_way_of).label,
        }


def asked(query: QueryDict, pilot: Pilot) -> Asked:
    stand, coach = query.get("stand", NOW), query.get("coach", "")
    return Asked(
        pilot,
        stand if stand in STANDS else NOW,
        query.get("meting", "")[:40],
        coach if coach.isdecimal() and len(coach) < 10 else "",
    )


class DueLines:
    def __init__(self, ask: Asked, on: date) -> None:
        self.ask, self.on = ask, on
        self.turns = schedule(ask.pilot, on)
        self.coaches = _coaches({one.person_id for one in self.turns})

    @property
    def rows(self) -> list[Turn]:
        return [one for one in self.turns if self._fits(one, self.ask)]

    def page(self, number: str | None) -> "Page[Turn]":
        return Paginator(self.rows, A_PAGE).get_page(number)

    def lines(self, turns: Iterable[Turn]) -> list[Line]:
        """With names, for one page."""
        chosen = list(turns)
        people = Person.objects.in_bulk({one.person_id for one in chosen})
        reminded = _reminded(self.ask.pilot, people)
        coming = {
            (one.turn.person_id, one.turn.wave.code): one
            for one in coming_reminders(self.ask.pilot, chosen, self.on)
        }
        found = []
        for turn in chosen:
            place = (turn.person_id, turn.wave.code)
            coach = self.coaches.get(turn.person_id)
            found.append(
                Line(
                    turn,
                    people[turn.person_id],
                    coach[1] if coach else "",
                    reminded.get(place, []),
                    coming.get(place),
                )
            )
        return found

    def stands(self) -> list[dict[str, Any]]:
        return chips(STANDS, self.ask, "stand", self._count)

    def waves(self) -> list[dict[str, Any]]:
        known = {one.wave.code: one.wave.label for one in self.turns}
        named = {"": pgettext("due", "All")} | {
            code: f"{code} {label}" for code, label in sorted(known.items())
        }
        return chips(named, self.ask, "wave", self._count)

    def by_coach(self) -> list[dict[str, Any]]:
        """Whoever guides somebody who is in the schedule."""
        known = sorted(set(self.coaches.values()), key=lambda one: one[1])
        named = {"": pgettext("due", "Every coach")} | {
            str(number): name for number, name in known
        }
        return chips(named, self.ask, "coach", self._count)

    def _count(self, ask: Asked) -> int:
        return sum(self._fits(one, ask) for one in self.turns)

    def _fits(self, turn: Turn, ask: Asked) -> bool:
        if ask.wave and turn.wave.code != ask.wave:
            return False
        coach = self.coaches.get(turn.person_id)
        if ask.coach and (coach is None or str(coach[0]) != ask.coach):
            return False
        return self._stands(turn, ask.stand)

    def _stands(self, turn: Turn, stand: str) -> bool:
        if stand == COMING:
            due = turn.window
            soon = due is not None and due.opens_on <= self.on + SOON
            return turn.state is State.LATER and soon
        wanted = {NOW: DUE, PAST: {State.MISSED}, ANSWERED: _ANSWERED}
        return turn.state in wanted[stand]


@dataclass(frozen=True)
class Summary:
    """For the first page of a coordinator: how many are due (not counted where they may
    be very many), and what waits for them. Nobody is named."""

    due: int | None
    letters: int
    stuck: int


def summary(pilot: Pilot, on: date) -> Summary:
    waiting = Message.objects.filter(pilot=pilot, kind=REMINDER)
    state = Message.State
    letters = waiting.filter(state=state.QUEUED, by_way_of=Message.By.LETTER)
    stuck = waiting.filter(state__in=(state.FAILED, state.SENDING))
    return Summary(due_on(pilot, on, MOST), *numbers(letters, stuck))


def _coaches(people: set[int]) -> dict[int, tuple[int, str]]:
    rows = Responsibility.objects.filter(person__in=people, ended_on=None)
    return {
        person_id: (number, name)
        for person_id, number, name in rows.values_list(
            "person_id", "staff_id", "staff__name"
        )
    }


def _reminded(
    pilot: Pilot, people: Iterable[int]
) -> dict[tuple[int, str], list[Message]]:
    rows = Message.objects.filter(pilot=pilot, kind=REMINDER, person__in=list(people))
    rows = rows.exclude(state=Message.State.DROPPED).defer("words", "address")
    found: dict[tuple[int, str], list[Message]] = {}
    for message in rows.order_by("made_at", "pk"):
        place = (message.person_id, message.about.partition(":")[0])
        found.setdefault(place, []).append(message)
    return found
