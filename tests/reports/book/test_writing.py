"""A chapter is written, by whom, and nobody's words are lost."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast, make_cast
from tests.studies.making import make_study
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.reports.book.binding import Figure
from trede.reports.book.texts import texts_until
from trede.reports.book.writing import LONGEST, WrittenMeanwhile, write
from trede.studies.models import Study

pytestmark = pytest.mark.django_db
KNOWN = {"flow.reached": Figure("flow.reached", "Reached", "217")}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def study(cast: Cast) -> Study:
    return make_study(cast)


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
