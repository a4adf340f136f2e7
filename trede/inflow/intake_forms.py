"""The shape of what is typed in each step of an intake."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.inflow.models import Intake
from trede.inflow.signature import drawn
from trede.people.consent_text import Edition
from trede.people.models import Purpose
from trede.pilots.circumstances import locations_on
from trede.pilots.rules import Rules
from trede.questionnaires.models import Sitting

ELSEWHERE = "elsewhere"
_YES, _NO = "yes", "no"


class Begin(forms.Form):
    use_required_attribute = False
    place = forms.ChoiceField(label=_("Where is the talk?"), widget=forms.RadioSelect)
    other = forms.CharField(label=_("Another place"), max_length=120, required=False)

    def __init__(
        self, data: QueryDict | None = None, *, rules: Rules, on: date
    ) -> None:
        super().__init__(data)
        places: list[tuple[str, str | Promise]] = [
            (place.label, place.label) for place in locations_on(rules, on)
        ]
        self.fields["place"] = forms.ChoiceField(
            label=_("Where is the talk?"),
            widget=forms.RadioSelect,
            choices=[*places, (ELSEWHERE, _("Another place"))],
        )

    def location(self) -> str:
        place: str = self.cleaned_data["place"]
        other: str = self.cleaned_data["other"]
        return other if place == ELSEWHERE else place

    def clean(self) -> dict[str, object]:
        found = self.cleaned_data
        if found.get("place") == ELSEWHERE and not found.get("other"):
            self.add_error("other", _("Type where the talk is."))
        return found


class Consent(forms.Form):
    """A yes or no to each purpose, the declarations, and a signature or a name."""

    use_required_attribute = False

    typed_name = forms.CharField(
        label=_("Name of the person, as a signature"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    signature = forms.CharField(
        required=False, max_length=600_000, widget=forms.HiddenInput
    )

    def __init__(self, data: QueryDict | None = None, *, edition: Edition) -> None:
        super().__init__(data)
        self.edition = edition
        for decision in edition.decision:
            self.fields[decision.purpose] = forms.ChoiceField(
                label=decision.question,
                help_text=decision.without,
                choices=[(_YES, decision.yes), (_NO, decision.no)],
                widget=forms.RadioSelect,
            )
        self.fields["declared"] = forms.MultipleChoiceField(
            label=edition.declarations_title,
            choices=[
                (str(number), words)
                for number, words in enumerate(edition.declarations)
            ],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.order_fields(["declared"])

    def decisions(self) -> dict[Purpose, bool]:
        return {
            Purpose(one.purpose): self.cleaned_data[one.purpose] == _YES
            for one in self.edition.decision
        }

    def signature_png(self) -> bytes | None:
        return drawn(self.cleaned_data["signature"])

    def clean(self) -> dict[str, object]:
        found = self.cleaned_data
        agreed = any(found.get(one.purpose) == _YES for one in self.edition.decision)
        declared = found.get("declared") or ()
        if agreed and len(declared) < len(self.edition.declarations):
            self.add_error(
                "declared",
                _("Somebody who says yes declares all of this. What is not so yet?"),
            )
        return found


class Questionnaire(forms.Form):
    use_required_attribute = False
    mode = forms.ChoiceField(
        label=_("How does the person answer?"),
        choices=Sitting.Mode.choices,
        widget=forms.RadioSelect,
        initial=Sitting.Mode.ALONE,
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("questionnaire", "Language"), widget=forms.RadioSelect
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        languages: list[tuple[str, str]],
        language: str,
    ) -> None:
        super().__init__(data, initial={"language": language})
        self.fields["language"] = forms.ChoiceField(
            label=pgettext_lazy("questionnaire", "Language"),
            choices=languages,
            widget=forms.RadioSelect,
        )


class Talk(forms.Form):
    note = forms.CharField(
        label=pgettext_lazy("intake", "Note"),
        help_text=_("What the person wants, in the person's own words."),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None = None, *, intake: Intake, rules: Rules
    ) -> None:
        initial = {
            "topics": intake.topics,
            "barriers": intake.barriers,
            "note": intake.talk_note,
            "edition": intake.edition,
        }
        super().__init__(data, initial=initial)
        self.fields["topics"] = forms.MultipleChoiceField(
            label=_("What did you talk about?"),
            choices=[
                (one.code, f"{one.label}: {one.opening}") for one in rules.talk.topics
            ],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["barriers"] = forms.MultipleChoiceField(
            label=_("What stands in the way?"),
            help_text=_("Ask about each of these: people seldom name them themselves."),
            choices=[(one.code, one.label) for one in rules.talk.barriers],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.order_fields(["topics", "barriers", "note"])


class End(forms.Form):
    use_required_attribute = False
    outcome = forms.ChoiceField(label=_("How does it go on?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("If not now: why?"), required=False)
    until = forms.DateField(
        label=_("If not now: until when do we leave the person in peace?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    remark = forms.CharField(
        label=_("If referred on: to whom?"), max_length=300, required=False
    )

    def __init__(self, data: QueryDict | None = None, *, rules: Rules) -> None:
        super().__init__(data)
        self.fields["outcome"] = forms.ChoiceField(
            label=_("How does it go on?"),
            choices=[(one.code, one.label) for one in rules.intake.outcomes],
            widget=forms.RadioSelect,
        )
        self.fields["reason"] = forms.ChoiceField(
            label=_("If not now: why?"),
            choices=[
                ("", _("Choose a reason")),
                *((one.code, one.label) for one in rules.reasons.not_now),
            ],
            required=False,
        )
        self.order_fields(["outcome"])
