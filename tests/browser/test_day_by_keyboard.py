"""Mijn dag from its first act to its last, without a mouse."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.looking import expect_said, main
from tests.browser.test_by_keyboard import FOCUS_IS_SEEN, enter, tab_to

REACHABLE = """() => [...document.querySelectorAll(
    'main :is(a[href], button, summary, input, select, textarea)')]
    .filter(one => one.type !== 'hidden' && one.checkVisibility())
    .map((one, place) => one.dataset.place = String(place))"""


def test_every_act_of_the_day_has_its_turn_and_the_day_ends(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    places = page.evaluate(REACHABLE)
    assert len(places) > 30
    tab_to(page, "Naar de inhoud")
    page.keyboard.press("Enter")
    assert [walked_to(page) for _place in places] == places
    page.keyboard.press("Tab")
    assert not page.locator("main :focus").count()


def walked_to(page: Page) -> str:
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.evaluate(FOCUS_IS_SEEN), focused.evaluate("one => one.outerHTML")
    return str(focused.get_attribute("data-place"))


def test_an_appointment_is_noted_with_a_note_and_taken_back(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    today = page.get_by_role("list", name="Afspraken vandaag")
    open_lines = today.get_by_role("button", name="Sprak")
    before = open_lines.count()
    assert before
    tab_to(page, "^Met een notitie")
    page.keyboard.press("Enter")
    tab_to(page, "^Notitie over")
    page.keyboard.type("Slaapt beter")
    back_to(page, "Sprak")
    enter(page)
    expect_said(page, "gesproken")
    expect(open_lines).to_have_count(before - 1)
    assert "Slaapt beter" in told_of(page, "Gesproken")
    tab_to(page, "^Ongedaan maken")
    enter(page)
    expect_said(page, "Teruggedraaid")
    expect(open_lines).to_have_count(before)


def back_to(page: Page, name: str) -> None:
    for _stop in range(4):
        page.keyboard.press("Shift+Tab")
        if page.locator(":focus").inner_text() == name:
            return
    raise AssertionError(f"{name} does not stand just before its note")


def told_of(page: Page, outcome: str) -> str:
    """On the page of whom it was about; and back to the day."""
    line = main(page).locator(".lines > li:not(.lines__noted)", has_text=outcome).first
    line.get_by_role("link").first.press("Enter")
    page.wait_for_url("**/deelnemers/*/")
    told = main(page).inner_text()
    page.go_back()
    return told


def test_a_call_with_a_note_is_noted_from_the_day_and_taken_back(
    sign_in: SignIn,
) -> None:
    page = sign_in("Sanne")
    past_the_appointments(page)
    tab_to(page, "^Met een notitie")
    page.keyboard.press("Enter")
    tab_to(page, "^Notitie over")
    page.keyboard.type("Belt zelf terug")
    back_to(page, "Bericht")
    enter(page)
    expect_said(page, "bericht ingesproken")
    tab_to(page, "^Ongedaan maken")
    enter(page)
    expect_said(page, "Teruggedraaid")


def past_the_appointments(page: Page) -> None:
    """The last stop before whom to call."""
    today = page.get_by_role("list", name="Afspraken vandaag")
    today.get_by_role("link", name="Afspraak verzetten").last.focus()
