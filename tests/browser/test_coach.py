"""The coach's day: from a telephone that nobody answers to the talk of the intake."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.answering import answer_until, begin, hand_in, hand_over, take_back
from tests.browser.conftest import SignIn
from tests.browser.looking import (
    check_page,
    choose_new,
    expect_said,
    fetched,
    go,
    go_in_menu,
    main,
    open_person,
    photograph,
    press,
    send,
)

FATIHA = "Fatiha ben Hikayaoui"


def sign_on_screen(page: Page) -> None:
    pad = page.get_by_role("img", name="Handtekening")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 80, steps=6)
    page.mouse.up()


def test_the_coach_lands_on_the_day(opened: Callable[..., Page], site: str) -> None:
    page = opened()
    page.goto("/aanmelden/")
    check_page(page)
    page.get_by_role("button", name="Sanne").click()
    page.wait_for_url(f"{site}/")
    check_page(page)
    expect(main(page).get_by_role("heading", name="Bellen")).to_be_visible()
    photograph(page, "my-day")


def test_from_a_call_without_answer_to_the_talk(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    call_without_answer(page)
    open_person(page, FATIHA)
    screen(page)
    open_person(page, FATIHA)
    begin_intake(page)
    consent(page)
    answer_alone(page)
    expect(main(page)).to_contain_text("Vragenlijst bij de intake: klaar")
    go(page, "Volgende stap")
    expect(main(page).get_by_role("heading", level=1)).to_have_text("Gesprek")


def call_without_answer(page: Page) -> None:
    go_in_menu(page, "Wachtlijst")
    line = main(page).get_by_role("form", name=f"telefoontje naar {FATIHA}")
    press(page, "Geen gehoor", within=line)
    expect_said(page, f"{FATIHA}: geen gehoor")


def screen(page: Page) -> None:
    choose_new(page, "Past deze persoon?")
    go(page, "Screen")
    health = page.get_by_role("group", name="Gezondheid staat meedoen")
    health.get_by_role("radio", name="ja", exact=True).check()
    press(page, "Opslaan")
    expect(main(page)).to_contain_text("Gezondheid")


def begin_intake(page: Page) -> None:
    choose_new(page, "Begin de intake")
    main(page).get_by_role("radio", name="Stadswinkel").check()
    press(page, "Begin")
    press(page, "Ik heb dit verteld")


def consent(page: Page) -> None:
    # Whatever this person reads: it is the coach who does the journey.
    in_dutch = main(page).get_by_role("link", name="Nederlands", exact=True)
    in_dutch.click()
    expect(in_dutch).to_have_attribute("aria-current", "true")
    page.get_by_role("radio", name="Ja, ik doe mee").check()
    recording = page.get_by_role("group", name="Een extra gesprek")
    recording.get_by_role("radio", name="Nee, liever niet").check()
    register = page.get_by_role("group", name="De onderzoekers mogen gegevens")
    register.get_by_role("radio", name="Ja, dat mag").check()
    declares = page.get_by_role("group", name="Dit verklaart u")
    for declared in declares.get_by_role("checkbox").all():
        declared.check()
    sign_on_screen(page)
    press(page, "Bewaar deze keuzes")
    expect(main(page)).to_contain_text("onderzoek: ja")
    expect(main(page)).to_contain_text("opname van een gesprek: nee")
    assert fetched(page, "Het getekende formulier").startswith(b"%PDF")
    go(page, "Volgende stap")


def answer_alone(page: Page) -> None:
    """Handed over, stopped, taken back with the PIN, handed over again and finished."""
    press(page, "Zet de vragenlijst klaar")
    hand_over(page, pin="4711")
    begin(page)
    photograph(page, "question")
    answer_until(page, questions=6)
    send(page, "Stoppen en bewaren")
    expect(main(page)).to_contain_text("Uw antwoorden zijn bewaard")
    kept_at = page.url
    page.goto("/deelnemers/")
    assert "/aanmelden/" in page.url, "the coach's pages are closed meanwhile"
    page.goto(kept_at)
    take_back(page, pin="4711")
    go(page, "Naar de vragenlijst")
    hand_over(page, pin="4712")
    begin(page, "Verder")
    answer_until(page)
    hand_in(page)
    expect(main(page).get_by_role("heading", level=1)).to_have_text("Dank u wel")
    take_back(page, pin="4712")
