"""What a questionnaire is: parts, sections, questions, and the words they are put in.

A questionnaire is data and never changes once somebody has answered it: every piece
here is frozen, and `content_hash` tells two texts apart. It has three parts with
separate authors: the coach opens, the person answers the core alone, the coach closes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property

# A code ("married") or a number (a place on a scale, a year, hours).
Value = str | int


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    YES_NO = "yes_no"
    LABELLED_SCALE = "labelled_scale"
    SCALE_0_10 = "scale_0_10"
    NUMBER = "number"
    YEAR = "year"
    DATE = "date"
    COUNTRY = "country"
    HOURS = "hours"
    TEXT = "text"
    LONG_TEXT = "long_text"


WITH_OPTIONS = frozenset(
    {Kind.SINGLE, Kind.MULTIPLE, Kind.YES_NO, Kind.LABELLED_SCALE, Kind.COUNTRY}
)
WITH_BOUNDS = frozenset({Kind.NUMBER, Kind.YEAR, Kind.HOURS, Kind.SCALE_0_10})
WITH_WORDS = frozenset({Kind.TEXT, Kind.LONG_TEXT})


class PartKind(StrEnum):
    OPENING = "opening"
    CORE = "core"
    CLOSING = "closing"


# Pairs and no mapping, so that whatever holds a text can be hashed and compared.
@dataclass(frozen=True)
class Text:
    """The same words in several languages; they were written in the first."""

    words: tuple[tuple[str, str], ...]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language for language, _ in self.words)

    def read_in(self, language: str) -> str:
        """The words in that language, or as first written where it lacks them."""
        return dict(self.words).get(language, self.words[0][1])


@dataclass(frozen=True)
class Option:
    value: Value
    text: Text
    # The name of a drawing beside the words, for who would rather look than read.
    picture: str = ""
    # Goes with no other answer of a multiple choice: "none of these".
    exclusive: bool = False


class Test(StrEnum):
    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True)
class Condition:
    """Holds for the answer to an earlier question of the same part.

    Most need an answer; `is_not` also holds without one, so that whoever would rather
    not name a country is still asked what follows from it. Who would rather not say,
    does not know, passed over the question or was never asked has not answered it.
    """

    question: str
    test: Test
    values: tuple[Value, ...] = ()

    @property
    def needs_answer(self) -> bool:
        return self.test not in (Test.IS_NOT, Test.NOT_ANSWERED)


class Joint(StrEnum):
    ANY = "any"
    ALL = "all"


@dataclass(frozen=True)
class Together:
    """Conditions that count as one: of which one must hold, or all."""

    joint: Joint
    of: tuple["Demand", ...]


Demand = Condition | Together


@dataclass(frozen=True)
class Question:
    code: str
    kind: Kind
    text: Text
    hint: Text | None = None
    # Said the same way to everybody who asks what is meant: help that does not steer.
    explanation: Text | None = None
    options: tuple[Option, ...] = ()
    # The words at the two ends of a scale from 0 to 10.
    low: Text | None = None
    high: Text | None = None
    at_least: int | None = None
    at_most: int | None = None
    longest: int | None = None
    # All of these must hold.
    asked_when: tuple[Demand, ...] = ()
    optional: bool = False
    may_not_know: bool = False
    # The answer may be spoken and kept as sound, where the pilot wants that.
    may_speak: bool = False
    # Follows from the part: a person may refuse anything, a coach is just doing work.
    may_refuse: bool = False

    @property
    def may_skip(self) -> bool:
        """The person may pass over everything; the coach only what is optional."""
        return self.optional or self.may_refuse

    @cached_property
    def values(self) -> frozenset[Value]:
        return frozenset(option.value for option in self.options)

    @cached_property
    def exclusive(self) -> frozenset[str]:
        """The answers that go with no other, as they are sent."""
        return frozenset(str(one.value) for one in self.options if one.exclusive)

    @property
    def looks_at(self) -> frozenset[str]:
        """The questions on whose answers it hangs whether this one is asked."""
        return frozenset(one.question for one in conditions_in(self.asked_when))


@dataclass(frozen=True)
class Section:
    code: str
    title: Text
    questions: tuple[Question, ...]
    intro: Text | None = None


@dataclass(frozen=True)
class Part:
    kind: PartKind
    sections: tuple[Section, ...]
    intro: Text | None = None
    outro: Text | None = None

    @property
    def by_person(self) -> bool:
        """Whether the person answers it; the coach then does not see the answers."""
        return self.kind is PartKind.CORE

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(
            question for section in self.sections for question in section.questions
        )

    @cached_property
    def question_by_code(self) -> Mapping[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        return {question.code: n for n, question in enumerate(self.questions)}

    def section_of(self, code: str) -> Section:
        for section in self.sections:
            if any(question.code == code for question in section.questions):
                return section
        raise KeyError(code)


class Combine(StrEnum):
    MEAN = "mean"
    SUM = "sum"


@dataclass(frozen=True)
class Score:
    """A scale score over items of one questionnaire.

    `reversed` items count from the other end of their own scale. With fewer than
    `at_least` answered items there is no score; a sum is then the mean of what was
    answered times the number of items, so that an open item is not a zero.
    """

    code: str
    title: Text
    items: tuple[str, ...]
    reversed: tuple[str, ...]
    combine: Combine
    at_least: int


@dataclass(frozen=True)
class Questionnaire:
    code: str
    version: str
    title: Text
    languages: tuple[str, ...]
    source: str
    licence: str
    parts: tuple[Part, ...]
    scores: tuple[Score, ...] = ()

    def part(self, kind: PartKind) -> Part | None:
        return next((part for part in self.parts if part.kind is kind), None)

    def part_of(self, code: str) -> Part:
        for part in self.parts:
            if code in part.question_by_code:
                return part
        raise KeyError(code)

    def question(self, code: str) -> Question:
        return self.part_of(code).question_by_code[code]

    def asks(self, code: str) -> bool:
        return any(code in part.question_by_code for part in self.parts)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for part in self.parts for question in part.questions)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over everything a person is asked, in every language."""
        said = asdict(self, dict_factory=_without_empty_additions)
        content = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


