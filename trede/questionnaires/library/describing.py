"""A questionnaire as a researcher reads it: what is asked when, and what is scored.

Codes are there for the dataset; the conditions and the rules for missing answers are
told in words, so that nobody has to read a file to know what an instrument does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from trede.questionnaires.definition import (
    WITH_BOUNDS,
    WITH_WORDS,
    Combine,
    Condition,
    Demand,
    Joint,
    Kind,
    Part,
    PartKind,
    Question,
    Questionnaire,
    Score,
    Test,
    Text,
    Together,
    Value,
)

KINDS = {
    Kind.SINGLE: pgettext_lazy("kind of question", "one answer"),
    Kind.MULTIPLE: pgettext_lazy("kind of question", "several answers"),
    Kind.YES_NO: pgettext_lazy("kind of question", "yes or no"),
    Kind.LABELLED_SCALE: pgettext_lazy("kind of question", "scale in words"),
    Kind.SCALE_0_10: pgettext_lazy("kind of question", "scale from 0 to 10"),
    Kind.NUMBER: pgettext_lazy("kind of question", "number"),
    Kind.YEAR: pgettext_lazy("kind of question", "year"),
    Kind.DATE: pgettext_lazy("kind of question", "date"),
    Kind.COUNTRY: pgettext_lazy("kind of question", "country"),
    Kind.HOURS: pgettext_lazy("kind of question", "hours of a week"),
    Kind.TEXT: pgettext_lazy("kind of question", "a few words"),
    Kind.LONG_TEXT: pgettext_lazy("kind of question", "a story"),
}
PARTS = {
    PartKind.OPENING: gettext_lazy("The coach, before"),
    PartKind.CORE: gettext_lazy("The person"),
    PartKind.CLOSING: gettext_lazy("The coach, after"),
}
# A longer list of answers, of countries above all, stands folded.
FEW = 12


@dataclass(frozen=True)
class ToldQuestion:
    code: str
    text: str
    hint: str
    kind: str
    remarks: tuple[str, ...]
    asked_when: tuple[str, ...]
    answers: tuple[tuple[Value, str], ...]

    @property
    def are_few(self) -> bool:
        return len(self.answers) <= FEW


@dataclass(frozen=True)
class ToldSection:
    code: str
    title: str
    intro: str
    questions: tuple[ToldQuestion, ...]


@dataclass(frozen=True)
class ToldPart:
    who: str
    intro: str
    outro: str
    sections: tuple[ToldSection, ...]
    by_person: bool


@dataclass(frozen=True)
class ToldScore:
    code: str
    title: str
    items: tuple[str, ...]
    reversed: tuple[str, ...]
    rule: str


def told_parts(questionnaire: Questionnaire) -> list[ToldPart]:
    """All of it in the language in which it was written."""
    language = questionnaire.languages[0]
    return [_part(part, language) for part in questionnaire.parts]


def told_scores(questionnaire: Questionnaire) -> list[ToldScore]:
    language = questionnaire.languages[0]
    return [
        ToldScore(
            score.code,
            score.title.read_in(language),
            score.items,
            score.reversed,
            rule_for_missing(score),
        )
        for score in questionnaire.scores
    ]


def when_asked(part: Part, question: Question, language: str) -> tuple[str, ...]:
    """Its conditions, each as a sentence; all of them must hold."""
    return tuple(_demand(part, one, language) for one in question.asked_when)


def rule_for_missing(score: Score) -> str:
    n, of = score.at_least, len(score.items)
    if score.combine is Combine.MEAN:
        return ngettext(
            "The mean of what was answered, if at least %(n)d of %(of)d is answered.",
            "The mean of what was answered, if at least %(n)d of %(of)d are answered.",
            n,
        ) % {"n": n, "of": of}
    return ngettext(
        "The mean of what was answered times %(of)d, if at least %(n)d is answered.",
        "The mean of what was answered times %(of)d, if at least %(n)d are answered.",
        n,
    ) % {"n": n, "of": of}


def _part(part: Part, language: str) -> ToldPart:
    return ToldPart(
        who=str(PARTS[part.kind]),
        intro=_words(part.intro, language),
        outro=_words(part.outro, language),
        sections=tuple(
            ToldSection(
                section.code,
                section.title.read_in(language),
                _words(section.intro, language),
                tuple(_question(part, one, language) for one in section.questions),
            )
            for section in part.sections
        ),
        by_person=part.by_person,
    )


def _question(part: Part, question: Question, language: str) -> ToldQuestion:
    return ToldQuestion(
        code=question.code,
        text=question.text.read_in(language),
        hint=_words(question.hint, language),
        kind=str(KINDS[question.kind]),
        remarks=tuple(_remarks(question, language)),
        asked_when=when_asked(part, question, language),
        answers=tuple((o.value, o.text.read_in(language)) for o in question.options),
    )


def _remarks(question: Question, language: str) -> Iterator[str]:
    if question.low and question.high:
        yield _("0 is “%(low)s”, 10 is “%(high)s”") % {
            "low": question.low.read_in(language),
            "high": question.high.read_in(language),
        }
    elif question.kind in WITH_BOUNDS and question.at_most is not None:
        yield _("from %(least)d to %(most)d") % {
            "least": question.at_least or 0,
            "most": question.at_most,
        }
    if question.kind in WITH_WORDS and question.longest:
        yield _("at most %(n)d signs") % {"n": question.longest}
    if question.may_not_know:
        yield _("“I do not know” is offered")
    if question.may_speak:
        yield _("may be spoken")


def _demand(part: Part, demand: Demand, language: str) -> str:
    if isinstance(demand, Condition):
        about = part.question_by_code[demand.question]
        return _condition(demand, about, language)
    joint = _(" or ") if demand.joint is Joint.ANY else _(" and ")
    pieces = (
        f"({told})" if isinstance(one, Together) else told
        for one in demand.of
        if (told := _demand(part, one, language))
    )
    return joint.join(pieces)


def _condition(condition: Condition, about: Question, language: str) -> str:
    asked = about.text.read_in(language)
    names = {one.value: one.text.read_in(language) for one in about.options}
    answers = [
        _("“%(answer)s”") % {"answer": names.get(value, value)}
        for value in condition.values
    ]
    joined = _(" or ").join(answers)
    words = {
        Test.IS: _("“%(question)s” is answered with %(answers)s"),
        Test.IS_NOT: _("“%(question)s” is not answered with %(answers)s"),
        Test.AT_LEAST: _("“%(question)s” is at least %(answers)s"),
        Test.AT_MOST: _("“%(question)s” is at most %(answers)s"),
        Test.ANSWERED: _("“%(question)s” is answered"),
        Test.NOT_ANSWERED: _("“%(question)s” is not answered"),
    }[condition.test]
    return words % {"question": asked, "answers": joined}


def _words(text: Text | None, language: str) -> str:
    return text.read_in(language) if text else ""
