"""An instrument as a file for other software, and on paper."""

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.questionnaires.library.made_up import TURKISH, small
from trede.questionnaires.exchange.formats import FORMATS
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.publishing import publish
from trede.questionnaires.translating import translate

pytestmark = pytest.mark.django_db
SMALL = "/vragenlijsten/small/1/"


@pytest.fixture
def stored(cast: Cast) -> Questionnaire:
    return publish(small(), by=cast.by("ilse"), at=AT)


def taken(client: Client, make: str) -> bytes:
    return client.get(f"{SMALL}bestand/?als={make}").content


@pytest.mark.parametrize("make", ["lss", "xlsform", "toml"])
def test_what_reads_back_is_the_same_questions(
    stored: Questionnaire, researcher: Client, make: str
) -> None:
    imported = read_instrument(taken(researcher, make), f"small{FORMATS[make].ending}")
    assert imported.questionnaire is not None
    asked = [question.code for question in imported.questionnaire.questions]
    assert asked == [question.code for question in small().questions]


def test_a_language_goes_along_once_all_of_it_is_there(
    stored: Questionnaire, researcher: Client, cast: Cast
) -> None:
    words = {**TURKISH, "debts.text": ""}
    by = cast.by("ilse")
    translate(questionnaire=stored, language="tr", words=words, by=by, at=AT)
    assert b"Evet" not in taken(researcher, "lss")
    translate(questionnaire=stored, language="tr", words=TURKISH, by=by, at=AT)
    assert b"Evet" in taken(researcher, "lss")


@pytest.mark.parametrize("make", FORMATS)
def test_every_file_is_named_after_what_it_holds(
    stored: Questionnaire, researcher: Client, make: str
) -> None:
    answer = researcher.get(f"{SMALL}bestand/?als={make}")
    name = f'filename="small-1{FORMATS[make].ending}"'
    assert name in answer.headers["Content-Disposition"]
    assert answer.content


def test_an_unknown_make_is_not_found(
    stored: Questionnaire, researcher: Client
) -> None:
    assert researcher.get(f"{SMALL}bestand/?als=word").status_code == 404


def test_on_paper_only_in_a_language_that_is_complete(
    stored: Questionnaire, coach: Client, cast: Cast
) -> None:
    assert coach.get(f"{SMALL}papier/nl/").content.startswith(b"%PDF")
    translate(
        questionnaire=stored,
        language="tr",
        words={"debts.text": "Borcunuz var mı?"},
        by=cast.by("ilse"),
        at=AT,
    )
    assert coach.get(f"{SMALL}papier/tr/").status_code == 404
    assert coach.get(f"{SMALL}papier/ti/").status_code == 404
