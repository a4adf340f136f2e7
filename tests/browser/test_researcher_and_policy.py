"""The researcher sees pseudonyms and every figure; the adviser what may be told."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

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


def compute_report(page: Page, until: date | None = None) -> None:
    go_in_menu(page, "Onderzoek")
    go(page, "Onderzoek Samen Meedoen")
    if until:
        day = main(page).get_by_label("Gegevens tot en met").first
        day.fill(until.isoformat())
    press(page, "Bereken")


def release(page: Page) -> None:
    # Thousands of small programmes: two seconds, and more beside other tests.
    page.set_default_timeout(90_000)
    press(page, "Maak de openbare uitgave")


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

    release(researcher)
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


def test_a_report_is_on_the_data_up_to_the_chosen_day(sign_in: SignIn) -> None:
    page = sign_in("Ilse")
    tomorrow = datetime.now(ZoneInfo("Europe/Amsterdam")).date() + timedelta(days=1)
    compute_report(page, until=tomorrow)
    expect(main(page)).to_contain_text("Deze datum is nog niet geweest")
    week_ago = tomorrow - timedelta(days=8)
    compute_report(page, until=week_ago)
    day = week_ago.strftime("%d-%m-%Y")
    expect(main(page)).to_contain_text(f"Gegevens tot en met {day}")
    expect(main(page)).to_contain_text("de mensen en hun antwoorden zijn verzonnen")
    evaluation = main(page).get_by_role("region", name="Waarom staat de evaluatie")
    expect(evaluation).to_contain_text(f"Tot en met {day}")


def test_the_adviser_gets_the_public_figures_and_no_others(sign_in: SignIn) -> None:
    researcher = sign_in("Ilse")
    compute_report(researcher)
    whole = researcher.url
    own = json.loads(fetched(researcher, "Cijfers"))
    release(researcher)
    made = researcher.url
    press(researcher, "Keur deze uitgave goed")

    adviser = sign_in("Bas")
    adviser.goto(made)
    public = json.loads(fetched(adviser, "Cijfers"))
    assert (own["view"], public["view"]) == ("researcher", "public")
    assert small_counts(own) and not small_counts(public)
    refused = adviser.goto(whole)
    assert refused and refused.status == 403


def small_counts(report: dict[str, Any]) -> list[int]:
    rows = [row for table in report["tables"] for row in table["rows"]]
    cells = [cell for row in rows for cell in row["cells"]]
    return [cell["n"] for cell in cells if cell.get("n") in (1, 2, 3, 4)]


def test_the_grid_reads_on_a_telephone(sign_in: SignIn) -> None:
    page = sign_in("Ilse", viewport=TELEPHONE)
    go_in_menu(page, "Onderzoek")
    go(page, "Onderzoek Samen Meedoen")
    go(page, "Metingen")


def hidden(page: Page) -> int:
    return main(page).get_by_role("cell", name="verborgen", exact=True).count()
