"""The number of a human is in view wherever one is on a page, and never over what one
is at: on a telephone, and on a desk screen at 400%."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import assert_fits, check_page, main
from tests.browser.own_sittings import Handed, Maker

TELEPHONE = {"width": 320, "height": 640}
AT_400_PERCENT = {"width": 320, "height": 225}

# Whether that place of the window is the link itself, and nothing lies over it.
IS_ON_TOP = """link => {
  const { left, top, width, height } = link.getBoundingClientRect();
  return link.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
HIDDEN_UNDER_THE_BAR = """() => {
  const at = document.activeElement;
  const bar = document.querySelector(".ask__bar");
  if (at === document.body || at.closest(".ask__bar, .nl-skip-link")) return "";
  const around = at.closest(".choice") ?? at;
  const under = bar.getBoundingClientRect().bottom;
  return around.getBoundingClientRect().top < under - 1 ? around.outerHTML : "";
}"""
AT_ITS_END = "document.activeElement.closest('.ask__coach') !== null"


@pytest.fixture
def device(make: Maker) -> Handed:
    return make.handed(every_kind=True)


def number(page: Page) -> Locator:
    return page.get_by_role("banner").locator("a[href^='tel:']")


def expect_the_number(page: Page) -> None:
    height = page.viewport_size["height"]
    expect(number(page)).to_have_count(1)
    for part in (0, 0.5, 1):
        page.evaluate(f"scrollTo(0, {part} * document.body.scrollHeight)")
        box = number(page).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height
        assert number(page).evaluate(IS_ON_TOP)
    bar = page.get_by_role("banner").bounding_box()
    assert bar is not None
    assert bar["height"] <= max(0.28 * height, 64), bar


@pytest.mark.parametrize("window", [TELEPHONE, AT_400_PERCENT])
def test_the_number_is_in_view_from_welcome_to_thanks(
    opened: Callable[..., Page], site: str, device: Handed, window: dict[str, int]
) -> None:
    page = opened(viewport=window)
    device.be(page.context, site)
    for address in (device.start, device.question("multiple"), device.question("year")):
        page.goto(address)
        expect_the_number(page)
        assert_fits(page)
    page.goto(f"{device.start}nakijken/")
    expect_the_number(page)
    main(page).get_by_role("button", name="Ik ben klaar").first.click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text("Dank u wel")
    expect_the_number(page)


@pytest.mark.parametrize("window", [TELEPHONE, AT_400_PERCENT])
def test_what_has_the_focus_is_never_under_the_bar(
    opened: Callable[..., Page], site: str, device: Handed, window: dict[str, int]
) -> None:
    page = opened(viewport=window, reduced_motion="reduce")
    device.be(page.context, site)
    page.goto(device.question("multiple"))
    steps = 0
    while not page.evaluate(AT_ITS_END):
        page.keyboard.press("Tab")
        assert not page.evaluate(HIDDEN_UNDER_THE_BAR)
        steps += 1
        assert steps < 60
    for _ in range(steps - 1):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(HIDDEN_UNDER_THE_BAR)


def test_the_languages_open_over_the_page_and_close_again(
    opened: Callable[..., Page], site: str, device: Handed
) -> None:
    page = opened(viewport=TELEPHONE)
    device.be(page.context, site)
    page.goto(device.question("single"))
    languages = page.get_by_role("form", name="Kies uw taal")
    expect(languages).to_be_hidden()
    page.get_by_role("button", name="Kies uw taal: Nederlands").press("Enter")
    expect(languages.get_by_role("button", name="Nederlands")).to_be_focused()
    check_page(page)
    page.keyboard.press("Escape")
    expect(languages).to_be_hidden()
    expect(page.get_by_role("button", name="Kies uw taal")).to_be_focused()
    page.keyboard.press("Enter")
    languages.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
