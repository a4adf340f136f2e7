"""The shape of what is typed over from paper or the telephone: a section on a page.

Each question has its own answer and, beside it, the reasons why there is none; what was
left blank on the paper is said once for the page. `answering` judges every answer, as
it does when the person answers alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.accounts.models import Staff
from trede.questionnaires import routing
from trede.questionnaires.answering import (
    Answer,
    Missing,
    Unclear,
    offered,
    read_answer,
)
from trede.questionnaires.definition import Kind, Part, Question
from trede.questionnaires.forms import field_of, hours_field, initial_of
from trede.questionnaires.models import Sitting
from trede.questionnaires.paper_routing import numbers
from trede.questionnaires.typing_in import How

REASONS = {
    Missing.DONT_KNOW: pgettext_lazy("paper", "does not know"),
    Missing.REFUSED: pgettext_lazy("paper", "would rather not say"),
    Missing.SKIPPED: pgettext_lazy("paper", "left blank"),
}
MODES = [
    (mode.value, mode.label)
    for mode in (
        Sitting.Mode.PAPER,
        Sitting.Mode.TELEPHONE,
        Sitting.Mode.READ_ALOUD,
        Sitting.Mode.INTERPRETER,
    )
]


class HowForm(forms.Form):
    use_required_attribute = False
    mode = forms.ChoiceField(
        label=gettext_lazy("How did the person answer?"),
        choices=MODES,
        widget=forms.RadioSelect,
    )
    answered_on = forms.DateField(
        label=gettext_lazy("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language?"), widget=forms.RadioSelect
    )
    helped_by = forms.ChoiceField(
        label=gettext_lazy("Who helped?"),
        choices=Sitting.Helper.choices,
        widget=forms.RadioSelect,
    )
    own_coach_agreed = forms.BooleanField(
        label=gettext_lazy("The person agrees that I see these answers"),
        help_text=gettext_lazy(
            "You are this person's coach. Without this a colleague types them in."
        ),
        required=False,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: Mapping[str, object],
        languages: Sequence[tuple[str, str]],
        own_coach: bool,
    ) -> None:
        super().__init__(data, initial=dict(initial))
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = list(languages)
        if not own_coach:
            del self.fields["own_coach_agreed"]

    def how(self) -> How:
        found = self.cleaned_data
        return How(
            mode=Sitting.Mode(found["mode"]),
            language=found["language"],
            helped_by=Sitting.Helper(found["helped_by"]),
            answered_on=found["answered_on"],
            own_coach_agreed=found.get("own_coach_agreed", False),
        )


class AskForm(forms.Form):
    typist = forms.ChoiceField(
        label=gettext_lazy("Who types the answers in?"), widget=forms.RadioSelect
    )

    def __init__(
        self, data: QueryDict | None = None, *, typists: Sequence[Staff]
    ) -> None:
        super().__init__(data)
        self.typists = {str(one.pk): one for one in typists}
        typist = self.fields["typist"]
        if isinstance(typist, forms.ChoiceField):
            typist.choices = [(key, one.name) for key, one in self.typists.items()]

    def chosen(self) -> Staff:
        return self.typists[self.cleaned_data["typist"]]


@dataclass(frozen=True)
class Row:
    """One question on the page."""

    # As it stands on the form on paper.
    number: int
    question: Question
    value: BoundField
    hours: BoundField | None
    missing: BoundField | None
    explained: BoundField
    # Only asked after certain answers that stand on the same page.
    conditional: bool
    # The person, or somebody else, answered it: kept unless it is typed anew.
    answered_before: bool


class SectionForm(forms.Form):
    use_required_attribute = False
    rest_blank = forms.BooleanField(
        label=gettext_lazy("What is still empty here was left blank"), required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        part: Part,
        questions: Sequence[Question],
        language: str,
        on: date,
        shown: Mapping[str, Answer],
        there: Mapping[str, Answer],
        explained: Collection[str] = (),
    ) -> None:
        self.part, self.questions, self.on = part, questions, on
        self.shown, self.there = shown, there
        # What can be kept, also when another question has a mistake in it.
        self.answers: dict[str, Answer] = {}
        self.not_asked: list[Question] = []
        initial: dict[str, object] = {}
        for question in questions:
            initial |= _initial(question, shown.get(question.code))
            # Of an answer of somebody else one does not see either what went before.
            asked = question.code in shown and question.code in explained
            initial[f"{question.code}-explained"] = asked
        super().__init__(data, initial=initial)
        for question in questions:
            self._add(question, language)

    def _add(self, question: Question, language: str) -> None:
        code = question.code
        field = field_of(question, language)
        field.help_text = question.hint.read_in(language) if question.hint else ""
        if not field.widget.use_fieldset:
            field.widget.attrs["aria-label"] = str(field.label)
        self.fields[code] = field
        if question.kind is Kind.HOURS:
            self.fields[f"{code}-hours"] = hours_field()
        self.fields[f"{code}-explained"] = forms.BooleanField(
            label=_("explanation was asked"), required=False
        )
        reasons = [(one.value, REASONS[one]) for one in offered(question)]
        if reasons:
            self.fields[f"{code}-missing"] = forms.ChoiceField(
                label=pgettext_lazy("paper", "No answer"),
                choices=[("", "–"), *reasons],
                required=False,
            )

    def rows(self) -> Iterator[Row]:
        own = {question.code for question in self.questions}
        on_paper = numbers(self.part)
        for question in self.questions:
            code = question.code
            yield Row(
                on_paper[code],
                question,
                self[code],
                self[f"{code}-hours"] if f"{code}-hours" in self.fields else None,
                self[f"{code}-missing"] if f"{code}-missing" in self.fields else None,
                self[f"{code}-explained"],
                conditional=bool(question.looks_at & own),
                answered_before=code in self.there and code not in self.shown,
            )

    @property
    def explained(self) -> dict[str, bool]:
        """Whether explanation was asked, at each question that has an answer here."""
        return {
            code: bool(self.cleaned_data.get(f"{code}-explained"))
            for code in self.answers
        }

    def clean(self) -> dict[str, object]:
        read = {question.code: self._read(question) for question in self.questions}
        typed = {code: a for code, a in read.items() if isinstance(a, Answer)}
        asked = {q.code for q in routing.asked(self.part, {**self.there, **typed})}
        for question in self.questions:
            answer = read[question.code]
            if question.code not in asked:
                if answer is not None:
                    self.not_asked.append(question)
            elif isinstance(answer, Unclear):
                self.add_error(question.code, answer.message)
            elif answer is not None:
                self.answers[question.code] = answer
            elif question.code not in self.there or question.code in self.shown:
                self._empty(question)
        return self.cleaned_data

    def _empty(self, question: Question) -> None:
        """Nothing was typed: on paper that may mean that it was passed over."""
        if self.cleaned_data.get("rest_blank") and question.may_skip:
            self.answers[question.code] = Answer(missing=Missing.SKIPPED)
        else:
            self.add_error(
                question.code, _("Type the answer, or choose why there is none.")
            )

    def _read(self, question: Question) -> Answer | Unclear | None:
        """None when nothing was typed at this question."""
        code = question.code
        value, hours = self._typed(code), self._typed(f"{code}-hours")
        missing = self._typed(f"{code}-missing")
        if missing and (value or hours):
            return Unclear(_("There is an answer and a reason for none. Keep one."))
        if not (value or hours or missing):
            return None
        submitted = {"value": value, "hours": hours, "missing": missing}
        return read_answer(question, submitted, on=self.on)

    def _typed(self, name: str) -> list[str]:
        data = self.data
        given = data.getlist(name) if isinstance(data, QueryDict) else []
        return [one for one in given if one.strip()]


def _initial(question: Question, answer: Answer | None) -> dict[str, object]:
    code = question.code
    if answer is not None and answer.missing is not None:
        return {f"{code}-missing": answer.missing.value}
    return initial_of(question, answer, code, f"{code}-hours")
