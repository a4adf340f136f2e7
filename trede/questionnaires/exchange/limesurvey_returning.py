"""A question that Trede wrote for LimeSurvey comes back as what it was.

Its words may have been changed there, answers added or taken away. Where what came back
no longer fits the kind of question, it is taken as any question of LimeSurvey.
"""

from collections.abc import Mapping
from dataclasses import replace

from trede.questionnaires.answering import NOT_TICKED
from trede.questionnaires.definition import (
    WITH_OPTIONS,
    WITH_WORDS,
    Kind,
    PartKind,
    Question,
    Text,
    Value,
)
from trede.questionnaires.exchange.limesurvey_answers import Variable
from trede.questionnaires.exchange.limesurvey_drawing import Asked, Drawing
from trede.questionnaires.exchange.limesurvey_marks import Marks, as_value
from trede.questionnaires.exchange.limesurvey_numbers import longest_kept
from trede.questionnaires.exchange.limesurvey_survey import Item

# How a hint and an explanation, one text there, are told apart.
EXPLANATION = '<div class="trede-explanation">'
END_OF_SCALE = " – "
_TYPES: Mapping[Kind, str] = {
    **dict.fromkeys((Kind.SINGLE, Kind.YES_NO, Kind.LABELLED_SCALE), "L!"),
    **dict.fromkeys((Kind.COUNTRY, Kind.SCALE_0_10), "L!"),
    **dict.fromkeys((Kind.NUMBER, Kind.YEAR, Kind.HOURS), "N"),
    Kind.MULTIPLE: "M",
    Kind.DATE: "D",
    Kind.TEXT: "S",
    Kind.LONG_TEXT: "T",
}
_WEEK = range(7 * 24 + 1)
_TEN = range(11)


def fits(item: Item, marks: Marks) -> bool:
    return marks.kind is not None and item.type in _TYPES[marks.kind] and not item.other


def returned(item: Item, marks: Marks, asked: Asked, drawing: Drawing) -> Asked:
    """The question as drawn from LimeSurvey, turned into what the marks say."""
    kind = marks.kind or asked.question.kind
    question = _as_it_was(item, marks, asked.question, drawing)
    if kind is Kind.SCALE_0_10:
        return _scale_0_10(item, question, asked, drawing)
    if kind in WITH_OPTIONS:
        return _with_options(question, kind, marks, asked)
    if kind is Kind.HOURS:
        question = replace(question, kind=kind, at_least=0, at_most=_WEEK[-1])
        # No hours there is what is not ticked here.
        variable = Variable(question.code, {"0": NOT_TICKED}, _WEEK)
        return Asked(question, dict.fromkeys(asked.variables, variable))
    if kind in WITH_WORDS:
        question = replace(question, longest=longest_kept(item, question.longest))
    return Asked(replace(question, kind=kind), asked.variables)


def _as_it_was(
    item: Item, marks: Marks, question: Question, drawing: Drawing
) -> Question:
    parts = {
        language: words.partition(EXPLANATION) for language, words in item.help.items()
    }
    say = drawing.wording.text
    return replace(
        question,
        hint=say({lang: found[0] for lang, found in parts.items()}, of=item.code),
        explanation=say(
            {lang: found[2] for lang, found in parts.items()}, of=item.code
        ),
        optional=not marks.required,
        may_not_know=marks.may_not_know,
        may_speak=marks.may_speak and marks.kind is Kind.LONG_TEXT,
        may_refuse=marks.part is PartKind.CORE,
    )


def _with_options(question: Question, kind: Kind, marks: Marks, asked: Asked) -> Asked:
    ours: dict[Value, Value] = {
        value: as_value(kind, marks.values.get(code, str(value)))
        for code, value in asked.values.items()
        if code not in marks.missing
    }
    if not _allowed(kind, list(ours.values())):
        return asked
    options = tuple(
        replace(option, value=ours[option.value])
        for option in asked.question.options
        if option.value in ours
    )
    variables = {
        name: replace(
            variable,
            values={
                code: ours[value]
                for code, value in variable.values.items()
                if value in ours
            },
        )
        for name, variable in asked.variables.items()
    }
    values = {code: ours[v] for code, v in asked.values.items() if v in ours}
    return Asked(replace(question, kind=kind, options=options), variables, values)


def _allowed(kind: Kind, values: list[Value]) -> bool:
    if len(values) < 2 or len(set(values)) < len(values):
        return False
    if kind is Kind.YES_NO:
        return set(values) == {"yes", "no"}
    return all(isinstance(v, int) is (kind is Kind.LABELLED_SCALE) for v in values)


def _scale_0_10(
    item: Item, question: Question, asked: Asked, drawing: Drawing
) -> Asked:
    texts = {answer.code: answer.words for answer in item.answers_on("0")}
    if not {str(point) for point in _TEN} <= texts.keys():
        return asked
    low, high = (_end(texts[code], code, item, drawing) for code in ("0", "10"))
    points: dict[str, Value] = {str(point): point for point in _TEN}
    scale = replace(
        question,
        kind=Kind.SCALE_0_10,
        options=(),
        low=low,
        high=high,
        at_least=_TEN[0],
        at_most=_TEN[-1],
    )
    variable = Variable(question.code, points)
    return Asked(scale, dict.fromkeys(asked.variables, variable), points)


def _end(words: Mapping[str, str], code: str, item: Item, drawing: Drawing) -> Text:
    """The words beside the number at an end of the scale."""
    bare = {
        language: text.strip().removeprefix(f"{code}{END_OF_SCALE}")
        for language, text in words.items()
    }
    return drawing.wording.text_or(bare, code, of=item.code)
