"""The shape of what is chosen and typed with a target list."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from trede.accounts.visibility import VisibleQuerySet
from trede.inflow.checking import Column
from trede.inflow.list_words import FIELDS, field_label
from trede.inflow.reading.columns import FIELDS as READABLE
from trede.pilots.models import Pilot


class Upload(forms.Form):
    pilot = forms.ModelChoiceField(
        label=_("Pilot"), queryset=Pilot.objects.none(), empty_label=None
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "XLSX or CSV, as the department supplies it. Nothing is read in yet."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )
    reference_on = forms.DateField(
        label=_("Reference date"),
        help_text=_("The day the list is about. Ages and periods are counted to then."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        pilots: VisibleQuerySet[Pilot],
    ) -> None:
        super().__init__(data, files, initial={"reference_on": timezone.localdate()})
        choice = cast("forms.ModelChoiceField[Pilot]", self.fields["pilot"])
        choice.queryset = pilots.order_by("name")
        choice.initial = pilots.order_by("-pk").first()


class Columns(forms.Form):
    """For each column of the file the field that it becomes, or none."""

    def __init__(
        self, data: QueryDict | None = None, *, columns: Sequence[Column]
    ) -> None:
        super().__init__(data)
        self.columns = columns
        names = sorted(((code, field_label(code)) for code in READABLE), key=_by_label)
        choices = [("", _("Do not keep")), *names]
        for place, column in enumerate(columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=column.source,
                choices=choices,
                required=False,
                initial=column.field or "",
            )

    def clean(self) -> None:
        chosen = [value for value in self.cleaned_data.values() if value]
        twice = next((value for value in chosen if chosen.count(value) > 1), None)
        if twice:
            raise forms.ValidationError(
                _("“%(field)s” is chosen for two columns. Choose one of them."),
                params={"field": str(FIELDS[twice])},
            )

    def mapping(self) -> dict[str, str]:
        """Field by column; empty for a field that no column is."""
        chosen = {
            self.cleaned_data[f"column_{place}"]: column.source
            for place, column in enumerate(self.columns)
        }
        return {field: chosen.get(field, "") for field in READABLE}

    def rows(self) -> list[tuple[Column, forms.BoundField]]:
        return [
            (column, self[f"column_{place}"])
            for place, column in enumerate(self.columns)
        ]


class Decision(forms.Form):
    """`person_id` 0: nobody who is known."""

    row = forms.IntegerField(min_value=1)
    person_id = forms.IntegerField(min_value=0)


def _by_label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
