"""What a coach does all day takes few acts: ten tasks, counted by the browser itself.

Each task begins where one is when one wants it: on one's day, or on the page of the
person. The letters of a round are counted where they are made (`test_coordinator.py`).
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import Acts, typed
from tests.browser.conftest import SignIn
from tests.browser.looking import expect_said, main, open_person

ZEINAB, ISMAIL = "Zeinab al-Wahmiyya", "İsmail Hakan Taslakoğlu"
WEEK = timedelta(days=7)


def press(page: Page, name: str) -> None:
    main(page).get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    main(page).get_by_role("link", name=name).first.click()


def choose_new(page: Page, name: str) -> None:
    main(page).get_by_text("Nieuw", exact=True).first.click()
    follow(page, name)


@pytest.fixture
def youssef(sign_in: SignIn) -> Page:
    return sign_in("Youssef")


def test_a_call_and_a_no_show_are_noted_from_the_day(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    acts = Acts(page)
    with acts.within("een telefoontje noteren"):
        press(page, "Geen gehoor")
        expect_said(page, "geen gehoor")
    with acts.within("noteren dat iemand niet kwam"):
        press(page, "Kwam niet")
        expect_said(page, "kwam niet")


def test_a_talk_a_goal_a_pause_and_the_ladder(youssef: Page) -> None:
    page, acts = youssef, Acts(youssef)
    open_person(page, ZEINAB)
    here = page.url
    with acts.within("een afspraak plannen"):
        choose_new(page, "Afspraak")
        typed(main(page).get_by_label("Dag"), next_week())
        typed(main(page).get_by_label("Tijd"), "10:30")
        typed(main(page).get_by_label("Waarover"), "Kennismaken met de taalcoach")
        press(page, "Plan de afspraak")
        expect(main(page)).to_contain_text("Kennismaken met de taalcoach")
    page.goto(here)
    with acts.within("een doel erbij"):
        choose_new(page, "Doel")
        typed(main(page).get_by_label("Het doel"), "Weer leren fietsen.")
        press(page, "Bewaren")
        expect(main(page)).to_contain_text("Weer leren fietsen.")
    page.goto(here)
    with acts.within("de trede opnieuw bepalen"):
        follow(page, "Opnieuw bepalen")
        for question in ("betaald werk", "werk zonder loon", "club, cursus of les"):
            answer(page, question, "Nee")
        answer(page, "buiten uw huis", "Ja")
        press(page, "Trede vastleggen")
        expect_said(page, "Vastgelegd: trede 2.")
    page.goto(here)
    with acts.within("een pauze beginnen"):
        choose_new(page, "Pauze")
        main(page).get_by_role("radio", name="Zorg voor kinderen").click()
        press(page, "Pauze")
        expect_said(page, "De klok staat stil.")


def test_somebody_is_referred_to_a_language_coach(youssef: Page) -> None:
    page, acts = youssef, Acts(youssef)
    open_person(page, ISMAIL)
    with acts.within("doorverwijzen naar een taalcoach"):
        choose_new(page, "Naar een partner")
        typed(main(page).get_by_role("searchbox"), "taalcoach")
        page.keyboard.press("Enter")
        press(page, "Taalcoach aan huis")
        expect_said(page, "Doorverwezen: Taalcoach aan huis")


def answer(page: Page, question: str, said: str) -> None:
    group = main(page).get_by_role("group").filter(has_text=question).first
    group.get_by_role("radio", name=said, exact=True).click()


def next_week() -> str:
    return (datetime.now(ZoneInfo("Europe/Amsterdam")) + WEEK).date().isoformat()


def test_a_trajectory_is_closed(youssef: Page) -> None:
    page, acts = youssef, Acts(youssef)
    open_person(page, ISMAIL)
    with acts.within("een traject afronden"):
        choose_new(page, "Traject afronden")
        main(page).get_by_role("radio", name="Heeft een plek gevonden").click()
        press(page, "Afronden")
        expect_said(page, "Het traject is afgerond.")
