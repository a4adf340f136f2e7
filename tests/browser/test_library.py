"""The researcher's library: an instrument comes in, is translated, and is looked at."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, TELEPHONE, SignIn
from tests.browser.looking import (
    check_page,
    download,
    expect_said,
    go,
    go_in_menu,
    main,
    press,
)
from tests.questionnaires.library.made_up import SMALL
from trede.questionnaires.exchange.translation_sheet import as_workbook, read_workbook

ARABIC = {
    "title": "استبيان صغير",
    "core.intro": "أهلاً بك هنا.",
    "core.outro": "شكراً جزيلاً.",
    "money.title": "المال",
    "debts.text": "هل عليك ديون؟",
    "debts.explanation": "الدين هو مال يجب أن تدفعه.",
    "debts.yes": "نعم",
    "debts.no": "لا",
    "help.text": "هل تتلقى مساعدة في ذلك؟",
    "help.yes": "نعم",
    "help.no": "لا",
    "worry.text": "ما مدى قلقك بشأن المال؟",
    "worry.low": "لا قلق",
    "worry.high": "قلق شديد",
    "calm.text": "ما مدى هدوئك؟",
    "calm.low": "غير هادئ",
    "calm.high": "هادئ جداً",
}


def upload(page: Page, code: str) -> None:
    """The small questionnaire under a code of its own."""
    go_in_menu(page, "Vragenlijsten")
    go(page, "Stuur een vragenlijst op")
    content = SMALL.replace('code = "small"', f'code = "{code}"')
    content = content.replace('title.nl = "Klein"', f'title.nl = "Lijst {code}"')
    file = {"name": "small.toml", "mimeType": "text/plain", "buffer": content.encode()}
    main(page).get_by_label("Bestand met een vragenlijst").set_input_files(file)
    press(page, "Kijk wat er overkomt")
    expect(main(page)).to_contain_text("5 van 5 komen over")
    press(page, "Bewaar deze versie")
    expect_said(page, "De vragenlijst is bewaard.")


def translate_into(page: Page, language: str) -> None:
    link = main(page).get_by_role("link", name=re.compile(f"Vertalen.*{language}"))
    link.click()
    check_page(page)


def test_an_instrument_is_translated_into_arabic_and_looked_at(sign_in: SignIn) -> None:
    page = sign_in("Ilse")
    upload(page, "arabic")
    translate_into(page, "العربية")
    go(page, "Geld en zo")
    main(page).get_by_label("Hebt u schulden?").fill(ARABIC["debts.text"])
    press(page, "Bewaar deze teksten")
    expect_said(page, "1 tekst is bewaard.")

    go(page, "Zoals de deelnemer het ziet")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    check_page(page)
    # From the welcome on to the first question.
    page.get_by_role("link", name="Volgende bladzijde").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ARABIC["debts.text"])
    expect(main(page).get_by_role("radio")).to_have_count(2)
    # Nothing that is pressed here is kept: it leads on.
    main(page).locator("#answer .ask__go button").click()
    check_page(page)
    expect(page.get_by_label("Voorbeeld")).to_contain_text("Vraag 2 van 4")


def test_a_translator_works_in_a_spreadsheet_and_a_speaker_vouches(
    sign_in: SignIn, tmp_path: Path
) -> None:
    page = sign_in("Ilse")
    upload(page, "by_sheet")
    translate_into(page, "العربية")
    file = download(page, "Download alle teksten")
    rows, made = read_workbook(Path(file.path()).read_bytes(), "texts.xlsx")
    translated = [replace(row, words=ARABIC.get(row.place, "")) for row in rows]
    back = tmp_path / "arabic.xlsx"
    back.write_bytes(as_workbook(translated, made))

    go(page, "Stuur een rekenblad op")
    main(page).get_by_label("Rekenblad (XLSX)").set_input_files(back)
    press(page, "Kijk wat er verandert")
    expect(main(page)).to_contain_text(ARABIC["worry.text"])
    press(page, "Neem deze teksten over")
    expect_said(page, "17 teksten zijn bewaard.")

    main(page).get_by_label("nagelezen door een spreker").check()
    main(page).get_by_label("Naam van wie ervoor instaat").fill("Hanan Saleh")
    press(page, "Noteer wie instaat")
    go_in_menu(page, "Vragenlijsten")
    expect(main(page)).to_contain_text("Hanan Saleh")


@pytest.mark.parametrize("viewport", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_every_page_of_the_library_can_be_read_by_all(
    sign_in: SignIn, viewport: dict[str, int]
) -> None:
    page = sign_in("Ilse", viewport=viewport)
    for address in (
        "/vragenlijsten/",
        "/vragenlijsten/opsturen/",
        "/vragenlijsten/short/2/",
        "/vragenlijsten/short/2/nieuwe-versie/",
        "/vragenlijsten/short/2/taal/so/?deel=ontbreekt",
        "/vragenlijsten/short/2/taal/so/opsturen/",
        "/vragenlijsten/short/2/zien/en/?vraag=satisfied",
        "/vragenlijsten/short/2/zien/nl/?vraag=hours_now_course",
    ):
        page.goto(address)
        check_page(page)


def test_a_coach_looks_and_changes_nothing(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    page.goto("/vragenlijsten/")
    check_page(page)
    go(page, "Korte vragenlijst")
    expect(main(page).get_by_role("link", name="Vertalen")).to_have_count(0)
    go(page, "Zoals de deelnemer het ziet")
