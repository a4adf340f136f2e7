"""The shape of the words of a letter as they are typed: a field for each piece, or for
each Dutch sentence with its translation."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.contact.letter_texts import Pieces
from trede.contact.letter_writing import Written, field_of
from trede.contact.models import LetterText
from trede.documents.translated import blanks
from trede.languages import language_of

LONGEST = 4000
# What is longer than a label; a short piece is called by Trede's own words for it.
NAMED: Mapping[str, str | Promise] = {
    "salutation": _("How it begins"),
    "paragraphs": _("What it says"),
    "before": _("What it says before the choices"),
    "after": _("What it says at the end"),
    "new": _("What it says of the new coach"),
    "for_a_while": _("What it says of who stands in"),
    "sms": _("Text message"),
    "sms_call": _("Text message: how to call"),
    "sms_link": _("Text message: the page to open"),
    "call": _("How to call"),
    "online": _("The page to open"),
    "link": _("The page to open"),
    "code": _("The code that is needed as well"),
    "signature": _("Who signs"),
    "scan": _("Beside the picture to scan"),
    "picture": _("What the picture is, read aloud"),
    "footer": _("At the bottom of each page"),
}
# What comes in the place of each, since its name is not a word of every reader.
FILLED_IN: Mapping[str, str | Promise] = {
    "{name}": pgettext_lazy("filled in", "whom the letter is for"),
    "{coach}": pgettext_lazy("filled in", "the coach"),
    "{giver}": pgettext_lazy("filled in", "the coach until now"),
    "{telephone}": pgettext_lazy("filled in", "the telephone number"),
    "{municipality}": pgettext_lazy("filled in", "the name of the municipality"),
    "{town}": pgettext_lazy("filled in", "the name of the municipality"),
    "{pilot}": pgettext_lazy("filled in", "the name of the pilot"),
    "{day}": pgettext_lazy("filled in", "the day"),
    "{time}": pgettext_lazy("filled in", "the time"),
    "{place}": pgettext_lazy("filled in", "the place"),
    "{until}": pgettext_lazy("filled in", "the last day"),
    "{link}": pgettext_lazy("filled in", "the address of the page"),
    "{n}": pgettext_lazy("filled in", "a number"),
}
LINES = _("Each line is a paragraph of its own.")


class Piece(forms.CharField):
    """A sentence; or, when Trede has a row of them, one on each line. What may stay
    empty is not called optional: without it the letter is not in that language."""

    def __init__(
        self, like: str | list[str], *, may_be_empty: bool, **kwargs: Any
    ) -> None:
        self.may_be_empty = may_be_empty
        self.in_lines = isinstance(like, list)
        text = "\n".join(like) if isinstance(like, list) else like
        rows = max(1, sum(1 + len(line) // 75 for line in text.splitlines()))
        shape = forms.Textarea({"rows": rows, "class": "words"})
        super().__init__(max_length=LONGEST, widget=shape, **kwargs)

    def validate(self, value: str) -> None:
        if value or not self.may_be_empty:
            super().validate(value)

    def prepare_value(self, value: str | list[str]) -> str:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: str) -> Any:
        said = super().clean(value)
        lines = [" ".join(line.split()) for line in said.splitlines()]
        kept = [line for line in lines if line]
        return kept if self.in_lines else " ".join(kept)


class DutchForm(forms.Form):
    def __init__(self, *args: Any, shipped: Pieces, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, said in shipped.items():
            text = said if isinstance(said, str) else " ".join(said)
            hints = [str(LINES)] if isinstance(said, list) else []
            self.fields[name] = Piece(
                said,
                label=NAMED.get(name) or text or name,
                may_be_empty=not text,
                help_text=" ".join([*hints, *_filled_in(text)]),
            )

    def written(self) -> Written:
        return Written(self.cleaned_data)


def _filled_in(text: str) -> list[str]:
    """What is filled in of a piece, each with what comes in its place."""
    return [f"{blank}: {FILLED_IN[blank]}." for blank in sorted(blanks(text))]


class TranslationForm(forms.Form):
    def __init__(
        self, *args: Any, dutch: tuple[str, ...], language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._dutch = {field_of(sentence): sentence for sentence in dutch}
        there = language_of(language)
        for name, sentence in self._dutch.items():
            piece = Piece(sentence, may_be_empty=True, label=sentence)
            piece.widget.attrs |= {"lang": there.code, "dir": there.direction}
            self.fields[name] = piece
        self.fields["status"] = forms.ChoiceField(
            label=_("How far these words can be trusted"),
            choices=LetterText.Status.choices,
        )
        self.fields["vouched_by"] = forms.CharField(
            label=_("Who reviewed the words"), max_length=120, required=False
        )

    def written(self) -> Written:
        told = self.cleaned_data
        by_machine = told["status"] == LetterText.Status.MACHINE
        return Written(
            {dutch: told[name] for name, dutch in self._dutch.items()},
            told["status"],
            "" if by_machine else told["vouched_by"],
        )
