"""The shape of a screening, an exception and new rules."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.inflow.models import CriterionOutcome
from trede.inflow.screening import Verdict
from trede.pilots.rules import Rules

Outcome = CriterionOutcome.Outcome
ANSWERS = (
    (Outcome.MET.value, pgettext_lazy("criterion", "yes")),
    (Outcome.NOT_MET.value, pgettext_lazy("criterion", "no")),
    (Outcome.UNKNOWN.value, pgettext_lazy("criterion", "unknown")),
)


class Screening(forms.Form):
    """One question for each criterion that the coach judges; some may stay open."""

    def __init__(self, data: QueryDict | None = None, *, verdict: Verdict) -> None:
        super().__init__(data)
        self.codes = []
        for line in verdict.lines:
            if line.criterion.judged == "list":
                continue
            self.codes.append(line.criterion.code)
            self.fields[line.criterion.code] = forms.ChoiceField(
                label=line.criterion.label,
                choices=ANSWERS,
                widget=forms.RadioSelect,
                required=False,
                initial=line.outcome.value if line.counts else "",
            )
        self.fields["remark"] = forms.CharField(
            label=_("Remark"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def outcomes(self) -> dict[str, CriterionOutcome.Outcome]:
        chosen = {code: self.cleaned_data[code] for code in self.codes}
        return {code: Outcome(one) for code, one in chosen.items() if one}


class AnException(forms.Form):
    criterion = forms.ChoiceField(label=_("Criterion"))
    outcome = forms.ChoiceField(
        label=_("What is true of this person?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
    )
    because = forms.ChoiceField(label=_("Reason"))
    explanation = forms.CharField(
        label=_("Explanation"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: QueryDict | None = None, *, rules: Rules) -> None:
        super().__init__(data)
        self.reasons = {one.code: one.label for one in rules.reasons.override}
        criterion = cast(forms.ChoiceField, self.fields["criterion"])
        criterion.choices = [(one.code, one.label) for one in rules.criteria]
        because = cast(forms.ChoiceField, self.fields["because"])
        because.choices = [("", _("Choose a reason")), *self.reasons.items()]

    def reason(self) -> str:
        label = self.reasons[self.cleaned_data["because"]]
        explanation: str = self.cleaned_data["explanation"].strip()
        return f"{label}. {explanation}" if explanation else f"{label}."


class NewRules(forms.Form):
    text = forms.CharField(
        label=_("The pilot's file"),
        help_text=_("Change the file here, or paste another one over it."),
        strip=False,
        max_length=400_000,
        widget=forms.Textarea(attrs={"class": "whole-file", "spellcheck": "false"}),
    )
    reason = forms.CharField(
        label=_("Why do the rules change?"), required=False, max_length=300
    )

    def __init__(self, data: QueryDict | None = None, *, text: str) -> None:
        super().__init__(data, initial={"text": text})
