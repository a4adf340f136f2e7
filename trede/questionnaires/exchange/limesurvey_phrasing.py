"""How a question of ours is put in LimeSurvey: its answers, limits and words."""

import html
import re
from collections.abc import Iterator, Mapping

from trede.questionnaires.answering import NOT_TICKED, Answer
from trede.questionnaires.definition import (
    WITH_WORDS,
    Condition,
    Kind,
    Question,
    Test,
    Text,
    Value,
)
from trede.questionnaires.exchange.limesurvey_returning import (
    END_OF_SCALE,
    EXPLANATION,
)
from trede.questionnaires.routing import holds

CHOSEN = frozenset(
    {Kind.SINGLE, Kind.YES_NO, Kind.LABELLED_SCALE, Kind.COUNTRY, Kind.SCALE_0_10}
)
_REFUSED, _UNKNOWN = "RF", "DK"
_ILLEGAL = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def values_of(question: Question) -> tuple[Value, ...]:
    if question.kind is Kind.SCALE_0_10:
        return tuple(range(11))
    return tuple(option.value for option in question.options)


def choices_of(question: Question) -> Iterator[tuple[Value, Text]]:
    if question.kind is not Kind.SCALE_0_10:
        yield from ((option.value, option.text) for option in question.options)
        return
    ends = {0: question.low, 10: question.high}
    for point in range(11):
        end = ends.get(point) or Text((("", ""),))
        yield (
            point,
            Text(
                tuple(
                    (language, END_OF_SCALE.join(filter(None, (str(point), words))))
                    for language, words in end.words
                )
            ),
        )


def ways_out(question: Question, used: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Answers that stand for giving none, with the words for them."""
    if question.kind not in CHOSEN:
        return
    taken = {code.lower() for code in used}
    for code, name, offered in (
        (_UNKNOWN, "dont_know", question.may_not_know),
        (_REFUSED, "refused", question.may_refuse),
    ):
        if offered:
            yield (code if code.lower() not in taken else f"X{code}"), name


def limits_of(question: Question, codes: Mapping[Value, str]) -> Mapping[str, str]:
    if question.exclusive:
        alone = (c for v, c in codes.items() if str(v) in question.exclusive)
        return {"exclude_all_others": ";".join(alone)}
    if question.kind in WITH_WORDS:
        return {"maximum_chars": str(question.longest)}
    if question.kind is Kind.DATE:
        return {"date_format": "dd-mm-yyyy"}
    if question.kind in (Kind.NUMBER, Kind.YEAR, Kind.HOURS):
        return {
            "num_value_int_only": "1",
            "min_num_value_n": str(question.at_least),
            "max_num_value_n": str(question.at_most),
        }
    return {}


def meant(condition: Condition, about: Question) -> list[Value]:
    """The answers that a condition speaks of, also where it only says how much."""
    if condition.test not in (Test.AT_LEAST, Test.AT_MOST):
        return list(condition.values)
    return [
        value
        for value in values_of(about)
        if holds(condition, {about.code: Answer(value=value)})
    ]


def within(name: str, condition: Condition) -> str:
    (bound,) = condition.values
    if condition.test is Test.AT_LEAST:
        return f"({name} >= {bound})"
    # Without an answer it would hold there, and does not here.
    return f"(!is_empty({name}) and {name} <= {bound})"


def number_there(value: Value) -> str:
    return "0" if value == NOT_TICKED else str(value)


def help_text(question: Question, language: str) -> str:
    hint = said(question.hint, language)
    if question.explanation is None:
        return hint
    return f"{hint}{EXPLANATION}{said(question.explanation, language)}</div>"


def said(text: Text | None, language: str) -> str:
    """Words as mark-up in which nothing is mark-up or filled in."""
    if text is None:
        return ""
    words = html.escape(clean(text.read_in(language)), quote=False)
    words = words.replace("{", "&#123;").replace("}", "&#125;")
    return words.replace("\n", "<br />\n")


def heading(text: Text, language: str) -> str:
    """A title on one line. LimeSurvey shows it as words in some places and as mark-up
    in others: what could be taken for mark-up is written out, and no more than that."""
    words = " ".join(clean(text.read_in(language)).split("\n"))
    words = re.sub(r"&(?=[#\w])", "&amp;", words).replace("<", "&lt;")
    return words.replace("{", "&#123;").replace("}", "&#125;")


def clean(words: str) -> str:
    return _ILLEGAL.sub("", words)
