"""Instruments drawn at random, in words that other software can hold.

A spreadsheet and XML hold no control signs, and what stands round a text is cut off.
"""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from hypothesis import Phase, settings
from hypothesis import strategies as st

from tests.questionnaires.definition.made_up import questionnaires
from trede.questionnaires.definition import (
    Combine,
    Kind,
    Question,
    Questionnaire,
    Score,
    Section,
    Text,
)
from trede.questionnaires.reach import unreachable
from trede.questionnaires.scores import SCORABLE

T = TypeVar("T")
# A failing questionnaire is small enough as it is drawn: making it smaller takes long.
QUICKLY = settings(deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def without_conditions(drawn: Questionnaire) -> Questionnaire:
    def bare(section: Section) -> Section:
        asked = tuple(replace(one, asked_when=()) for one in section.questions)
        return replace(section, questions=asked)

    parts = tuple(
        replace(part, sections=tuple(map(bare, part.sections))) for part in drawn.parts
    )
    return replace(drawn, parts=parts)


@st.composite
def drawn_questionnaires(draw: st.DrawFn) -> Questionnaire:
    drawn = draw(questionnaires().filter(_all_can_be_asked))
    tidied = replace(tidy(drawn), licence=_tidy(drawn.licence))
    spoken = _with_speech(tidied, draw(st.booleans()))
    return replace(spoken, scores=tuple(draw(_scores(spoken))))


def tidy(piece: T) -> T:
    """The same piece, its texts as a spreadsheet gives them back."""
    if is_dataclass(piece) and not isinstance(piece, type):
        held = {one.name: getattr(piece, one.name) for one in fields(piece)}
        return replace(piece, **{name: _tidied(it) for name, it in held.items()})
    return piece


def _tidied(value: object) -> object:
    if isinstance(value, Text):
        return Text(tuple((language, _tidy(words)) for language, words in value.words))
    if isinstance(value, tuple):
        return tuple(_tidied(one) for one in value)
    return tidy(value)


def _tidy(words: str) -> str:
    kept = (s for s in words if s == "\n" or unicodedata.category(s) not in _UNHELD)
    return re.sub(r"[\ufffe\uffff]", "", "".join(kept)).strip() or "…"


_UNHELD = ("Cc", "Cn", "Co")


def _all_can_be_asked(drawn: Questionnaire) -> bool:
    return not any(unreachable(part) for part in drawn.parts)


def _with_speech(drawn: Questionnaire, may_speak: bool) -> Questionnaire:
    def spoken(question: Question) -> Question:
        return (
            replace(question, may_speak=may_speak)
            if question.kind is Kind.LONG_TEXT
            else question
        )

    parts = tuple(
        replace(
            part,
            sections=tuple(
                replace(one, questions=tuple(map(spoken, one.questions)))
                for one in part.sections
            ),
        )
        for part in drawn.parts
    )
    return replace(drawn, parts=parts)


@st.composite
def _scores(draw: st.DrawFn, drawn: Questionnaire) -> list[Score]:
    items = [one.code for one in drawn.questions if one.kind in SCORABLE]
    if not items or not draw(st.booleans()):
        return []
    chosen = draw(st.lists(st.sampled_from(items), min_size=1, unique=True))
    return [
        Score(
            code="drawn_score",
            title=drawn.title,
            items=tuple(chosen),
            reversed=tuple(draw(st.lists(st.sampled_from(chosen), unique=True))),
            combine=draw(st.sampled_from(list(Combine))),
            at_least=draw(st.integers(1, len(chosen))),
        )
    ]
