"""Translating on the screen, by one person and by two at once."""

from dataclasses import replace

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import AT, Cast
from tests.questionnaires.library.conftest import signed_in
from tests.questionnaires.library.made_up import TURKISH, small
from trede.questionnaires.exchange.languages_kept import filled
from trede.questionnaires.exchange.translation_sheet import read_workbook
from trede.questionnaires.library.catalogue import find, tongue_of
from trede.questionnaires.library.uploaded_texts import sheet_of
from trede.questionnaires.library.working_together import merge
from trede.questionnaires.models import Questionnaire, Translation
from trede.questionnaires.publishing import definition_of, publish
from trede.questionnaires.shipped_files import shipped
from trede.questionnaires.translating import translate
from trede.questionnaires.wording import with_words

pytestmark = pytest.mark.django_db
MONEY = "/vragenlijsten/small/1/taal/tr/?deel=money"
VOUCH = "/vragenlijsten/small/1/taal/tr/instaan/"


@pytest.fixture
def stored(cast: Cast) -> Questionnaire:
    return publish(small(), by=cast.by("ilse"), at=AT)


def words(stored: Questionnaire, place: str = "debts.text") -> str:
    row = Translation.objects.filter(questionnaire=stored, language="tr")
    newest = row.order_by("-edition").first()
    return newest.texts.get(place, "") if newest else ""


def complete(client: Client) -> None:
    for part in ("algemeen", "money"):
        address = MONEY.replace("money", part)
        edition = client.get(address).context["form"]["edition"].value()
        client.post(address, {"edition": edition, **TURKISH})


def vouch(client: Client, name: str, edition: int | None = None) -> None:
    read = client.get(MONEY).context["vouch_form"]["edition"].value()
    said = {"status": "reviewed", "vouched_by": name, "edition": edition or read}
    client.post(VOUCH, said)


def test_what_was_typed_is_saved_by_name(
    stored: Questionnaire, cast: Cast, researcher: Client
) -> None:
    researcher.post(MONEY, {"edition": "0", "debts.text": "Borcunuz var mı?"})
    made = Translation.objects.get()
    assert made.texts == {"debts.text": "Borcunuz var mı?"}
    assert (made.made_by, made.status, made.edition) == (cast.ilse, "machine", 1)


def test_saving_without_a_change_makes_no_edition(
    stored: Questionnaire, researcher: Client
) -> None:
    researcher.post(MONEY, {"edition": "0", "debts.text": ""})
    assert not Translation.objects.exists()


def test_the_first_word_stores_what_comes_with_trede(researcher: Client) -> None:
    address = f"/vragenlijsten/short/{shipped('short').version}/taal/ti/"
    researcher.post(address, {"edition": "0", "title": "ሓጺር መጠይቕ"})
    row = Translation.objects.get(language="ti", made_by__isnull=False)
    assert row.texts["title"] == "ሓጺር መጠይቕ"


def test_two_people_at_different_texts_both_keep_theirs(
    stored: Questionnaire, cast: Cast, researcher: Client
) -> None:
    greet = signed_in(cast.greet)
    researcher.post(MONEY, {"edition": "0", "debts.text": "Borcunuz var mı?"})
    greet.post(MONEY, {"edition": "0", "debts.yes": "Evet"})
    assert words(stored) == "Borcunuz var mı?"
    assert words(stored, "debts.yes") == "Evet"


def test_the_second_at_one_text_is_told_and_keeps_what_was_typed(
    stored: Questionnaire, cast: Cast, researcher: Client
) -> None:
    greet = signed_in(cast.greet)
    researcher.post(MONEY, {"edition": "0", "debts.text": "Borcunuz var mı?"})
    told = greet.post(MONEY, {"edition": "0", "debts.text": "Borç var mı?"})
    page = told.content.decode()
    assert "Iemand anders schreef hier intussen: ‘Borcunuz var mı?’" in page
    assert "Borç var mı?</textarea>" in page
    assert words(stored) == "Borcunuz var mı?"
    edition = told.context["form"].data["edition"]
    greet.post(MONEY, {"edition": edition, "debts.text": "Borç var mı?"})
    assert words(stored) == "Borç var mı?"


def test_only_what_is_missing_can_be_asked_for(
    stored: Questionnaire, researcher: Client
) -> None:
    researcher.post(MONEY, {"edition": "0", "debts.text": "Borcunuz var mı?"})
    page = researcher.get(MONEY.replace("money", "ontbreekt"))
    places = [text.place for text, _field in page.context["form"].rows()]
    assert len(places) == 16
    assert "debts.text" not in places
    assert "place.text" not in places  # the coach's own


def test_nobody_vouches_for_what_is_not_complete(
    stored: Questionnaire, researcher: Client
) -> None:
    researcher.post(MONEY, {"edition": "0", "debts.text": "Borcunuz var mı?"})
    vouch(researcher, "Zeynep Kaya")
    assert Translation.objects.get().status == "machine"


