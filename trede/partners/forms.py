"""The shape of what is typed about partners, and about a person with a partner."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.partners.directory import LONGEST_REMARK
from trede.partners.models import (
    ActivityPlace,
    ContactPerson,
    OnwardReferral,
    OnwardStep,
    Organisation,
    Placement,
    PlacementMoment,
    Professional,
)
from trede.partners.referring_onward import LONGEST
from trede.people.forms import languages
from trede.pilots.rules import Scheme
from trede.trajectories.forms import a_day

Pairs = Iterable[tuple[str, Any]]
TELEPHONE = forms.TextInput(attrs={"type": "tel"})


def _options(choices: Pairs, empty: Any = None) -> list[tuple[str, Any]]:
    first = [("", empty)] if empty is not None else []
    return [*first, *((code, capfirst(label)) for code, label in choices)]


def _line(label: Any, most: int, *, required: bool = False, **more: Any) -> Any:
    return forms.CharField(label=label, max_length=most, required=required, **more)


def _words(label: Any, *, required: bool = False, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _hours(label: Any, *, required: bool) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal(0),
        max_value=Decimal(60),
        max_digits=4,
        decimal_places=1,
        localize=True,
    )


class Telephone(forms.CharField):
    """As it is written there: a help desk may have a short number."""

    def __init__(self, **more: Any) -> None:
        told = {"label": _("Telephone"), "required": False, "max_length": 20}
        super().__init__(widget=TELEPHONE, **{**told, **more})

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        digits = [sign for sign in typed if sign.isdigit()]
        if typed and (len(digits) < 3 or set(typed) - set("0123456789+-() ")):
            raise ValidationError(
                _("This is not a telephone number. Check the digits.")
            )
        return typed


class OrganisationForm(forms.Form):
    name = _line(_("Name"), 120, required=True)
    kind = forms.ChoiceField(label=_("Kind of partner"))
    about = _line(_("What they do, in a sentence"), 300)
    quarter = forms.ChoiceField(label=_("Quarter"), required=False)
    address = _line(_("Address"), 160)
    access = _line(
        _("How one gets in"), 200, help_text=_("As in: bus 5, lift, no doorstep.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that are spoken there"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    telephone = Telephone()
    email = forms.EmailField(label=_("E-mail address"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        quarters: dict[str, str],
        organisation: Organisation | None = None,
    ) -> None:
        initial = {
            name: getattr(organisation, name)
            for name in self.base_fields
            if organisation
        }
        super().__init__(data, initial=initial)
        for name, choices in (
            ("kind", _options(Organisation.Kind.choices, _("Choose a kind"))),
            ("quarter", _options(quarters.items(), _("Whole town, or unknown"))),
            ("languages", [one for one in languages() if one[0]]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def facts(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "edition"
        }


class ContactForm(forms.Form):
    name = _line(_("Name"), 120, required=True)
    role = _line(
        _("What they do there"), 120, help_text=_("As in: volunteer coordinator.")
    )
    telephone = Telephone()
    email = forms.EmailField(label=_("E-mail address"), required=False)
    out_of_use_on = a_day(_("No longer works there since"), required=False)

    def __init__(self, data: Any = None, *, contact: ContactPerson | None) -> None:
        initial = {name: getattr(contact, name) for name in self.base_fields if contact}
        super().__init__(data, initial=initial)
        if contact is None:
            del self.fields["out_of_use_on"]


class PlaceForm(forms.Form):
    what = _line(
        _("What one can do"), 120, required=True, help_text=_("As in: cycling lesson.")
    )
    activity_type = forms.ChoiceField(label=_("Kind of provision"), required=False)
    for_whom = _line(_("For whom"), 200)
    days = _line(_("Days and times"), 200)
    language = forms.ChoiceField(label=_("Language"), required=False)
    capacity = forms.IntegerField(
        label=_("Room for how many people"), required=False, min_value=0, max_value=999
    )
    out_of_use_on = a_day(_("Not there any more since"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        place: ActivityPlace | None,
        types: list[tuple[str, str]],
    ) -> None:
        kept = [name for name in self.base_fields if name != "capacity"]
        initial = {name: getattr(place, name) for name in kept if place}
        last = place.capacities.last() if place else None
        initial["capacity"] = last.number if last else None
        super().__init__(data, initial=initial)
        if place is None:
            del self.fields["out_of_use_on"]
        for name, choices in (
            ("activity_type", [("", _("Not known")), *types]),
            ("language", languages()),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def facts(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "capacity"
        }


class RemarkForm(forms.Form):
    text = forms.CharField(
        label=_("For yourself"),
        help_text=_(
            "Only you read this. Write nothing here about participants: that belongs"
            " in their file."
        ),
        max_length=LONGEST_REMARK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DayForm(forms.Form):
    on = a_day(_("From"))


class ProposalForm(forms.Form):
    """A button: a place, or an organisation as a whole."""

    organisation = forms.IntegerField(min_value=1)
    place = forms.IntegerField(min_value=1, required=False)


class MoveForm(forms.Form):
    """The next step; what is asked depends on which one."""

    state = forms.CharField(widget=forms.HiddenInput, max_length=12)
    on = a_day(_("Day"))
    reason = forms.ChoiceField(
        label=_("Why not"),
        choices=_options(OnwardStep.Reason.choices),
        widget=forms.RadioSelect,
    )
    went_along = forms.ChoiceField(
        label=_("Who went along the first time"),
        choices=_options(OnwardReferral.WentAlong.choices),
        widget=forms.RadioSelect,
        required=False,
    )
    words = _words(_("Note"), help_text=_("Only what the guidance needs."))

    def __init__(self, data: Any = None, *, state: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.initial["state"] = state
        if state != OnwardReferral.State.NOT_STARTED:
            del self.fields["reason"]
        if state != OnwardReferral.State.STARTED:
            del self.fields["went_along"]


class FeedbackForm(forms.Form):
    on = a_day(_("Day"))
    words = _words(
        _("What the partner tells"),
        required=True,
        help_text=_("Only what the guidance needs."),
    )


class PlacementForm(forms.Form):
    started_on = a_day(_("First day"))
    hours = _hours(_("Hours a week"), required=True)
    wished_hours = _hours(_("Hours a week that the person would like"), required=False)
    trial_until_on = a_day(
        _("Trial period until"),
        required=False,
        help_text=_("You are reminded of looking back together."),
    )
    compensation = _line(
        _("Compensation"), 120, help_text=_("As in: travel costs, € 2 an hour.")
    )
    went_along = MoveForm.base_fields["went_along"]


class ReviewForm(forms.Form):
    on = a_day(_("Day"))
    contact = forms.ModelChoiceField(
        label=_("With whom"),
        queryset=ContactPerson.objects.none(),
        required=False,
        empty_label=_("Somebody else, or nobody"),
    )
    outcome = forms.ChoiceField(
        label=_("What was decided"),
        choices=_options(PlacementMoment.Outcome.choices),
        widget=forms.RadioSelect,
    )
    trial_until_on = a_day(
        _("New trial period until"),
        required=False,
        help_text=_("Only for a longer trial period."),
    )
    words = _words(_("Note"), help_text=_("What went well, and what should change."))

    def __init__(self, data: Any = None, *, organisation: Organisation, **more: Any):
        super().__init__(data, **more)
        field = self.fields["contact"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = organisation.contacts.filter(out_of_use_on=None)


class HoursForm(forms.Form):
    on = a_day(_("From"))
    hours = _hours(_("Hours a week"), required=True)
    wished_hours = _hours(_("Hours a week that the person would like"), required=False)


class AgreementForm(forms.Form):
    on = a_day(_("Signed on"))
    compensation = _line(
        _("Compensation"), 120, help_text=_("As in: travel costs, € 2 an hour.")
    )


class IncidentForm(forms.Form):
    on = a_day(_("Day"))
    words = _words(_("What happened, and what was agreed"), required=True)


class EndForm(forms.Form):
    on = a_day(_("Last day"))
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=_options(Placement.EndReason.choices),
        widget=forms.RadioSelect,
    )
    words = _words(_("Note"), help_text=_("Only what the guidance needs."))


STANDS = (
    ("knew", pgettext_lazy("scheme", "Knows of it")),
    ("uses", pgettext_lazy("scheme", "Uses it")),
    ("wants", pgettext_lazy("scheme", "Would like it")),
    ("applied", pgettext_lazy("scheme", "Applied for it")),
)


class SchemesForm(forms.Form):
    """For each scheme of the pilot what is so today."""

    def __init__(
        self,
        data: Any = None,
        *,
        schemes: Iterable[Scheme],
        known: dict[str, list[str]],
    ) -> None:
        super().__init__(data)
        self.codes = [one.code for one in schemes]
        for one in schemes:
            self.fields[one.code] = forms.MultipleChoiceField(
                label=one.label,
                help_text=one.explanation,
                choices=STANDS,
                required=False,
                initial=known.get(one.code, []),
                widget=forms.CheckboxSelectMultiple,
            )

    def found(self) -> dict[str, list[str]]:
        return {code: self.cleaned_data[code] for code in self.codes}


class ProfessionalForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What they do"), choices=_options(Professional.Kind.choices)
    )
    name = _line(_("Name, or organisation"), 120, required=True)
    telephone = Telephone()


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, one partner a row. Nothing is read in yet."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )


class ColumnsForm(forms.Form):
    """For each column of the file the field that it becomes, or none."""

    def __init__(
        self,
        data: Any = None,
        *,
        header: list[str],
        columns: list[str],
        fields: dict[str, Any],
    ) -> None:
        super().__init__(data)
        choices = [("", _("Do not keep")), *fields.items()]
        for place, name in enumerate(header):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=name,
                choices=choices,
                required=False,
                initial=columns[place],
            )

    def clean(self) -> None:
        chosen = [value for value in self.cleaned_data.values() if value]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(
                _("One field is chosen for two columns. Choose one of them.")
            )

    def columns(self) -> list[str]:
        return [
            self.cleaned_data[f"column_{place}"] for place in range(len(self.fields))
        ]
