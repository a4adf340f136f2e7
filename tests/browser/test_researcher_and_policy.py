"""The researcher sees pseudonyms and every figure; the adviser what may be told."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import TELEPHONE, SignIn
from tests.browser.looking import (
    check_page,
    content,
    download,
    expect_said,
    fetched,
    go,
    go_in_menu,
    main,
    photograph,
    press,
)


def compute_report(page: Page) -> None:
    go_in_menu(page, "Onderzoek")
    go(page, "Onderzoek Samen Meedoen")
    press(page, "Bereken")


def test_the_researcher_sees_who_answered_when_and_never_a_name(
    sign_in: SignIn,
) -> None:
    page = sign_in("Ilse")
    check_page(page)
    go_in_menu(page, "Onderzoek")
    go(page, "Onderzoek Samen Meedoen")
    go(page, "Metingen")
    grid = page.get_by_role("table", name="Wie vulde wat in, en wanneer?")
    names = grid.get_by_role("rowheader").all_inner_texts()
    assert len(names) > 10
    assert all(name.startswith("P-") for name in names)


def test_the_researcher_takes_the_data_along_with_a_codebook(sign_in: SignIn) -> None:
    page = sign_in("Ilse")
    go_in_menu(page, "Onderzoek")
    go(page, "Onderzoek Samen Meedoen")
    data = download(page, "Download de gegevens", role="button")
    lines = content(data).splitlines()
    assert len(lines) > 10
    assert all("P-" in line for line in lines[1:])
    codebook = download(page, "Download het codeboek")
    explained = {line.split(",")[0] for line in content(codebook).splitlines()}
    columns = {name.removesuffix("__missing") for name in lines[0].split(",")}
    assert columns <= explained


def test_a_report_is_public_only_after_small_cells_are_hidden_and_it_is_approved(
    sign_in: SignIn,
) -> None:
    researcher = sign_in("Ilse")
    compute_report(researcher)
    expect(main(researcher)).to_contain_text("niets is verborgen")
    assert hidden(researcher) == 0
    assert fetched(researcher, "Pdf").startswith(b"%PDF")

    press(researcher, "Maak de openbare uitgave")
    assert hidden(researcher) > 0
    adviser = sign_in("Bas")
    check_page(adviser)
    go_in_menu(adviser, "Rapporten")
    expect(main(adviser)).to_contain_text("Er is nog geen rapport")

    press(researcher, "Keur deze uitgave goed")
    expect_said(researcher, "goedgekeurd")
    go_in_menu(adviser, "Rapporten")
    go(adviser, "Tussenrapport")
    assert hidden(adviser) == hidden(researcher)
    photograph(adviser, "report")
    assert fetched(adviser, "Pdf").startswith(b"%PDF")


def test_the_grid_reads_on_a_telephone(sign_in: SignIn) -> None:
    page = sign_in("Ilse", viewport=TELEPHONE)
    go_in_menu(page, "Onderzoek")
    go(page, "Onderzoek Samen Meedoen")
    go(page, "Metingen")


def hidden(page: Page) -> int:
    return main(page).get_by_role("cell", name="verborgen", exact=True).count()
