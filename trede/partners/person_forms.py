"""The shape of what is typed about a person with a partner."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.partners.forms import Telephone, a_line, options
from trede.partners.models import (
    ContactPerson,
    OnwardReferral,
    OnwardStep,
    Organisation,
    Placement,
    PlacementMoment,
    Professional,
)
from trede.partners.referring_onward import LONGEST
from trede.pilots.rules import Scheme
from trede.trajectories.forms import a_day


def some_words(label: Any, *, required: bool = False, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def some_hours(label: Any, *, required: bool) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=Decimal(0),
        max_value=Decimal(60),
        max_digits=4,
        decimal_places=1,
        localize=True,
    )


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
        choices=options(OnwardStep.Reason.choices),
        widget=forms.RadioSelect,
    )
    went_along = forms.ChoiceField(
        label=_("Who went along the first time"),
        choices=options(OnwardReferral.WentAlong.choices),
        widget=forms.RadioSelect,
        required=False,
    )
    words = some_words(_("Note"), help_text=_("Only what the guidance needs."))

    def __init__(self, data: Any = None, *, state: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.initial["state"] = state
        if state != OnwardReferral.State.NOT_STARTED:
            del self.fields["reason"]
        if state != OnwardReferral.State.STARTED:
            del self.fields["went_along"]


class FeedbackForm(forms.Form):
    on = a_day(_("Day"))
    words = some_words(
        _("What the partner tells"),
        required=True,
        help_text=_("Only what the guidance needs."),
    )


class PlacementForm(forms.Form):
    started_on = a_day(_("First day"))
    hours = some_hours(_("Hours a week"), required=True)
    wished_hours = some_hours(
        _("Hours a week that the person would like"), required=False
    )
    trial_until_on = a_day(
        _("Trial period until"),
        required=False,
        help_text=_("You are reminded of looking back together."),
    )
    compensation = a_line(
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
        choices=options(PlacementMoment.Outcome.choices),
        widget=forms.RadioSelect,
    )
    trial_until_on = a_day(
        _("New trial period until"),
        required=False,
        help_text=_("Only for a longer trial period."),
    )
    words = some_words(
        _("Note"), help_text=_("What went well, and what should change.")
    )

    def __init__(self, data: Any = None, *, organisation: Organisation, **more: Any):
        super().__init__(data, **more)
        field = self.fields["contact"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = organisation.contacts.filter(out_of_use_on=None)


class HoursForm(forms.Form):
    on = a_day(_("From"))
    hours = some_hours(_("Hours a week"), required=True)
    wished_hours = some_hours(
        _("Hours a week that the person would like"), required=False
    )


class AgreementForm(forms.Form):
    on = a_day(_("Signed on"))
    compensation = a_line(
        _("Compensation"), 120, help_text=_("As in: travel costs, € 2 an hour.")
    )


class IncidentForm(forms.Form):
    on = a_day(_("Day"))
    words = some_words(_("What happened, and what was agreed"), required=True)


class EndForm(forms.Form):
    on = a_day(_("Last day"))
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=options(Placement.EndReason.choices),
        widget=forms.RadioSelect,
    )
    words = some_words(_("Note"), help_text=_("Only what the guidance needs."))


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
        label=_("What they do"), choices=options(Professional.Kind.choices)
    )
    name = a_line(_("Name, or organisation"), 120, required=True)
    telephone = Telephone()
