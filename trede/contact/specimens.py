"""For whom a letter is shown before anybody gets it: an invented person at an invented
address, in the language of the letter. Nothing of it is kept."""

from django.conf import settings

from trede.contact.letter_texts import Specimen
from trede.people.models import Person


def nobody(of: Specimen) -> Person:
    town = of.pilot.municipality
    return Person(
        municipality=town,
        given_names="Noor",
        surname="Voorbeeld",
        street="Voorbeeldstraat",
        house_number="1",
        postcode="1234 AB",
        town=town.name,
        language=of.language,
    )


def page_of_nobody() -> str:
    """As long as the address of a real page, so that it takes the same room."""
    return f"{settings.ADDRESS or 'https://voorbeeld.nl'}/mijn/{'voorbeeld-' * 4}123/"
