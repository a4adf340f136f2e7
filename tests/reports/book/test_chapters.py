"""A chapter is written and nobody's words are lost: the rule and the screens."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.reports.conftest import Published
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.reports.book.binding import Figure
from trede.reports.book.texts import texts_until
from trede.reports.book.writing import LONGEST, WrittenMeanwhile, write
from trede.reports.models import ChapterText
from trede.studies.models import Study

pytestmark = pytest.mark.django_db
KNOWN = {"flow.reached": Figure("flow.reached", "Reached", "217")}


@pytest.fixture
def cast(published: Published) -> Cast:
    return published.cast


@pytest.fixture
def study(published: Published) -> Study:
    return published.run.study


def put(cast: Cast, study: Study, text: str, began_from: int = 0, **more: object):
    given = {"chapter": "lessons", "known": KNOWN, "at": AT} | more
    by = cast.by("ilse")
    return write(study=study, text=text, began_from=began_from, by=by, **given)


def test_every_version_is_kept_with_who_and_when(cast: Cast, study: Study):
    first = put(cast, study, "Eerst.")
    second = put(cast, study, "Toen.", 1)
    assert [first.number, second.number] == [1, 2]
    assert second.written_by == cast.ilse
    assert [row.text for row in study.chapter_texts.all()] == ["Eerst.", "Toen."]
    assert Line.objects.filter(action="wrote a chapter").count() == 2


def test_the_same_text_once_more_is_no_new_version(cast: Cast, study: Study):
    put(cast, study, "Eerst.")
    assert put(cast, study, "Eerst.\r\n", 1).number == 1


def test_who_began_before_another_saved_overwrites_nothing(cast: Cast, study: Study):
    put(cast, study, "Van Ilse.")
    with pytest.raises(WrittenMeanwhile) as refusal:
        put(cast, study, "Van een ander.", 0)
    assert refusal.value.newest.text == "Van Ilse."
    assert study.chapter_texts.count() == 1


def test_an_unknown_reference_is_not_kept_and_a_near_one_is_named(
    cast: Cast, study: Study
):
    with pytest.raises(Refused, match=r"\[\[flow\.reached\]\]"):
        put(cast, study, "Er zijn [[flow.reachd]] mensen.")
    assert not study.chapter_texts.exists()


def test_without_a_computation_there_is_nothing_to_refer_to(cast: Cast, study: Study):
    with pytest.raises(Refused):
        put(cast, study, "[[flow.reached]]", known={})


def test_signs_that_paper_cannot_show_are_refused_when_saving(cast: Cast, study: Study):
    with pytest.raises(Refused):
        put(cast, study, "Goed gedaan \N{PARTY POPPER}")


@pytest.mark.parametrize("chapter", ["", "made_up"])
def test_a_chapter_that_is_none_is_refused(cast: Cast, study: Study, chapter: str):
    with pytest.raises(Refused):
        put(cast, study, "Tekst.", chapter=chapter)


def test_a_text_without_end_is_refused(cast: Cast, study: Study):
    with pytest.raises(Refused):
        put(cast, study, "a" * (LONGEST + 1))


def test_an_approved_edition_keeps_the_words_it_was_approved_with(
    cast: Cast, study: Study
):
    put(cast, study, "Toen.")
    put(cast, study, "Later.", 1, at=AT + timedelta(days=2))
    then = texts_until(study, AT + timedelta(days=1))
    assert then["lessons"].text == "Toen."
    assert texts_until(study, None)["lessons"].text == "Later."
    assert texts_until(study, AT - timedelta(days=1)) == {}


# The screens ----------------------------------------------------------------------


@pytest.fixture
def ilse(published: Published) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="nl")
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(published.cast.ilse, backend)
    return client


def address(published: Published, chapter: str = "lessons") -> str:
    return f"/rapporten/hoofdstukken/{published.run.study_id}/{chapter}/"


def texts() -> list[str]:
    return [row.text for row in ChapterText.objects.all()]


def test_a_figure_of_the_list_is_put_behind_the_text_and_nothing_is_saved(
    published: Published, ilse: Client
):
    typed = {"text": "Er waren er", "began_from": "0", "add": "flow.reached"}
    page = ilse.post(address(published), typed).content.decode()
    assert "Er waren er [[flow.reached]]</textarea>" in page
    assert texts() == []


def test_a_saved_chapter_is_in_the_report_with_its_figure(
    published: Published, ilse: Client
):
    typed = {"text": "Er waren er [[flow.candidates]].", "began_from": "0"}
    assert ilse.post(address(published), typed).status_code == 302
    page = ilse.get(f"/rapporten/berekening/{published.run.pk}/").content.decode()
    listed = published.run.results["flow"]["steps"][0]["n"]
    assert f"Er waren er {listed}." in page
    assert "[[" not in page


def test_what_is_typed_is_never_markup(published: Published, ilse: Client):
    typed = {"text": "<script>alert(1)</script> & [b]", "began_from": "0"}
    ilse.post(address(published), typed)
    page = ilse.get(f"/rapporten/berekening/{published.run.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; [b]" in page


def test_two_writers_lose_nothing(published: Published, ilse: Client):
    ilse.post(address(published), {"text": "De eerste.", "began_from": "0"})
    second = {"text": "De tweede.", "began_from": "0"}
    page = ilse.post(address(published), second).content.decode()
    assert "De eerste." in page
    assert "De tweede.</textarea>" in page
    assert texts() == ["De eerste."]
    both = {"text": "De eerste en de tweede.", "began_from": "1"}
    assert ilse.post(address(published), both).status_code == 302
    assert len(texts()) == 2


def test_an_older_version_comes_back_into_the_field(published: Published, ilse: Client):
    ilse.post(address(published), {"text": "Oud.", "began_from": "0"})
    ilse.post(address(published), {"text": "Nieuw.", "began_from": "1"})
    page = ilse.get(f"{address(published)}?versie=1").content.decode()
    assert "Oud.</textarea>" in page
    assert "Nieuw.</textarea>" in ilse.get(address(published)).content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "[[bestaat.niet]]", "began_from": "0"},
        {"text": "Goed.", "began_from": "min één"},
        {"text": "Goed.", "began_from": "-1"},
        {"text": "Goed."},
    ],
)
def test_what_cannot_be_kept_stays_in_the_field(
    published: Published, ilse: Client, typed: dict[str, str]
):
    page = ilse.post(address(published), typed)
    assert page.status_code == 200
    assert f"{typed['text']}</textarea>" in page.content.decode()
    assert texts() == []


def test_a_number_typed_by_hand_is_told_of(published: Published, ilse: Client):
    dropped = published.run.results["flow"]["steps"][0]["n"]
    typed = {"text": f"Er waren er {dropped}.", "began_from": "0"}
    page = ilse.post(address(published), typed, follow=True).content.decode()
    assert "[[flow.candidates]]" in page


def test_a_chapter_that_is_none_is_not_found(published: Published, ilse: Client):
    assert ilse.get(address(published, "verzonnen")).status_code == 404


def test_the_list_says_which_chapters_nobody_wrote(published: Published, ilse: Client):
    ilse.post(address(published), {"text": "Geleerd.", "began_from": "0"})
    overview = ilse.get(f"/rapporten/hoofdstukken/{published.run.study_id}/")
    assert overview.content.decode().count("nog niet geschreven") == 4


def test_a_policy_adviser_reads_but_does_not_write(published: Published):
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(published.cast.bas, backend)
    assert client.get(address(published)).status_code == 403
    sent = {"text": "Van Bas.", "began_from": "0"}
    assert client.post(address(published), sent).status_code == 403
    assert texts() == []
