"""Who filled in what, and when: person by wave, in shapes and in words.

Pseudonyms only, and months only: a day together with a wave could tell who it is.
Whoever stopped with the study is not in it, and is counted apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from trede.people.models import ConsentDecision, Purpose
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Wave
from trede.questionnaires.models import Sitting
from trede.studies.baselines import consenting, sittings_that_count
from trede.studies.due import Dates, Window, dates_of, is_for, window
from trede.studies.journeys import DROPOUTS, Standing, standings
from trede.studies.models import Study
from trede.studies.pseudonyms import pseudonyms_of
from trede.studies.rows import design_on


@dataclass(frozen=True)
class Mark:
    """`kind` is a shape: done, part, open, note, wait, stop or none."""

    kind: str
    words: str


@dataclass(frozen=True)
class Row:
    pseudonym: str
    design: str
    marks: tuple[Mark, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(mark.kind for mark in self.marks)


@dataclass(frozen=True)
class Head:
    """A wave with how many of whom it is for have filled it in."""

    wave: str
    label: str
    done: int
    of: int
    words: str


@dataclass(frozen=True)
class Grid:
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    stopped: int


def grid(study: Study, until: date) -> Grid:
    rules = rules_of(study.pilot, until)
    agreed = consenting(study.pilot)
    look = _Look(study, rules, until)
    people = sorted(agreed & look.people)
    codes = pseudonyms_of(study, people)
    rows = [
        Row(codes[person_id], look.design(person_id), look.marks(person_id))
        for person_id in sorted(people, key=look.order)
    ]
    return Grid(
        tuple(_head(wave, place, rows) for place, wave in enumerate(rules.waves)),
        tuple(rows),
        _stopped(study, agreed),
    )


class _Look:
    """Everything that is needed to judge one square."""

    def __init__(self, study: Study, rules: Rules, until: date) -> None:
        self.rules, self.until = rules, until
        self.counted = sittings_that_count(study.pilot, until)
        self.open = _open_sittings(study, until)
        self.dates: Mapping[int, Dates] = dates_of(study.pilot, until)
        self.standing: Mapping[int, Standing] = standings(study.pilot, rules, until)
        answered = {person_id for person_id, _wave in (*self.counted, *self.open)}
        self.people = frozenset(answered | self.dates.keys())

    def order(self, person_id: int) -> tuple[date, int]:
        dates = self.dates.get(person_id, Dates())
        return dates.intake_on or date.max, person_id

    def design(self, person_id: int) -> str:
        dates = self.dates.get(person_id, Dates())
        if dates.intake_on is None:
            return ""
        code = design_on(self.rules, dates.intake_on)
        label = next(d.label for d in self.rules.designs if d.code == code)
        if dates.place:
            place = _("starts first") if dates.place == "first" else _("waits")
            return f"{label}: {place}"
        return label

    def marks(self, person_id: int) -> tuple[Mark, ...]:
        return tuple(self._mark(person_id, wave) for wave in self.rules.waves)

    def _mark(self, person_id: int, wave: Wave) -> Mark:
        sitting = self.counted.get((person_id, wave.code))
        if sitting is not None:
            return _answered(sitting)
        half = self.open.get((person_id, wave.code))
        if half is not None:
            kind = "part" if half.state == Sitting.State.STOPPED else "open"
            return Mark(kind, _("begun") if kind == "part" else _("open now"))
        if wave.retired_on and self.until >= wave.retired_on:
            return Mark("none", _("no longer held"))
        if not is_for(wave, self.dates.get(person_id, Dates()), self.rules):
            return Mark("none", _("does not apply"))
        return self._due(person_id, wave)

    def _due(self, person_id: int, wave: Wave) -> Mark:
        standing = self.standing.get(person_id)
        if standing and standing.group == DROPOUTS:
            return Mark("stop", _("left"))
        due = window(wave, person_id, self.dates, self.rules)
        if due is None:
            return Mark("wait", _("later"))
        return _by_window(due, self.until)


def _answered(sitting: Sitting) -> Mark:
    month = sitting.measured_on.strftime("%m-%Y") if sitting.measured_on else ""
    kind = "done"
    if sitting.state != Sitting.State.FINISHED:
        kind, month = "part", _("half, %(month)s") % {"month": month}
    if sitting.simulated:
        month = _("%(month)s, simulated") % {"month": month}
    return Mark(kind, month)


def _by_window(due: Window, until: date) -> Mark:
    month = due.opens_on.strftime("%m-%Y")
    if until < due.opens_on or due.planned:
        return Mark("wait", _("from %(month)s") % {"month": month})
    month = due.closes_on.strftime("%m-%Y")
    if until <= due.closes_on:
        return Mark("open", _("open until %(month)s") % {"month": month})
    return Mark("note", _("window past since %(month)s") % {"month": month})


def _head(wave: Wave, place: int, rows: list[Row]) -> Head:
    marks = [row.marks[place] for row in rows]
    done = sum(mark.kind == "done" for mark in marks)
    return Head(
        wave.code,
        wave.label,
        done,
        sum(mark.kind != "none" for mark in marks),
        _when(wave),
    )


def _when(wave: Wave) -> str:
    if wave.retired_on:
        day = wave.retired_on.strftime("%d-%m-%Y")
        return _("no longer held since %(day)s") % {"day": day}
    return ""


def _open_sittings(study: Study, until: date) -> dict[tuple[int, str], Sitting]:
    states = (
        Sitting.State.PREPARED,
        Sitting.State.HANDED_OVER,
        Sitting.State.STOPPED,
    )
    rows: Iterable[Sitting] = Sitting.objects.filter(
        pilot=study.pilot, state__in=states
    )
    return {
        (sitting.person_id, sitting.wave): sitting
        for sitting in rows
        if timezone.localdate(sitting.prepared_at) <= until
    }


def _stopped(study: Study, agreed: frozenset[int]) -> int:
    """Who once agreed and does not any more."""
    given = ConsentDecision.objects.filter(
        pilot=study.pilot, purpose=Purpose.STUDY, given=True
    )
    return len(set(given.values_list("person_id", flat=True)) - agreed)
