"""On paper stands every question once, in every language; and whoever does what the
paper says goes the same way as on the screen."""

import re
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given, settings

from tests.questionnaires.conftest import Desk
from tests.questionnaires.definition.made_up import (
    core,
    missing,
    options,
    parts_with_answers,
    question,
    value,
    when,
)
from tests.questionnaires.devices import signed_in
from tests.questionnaires.printed import words_of
from trede.accounts.models import Municipality, Staff
from trede.languages import LANGUAGES, language_of
from trede.questionnaires import paper, paper_routing, routing, sittings
from trede.questionnaires.answering import Answer, Missing
from trede.questionnaires.definition import Part, PartKind, Question
from trede.questionnaires.models import Sitting
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translations import in_every_language

AT = datetime(2020, 2, 10, 9, 0, tzinfo=UTC)
NOBODY = Staff(municipality=Municipality(name="Voorbeeldstad"))
HELD = [code for code in shipped_codes() if shipped(code).part(PartKind.CORE)]


def printed(code: str, language: str) -> bytes:
    asked = in_every_language(shipped(code))
    return paper.blank(questionnaire=asked, by=NOBODY, language=language, at=AT)


def questions_of(pdf: bytes) -> list[str]:
    """The codes beside the questions, from top to bottom."""
    found = re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", words_of(pdf))
    return [code for code in found if code not in HELD]


def codes_of(code: str) -> list[str]:
    part = shipped(code).part(PartKind.CORE)
    assert part is not None
    return [one.code for one in part.questions if "_" in one.code]


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_every_question_stands_on_it_once_in_every_language(language: str):
    assert questions_of(printed("short", language)) == codes_of("short")


@pytest.mark.parametrize("code", HELD)
def test_and_in_every_questionnaire_that_comes_along(code: str):
    pdf = printed(code, "nl")
    assert questions_of(pdf) == codes_of(code)
    part = shipped(code).part(PartKind.CORE)
    assert part is not None
    told = " ".join(words_of(pdf).split())
    for section in part.sections:
        assert section.title.read_in("nl") in told


