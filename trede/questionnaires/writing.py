"""A questionnaire as one text that stands by itself.

This is what is stored when a version is first used: everything that was included has
been copied in, so that the version stays what it was whatever happens to the files.
Reading the text gives the same questionnaire again, with the same hash.
"""

import json
import re
from collections.abc import Iterable, Iterator

from trede.questionnaires.definition import (
    WITH_OPTIONS,
    WITH_WORDS,
    Condition,
    Demand,
    Kind,
    Option,
    Part,
    Question,
    Questionnaire,
    Score,
    Section,
    Test,
    Text,
    Together,
    Value,
)

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(questionnaire: Questionnaire) -> str:
    sections = [section for part in questionnaire.parts for section in part.sections]
    blocks = [
        _head(questionnaire),
        *(_part(part) for part in questionnaire.parts),
        *(_section(section) for section in sections),
        *(_question(question) for question in questionnaire.questions),
        *(_score(score) for score in questionnaire.scores),
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(questionnaire: Questionnaire) -> Iterator[str]:
    yield f"code = {_quoted(questionnaire.code)}"
    yield f"version = {_quoted(questionnaire.version)}"
    yield f"languages = {_list(questionnaire.languages)}"
    yield f"source = {_quoted(questionnaire.source)}"
    yield f"licence = {_quoted(questionnaire.licence)}"
    yield from _texts(title=questionnaire.title)


def _part(part: Part) -> Iterator[str]:
    yield "[[part]]"
    yield f"kind = {_quoted(part.kind)}"
    yield from _texts(intro=part.intro, outro=part.outro)
    yield f"sections = {_list(section.code for section in part.sections)}"


def _section(section: Section) -> Iterator[str]:
    yield f"[section.{section.code}]"
    yield from _texts(title=section.title, intro=section.intro)
    yield f"ask = {_list(question.code for question in section.questions)}"


def _question(question: Question) -> Iterator[str]:
    yield f"[question.{question.code}]"
    yield f"kind = {_quoted(question.kind)}"
    yield from _texts(
        text=question.text, hint=question.hint, explain=question.explanation
    )
    yield from _texts(low=question.low, high=question.high)
    if question.kind in (Kind.NUMBER, Kind.YEAR):
        yield f"at_least = {question.at_least}"
        yield f"at_most = {question.at_most}"
    if question.kind in WITH_WORDS:
        yield f"longest = {question.longest}"
    for name in ("optional", "may_not_know", "may_speak"):
        if getattr(question, name):
            yield f"{name} = true"
    yield from _demands(question)
    if question.kind in WITH_OPTIONS:
        yield "option = ["
        for option in question.options:
            yield f"  {{ {', '.join(_option(option))} }},"
        yield "]"


def _option(option: Option) -> Iterator[str]:
    yield f"value = {_value(option.value)}"
    yield f"text = {_table(option.text)}"
    if option.picture:
        yield f"picture = {_quoted(option.picture)}"
    if option.exclusive:
        yield "exclusive = true"


def _score(score: Score) -> Iterator[str]:
    yield f"[score.{score.code}]"
    yield from _texts(title=score.title)
    yield f"items = {_list(score.items)}"
    if score.reversed:
        yield f"reversed = {_list(score.reversed)}"
    yield f"combine = {_quoted(score.combine)}"
    yield f"at_least = {score.at_least}"


def _demands(question: Question) -> Iterator[str]:
    if not question.asked_when:
        return
    yield "asked_when = ["
    yield from (f"  {_demand(one)}," for one in question.asked_when)
    yield "]"


def _demand(demand: Demand) -> str:
    if isinstance(demand, Together):
        return f"{{ {demand.joint} = [{', '.join(map(_demand, demand.of))}] }}"
    return f"{{ question = {_quoted(demand.question)}, {_test(demand)} }}"


def _test(condition: Condition) -> str:
    """A bound is one number; the other tests take a list of answers, or none."""
    if condition.test in (Test.ANSWERED, Test.NOT_ANSWERED):
        return f"answered = {'true' if condition.needs_answer else 'false'}"
    if condition.test in (Test.AT_LEAST, Test.AT_MOST):
        return f"{condition.test} = {_value(condition.values[0])}"
    return f"{condition.test} = {_list(condition.values)}"


def _texts(**texts: Text | None) -> Iterator[str]:
    for key, text in texts.items():
        if text is not None:
            yield f"{key} = {_table(text)}"


def _table(text: Text) -> str:
    pairs = (f"{_key(language)} = {_quoted(words)}" for language, words in text.words)
    return "{ " + ", ".join(pairs) + " }"


def _list(values: Iterable[Value]) -> str:
    return "[" + ", ".join(_value(value) for value in values) + "]"


def _value(value: Value) -> str:
    return str(value) if isinstance(value, int) else _quoted(value)


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    """A TOML string is a JSON string, but for the one sign that JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
