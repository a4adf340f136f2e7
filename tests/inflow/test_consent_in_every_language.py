"""Somebody decides in their own language; the coach and the law read the Dutch."""

import json
import re
from dataclasses import replace
from html import unescape

import pytest
import time_machine
from django.test import Client

from tests.cast import Cast
from tests.inflow.intakes import AT, IntakeDesk, make_desk
from tests.inflow.reaching_out import browser
from tests.questionnaires.printed import words_of
from trede.contact.models import Letter
from trede.inflow import letter_words, signing
from trede.inflow.consent_letter import make_consent_letter
from trede.inflow.inviting import make_invitation
from trede.languages import LANGUAGES
from trede.people.consent_text import ConsentText, consent_text
from trede.people.models import ConsentDecision, Person, Purpose
from trede.pilots.loading import rules_of

MACHINE = "door een machine vertaald"
OTHERS = [one.code for one in LANGUAGES[1:]]


@pytest.fixture
def desk(cast: Cast) -> IntakeDesk:
    return make_desk(cast)


def speaks(desk: IntakeDesk, language: str) -> Person:
    person = desk.person
    person.language = language
    person.street, person.house_number = "Dorpsstraat", "12"
    person.postcode, person.town = "6512 AB", "Voorbeeldstad"
    person.save()
    return person


def text_in(languages: list[str]) -> ConsentText:
    whole = consent_text("nijmegen-2020-1")
    kept = [one for one in whole.edition if one.language in languages]
    return replace(whole, edition=tuple(kept))


@pytest.fixture
def coach(desk: IntakeDesk) -> Client:
    return browser(desk.cast.sanne)


def test_the_page_begins_in_the_language_of_the_record(desk: IntakeDesk, coach: Client):
    """The coach is told how good the words are; the person reads no such thing."""
    speaks(desk, "prs")
    now = desk.informed()
    farsi = consent_text("nijmegen-2020-1").in_language("fa")
    with time_machine.travel(AT, tick=False):
        told = coach.get(f"/instroom/intake/{now.pk}/vertellen/").content.decode()
        signing = coach.get(f"/instroom/intake/{now.pk}/toestemming/").content.decode()
    assert MACHINE in told and MACHINE not in signing
    for page in (told, signing):
        assert '<section class="stack" lang="fa" dir="rtl">' in page or (
            '<div class="stack" lang="fa" dir="rtl">' in page
        )
        assert farsi.section[0].paragraphs[0] in page
        assert "Hetzelfde in het Nederlands" in page
        assert all(language.own_name in page for language in LANGUAGES)


def test_who_speaks_what_nobody_wrote_gets_the_dutch_and_the_coach_hears_why(
    desk: IntakeDesk, coach: Client
):
    speaks(desk, "ckb")
    now = desk.begin()
    with time_machine.travel(AT, tick=False):
        told = coach.get(f"/instroom/intake/{now.pk}/vertellen/").content.decode()
    assert "Daarom staat het er in het Nederlands" in told
    assert 'lang="nl" dir="ltr"' in told


@pytest.mark.parametrize("language", ["ar", "ti", "nl-x-a2"])
def test_the_form_and_the_letter_say_it_in_both(language: str, desk: IntakeDesk):
    speaks(desk, language)
    now = desk.informed()
    form = desk.sign(now, language=language)
    text = consent_text("nijmegen-2020-1")
    decision = ConsentDecision.objects.filter(purpose="study").get()
    assert (decision.language, decision.text_version) == (language, text.version)
    assert decision.text_sha256 == text.digest_in(language)
    assert decision.translation_status == "machine"
    now.refresh_from_db()
    desk.end(now, "start")
    letter = make_consent_letter(
        intake=now, address=lambda token: f"https://t.nl/{token}", by=desk.by, at=AT
    )
    content = json.loads(letter.content)
    own = text.in_language(language).decision_on("study")
    assert f"{own.question} {own.yes}." in content["paragraphs"]
    in_dutch = "Ik doe mee aan het onderzoek." in words_of(form.content)
    assert in_dutch is ("dutch" in content) is (not language.startswith("nl"))


