"""One choice for everybody of a coach who goes, another for whom it does not fit."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Staff
from trede.people.models import Person
from trede.trajectories.forms import LONGEST_NOTE, a_day, coaches
from trede.trajectories.handing_over import Passing
from trede.trajectories.models import HandOver
from trede.trajectories.sharing_out import loads, shared_out

NOBODY = "nobody"
SPREAD = "spread"


class HandOverAllForm(forms.Form):
    """What is chosen for somebody goes before what is chosen for all."""

    everybody = forms.ChoiceField(label=_("To whom everybody goes"), required=False)
    on = a_day(_("From"))
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(one, capfirst(one.label)) for one in HandOver.Reason],
    )
    limit_reason = forms.CharField(
        label=_("Why more people than agreed, where that is so"),
        max_length=200,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        giver: Staff,
        people: Mapping[Person, bool],
        on: date,
        **kwargs: Any,
    ) -> None:
        """`people`: whether each is in a trajectory, and so must have a coach."""
        super().__init__(*args, **kwargs)
        others = list(coaches(giver.municipality).exclude(pk=giver.pk))
        self.receivers: dict[str, Staff] = {str(one.pk): one for one in others}
        self.guided = loads(others, on)
        self.people = people
        self.goes: dict[Person, Staff | None] = {}
        self.fields["everybody"] = forms.ChoiceField(
            label=_("To whom everybody goes"),
            required=False,
            choices=[
                (SPREAD, _("Spread: who guides the fewest takes the next one")),
                *((key, self._words(one)) for key, one in self.receivers.items()),
                ("", _("I choose for each person below")),
            ],
        )
        for person, guided in people.items():
            self._ask_about(person, guided)

    def _words(self, coach: Staff) -> str:
        number = self.guided[coach.pk]
        words = ngettext(
            "Everybody to %(name)s (guides %(n)d person now)",
            "Everybody to %(name)s (guides %(n)d people now)",
            number,
        )
        return words % {"name": coach.name, "n": number}

    def _ask_about(self, person: Person, guided: bool) -> None:
        names = [(key, one.name) for key, one in self.receivers.items()]
        nobody = [] if guided else [(NOBODY, _("Nobody: every coach sees this person"))]
        self.fields[f"receiver_{person.pk}"] = forms.ChoiceField(
            label=gettext("New coach of %(name)s") % {"name": person.full_name},
            choices=[("", _("As for everybody")), *nobody, *names],
            required=False,
        )
        if guided:
            self.fields[f"note_{person.pk}"] = forms.CharField(
                label=_("For the new coach"),
                max_length=LONGEST_NOTE,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> None:
        """Says of everybody where they go; whoever is left over is named."""
        for_all = self.cleaned_data.get("everybody", "")
        rest = {}
        for person, guided in self.people.items():
            own = self.cleaned_data.get(f"receiver_{person.pk}")
            if own:
                self.goes[person] = self.receivers.get(own)
            elif for_all in self.receivers:
                self.goes[person] = self.receivers[for_all]
            else:
                rest[person] = guided
        found = self._spread(rest) if for_all == SPREAD else {}
        self.goes |= found
        # As on the list, whoever was dealt out first.
        self.goes = {one: self.goes[one] for one in self.people if one in self.goes}
        for person in rest.keys() - found.keys():
            field = f"receiver_{person.pk}"
            if field not in self.errors:
                self.add_error(field, _("Choose a coach"))

    def _spread(self, rest: Mapping[Person, bool]) -> dict[Person, Staff]:
        chosen = (one.pk for p, one in self.goes.items() if one and self.people[p])
        return shared_out(
            rest,
            coaches=list(self.receivers.values()),
            guided=self.guided + Counter(chosen),
        )

    def exceptions(self) -> list[tuple[BoundField, BoundField | None]]:
        return [
            (
                self[f"receiver_{person.pk}"],
                self[f"note_{person.pk}"] if guided else None,
            )
            for person, guided in self.people.items()
        ]

    def has_exceptions(self) -> bool:
        """Something stands under the fold, or must be chosen there."""
        fields = (one for pair in self.exceptions() for one in pair if one)
        return self.is_bound and any(one.value() or one.errors for one in fields)

    def outcome(self) -> str:
        """Who goes to whom, to tell whether that is still what was looked at."""
        pairs = sorted((one.pk, to.pk if to else 0) for one, to in self.goes.items())
        return " ".join(f"{one}:{to}" for one, to in pairs)

    def passings(self) -> list[Passing]:
        return [
            Passing(
                person,
                self.goes[person],
                self.cleaned_data.get(f"note_{person.pk}", ""),
            )
            for person in self.people
        ]

    def of_all(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("on", "reason", "limit_reason")}
