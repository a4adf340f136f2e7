"""The way through the questions on paper, in words: "go to question 12".

A form on paper cannot hide what is not asked. Behind an answer stands where to go when
it skips questions; over a question that no such jump reaches stands when it is asked.
Numbers are places in the whole part, the same for everybody and on the screen on which
a form is typed in.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.questionnaires import routing
from trede.questionnaires.answering import NOT_TICKED, Answer, Missing, offered
from trede.questionnaires.definition import (
    WITH_OPTIONS,
    Condition,
    Demand,
    Joint,
    Kind,
    Part,
    Question,
    Test,
    Together,
)

# More answers than this are written on a line, not ticked, and lead nowhere.
MANY = 15


def numbers(part: Part) -> Mapping[str, int]:
    return {question.code: n for n, question in enumerate(part.questions, start=1)}


def jump(part: Part, question: Question, answer: Answer) -> str:
    """Where this answer leads, in words, when that is not simply the next question."""
    here = numbers(part)
    following = _next_number(part, question, answer)
    if following == here[question.code] + 1:
        return ""
    if following > len(here):
        return _("Go to the end")
    return _("Go to question %(n)s") % {"n": following}


def conditions_to_read(part: Part, question: Question) -> tuple[Demand, ...]:
    """Those that no jump before the question takes care of."""
    return tuple(
        demand
        for demand in _apart(question.asked_when)
        if isinstance(demand, Together) or not _is_jumped(part, question, demand)
    )


def condition_words(part: Part, question: Question, language: str) -> list[str]:
    read = conditions_to_read(part, question)
    return [
        _told_together(part, demand, language)
        if isinstance(demand, Together)
        else _told(part, demand, language)
        for demand in read
    ]


def _apart(demands: Iterable[Demand]) -> Iterator[Demand]:
    """What must all hold can be said one by one."""
    for demand in demands:
        if isinstance(demand, Together) and demand.joint is Joint.ALL:
            yield from _apart(demand.of)
        else:
            yield demand


def _next_number(part: Part, question: Question, answer: Answer) -> int:
    """One beyond the last when nothing more is asked."""
    here = numbers(part)
    codes = {one.code for one in routing.may_be_asked(part, {question.code: answer})}
    after = [n for code, n in here.items() if n > here[question.code] and code in codes]
    return min(after, default=len(here) + 1)


def _is_jumped(part: Part, question: Question, condition: Condition) -> bool:
    """Every answer that rules the question out has a box, and leads past it."""
    about = part.question_by_code[condition.question]
    if not (is_ticked(about) or _is_about_doing(about, condition)):
        return False
    # Whoever passed over that question, having read so, ticked no box there.
    if condition.needs_answer and conditions_to_read(part, about):
        return False
    here = numbers(part)[question.code]
    return all(
        _next_number(part, about, answer) > here
        for answer in _with_a_box(about)
        if not routing.holds(condition, {about.code: answer})
    )


def _is_about_doing(question: Question, condition: Condition) -> bool:
    """Whether one does it at all, not for how many hours."""
    does = (condition.test, condition.values) == (Test.IS_NOT, (NOT_TICKED,))
    return question.kind is Kind.HOURS and does


def _with_a_box(question: Question) -> Iterator[Answer]:
    if question.kind is Kind.HOURS:
        yield Answer(value=NOT_TICKED)
    yield from (Answer(value=option.value) for option in question.options)
    for missing in offered(question):
        if missing is not Missing.SKIPPED:
            yield Answer(missing=missing)


def is_ticked(question: Question) -> bool:
    """One box for each answer, of which one is ticked."""
    few = len(question.options) <= MANY
    return question.kind in WITH_OPTIONS - {Kind.MULTIPLE, Kind.COUNTRY} and few


def _told(part: Part, condition: Condition, language: str) -> str:
    words = {
        Test.IS: _("Only if you answered %(answers)s at question %(n)s."),
        Test.IS_NOT: _("Not if you answered %(answers)s at question %(n)s."),
        Test.AT_LEAST: _("Only if you answered %(answers)s or more at question %(n)s."),
        Test.AT_MOST: _("Only if you answered %(answers)s or less at question %(n)s."),
        Test.ANSWERED: _("Only if you answered question %(n)s."),
        Test.NOT_ANSWERED: _("Only if you did not answer question %(n)s."),
    }[condition.test]
    return words % _named(part, condition, language)


def _told_together(part: Part, several: Together, language: str) -> str:
    """One of them is enough: a list in as few words as can be."""
    these = "; ".join(_in_short(part, one, language) for one in several.of)
    return _("Only if at least one of these is true: %(these)s.") % {"these": these}


def _in_short(part: Part, demand: Demand, language: str) -> str:
    if isinstance(demand, Together):
        joint = pgettext("conditions", "and")
        if demand.joint is Joint.ANY:
            joint = pgettext("conditions", "or")
        inside = (_in_short(part, one, language) for one in demand.of)
        return f"({f' {joint} '.join(inside)})"
    words = {
        Test.IS: _("question %(n)s: %(answers)s"),
        Test.IS_NOT: _("question %(n)s: not %(answers)s"),
        Test.AT_LEAST: _("question %(n)s: %(answers)s or more"),
        Test.AT_MOST: _("question %(n)s: %(answers)s or less"),
        Test.ANSWERED: _("question %(n)s: answered"),
        Test.NOT_ANSWERED: _("question %(n)s: not answered"),
    }[demand.test]
    return words % _named(part, demand, language)


def _named(part: Part, condition: Condition, language: str) -> dict[str, object]:
    about = part.question_by_code[condition.question]
    names = {option.value: option.text.read_in(language) for option in about.options}
    if about.kind is Kind.HOURS:
        names[NOT_TICKED] = pgettext("activity", "No")
    return {
        "n": numbers(part)[about.code],
        "answers": ", ".join(f"“{names.get(v, v)}”" for v in condition.values),
    }
