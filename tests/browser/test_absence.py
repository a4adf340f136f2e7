"""A coach is away: who goes to whom is chosen on a telephone, with exceptions."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import TELEPHONE, SignIn
from tests.browser.looking import check_page, expect_said, main, press

OVERFLOWS = "one => one.scrollWidth > one.clientWidth"


def unfold(page: Page) -> Locator:
    main(page).locator("summary", has_text="Uitzonderingen").click()
    return main(page).locator(".folded > li")


def test_an_absence_with_exceptions_is_arranged_on_a_telephone(
    sign_in: SignIn,
) -> None:
    page = sign_in("Willem", viewport=TELEPHONE)
    main(page).get_by_role("link", name="Afwezig melden Sanne de Graaf").click()
    press(page, "Verder")
    people = unfold(page)
    expect(people.get_by_role("combobox").first).to_be_hidden()
    guided = people.filter(has=page.locator("textarea"))
    stays, told = (guided.nth(place) for place in (0, 1))
    stays.locator("summary").click()
    check_page(page)
    stays.get_by_role("combobox", name="Nieuwe coach").select_option("nobody")
    told.locator("summary").click()
    told.get_by_role("textbox").fill("Belt liever in de middag.")
    press(page, "Eerst bekijken")
    expect(stays.locator("summary")).to_contain_text("Niemand: blijft bij Sanne")
    expect(told.locator("summary")).to_contain_text("met een briefje")
    for table in main(page).locator(".utrecht-table-container").all():
        assert not table.evaluate(OVERFLOWS), table.get_attribute("aria-label")
    press(page, "Nu overdragen")
    expect(main(page)).to_contain_text("1 persoon heeft intussen een coach nodig")
    press(page, "De coach is terug")
    expect_said(page, "terug")


def test_whoever_was_left_open_is_unfolded_and_named(sign_in: SignIn) -> None:
    page = sign_in("Willem", viewport=TELEPHONE)
    main(page).get_by_role("link", name="Afwezig melden Youssef Amari").click()
    press(page, "Verder")
    main(page).get_by_label("Naar wie iedereen gaat").select_option("each")
    press(page, "Eerst bekijken")
    first = main(page).locator(".folded > li").first
    expect(first.get_by_role("combobox", name="Nieuwe coach")).to_be_visible()
    expect(first).to_contain_text("Kies een coach")
    press(page, "De coach is terug")
