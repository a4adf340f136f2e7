"""One row of the survey sheet as a question of Trede.

Decides of which kind the question is, within which bounds it is answered, and what of
the row stays behind.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from trede.countries import country_rows
from trede.questionnaires import composing
from trede.questionnaires.definition import Kind, Option, Question, Value
from trede.questionnaires.exchange.carried import NotCarried
from trede.questionnaires.exchange.xlsform_bounds import (
    alone_in,
    limits_in,
    most_signs_in,
)
from trede.questionnaires.exchange.xlsform_choices import (
    Choice,
    Lists,
    filtered,
    options_of,
)
from trede.questionnaires.exchange.xlsform_expression import NotUnderstood
from trede.questionnaires.exchange.xlsform_table import Mistake, Mistakes, Row, Table
from trede.questionnaires.exchange.xlsform_types import Base, Type
from trede.questionnaires.exchange.xlsform_words import Words

# Unless the form says otherwise.
LARGEST = 9999
LONGEST = {Kind.TEXT: 200, Kind.LONG_TEXT: 2000}
_LONGEST_QUOTE = 300
YEARS = (1900, 2100)
HOURS_OF_WEEK = 7 * 24
YES = frozenset({"yes", "true", "true()", "ja", "1"})
NO = frozenset({"", "no", "false", "false()", "nee", "0"})
# A scale with more places is no longer one that somebody reads at a glance.
_MOST_PLACES = 11
# By what a row asks for, the kinds that it may be called in `trede_kind`.
_MAY_BE: Mapping[Base, tuple[Kind, ...]] = {
    Base.TEXT: (Kind.TEXT, Kind.LONG_TEXT),
    Base.SPOKEN: (Kind.LONG_TEXT,),
    Base.INTEGER: (Kind.NUMBER, Kind.YEAR, Kind.HOURS),
    Base.RANGE: (Kind.SCALE_0_10, Kind.NUMBER, Kind.LABELLED_SCALE),
    Base.DATE: (Kind.DATE, Kind.YEAR),
    Base.ONE: (Kind.SINGLE, Kind.YES_NO, Kind.LABELLED_SCALE, Kind.COUNTRY),
    Base.SEVERAL: (Kind.MULTIPLE,),
}


@dataclass
class Form:
    """What all rows share, and what has been left behind so far."""

    survey: Table
    lists: Lists
    words: Words
    mistakes: Mistakes
    left: list[NotCarried] = field(default_factory=list)

    def leave(self, row: Row, what: str, why: str) -> None:
        place = _("%(why)s (row %(row)d)") % {"why": why, "row": row.number}
        self.leave_of(row.cell("name"), what, place)

    def leave_of(self, question: str, what: str, why: str) -> None:
        """Of one question, or of the whole file (no code)."""
        # An expression can be pages long: its beginning tells which one it is.
        if len(what) > _LONGEST_QUOTE:
            what = what[: _LONGEST_QUOTE - 1] + "…"
        self.left.append(NotCarried(question, what, why[:1].upper() + why[1:]))

    def leave_cell(self, row: Row, column: str, why: str) -> None:
        self.leave(row, f"{column}: {row.cell(column)}", why)

    def blame(self, row: Row, column: str, what: str, fix: str) -> None:
        place = self.survey.place(column)
        self.mistakes.found.append(
            Mistake(self.survey.sheet, row.number, place, what, fix)
        )


@dataclass(frozen=True)
class Asked:
    """A question as it will be asked, and what its answers were called in the file."""

    question: Question
    codes: Mapping[str, Value] = field(default_factory=dict)


def ask(form: Form, row: Row, of: Type, *, code: str, by_person: bool) -> Asked | None:
    """The question; nothing when it cannot be asked, which is then listed."""
    text = form.words.text(row, "label") or form.words.text(row, "hint")
    if text is None:
        text = form.words.plain(row.cell("name"))
        form.leave(row, "label", _("there are no words; the name is shown"))
    start = Question(
        code=code,
        kind=Kind.TEXT,
        text=text,
        hint=form.words.text(row, "hint"),
        explanation=form.words.text(row, "guidance_hint"),
        optional=not _required(form, row),
        may_not_know=row.cell("trede_may_not_know").lower() in YES,
        may_speak=row.cell("trede_may_speak").lower() in YES,
        may_refuse=by_person,
    )
    asked = _ASKING[of.base](form, row, of, start)
    if asked is not None and row.cell("constraint"):
        asked = replace(asked, question=_constrained(form, row, asked.question))
    return asked


def _required(form: Form, row: Row) -> bool:
    written = row.cell("required").lower()
    if written not in YES | NO:
        form.leave_cell(
            row, "required", _("only yes or no; the question may be left open")
        )
    return written in YES


def _kind(form: Form, row: Row, of: Type, usual: Kind) -> Kind:
    """The kind that the row names itself, else the usual one."""
    written = row.cell("trede_kind")
    if not written:
        return usual
    allowed = _MAY_BE[of.base]
    if written in allowed:
        return Kind(written)
    form.blame(
        row,
        "trede_kind",
        _("“%(kind)s” does not fit the type “%(type)s”.")
        % {"kind": written, "type": of.word},
        _("Choose from: %(names)s.") % {"names": ", ".join(allowed)},
    )
    return usual


def _ask_text(form: Form, row: Row, of: Type, start: Question) -> Asked:
    long = "multiline" in row.cell("appearance") or "rows" in row.cell("parameters")
    if of.base is Base.SPOKEN:
        form.leave(row, of.word, _("answered by speaking where the pilot allows it"))
    kind = _kind(form, row, of, Kind.LONG_TEXT if long else Kind.TEXT)
    if of.base is Base.SPOKEN:
        kind, start = Kind.LONG_TEXT, replace(start, may_speak=True)
    return Asked(replace(start, kind=kind, longest=LONGEST[kind]))


def _ask_as_text(form: Form, row: Row, of: Type, start: Question) -> Asked:
    whys = {
        Base.DECIMAL: _("numbers are whole here; this is asked as a short text"),
        Base.TIME: _("a time is asked as a short text"),
        Base.FROM_FILE: _(
            "the answers stand in another file; this is asked as a short text"
        ),
    }
    form.leave(row, f"type: {row.cell('type')}", whys[of.base])
    return Asked(replace(start, kind=Kind.TEXT, longest=LONGEST[Kind.TEXT]))


def _ask_number(form: Form, row: Row, of: Type, start: Question) -> Asked:
    least, most, rest = limits_in(row.cell("constraint"))
    between = not rest and least is not None and most is not None
    is_year = between and YEARS[0] <= (least or 0) <= (most or 0) <= YEARS[1]
    kind = _kind(form, row, of, Kind.YEAR if is_year else Kind.NUMBER)
    if kind is Kind.HOURS:
        return Asked(replace(start, kind=kind, at_least=0, at_most=HOURS_OF_WEEK))
    is_open = kind is Kind.YEAR and not row.cell("constraint")
    bounds = YEARS if is_open else (0, LARGEST)
    return Asked(replace(start, kind=kind, at_least=bounds[0], at_most=bounds[1]))


def _ask_date(form: Form, row: Row, of: Type, start: Question) -> Asked:
    look = row.cell("appearance")
    usual = Kind.YEAR if "year" in look.split() else Kind.DATE
    kind = _kind(form, row, of, usual)
    if kind is Kind.YEAR:
        start = replace(start, at_least=YEARS[0], at_most=YEARS[1])
    return Asked(replace(start, kind=kind))


def _ask_range(form: Form, row: Row, of: Type, start: Question) -> Asked:
    given = dict(
        pair.split("=", 1)
        for pair in re.split(r"[\s,;]+", row.cell("parameters"))
        if "=" in pair
    )
    try:
        first, last, step = (
            int(float(given.get(name, usual)))
            for name, usual in (("start", "1"), ("end", "10"), ("step", "1"))
        )
    except (ValueError, OverflowError):
        first, last, step = 1, 10, 1
        form.leave_cell(row, "parameters", _("not whole numbers; asked from 1 to 10"))
    if (first, last, step) == (0, 10, 1):
        return Asked(_scale(form, row, start))
    first, last = min(first, last), max(first, last)
    step = abs(step) or 1
    if step <= last - first < _MOST_PLACES * step:
        places = range(first, last + 1, step)
        return _labelled(form, given.get("tick_labelset", ""), places, start)
    form.leave_cell(row, "parameters", _("asked as a whole number"))
    least, most = max(0, first), min(LARGEST, max(0, last))
    return Asked(replace(start, kind=Kind.NUMBER, at_least=least, at_most=most))


def _scale(form: Form, row: Row, start: Question) -> Question:
    return replace(
        start,
        kind=Kind.SCALE_0_10,
        low=form.words.text(row, "trede_low") or form.words.plain("0"),
        high=form.words.text(row, "trede_high") or form.words.plain("10"),
        at_least=0,
        at_most=10,
    )


def _labelled(form: Form, listed: str, places: range, start: Question) -> Asked:
    labels = {choice.name: choice for choice in form.lists.get(listed, ())}
    options = tuple(
        Option(
            value=place,
            text=(
                str(place) in labels
                and form.words.text(labels[str(place)].row, "label")
            )
            or form.words.plain(str(place)),
        )
        for place in places
    )
    codes: dict[str, Value] = {str(place): place for place in places}
    return Asked(replace(start, kind=Kind.LABELLED_SCALE, options=options), codes)


def _ask_choice(form: Form, row: Row, of: Type, start: Question) -> Asked | None:
    choices = _offered(form, row, of)
    names = {choice.name for choice in choices}
    kind = _kind(form, row, of, _usual_choice(row, of, names))
    numbers = kind is Kind.LABELLED_SCALE
    if numbers and not all(map(_is_whole, names)):
        form.blame(
            row,
            "type",
            _("The answers on this scale are not whole numbers."),
            _("Use numbers as names on the sheet choices, or the kind single."),
        )
        return None
    options, codes = options_of(choices, form.words, numbers=numbers)
    if len(options) < 2:
        form.leave(row, f"type: {row.cell('type')}", _("it has fewer than two answers"))
        return None
    for written, value in codes.items():
        if str(value) != written and not _is_whole(written):
            form.leave(
                row, _("answer %(code)s") % {"code": written}, _renamed(str(value))
            )
    return Asked(replace(start, kind=kind, options=options), codes)


def _renamed(value: str) -> str:
    return _("in the data it is called “%(value)s”") % {"value": value}


def _usual_choice(row: Row, of: Type, names: set[str]) -> Kind:
    if of.base is Base.SEVERAL:
        return Kind.MULTIPLE
    if names == {"yes", "no"}:
        return Kind.YES_NO
    if "likert" in row.cell("appearance") and all(map(_is_whole, names)):
        return Kind.LABELLED_SCALE
    if len(names) > 50 and names <= {row["codes"] for row in country_rows()}:
        return Kind.COUNTRY
    return Kind.SINGLE


def _offered(form: Form, row: Row, of: Type) -> tuple[Choice, ...]:
    choices = form.lists.get(of.listed, ())
    try:
        return filtered(choices, row.cell("choice_filter"))
    except NotUnderstood as problem:
        why = _("%(why)s; every answer is offered") % {"why": problem}
        form.leave_cell(row, "choice_filter", why)
        return choices


def _is_whole(name: str) -> bool:
    return name.removeprefix("-").isdecimal() and name.isascii()


def _constrained(form: Form, row: Row, question: Question) -> Question:
    """With the bounds that the column `constraint` sets, as far as they can be."""
    least, most, rest = limits_in(row.cell("constraint"))
    if question.kind in (Kind.NUMBER, Kind.YEAR):
        low, high = question.at_least or 0, question.at_most or 0
        if high == LARGEST and max(least or 0, most or 0) > LARGEST:
            high = composing.LARGEST
        new_low = low if least is None else max(low, least)
        new_high = high if most is None else min(high, most)
        if new_low <= new_high:
            wanted = (least, most)
            question = replace(question, at_least=new_low, at_most=new_high)
            rest = rest or wanted != tuple(
                None if want is None else now
                for want, now in zip(wanted, (new_low, new_high), strict=True)
            )
        else:
            rest = True
    elif question.kind in LONGEST:
        most = most_signs_in(row.cell("constraint"))
        rest = most is None
        question = replace(question, longest=most or question.longest)
    elif question.kind is Kind.MULTIPLE:
        alone, rest = alone_in(row.cell("constraint"))
        options = tuple(
            replace(one, exclusive=str(one.value) in alone) for one in question.options
        )
        question = replace(question, options=options)
    elif question.kind is Kind.HOURS:
        rest = rest or (least, most) != (0, HOURS_OF_WEEK)
    else:
        rest = True
    if rest:
        form.leave_cell(row, "constraint", _("Trede checks only whole bounds"))
    return question


Asking = Callable[[Form, Row, Type, Question], Asked | None]
_ASKING: Mapping[Base, Asking] = {
    Base.TEXT: _ask_text,
    Base.SPOKEN: _ask_text,
    Base.INTEGER: _ask_number,
    Base.DECIMAL: _ask_as_text,
    Base.TIME: _ask_as_text,
    Base.FROM_FILE: _ask_as_text,
    Base.RANGE: _ask_range,
    Base.DATE: _ask_date,
    Base.ONE: _ask_choice,
    Base.SEVERAL: _ask_choice,
}
