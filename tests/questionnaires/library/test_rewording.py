"""A typo in the original: a new version, and what did not change goes along."""

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.questionnaires.library.made_up import TURKISH, small
from trede.accounts.refusing import Refused
from trede.questionnaires.definition import Questionnaire as Definition
from trede.questionnaires.library.catalogue import Entry, find
from trede.questionnaires.library.rewording import reword
from trede.questionnaires.models import Questionnaire, Translation
from trede.questionnaires.own_versions import next_number
from trede.questionnaires.publishing import definition_of, publish, written_of
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translating import translate, vouch
from trede.questionnaires.wording import in_original_only, missing_in, words_in

pytestmark = pytest.mark.django_db
PAGE = "/vragenlijsten/small/1/nieuwe-versie/"


@pytest.fixture
def entry(cast: Cast) -> Entry:
    """In Dutch and in Turkish, for which Zeynep Kaya vouches."""
    stored = publish(small(), by=cast.by("ilse"), at=AT)
    by = cast.by("ilse")
    translate(questionnaire=stored, language="tr", words=TURKISH, by=by, at=AT)
    vouch(
        questionnaire=stored,
        language="tr",
        status=Translation.Status.VALIDATED,
        vouched_by="Zeynep Kaya",
        by=by,
        at=AT,
    )
    found = find("small", "1", cast.here.pk)
    assert found is not None
    return found


def reworded(
    entry: Entry, cast: Cast, version: str = "2", **words: str
) -> Questionnaire:
    places = {place.replace("__", "."): said for place, said in words.items()}
    return reword(
        entry=entry,
        version=version,
        words=words_in(entry.written, "nl") | places,
        municipality=cast.here,
        by=cast.by("ilse"),
        at=AT,
    )


def shape(questionnaire: Definition) -> list[object]:
    return [
        (one.code, one.kind, one.asked_when, sorted(map(str, one.values)))
        for one in questionnaire.questions
    ]


def test_the_old_version_stays_as_it_was(entry: Entry, cast: Cast) -> None:
    new = reworded(entry, cast, debts__text="Hebt u nu schulden?")
    assert entry.stored is not None
    assert written_of(entry.stored) == small()
    now = written_of(new)
    assert now.question("debts").text.read_in("nl") == "Hebt u nu schulden?"
    assert (now.version, shape(now)) == ("2@voorbeeldstad", shape(small()))


def test_a_changed_text_is_missing_in_the_other_languages(
    entry: Entry, cast: Cast
) -> None:
    new = reworded(entry, cast, debts__text="Hebt u nu schulden?")
    assert missing_in(definition_of(new, town=cast.here.pk), "tr") == ("debts.text",)
    kept = words_in(definition_of(new, town=cast.here.pk), "tr")
    assert kept == {p: w for p, w in TURKISH.items() if p != "debts.text"}


def test_nobody_vouches_for_what_they_did_not_see(entry: Entry, cast: Cast) -> None:
    new = reworded(entry, cast, debts__text="Hebt u nu schulden?")
    row = Translation.objects.filter(questionnaire=new).latest("edition")
    assert (row.status, row.vouched_by) == ("machine", "")


def test_a_text_of_the_coach_takes_nothing_from_who_vouched(
    entry: Entry, cast: Cast
) -> None:
    new = reworded(entry, cast, place__text="Waar zit u nu?")
    row = Translation.objects.filter(questionnaire=new).latest("edition")
    assert (row.status, row.vouched_by) == ("validated", "Zeynep Kaya")


def test_without_a_change_there_is_no_new_version(entry: Entry, cast: Cast) -> None:
    with pytest.raises(Refused, match="Change at least one text"):
        reworded(entry, cast)


def test_no_text_becomes_empty(entry: Entry, cast: Cast) -> None:
    with pytest.raises(Refused, match="cannot be empty"):
        reworded(entry, cast, debts__text="  ")


def test_on_the_screen_one_word_makes_the_next_version(
    entry: Entry, researcher: Client, cast: Cast
) -> None:
    form = researcher.get(PAGE).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert typed["version"] == "1.1"
    answer = researcher.post(PAGE, typed | {"calm.text": "Hoe rustig voelt u zich?"})
    assert answer.headers["Location"] == "/vragenlijsten/small/1.1@voorbeeldstad/"
    new = Questionnaire.objects.get(version="1.1@voorbeeldstad")
    assert new.municipality == cast.here


def test_what_was_typed_stays_when_the_version_exists(
    entry: Entry, researcher: Client
) -> None:
    form = researcher.get(PAGE).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    researcher.post(PAGE, typed | {"version": "1", "title": "Iets anders"})
    page = researcher.post(PAGE, typed | {"version": "1", "title": "Anders"})
    assert "version" in page.context["form"].errors
    assert "Anders</textarea>" in page.content.decode()
    assert Questionnaire.objects.count() == 2


def test_a_form_of_more_than_a_thousand_texts_arrives_whole(
    entry: Entry, researcher: Client
) -> None:
    form = researcher.get(PAGE).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    typed |= {f"no_such_{n}.text": "x" for n in range(1500)} | {"title": "Anders"}
    assert researcher.post(PAGE, typed).status_code == 302


def test_a_coach_rewords_nothing(entry: Entry, coach: Client) -> None:
    assert coach.get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("version", "taken", "following"),
    [
        ("1", {"1"}, "1.1"),
        ("1", {"1", "1.1@here"}, "1.2"),
        ("1.2@here", {"1", "1.2@here"}, "1.3"),
        ("2@here", {"2@here", "3@here"}, "4"),
        ("2020-1", {"2020-1"}, "2020-1.1"),
        ("2020-1@here", {"2020-1@here"}, "2020-1.1"),
    ],
)
def test_the_next_version_is_free(
    version: str, taken: set[str], following: str
) -> None:
    assert next_number(version, frozenset(taken)) == following


@pytest.mark.parametrize("code", shipped_codes())
def test_every_shipped_questionnaire_can_be_reworded(code: str, cast: Cast) -> None:
    entry = Entry(code, shipped(code).version, None, cast.here.pk)
    new = reworded(entry, cast, f"{entry.version}.1", title="Een andere titel")
    assert shape(written_of(new)) == shape(shipped(code))
    assert written_of(new).languages == ("nl",)
    assert in_original_only(shipped(code)).languages == ("nl",)
