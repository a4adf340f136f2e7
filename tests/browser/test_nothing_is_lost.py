"""A cut line, a session that ended, a double click, a colleague who was quicker: in the
forms of staff. Of a person who answers: `test_offline`."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.looking import (
    check_page,
    choose_new,
    go,
    main,
    open_person,
    press,
)

WALKED = "Samen naar de markt gelopen en over de kinderen gepraat."


def write_contact(page: Page, name: str) -> None:
    open_person(page, name)
    choose_new(page, "Contact")
    main(page).get_by_role("radio", name="Wandeling").check()
    main(page).get_by_role("radio", name="Gesproken", exact=True).check()
    main(page).get_by_label("Notitie").fill(WALKED)


def test_a_double_click_notes_a_contact_once(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    write_contact(page, "Rocío del Supuesto Muñoz")
    main(page).get_by_role("button", name="Noteer", exact=True).dblclick()
    expect(main(page).get_by_text(WALKED)).to_have_count(1)
    page.reload()
    expect(main(page).get_by_text(WALKED)).to_have_count(1)


def test_without_internet_the_form_stays_and_says_so(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    write_contact(page, "Yaa Adaeze Aperekwu")
    page.context.set_offline(True)
    main(page).get_by_role("button", name="Noteer", exact=True).click()
    said = main(page).get_by_role("alert").filter(has_text="geen internet")
    expect(said).to_be_visible()
    expect(main(page).get_by_label("Notitie")).to_have_value(WALKED)
    check_page(page)
    page.context.set_offline(False)
    expect(said).to_be_hidden()
    main(page).get_by_role("button", name="Noteer", exact=True).click()
    expect(main(page).get_by_text(WALKED)).to_have_count(1)


def test_who_signed_in_again_elsewhere_sends_the_form_with_one_press(
    sign_in: SignIn,
) -> None:
    page = sign_in("Sanne")
    write_contact(page, "Maha Ghada al-Wahmin")
    other = page.context.new_page()
    other.goto("/")
    other.get_by_text("Sanne de Graaf").first.click()
    other.get_by_role("button", name="Afmelden").click()
    other.get_by_role("button", name="Sanne").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Sanne")
    main(page).get_by_role("button", name="Noteer", exact=True).click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(
        "Uw formulier is nog niet verstuurd"
    )
    expect(main(page).get_by_text(WALKED)).to_be_visible()
    check_page(page)
    press(page, "Verstuur het nu")
    expect(main(page).get_by_text(WALKED)).to_have_count(1)


def test_who_was_signed_out_comes_back_to_the_form_with_everything_on_it(
    sign_in: SignIn,
) -> None:
    page = sign_in("Sanne")
    write_contact(page, "Özlem Taslakkaya")
    other = page.context.new_page()
    other.goto("/")
    other.get_by_text("Sanne de Graaf").first.click()
    other.get_by_role("button", name="Afmelden").click()
    main(page).get_by_role("button", name="Noteer", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("U bent afgemeld")
    check_page(page)
    page.get_by_role("button", name="Sanne").click()
    expect(main(page).get_by_label("Notitie")).to_have_value(WALKED)
    main(page).get_by_role("button", name="Noteer", exact=True).click()
    expect(main(page).get_by_text(WALKED)).to_have_count(1)


def test_two_colleagues_change_the_same_person(sign_in: SignIn) -> None:
    """The second is told what the first changed, and keeps what was typed."""
    first, second = sign_in("Sanne"), sign_in("Willem")
    for page in (first, second):
        open_person(page, "Daud Habib Royaizai")
        go(page, "Gegevens")
        go(page, "Gegevens wijzigen")
    first.get_by_label("Telefoon").fill("06 12345678")
    press(first, "Opslaan")
    second.get_by_label("Telefoon").fill("06 87654321")
    press(second, "Opslaan")
    expect(main(second)).to_contain_text(
        re.compile("Iemand anders heeft deze gegevens veranderd")
    )
    expect(second.get_by_label("Telefoon")).to_have_value(re.compile("87654321"))
    first.reload()
    expect(main(first)).to_contain_text("12345678")
