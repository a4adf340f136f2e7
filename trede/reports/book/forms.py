"""What a researcher fills in: the text of a chapter, and the version it began from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trede.reports.book.writing import LONGEST

HINT = _(
    "An empty line begins a paragraph, a line with # is a heading, lines with - are a"
    " list. Write a figure as [[code]]: the report fills it in."
)


class ChapterForm(forms.Form):
    text = forms.CharField(
        label=_("Text"),
        help_text=HINT,
        required=False,
        # The rule says it in words of its own.
        max_length=LONGEST * 2,
        widget=forms.Textarea(attrs={"rows": 22, "class": "chapter-text"}),
    )
    began_from = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
