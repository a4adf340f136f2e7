"""At 320 px, which is also a desk screen at 400%, nobody scrolls sideways.

And from right to left: the questions of a person who reads Arabic or Farsi stand on
the same pages, so those pages must turn round without falling apart.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.looking import assert_fits, check_page, main

SMALL = {"width": 320, "height": 640}
TURN_ROUND = "document.documentElement.dir = 'rtl'"
OWN_MENU = "Hoofdmenu"


# Of each of the cast: what lies deeper than their menu.
DEEPER = {
    "Sanne": [
        "/deelnemers/2/",
        "/traject/2/",
        "/traject/2/ladder/",
        "/contact/persoon/2/noteren/",
        "/personen/2/toestemming/",
        "/instroom/aanmelding/",
    ],
    "Willem": ["/instroom/lijsten/4/", "/instroom/bereik/", "/instroom/koppel/1/"],
    "Rik": [],
    "Ilse": ["/onderzoek/1/metingen/"],
    "Bas": ["/pilots/1/"],
    "Fenna": [],
    "Ada": [],
}


@pytest.mark.parametrize("name", DEEPER)
def test_every_page_of_the_menu_and_what_lies_deeper_fits(
    name: str, sign_in: SignIn
) -> None:
    page = sign_in(name, viewport=SMALL)
    menu = page.get_by_role("navigation", name=OWN_MENU).get_by_role("link")
    addresses = [link.get_attribute("href") or "/" for link in menu.all()]
    assert len(addresses) >= 3
    for address in addresses + DEEPER[name]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        check_page(page)


def test_pages_turn_round_for_who_reads_from_right_to_left(sign_in: SignIn) -> None:
    page = sign_in("Sanne", viewport=SMALL)
    for address in ("/", "/deelnemers/2/", "/instroom/aanmelding/"):
        page.goto(address)
        assert_turns_round(page)


def assert_turns_round(page: Page) -> None:
    """The heading now begins at the right edge, and nothing sticks out."""
    page.evaluate(TURN_ROUND)
    heading = main(page).get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    box, window = heading.bounding_box(), SMALL["width"]
    assert box is not None
    assert box["x"] + box["width"] > window - 40
    assert_fits(page)
