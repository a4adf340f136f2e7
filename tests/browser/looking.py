"""What every page must be, whoever looks at it, and how a journey finds its way.

A page has no fault that axe knows of at WCAG 2.2 AA, and is never wider than its
window. `check_page` is called at every step of every journey.
"""

from pathlib import Path
from typing import Literal

from playwright.sync_api import Download, Error, Locator, Page, expect

from tests.browser.contrast import AXE, Fault, contrast_faults

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK = {"width": 1280, "height": 900}
TELEPHONE = {"width": 390, "height": 844}
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def faults_that_axe_knows(
    page: Page, tries: int = 3, *, colours: bool = True
) -> list[Fault]:
    """A page that sends something and then goes on is looked at where it arrives."""
    page.wait_for_load_state()
    rules = {
        "runOnly": {"type": "tag", "values": TAGS},
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": False}},
        "selectors": False,
    }
    try:
        # From its top: what stays in view stands half over what one scrolls under it.
        page.evaluate("scrollTo(0, 0)")
        faults = AXE.run(page, options=rules).response["violations"]
        return faults + (contrast_faults(page) if colours else [])
    except Error as problem:
        if tries == 1 or "navigation" not in str(problem):
            raise
    return faults_that_axe_knows(page, tries - 1, colours=colours)


def check_page(page: Page, *, colours: bool = True) -> None:
    faults = [
        f"{fault['id']}: {fault['help']}: {node['html'][:200]} {node['failureSummary']}"
        for fault in faults_that_axe_knows(page, colours=colours)
        for node in fault["nodes"]
    ]
    assert not faults, f"{page.url}\n" + "\n".join(faults)
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert_fits(page)


def assert_fits(page: Page) -> None:
    """Nobody has to scroll sideways to read."""
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= window, f"{page.url} is {wide} wide in a window of {window}"


def go(page: Page, name: str, *, within: Locator | None = None) -> None:
    """Follow the first link with this name in the main part, and look at the page."""
    (within or main(page)).get_by_role("link", name=name).first.click()
    check_page(page)


def press(page: Page, name: str, *, within: Locator | None = None) -> None:
    (within or main(page)).get_by_role("button", name=name).first.click()
    check_page(page)


def send(page: Page, name: str) -> None:
    """A button that first asks whether the line is there, and then leads on."""
    with page.expect_navigation():
        main(page).get_by_role("button", name=name).first.click()
    check_page(page)


def go_in_menu(page: Page, name: str) -> None:
    go(page, name, within=page.get_by_role("navigation", name="Hoofdmenu"))


def open_person(page: Page, name: str) -> None:
    go_in_menu(page, "Zoeken")
    main(page).get_by_role("searchbox").fill(name.split()[-1])
    press(page, "Zoeken")
    go(page, name)


def choose_new(page: Page, name: str) -> None:
    """An act from the menu on the page of a person."""
    main(page).get_by_text("Nieuw", exact=True).first.click()
    go(page, name)


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def expect_said(page: Page, words: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(words)


def download(
    page: Page, name: str, role: Literal["link", "button"] = "link"
) -> Download:
    with page.expect_download() as waiting:
        main(page).get_by_role(role, name=name).first.click()
    return waiting.value


def content(download: Download) -> str:
    return Path(download.path()).read_text(encoding="utf-8-sig")


def fetched(page: Page, name: str) -> bytes:
    """What a link leads to, for a file that the browser would show itself."""
    address = main(page).get_by_role("link", name=name).first.get_attribute("href")
    assert address, name
    return page.request.get(address).body()


def photograph(page: Page, name: str) -> None:
    """A picture for the README, small enough to keep beside the code."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file)
