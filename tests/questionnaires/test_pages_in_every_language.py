"""Each language on the pages of a person: its texts, its buttons, its direction."""

import re
from pathlib import Path

import polib
import pytest
from django.http import HttpResponse
from django.utils.html import escape

from tests.questionnaires.conftest import Desk
from tests.questionnaires.devices import Device, signed_in
from trede import questionnaires
from trede.languages import LANGUAGES, Language
from trede.questionnaires.definition import PartKind
from trede.questionnaires.models import Sitting
from trede.questionnaires.publishing import definition_of

LOCALE = Path(questionnaires.__path__[0]).parent / "locale"
WITH_OWN_BUTTONS = [one for one in LANGUAGES if one.buttons not in ("nl", "en")]
# On a page all the time: one Dutch word here would be one Dutch word everywhere.
ALWAYS = ("Stop and save", "Next", "Back")
BY_MACHINE = (
    "A computer translated these questions. Is something not clear? Ask for help."
)


def buttons_in(language: str) -> dict[str, str]:
    file = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    return {entry.msgid: entry.msgstr for entry in file}


@pytest.fixture
def device(desk: Desk) -> Device:
    desk.consent()
    device = Device(signed_in(desk), desk.sitting())
    device.hand_over()
    device.begin()
    return device


def in_language(device: Device, language: Language) -> None:
    answer = device.post("taal/", language=language.code)
    assert answer.status_code == 302


def html_of(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_the_page_says_its_language_and_direction(device: Device, language: Language):
    in_language(device, language)
    html = html_of(device.get("vraag/birth_year/"))
    assert f'<html lang="{language.code}" dir="{language.direction}">' in html
    there, town = device.sitting.questionnaire, device.sitting.pilot.municipality_id
    asked = definition_of(there, town=town).question("birth_year")
    assert asked.text.read_in(language.code) in html


@pytest.mark.parametrize("language", WITH_OWN_BUTTONS, ids=lambda one: one.code)
def test_the_buttons_are_in_that_language_too(device: Device, language: Language):
    in_language(device, language)
    html = html_of(device.get("vraag/birth_year/"))
    own, dutch = buttons_in(language.buttons), buttons_in("nl")
    for words in ALWAYS:
        assert own[words] in html
        assert not re.search(rf">\s*{re.escape(dutch[words])}\s*<", html)


@pytest.mark.parametrize("language", WITH_OWN_BUTTONS, ids=lambda one: one.code)
def test_a_mistake_is_explained_in_that_language(device: Device, language: Language):
    in_language(device, language)
    html = html_of(device.post("vraag/birth_year/", value="75"))
    words = buttons_in(language.buttons)
    assert words["Write the year with four digits, such as 1975."] in html


def test_every_language_stands_in_its_own_script_on_every_page(device: Device):
    for page in ("", "vraag/sex/", "nakijken/"):
        html = html_of(device.get(page))
        for language in LANGUAGES:
            assert f'lang="{language.code}"' in html
            assert language.own_name in html


def test_another_language_shows_the_same_question(device: Device):
    answer = device.post("vraag/sex/", language="ar")
    assert answer.headers["Content-Location"].endswith("vraag/sex/")
    assert '<html lang="ar" dir="rtl"' in html_of(answer)


def test_an_answer_knows_in_which_language_it_was_asked(device: Device):
    in_language(device, next(one for one in LANGUAGES if one.code == "ti"))
    device.answer("birth_year", value="1975")
    given = Sitting.objects.get().answers.get(question="birth_year")
    assert given.language == "ti"


def test_digits_of_another_script_are_digits(device: Device):
    in_language(device, next(one for one in LANGUAGES if one.code == "fa"))
    device.answer("birth_year", value="۱۹۷۵")
    assert Sitting.objects.get().answers.get(question="birth_year").value == "1975"


def test_who_reads_words_of_a_machine_is_told_so(device: Device):
    in_language(device, next(one for one in LANGUAGES if one.code == "pl"))
    said = buttons_in("pl")
    note = (
        "A computer translated these questions. Is something not clear? Ask for help."
    )
    assert said[note] in html_of(device.get())
    in_language(device, LANGUAGES[0])
    assert buttons_in("nl")[BY_MACHINE] not in html_of(device.get())


def test_the_page_for_the_coach_is_in_the_coachs_language(device: Device):
    in_language(device, next(one for one in LANGUAGES if one.code == "ar"))
    html = html_of(device.get("coach/"))
    assert '<html lang="nl" dir="ltr">' in html
    assert "Typ de pincode die u koos" in html
    # And the person's own pages stay as the person has them.
    assert 'dir="rtl"' in html_of(device.get("vraag/sex/"))


@pytest.fixture
def thanked(device: Device) -> str:
    """The address of the last page, of somebody who answered in Dutch."""
    device.to_the_end()
    return device.post("klaar/").headers["Location"]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_the_thanks_are_read_in_every_language_and_the_answers_keep_theirs(
    device: Device, thanked: str, language: Language
):
    html = html_of(device.client.get(thanked, {"taal": language.code}))
    assert f'<html lang="{language.code}" dir="{language.direction}"' in html
    for other in LANGUAGES:
        assert f'lang="{other.code}"' in html and other.own_name in html
    asked = definition_of(device.sitting.questionnaire, town=None)
    assert str(escape(asked.part(PartKind.CORE).outro.read_in(language.code))) in html
    if language in WITH_OWN_BUTTONS:
        assert buttons_in(language.code)["Thank you"] in html
    assert Sitting.objects.get().language == "nl"


def test_the_thanks_in_a_language_that_is_not_there_are_in_ones_own(
    device: Device, thanked: str
):
    assert '<html lang="nl"' in html_of(device.client.get(thanked, {"taal": "xx"}))
