"""The shape of a referral: few questions, on one page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trede.accounts.acting import Actor
from trede.contact.forms import Once
from trede.inflow.referring import GUIDES, LONGEST_REASON, ways_in
from trede.people.details import PersonDetails
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot


class ReferralForm(Once):
    given_names = forms.CharField(label=_("First name"), max_length=200, required=False)
    surname = forms.CharField(label=_("Surname"), max_length=200)
    birth_date = forms.DateField(
        label=_("Birth date"),
        help_text=_("As 31-12-1975."),
        required=False,
        widget=forms.DateInput(attrs={"autocomplete": "off"}),
    )
    bsn = forms.CharField(
        label=_("BSN"),
        help_text=_("If you have it: then nobody is registered twice."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    channel = forms.ChoiceField(label=_("How they come in"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why do you think of this person?"),
        help_text=_("In a few words. The person may read this."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    referrer_name = forms.CharField(
        label=_("Who referred"),
        help_text=_("Name and organisation, if it was somebody from outside."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, pilot: Pilot, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = ways_in(rules_of(pilot), by)
        self.choose("channel", [(one.code, one.label) for one in ways])
        if not (by.staff and by.staff.roles & GUIDES):
            del self.fields["referrer_name"]

    def details(self) -> PersonDetails:
        data = self.cleaned_data
        born = data["birth_date"]
        return PersonDetails(
            surname=data["surname"],
            given_names=data["given_names"],
            birth_date=born.isoformat() if born else "",
            bsn=data["bsn"],
            telephone=data["telephone"],
        )
