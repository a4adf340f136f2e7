"""One questionnaire on the screen: nobody has to read a file to know what it does."""

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.questionnaires.library.made_up import small
from trede.questionnaires.library.catalogue import Entry
from trede.questionnaires.library.describing import told_parts, told_scores
from trede.questionnaires.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(cast: Cast) -> None:
    publish(small(), by=cast.by("ilse"), at=AT)


def test_a_condition_is_told_in_words() -> None:
    _before, core = told_parts(small())
    help_with_debts = core.sections[0].questions[1]
    assert help_with_debts.asked_when == (
        "“Hebt u schulden?” is answered with “Ja hoor”",
    )


def test_a_score_tells_its_items_which_are_reversed_and_what_a_gap_does() -> None:
    (stress,) = told_scores(small())
    assert (stress.items, stress.reversed) == (("worry", "calm"), ("calm",))
    assert stress.rule == (
        "The mean of what was answered, if at least 1 of 2 is answered."
    )


def test_the_parts_say_who_answers() -> None:
    assert [part.who for part in told_parts(small())] == [
        "The coach, before",
        "The person",
    ]


def test_the_page_shows_codes_answers_source_and_licence(
    stored: None, researcher: Client
) -> None:
    page = researcher.get("/vragenlijsten/small/1/").content.decode()
    for words in ("debts", "Hebt u schulden?", "Made up for a test", "EUPL-1.2"):
        assert words in page


def test_only_what_is_stored_lies_fixed(
    stored: None, researcher: Client, cast: Cast
) -> None:
    assert "Ligt vast: " in researcher.get("/vragenlijsten/small/1/").content.decode()
    of_trede = researcher.get("/vragenlijsten/short/2/").content.decode()
    assert "Ligt vast zodra" in of_trede


def test_who_only_reads_is_not_led_to_translating(short: Entry, coach: Client) -> None:
    page = coach.get(f"/vragenlijsten/short/{short.version}/").content.decode()
    assert "/zien/tr/" in page
    assert "/taal/" not in page


@pytest.mark.parametrize("address", ["short/no-such/", "no_such/1/"])
def test_what_is_not_there_is_not_found(researcher: Client, address: str) -> None:
    assert researcher.get(f"/vragenlijsten/{address}").status_code == 404
