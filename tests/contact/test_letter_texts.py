"""A coordinator writes the words of letters; what was made keeps what it says."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from tests.cast import AT, Cast
from tests.contact.making import a_pilot
from tests.inflow.reaching_out import a_candidate, browser
from trede.accounts.refusing import Refused
from trede.contact.letter_text_forms import DutchForm
from trede.contact.letter_texts import WORDINGS, OneText
from trede.contact.letter_writing import (
    Written,
    back_to_shipped,
    field_of,
    keep,
    preview,
)
from trede.contact.models import Letter, LetterText
from trede.documents.translated import blanks
from trede.inflow import letter_words
from trede.inflow.inviting import make_invitation, send_round
from trede.languages import LANGUAGES
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

SUBJECT, AGAIN = "Zullen we kennismaken?", "Nog een keer: zullen we kennismaken?"
OURS = "Zin in koffie?"


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    pilot = a_pilot(cast)
    cast.sign_in_with_a_password()
    return pilot


@pytest.fixture
def dutch(pilot: Pilot) -> OneText:
    return OneText(pilot, WORDINGS["invitation"], "nl")


def write(text: OneText, cast: Cast, status: str = "machine", who: str = "", **words):
    """Only these pieces differ from what the letter says now."""
    if text.language == "nl":
        said = {**vars(text.now().dutch), **words}
    else:
        said = {one: text.now().known[text.language].of(one) for one in words} | words
    written = Written(said, status, who)
    keep(text=text, written=written, by=cast.by("greet"), at=AT)


def subject_in(language: str, pilot: Pilot) -> tuple[str, str]:
    said = letter_words.invitation(language, rules_of(pilot))
    return said.text.subject, said.language


def test_the_pilots_own_words_go_before_those_of_trede(cast, pilot, dutch):
    write(dutch, cast, subject=OURS)
    assert subject_in("nl", pilot) == (OURS, "nl")
    assert LetterText.objects.get().words == {"subject": OURS}


def test_each_number_has_words_of_its_own_and_else_those_before_it(cast, pilot, dutch):
    second, third = (OneText(pilot, WORDINGS[f"invitation-{n}"], "nl") for n in (2, 3))
    write(dutch, cast, closing="Groet,")
    write(second, cast, subject=OURS)
    now = [one.now().dutch for one in (dutch, second, third)]
    assert [one.subject for one in now] == [SUBJECT, OURS, OURS]
    assert {one.closing for one in now} == {"Groet,"}
    assert LetterText.objects.last().words == {"subject": OURS}
    back_to_shipped(text=second, by=cast.by("greet"), at=AT)
    assert {one.now().dutch.subject for one in (second, third)} == {AGAIN}
    write(dutch, cast, subject=OURS)
    assert second.now().dutch.subject == OURS


@pytest.mark.parametrize("code", ["invitation-2", "reminder-2"])
def test_a_second_one_is_there_in_every_language(pilot, code):
    now = OneText(pilot, WORDINGS[code], "nl").now()
    assert {now.said(one.code).language for one in LANGUAGES} == {
        one.code for one in LANGUAGES
    }


def test_who_was_invited_before_is_written_to_in_other_words(cast, pilot):
    candidate, by = a_candidate(cast, pilot), cast.by("sanne")
    for n, subject in enumerate((SUBJECT, AGAIN, AGAIN)):
        at = AT + timedelta(days=14 * n)
        letter = make_invitation(candidate=candidate, by=by, at=at)
        assert subject in letter.content
        send_round(letters=[letter], on=at.date(), by=by, at=at)


def test_another_pilot_keeps_its_own(cast, pilot, dutch):
    write(dutch, cast, subject=OURS)
    other = Pilot.objects.create(municipality=cast.here, code="ander", name="Ander")
    there = OneText(other, WORDINGS["invitation"], "nl")
    assert there.newest() is None
    assert there.shipped()["subject"] == SUBJECT


def test_a_letter_that_was_made_keeps_its_words(cast, pilot, dutch):
    candidate = a_candidate(cast, pilot)
    letter = make_invitation(candidate=candidate, by=cast.by("sanne"), at=AT)
    before = letter.file.content
    write(dutch, cast, subject=OURS)
    letter.refresh_from_db()
    assert SUBJECT in letter.content
    assert letter.file.content == before
    new = make_invitation(candidate=candidate, by=cast.by("sanne"), at=AT)
    assert OURS in new.content
    assert Letter.objects.count() == 2


def test_a_changed_sentence_waits_for_its_translation(cast, pilot, dutch):
    write(dutch, cast, subject=OURS)
    assert subject_in("en", pilot) == (OURS, "nl")
    write(OneText(pilot, dutch.letter, "en"), cast, **{OURS: "Shall we have coffee?"})
    assert subject_in("en", pilot) == ("Shall we have coffee?", "en")
    assert subject_in("tr", pilot) == (OURS, "nl")


def test_who_reviewed_vouches_for_all_sentences_or_for_none(cast, pilot, dutch):
    english = OneText(pilot, dutch.letter, "en")
    known = english.now().known["en"]
    every = {one: known.of(one) for one in known.pairs}
    write(english, cast, "reviewed", "Amina Yusuf", **every)
    said = english.now().said("en")
    assert (said.status, said.vouched_by) == ("reviewed", "Amina Yusuf")
    one = {SUBJECT: every[SUBJECT]}
    write(english, cast, "reviewed", "Amina Yusuf", **one)
    assert english.now().said("en").status == "machine"


def test_nobody_reviewed_without_a_name(cast, pilot, dutch):
    english = OneText(pilot, dutch.letter, "en")
    with pytest.raises(Refused, match="Write the name"):
        write(english, cast, "reviewed", **{SUBJECT: "Shall we meet?"})


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"salutation": "Beste,"}, r"Leave \{name\} in"),
        ({"subject": "Voor {naam}"}, "Between braces, only this"),
        ({"subject": "Een { haakje"}, "Between braces, only this"),
        ({"subject": "Een {tele{name}phone}"}, "Between braces, only this"),
        ({"subject": "Koffie \U0001fae0"}, "cannot be printed"),
    ],
)
def test_what_could_not_be_filled_in_or_printed_is_refused(
    cast, pilot, dutch, words, why
):
    with pytest.raises(Refused, match=why):
        write(dutch, cast, **words)
    assert not LetterText.objects.exists()


def test_a_translation_fills_in_the_same(cast, pilot, dutch):
    english = OneText(pilot, dutch.letter, "en")
    with pytest.raises(Refused, match=r"Leave \{name\} in"):
        write(english, cast, **{"Beste {name},": "Dear,"})
    town = {"coach, {municipality}": "coach of {town}"}
    write(english, cast, **town)
    assert english.now().known["en"].pairs["coach, {municipality}"] == "coach of {town}"


def test_a_link_stands_only_where_one_was(cast, pilot):
    reminder = OneText(pilot, WORDINGS["appointment"], "nl")
    with pytest.raises(Refused, match="Between braces, only this"):
        write(reminder, cast, sms_call="Bel {telephone} of kijk op {link}")


def test_the_same_words_twice_are_one_version(cast, pilot, dutch):
    write(dutch, cast, subject=OURS)
    write(dutch, cast, subject=OURS)
    assert dutch.versions().count() == 1


def test_back_to_the_words_of_trede_keeps_the_version(cast, pilot, dutch):
    write(dutch, cast, subject=OURS)
    for _twice in range(2):
        back_to_shipped(text=dutch, by=cast.by("greet"), at=AT)
    assert subject_in("nl", pilot) == (SUBJECT, "nl")
    assert [one.words for one in dutch.versions()] == [{}, {"subject": OURS}]


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_each_letter_can_be_seen_before_it_is_kept(cast, pilot, code):
    text = OneText(pilot, WORDINGS[code], "ar")
    pdf = preview(text=text, written=Written({}), by=cast.by("greet"), at=AT)
    assert pdf.startswith(b"%PDF") == (WORDINGS[code].specimen is not None)
    assert not LetterText.objects.exists()


def test_the_screen_keeps_what_was_typed_and_says_what_is_wrong(cast, pilot):
    greet, where = browser(cast.greet), address(pilot, "nl")
    page = greet.get(where)
    given = typed(page) | {"subject": OURS, "salutation": "Hallo,"}
    refused = greet.post(where, given).content.decode()
    assert "Laat {name} staan" in refused
    assert OURS in refused
    assert not LetterText.objects.exists()
    greet.post(where, given | {"salutation": "Hallo {name},"})
    assert LetterText.objects.get().words == {
        "subject": OURS,
        "salutation": "Hallo {name},",
    }
    shown = greet.get("/contact/brieftekst/").content.decode()
    assert "Eigen tekst sinds" in shown
    assert "English" in shown


def test_the_screen_shows_the_letter_before_it_is_kept(cast, pilot):
    greet, where = browser(cast.greet), address(pilot, "en")
    assert 'name="preview"' in greet.get(where).content.decode()
    given = typed(greet.get(where)) | {field_of(SUBJECT): "Coffee?", "preview": "1"}
    assert greet.post(where, given).content.startswith(b"%PDF")
    assert not LetterText.objects.exists()


def test_an_older_version_can_be_looked_at_and_kept_again(cast, pilot, dutch):
    write(dutch, cast, subject=OURS)
    first = dutch.versions().get()
    write(dutch, cast, subject="Iets anders")
    greet = browser(cast.greet)
    page = greet.get(f"{address(pilot, 'nl')}?version={first.pk}")
    assert typed(page)["subject"] == OURS


def test_only_a_coordinator_of_the_town_writes_the_words(cast, pilot):
    where = address(pilot, "nl")
    assert browser(cast.sanne).get(where).status_code == 403
    assert browser(cast.greet).get(address(pilot, "xx")).status_code == 404
    back = browser(cast.greet).post(f"{where}van-trede/")
    assert back["Location"] == where


@pytest.mark.parametrize("who", ["willem", "rik", "ilse", "bas", "fatima", "aad"])
def test_everybody_else_reads_in_a_sentence_that_it_is_not_for_them(cast, pilot, who):
    client, where = browser(getattr(cast, who)), address(pilot, "nl")
    for page in ("/contact/brieftekst/", where):
        shown = client.get(page)
        assert shown.status_code == 403
        assert "Deze pagina hoort niet bij uw rol" in shown.text
    assert client.post(where, {"go": "keep"}).status_code == 403


def address(pilot: Pilot, language: str) -> str:
    return f"/contact/brieftekst/{pilot.pk}/invitation/{language}/"


def typed(page) -> dict[str, str]:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields}


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_each_blank_is_explained_in_the_language_of_the_page(code, pilot):
    letter = OneText(pilot, WORDINGS[code], "nl")
    with translation.override("nl"):
        form = DutchForm(shipped=letter.shipped())
    for name, field in form.fields.items():
        for blank in blanks(str(letter.shipped()[name])):
            explained = re.escape(blank) + ": (de|het|een|voor) "
            assert re.search(explained, str(field.help_text))


def test_the_page_tells_what_comes_in_the_place_of_a_blank(cast, pilot):
    address = reverse("contact:letter_text", args=[pilot.pk, "invitation", "nl"])
    page = browser(cast.greet).get(address).content.decode()
    assert "{telephone}: het telefoonnummer." in page
