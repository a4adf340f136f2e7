"""Somebody answers on the own telephone: link from the coach's screen, code by word."""

import re
from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import answer_one
from tests.browser.conftest import TELEPHONE, SignIn
from tests.browser.looking import check_page, go, main, press
from tests.browser.own_sittings import Maker

Opened = Callable[..., Page]


class Told(NamedTuple):
    address: str
    code: str


@pytest.fixture
def told(sign_in: SignIn, make: Maker) -> Told:
    """What the coach shows and says."""
    page = sign_in("Sanne")
    page.goto(make.prepared())
    go(page, re.compile("de eigen telefoon"))
    press(page, re.compile("ink en code maken"))
    main(page).get_by_text("Scannen lukt niet").click()
    code = main(page).locator(".code--told").inner_text()
    return Told(main(page).locator("code").inner_text(), code)


def type_code(page: Page, told: Told) -> None:
    main(page).get_by_role("textbox").fill(told.code)
    main(page).get_by_role("button").click()
    expect(page).not_to_have_url(re.compile("/telefoon/"))
    check_page(page)


def answer_some(page: Page, questions: int = 3) -> None:
    for _ in range(questions):
        answer_one(page)
        # From the end: the number of a human stands over what is half in view.
        page.keyboard.press("End")
        check_page(page)


def test_link_and_code_open_the_questions_and_one_goes_on_where_one_was(
    told: Told, opened: Opened
) -> None:
    page = opened(viewport=TELEPHONE)
    page.goto(told.address)
    check_page(page)
    main(page).get_by_role("textbox").fill("000 000")
    press(page, "Naar de vragen")
    expect(main(page)).to_contain_text("Deze code klopt niet")
    type_code(page, told)
    expect(page.get_by_role("link", name="Voor de coach")).to_have_count(0)
    main(page).get_by_role("button").last.click()
    answer_some(page)
    here = page.url
    page.get_by_role("button", name="Stoppen en bewaren").click()
    expect(main(page)).to_contain_text("Open dan dezelfde link weer")
    page.goto(told.address)
    main(page).get_by_role("button").last.click()
    expect(page).to_have_url(here)


def test_in_arabic_from_right_to_left(told: Told, opened: Opened) -> None:
    page = opened(viewport=TELEPHONE)
    page.goto(told.address)
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    check_page(page)
    type_code(page, told)
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    main(page).get_by_role("button").last.click()
    answer_some(page, questions=2)


def test_another_telephone_is_told_to_ask_for_a_new_link(
    told: Told, opened: Opened
) -> None:
    first, second = opened(viewport=TELEPHONE), opened(viewport=TELEPHONE)
    first.goto(told.address)
    type_code(first, told)
    second.goto(told.address)
    check_page(second)
    expect(main(second)).to_contain_text("op een andere telefoon geopend")


def test_opening_an_explanation_is_told_once(told: Told, opened: Opened) -> None:
    page = opened(viewport=TELEPHONE)
    page.goto(told.address)
    type_code(page, told)
    main(page).get_by_role("button").last.click()
    explanation = main(page).get_by_text("Wat betekent dit?")
    for _ in range(8):
        if explanation.is_visible():
            break
        before = page.url
        main(page).get_by_role("button", name="Sla deze vraag over", exact=True).click()
        expect(page).not_to_have_url(before)
    with page.expect_response(re.compile("/uitleg/")) as answered:
        explanation.click()
    assert answered.value.status == 204
    check_page(page)


def test_without_javascript_all_of_it_works(told: Told, opened: Opened) -> None:
    page = opened(viewport=TELEPHONE, java_script_enabled=False)
    page.goto(told.address)
    main(page).get_by_role("textbox").fill(told.code)
    main(page).get_by_role("button").click()
    main(page).get_by_role("button").last.click()
    button = main(page).get_by_role("button", name="Wat betekent dit?")
    for _ in range(8):
        if button.count():
            break
        main(page).get_by_role("button", name="Sla deze vraag over", exact=True).click()
    button.click()
    expect(main(page).locator("details[open]")).to_be_visible()
