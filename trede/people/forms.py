"""The shape of what is typed about a person."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from trede.countries import country_called, country_name, country_names
from trede.formats.telephone import telephone_shown
from trede.people import notes
from trede.people.details import (
    FIELDS,
    from_dutch_order,
    in_dutch_order,
)
from trede.people.models import Person, Purpose
from trede.people.registering import STALE, Stale
from trede.pilots.models import Pilot

SPOKEN = (
    "nl",
    "ar",
    "ti",
    "tr",
    "so",
    "fa",
    "prs",
    "ckb",
    "en",
    "fr",
    "es",
    "pl",
    "uk",
)


def languages() -> list[tuple[str, str]]:
    known = [(code, get_language_info(code)["name_translated"]) for code in SPOKEN]
    return [("", str(_("Unknown"))), *sorted(known, key=lambda pair: pair[1])]


class SearchList(forms.TextInput):
    """A text field that shows what fits what was typed so far."""

    template_name = "people/search_list.html"

    def __init__(self, *, options: Callable[[], Iterable[str]]) -> None:
        super().__init__()
        self.options = options

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["list_id"] = f"{name}-list"
        context["widget"]["attrs"]["list"] = context["list_id"]
        return {**context, "options": self.options()}


class PersonForm(forms.Form):
    """Each field also carries what it showed, so that only what somebody really typed
    is saved over what a colleague saved meanwhile."""

    given_names = forms.CharField(label=_("Given names"), required=False)
    name_prefix = forms.CharField(
        label=_("Prefix of the surname"), help_text=_("As in: van der"), required=False
    )
    surname = forms.CharField(label=_("Surname"))
    birth_date = forms.CharField(
        label=_("Birth date"),
        help_text=_("As in: 31-12-1975. Unknown day or month: 00."),
        required=False,
    )
    sex = forms.ChoiceField(
        label=pgettext_lazy("person", "Sex"), choices=Person.Sex.choices
    )
    bsn = forms.CharField(label=_("BSN"), required=False)
    telephone = forms.CharField(
        label=_("Telephone"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        widget=forms.TextInput(attrs={"type": "email"}),
    )
    street = forms.CharField(label=_("Street"), required=False)
    house_number = forms.CharField(label=_("House number"), required=False)
    postcode = forms.CharField(label=_("Postcode"), required=False)
    town = forms.CharField(label=_("Town"), required=False)
    quarter = forms.CharField(label=_("Quarter"), required=False)
    birth_country = forms.CharField(
        label=_("Country of birth"),
        help_text=_("Type the first letters and choose from the list."),
        required=False,
        widget=SearchList(options=country_names),
    )
    language = forms.ChoiceField(
        label=_("Language that the person speaks best"),
        choices=languages,
        required=False,
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, person: Person) -> None:
        initial: dict[str, Any] = {name: getattr(person, name) for name in FIELDS}
        initial["birth_date"] = in_dutch_order(person.birth_date)
        initial["birth_country"] = country_name(person.birth_country)
        initial["telephone"] = telephone_shown(person.telephone)
        initial["edition"] = person.edition
        super().__init__(data, initial=initial)
        for name in FIELDS:
            self.fields[name].show_hidden_initial = True
            self.fields[name].widget.attrs.setdefault("autocomplete", "off")
        self._keep_other_language(person.language)

    def _keep_other_language(self, code: str) -> None:
        """A list may name a language that is not in ours; saving must not lose it."""
        field = self.fields["language"]
        if code and code not in SPOKEN and isinstance(field, forms.ChoiceField):
            field.choices = [*languages(), (code, code)]

    def clean_birth_date(self) -> str:
        return from_dutch_order(self.cleaned_data["birth_date"])

    def clean_birth_country(self) -> str:
        typed = self.cleaned_data["birth_country"]
        code = country_called(typed) if typed else ""
        if code is None and "birth_country" in self.changed_data:
            raise forms.ValidationError(
                _("Trede does not know this country. Choose one from the list.")
            )
        return code or ""

    def changes(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name != "edition"]

    def begin_again_from(self, stale: Stale) -> None:
        """What was typed stays; saving again is a choice made with both in view."""
        self.add_error(None, str(STALE))
        typed = {name: self.data[name] for name in self.data}
        self.data = typed | {"edition": str(stale.edition)}


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=notes.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class CorrectionForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        max_length=notes.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ChosenPerson(forms.Form):
    """Another person, by number, from a list that was shown."""

    other = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class MergeForm(ChosenPerson):
    reason = forms.CharField(
        label=_("How do you know that this is one person?"), max_length=300
    )


class WithdrawForm(forms.Form):
    purpose = forms.TypedChoiceField(choices=Purpose.choices, coerce=Purpose)
    pilot = forms.ModelChoiceField(queryset=Pilot.objects.none())

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pilot = self.fields["pilot"]
        if isinstance(pilot, forms.ModelChoiceField):
            decided = person.consents.values("pilot")
            pilot.queryset = Pilot.objects.filter(pk__in=decided)


class EraseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why these data are erased"),
        help_text=_("As in: the person asked for it on 3 March. No name, please."),
        max_length=300,
    )
    sure = forms.BooleanField(
        label=_("I have made sure who asked for this, and that nothing must be kept.")
    )
