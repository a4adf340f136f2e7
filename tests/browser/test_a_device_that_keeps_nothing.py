"""A full disk, a private window, an address without HTTPS: with a line all of it works,
and without one nothing is said to be kept that is not."""

import pytest
from playwright.sync_api import expect

from tests.browser.answering import answer_one, give_an_answer
from tests.browser.cut_off import A_MOMENT, Asked, Begin
from tests.browser.looking import check_page, main

PRIVATE_WINDOW = """
Object.defineProperty(window, "indexedDB", {
  value: { open() { throw new DOMException("not here", "SecurityError"); } },
});
"""
# What a browser leaves out where it does not trust the address.
NO_HTTPS = """
Object.defineProperty(window, "isSecureContext", { value: false });
Object.defineProperty(crypto, "subtle", { value: undefined });
Object.defineProperty(crypto, "randomUUID", { value: undefined });
Object.defineProperty(navigator, "locks", { value: undefined });
"""
OLD_BROWSER = """
AbortSignal.timeout = undefined;
Object.defineProperty(navigator, "locks", { value: undefined });
"""
ON_THE_PAGE = "Wat u invulde, staat nog op deze pagina"


def assert_nothing_pretends(asked: Asked) -> None:
    page = asked.page
    answer_one(page)
    asked.cut_the_line()
    before = asked.heading
    give_an_answer(page)
    page.locator(".ask__go button").click()
    asked.expect_said(ON_THE_PAGE)
    check_page(page)
    waits = main(page).get_by_text("Antwoorden die wachten").filter(visible=True)
    expect(waits).to_have_count(0)
    assert asked.heading == before
    expect(main(page).locator("input:checked")).to_have_count(1)
    asked.mend_the_line()
    page.locator(".ask__go button").click()
    expect(main(page).get_by_role("heading", level=1)).not_to_have_text(before)
    expect(main(page).get_by_text(ON_THE_PAGE).filter(visible=True)).to_have_count(0)
    assert len(asked.kept()) == 2


@pytest.mark.parametrize("script", [PRIVATE_WINDOW, NO_HTTPS], ids=["private", "http"])
def test_what_cannot_be_kept_stays_on_the_page_and_one_is_told(
    begin: Begin, script: str
) -> None:
    asked = begin(every_kind=True, at="yes_no", script=script)
    assert_nothing_pretends(asked)
    asked.page.goto(f"{asked.handed.start}nakijken/")
    main(asked.page).get_by_role("button", name="Ik ben klaar").first.click()
    expect(main(asked.page).get_by_role("heading", level=1)).to_have_text("Dank u wel")


def test_a_full_disk_keeps_nothing_and_says_so(begin: Begin) -> None:
    asked = begin(every_kind=True, at="yes_no")
    asked.page.context.new_cdp_session(asked.page).send(
        "Storage.overrideQuotaForOrigin",
        {"origin": asked.page.evaluate("location.origin"), "quotaSize": 1},
    )
    assert_nothing_pretends(asked)


def test_an_older_browser_waits_for_the_line_as_well(begin: Begin) -> None:
    asked = begin(every_kind=True, at="yes_no", script=OLD_BROWSER)
    asked.cut_the_line()
    answer_one(asked.page)
    asked.expect_said("Antwoorden die wachten: 1")
    asked.mend_the_line()
    asked.expect_said("Er is weer internet")
    asked.page.evaluate(A_MOMENT)
    assert [question for question, _ in asked.kept()] == ["yes_no"]
