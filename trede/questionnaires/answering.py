"""What a person answered, and what it means when there is no answer.

An answer is a value or a reason why there is none, and the four reasons stay apart
everywhere: the person would rather not say, does not know, passed the question over,
or was never asked. Everything submitted is judged here against the question alone,
so the screen, a paper form and an import accept exactly the same answers.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from trede.questionnaires.definition import (
    WITH_BOUNDS,
    WITH_OPTIONS,
    Kind,
    Question,
    Value,
)
from trede.questionnaires.week import as_detail, hours_of_days

# The stored value of an activity that was not ticked: "no", not "no answer".
NOT_TICKED = "not"
TICKED = "yes"

# A date in its fields; on one line it stands in `value`.
DATE_PARTS = ("date_day", "date_month", "date_year")
_YEARS = range(1900, 2101)

# Digits of every script (Arabic, Persian); short, so that no number is a burden.
_WHOLE_NUMBER = re.compile(r"\d{1,9}")


class Missing(StrEnum):
    REFUSED = "refused"
    DONT_KNOW = "dont_know"
    SKIPPED = "skipped"
    NOT_ASKED = "not_asked"


# What the buttons say; "not asked" is never a person's choice and has none.
BUTTONS = {
    Missing.REFUSED: pgettext_lazy("answer", "I would rather not say"),
    Missing.DONT_KNOW: pgettext_lazy("answer", "I do not know"),
    Missing.SKIPPED: pgettext_lazy("answer", "Skip this question"),
}
# And at something that one does in a week, or does not.
ACTIVITY = {
    TICKED: pgettext_lazy("activity", "Yes"),
    NOT_TICKED: pgettext_lazy("activity", "No"),
}


@dataclass(frozen=True)
class Answer:
    """Exactly one of a value and the reason that there is none.

    The codes ticked in a multiple choice stand in one value, a space between them.
    """

    value: Value | None = None
    missing: Missing | None = None
    # How the value came about: the hours of each day of the week.
    detail: str = ""
    # The number of the file with the sound of a spoken answer; `value` is then what
    # was written beside it, and may be empty.
    spoken: int | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.missing is None):
            raise ValueError("an answer is either a value or a reason for none")

    @property
    def stored(self) -> str:
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True)
class Unclear:
    """The submitted answer cannot be used; the message says what to do."""

    message: str


def offered(question: Question) -> tuple[Missing, ...]:
    """The ways to go on without an answer, in the order of the buttons."""
    offers = (
        (Missing.DONT_KNOW, question.may_not_know),
        (Missing.REFUSED, question.may_refuse),
        (Missing.SKIPPED, question.may_skip),
    )
    return tuple(missing for missing, offer in offers if offer)


def read_answer(
    question: Question, submitted: Mapping[str, Sequence[str]], *, on: date
) -> Answer | Unclear:
    """The answer in the fields `value`, `day`, `hours` and `missing` of a form.

    A way to go on without an answer wins over a value: it is a button of its own,
    and an option may still be ticked on the page behind it.
    """
    if missing := _only(submitted, "missing"):
        if missing in offered(question):
            return Answer(missing=Missing(missing))
        return Unclear(_("This question cannot be left open in this way."))
    if question.kind is Kind.MULTIPLE:
        return _read_ticks(question, submitted.get("value", ()))
    if question.kind is Kind.HOURS:
        return _read_hours(question, submitted)
    value = _tidy(_only(submitted, "value"))
    if question.kind is Kind.DATE and not value:
        value = _in_one_line([_tidy(_only(submitted, part)) for part in DATE_PARTS])
    if not value:
        return _nothing(question)
    return _READERS[question.kind](question, value, on)


def restore(question: Question, stored: str) -> Value:
    """The value as it was before it was stored as text."""
    if question.kind in WITH_BOUNDS and stored != NOT_TICKED:
        return int(stored)
    if question.kind in WITH_OPTIONS and stored not in question.values:
        numbers = {str(value): value for value in question.values}
        return numbers.get(stored, stored)
    return stored


def _only(submitted: Mapping[str, Sequence[str]], field: str) -> str:
    """The last value counts, as browsers and Django have it."""
    values = submitted.get(field, ())
    return values[-1] if values else ""


def _tidy(text: str) -> str:
    """Without the control signs that pasted text brings; line ends as \\n."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    # A control sign would break the later export of the answers to other software.
    signs = (s for s in lines if s == "\n" or unicodedata.category(s)[:2] != "Cc")
    return "".join(" " if s == "\t" else s for s in signs).strip()


def _nothing(question: Question) -> Answer | Unclear:
    if question.optional:
        return Answer(missing=Missing.SKIPPED)
    if question.kind in WITH_OPTIONS or question.kind is Kind.SCALE_0_10:
        what = _("Choose an answer.")
    else:
        what = _("Fill in an answer.")
    if question.may_refuse:
        what += " " + _("You may also choose: “I would rather not say”.")
    return Unclear(what)


