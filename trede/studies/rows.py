"""One row a person and wave: the answers as the science takes them.

What identifies stays behind: a pseudonym stands for the person, a month for the day,
and nothing that was written in somebody's own words is taken along.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from trede.pilots.rules import Rules
from trede.questionnaires.definition import WITH_WORDS, Kind, PartKind, Question
from trede.questionnaires.models import (
    Answer,
    Sitting,
    SittingMoment,
    Translation,
)
from trede.questionnaires.publishing import definition_of

MISSING = "__missing"
NOT_ASKED = Answer.Missing.NOT_ASKED.value
KEYS = ("person", "group", "wave")
# What is known of a sitting beside its answers.
ABOUT = (
    *("month", "design", "circumstance", "mode", "helper", "language", "translation"),
    *("explanations", "explained", "complete", "simulated"),
)
# Nobody translated the words in which a questionnaire was written.
ORIGINAL = "original"

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


def items_of(sittings: Iterable[Sitting]) -> tuple[Item, ...]:
    """Every column that the questionnaires of these sittings ask for, in order."""
    found: dict[str, Item] = {}
    for sitting in _one_of_each(sittings):
        town = sitting.pilot.municipality_id
        asked = definition_of(sitting.questionnaire, town=town)
        part = asked.part(PartKind.CORE)
        for question in part.questions if part else ():
            for item in _items(question):
                found.setdefault(item.code, item)
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
    statuses = _translations(chosen)
    return [
        _about(sitting, codes[sitting.person_id], groups[sitting.person_id], rules)
        | {"translation": statuses.get(sitting.translation_id, ORIGINAL)}
        | _help(explained.get(sitting.pk, []))
        | _answers(given.get(sitting.pk, {}), items)
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
    return answer.value


def _translations(sittings: list[Sitting]) -> dict[int | None, str]:
    """How far the words had been looked at that each person had before them."""
    used = [one.translation_id for one in sittings if one.translation_id is not None]
    rows = Translation.objects.filter(pk__in=used).values_list("pk", "status")
    return dict(rows)


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


def _newest_answers(sittings: list[Sitting]) -> dict[int, dict[str, Answer]]:
    rows = Answer.objects.filter(
        sitting__in=[sitting.pk for sitting in sittings], part=Answer.Part.CORE
    )
    found: dict[int, dict[str, Answer]] = {}
    for answer in rows.defer("words").order_by("number"):
        found.setdefault(answer.sitting_id, {})[answer.question] = answer
    return found


def _one_of_each(sittings: Iterable[Sitting]) -> Iterable[Sitting]:
    by_version = {sitting.questionnaire_id: sitting for sitting in sittings}
    return [by_version[number] for number in sorted(by_version)]


def _items(question: Question) -> list[Item]:
    if question.kind in WITH_WORDS:
        return []
    if question.kind is Kind.MULTIPLE:
        return [
            Item(f"{question.code}_{option.value}", question, str(option.value))
            for option in question.options
        ]
    return [Item(question.code, question)]


def _yes_no(holds: bool) -> str:
    return "yes" if holds else "no"
