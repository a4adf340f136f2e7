"""What a coach brings along: written down by the coach, or by who leads or employs."""

from collections.abc import Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.accounts.models import Municipality, Staff
from trede.accounts.visibility import fetch
from trede.trajectories.caseload import profile_of
from trede.trajectories.models import CoachProfile
from trede.trajectories.profile import SPOKEN, note_profile, quarters_of
from trede.trajectories.views.absence import Oneself
from trede.trajectories.views.acting import did, done


class ProfileForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages beside Dutch in which the coach can guide"),
        choices=list(SPOKEN.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quarters = forms.MultipleChoiceField(
        label=_("Own quarters"), required=False, widget=forms.CheckboxSelectMultiple
    )
    manners = forms.MultipleChoiceField(
        label=_("Manner of guiding"),
        choices=[(one, capfirst(one.label)) for one in CoachProfile.Manner],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        data: Mapping[str, object] | None,
        *,
        profile: CoachProfile,
        municipality: Municipality,
    ) -> None:
        initial = {key: getattr(profile, key) for key in self.base_fields}
        super().__init__(data, initial=initial)
        known = quarters_of(municipality)
        field = self.fields["quarters"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(known.items())
        if not known:
            del self.fields["quarters"]


def profile(request: StaffRequest, staff_id: int) -> HttpResponse:
    staff = fetch(request, Oneself(Staff), staff_id)
    form = ProfileForm(
        request.POST or None,
        profile=profile_of(staff),
        municipality=staff.municipality,
    )
    if did(
        request,
        form,
        lambda: note_profile(
            staff=staff,
            **{"quarters": [], **form.cleaned_data},
            by=request.actor,
            at=request.at,
        ),
    ):
        return done(request, gettext("Noted."), reverse("desk:home"))
    context = {"staff": staff, "form": form, "oneself": staff == request.user}
    return render(request, "trajectories/profile.html", context)
