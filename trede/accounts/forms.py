"""The shape of what is typed: signing in, one's account, staff and teams."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.employing import Details
from trede.accounts.models import Municipality, Role, Staff, Team
from trede.accounts.trail_acts import ACTIONS
from trede.accounts.trail_words import KINDS


class SignIn(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class Code(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text"}
        ),
    )


class PresentPassword(forms.Form):
    password = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPassword(forms.Form):
    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("New password"),
        help_text=_("At least twelve characters. Three or four words are fine."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class Colleague(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    telephone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("No team"),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        municipality: Municipality,
        staff: Staff | None = None,
    ) -> None:
        initial = (
            {key: getattr(staff, key) for key in ("name", "email", "telephone", "team")}
            if staff
            else None
        )
        super().__init__(data, initial=initial)
        teams = self.fields["team"]
        if isinstance(teams, forms.ModelChoiceField):
            teams.queryset = municipality.teams.order_by("name")

    def details(self) -> Details:
        return Details(
            name=self.cleaned_data["name"],
            email=self.cleaned_data["email"],
            telephone=self.cleaned_data["telephone"],
            team=self.cleaned_data["team"],
        )


class NewColleague(Colleague):
    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        coerce=Role,
        widget=forms.CheckboxSelectMultiple,
    )


class OneRole(forms.Form):
    role = forms.TypedChoiceField(label=_("Role"), choices=Role.choices, coerce=Role)


class TeamName(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=80)


class HouseRules(forms.Form):
    help_telephone = forms.CharField(
        label=_("Help telephone"),
        help_text=_("Stands on every page, for staff and participants."),
        max_length=20,
    )
    second_step_roles = forms.TypedMultipleChoiceField(
        label=_("Roles that need a second step at sign-in"),
        choices=Role.choices,
        coerce=Role,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class TrailSearch(forms.Form):
    """What the privacy officer looks for; everything may be left open."""

    person = forms.CharField(
        label=_("Person"),
        help_text=_("Number of the person, or BSN."),
        max_length=20,
        required=False,
    )
    staff = forms.ModelChoiceField(
        label=_("Member of staff"),
        queryset=Staff.objects.none(),
        required=False,
        empty_label=_("Everybody"),
    )
    from_on = forms.DateField(
        label=pgettext_lazy("period", "From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until_on = forms.DateField(
        label=pgettext_lazy("period", "Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Everything")), *KINDS.items()],
        required=False,
    )
    action = forms.ChoiceField(label=_("Action"), required=False)

    def __init__(self, data: QueryDict, *, municipality: Municipality) -> None:
        super().__init__(data)
        staff, action = self.fields["staff"], self.fields["action"]
        if isinstance(staff, forms.ModelChoiceField):
            staff.queryset = municipality.staff.order_by("name")
        if isinstance(action, forms.ChoiceField):
            words = sorted((str(said), code) for code, said in ACTIONS.items())
            action.choices = [
                ("", _("Every action")),
                *((code, said) for said, code in words),
            ]

    def clean(self) -> None:
        first, last = (
            self.cleaned_data.get("from_on"),
            self.cleaned_data.get("until_on"),
        )
        if first and last and last < first:
            self.add_error("until_on", _("This day is before the first day."))
