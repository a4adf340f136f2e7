"""The shape of what is typed about partners."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trede.partners.directory import LONGEST_REMARK
from trede.partners.models import (
    ActivityPlace,
    ContactPerson,
    Organisation,
)
from trede.people.forms import languages
from trede.trajectories.forms import a_day

Pairs = Iterable[tuple[str, Any]]
TELEPHONE = forms.TextInput(attrs={"type": "tel"})


def options(choices: Pairs, empty: Any = None) -> list[tuple[str, Any]]:
    first = [("", empty)] if empty is not None else []
    return [*first, *((code, capfirst(label)) for code, label in choices)]


def a_line(label: Any, most: int, *, required: bool = False, **more: Any) -> Any:
    return forms.CharField(label=label, max_length=most, required=required, **more)


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
    name = a_line(_("Name"), 120, required=True)
    kind = forms.ChoiceField(label=_("Kind of partner"))
    about = a_line(_("What they do, in a sentence"), 300)
    quarter = forms.ChoiceField(label=_("Quarter"), required=False)
    address = a_line(_("Address"), 160)
    access = a_line(
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
            ("kind", options(Organisation.Kind.choices, _("Choose a kind"))),
            ("quarter", options(quarters.items(), _("Whole town, or unknown"))),
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


class OnlyWhatChanged(forms.Form):
    """Each field also carries what it showed, so that only what somebody really typed
    is kept over what a colleague kept meanwhile."""

    def __init__(self, data: Any, *, initial: dict[str, Any], anew: bool) -> None:
        super().__init__(data, initial=initial)
        if anew:
            del self.fields["out_of_use_on"]
        for field in self.fields.values():
            field.show_hidden_initial = not anew

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class ContactForm(OnlyWhatChanged):
    name = a_line(_("Name"), 120, required=True)
    role = a_line(
        _("What they do there"), 120, help_text=_("As in: volunteer coordinator.")
    )
    telephone = Telephone()
    email = forms.EmailField(label=_("E-mail address"), required=False)
    out_of_use_on = a_day(_("No longer works there since"), required=False)

    def __init__(self, data: Any = None, *, contact: ContactPerson | None) -> None:
        initial = {name: getattr(contact, name) for name in self.base_fields if contact}
        super().__init__(data, initial=initial, anew=contact is None)


class PlaceForm(OnlyWhatChanged):
    what = a_line(
        _("What one can do"), 120, required=True, help_text=_("As in: cycling lesson.")
    )
    activity_type = forms.ChoiceField(label=_("Kind of provision"), required=False)
    for_whom = a_line(_("For whom"), 200)
    days = a_line(_("Days and times"), 200)
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
        room: int | None,
        types: list[tuple[str, str]],
    ) -> None:
        """`room`: what is known of today."""
        kept = [name for name in self.base_fields if name != "capacity"]
        initial = {name: getattr(place, name) for name in kept if place}
        initial["capacity"] = room
        super().__init__(data, initial=initial, anew=place is None)
        for name, choices in (
            ("activity_type", [("", _("Not known")), *types]),
            ("language", languages()),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def facts(self) -> dict[str, Any]:
        return {k: said for k, said in super().facts().items() if k != "capacity"}

    def room(self) -> int | None:
        """As it is now, unless another number was typed."""
        changed = "capacity" in self.changed_data
        number: int | None = (self.cleaned_data if changed else self.initial)[
            "capacity"
        ]
        return number


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
