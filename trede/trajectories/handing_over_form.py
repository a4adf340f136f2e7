"""One choice for everybody of a coach who goes, another for whom it does not fit.

Who goes for good leaves nobody behind in a trajectory; who is away for a while may.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Staff
from trede.people.models import Person
from trede.pilots.loading import pilots_with, rules_of
from trede.pilots.models import PilotFile
from trede.pilots.rules import Limits
from trede.together import Part, ask
from trede.trajectories.absence import Arrangement, away
from trede.trajectories.caseload import Fit, guides, speaks, team_for
from trede.trajectories.forms import LONGEST_NOTE, a_day, coaches
from trede.trajectories.handing_over import Care, Passing
from trede.trajectories.models import HandOver
from trede.trajectories.sharing_out import shared_out
from trede.trajectories.weighing import weights_of

Words = str | Promise
NOBODY = "nobody"
SPREAD = "spread"
EACH = "each"
COVER, FOR_GOOD = "cover", "good"


HOW = ((COVER, _("Stands in until the return")), (FOR_GOOD, _("For good")))


@dataclass(frozen=True)
class Exceptional:
    """Of one person the fields that there are, and in a line what was chosen there."""

    person: Person
    fields: list[BoundField]
    told: str

    @property
    def wrong(self) -> bool:
        return any(one.errors for one in self.fields)


class PassingOnForm(forms.Form):
    """What is chosen for somebody goes before what is chosen for all."""

    limit_reason = forms.CharField(
        label=_("Why more people than agreed, where that is so"),
        max_length=200,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        giver: Staff,
        care: Care,
        on: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        gone = away(on).values("staff")
        there = coaches(giver.municipality_id).exclude(pk=giver.pk)
        others = Part[Staff](there.exclude(pk__in=gone).order_by())
        here = PilotFile.objects.filter(pilot__municipality=giver.municipality_id)
        files = Part(here, "pilot")
        ask(others, files)
        by_name = sorted(others.found, key=attrgetter("name", "pk"))
        self.receivers = {str(one.pk): one for one in by_name}
        pilots = {one.pk: one for one in pilots_with(files.found)}
        self.giver, self.people = giver, care.people
        people, guided = self.people, care.guided
        for one in guided:
            one.pilot = pilots[one.pilot_id]
        self.team = team_for(
            [*people], self.receivers.values(), on, pilots=pilots.values()
        )
        self.weights = weights_of(guided, on, known=care.pauses)
        self.limits = {one.pilot_id: rules_of(one.pilot, on).limits for one in guided}
        self.fits = {person: self._fits(person) for person in people}
        self.goes: dict[Person, Staff | None] = {}
        self.fields["everybody"] = forms.ChoiceField(
            label=_("To whom everybody goes"),
            choices=[
                (SPREAD, _("Spread: by language, work in hand, manner and quarter")),
                *((key, self._words(one)) for key, one in self.receivers.items()),
                (EACH, _("I choose for each person below")),
            ],
        )
        for person, trajectory in people.items():
            self._ask_about(person, trajectory is not None)

    def nobody(self, guided: bool) -> Words:
        """What it is called to have no receiver; nothing where that cannot be."""
        return ""

    def _fits(self, person: Person) -> list[Fit]:
        trajectory = self.people[person]
        limits = self.limits[trajectory.pilot_id] if trajectory else self._tightest()
        weighs = self.weights.get(person.pk, 0)
        return self.team.fits(person, weighs=weighs, limits=limits)

    def _tightest(self) -> Limits | None:
        return min(self.limits.values(), key=lambda one: one.caseload_to, default=None)

    def _words(self, coach: Staff) -> str:
        load, profile = self.team.loads[coach.pk], self.team.profiles[coach.pk]
        tightest = self._tightest()
        most = tightest.caseload_to if tightest else 0
        told = [speaks(*profile.languages), guides(load, most)]
        return gettext("Everybody to %(name)s (%(told)s)") % {
            "name": coach.name,
            "told": ", ".join(filter(None, told)),
        }

    def _ask_about(self, person: Person, guided: bool) -> None:
        names = [(str(one.coach.pk), one.words) for one in self.fits[person]]
        nobody = self.nobody(guided)
        self.fields[f"receiver_{person.pk}"] = forms.ChoiceField(
            label=gettext("New coach of %(name)s") % {"name": person.full_name},
            choices=[
                ("", _("As for everybody")),
                *([(NOBODY, nobody)] if nobody else []),
                *names,
            ],
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
        rest = []
        for person in self.people:
            own = self.cleaned_data.get(f"receiver_{person.pk}")
            if own:
                self.goes[person] = self.receivers.get(own)
            elif for_all in self.receivers:
                self.goes[person] = self.receivers[for_all]
            else:
                rest.append(person)
        found = self._spread(rest) if for_all == SPREAD else {}
        self.goes |= found
        # As on the list, whoever was dealt out first.
        self.goes = {one: self.goes[one] for one in self.people if one in self.goes}
        for person in set(rest) - found.keys():
            field = f"receiver_{person.pk}"
            if field not in self.errors:
                self.add_error(field, _("Choose a coach"))

    def _spread(self, rest: Iterable[Person]) -> dict[Person, Staff]:
        chosen = Counter[int]()
        for person, one in self.goes.items():
            if one:
                chosen[one.pk] += self.weights.get(person.pk, 0)
        return shared_out({one: self.fits[one] for one in rest}, already=chosen)

    def exceptions(self) -> list["Exceptional"]:
        kinds = ("receiver", "how", "note")
        return [
            Exceptional(
                one,
                [
                    self[f"{k}_{one.pk}"]
                    for k in kinds
                    if f"{k}_{one.pk}" in self.fields
                ],
                self._told(one) if self.is_bound else "",
            )
            for one in self.people
        ]

    def _told(self, person: Person) -> str:
        """In one line what was chosen for somebody; empty is as for everybody."""
        known = {key: one.name for key, one in self.receivers.items()}
        known[NOBODY] = str(self.nobody(self.people[person] is not None))
        told = [
            known.get(self.data.get(f"receiver_{person.pk}", ""), ""),
            dict(HOW).get(self.data.get(f"how_{person.pk}", ""), ""),
            gettext("with a note") if self.data.get(f"note_{person.pk}") else "",
        ]
        return ", ".join(str(one) for one in told if one)

    def has_exceptions(self) -> bool:
        """Something was chosen under the fold, or must be."""
        return any(one.told or one.wrong for one in self.exceptions())

    def who_goes_to_whom(self) -> list[tuple[Person, Staff | None, str]]:
        """With what speaks for that coach, where something does."""
        why = {
            (person, one.coach.pk): one.why
            for person, fits in self.fits.items()
            for one in fits
        }
        return [
            (person, to, why.get((person, to.pk), "") if to else "")
            for person, to in self.goes.items()
        ]

    def outcome(self) -> str:
        """Who goes to whom, to tell whether that is still what was looked at."""
        pairs = sorted((one.pk, to.pk if to else 0) for one, to in self.goes.items())
        return " ".join(f"{one}:{to}" for one, to in pairs)

    def no_receiver(self) -> Words:
        return self.nobody(False)

    def passings(self) -> list[Passing]:
        return [
            Passing(
                person,
                self.goes[person],
                self.cleaned_data.get(f"note_{person.pk}", ""),
            )
            for person in self.people
        ]


class HandOverAllForm(PassingOnForm):
    on = a_day(_("From"))
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[
            (one, capfirst(one.label))
            for one in HandOver.Reason
            if one != HandOver.Reason.BACK
        ],
    )

    def nobody(self, guided: bool) -> Words:
        return "" if guided else _("Nobody: every coach sees this person")

    def of_all(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("on", "reason", "limit_reason")}


class ArrangeForm(PassingOnForm):
    """For as long as the coach is away, unless it is said to be for good."""

    how = forms.ChoiceField(label=_("For how long"), choices=HOW)

    def nobody(self, guided: bool) -> Words:
        return gettext("Nobody: stays with %(name)s") % {"name": self.giver.name}

    def _ask_about(self, person: Person, guided: bool) -> None:
        super()._ask_about(person, guided)
        self.fields[f"how_{person.pk}"] = forms.ChoiceField(
            label=_("For how long"),
            choices=[("", _("As for everybody")), *HOW],
            required=False,
        )

    def arrangements(self) -> list[Arrangement]:
        """Of those who go to somebody."""
        found = self.cleaned_data
        return [
            Arrangement(
                one, (found[f"how_{one.person.pk}"] or found["how"]) == FOR_GOOD
            )
            for one in self.passings()
            if one.receiver
        ]
