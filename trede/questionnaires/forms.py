"""The shape of a question page, and of the coach's own parts.

A question is judged by `answering`, never by the widget: the screen accepts what paper
and an import accept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext

from trede.questionnaires.answering import (
    ACTIVITY,
    DATE_PARTS,
    NOT_TICKED,
    TICKED,
    Answer,
    Unclear,
    read_answer,
)
from trede.questionnaires.calendar_words import day_names, month_names
from trede.questionnaires.definition import Kind, Part, Question
from trede.questionnaires.week import DAYS, MOST

# Said when another language is chosen: no browser lets sound be put back in a page.
SOUND_NOT_SENT = _(
    "What you recorded was not sent, so it is not kept. Record it again."
)
TYPED = frozenset({Kind.NUMBER, Kind.YEAR})
_NUMERIC = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 9}


@dataclass(frozen=True)
class Day:
    """One day in the picture of a week."""

    id: str
    name: str
    hours: str


@dataclass(frozen=True)
class DateParts:
    """A date in its three fields."""

    day: str
    month: str
    year: str


class CountrySelect(forms.Select):
    """A list that one can also search, by the Dutch name too."""

    def __init__(self, question: Question, language: str) -> None:
        self.dutch = {str(o.value): o.text.read_in("nl") for o in question.options}
        choices = [("", _("Choose a country")), *_choices(question, language)]
        super().__init__(choices=choices, attrs={"data-search": True})

    def create_option(self, *args: Any, **more: Any) -> dict[str, Any]:
        option = super().create_option(*args, **more)
        dutch = self.dutch.get(str(option["value"]), "")
        if dutch not in ("", option["label"]):
            option["attrs"]["data-dutch"] = dutch
        return option


class Boxes(forms.CheckboxSelectMultiple):
    """Boxes to tick, of which some take the tick off all others (`js/question.js`)."""

    def __init__(self, question: Question, language: str) -> None:
        self.exclusive = question.exclusive
        super().__init__(choices=list(_choices(question, language)))

    def create_option(self, *args: Any, **more: Any) -> dict[str, Any]:
        option = super().create_option(*args, **more)
        if option["value"] in self.exclusive:
            option["attrs"]["data-exclusive"] = True
        return option


class QuestionForm(forms.Form):
    """One question for the person, in a language."""

    use_required_attribute = False

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        question: Question,
        language: str,
        on: date,
        answer: Answer | None = None,
        refused: str = "",
        judged: bool = True,
    ) -> None:
        self.question, self.on = question, on
        # Not what stands on a page that was not sent as an answer.
        self.judged = judged
        # What is wrong with the sound that was sent along.
        self.refused = refused
        self.spoken_before = answer is not None and answer.spoken is not None
        self.answer: Answer | None = None
        self.detail = answer.detail if answer else ""
        # A sum that was typed from paper stays, unless days are chosen instead.
        sum_of_paper = "" if self.detail else "hours"
        initial = initial_of(question, answer, "value", sum_of_paper)
        super().__init__(data, initial=initial, auto_id="a_%s")
        self.fields["value"] = field_of(question, language)
        self.fields["value"].widget.attrs["aria-describedby"] = "hint"
        if question.kind is Kind.HOURS:
            self.fields["hours"] = forms.Field(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        if self.refused:
            self.add_error("value", self.refused)
            return self.cleaned_data
        if not self.judged:
            return self.cleaned_data
        submitted = _submitted(self, "missing", "day", *DATE_PARTS)
        read = read_answer(self.question, submitted, on=self.on)
        if isinstance(read, Unclear):
            self.add_error("value", read.message)
        else:
            self.answer = read
        return self.cleaned_data

    def days(self) -> Iterable[Day]:
        """The week as it stands there: as sent, or as it was answered before."""
        given = _values(self, "day") if self.is_bound else self.detail.split()
        hours = [*given, *["0"] * DAYS]
        for place, name in enumerate(day_names()):
            yield Day(f"a_day_{place}", name, hours[place])

    def date_parts(self) -> DateParts:
        if self.is_bound:
            found = [_values(self, name)[-1:] for name in DATE_PARTS]
            return DateParts(*(value[0] if value else "" for value in found))
        year, month, day = (str(self["value"].value() or "--")).split("-")
        return DateParts(day.lstrip("0"), month.lstrip("0"), year)

    def months(self) -> Iterable[tuple[str, str]]:
        return [(str(n), name) for n, name in enumerate(month_names(), 1)]

    def takes_away(self) -> bool:
        return bool(_values(self, "spoken_away"))

    def hours_before(self) -> str:
        hours = self["hours"].value()
        return pgettext("activity", "Yes, %(n)s hours a week") % {"n": hours}

    def hours_of_a_day(self) -> Iterable[tuple[str, str]]:
        for n in range(MOST + 1):
            yield str(n), ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}


class PartForm(forms.Form):
    """The few questions of the coach's own part, on one page."""

    use_required_attribute = False

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        part: Part,
        language: str,
        on: date,
        answers: Mapping[str, Answer],
    ) -> None:
        self.part, self.on = part, on
        self.answers: dict[str, Answer] = {}
        initial: dict[str, object] = {}
        for question in part.questions:
            answer = answers.get(question.code)
            initial |= initial_of(question, answer, question.code, "")
        super().__init__(data, initial=initial)
        for question in part.questions:
            field = field_of(question, language)
            field.required = not question.optional
            field.help_text = question.hint.read_in(language) if question.hint else ""
            self.fields[question.code] = field

    def clean(self) -> dict[str, object]:
        for question in self.part.questions:
            if question.code in self.errors:
                continue
            submitted = {"value": _values(self, question.code)}
            read = read_answer(question, submitted, on=self.on)
            if isinstance(read, Unclear):
                self.add_error(question.code, read.message)
            else:
                self.answers[question.code] = read
        return self.cleaned_data


