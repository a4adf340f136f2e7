"""The page behind the code in an invitation: place, time, language, or not now."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from trede.accounts.doors import DoorRequest
from trede.contact.models import PersonalLink
from trede.contact.own_page import OwnPage, own_page
from trede.contact.through_links import through_link
from trede.inflow.choosing import Choice, choose, chosen_with, may_choose
from trede.inflow.letter_words import CHOICE, ChoiceWords
from trede.languages import LANGUAGES
from trede.pilots.circumstances import locations_on

PURPOSE = "invitation"
Page = OwnPage[ChoiceWords]


@through_link(PURPOSE)
def choose_by_link(request: DoorRequest, link: PersonalLink) -> HttpResponse:
    """Once a letter. It shows no name: a letter may lie about."""
    page = own_page(request, link, ChoiceWords, CHOICE)
    chosen = chosen_with(link)
    if chosen or not may_choose(link):
        return page.show("inflow/chosen.html", chosen=chosen)
    if "not_now" in request.POST:
        choose(link=link, choice=Choice(not_now=True), at=request.at)
        return _again(page)
    form = ChoiceForm(request.POST or None, page=page)
    if form.is_valid():
        choose(link=link, choice=form.choice(), at=request.at)
        return _again(page)
    return page.show("inflow/choose.html", form=form)


class ChoiceForm(forms.Form):
    """Each question has an answer already, so that one tap may be enough."""

    place = forms.ChoiceField(widget=forms.RadioSelect)
    part_of_day = forms.ChoiceField(widget=forms.RadioSelect)
    language = forms.ChoiceField()
    interpreter = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "place": ANY,
            "part_of_day": ANY,
            "language": page.said.language,
            "interpreter": NO,
        }
        super().__init__(*args, **kwargs)
        words = page.words
        spoken = [(one.code, one.own_name) for one in LANGUAGES if one.code != A2]
        self._offer("place", words.where, _places(page))
        self._offer("part_of_day", words.when, _parts(page))
        self._offer("language", words.language_lead, spoken)
        yes_no = [(YES, words.yes), (NO, words.no)]
        self._offer("interpreter", words.interpreter, yes_no)

    def _offer(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        field.label = label
        field.error_messages = {"required": label, "invalid_choice": label}
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def choice(self) -> Choice:
        said = {
            name: "" if value == ANY else value
            for name, value in self.cleaned_data.items()
        }
        return Choice(**said | {"interpreter": said["interpreter"] == YES})


ANY, YES, NO = "any", "yes", "no"
A2 = "nl-x-a2"  # a way of writing, not a language to talk in


def _places(page: Page) -> list[tuple[str, str]]:
    """As in the letter: those that are open, in the person's own words for them."""
    here = locations_on(page.rules, timezone.localdate(page.request.at))
    offered = [one for one in here if one.in_letter] or list(here)
    known = page.said.words
    named = ((one.code, one.label) for one in offered)
    told = [(code, (known and known.of(label)) or label) for code, label in named]
    return [*told, (ANY, page.words.any_time)]


def _parts(page: Page) -> list[tuple[str, str]]:
    words = page.words
    named = {
        "morning": words.morning,
        "afternoon": words.afternoon,
        "evening": words.evening,
    }
    used = [(code, named[code]) for code in page.rules.contact.parts_of_day]
    return [*used, (ANY, words.any_time)]


def _again(page: Page) -> HttpResponse:
    return redirect(page.at(reverse("inflow:choose", args=[page.token])))
