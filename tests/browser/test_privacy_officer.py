"""The privacy officer finds who looked at whom, and withdraws a consent."""

from playwright.sync_api import expect

from tests.browser.conftest import SignIn
from tests.browser.looking import (
    check_page,
    content,
    download,
    expect_said,
    go,
    go_in_menu,
    main,
    press,
)


def test_who_looked_at_somebody_is_found_and_taken_along(sign_in: SignIn) -> None:
    coach = sign_in("Youssef")
    coach.goto("/deelnemers/?coach=")
    link = main(coach).get_by_role("list", name="Deelnemers").get_by_role("link").first
    address = link.get_attribute("href") or ""
    number = address.strip("/").split("/")[-1]
    link.click()
    check_page(coach)

    page = sign_in("Fenna")
    check_page(page)
    go_in_menu(page, "Logboek")
    main(page).get_by_label("Persoon").fill(number)
    main(page).get_by_label("Medewerker").select_option(label="Youssef Amari")
    press(page, "Zoeken")
    newest = page.get_by_role("table", name="Logboek").get_by_role("row").nth(1)
    expect(newest).to_contain_text("Youssef Amari")
    expect(newest).to_contain_text(number)
    kept = download(page, "Als CSV-bestand")
    lines = content(kept).splitlines()
    assert len(lines) > 1
    assert all("Youssef Amari" in line for line in lines[1:])


def test_a_consent_is_withdrawn_by_the_privacy_officer(sign_in: SignIn) -> None:
    page = sign_in("Fenna")
    go_in_menu(page, "Zoeken")
    main(page).get_by_role("searchbox").fill("Royaizai")
    press(page, "Zoeken")
    go(page, "Royaizai")
    expect(main(page)).to_contain_text("Wie keek")
    go(page, "Toestemming en bestanden")
    study = main(page).get_by_role("listitem").filter(has_text="Onderzoek").first
    expect(study).to_contain_text("Ja, vindt het goed")
    study.locator("summary").click()
    expect(study).to_contain_text("ook niet als deze persoon later weer ja zegt")
    press(page, "Ja, intrekken", within=study)
    expect_said(page, "Ingetrokken: onderzoek")
    refused = main(page).get_by_role("listitem").filter(has_text="Onderzoek").last
    expect(refused).to_contain_text("Nee, of niet meer")
    expect(page.get_by_role("button", name="onderzoek, Samen")).to_have_count(0)