@pytest.mark.parametrize("name", ["", "   "])
def test_nobody_vouches_without_a_name(
    stored: Questionnaire, researcher: Client, name: str
) -> None:
    complete(researcher)
    vouch(researcher, name)
    assert not Translation.objects.exclude(status="machine").exists()


def test_a_changed_word_is_nobodys_again_and_the_screen_says_so_before(
    stored: Questionnaire, researcher: Client
) -> None:
    complete(researcher)
    vouch(researcher, "Zeynep Kaya")
    newest = Translation.objects.order_by("-edition").first()
    assert newest is not None
    assert (newest.status, newest.vouched_by) == ("reviewed", "Zeynep Kaya")
    page = researcher.get(MONEY).content.decode()
    assert "Zeynep Kaya staat in voor deze woorden." in page
    researcher.post(MONEY, {**TURKISH, "edition": newest.edition, "debts.yes": "Var"})
    newest = Translation.objects.order_by("-edition").first()
    assert newest is not None
    assert (newest.status, newest.vouched_by) == ("machine", "")


def test_nobody_vouches_for_words_that_came_after_what_was_read(
    stored: Questionnaire, researcher: Client
) -> None:
    complete(researcher)
    read = Translation.objects.count()
    researcher.post(MONEY, {**TURKISH, "edition": read, "debts.yes": "Var"})
    vouch(researcher, "Zeynep Kaya", edition=read)
    assert not Translation.objects.exclude(status="machine").exists()


def test_the_history_tells_who_made_each_edition(
    stored: Questionnaire, cast: Cast, researcher: Client
) -> None:
    complete(researcher)
    desk = researcher.get(MONEY).context["desk"]
    assert [row.made_by for row in desk.history] == [cast.ilse, cast.ilse]


@pytest.mark.parametrize("language", ["nl", "xx", "tlh"])
def test_only_languages_of_ours_are_translated_into(
    stored: Questionnaire, researcher: Client, language: str
) -> None:
    address = f"/vragenlijsten/small/1/taal/{language}/"
    assert researcher.get(address).status_code == 404


def test_who_only_reads_cannot_write(stored: Questionnaire, coach: Client) -> None:
    assert coach.post(MONEY, {"edition": "0", "debts.text": "x"}).status_code == 403
    assert not Translation.objects.exists()


def test_a_text_without_a_place_here_is_left_alone(
    stored: Questionnaire, researcher: Client, cast: Cast
) -> None:
    researcher.post(MONEY, {"edition": "0", "no_such.text": "x", "debts.yes": "Evet"})
    assert Translation.objects.get().texts == {"debts.yes": "Evet"}
    stored.refresh_from_db()
    assert "tr" in definition_of(stored, town=cast.here.pk).languages


@pytest.mark.parametrize(
    "typed", ["Hebt u schulden?", "  hebt U  schulden? ", "HEBT U SCHULDEN?"]
)
def test_a_copy_of_the_original_is_no_translation(
    stored: Questionnaire, researcher: Client, cast: Cast, typed: str
) -> None:
    page = researcher.post(MONEY, {"edition": "0", "debts.text": typed})
    assert list(page.context["form"].errors) == ["debts.text"]
    copied = {"debts.text": typed, "debts.yes": "Evet"}
    made = translate(
        questionnaire=stored, language="tr", words=copied, by=cast.by("ilse"), at=AT
    )
    assert made.texts == {"debts.yes": "Evet"}


def test_what_a_file_filled_up_with_the_original_is_missing_on_every_screen(
    researcher: Client, cast: Cast
) -> None:
    """On the translator's page, in the sheet, and in what is counted."""
    half = filled(with_words(small(), "tr", {"debts.text": "Borcunuz var mı?"}))
    publish(replace(half, code="half"), by=cast.by("ilse"), at=AT)
    entry = find("half", "1", cast.here.pk)
    assert entry is not None
    turkish = tongue_of(entry, "tr")
    assert (turkish.stand, turkish.missing) == ("incomplete", turkish.of - 1)
    shown = researcher.get(MONEY.replace("small", "half")).context["form"]
    typed = {name: shown[name].value() for name in shown.fields if "." in name}
    assert [name for name, words in typed.items() if words] == ["debts.text"]
    rows, _made = read_workbook(sheet_of(entry, "tr"), "half.xlsx")
    assert [row.place for row in rows if row.words] == ["debts.text"]


TEXTS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "x", "y", "z"]))


@given(base=TEXTS, now=TEXTS, typed=TEXTS)
def test_merging_never_overwrites_words_that_were_not_seen(
    base: dict[str, str], now: dict[str, str], typed: dict[str, str]
) -> None:
    merged = merge(base=base, now=now, typed=typed)
    for place in merged.changes:
        unseen = now.get(place, "") != base.get(place, "")
        assert unseen == (place in merged.clashes)
    untouched = {p for p in typed if typed[p] == base.get(p, "")}
    assert not untouched & merged.changes.keys()
