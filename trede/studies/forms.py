"""What the researcher fills in: until when, which design, in which format."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trede.pilots.rules import Rules
from trede.pilots.study_rules import Amendment
from trede.studies.exporting import MEDIA_TYPES
from trede.studies.models import Run

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RunForm(forms.Form):
    edition = forms.ChoiceField(label=_("Which report"), choices=Run.Edition.choices)
    until = forms.DateField(label=_("Data up to and with"), widget=DAY)

    def __init__(self, data: Any = None, *, today: date) -> None:
        # Both forms stand on one page and ask for a day: each its own ids.
        super().__init__(
            data,
            auto_id="id_run_%s",
            initial={"until": today, "edition": Run.Edition.INTERIM},
        )


class DatasetForm(forms.Form):
    ending = forms.ChoiceField(
        label=_("Format"),
        choices=[
            (".csv", "CSV"),
            (".parquet", "Parquet"),
            (".sav", "SPSS (.sav)"),
        ],
    )
    until = forms.DateField(label=_("Data up to and with"), widget=DAY)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(
            data,
            auto_id="id_dataset_%s",
            initial={"until": today, "ending": next(iter(MEDIA_TYPES))},
        )


class AmendForm(forms.Form):
    on = forms.DateField(label=_("Holds from"), widget=DAY)
    after = forms.ChoiceField(label=_("New design"))
    reason = forms.CharField(
        label=_("Why the design changes"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, data: Any = None, *, rules: Rules, change: Amendment | None
    ) -> None:
        initial = {"on": change.on, "after": change.to_design} if change else {}
        super().__init__(data, initial=initial)
        field = self.fields["after"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.code, each.label) for each in rules.designs]
