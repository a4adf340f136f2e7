"""At 320 px, which is also a desk screen at 400%, nobody scrolls sideways.

And from right to left: the questions of a person who reads Arabic or Farsi stand on
the same pages, so those pages must turn round without falling apart.
"""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.looking import DESK, TELEPHONE, assert_fits, check_page, main

SMALL = {"width": 320, "height": 640}
TURN_ROUND = "document.documentElement.dir = 'rtl'"
OWN_MENU = "Hoofdmenu"
NAMES_OVER_EACH_OTHER = """() => {
  const words = (link) => {
    const range = document.createRange();
    range.selectNodeContents(link.lastChild);
    return range.getBoundingClientRect();
  };
  const links = [...document.querySelectorAll("nav.top__nav a")];
  return links.slice(1)
    .filter((link, place) => words(links[place]).right > words(link).left)
    .map((link) => link.innerText);
}"""


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
    "Willem": [
        "/hoeveel/",
        "/instroom/lijsten/4/",
        "/instroom/bereik/",
        "/instroom/koppel/1/",
    ],
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


def test_no_name_of_a_full_menu_lies_over_another(sign_in: SignIn) -> None:
    """A coordinator has seven: where they do not fit, the menu slides."""
    page = sign_in("Willem", viewport=SMALL)
    menu = page.get_by_role("navigation", name=OWN_MENU)
    for link in (menu.get_by_role("link").first, menu.get_by_role("link").last):
        link.click()
        page.wait_for_load_state()
        expect(menu.locator("[aria-current]")).to_be_in_viewport(ratio=1)
        over = page.evaluate(NAMES_OVER_EACH_OTHER)
        assert over == []
        check_page(page)


def test_enlarged_four_times_the_menu_scrolls_along(sign_in: SignIn) -> None:
    page = sign_in("Sanne", viewport={"width": 320, "height": 225})
    menu = page.get_by_role("navigation", name=OWN_MENU)
    expect(menu).to_be_in_viewport()
    page.keyboard.press("End")
    expect(menu).not_to_be_in_viewport()
    assert_fits(page)


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


LISTS = {
    "Sanne": ["/instroom/wachtlijst/", "/deelnemers/", "/ontbreekt/", "/partners/"],
    "Willem": ["/instroom/wachtlijst/", "/deelnemers/", "/ontbreekt/", "/partners/"],
}


@pytest.mark.parametrize("name", LISTS)
def test_the_first_of_a_list_is_in_sight_at_once_on_a_telephone(
    name: str, sign_in: SignIn
) -> None:
    page = sign_in(name, viewport=TELEPHONE)
    for address in LISTS[name]:
        page.goto(address)
        first = main(page).locator(".lines > li").first.get_by_role("link").first
        assert_in_sight(first)
        check_page(page)


def test_filters_and_acts_unfold_on_a_telephone_and_stand_open_on_a_desk(
    sign_in: SignIn,
) -> None:
    page = sign_in("Willem", viewport=TELEPHONE)
    page.goto("/instroom/wachtlijst/")
    choices = main(page).get_by_role("navigation", name="Wie", exact=True)
    act = main(page).get_by_role("link", name="Iemand aanmelden")
    expect(choices).to_be_hidden()
    expect(act).to_be_hidden()
    on = main(page).locator(".chips [aria-current]").count()
    assert on
    main(page).locator("summary", has_text=f"Filters ({on} aan)").click()
    main(page).locator(".title summary", has_text="Meer").first.click()
    expect(choices).to_be_visible()
    expect(act).to_be_visible()
    check_page(page)
    page.goto("/instroom/wachtlijst/")
    page.set_viewport_size(DESK)
    expect(choices).to_be_visible()
    expect(act).to_be_visible()
    expect(main(page).locator(".fold").first).to_be_hidden()


def test_the_tab_that_is_shown_is_in_sight_and_the_page_opens_at_its_top(
    sign_in: SignIn,
) -> None:
    page = sign_in("Sanne", viewport=TELEPHONE)
    page.goto("/deelnemers/")
    main(page).locator(".lines > li").first.get_by_role("link").first.click()
    for name in ("Overzicht", "Notities"):
        tab = main(page).get_by_role("link", name=name, exact=True)
        tab.click()
        page.wait_for_load_state()
        expect(tab).to_have_attribute("aria-current", "page")
        box = tab.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]
        assert page.evaluate("scrollY") == 0


def assert_in_sight(first: Locator) -> None:
    """Above the menu, which stays at the foot of a telephone."""
    box = first.bounding_box()
    foot = first.page.get_by_role("navigation", name=OWN_MENU).bounding_box()
    assert box is not None
    assert foot is not None
    assert box["y"] + box["height"] <= foot["y"], first.page.url
