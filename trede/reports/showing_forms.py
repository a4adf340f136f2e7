"""What a researcher fills in to have a hidden figure shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trede.reports.showing import LONGEST


class WhyForm(forms.Form):
    why = forms.CharField(
        label=_("Why must this figure be known?"),
        help_text=_("It will stand in the report, with the day and without a name."),
        # The rule says it in words of its own.
        max_length=LONGEST * 2,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
