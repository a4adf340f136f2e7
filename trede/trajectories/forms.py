"""The shape of what is typed about a trajectory."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Role, Staff
from trede.people.models import Person
from trede.pilots.rules import Limits, Location, Rules
from trede.pilots.study_rules import Choice
from trede.questionnaires.models import Sitting
from trede.trajectories.caseload import fitting_coaches
from trede.trajectories.closing import LONGEST_REASON
from trede.trajectories.extending import LONGEST_REASON as LONGEST_WHY
from trede.trajectories.extending import MOST_AT_ONCE
from trede.trajectories.ladder import ladder_of
from trede.trajectories.ladder_questions import questions_of
from trede.trajectories.models import HandOver, LadderAssessment, WorkingStepNote
from trede.trajectories.planning import LONGEST

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
IN_WORDS = {"required": _("Write it in a few words.")}
LONGEST_NOTE = 10_000
Choices = Iterable[Choice]


def a_day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=DATE
    )


def a_note(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def a_reason(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, required=False)


def coaches(municipality_id: int) -> Any:
    return (
        Staff.objects.filter(
            municipality=municipality_id,
            is_active=True,
            held_roles__role=Role.COACH,
            held_roles__ended_at=None,
        )
        .order_by("name")
        .distinct()
    )


class _WithCoach(forms.Form):
    """Chooses one of the coaches of the municipality in the field `coach_field`: who
    fits the person best stands first, and the choice says why."""

    coach_field = "coach"

    def __init__(
        self, *args: Any, person: Person, limits: Limits, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields[self.coach_field]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = coaches(person.municipality_id)
            fits = fitting_coaches(
                person=person, coaches=[*field.queryset], limits=limits, on=on
            )
            choose = ("", field.empty_label or "")
            field.choices = [choose, *((one.coach.pk, one.words) for one in fits)]


class StartForm(_WithCoach):
    coach = forms.ModelChoiceField(
        label=_("Coach"),
        queryset=Staff.objects.none(),
        empty_label=_("Choose a coach"),
    )
    on = a_day(_("First day"))
    limit_reason = a_reason(_("Why this coach, above the limit"))
    deviation_reason = a_reason(_("Why this person starts all the same"))

    def __init__(
        self, *args: Any, objection: bool, may_exceed: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if objection:
            self.fields["deviation_reason"].required = True
        else:
            del self.fields["deviation_reason"]
        if not may_exceed:
            del self.fields["limit_reason"]


class HandOverForm(_WithCoach):
    coach_field = "receiver"
    receiver = forms.ModelChoiceField(
        label=_("New coach"),
        queryset=Staff.objects.none(),
        empty_label=_("Choose a coach"),
    )
    on = a_day(_("From"))
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(one, capfirst(one.label)) for one in HandOver.Reason],
    )
    note = a_note(
        _("For the new coach"),
        _("What was agreed, what works, what to mind. Only what the guidance needs."),
    )
    limit_reason = a_reason(_("Why this coach, above the limit"))

    def __init__(self, *args: Any, may_exceed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_exceed:
            del self.fields["limit_reason"]


class _WithReason(forms.Form):
    def __init__(self, *args: Any, reasons: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.code, each.label) for each in reasons]


class PauseForm(_WithReason):
    from_on = a_day(_("First day"))
    until_on = a_day(
        _("Last day"),
        required=False,
        help_text=_("Leave it open as long as nobody knows."),
    )
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)


class ResumeForm(forms.Form):
    on = a_day(_("The trajectory goes on from"))


class ExtendForm(forms.Form):
    months = forms.IntegerField(
        label=_("How many months longer"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=1,
    )
    reason = forms.CharField(
        label=_("Why is more time needed?"),
        help_text=_("It stays with the trajectory, for whoever wonders later."),
        max_length=LONGEST_WHY,
    )


class WorkingStepForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What became of it?"),
        choices=[(one, capfirst(one.label)) for one in WorkingStepNote.Kind],
        widget=forms.RadioSelect,
        initial=WorkingStepNote.Kind.NOT_FITTING,
    )
    on = a_day(_("On"))
    why = forms.CharField(
        label=_("Why it does not fit, in a few words"),
        help_text=_("It may come up in the meeting of coaches. Without names."),
        max_length=LONGEST_WHY,
        required=False,
    )


class CloseForm(_WithReason):
    on = a_day(_("Last day"))
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    note = a_note(_("Note"), _("Only what the guidance needs."))


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is the closing taken back?"),
        help_text=_("It stays with the trajectory, for whoever wonders later."),
        max_length=LONGEST_REASON,
    )


class GoalForm(forms.Form):
    words = forms.CharField(
        label=_("The goal, in the person's own words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True}),
        error_messages=IN_WORDS,
    )


class StepForm(forms.Form):
    words = forms.CharField(
        label=_("What to do"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autofocus": True}),
        error_messages=IN_WORDS,
    )
    together = forms.BooleanField(label=_("The coach goes along"), required=False)
    planned_on = a_day(_("When"), required=False)


class EvaluationForm(forms.Form):
    mode = forms.ChoiceField(
        label=_("How it is answered"),
        choices=Sitting.Mode.choices,
        widget=forms.RadioSelect,
        initial=Sitting.Mode.ALONE,
    )
    language = forms.ChoiceField(label=_("Language"))
    location = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(
        self,
        *args: Any,
        languages: Iterable[tuple[str, str]],
        locations: Iterable[Location],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language, location = self.fields["language"], self.fields["location"]
        if isinstance(language, forms.ChoiceField):
            language.choices = list(languages)
        if isinstance(location, forms.ChoiceField):
            location.choices = [(each.code, each.label) for each in locations]


YES, NO = "yes", "no"


def _said_before(last: LadderAssessment | None, code: str) -> str:
    if last is None or code not in last.answers:
        return ""
    on = last.reference_on.strftime("%d-%m-%Y")
    if last.answers[code]:
        return gettext("On %(day)s the answer was yes.") % {"day": on}
    return gettext("On %(day)s the answer was no.") % {"day": on}


class LadderForm(forms.Form):
    """One field for each decision question; who found the answer may leave the rest.
    `last` is what was decided before: its answers stand beside those of today."""

    def __init__(
        self,
        *args: Any,
        rules: Rules,
        last: LadderAssessment | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ladder = ladder = ladder_of(rules.ladder.version)
        questions = list(questions_of(ladder))
        self.codes = [question.code for question in questions]
        for question in questions:
            before = _said_before(last, question.code)
            self.fields[question.code] = forms.ChoiceField(
                label=question.words,
                help_text=f"{question.explanation} {before}".strip(),
                choices=[(YES, _("Yes")), (NO, _("No"))],
                widget=forms.RadioSelect,
                required=False,
            )
        treads = [(n, f"{n} {words}") for n, words in sorted(ladder.treads.items())]
        if rules.ladder.growth_potential:
            self.fields["growth_potential"] = forms.TypedChoiceField(
                label=_("Growth potential: the tread within reach in a year"),
                choices=[("", _("Not known yet")), *treads],
                coerce=int,
                empty_value=None,
                required=False,
            )
        self.fields["reference_on"] = a_day(_("Reference date"))
        self.fields["tread"] = forms.TypedChoiceField(
            label=_("Another tread than the answers give"),
            choices=[("", _("No, as the answers say")), *treads],
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.fields["override_reason"] = a_reason(_("Why another tread"))

    def questions(self) -> list[forms.BoundField]:
        return [self[code] for code in self.codes]

    def decides(self) -> str:
        """The rules as the page follows them, question by question (`ladder.js`)."""
        said = {True: YES, False: NO}
        rules = [
            {"tread": each.tread, "when": [(code, said[be]) for code, be in each.when]}
            for each in self.ladder.rules
        ]
        treads = {
            number: gettext("By these answers it is tread %(tread)d: %(words)s.")
            % {"tread": number, "words": words}
            for number, words in self.ladder.treads.items()
        }
        return json.dumps({"rules": rules, "treads": treads})

    def answers(self) -> dict[str, bool | None]:
        said = {YES: True, NO: False}
        return {code: said.get(self.cleaned_data[code]) for code in self.codes}

    def rest(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in self.codes
        }


class EndGoal(forms.Form):
    reached = forms.TypedChoiceField(
        choices=[(YES, YES), (NO, NO)], coerce=lambda value: value == YES
    )
