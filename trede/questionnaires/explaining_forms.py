"""The sections at which the coach, or an interpreter, explained something."""

from collections.abc import Collection, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from trede.questionnaires.definition import Section


class ExplainedForm(forms.Form):
    sections = forms.MultipleChoiceField(
        label=_("Did you explain something? At which subjects?"),
        help_text=_("Nothing explained? Then choose nothing."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        sections: Sequence[Section],
        language: str,
        before: Collection[str],
    ) -> None:
        super().__init__(data, prefix="told", initial={"sections": list(before)})
        field = self.fields["sections"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(s.code, s.title.read_in(language)) for s in sections]

    def chosen(self) -> frozenset[str]:
        return frozenset(self.cleaned_data["sections"])
