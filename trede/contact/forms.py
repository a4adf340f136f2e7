"""The shape of what is typed about a contact or an appointment."""

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Role, Staff
from trede.contact.appointments import Meeting
from trede.contact.models import Appointment, Initiative, Occasion, Outcome
from trede.contact.recording import LONGEST_NOTE, LONGEST_REASON, channels_on
from trede.contact.repeating import Every, Repeat
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


EVERY = (
    (Every.WEEK, _("Every week")),
    (Every.FORTNIGHT, _("Every two weeks")),
    (Every.FOUR_WEEKS, _("Every four weeks")),
    (Every.MONTH, _("Every month, on the same weekday of it")),
)


class Once(forms.Form):
    """A form that counts once, however often its button is pressed."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


class ContactForm(Once):
    channel = forms.ChoiceField(label=_("How"), widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Only what the guidance needs. The person may read this."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    initiative = forms.ChoiceField(
        label=_("Who took the initiative"),
        choices=Initiative.choices,
        widget=forms.RadioSelect,
    )
    occasion = forms.ChoiceField(label=_("Occasion"), choices=Occasion.choices)
    location = forms.ChoiceField(label=_("Place"), required=False)
    happened_on = forms.DateField(
        label=_("Day"),
        help_text=_("Only if it was earlier."),
        required=False,
        widget=DATE,
    )
    happened_time = forms.TimeField(label=_("Time"), required=False, widget=TIME)
    deviation_reason = forms.CharField(
        label=_("Reason for contact all the same"),
        max_length=LONGEST_REASON,
        required=False,
    )

    def __init__(
        self, *args: Any, pilot: Pilot, at: datetime, guarded: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        rules, today = rules_of(pilot), timezone.localdate(at)
        self.choose("channel", list(channels_on(rules, today)))
        known = [each.code for each in rules.contact.outcomes]
        labels = {each.code: each.label for each in rules.contact.outcomes}
        order = sorted(known, key=lambda code: Outcome.values.index(code))
        self.choose("outcome", [(code, labels[code]) for code in order])
        places = [(each.code, each.label) for each in rules.locations]
        self.choose("location", [("", _("No place")), *places])
        if guarded:
            self.fields["deviation_reason"].required = True
        else:
            del self.fields["deviation_reason"]

    def happened_at(self) -> datetime | None:
        day = self.cleaned_data.get("happened_on")
        clock = self.cleaned_data.get("happened_time") or time(12)
        return moment(day, clock) if day else None

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("happened_time") and not data.get("happened_on"):
            self.add_error("happened_on", _("Choose the day as well."))


ELSEWHERE = "elsewhere"


class AppointmentForm(forms.Form):
    starts_on = forms.DateField(label=_("Day"), widget=DATE)
    starts_time = forms.TimeField(label=_("Time"), widget=TIME)
    minutes = forms.IntegerField(label=_("Minutes"), initial=60)
    location = forms.ChoiceField(label=_("Place"))
    elsewhere = forms.CharField(
        label=_("Another place"), max_length=120, required=False
    )
    about = forms.CharField(label=_("About what"), max_length=200)
    overlap_ok = forms.BooleanField(label=_("Plan it all the same"), required=False)
    interpreter = forms.CharField(
        label=_("Interpreter needed"),
        help_text=_("For which language, if somebody comes along to interpret."),
        max_length=60,
        required=False,
    )
    booked = forms.BooleanField(label=_("The interpreter is booked"), required=False)
    every = forms.ChoiceField(
        label=_("Repeat"), choices=[("", _("Only this one")), *EVERY], required=False
    )
    until = forms.DateField(label=_("Until"), widget=DATE, required=False)
    occasion = forms.ChoiceField(label=_("Occasion"), choices=Occasion.choices)
    staff = forms.ModelChoiceField(label=_("With"), queryset=Staff.objects.none())

    def __init__(self, *args: Any, pilot: Pilot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(each.code, each.label) for each in rules_of(pilot).locations]
        location, staff = self.fields["location"], self.fields["staff"]
        if isinstance(location, forms.ChoiceField):
            location.choices = [*places, (ELSEWHERE, _("Another place"))]
            # Where they met last, or where most talks are.
            if self.initial.get("location") not in dict(places):
                self.initial["location"] = location.choices[0][0]
        if isinstance(staff, forms.ModelChoiceField):
            staff.queryset = colleagues(pilot)

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("location") == ELSEWHERE and not data.get("elsewhere"):
            self.add_error("elsewhere", _("Say where you will meet."))
        if data.get("booked") and not data.get("interpreter"):
            self.add_error("interpreter", _("Say for which language."))
        if data.get("every") and not data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Say until when it repeats."))

    def meeting(self) -> Meeting:
        data = self.cleaned_data
        return Meeting(
            starts_at=moment(data["starts_on"], data["starts_time"]),
            location=str(data["elsewhere"] or data["location"]),
            about=data["about"],
            minutes=data["minutes"],
            interpreter=data["interpreter"],
            occasion=Occasion(data["occasion"]),
            booked=data["booked"],
        )

    def repeat(self) -> Repeat | None:
        data = self.cleaned_data
        return Repeat(Every(data["every"]), data["until"]) if data["every"] else None


class MoveForm(forms.Form):
    starts_on = forms.DateField(label=_("Day"), widget=DATE)
    starts_time = forms.TimeField(label=_("Time"), widget=TIME)
    overlap_ok = forms.BooleanField(label=_("Move it all the same"), required=False)
    location = forms.ChoiceField(label=_("Place"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, appointment: Appointment, **kwargs: Any) -> None:
        kwargs["initial"] = {"location": appointment.location}
        super().__init__(*args, **kwargs)
        rules = rules_of(appointment.pilot)
        places = [(each.code, each.label) for each in rules.locations]
        location = self.fields["location"]
        if isinstance(location, forms.ChoiceField):
            location.choices = [("", _("The same place")), *places]

    def starts_at(self) -> datetime:
        return moment(self.cleaned_data["starts_on"], self.cleaned_data["starts_time"])


class Tap(Once):
    """One tap on a line: what came of it, and perhaps a note."""

    note = forms.CharField(max_length=LONGEST_NOTE, required=False)
    deviation_reason = forms.CharField(max_length=LONGEST_REASON, required=False)
    seen_until = forms.DateTimeField(required=False)


def moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def colleagues(pilot: Pilot) -> Any:
    """Who may meet people: coaches and coordinators who work here."""
    return (
        Staff.objects.filter(
            municipality=pilot.municipality_id,
            is_active=True,
            held_roles__role__in=(Role.COACH, Role.COORDINATOR),
            held_roles__ended_at=None,
        )
        .distinct()
        .order_by("name")
    )
