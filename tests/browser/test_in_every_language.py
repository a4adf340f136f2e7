"""The pages of a person in each language: by axe, in each script, at 320 px."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import hand_over
from tests.browser.conftest import SignIn
from tests.browser.looking import check_page, go, main, open_person
from trede.languages import LANGUAGES, language_of

PIN = "4713"
SMALL = {"width": 320, "height": 640}
# The first letters of the file that a script needs, as the style sheet names them.
SCRIPTS = {"ar": "U+600-6FF", "ti": "U+1200-139F"}


def on_the_device(sign_in: SignIn, **options: object) -> Page:
    page = sign_in("Sanne", **options)
    open_person(page, "Arul Kanavunathan")
    go(page, "Verder")
    go(page, "Naar de vragenlijst")
    taken_back = main(page).get_by_role("button", name="Neem het terug zonder pincode")
    if taken_back.count():
        taken_back.click()
    hand_over(page, pin=PIN)
    return page


def choose(page: Page, code: str) -> None:
    language = language_of(code)
    page.get_by_role("button", name=language.own_name, exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", code)
    expect(page.locator("html")).to_have_attribute("dir", language.direction)


def test_every_language_is_without_faults_on_a_small_screen(sign_in: SignIn) -> None:
    page = on_the_device(sign_in, viewport=SMALL)
    for language in LANGUAGES:
        choose(page, language.code)
        check_page(page)
    main(page).get_by_role("button").last.click()
    expect(main(page).get_by_role("radio").first).to_be_visible()
    for language in LANGUAGES:
        choose(page, language.code)
        check_page(page)
    choose(page, "nl")


@pytest.mark.parametrize("code", ["ar", "ti"])
def test_somebody_answers_in_another_script(sign_in: SignIn, code: str) -> None:
    page = on_the_device(sign_in, viewport={"width": 390, "height": 844})
    choose(page, code)
    main(page).get_by_role("button").last.click()
    for _ in range(4):
        before = page.url
        main(page).get_by_role("radio").last.check()
        main(page).locator(".ask__go").get_by_role("button").click()
        expect(page).not_to_have_url(before)
        expect(page.locator("html")).to_have_attribute("lang", code)
        check_page(page)
    assert own_font_is_used(page, SCRIPTS[code])
    # The sitting keeps its language, and the next journey goes on with it in Dutch.
    choose(page, "nl")


def own_font_is_used(page: Page, letters: str) -> bool:
    """Whether the file for these letters was fetched, so that no box stands there."""
    used = page.evaluate(
        "() => [...document.fonts].filter(one => one.status === 'loaded')"
        ".map(one => one.unicodeRange.toUpperCase())"
    )
    return any(letters in ranges for ranges in used)