def test_it_can_be_read_aloud_by_a_computer():
    """Tagged, with its language and a title, and each question a heading."""
    pdf = printed("short", "nl")
    assert b"/Lang" in pdf and b"pdfuaid:part" in pdf
    structure = subprocess.run(
        ["pdfinfo", "-struct-text", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode(errors="replace")
    part = shipped("short").part(PartKind.CORE)
    assert part is not None
    assert len(re.findall(r"^ *H3 ", structure, re.M)) == len(part.questions)


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", b"rtl"), ("fa", b"rtl"), ("uk", b"ltr")]
)
def test_each_language_has_its_direction(language: str, direction: bytes):
    assert language_of(language).direction == direction.decode()
    assert printed("short", language).startswith(b"%PDF")


# What the paper says about the way through --------------------------------------------

DEBTS = core(
    question("debts"),
    question("debt_help", asked_when=(when("debts", "is", "yes"),)),
    question("satisfied", "scale_0_10"),
)
ORIGIN = core(
    question("birthplace", "country", options=options("NL", "SY", "TR")),
    question("came_in", "number", asked_when=(when("birthplace", "is_not", "NL"),)),
)


@pytest.mark.parametrize(
    ("given_answer", "told"),
    [
        (value("yes"), ""),
        (value("no"), "Ga naar vraag 3"),
        (missing("refused"), "Ga naar vraag 3"),
    ],
)
def test_an_answer_says_where_to_go_only_when_it_skips(given_answer: Answer, told: str):
    with translation.override("nl"):
        assert paper_routing.jump(DEBTS, DEBTS.questions[0], given_answer) == told


def test_what_a_jump_says_is_not_said_again_over_the_question():
    assert paper_routing.condition_words(DEBTS, DEBTS.questions[1], "nl") == []


def test_after_an_answer_that_is_written_the_question_says_when_it_is_asked():
    with translation.override("nl"):
        told = paper_routing.condition_words(ORIGIN, ORIGIN.questions[1], "nl")
    assert told == ["Niet als u bij vraag 1 “NL” hebt geantwoord."]


def test_nor_is_a_box_of_use_to_who_passed_over_its_question():
    chain = core(
        question("work"),
        question("between"),
        question("hours", asked_when=(when("work", "is", "yes"),)),
        question("enough", asked_when=(when("hours", "is", "yes"),)),
    )
    for one in chain.questions[2:]:
        assert paper_routing.conditions_to_read(chain, one) == one.asked_when


def on_paper(part: Part, answers: Mapping[str, Answer]) -> list[str]:
    """The questions that somebody answers who does exactly what the paper says."""
    here = paper_routing.numbers(part)
    answered: dict[str, Answer] = {}
    number = 1
    while number <= len(here):
        now = part.questions[number - 1]
        number += 1
        read = paper_routing.conditions_to_read(part, now)
        if not all(routing.holds(condition, answered) for condition in read):
            continue
        answered[now.code] = answers[now.code]
        if has_a_box(now, answers[now.code]):
            told = paper_routing.jump(part, now, answers[now.code])
            number = target(told, len(here)) or number
    return list(answered)


def has_a_box(now: Question, answer: Answer) -> bool:
    """Hours, numbers and countries are written, and lead nowhere."""
    return (
        answer.missing is not None
        or paper_routing.is_ticked(now)
        or answer.value == "not"
    )


def target(told: str, last: int) -> int:
    if not told:
        return 0
    found = re.search(r"\d+", told)
    return int(found[0]) if found else last + 1


@given(parts_with_answers())
@settings(deadline=None)
def test_the_paper_leads_along_the_same_questions_as_the_screen(drawn):
    part, some = drawn
    refused = Answer(missing=Missing.REFUSED)
    boxes = (None, Missing.REFUSED)
    answers = {
        one.code: some[one.code]
        if one.code in some and some[one.code].missing in boxes
        else refused
        for one in part.questions
    }
    asked = [one.code for one in routing.asked(part, answers)]
    assert on_paper(part, answers) == asked


# The screens --------------------------------------------------------------------------


def page(sitting: Sitting) -> str:
    return f"/vragenlijst/zitting/{sitting.pk}/papier/"


def print_it(desk: Desk, sitting: Sitting, language: str):
    form = page(sitting) + "formulier/"
    return signed_in(desk).post(form, {"language": language})


def test_the_form_has_the_number_of_the_sitting_and_no_name(
    desk: Desk, sitting: Sitting
):
    answer = print_it(desk, sitting, "nl")
    assert answer.headers["Content-Type"] == "application/pdf"
    told = words_of(answer.content)
    assert f"T0-{sitting.pk}" in told
    assert desk.person.surname not in told


def test_the_coach_chooses_the_language(desk: Desk, sitting: Sitting):
    told = signed_in(desk).get(page(sitting)).content.decode()
    for code in sittings.languages_offered(sitting):
        assert f'name="language" value="{code}"' in told
    english = print_it(desk, sitting, "en")
    assert "Put a cross in the box" in words_of(english.content)


@pytest.mark.parametrize("language", ["xx", "", "../nl"])
def test_a_language_that_is_not_offered_is_not_printed(
    desk: Desk, sitting: Sitting, language: str
):
    assert print_it(desk, sitting, language).status_code == 404


def test_only_printing_writes_down_which_words_were_read(desk: Desk, sitting: Sitting):
    """Not a link that somebody opens, or a browser that looks ahead."""
    for address in (page(sitting), page(sitting) + "formulier/?taal=en"):
        signed_in(desk).get(address, follow=True)
    assert not sitting.editions.exists()
    print_it(desk, sitting, "en")
    assert [one.language for one in sitting.editions.all()] == ["en"]


def test_a_colleague_and_a_stranger_print_nothing(desk: Desk, sitting: Sitting):
    for name in ("willem", "noor"):
        colleague, form = signed_in(desk, name), page(sitting) + "formulier/"
        assert colleague.get(page(sitting)).status_code == 404
        assert colleague.post(form, {"language": "nl"}).status_code == 404


def test_the_screen_to_type_it_in_has_the_numbers_of_the_paper(
    desk: Desk, sitting: Sitting
):
    sitting.answered_on, sitting.own_coach_agreed = AT.date(), True
    sitting.save()
    asked = signed_in(desk).get(
        f"/vragenlijst/zitting/{sitting.pk}/overtypen/deel/dutch/"
    )
    shown = re.findall(r'field__label">(\d+)\.', asked.content.decode())
    part = shipped(sitting.questionnaire.code).part(PartKind.CORE)
    assert part is not None
    own = [n for code, n in paper_routing.numbers(part).items() if "dutch" in code]
    assert [int(number) for number in shown] == own
