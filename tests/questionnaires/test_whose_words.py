"""What one municipality made of the words is its own, and a sitting keeps its words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.test import Client
from django.utils import translation

from tests.cast import Cast, employ
from tests.questionnaires.conftest import AT, FILE, Desk
from tests.questionnaires.devices import BACKEND, Device, signed_in
from trede.accounts.acting import Actor, staff_actor
from trede.accounts.models import Role
from trede.accounts.refusing import Refused
from trede.pilots.loading import load_pilot, rules_of
from trede.questionnaires import publishing, recordings, sittings, translations
from trede.questionnaires.exchange.languages_kept import filled
from trede.questionnaires.library.catalogue import find
from trede.questionnaires.library.rewording import reword
from trede.questionnaires.library.working_together import history, words_now
from trede.questionnaires.models import Questionnaire, Sitting, Translation
from trede.questionnaires.publishing import definition_of, publish, read_in
from trede.questionnaires.reading_aloud import sounds_at
from trede.questionnaires.recordings import Spoken
from trede.questionnaires.shipped_files import shipped
from trede.questionnaires.translating import (
    languages_for,
    offered,
    states,
    translate,
    used,
    vouch,
)
from trede.questionnaires.translations import ShippedWords
from trede.questionnaires.wording import in_original_only, with_words, words_in
from trede.questionnaires.writing import as_toml

pytestmark = pytest.mark.django_db
Status = Translation.Status
AT_LEAST = 'translation_at_least = "%s"'
OTHER = "أخرى"


@pytest.fixture
def stored(cast: Cast) -> Questionnaire:
    return publish(shipped("short"), by=cast.by("aad"), at=AT)


@pytest.fixture
def next_door(cast: Cast) -> Actor:
    return staff_actor(employ(cast.elsewhere, "nadia", Role.RESEARCHER))


def changed(questionnaire: Questionnaire, by: Actor, words: str = OTHER) -> Translation:
    return translate(
        questionnaire=questionnaire,
        language="ar",
        words={"satisfied.text": words},
        by=by,
        at=AT,
    )


def vouched(questionnaire: Questionnaire, by: Actor, language: str = "ar") -> None:
    vouch(
        questionnaire=questionnaire,
        language=language,
        status=Status.REVIEWED,
        vouched_by="Layla Verzonnen",
        by=by,
        at=AT,
    )


def state_in(questionnaire: Questionnaire, town: int | None, language: str = "ar"):
    found = states(questionnaire, town=town)
    return next(one for one in found if one.language == language)


# Of one municipality ---------------------------------------------------------------


def test_what_one_municipality_changes_nobody_else_reads(
    cast: Cast, stored: Questionnaire, next_door: Actor
) -> None:
    of_trede = used(stored, "ar", town=cast.here.pk)
    theirs = changed(stored, next_door)
    assert used(stored, "ar", town=cast.elsewhere.pk) == theirs
    assert used(stored, "ar", town=cast.here.pk) == of_trede
    here = find("short", stored.version, cast.here.pk)
    there = find("short", stored.version, cast.elsewhere.pk)
    assert here is not None and there is not None
    assert words_now(here, "ar")["satisfied.text"] != OTHER
    assert words_now(there, "ar")["satisfied.text"] == OTHER
    # Nor does anybody see that they worked on it.
    assert [one.edition for one in history(here, "ar")] == [1]
    assert [one.edition for one in history(there, "ar")] == [2, 1]


def test_who_vouches_vouches_at_home_only(
    cast: Cast, stored: Questionnaire, next_door: Actor
) -> None:
    vouched(stored, next_door)
    assert state_in(stored, cast.elsewhere.pk).vouched_by == "Layla Verzonnen"
    here = state_in(stored, cast.here.pk)
    assert (here.status, here.vouched_by) == (Status.MACHINE, "")


def test_a_language_that_is_spoilt_next_door_is_offered_here(
    desk: Desk, stored: Questionnaire, next_door: Actor
) -> None:
    changed(stored, next_door, "")
    rules = rules_of(desk.pilot, AT.date())
    assert "ar" in offered(stored, rules, town=desk.cast.here.pk)
    assert "ar" not in offered(stored, rules, town=desk.cast.elsewhere.pk)


def test_two_who_begin_from_the_words_of_trede_are_not_in_each_others_way(
    cast: Cast, stored: Questionnaire, next_door: Actor
) -> None:
    own = changed(stored, cast.by("ilse"), "نحن")
    theirs = changed(stored, next_door)
    assert own.edition != theirs.edition
    assert used(stored, "ar", town=cast.here.pk) == own


def test_a_recording_is_heard_in_the_municipality_that_made_it(
    desk: Desk, sitting: Sitting, next_door: Actor
) -> None:
    question = read_in(sitting).question("satisfied")
    section = read_in(sitting).parts[1].section_of("satisfied")
    spoken = Spoken("satisfied.text", question.text.read_in("nl"), "nl")
    theirs = recordings.upload(spoken=spoken, content=b"OggS", by=next_door, at=AT)
    town = desk.cast.here.pk
    assert not recordings.live([spoken], town=town)
    before = sounds_at(sitting, question, section).get("text")
    own = desk.cast.by("ilse")
    made = recordings.upload(spoken=spoken, content=b"OggS", by=own, at=AT)
    assert recordings.live([spoken], town=town) == {spoken: made.pk}
    assert sounds_at(sitting, question, section)["text"] != before
    recordings.end(recording=made, by=own, at=AT)
    theirs.refresh_from_db()
    assert theirs.ended_at is None


# The words of a sitting ------------------------------------------------------------


@pytest.fixture
def in_arabic(desk: Desk) -> Device:
    desk.consent()
    device = Device(signed_in(desk), desk.sitting(language="ar"))
    device.hand_over()
    device.begin()
    return device


def page_of(device: Device) -> str:
    return device.get("vraag/satisfied/").content.decode()


def test_words_that_are_changed_meanwhile_are_for_the_next_sitting(
    desk: Desk, in_arabic: Device
) -> None:
    sitting = in_arabic.sitting
    before = sitting.translation
    assert before is not None
    newer = changed(sitting.questionnaire, desk.cast.by("ilse"))
    assert before.texts["satisfied.text"] in page_of(in_arabic)
    # Also after another language, after a stop, and on paper.
    in_arabic.post("taal/", language="en")
    in_arabic.post("taal/", language="ar")
    in_arabic.post("vraag/satisfied/", go="stop")
    in_arabic.begin()
    sitting.refresh_from_db()
    assert sitting.translation == before
    assert before.texts["satisfied.text"] in page_of(in_arabic)
    assert sittings.edition_in(sitting, "ar") == before
    assert set(sitting.editions.values_list("language", flat=True)) == {"ar", "en"}
    sittings.end_early(sitting=sitting, by=desk.by_person, at=AT)
    later = AT + timedelta(days=1)
    again = desk.sitting(at=later, language="ar", renewed=True)
    sittings.begin(sitting=again, by=desk.cast.by("sanne"), at=later)
    again.refresh_from_db()
    assert again.translation == newer


def test_after_handing_in_no_other_language_is_written_down(in_arabic: Device) -> None:
    in_arabic.to_the_end()
    in_arabic.post("klaar/")
    in_arabic.post("taal/", language="en")
    in_arabic.sitting.refresh_from_db()
    assert in_arabic.sitting.language == "ar"
    with translation.override("en"), pytest.raises(Refused, match="is over"):
        sittings.choose_language(sitting=in_arabic.sitting, language="en")


def test_what_is_heard_are_the_words_that_stand_there(
    desk: Desk, in_arabic: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though they were changed since: the address names the edition."""
    sitting = in_arabic.sitting
    assert sitting.translation is not None
    words = sitting.translation.texts["satisfied.text"]
    spoken = Spoken("satisfied.text", words, "ar")
    own = desk.cast.by("ilse")
    recordings.upload(spoken=spoken, content=b"OggS old words", by=own, at=AT)
    changed(sitting.questionnaire, own)
    question = read_in(sitting).question("satisfied")
    section = read_in(sitting).parts[1].section_of("satisfied")
    address = sounds_at(sitting, question, section)["text"]
    assert Client().get(address).content == b"OggS old words"