def test_the_same_choice_signed_anew_in_another_language_is_a_form_of_its_own(
    desk: IntakeDesk, coach: Client
):
    now = desk.informed()
    dutch = desk.sign(now)
    now.refresh_from_db()
    page = f"/instroom/intake/{now.pk}/toestemming/?opnieuw=1"
    with time_machine.travel(AT, tick=False):
        found = coach.get(page).content.decode()
    (address,) = re.findall(r'href="(\?taal=ar[^"]*)"', found)
    with time_machine.travel(AT, tick=False):
        anew = coach.get(page.partition("?")[0] + unescape(address)).content.decode()
    assert 'name="declared"' in anew and 'dir="rtl"' in anew
    arabic = desk.sign(now, language="ar")
    assert arabic != dutch
    decided = ConsentDecision.objects.filter(purpose="study").order_by("pk")
    assert [one.language for one in decided] == ["nl", "ar"]
    assert desk.sign(now, language="ar") == arabic


def test_what_was_on_the_screen_is_signed_in_no_other_language(
    desk: IntakeDesk, coach: Client, monkeypatch: pytest.MonkeyPatch
):
    """The rules changed while the page stood open: Arabic is not trusted any more."""
    speaks(desk, "tr")
    now = desk.informed()
    demanding = text_in(["nl", "tr"])
    monkeypatch.setattr(signing, "text_of", lambda _pilot, _at: demanding)
    said = {"study": "yes", "recording": "yes", "register": "yes", "typed_name": "N"}
    with time_machine.travel(AT, tick=False):
        page = f"/instroom/intake/{now.pk}/toestemming/?taal=ar"
        reply = coach.post(page, said | {"declared": list("012345")})
    assert "De tekst is er niet in deze taal" in reply.content.decode()
    assert not ConsentDecision.objects.exists()


@pytest.mark.parametrize("language", OTHERS)
def test_the_invitation_comes_in_every_language(language: str, desk: IntakeDesk):
    """Every word of it is there, and the Dutch lies behind it."""
    rules = rules_of(desk.pilot)
    said = letter_words.invitation(language, rules)
    assert (said.language, said.status, said.why) == (language, "machine", "")
    assert letter_words.consent_letter(language, rules).language == language
    speaks(desk, language)
    make_invitation(candidate=desk.candidate, by=desk.by, at=AT)
    content = json.loads(Letter.objects.get().content)
    assert content["language"] == language
    assert ("dutch" in content) is (language != "nl-x-a2")
    assert not any("{" in words for words in content["paragraphs"])
    (fact,) = content["facts"]
    month = {"uk": "лютого", "pl": "lutego", "ti": "ለካቲት", "tr": "Şubat"}
    assert month.get(language, "2020") in fact[1]
    assert language in ("en", "nl-x-a2", "so") or "February" not in fact[1]


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_a_text_that_was_taken_away_is_named_in_the_letter(
    desk: IntakeDesk, language: str
):
    """From the municipality's own folder, after somebody signed it."""
    speaks(desk, language)
    now = desk.informed()
    desk.sign(now, language=language)
    now.refresh_from_db()
    desk.end(now, "start")
    ConsentDecision.objects.update(text_version="own-7")
    letter = make_consent_letter(
        intake=now, address=lambda token: f"https://t.nl/{token}", by=desk.by, at=AT
    )
    content = json.loads(letter.content)
    dutch = content if language == "nl" else content["dutch"]
    begins = "Meedoen aan het onderzoek: Ja. U tekende tekst “own-7”."
    assert any(one.startswith(begins) for one in dutch["paragraphs"])
    said = [one for one in content["paragraphs"] if "own-7" in one]
    assert len(said) == len(Purpose)
    assert ("U tekende" in said[0]) is (language == "nl")