def _read_option(question: Question, value: str, on: date) -> Answer | Unclear:
    found = restore(question, value)
    if found in question.values:
        return Answer(value=found)
    return Unclear(_("This answer is not in the list. Choose one of the answers."))


def _read_number(question: Question, value: str, on: date) -> Answer | Unclear:
    return _whole(value, question.at_least or 0, question.at_most)


def _read_year(question: Question, value: str, on: date) -> Answer | Unclear:
    """A year is never later than today: these questions look back."""
    if _WHOLE_NUMBER.fullmatch(value) and len(value) != 4:
        return Unclear(_("Write the year with four digits, such as 1975."))
    latest = min(question.at_most or on.year, on.year)
    return _whole(value, question.at_least or 0, latest)


def _whole(value: str, least: int, most: int | None) -> Answer | Unclear:
    if not _WHOLE_NUMBER.fullmatch(value):
        return Unclear(_("Write a whole number, in digits only."))
    number = int(value)
    if most is not None and not least <= number <= most:
        bounds = {"least": least, "most": most}
        return Unclear(_("Write a number from %(least)d to %(most)d.") % bounds)
    return Answer(value=number)


def _in_one_line(parts: Sequence[str]) -> str:
    return "-".join(part or "?" for part in parts) if any(parts) else ""


def _read_date(question: Question, value: str, on: date) -> Answer | Unclear:
    """Day first, as people write it; a browser's own calendar puts the year first."""
    if "?" in value:
        return Unclear(_("Fill in the day, the month and the year."))
    found = re.fullmatch(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})", value)
    if found is None:
        return Unclear(_("Write the date as day, month, year: 31-12-2025."))
    first, month, last = (int(number) for number in found.groups())
    year, day = (first, last) if len(found[1]) == 4 else (last, first)
    if year not in _YEARS:
        return Unclear(_("Write the year with four digits, such as 1975."))
    try:
        return Answer(value=date(year, month, day).isoformat())
    except ValueError:
        return Unclear(_("This date does not exist. Look at the day and the month."))


def _read_words(question: Question, value: str, on: date) -> Answer | Unclear:
    if question.kind is Kind.TEXT:
        value = " ".join(value.split())
    if question.longest is None or len(value) <= question.longest:
        return Answer(value=value)
    sizes = {"most": question.longest, "excess": len(value) - question.longest}
    message = ngettext(
        "Your text is %(excess)d character too long: at most %(most)d fit.",
        "Your text is %(excess)d characters too long: at most %(most)d fit.",
        sizes["excess"],
    )
    return Unclear(message % sizes)


def _read_ticks(question: Question, values: Sequence[str]) -> Answer | Unclear:
    ticked = {value for value in values if value}
    if not ticked:
        return _nothing(question)
    if not ticked <= {str(value) for value in question.values}:
        return Unclear(_("This answer is not in the list. Choose from the answers."))
    if len(ticked) > 1 and ticked & question.exclusive:
        return Unclear(_("Two of your answers do not go together. Take one away."))
    # The order of ticking says nothing; that of the question makes answers comparable.
    in_order = (str(option.value) for option in question.options)
    return Answer(value=" ".join(value for value in in_order if value in ticked))


def _read_hours(
    question: Question, submitted: Mapping[str, Sequence[str]]
) -> Answer | Unclear:
    """Not ticked, or ticked with the hours: of seven days, or their sum on paper.
    Hours alone mean that it was ticked."""
    tick = _only(submitted, "value")
    hours = _tidy(_only(submitted, "hours"))
    days = hours_of_days(submitted.get("day", ()))
    if days is None:
        return Unclear(_("Choose for each day how many hours: from 0 to 24."))
    if tick == NOT_TICKED:
        if hours.strip("0") or any(days):
            return Unclear(_("You chose “No”, but also wrote hours. Choose one."))
        return Answer(value=NOT_TICKED)
    if any(days):
        total = _whole(str(sum(days)), question.at_least or 0, question.at_most)
        return (
            total
            if isinstance(total, Unclear)
            else replace(total, detail=as_detail(days))
        )
    if hours:
        return _whole(hours, question.at_least or 0, question.at_most)
    if tick == TICKED:
        return Unclear(
            _("On which days? Choose the hours of at least one day.")
            if days
            else _("About how many hours a week? Write a whole number.")
        )
    return _nothing(question)


_READERS: Mapping[Kind, Callable[[Question, str, date], Answer | Unclear]] = {
    Kind.SINGLE: _read_option,
    Kind.YES_NO: _read_option,
    Kind.LABELLED_SCALE: _read_option,
    Kind.COUNTRY: _read_option,
    Kind.SCALE_0_10: _read_number,
    Kind.NUMBER: _read_number,
    Kind.YEAR: _read_year,
    Kind.DATE: _read_date,
    Kind.TEXT: _read_words,
    Kind.LONG_TEXT: _read_words,
}
