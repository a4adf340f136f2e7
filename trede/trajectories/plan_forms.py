"""The shape of what is typed around the goals."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from trede.pilots.describing_guidance import DOMAINS
from trede.pilots.rules import Rules
from trede.trajectories.forms import IN_WORDS, a_day
from trede.trajectories.manner import FIELDS, LONGEST_AVOID, between
from trede.trajectories.models import CoachProfile, Manner
from trede.trajectories.planning import LONGEST


def a_domain(none: Any, *, required: bool = True) -> forms.ChoiceField:
    """Words of a language are chosen when the page is shown."""

    def choices() -> list[tuple[str, Any]]:
        return [("", none), *((code, capfirst(str(w))) for code, w in DOMAINS.items())]

    return forms.ChoiceField(label=_("Life domain"), choices=choices, required=required)


class SmallStepForm(forms.Form):
    words = forms.CharField(
        label=_("What did this person do?"),
        help_text=_("However small: daring to call, a first coffee among people."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autofocus": True}),
        error_messages=IN_WORDS,
    )
    domain = a_domain(_("Choose a life domain"))
    on = a_day(_("On"))
    together = forms.BooleanField(label=_("The coach went along"), required=False)


class CountStepForm(forms.Form):
    domain = a_domain(_("Choose a life domain"))


class StrengthForm(forms.Form):
    words = forms.CharField(
        label=_("What is this person good at, in their own words?"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autofocus": True}),
        error_messages=IN_WORDS,
    )
    domain = a_domain(_("In general"), required=False)


class BarrierForm(forms.Form):
    code = forms.SlugField()
    is_there = forms.BooleanField(required=False)


class MannerForm(forms.Form):
    often = forms.ChoiceField(label=_("How often to have contact"), required=False)
    place = forms.ChoiceField(label=_("Where to meet"), required=False)
    channel = forms.ChoiceField(label=_("By what means in between"), required=False)
    coach = forms.ChoiceField(label=_("What coach suits"), required=False)
    avoid = forms.CharField(
        label=_("Rather not"),
        help_text=_("Calls in the morning, say, or much on paper."),
        max_length=LONGEST_AVOID,
        required=False,
    )

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        often = [(one.value, capfirst(str(one.label))) for one in Manner.Often]
        places = [(one.code, one.label) for one in rules.locations]
        ways = [(one.code, one.label) for one in between(rules)]
        coach = [(one.value, capfirst(str(one.label))) for one in CoachProfile.Manner]
        for name, known in (
            ("often", often),
            ("place", places),
            ("channel", ways),
            ("coach", coach),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("No preference")), *known]


def as_initial(manner: Manner | None) -> dict[str, str]:
    return {key: getattr(manner, key) for key in FIELDS} if manner else {}
