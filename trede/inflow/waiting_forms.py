"""The shape of what is typed on the waiting list and about a candidate there."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trede.contact.forms import DATE, Once
from trede.contact.models import Outcome
from trede.contact.recording import LONGEST_NOTE
from trede.inflow.selecting import HIGHEST, LONGEST_REASON, LOWEST


class CallTap(Once):
    """One tap on a line of the list."""

    outcome = forms.ChoiceField(choices=Outcome.choices)
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)
    seen_until = forms.DateTimeField(required=False)


class Why(forms.Form):
    """A reason from the pilot file."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        if isinstance(reason, forms.ChoiceField):
            reason.choices = list(reasons.items())


class WhyWithRemark(Why):
    remark = forms.CharField(
        label=_("Remark"),
        help_text=_("Only what a colleague must know."),
        max_length=LONGEST_REASON,
        required=False,
    )


class Rest(Why):
    until = forms.DateField(label=_("Until"), widget=DATE)

    field_order = ("until", "reason")


class Selection(forms.Form):
    reason = forms.CharField(
        label=_("Why do you choose this person?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    motivation = forms.TypedChoiceField(
        label=_("How motivated does this person seem to you?"),
        choices=[
            ("", _("I cannot tell")),
            *((number, str(number)) for number in range(LOWEST, HIGHEST + 1)),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("1 is hardly, 5 is very. The study corrects for it."),
    )


class SentOn(forms.Form):
    on = forms.DateField(label=_("Posted on"), widget=DATE)
