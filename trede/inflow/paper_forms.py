"""The shape of what stands on a consent form that was signed on paper."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from trede.inflow.paper_consent import Paper
from trede.languages import in_order, language_of
from trede.people.consent_text import Decision, consent_text, versions
from trede.people.models import Purpose

_YES, _NO = "yes", "no"


class PaperConsent(forms.Form):
    use_required_attribute = False
    scan = forms.FileField(
        label=_("Scan or photo of the signed form"),
        help_text=_("PDF, JPEG or PNG, at most 10 megabytes. It is kept encrypted."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    signed_on = forms.DateField(
        label=_("Signed on"),
        help_text=_("The day beside the signature."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    version = forms.ChoiceField(
        label=_("Version of the text"),
        help_text=_("It stands at the foot of every page."),
    )
    language = forms.ChoiceField(label=_("Language of the form"))
    complete = forms.BooleanField(
        label=_("Name, date and signature are on the form"), required=False
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        *,
        decisions: Iterable[Decision],
        version: str,
        language: str,
    ) -> None:
        super().__init__(
            data, files, initial={"version": version, "language": language}
        )
        self.decisions = list(decisions)
        self._choose("version", [(one, one) for one in versions()])
        spoken = {code for one in versions() for code in consent_text(one).languages}
        self._choose(
            "language",
            [
                (code, language_of(code).own_name)
                for code in in_order(frozenset(spoken))
            ],
        )
        for one in self.decisions:
            self.fields[one.purpose] = forms.ChoiceField(
                label=one.question,
                choices=[(_YES, one.yes), (_NO, one.no)],
                widget=forms.RadioSelect,
            )
        purposes = [one.purpose for one in self.decisions]
        self.order_fields(["scan", "signed_on", "version", "language", *purposes])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, object]:
        found = self.cleaned_data
        agreed = any(found.get(one.purpose) == _YES for one in self.decisions)
        if agreed and not found.get("complete"):
            self.add_error(
                "complete", _("A yes counts only with a name, a date and a signature.")
            )
        return found

    def paper(self) -> Paper:
        found = self.cleaned_data
        return Paper(
            signed_on=found["signed_on"],
            version=found["version"],
            language=found["language"],
            decisions={
                Purpose(one.purpose): found[one.purpose] == _YES
                for one in self.decisions
            },
        )
