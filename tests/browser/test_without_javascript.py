"""An old browser, or one that blocks scripts: everything still works, page by page."""

from playwright.sync_api import Page, expect

from tests.browser.answering import give_an_answer
from tests.browser.conftest import SignIn
from tests.browser.looking import expect_said, main

LIST = (
    "BSN;Voornamen;Geslachtsnaam;Geboortedatum\n"
    "000033335;Test;Zonderscript;01-02-1970\n"
)


def follow(page: Page, name: str) -> None:
    main(page).get_by_role("link", name=name).first.click()


def push(page: Page, name: str) -> None:
    main(page).get_by_role("button", name=name).first.click()


def find(page: Page, name: str) -> None:
    page.goto("/zoeken/")
    main(page).get_by_role("searchbox").fill(name.split()[-1])
    push(page, "Zoeken")
    follow(page, name)


def test_a_coach_calls_finds_somebody_and_writes(sign_in: SignIn) -> None:
    page = sign_in("Youssef", java_script_enabled=False)
    page.goto("/instroom/wachtlijst/")
    push(page, "Geen gehoor")
    expect_said(page, "geen gehoor")
    push(page, "Ongedaan maken")
    expect_said(page, "Teruggedraaid")
    find(page, "İsmail Hakan Taslakoğlu")
    main(page).get_by_text("Nieuw", exact=True).click()
    follow(page, "Contact")
    main(page).get_by_role("radio", name="E-mail").check()
    push(page, "Noteer")
    expect(main(page)).to_contain_text("Er is nog niets bewaard")
    expect(main(page).get_by_role("radio", name="E-mail")).to_be_checked()
    main(page).get_by_role("radio", name="Verstuurd").check()
    main(page).get_by_label("Notitie").fill("De uitnodiging nog eens gestuurd.")
    push(page, "Noteer")
    expect(main(page)).to_contain_text("De uitnodiging nog eens gestuurd.")


def test_a_person_signs_answers_stops_and_goes_on(sign_in: SignIn) -> None:
    """A signature is typed where it cannot be drawn."""
    page = sign_in("Sanne", java_script_enabled=False)
    find(page, "Jamal Tajribaoui")
    follow(page, "Verder")
    expect(main(page).get_by_role("img", name="Handtekening")).to_be_hidden()
    consent(page)
    push(page, "Bewaar deze keuzes")
    expect(main(page)).to_contain_text("onderzoek: ja")
    follow(page, "Volgende stap")
    push(page, "Zet de vragenlijst klaar")
    follow(page, "Geef het apparaat")
    for field in main(page).get_by_role("textbox").all():
        field.fill("4715")
    push(page, "Geef het nu")
    push(page, "Begin")
    asked = [answer(page) for _ in range(4)]
    assert len(set(asked)) == 4
    push(page, "Stoppen en bewaren")
    expect(main(page)).to_contain_text("Uw antwoorden zijn bewaard")
    page.get_by_role("link", name="Voor de coach").click()
    main(page).get_by_role("textbox").fill("0000")
    push(page, "Neem het apparaat terug")
    expect(main(page)).to_contain_text("niet")
    main(page).get_by_role("textbox").fill("4715")
    push(page, "Neem het apparaat terug")
    expect(page.get_by_text("Sanne de Graaf").first).to_be_visible()


def consent(page: Page) -> None:
    for choice in main(page).get_by_role("radio", name="Ja").all():
        choice.check()
    for declared in main(page).get_by_role("checkbox").all():
        declared.check()
    main(page).get_by_label("Naam van de persoon").fill("Jamal Tajribaoui")


def answer(page: Page) -> str:
    asked = main(page).get_by_role("heading", level=1).inner_text()
    kind = give_an_answer(page)
    on = "Volgende" if kind != "textbox" else "Sla deze vraag over"
    main(page).get_by_role("button", name=on, exact=True).last.click()
    return asked


def test_a_coordinator_looks_a_list_through(sign_in: SignIn) -> None:
    page = sign_in("Willem", java_script_enabled=False)
    page.goto("/instroom/lijsten/nieuw/")
    file = {"name": "klein.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    main(page).locator("input[type=file]").set_input_files(file)
    push(page, "Doelgroepenlijst controleren")
    expect(main(page).get_by_role("heading", level=1)).to_have_text(
        "Doelgroepenlijst controleren"
    )
    expect(main(page)).to_contain_text("klein.csv")
    push(page, "Niet inlezen")
