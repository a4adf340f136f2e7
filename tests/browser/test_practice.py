"""A coach reads the instruction and practises, on a tablet and by keyboard."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.looking import check_page, expect_said, main, press

PIN = "2580"


def skip_all(page: Page) -> None:
    for _ in range(40):
        if page.url.endswith("/nakijken/"):
            return
        before = page.url
        main(page).get_by_role("button", name="Sla deze vraag over", exact=True).click()
        expect(page).not_to_have_url(before)


def test_a_coach_reads_practises_and_is_noted(sign_in: SignIn) -> None:
    page = sign_in("Youssef", viewport={"width": 820, "height": 1100})
    page.goto("/vragenlijsten/instructie/")
    check_page(page)
    if main(page).get_by_role("button", name="Ik heb dit gelezen").count():
        press(page, "Ik heb dit gelezen")
    expect(main(page)).to_contain_text("U hebt dit gelezen")
    main(page).get_by_role("link", name="Oefenen").click()
    check_page(page)
    for field in main(page).locator("input.pin").all():
        field.fill(PIN)
    press(page, "Begin met oefenen")
    main(page).get_by_role("radio").first.press("Space")
    page.keyboard.press("Enter")
    skip_all(page)
    check_page(page)
    main(page).locator("input.pin").fill(PIN)
    press(page, "Neem het apparaat terug")
    expect_said(page, "U hebt geoefend")


def test_it_works_in_arabic_too(sign_in: SignIn) -> None:
    page = sign_in("Sanne", viewport={"width": 390, "height": 844})
    page.goto("/vragenlijsten/oefenen/")
    main(page).get_by_role("combobox").select_option("ar")
    for field in main(page).locator("input.pin").all():
        field.fill(PIN)
    press(page, "Begin met oefenen")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_text("Oefenen: verzin de antwoorden")).to_be_visible()
