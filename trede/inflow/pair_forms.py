"""The shape of what is typed about a pair."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trede.inflow.models import Candidate


class PairForm(forms.Form):
    one = forms.ChoiceField(label=_("One of the two"))
    other = forms.ChoiceField(label=_("The other"))

    def __init__(
        self, *args: Any, candidates: Iterable[Candidate], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(each.pk): each for each in candidates}
        choices = [
            ("", _("Choose somebody")),
            *((key, each.person.full_name) for key, each in self.candidates.items()),
        ]
        for name in ("one", "other"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def both(self) -> dict[str, Candidate]:
        return {name: self.candidates[self.cleaned_data[name]] for name in self.fields}


class DissolveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
