"""What is asked of the coordinator before many candidates take the same step."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.accounts.models import Staff
from trede.accounts.refusing import attempt
from trede.contact.forms import DATE
from trede.inflow import declining, resting
from trede.inflow.inviting import Address
from trede.inflow.models import SameStep
from trede.inflow.same_step import Step
from trede.pilots.loading import pilots_with, rules_of
from trede.pilots.models import Pilot, PilotFile
from trede.pilots.rules import Rules
from trede.together import Part, ask
from trede.trajectories.caseload import guides
from trede.trajectories.forms import coaches
from trede.trajectories.weighing import Caseload, caseloads

Kind = SameStep.Kind
REASONS: Mapping[Kind, Callable[[Rules], dict[str, str]]] = {
    Kind.REST: resting.reasons,
    Kind.DECLINE: declining.reasons_to_decline,
}


class SameStepForm(forms.Form):
    """Only the fields of the kind of step. A key is given to what was looked at."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: Kind, pilot: Pilot, request: StaffRequest, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        today = timezone.localdate(request.at)
        rules = rules_of(pilot, today)
        if kind is Kind.REST:
            self.fields["until"] = forms.DateField(
                label=_("Until"),
                widget=DATE,
                initial=resting.rest_until_default(rules, today),
            )
        if kind in REASONS:
            self.reasons = REASONS[kind](rules)
            self.fields["reason"] = forms.ChoiceField(
                label=_("Reason"),
                choices=list(self.reasons.items()),
                widget=forms.RadioSelect,
            )
        if kind is Kind.COACH:
            self.fields["coach"] = _coach_field(pilot, rules, today)
        self.rules, self.today = rules, today

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.kind is Kind.REST and "until" in given and "reason" in given:
            until, reason = given["until"], given["reason"]
            attempt(
                self,
                lambda: resting.refuse_rest(self.rules, reason, until, self.today),
            )
        return given

    def step(self, address: Address) -> Step:
        given = {k: v for k, v in self.cleaned_data.items() if k != "key"}
        return Step(kind=self.kind, address=address, **given)


def _coach_field(pilot: Pilot, rules: Rules, on: date) -> forms.TypedChoiceField:
    """With how many each guides, which is asked for where it is shown."""
    found = Part[Staff](coaches(pilot.municipality_id).order_by())
    files = Part(
        PilotFile.objects.filter(pilot__municipality=pilot.municipality_id), "pilot"
    )
    ask(found, files)
    by_name = sorted(found.found, key=attrgetter("name", "pk"))
    known = {str(one.pk): one for one in by_name}

    @cache
    def loads() -> dict[int, Caseload]:
        return caseloads(by_name, on, pilots=pilots_with(files.found))

    def words(coach: Staff) -> str:
        told = guides(loads()[coach.pk], rules.limits.caseload_to)
        return f"{coach.name}: {told}"

    return forms.TypedChoiceField(
        label=_("Coach"),
        choices=[(pk, lazy(words, str)(one)) for pk, one in known.items()],
        coerce=known.__getitem__,
        widget=forms.RadioSelect,
    )
