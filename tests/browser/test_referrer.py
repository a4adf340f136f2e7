"""The referrer's own form, and what he sees of it later: his own, and the status."""

from playwright.sync_api import expect

from tests.browser.conftest import TELEPHONE, SignIn
from tests.browser.looking import check_page, expect_said, go, go_in_menu, main, press


def test_a_referrer_refers_and_sees_what_became_of_it(sign_in: SignIn) -> None:
    page = sign_in("Rik")
    check_page(page)
    go_in_menu(page, "Nieuwe aanmelding")
    main(page).get_by_label("Voornaam").fill("Mina")
    main(page).get_by_label("Achternaam").fill("de Proef")
    main(page).get_by_label("Telefoon").fill("06 00009911")
    main(page).get_by_role("radio", name="Werkbedrijf").check()
    main(page).get_by_label("Waarom denkt u").fill("Wil graag weer onder de mensen.")
    press(page, "Meld aan")
    expect_said(page, "Mina de Proef")
    go_in_menu(page, "Mijn aanmeldingen")
    mine = main(page).get_by_role("row").filter(has_text="Mina de Proef")
    expect(mine).to_contain_text("ontvangen")


def test_a_referrer_opens_no_page_of_anybody(sign_in: SignIn) -> None:
    page = sign_in("Rik")
    go_in_menu(page, "Mijn aanmeldingen")
    expect(main(page).get_by_role("rowheader").first).to_be_visible()
    expect(main(page).get_by_role("rowheader").get_by_role("link")).to_have_count(0)
    for door in ("/deelnemers/1/", "/instroom/wachtlijst/", "/personen/1/"):
        answer = page.goto(door)
        assert answer is not None and answer.status in (403, 404), door
        check_page(page)


def test_a_form_without_a_name_says_what_to_do_and_loses_nothing(
    sign_in: SignIn,
) -> None:
    page = sign_in("Rik", viewport=TELEPHONE)
    page.goto("/instroom/aanmelding/")
    why = main(page).get_by_label("Waarom denkt u")
    why.fill("Zoekt een dagritme.")
    main(page).get_by_label("Achternaam").fill("   ")
    main(page).get_by_role("radio", name="Derden").check()
    press(page, "Meld aan")
    expect(main(page).get_by_label("Achternaam")).to_have_attribute(
        "aria-invalid", "true"
    )
    expect(why).to_have_value("Zoekt een dagritme.")
    go(page, "Niet aanmelden")
