"""After a tap on a line one goes on where one was, by keyboard and by ear."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.looking import TELEPHONE, check_page, expect_said, main

WHO = "document.activeElement.closest('.lines > li')?.parentElement.ariaLabel"
WHERE = "document.activeElement.getBoundingClientRect().top"


def tap(page: Page, name: str) -> float:
    """With the keyboard, on a line that stands in the middle of the screen."""
    button = main(page).get_by_role("button", name=name).first
    button.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
    line = button.locator("xpath=ancestor::li[1]")
    top = float(line.evaluate("one => one.getBoundingClientRect().top"))
    button.focus()
    page.keyboard.press("Enter")
    return top


def test_the_next_line_has_the_focus_at_the_same_height(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    page.set_viewport_size(TELEPHONE)
    top = tap(page, "Geen gehoor")
    expect_said(page, "geen gehoor")
    assert page.evaluate(WHO) == "Bellen"
    assert abs(page.evaluate(WHERE) - top) < 2
    # What was noted stands there, with its undo; then the next line comes.
    said = main(page).locator(".lines__noted .notices")
    expect(said).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(said.get_by_role("button", name="Ongedaan maken")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(WHO) == "Bellen"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect_said(page, "Teruggedraaid")
    assert page.evaluate(WHO) == "Bellen"
    check_page(page)


def test_another_page_begins_at_its_top(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    tap(page, "Geen gehoor")
    expect_said(page, "geen gehoor")
    page.get_by_role("link", name="Deelnemers").first.click()
    page.wait_for_load_state()
    assert page.evaluate("scrollY") == 0
    assert page.evaluate(WHO) is None
