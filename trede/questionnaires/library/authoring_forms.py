"""The shape of uploading an instrument, and of putting one in other words."""

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from trede.languages import Language
from trede.questionnaires.exchange.carried import LARGEST_FILE
from trede.questionnaires.library.authoring import LARGEST_TEXT
from trede.questionnaires.library.texts_in_place import Group, Placed
from trede.questionnaires.library.translating_forms import LONGEST, box

CODE = r"[a-z][a-z0-9_]{0,59}"
VERSION = r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}"


def version_field() -> forms.RegexField:
    return forms.RegexField(
        f"^{VERSION}$",
        label=_("Version"),
        help_text=_(
            "Letters, digits, dots and dashes, for instance 2 or 2026.1. The code of"
            " your municipality comes behind it."
        ),
        max_length=20,
    )


class UploadInstrumentForm(forms.Form):
    file = forms.FileField(
        label=_("File with a questionnaire"),
        help_text=_(
            "An XLSForm (.xlsx), a LimeSurvey structure (.lss or .txt) or a file of"
            " Trede (.toml). You first see what comes over. Nothing is kept yet."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.lss,.txt,.toml"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is larger than %(n)d MB. Export only the questionnaire."),
                params={"n": LARGEST_FILE // 1_000_000},
            )
        return file


class PublishForm(forms.Form):
    """What was shown and is now kept: the instrument travels with the page."""

    text = forms.CharField(
        widget=forms.HiddenInput, max_length=LARGEST_TEXT, strip=False
    )
    code = forms.RegexField(
        f"^{CODE}$",
        label=_("Code"),
        help_text=_(
            "Small letters, digits and _. A pilot asks for it by this code; a new"
            " version of a questionnaire has the same code."
        ),
        max_length=60,
    )
    version = version_field()


class RewordForm(forms.Form):
    """Every text in the language of writing, under the name of its place."""

    use_required_attribute = False
    version = version_field()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        groups: Sequence[Group],
        language: Language,
        version: str,
    ) -> None:
        self.groups = groups
        texts = [text for group in groups for text in group.texts]
        initial = {text.place: text.original for text in texts}
        super().__init__(data, initial={"version": version, **initial})
        for text in texts:
            self.fields[text.place] = forms.CharField(
                label=text.original,
                max_length=LONGEST,
                required=False,
                widget=box(text, language),
            )

    @property
    def words(self) -> dict[str, str]:
        places = (text.place for group in self.groups for text in group.texts)
        return {place: self.cleaned_data[place] for place in places}

    def rows(self) -> list[tuple[Group, list[tuple[Placed, forms.BoundField]], bool]]:
        """Each section with its boxes; open when something in it is wrong."""
        return [
            (
                group,
                [(text, self[text.place]) for text in group.texts],
                any(text.place in self.errors for text in group.texts),
            )
            for group in self.groups
        ]
