"""The instrument as the person sees it: the very same pages, and nothing is kept."""

from html import unescape

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.questionnaires.library.made_up import TURKISH, small
from trede.languages import LANGUAGES, Language
from trede.questionnaires.definition import PartKind
from trede.questionnaires.library.catalogue import Entry
from trede.questionnaires.models import Answer, Questionnaire, Sitting
from trede.questionnaires.publishing import publish
from trede.questionnaires.translating import translate

pytestmark = pytest.mark.django_db
SMALL = "/vragenlijsten/small/1/zien/"


@pytest.fixture
def stored(cast: Cast) -> Questionnaire:
    return publish(small(), by=cast.by("ilse"), at=AT)


def see(client: Client, language: str, question: str) -> str:
    return client.get(f"{SMALL}{language}/?vraag={question}").content.decode()


def test_each_question_has_the_page_of_the_person(
    stored: Questionnaire, coach: Client
) -> None:
    page = see(coach, "nl", "worry")
    assert "Hoeveel zorgen hebt u over geld?" in page
    assert "Heel veel zorgen" in page
    assert 'id="a_value_10"' in page


def test_it_stands_there_in_another_language_from_right_to_left(
    cast: Cast, stored: Questionnaire, coach: Client
) -> None:
    translate(
        questionnaire=stored,
        language="ar",
        words={"debts.text": "هل عليك ديون؟"},
        by=cast.by("ilse"),
        at=AT,
    )
    page = see(coach, "ar", "debts")
    assert '<html lang="ar" dir="rtl">' in page
    assert "هل عليك ديون؟" in page


def test_the_bar_above_it_speaks_the_language_of_who_looks(
    cast: Cast, stored: Questionnaire, coach: Client
) -> None:
    words = dict(TURKISH)
    translate(
        questionnaire=stored, language="tr", words=words, by=cast.by("ilse"), at=AT
    )
    page = see(coach, "tr", "help")
    assert "Voorbeeld, zoals de deelnemer het ziet." in page
    assert "‘Hebt u schulden?’ is beantwoord met ‘Ja hoor’" in page


def test_a_question_that_only_some_are_asked_has_its_page_too(
    stored: Questionnaire, coach: Client
) -> None:
    assert "Krijgt u daar hulp bij?" in see(coach, "nl", "help")


def test_pressing_leads_on_and_keeps_nothing(
    stored: Questionnaire, coach: Client
) -> None:
    answer = coach.post(f"{SMALL}nl/?vraag=debts", {"value": "yes"})
    assert answer.headers["Location"] == f"{SMALL}nl/?vraag=help"
    assert not Answer.objects.exists()
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("here", "pressed", "leads_to"),
    [
        ("bladzijde=welkom", {}, f"{SMALL}nl/?vraag=debts"),
        ("vraag=calm", {"value": "3"}, f"{SMALL}nl/?bladzijde=nakijken"),
        ("bladzijde=nakijken", {}, f"{SMALL}nl/?bladzijde=bedankt"),
        ("bladzijde=bedankt", {}, "/vragenlijsten/small/1/"),
        ("vraag=debts", {"go": "stop"}, "/vragenlijsten/small/1/"),
    ],
)
def test_pressing_walks_from_the_welcome_to_the_thanks_and_out(
    stored: Questionnaire,
    coach: Client,
    here: str,
    pressed: dict[str, str],
    leads_to: str,
) -> None:
    answer = coach.post(f"{SMALL}nl/?{here}", pressed)
    assert answer.headers["Location"] == leads_to


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.code)
def test_what_stands_round_the_questions_is_there_in_every_language(
    short: Entry, coach: Client, language: Language
) -> None:
    part = short.whole.part(PartKind.CORE)
    assert part is not None and part.intro and part.outro
    first = part.questions[0]
    page = f"/vragenlijsten/short/{short.version}/zien/{language.code}/"
    html = {
        name: unescape(coach.get(f"{page}?bladzijde={name}").content.decode())
        for name in ("welkom", "nakijken", "bedankt")
    }
    for said in html.values():
        opened = f'<html lang="{language.code}" dir="{language.direction}">'
        assert opened in said
        assert "Voorbeeld, zoals de deelnemer het ziet." in said
    assert part.intro.read_in(language.code) in html["welkom"]
    assert part.outro.read_in(language.code) in html["bedankt"]
    # The check shows a made-up answer to each question, and leads to its page.
    assert first.text.read_in(language.code) in html["nakijken"]
    assert first.options[0].text.read_in(language.code) in html["nakijken"]
    assert f'href="?vraag={first.code}"' in html["nakijken"]
    by_machine = "ask__aside" in html["welkom"]
    assert by_machine is (language.code != "nl")
    assert not Sitting.objects.exists()


def test_a_language_without_words_cannot_be_looked_at(
    stored: Questionnaire, coach: Client
) -> None:
    assert coach.get(f"{SMALL}ti/").status_code == 404


def test_an_unknown_question_shows_the_first(
    stored: Questionnaire, coach: Client
) -> None:
    assert "Hebt u schulden?" in see(coach, "nl", "no-such")
