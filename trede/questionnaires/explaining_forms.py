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
        # By place: no code of what the person is asked stands on a page of the coach.
        self.codes = {str(n): one.code for n, one in enumerate(sections, start=1)}
        ticked = [place for place, code in self.codes.items() if code in before]
        super().__init__(data, prefix="told", initial={"sections": ticked})
        field = self.fields["sections"]
        if isinstance(field, forms.MultipleChoiceField):
            titles = (one.title.read_in(language) for one in sections)
            field.choices = list(zip(self.codes, titles, strict=True))

    def chosen(self) -> frozenset[str]:
        return frozenset(self.codes[place] for place in self.cleaned_data["sections"])
