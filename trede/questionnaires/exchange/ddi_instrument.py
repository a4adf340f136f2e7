"""The codebook of an instrument: the variables that its answers will become."""

from collections.abc import Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trede.questionnaires.answering import Missing, offered
from trede.questionnaires.definition import (
    WITH_BOUNDS,
    Kind,
    Part,
    Question,
    Questionnaire,
    Text,
)
from trede.questionnaires.exchange.ddi import Category, Group, Study, Variable, as_ddi
from trede.questionnaires.exchange.fixed_words import fixed_words
from trede.questionnaires.exchange.missing_codes import CODES, NOT_NAMED
from trede.questionnaires.library.describing import when_asked
from trede.questionnaires.models import Answer

_NUMERIC = WITH_BOUNDS | {Kind.LABELLED_SCALE}


def codebook_of(questionnaire: Questionnaire) -> bytes:
    """Every question in every language, with values, bounds, routes and reasons."""
    groups: list[Group] = []
    variables: list[Variable] = []
    for part in questionnaire.parts:
        for section in part.sections:
            inside: list[str] = []
            for question in section.questions:
                made = list(_variables(questionnaire, part, question))
                names = tuple(one.name for one in made)
                if question.kind is Kind.MULTIPLE:
                    groups.append(Group(question.code, question.text, names, True))
                variables += made
                inside += names
            groups.append(Group(section.code, section.title, tuple(inside)))
    study = Study(
        code=questionnaire.code,
        title=questionnaire.title,
        version=questionnaire.version,
        source=questionnaire.source,
        licence=questionnaire.licence,
    )
    return as_ddi(study, groups, variables)


def _variables(
    questionnaire: Questionnaire, part: Part, question: Question
) -> Iterator[Variable]:
    if question.kind is not Kind.MULTIPLE:
        yield _variable(questionnaire, part, question, question.code, question.text)
        return
    for option in question.options:
        name = f"{question.code}_{option.value}"
        label = _joined(question.text, option.text)
        yield _variable(questionnaire, part, question, name, label)


def _joined(first: Text, then: Text) -> Text:
    both = (one for one in first.languages if one in then.languages)
    return Text(
        tuple((one, f"{first.read_in(one)} – {then.read_in(one)}") for one in both)
    )


def _variable(
    questionnaire: Questionnaire, part: Part, question: Question, name: str, label: Text
) -> Variable:
    base = questionnaire.languages[0]
    bounded = question.kind in WITH_BOUNDS
    return Variable(
        name=name,
        label=label,
        categories=tuple(_categories(questionnaire, question)),
        numeric=question.kind in _NUMERIC,
        continuous=bounded,
        dated=question.kind is Kind.DATE,
        least=(question.at_least or 0) if bounded else None,
        most=question.at_most if bounded else None,
        question=question.text,
        instructions=tuple(filter(None, (question.hint, question.explanation))),
        asked_if=when_asked(part, question, base),
    )


def _categories(questionnaire: Questionnaire, question: Question) -> Iterator[Category]:
    languages = questionnaire.languages
    if question.kind is Kind.MULTIPLE:
        for code in ("yes", "no"):
            yield Category(code, fixed_words(code, languages))
    else:
        for option in question.options:
            yield Category(str(option.value), option.text)
    if question.kind is Kind.SCALE_0_10 and question.low and question.high:
        yield Category(str(question.at_least or 0), question.low)
        yield Category(str(question.at_most), question.high)
    if question.kind is Kind.HOURS:
        yield Category(str(NOT_NAMED), _ours(_("Not named")))
    for reason in _reasons(question):
        code = str(CODES[reason]) if question.kind in _NUMERIC else str(reason)
        words = _ours(str(Answer.Missing(reason).label))
        yield Category(code, words, missing=True)


def _ours(words: str) -> Text:
    """Words about the data, in the language of whoever asks for the codebook."""
    return Text((((get_language() or "nl")[:2], words),))


def _reasons(question: Question) -> Iterator[Missing]:
    """Which reasons for no answer the data of this question can hold."""
    offers = offered(question)
    yield from (one for one in Missing if one in offers or one is Missing.SKIPPED)
    if question.asked_when:
        yield Missing.NOT_ASKED
