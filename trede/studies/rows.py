"""One row a person and wave: the answers as the science takes them.

What identifies stays behind: a pseudonym stands for the person and a month for each
day, also for one that is an answer. Of what was said in somebody's own words only that
it was said is taken along.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from trede.pilots.rules import Rules
from trede.questionnaires.answering import Answer as Answered
from trede.questionnaires.answering import restore
from trede.questionnaires.definition import (
    WITH_WORDS,
    Kind,
    PartKind,
    Question,
    Questionnaire,
    Score,
)
from trede.questionnaires.models import (
    Answer,
    Handover,
    Instruction,
    Sitting,
    SittingMoment,
    Translation,
)
from trede.questionnaires.publishing import definition_of, written_of
from trede.questionnaires.scores import score_of

MISSING = "__missing"
NOT_ASKED = Answer.Missing.NOT_ASKED.value
KEYS = ("person", "group", "wave")
# What is known of a sitting beside its answers.
ABOUT = (
    *("month", "design", "circumstance", "mode", "helper", "instructed"),
    *("language", "languages", "translation"),
    *("explanations", "explained", "complete", "simulated"),
)
# Nobody translated the words in which a questionnaire was written.
ORIGINAL = "original"
# From what was looked at least to what needs no looking at.
RANKS = (*(status.value for status in Translation.Status), ORIGINAL)
# What the column of a question tells that was answered in one's own words.
WRITTEN, SPOKEN = "written", "spoken"
_MONTH = len("2020-02")

Row = dict[str, str | None]


@dataclass(frozen=True)
class Item:
    """One column of answers: a question, or one choice of a question with several."""

    code: str
    question: Question
    option: str = ""

    @property
    def is_choice(self) -> bool:
        return self.option != ""

    @property
    def is_own_words(self) -> bool:
        return self.question.kind in WITH_WORDS


def items_of(sittings: Iterable[Sitting]) -> tuple[Item, ...]:
    """Every column that the questionnaires of these sittings ask for, in order."""
    found: dict[str, Item] = {}
    for asked in _asked(sittings):
        part = asked.part(PartKind.CORE)
        for question in part.questions if part else ():
            for item in items_of_question(question):
                found.setdefault(item.code, item)
    return tuple(found.values())


def scores_of(sittings: Iterable[Sitting]) -> tuple[Score, ...]:
    """Every column of scale scores, in order."""
    found: dict[str, Score] = {}
    for asked in _asked(sittings):
        for score in asked.scores:
            found.setdefault(score.code, score)
    return tuple(found.values())


def read_rows(
    sittings: Iterable[Sitting],
    items: tuple[Item, ...],
    *,
    codes: Mapping[int, str],
    groups: Mapping[int, str],
    rules: Rules,
) -> list[Row]:
    """A row for each sitting, in the same order."""
    chosen = list(sittings)
    given, explained = _newest_answers(chosen), _explained(chosen)
    words, instructed = _Words(chosen), _instructed(chosen)
    return [
        _about(sitting, codes[sitting.person_id], groups[sitting.person_id], rules)
        | words.read_in(sitting, given.get(sitting.pk, {}).values())
        | _help(explained.get(sitting.pk, []))
        | {"instructed": instructed[sitting.pk]}
        | _answers(given.get(sitting.pk, {}), items)
        | _scores(sitting, given.get(sitting.pk, {}))
        for sitting in chosen
    ]


def design_on(rules: Rules, day: date) -> str:
    """The design that began last, by this day."""
    begun = [design for design in rules.designs if design.from_on <= day]
    chosen = max(begun or rules.designs, key=lambda design: design.from_on)
    return chosen.code


def _about(sitting: Sitting, code: str, group: str, rules: Rules) -> Row:
    over_on = sitting.measured_on
    if over_on is None:
        raise ValueError(f"{sitting} is not over")
    return {
        "person": code,
        "group": group,
        "wave": sitting.wave,
        "month": over_on.strftime("%Y-%m"),
        "design": design_on(rules, timezone.localdate(sitting.prepared_at)),
        "circumstance": sitting.circumstance,
        "mode": sitting.mode,
        "helper": sitting.helped_by or None,
        "language": sitting.language,
        "complete": _yes_no(sitting.state == Sitting.State.FINISHED),
        "simulated": _yes_no(sitting.simulated),
    }


def _answers(given: Mapping[str, Answer], items: tuple[Item, ...]) -> Row:
    row: Row = {}
    for item in items:
        answer = given.get(item.question.code)
        row[item.code] = _value(item, answer)
        row[item.code + MISSING] = (answer.missing or None) if answer else NOT_ASKED
    return row


def _value(item: Item, answer: Answer | None) -> str | None:
    if answer is None or answer.missing:
        return None
    if item.is_choice:
        return _yes_no(item.option in answer.value.split())
    if item.is_own_words:
        return SPOKEN if answer.spoken_id else WRITTEN
    if item.question.kind is Kind.DATE:
        return answer.value[:_MONTH]
    return answer.value


def _scores(sitting: Sitting, given: Mapping[str, Answer]) -> Row:
    """By the rules of the questionnaire that this person had; nothing where too few
    of its items were answered."""
    asked = written_of(sitting.questionnaire)
    row: Row = {}
    for score in asked.scores:
        there = {code: given[code] for code in score.items if code in given}
        answers = {
            code: Answered(value=restore(asked.question(code), answer.value))
            for code, answer in there.items()
            if not answer.missing
        }
        value = score_of(asked, score, answers)
        row[score.code] = None if value is None else str(value)
    return row


class _Words:
    """In which languages each person answered, and how far those words had been looked
    at: who read two translations counts with the one that was looked at least."""

    def __init__(self, sittings: list[Sitting]) -> None:
        self.originals = {
            one.questionnaire_id: written_of(one.questionnaire).languages[0]
            for one in _one_of_each(sittings)
        }
        rows = Sitting.objects.filter(pk__in=[one.pk for one in sittings])
        read = rows.exclude(editions=None).values_list(
            "pk", "editions__language", "editions__status"
        )
        self.statuses = {(pk, language): status for pk, language, status in read}

    def read_in(self, sitting: Sitting, answers: Iterable[Answer]) -> Row:
        there = (one for one in answers if one.missing not in _NOT_PUT)
        used = {one.language or sitting.language for one in there} or {sitting.language}
        statuses = [self._status(sitting, language) for language in used]
        return {
            "languages": " ".join(sorted(used)),
            "translation": min(statuses, key=RANKS.index),
        }

    def _status(self, sitting: Sitting, language: str) -> str:
        if language == self.originals[sitting.questionnaire_id]:
            return ORIGINAL
        return self.statuses.get((sitting.pk, language), Translation.Status.MACHINE)


# Written down at the end, of questions that were perhaps never in view.
_NOT_PUT = (Answer.Missing.NOT_ASKED, Answer.Missing.SKIPPED)


def _help(questions: list[str]) -> Row:
    return {
        "explanations": str(len(questions)),
        "explained": " ".join(dict.fromkeys(questions)) or None,
    }


def _explained(sittings: list[Sitting]) -> dict[int, list[str]]:
    """At which questions each person asked what was meant, in that order."""
    rows = SittingMoment.objects.filter(
        sitting__in=[sitting.pk for sitting in sittings],
        kind=SittingMoment.Kind.EXPLANATION,
    )
    found: dict[int, list[str]] = {}
    for moment in rows.order_by("at", "pk"):
        found.setdefault(moment.sitting_id, []).append(moment.question)
    return found


def _instructed(sittings: list[Sitting]) -> dict[int, str | None]:
    """The month since when the coach who gave each questionnaire had read how to sit
    beside somebody; none where that had not been read by the day of answering."""
    given = Handover.objects.filter(sitting__in=[one.pk for one in sittings])
    coaches = dict(given.order_by("-pk").values_list("sitting", "staff"))
    read = Instruction.objects.filter(kind=Instruction.Kind.READ).order_by("-at")
    since = dict(read.values_list("staff", "at"))
    found: dict[int, str | None] = {}
    for sitting in sittings:
        # Nobody handed over what was answered on paper or read aloud.
        read_at = since.get(coaches.get(sitting.pk, sitting.prepared_by_id))
        read_on, day = read_at and timezone.localdate(read_at), sitting.measured_on
        in_time = read_on is not None and day is not None and read_on <= day
        found[sitting.pk] = f"{read_on:%Y-%m}" if in_time else None
    return found


def _newest_answers(sittings: list[Sitting]) -> dict[int, dict[str, Answer]]:
    rows = Answer.objects.filter(
        sitting__in=[sitting.pk for sitting in sittings], part=Answer.Part.CORE
    )
    found: dict[int, dict[str, Answer]] = {}
    for answer in rows.defer("words").order_by("number"):
        found.setdefault(answer.sitting_id, {})[answer.question] = answer
    return found


def _asked(sittings: Iterable[Sitting]) -> Iterator[Questionnaire]:
    for sitting in _one_of_each(sittings):
        town = sitting.pilot.municipality_id
        yield definition_of(sitting.questionnaire, town=town)


def _one_of_each(sittings: Iterable[Sitting]) -> Iterable[Sitting]:
    by_version = {sitting.questionnaire_id: sitting for sitting in sittings}
    return [by_version[number] for number in sorted(by_version)]


def items_of_question(question: Question) -> list[Item]:
    """A column for the question, or one for each choice where several may be made."""
    if question.kind is Kind.MULTIPLE:
        return [
            Item(f"{question.code}_{option.value}", question, str(option.value))
            for option in question.options
        ]
    return [Item(question.code, question)]


def _yes_no(holds: bool) -> str:
    return "yes" if holds else "no"
