"""The shape of a translator's page: words beside words, and who vouches for them."""

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from trede.languages import Language
from trede.questionnaires.library.texts_in_place import Placed
from trede.questionnaires.models import Translation
from trede.questionnaires.wording import is_copy

LONGEST = 4_000
COPIED = _("It equals the text as it was written, so it counts as missing.")
LARGEST_SHEET = 5_000_000
_LINE = 48  # letters on a line of the box
_MOST_LINES = 10


class WordsForm(forms.Form):
    """One box for each text, under the name of its place."""

    use_required_attribute = False
    # Which edition the translator has in view.
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    remark = forms.CharField(label=_("Remark"), required=False, max_length=300)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        texts: Sequence[Placed],
        language: Language,
        edition: int,
    ) -> None:
        self.texts = texts
        initial = {text.place: text.words for text in texts}
        super().__init__(data, initial={"edition": edition, **initial})
        for text in texts:
            self.fields[text.place] = forms.CharField(
                label=text.original,
                required=False,
                max_length=LONGEST,
                widget=box(text, language),
            )

    def clean(self) -> None:
        for text in self.texts:
            typed = self.cleaned_data.get(text.place, "")
            if not text.may_be_equal and is_copy(typed, text.original):
                self.add_error(text.place, COPIED)

    @property
    def typed(self) -> dict[str, str]:
        return {text.place: self.cleaned_data[text.place] for text in self.texts}

    def rows(self) -> list[tuple[Placed, forms.BoundField]]:
        return [(text, self[text.place]) for text in self.texts]

    def begin_again_from(self, edition: int, theirs: dict[str, str]) -> None:
        """What was typed stays; saving again is a choice made with both in view."""
        for place, words in theirs.items():
            self.add_error(
                place,
                _("Somebody else wrote here meanwhile: “%(words)s”. Choose, and save.")
                % {"words": words},
            )
        typed = {name: self.data[name] for name in self.data}
        self.data = typed | {"edition": str(edition)}


class VouchForm(forms.Form):
    # Which edition was read; 0 before what comes with Trede was stored as the first.
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    status = forms.ChoiceField(
        label=_("How good are the words?"),
        choices=Translation.Status.choices[1:],
        widget=forms.RadioSelect,
    )
    vouched_by = forms.CharField(
        label=_("Name of who vouches for it"),
        help_text=_("The person who read or tried it: a speaker of the language."),
        max_length=120,
    )
    remark = forms.CharField(label=_("Remark"), required=False, max_length=300)


class UploadTextsForm(forms.Form):
    file = forms.FileField(
        label=_("Spreadsheet (XLSX)"),
        help_text=_("You first see what would change. Nothing is saved yet."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_SHEET:
            raise forms.ValidationError(
                _("This file is larger than %(n)d MB: too large for texts alone."),
                params={"n": LARGEST_SHEET // 1_000_000},
            )
        return file


class TakeOverForm(forms.Form):
    """What was shown and is now taken over: the words travel with the page."""

    words = forms.JSONField(widget=forms.HiddenInput)
    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    remark = forms.CharField(
        label=_("Remark"),
        help_text=_("Stands in the history, for instance who translated."),
        required=False,
        max_length=300,
    )

    def clean_words(self) -> dict[str, str]:
        words = self.cleaned_data["words"]
        if not isinstance(words, dict) or not all(map(_is_text, words.values())):
            raise forms.ValidationError(_("Upload the file again."))
        return words


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def box(text: Placed, language: Language) -> forms.Textarea:
    lines = sum(1 + len(line) // _LINE for line in text.original.split("\n"))
    return forms.Textarea(
        attrs={
            "rows": min(lines, _MOST_LINES),
            "lang": language.code,
            "dir": language.direction,
            "class": "words",
        }
    )