# Came after the first questionnaires were stored, whose digest must stay what it was.
_ADDED_LATER = frozenset({"picture", "exclusive", "may_speak", "scores"})


def _without_empty_additions(fields: list[tuple[str, object]]) -> dict[str, object]:
    return {name: value for name, value in fields if value or name not in _ADDED_LATER}


def conditions_in(demands: Iterable[Demand]) -> Iterator[Condition]:
    """Each condition by itself, however they stand together."""
    for demand in demands:
        if isinstance(demand, Together):
            yield from conditions_in(demand.of)
        else:
            yield demand


def layers(demands: Iterable[Demand]) -> int:
    """How deep conditions stand inside each other."""
    inside = [one.of for one in demands if isinstance(one, Together)]
    return 1 + max(map(layers, inside)) if inside else 0


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    """Every text with the place where it stands, in reading order."""
    yield "title", questionnaire.title
    for part in questionnaire.parts:
        yield from _named(part.kind, intro=part.intro, outro=part.outro)
        for section in part.sections:
            yield from _named(section.code, title=section.title, intro=section.intro)
            for question in section.questions:
                yield from texts_of_question(question)
    for score in questionnaire.scores:
        yield from _named(score.code, title=score.title)


def texts_of_question(question: Question) -> Iterator[tuple[str, Text]]:
    """As `texts_of` names them."""
    yield from _named(
        question.code,
        text=question.text,
        hint=question.hint,
        explanation=question.explanation,
        low=question.low,
        high=question.high,
    )
    for option in question.options:
        yield f"{question.code}.{option.value}", option.text


def _named(where: str, **texts: Text | None) -> Iterator[tuple[str, Text]]:
    for name, text in texts.items():
        if text is not None:
            yield f"{where}.{name}", text
