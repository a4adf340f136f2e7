"""Leaving, in two acts: by staff in two clicks, and by the person with the own link."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import TELEPHONE, SignIn
from tests.browser.looking import (
    check_page,
    download,
    expect_said,
    go,
    main,
    open_person,
    press,
)

BOUCHRA = "Bouchra Tajribaoui"
OZLEM = "Özlem Taslakkaya"
LINK = re.compile(rb"https?://[^/\s)]+(/traject/stoppen/[\w-]+/)")


def test_by_staff_in_two_clicks_each(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    open_person(page, OZLEM)
    go(page, "Stoppen met het onderzoek")
    expect(main(page)).to_contain_text("Alle toestemming voor het onderzoek")
    press(page, "Stoppen met het onderzoek")
    expect_said(page, "Het traject gaat gewoon door.")
    assert_goes_on(page)

    open_person(page, OZLEM)
    expect(main(page).get_by_role("link", name="Stoppen met")).to_have_count(0)
    go(page, "Uit het traject stappen")
    expect(main(page)).to_contain_text("De klantmanager krijgt de datum van vandaag")
    press(page, "Uit het traject stappen")
    expect_said(page, "De klantmanager krijgt alleen de datum.")
    assert_ended(page)


def assert_goes_on(page: Page) -> None:
    heading = main(page).get_by_role("heading", level=1)
    expect(heading.locator("xpath=..")).to_contain_text("in traject")
    expect(main(page)).to_contain_text("Het traject loopt tot")
    expect(main(page)).not_to_contain_text("Eindigt op")


def assert_ended(page: Page) -> None:
    expect(main(page)).to_contain_text("Afgerond op")
    expect(main(page)).to_contain_text("Eindigt op")


def test_by_the_person_with_the_link_in_the_letter(
    sign_in: SignIn, opened: Callable[..., Page]
) -> None:
    coach = sign_in("Youssef")
    link = take_letter_home(coach)
    start(coach)

    page = opened(viewport=TELEPHONE)
    page.goto(link)
    check_page(page)
    assert BOUCHRA not in page.content(), "a letter may lie about"
    assert_tells_whom_to_call(page)
    go(page, "Ik stop met het onderzoek")
    press(page, "Ja, ik stop met het onderzoek")
    expect(main(page)).to_contain_text("U bent gestopt met het onderzoek")
    expect(main(page)).to_contain_text("Uw traject gaat gewoon door.")
    assert_tells_whom_to_call(page)
    coach.reload()
    assert_goes_on(coach)

    page.goto(link)
    check_page(page)
    expect(main(page)).to_contain_text("U doet niet (meer) mee aan het onderzoek.")
    go(page, "Ik stap uit het traject")
    press(page, "Ja, ik stap uit het traject")
    expect(main(page)).to_contain_text("U bent uit het traject gestapt")
    coach.reload()
    assert_ended(coach)
    expect(main(coach)).to_contain_text("Via de eigen link van de deelnemer.")

    page.goto(link)
    check_page(page)
    expect(main(page)).to_contain_text("U zit niet (meer) in een traject.")
    expect(main(page).get_by_role("button")).to_have_count(0)


def assert_tells_whom_to_call(page: Page) -> None:
    number = main(page).get_by_role("link", name=re.compile(r"\d{3}"))
    expect(number).to_have_attribute("href", re.compile(r"^tel:\+?\d+"))


def take_letter_home(page: Page) -> str:
    """The address in the letter that goes with the signed form."""
    open_person(page, BOUCHRA)
    go(page, "Naar de intake")
    go(page, "Toestemming")
    letter = download(page, "Brief om mee te geven", role="button")
    assert letter.suggested_filename.endswith(".pdf")
    pdf = letter.path().read_bytes()
    assert pdf.startswith(b"%PDF")
    found = LINK.search(pdf)
    assert found, "the letter has no link that can be tapped"
    return found[1].decode()


def start(page: Page) -> None:
    open_person(page, BOUCHRA)
    go(page, "Starten")
    main(page).get_by_label("Waarom deze persoon toch start").fill("Geen partner.")
    press(page, "Starten")
    expect_said(page, "Het traject is gestart.")


def test_a_link_that_does_not_work_says_so_and_whom_to_call(
    opened: Callable[..., Page],
) -> None:
    page = opened(viewport=TELEPHONE)
    for token in ("x", "verlopen-of-verkeerd-overgetypt"):
        page.goto(f"/traject/stoppen/{token}/")
        check_page(page)
        expect(main(page)).to_contain_text("Deze link werkt niet meer")
        assert_tells_whom_to_call(page)
