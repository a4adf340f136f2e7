"""How long a LimeSurvey structure takes to become a questionnaire, and back.

DJANGO_SETTINGS_MODULE=tests.settings python -m bench.limesurvey_reading [megabytes]
(the aim: 0.8 MB within 1 s)
"""

import sys
import time
from collections.abc import Callable

import django

from trede.questionnaires.definition import (
    Condition,
    Kind,
    Option,
    Part,
    PartKind,
    Question,
    Questionnaire,
    Section,
    Test,
    Text,
)
from trede.questionnaires.exchange.limesurvey_importing import import_lss
from trede.questionnaires.exchange.limesurvey_writing import as_lss

LANGUAGES = ("nl", "en", "tr")
WORDS = "How often did you do something in the past four weeks that you chose yourself?"


def text(words: str) -> Text:
    return Text(tuple((language, f"{words} ({language})") for language in LANGUAGES))


def question(number: int) -> Question:
    """In turn a list, boxes to tick, a number and a text; each asked after a list."""
    kinds = (Kind.SINGLE, Kind.MULTIPLE, Kind.NUMBER, Kind.LONG_TEXT)
    kind = kinds[number % len(kinds)]
    options = tuple(Option(f"answer_{n}", text(f"{WORDS} {n}")) for n in range(6))
    before = Condition(f"question_{number - number % 4}", Test.IS, ("answer_2",))
    return Question(
        code=f"question_{number}",
        kind=kind,
        text=text(f"{number}: {WORDS}"),
        hint=text(WORDS),
        options=options if kind in (Kind.SINGLE, Kind.MULTIPLE) else (),
        at_least=0 if kind is Kind.NUMBER else None,
        at_most=200 if kind is Kind.NUMBER else None,
        longest=2000 if kind is Kind.LONG_TEXT else None,
        asked_when=() if number % 4 == 0 else (before,),
        may_refuse=True,
    )


def questionnaire(count: int) -> Questionnaire:
    sections = tuple(
        Section(
            code=f"section_{first}",
            title=text(f"Section {first}"),
            questions=tuple(question(n) for n in range(first, min(first + 10, count))),
        )
        for first in range(0, count, 10)
    )
    return Questionnaire(
        code="bench",
        version="1",
        title=text("A long questionnaire"),
        languages=LANGUAGES,
        source="made for the bench",
        licence="free",
        parts=(Part(PartKind.CORE, sections),),
    )


def main() -> None:
    django.setup()
    aim = float(sys.argv[1]) if len(sys.argv) > 1 else 0.8
    per_question = len(as_lss(questionnaire(40))) / 40
    made = questionnaire(max(1, round(aim * 1_000_000 / per_question)))
    start = time.perf_counter()
    content = as_lss(made)
    written = time.perf_counter() - start
    best = min(timed(lambda: import_lss(content, "bench.lss")) for _ in range(5))
    found = import_lss(content, "bench.lss")
    print(
        f"{len(content) / 1e6:.2f} MB, {found.questions} questions,"
        f" {found.carried} carried: read in {best:.2f} s, written in {written:.2f} s"
    )


def timed(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
