"""The administrator adds a colleague, who signs in with the password that was told."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.looking import check_page, go, go_in_menu, main, press


def test_a_new_coach_signs_in_with_the_password_that_was_told(
    sign_in: SignIn, opened: Callable[..., Page]
) -> None:
    page = sign_in("Ada")
    check_page(page)
    go_in_menu(page, "Medewerkers")
    go(page, "Nieuwe collega")
    main(page).get_by_label("Naam").fill("Nora Nieuwkomer")
    main(page).get_by_label("E-mailadres").fill("nora@trede.example")
    main(page).get_by_role("checkbox", name="coach").check()
    press(page, "Toevoegen")
    told = main(page).locator("code").inner_text()

    colleague = opened()
    colleague.goto("/aanmelden/")
    colleague.get_by_label("E-mailadres").fill("nora@trede.example")
    colleague.get_by_label("Wachtwoord").fill(told)
    press(colleague, "Aanmelden")
    expect(main(colleague)).to_contain_text("Nora")
    menu = colleague.get_by_role("navigation", name="Hoofdmenu")
    expect(menu.get_by_role("link", name="Wachtlijst")).to_be_visible()
    expect(menu.get_by_role("link", name="Medewerkers")).to_have_count(0)