# The page is kept for everybody, and for each only with what is offered to them ----


def test_a_language_that_is_withdrawn_or_comes_back_is_on_the_page_at_once(
    desk: Desk, in_arabic: Device
) -> None:
    tongue = 'value="tr"'
    own = desk.cast.by("ilse")
    questionnaire = in_arabic.sitting.questionnaire
    assert tongue in page_of(in_arabic)
    known = translations.newest_in(questionnaire.pk, "tr", town=desk.cast.here.pk)
    assert known is not None
    for words, there in (("", False), (known.texts["satisfied.text"], True)):
        translate(
            questionnaire=questionnaire,
            language="tr",
            words={"satisfied.text": words},
            by=own,
            at=AT,
        )
        assert (tongue in page_of(in_arabic)) is there


def test_to_keep_it_apart_asks_no_query_more(
    in_arabic: Device, django_assert_num_queries
) -> None:
    """The device with its sitting and its words, and the answers."""
    page_of(in_arabic)
    with django_assert_num_queries(2):
        page_of(in_arabic)


def test_who_was_prepared_under_other_rules_is_offered_other_languages(
    desk: Desk, in_arabic: Device
) -> None:
    """On pages that are kept within the same minute."""
    in_arabic.post("taal/", language="nl")
    assert 'value="tr"' in page_of(in_arabic)
    later = AT + timedelta(days=30)
    text = FILE.read_text("utf-8")
    demanding = text.replace(AT_LEAST % "machine", AT_LEAST % "reviewed")
    load_pilot(
        text=demanding,
        municipality=desk.cast.here,
        reason="only what was reviewed",
        in_force_from=later.date(),
        by=desk.cast.by("aad"),
        at=AT,
    )
    sittings.end_early(sitting=in_arabic.sitting, by=desk.by_person, at=AT)
    device = Device(in_arabic.client, desk.sitting(at=later, renewed=True))
    desk.cast.sign_in_with_a_password()
    device.client.force_login(desk.cast.sanne, BACKEND)
    device.hand_over()
    device.begin()
    assert 'value="tr"' not in page_of(device)


