"""What a questionnaire asks of people: minutes, and where they pass over, ask or leave.

Of one version at a time, over people who agreed to the study and did not stop with it.
Simulated sittings are never mixed with those of people. Looks at whether something was
answered and when, never at what.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from django.utils.translation import get_language

from trede.pilots.models import Pilot
from trede.questionnaires.definition import Part, PartKind, Text
from trede.questionnaires.models import (
    Answer,
    Questionnaire,
    Sitting,
    SittingMoment,
    SittingTransition,
)
from trede.questionnaires.publishing import definition_of
from trede.studies.baselines import consenting
from trede.studies.small_numbers import too_few
from trede.studies.time_taken import CHECK, Event, Taken, What, time_taken
from trede.trajectories.models import Leaving

T = TypeVar("T", Answer, SittingTransition)
State, Missing = Sitting.State, Answer.Missing
FORMS = ("answered", "skipped", "refused", "dont_know", "open")


@dataclass(frozen=True)
class AtQuestion:
    """Of everybody who saw it: `open` is who stood before it without an answer. The
    rest are remarks on the same people."""

    code: str
    text: str
    section: str
    forms: Mapping[str, int]
    explained: int  # people who asked for explanation
    stopped: int  # people who stopped here, for a while or for good
    left: int  # people who stopped here and did not come back
    seconds: float | None

    @property
    def seen(self) -> int:
        return sum(self.forms.values())


@dataclass(frozen=True)
class InSection:
    title: str
    minutes: float | None


@dataclass(frozen=True)
class Burden:
    """`timed`: finished sittings of which the time is known; `minutes` their median,
    and the quarter that was quickest and slowest."""

    begun: int
    finished: int
    gone: int  # ended before the end, or stopped and not come back
    typed_in: int
    timed: int
    minutes: float | None
    quick: float | None
    slow: float | None
    sections: tuple[InSection, ...]
    questions: tuple[AtQuestion, ...]

    @property
    def too_few(self) -> bool:
        return too_few(self.begun)

    @property
    def leaves_most(self) -> AtQuestion | None:
        """Where most people left for good; the first of several."""
        most = max(self.questions, key=lambda one: one.left, default=None)
        return most if most and most.left else None


@dataclass(frozen=True)
class Version:
    """A version that people of this pilot sat down to, and how many sittings."""

    questionnaire: Questionnaire
    simulated: bool
    n: int


def versions(pilot: Pilot) -> list[Version]:
    """The one that was used most first."""
    counted = Counter((one.questionnaire_id, one.simulated) for one in _sittings(pilot))
    found = Questionnaire.objects.in_bulk({number for number, _made in counted})
    rows = [Version(found[number], made, n) for (number, made), n in counted.items()]
    return sorted(rows, key=lambda one: (one.simulated, -one.n, one.questionnaire.pk))


def burden(pilot: Pilot, version: Version) -> Burden:
    chosen = [
        one
        for one in _sittings(pilot)
        if one.questionnaire_id == version.questionnaire.pk
        and one.simulated == version.simulated
    ]
    part = definition_of(version.questionnaire, town=pilot.municipality_id).part(
        PartKind.CORE
    )
    if part is None:
        return _Counting(chosen, Part(PartKind.CORE, ())).burden()
    return _Counting(chosen, part).burden()


def _sittings(pilot: Pilot) -> list[Sitting]:
    """Begun sittings of people who agree now and did not stop with the study after."""
    rows = Sitting.objects.filter(pilot=pilot, person__in=consenting(pilot))
    stopped: dict[int, list[Leaving]] = defaultdict(list)
    for leaving in Leaving.objects.standing().filter(
        pilot=pilot, kind=Leaving.Kind.STUDY
    ):
        stopped[leaving.person_id].append(leaving)
    return [
        one
        for one in rows.exclude(state=State.PREPARED).order_by("pk")
        if not any(gone.at >= one.prepared_at for gone in stopped[one.person_id])
    ]


class _Counting:
    """One version's sittings with everything that was written down of them."""

    def __init__(self, sittings: Sequence[Sitting], part: Part) -> None:
        self.part = part
        answers = _by_sitting(_answers(sittings))
        # Who ended before a question was answered or reached saw none.
        self.sittings = [one for one in sittings if answers[one.pk] or one.current]
        self.answers = answers
        self.steps = _by_sitting(
            SittingTransition.objects.filter(sitting__in=sittings).order_by("at", "pk")
        )
        self.taken = {one.pk: self._taken(one) for one in self.sittings}
        self.explained = _explained(sittings)

    def burden(self) -> Burden:
        finished = [one for one in self.sittings if one.state == State.FINISHED]
        timed = [one for one in finished if self.taken[one.pk].seconds]
        minutes = sorted(self.taken[one.pk].seconds / 60 for one in timed)
        enough = not too_few(len(timed))
        return Burden(
            len(self.sittings),
            len(finished),
            sum(bool(self._left_at(one)) for one in self.sittings),
            sum(self._is_typed(one) for one in self.sittings),
            len(timed),
            median(minutes) if enough else None,
            minutes[len(minutes) // 4] if enough else None,
            minutes[-1 - len(minutes) // 4] if enough else None,
            self._sections(timed),
            self._questions(),
        )

    def _sections(self, timed: list[Sitting]) -> tuple[InSection, ...]:
        found = []
        for section in self.part.sections:
            codes = [question.code for question in section.questions]
            minutes = self._median_of(timed, codes)
            found.append(InSection(_read(section.title), minutes))
        return tuple(found)

    def _median_of(self, timed: list[Sitting], codes: list[str]) -> float | None:
        """Over those who spent time on one of these questions, in minutes."""
        spent = []
        for one in timed:
            by_question = self.taken[one.pk].by_question
            if any(code in by_question for code in codes):
                spent.append(sum(by_question.get(code, 0) for code in codes) / 60)
        return None if too_few(len(spent)) else median(spent)

    def _questions(self) -> tuple[AtQuestion, ...]:
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        stopped: dict[str, set[int]] = defaultdict(set)
        left: Counter[str] = Counter()
        for one in self.sittings:
            for code, form in self._forms(one).items():
                forms[code][form] += 1
            for code in self._stops(one):
                stopped[code].add(one.pk)
            left[self._left_at(one)] += 1
        timed = [one for one in self.sittings if self.taken[one.pk].seconds]
        return tuple(
            AtQuestion(
                question.code,
                _read(question.text),
                _read(section.title),
                {form: forms[question.code][form] for form in FORMS},
                len(self.explained[question.code]),
                len(stopped[question.code]),
                left[question.code],
                _seconds(self._median_of(timed, [question.code])),
            )
            for section in self.part.sections
            for question in section.questions
        )

    def _forms(self, sitting: Sitting) -> dict[str, str]:
        """Question to in which form it was met; the newest answer counts."""
        newest = {row.question: row for row in self.answers[sitting.pk]}
        found = {
            code: row.missing or "answered"
            for code, row in newest.items()
            if row.missing != Missing.NOT_ASKED
        }
        here = (*self._stops(sitting), self._left_at(sitting), sitting.current)
        for code in here:
            if code in self.part.question_by_code:
                found.setdefault(code, "open")
        return found

    def _stops(self, sitting: Sitting) -> set[str]:
        away = (State.STOPPED, State.ENDED)
        found = (one for one in self.steps[sitting.pk] if one.state in away)
        return {one.question for one in found if one.question}

    def _left_at(self, sitting: Sitting) -> str:
        """Where somebody stopped who did not come back; empty for all others."""
        if sitting.state not in (State.STOPPED, State.ENDED):
            return ""
        return sitting.current

    def _is_typed(self, sitting: Sitting) -> bool:
        return any(row.typed_by_id for row in self.answers[sitting.pk])

    def _taken(self, sitting: Sitting) -> Taken:
        if self._is_typed(sitting):
            return Taken()
        events = [
            Event(one.at, _WHAT[State(one.state)], _step_of(one))
            for one in self.steps[sitting.pk]
            if State(one.state) in _WHAT
        ]
        over_at = sitting.finished_at
        events += [
            Event(row.at, What.ANSWER, row.question)
            for row in self.answers[sitting.pk]
            # What was passed over is written down at the end, when nobody answered.
            if over_at is None or row.at < over_at
        ]
        return time_taken(events)


_WHAT = {
    State.HANDED_OVER: What.GIVEN,
    State.STOPPED: What.AWAY,
    State.FINISHED: What.AWAY,
    State.ENDED: What.AWAY,
}


def _answers(sittings: Sequence[Sitting]) -> Iterable[Answer]:
    rows = Answer.objects.filter(sitting__in=sittings, part=Answer.Part.CORE)
    return rows.defer("words", "value").order_by("number", "pk")


def _explained(sittings: Sequence[Sitting]) -> dict[str, set[int]]:
    rows = SittingMoment.objects.filter(
        sitting__in=sittings, kind=SittingMoment.Kind.EXPLANATION
    )
    found: dict[str, set[int]] = defaultdict(set)
    for question, number in rows.values_list("question", "sitting_id"):
        found[question].add(number)
    return found


def _step_of(step: SittingTransition) -> str:
    """To look through everything at the end is no question."""
    return CHECK if step.state == State.FINISHED else step.question


def _read(text: Text) -> str:
    return text.read_in(get_language() or "nl")


def _seconds(minutes: float | None) -> float | None:
    return None if minutes is None else minutes * 60


def _by_sitting(rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.sitting_id].append(row)
    return found