def field_of(question: Question, language: str) -> forms.Field:
    """A field that takes anything: what it holds is judged by the question."""
    label = question.text.read_in(language)
    return forms.Field(label=label, required=False, widget=_widget(question, language))


def hours_field() -> forms.Field:
    # A number of a week is short, and typed: a wheel of numbers is hard to turn.
    return forms.Field(
        label=_("About how many hours a week?"),
        required=False,
        widget=forms.TextInput(attrs={**_NUMERIC, "maxlength": 3}),
    )


def initial_of(
    question: Question, answer: Answer | None, value: str, hours: str
) -> dict[str, object]:
    if answer is None or answer.value is None:
        return {}
    if question.kind is Kind.MULTIPLE:
        return {value: answer.stored.split()}
    if question.kind is Kind.HOURS and answer.value != NOT_TICKED:
        return {value: TICKED, hours: answer.stored}
    return {value: answer.stored}


def _widget(question: Question, language: str) -> forms.Widget:
    kind = question.kind
    if kind is Kind.LONG_TEXT:
        return forms.Textarea(attrs={"rows": 5, "maxlength": question.longest})
    if kind is Kind.TEXT:
        return forms.TextInput(
            attrs={"autocomplete": "off", "maxlength": question.longest}
        )
    if kind in TYPED:
        return forms.TextInput(attrs=dict(_NUMERIC))
    if kind is Kind.DATE:
        # On one line, as on paper; the person's own page has three fields instead.
        return forms.TextInput(attrs={"autocomplete": "off", "maxlength": 10})
    if kind is Kind.COUNTRY:
        return CountrySelect(question, language)
    if kind is Kind.MULTIPLE:
        return Boxes(question, language)
    return forms.RadioSelect(choices=list(_choices(question, language)))


def _choices(question: Question, language: str) -> Iterable[tuple[str, object]]:
    if question.kind is Kind.SCALE_0_10:
        least, most = question.at_least or 0, question.at_most or 10
        return [(str(number), str(number)) for number in range(least, most + 1)]
    if question.kind is Kind.HOURS:
        return list(ACTIVITY.items())
    return [
        (str(option.value), option.text.read_in(language))
        for option in question.options
    ]


def _submitted(form: forms.Form, *more: str) -> dict[str, list[str]]:
    return {name: _values(form, name) for name in ("value", "hours", *more)}


def _values(form: forms.Form, name: str) -> list[str]:
    return form.data.getlist(name) if isinstance(form.data, QueryDict) else []
