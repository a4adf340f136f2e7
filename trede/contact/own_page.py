"""A page that a person opens with a personal link, in the language that they read.

Another language can be chosen on the page itself; where there are no words in it (or
none that are good enough for this pilot) the page is in Dutch.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from trede.accounts.doors import DoorRequest
from trede.contact.letter_texts import letter_in_languages
from trede.contact.models import PersonalLink
from trede.documents.translated import ORIGINAL, Said
from trede.languages import LANGUAGES, is_known, language_of, written_as
from trede.people.responsibility import coach_of
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules

T = TypeVar("T")


@dataclass(frozen=True)
class OwnPage(Generic[T]):
    """What a view knows of the person, the language and the words."""

    request: DoorRequest
    link: PersonalLink
    said: Said[T]
    rules: Rules
    tongues: list[dict[str, object]]
    filled_with: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> T:
        return self.said.filled(**self.filled_with)

    def show(self, template: str, **context: object) -> HttpResponse:
        language = language_of(self.said.language)
        frame = {
            "page_language": language.code,
            "page_direction": language.direction,
            "tongues": self.tongues,
            "token": self.token,
            "words": self.words,
            "by_machine": self.said.status == "machine",
            "help_telephone": self.filled_with["telephone"],
        }
        with translation.override(language.buttons):
            return render(self.request, template, frame | context)

    @property
    def token(self) -> str:
        match = self.request.resolver_match
        return str(match.kwargs["token"]) if match else ""

    def at(self, address: str) -> str:
        """An address of the next page, in the same language."""
        return f"{address}?taal={self.said.language}"


def own_page(
    request: DoorRequest, link: PersonalLink, kind: type[T], shipped: Path
) -> OwnPage[T]:
    """`shipped` is our file with the Dutch words of `kind`."""
    rules = rules_of(link.pilot, timezone.localdate(request.at))
    wanted = asked_language(request, link)
    texts = letter_in_languages(kind, shipped, rules)
    codes = [one.code for one in LANGUAGES]
    there = [code for code in codes if texts.said(code).language == code]
    said = texts.said(wanted)
    return OwnPage(
        request, link, said, rules, _tongues(there, said.language), _blanks(link)
    )


def asked_language(request: DoorRequest, link: PersonalLink) -> str:
    """As was chosen on the page, else as the person reads."""
    chosen = request.GET.get("taal", "")
    return chosen if is_known(chosen) else written_as(link.person.language_read)


def in_their_language(
    request: DoorRequest,
    link: PersonalLink,
    template: str,
    context: Mapping[str, object],
) -> HttpResponse:
    """A page whose words stand in the catalogues of the platform."""
    asked = asked_language(request, link)
    language = language_of(asked if is_known(asked) else ORIGINAL)
    frame = {
        "page_language": language.code,
        "page_direction": language.direction,
        "tongues": _tongues([one.code for one in LANGUAGES], language.code),
    }
    with translation.override(language.buttons):
        return render(request, template, frame | dict(context))


def _tongues(codes: list[str], current: str) -> list[dict[str, object]]:
    if len(codes) < 2:
        return []
    return [
        {
            "code": code,
            "name": language_of(code).own_name,
            "url": f"?taal={code}",
            "current": code == current,
        }
        for code in codes
    ]


def _blanks(link: PersonalLink) -> dict[str, str]:
    """The coach's number, else that of the municipality, else of the pilot."""
    town, rules = link.person.municipality, rules_of(link.pilot)
    coach = coach_of(link.person)
    number = (coach and coach.telephone) or town.help_telephone
    return {
        "coach": coach.name if coach else town.name,
        "telephone": number or rules.pilot.help_telephone,
        "town": town.name,
        "municipality": town.name,
    }