# A new Trede -----------------------------------------------------------------------


@pytest.fixture
def new_trede(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    """Released with these words in Arabic, and started."""

    def released(words: dict[str, str]) -> None:
        file = ShippedWords("ar", words, {}, {})
        monkeypatch.setattr(translations, "shipped_words", lambda: (file,))
        digest = sha256(repr(words).encode()).hexdigest()
        for module in (translations, publishing):
            monkeypatch.setattr(module, "digest_of_shipped", lambda: digest)
        forget()
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    yield released
    forget()


def forget() -> None:
    translations.in_every_language.cache_clear()
    translations.words_that_come.cache_clear()


def test_better_words_of_a_new_trede_reach_what_is_stored(
    cast: Cast, stored: Questionnaire, next_door: Actor, new_trede
) -> None:
    """But for what somebody changed, or vouched for: that stays as it is."""
    asked = shipped("short").question("satisfied").text.read_in("nl")
    first = used(stored, "ar", town=cast.here.pk)
    assert first is not None
    theirs = changed(stored, next_door)
    vouched(stored, cast.by("ilse"), language="tr")
    turkish = used(stored, "tr", town=cast.here.pk)
    new_trede({asked: "أفضل"})
    newer = used(stored, "ar", town=cast.here.pk)
    assert newer is not None and newer.edition > first.edition
    assert (newer.municipality, newer.made_by, newer.status) == (None, None, "machine")
    # What the new files do not have any more stays.
    assert newer.texts == first.texts | {"satisfied.text": "أفضل"}
    assert used(stored, "ar", town=cast.elsewhere.pk) == theirs
    assert used(stored, "tr", town=cast.here.pk) == turkish
    stored.refresh_from_db()
    said = definition_of(stored, town=cast.here.pk).question("satisfied").text
    assert said.read_in("ar") == "أفضل"


def test_starting_again_takes_in_nothing_and_asks_once(
    stored: Questionnaire, new_trede, django_assert_num_queries
) -> None:
    new_trede({})
    before = Translation.objects.count()
    with django_assert_num_queries(1):
        publishing.take_in_newer_words(at=AT)
    assert Translation.objects.count() == before


def test_a_reworded_version_gets_better_words_where_nobody_made_any(
    cast: Cast, stored: Questionnaire, new_trede
) -> None:
    entry = find("short", stored.version, cast.here.pk)
    assert entry is not None
    new = reword(
        entry=entry,
        version="2.1",
        words=words_in(entry.written, "nl") | {"title": "Anders"},
        municipality=cast.here,
        by=cast.by("ilse"),
        at=AT,
    )
    new_trede({shipped("short").question("satisfied").text.read_in("nl"): "أفضل"})
    read = used(new, "ar", town=cast.here.pk)
    assert read is not None and read.texts["satisfied.text"] == "أفضل"


def test_one_s_own_version_tells_its_languages_before_a_new_trede_was_used(
    desk: Desk,
) -> None:
    """Trede's next version is not stored yet, and is not the one that is asked."""
    cast, rules = desk.cast, rules_of(desk.pilot)
    other = with_words(shipped("short"), "nl", {"satisfied.text": "Hoe gaat het nu?"})
    own = replace(in_original_only(other), version="7")
    publish(own, by=cast.by("ilse"), at=AT, municipality=cast.here)
    assert languages_for("short", rules, town=cast.here.pk) == ("nl",)
    assert len(languages_for("short", rules, town=cast.elsewhere.pk)) > 1


def test_the_words_of_a_file_itself_go_before_those_of_trede(cast: Cast) -> None:
    own = filled(with_words(shipped("short"), "ar", {"satisfied.text": OTHER}))
    kept = publish(
        replace(own, code="own"), by=cast.by("ilse"), at=AT, municipality=cast.here
    )
    read = used(kept, "ar", town=cast.here.pk)
    assert read is not None and read.texts["satisfied.text"] == OTHER
    assert state_in(kept, cast.here.pk).is_complete


# What was there before ----------------------------------------------------------------


def test_what_was_shared_goes_to_the_municipality_of_who_made_it(
    desk: Desk, in_arabic: Device
) -> None:
    own, sitting = desk.cast.by("ilse"), in_arabic.sitting
    spoken = Spoken("satisfied.text", "words", "ar")
    sung = recordings.upload(spoken=spoken, content=b"OggS", by=own, at=AT)
    made = changed(sitting.questionnaire, own)
    town = replace(shipped("short"), version="7")
    kept = publish(town, by=own, at=AT, municipality=desk.cast.here)
    digest = made.sha256
    Translation.objects.update(municipality=None, sha256="")
    sitting.editions.clear()
    Questionnaire.objects.filter(pk=kept.pk).update(version="7")
    migration = import_module(
        "trede.questionnaires.migrations.0007_to_whom_they_belong"
    )
    migration.give(apps, None)
    for row in (made, sung, kept):
        row.refresh_from_db()
        assert row.municipality == desk.cast.here
    assert (made.sha256, kept.version) == (digest, "7@voorbeeldstad")
    assert list(sitting.editions.all()) == [sitting.translation]
    assert not Translation.objects.filter(made_by=None, municipality=desk.cast.here)
    migration.share(apps, None)
    kept.refresh_from_db()
    assert kept.version == "7"


def test_the_file_of_a_version_that_got_its_name_later_may_be_uploaded_again(
    cast: Cast,
) -> None:
    """As stored before municipalities had versions of their own."""
    file = replace(shipped("short"), version="7")
    own = publish(file, by=cast.by("ilse"), at=AT, municipality=cast.here)
    before = {"text": as_toml(file), "sha256": file.content_hash}
    now = {"text": own.text, "sha256": own.sha256}
    rows = Questionnaire.objects.filter(pk=own.pk)
    rows.update(**before)
    with pytest.raises(Refused, match="7@voorbeeldstad"):
        publish(file, by=cast.by("ilse"), at=AT, municipality=cast.here)
    migration = import_module(
        "trede.questionnaires.migrations.0009_version_within_its_text"
    )
    migration.name_within(apps, None)
    assert rows.values("text", "sha256").get() == now
    assert publish(file, by=cast.by("ilse"), at=AT, municipality=cast.here) == own
    migration.number_within(apps, None)
    assert rows.values("text", "sha256").get() == before


def test_words_that_only_another_municipality_has_are_not_promised_here(
    desk: Desk,
) -> None:
    """Prepared when what any municipality made was still shared."""
    desk.consent()
    sitting = desk.sitting(language="ar")
    town = desk.cast.elsewhere
    Translation.objects.filter(language="ar").update(municipality=town)
    Questionnaire.objects.update(translations_sha256="given to who made it")
    sitting = Sitting.objects.get()
    coach = signed_in(desk)
    page = f"/vragenlijst/zitting/{sitting.pk}/"
    assert "De persoon leest het in het Nederlands" in coach.get(page).content.decode()
    assert "ar" not in sittings.languages_offered(sitting)
    device = Device(coach, sitting)
    device.hand_over()
    question = page_of_first(device)
    assert '<html lang="nl"' in question
    sitting.refresh_from_db()
    assert (sitting.language, sitting.translation) == ("nl", None)
    assert "De persoon leest het in" not in coach.get(page).content.decode()


def page_of_first(device: Device) -> str:
    return device.client.get(device.begin()).content.decode()
