"""The coordinator: from a list as a department supplies it to who was reached.

The list is odd on purpose: title rows above the header, an encoding of Windows, a BSN
that lost its first zero, dates in four notations and two that are incomplete.
"""

import re
import subprocess
import sys

from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import Acts
from tests.browser.conftest import TELEPHONE, SignIn
from tests.browser.looking import (
    check_page,
    choose_new,
    content,
    download,
    expect_said,
    fetched,
    go,
    go_in_menu,
    main,
    press,
)
from tests.browser.test_coach import begin_intake, consent, open_person
from tests.browser.test_coach_guides import change, choose_coach

TITLES = ("Afdeling Inkomen", "Uitdraai van de doelgroep", "")
HEADER = (
    "BSN;Roepnaam;Tussenv.;Achternaam;Geb.dat.;Geb.land;Tel nr;Gebiedsnaam;"
    "Uitk. vanaf;Dat. vest. NL;Laatst gezien;Lopend traject;Statushouder;Kleur map"
)
LIVED = "01-01-2015;2000;31-1-2016;;nee;rood"
ZOE = f"12345672;Zoë;van den;Müller;1-2-1975;Marokko;0612345670;Zuid;{LIVED}"
ANDRE = (
    "999990020;André;;Groenewoud;19680605;Turkije;06-12345671;Noord;"
    "3 mrt 2014;01-01-1999;2016-01-31;;nee;blauw"
)
FATMA = f"999990032;Fatma;;Yildiz;00-08-1980;Turkije;06 12345672;Zuid;{LIVED}"
WRONG = f"123456789;Wim;de;Fout;01-02-1975;Marokko;0612345673;Zuid;{LIVED}"
NEW = f"999990044;Noor;;Aziz;05-05-1970;Marokko;0612345674;Zuid;{LIVED}"
LISTED = "Hanneke Truus Nepveldstra"
TO_SCREEN = "Roya Royaipour"
GUIDED, NEW_COACH = "Farhad Pendarinejad", "Dirk Hagen"
PAIRED = ("Sola Anansiwale", "Hatice Meryem Masalkaya")


def open_overviews(page: Page) -> None:
    main(page).locator("summary", has_text="Overzichten").click()


def unfold_acts(page: Page) -> None:
    main(page).locator(".title summary", has_text="Meer").first.click()


def odd_file(*rows: str) -> bytes:
    return "\r\n".join((*TITLES, HEADER, *rows)).encode("cp1252")


def upload(page: Page, name: str, *rows: str) -> None:
    go_in_menu(page, "Lijsten")
    go(page, "Lijst uploaden")
    file = {"name": name, "mimeType": "text/csv", "buffer": odd_file(*rows)}
    main(page).get_by_label("Bestand").set_input_files(file)
    press(page, "Doelgroepenlijst controleren")
    choose_column(page, "Gebiedsnaam", "Wijk")


def choose_column(page: Page, column: str, field: str) -> None:
    go(page, "kies anders")
    main(page).get_by_label(column).select_option(field)
    press(page, "Lees de lijst met deze kolommen")
    row = table(page, "Kolommen").get_by_role("row", name=column)
    expect(row).to_contain_text(field)


def table(page: Page, name: str) -> Locator:
    return main(page).get_by_role("table", name=name)


def the_sum(page: Page) -> list[int]:
    """The numbers as they stand there, adding up: rows, new, same, changed ..."""
    heading = main(page).get_by_role("heading", name="De som klopt")
    terms = page.get_by_role("region", name="De som klopt").get_by_role("listitem")
    expect(heading).to_be_visible()
    return [int(re.sub(r"\D", "", one)) for one in terms.all_inner_texts()]


def undo_reading_in(page: Page) -> None:
    go(page, "Inlezen terugdraaien")
    expect(main(page)).to_contain_text("Er wordt niets gewist")
    press(page, "Inlezen terugdraaien")
    expect(main(page)).to_contain_text("Het inlezen is teruggedraaid")


def test_an_odd_list_is_read_compared_read_in_and_taken_back(sign_in: SignIn) -> None:
    page = sign_in("Willem")
    check_page(page)
    upload(page, "november.csv", ZOE, ANDRE, FATMA, WRONG)
    columns = table(page, "Kolommen")
    expect(columns.get_by_role("row", name="Geb.dat.")).to_contain_text("Geboortedatum")
    expect(columns.get_by_role("row", name="Kleur map")).to_contain_text("–")
    expect(main(page)).to_contain_text("Rij 8")
    expect(main(page)).to_contain_text("elfproef")
    main(page).get_by_text("Wat Trede verbeterde of wegliet").click()
    expect(main(page)).to_contain_text("Geb.dat.: ")
    rejected = content(download(page, "Download deze rijen (1)")).splitlines()
    assert len(rejected) == 2
    assert "123456789" in rejected[1]
    assert the_sum(page) == [4, 3, 0, 0, 0, 1]

    press(page, "Lees 3 rijen in")
    expect(main(page)).to_contain_text("3 mensen zijn nieuw op de lijst")
    assert the_sum(page) == [4, 3, 0, 0, 0, 1]

    moved = ANDRE.replace("06-12345671", "06-12345699")
    upload(page, "december.csv", ZOE, moved, NEW)
    assert the_sum(page) == [3, 1, 1, 1, 0, 0]
    different = table(page, "Verschillen")
    expect(different).to_contain_text("André Groenewoud")
    expect(different).to_contain_text("06 12345699")
    expect(different).to_contain_text("niet meer")
    press(page, "Lees 3 rijen in")
    expect(main(page)).to_contain_text("1 ging van de lijst af")
    undo_reading_in(page)

    go_in_menu(page, "Lijsten")
    expect(main(page)).to_contain_text("teruggedraaid")
    first = main(page).get_by_role("listitem").filter(has_text=re.compile(r"\b4 rijen"))
    first.get_by_role("link").click()
    undo_reading_in(page)


def test_a_file_that_is_no_list_is_named_and_nothing_is_kept(sign_in: SignIn) -> None:
    page = sign_in("Willem")
    go_in_menu(page, "Lijsten")
    go(page, "Lijst uploaden")
    file = {"name": "brief.pdf", "mimeType": "text/plain", "buffer": b"%PDF-1.7"}
    main(page).get_by_label("Bestand").set_input_files(file)
    press(page, "Doelgroepenlijst controleren")
    expect(main(page).get_by_role("alert")).to_contain_text("pdf", ignore_case=True)


def test_a_changed_rule_shows_whom_it_touches_before_it_is_applied(
    sign_in: SignIn,
) -> None:
    page = sign_in("Willem")
    go_in_menu(page, "Lijsten")
    go(page, "Regels van de pilot")
    go(page, "Samen Meedoen")
    expect(main(page)).to_contain_text("28 jaar")
    go(page, "Regels wijzigen")
    text = main(page).get_by_label("Het bestand van de pilot")
    text.fill(text.input_value().replace("{ years = 28 }", "{ years = 26 }"))
    press(page, "Toon voor wie het anders wordt")
    touched = table(page, "Voor wie wordt het anders?")
    before = touched.get_by_role("row").count() - 1
    assert before > 0
    expect(touched).to_contain_text("past niet")
    press(page, "Pas deze regels toe")
    expect(main(page)).to_contain_text("Zeg waarom de regels veranderen")
    main(page).get_by_label("Waarom veranderen de regels?").fill("Ook wie jonger is")
    press(page, "Pas deze regels toe")
    expect_said(page, "De regels zijn gewijzigd")
    expect(main(page)).to_contain_text("Ook wie jonger is")


def test_a_broken_rule_is_named_with_its_line(sign_in: SignIn) -> None:
    page = sign_in("Willem")
    go_in_menu(page, "Lijsten")
    go(page, "Regels van de pilot")
    go(page, "Samen Meedoen")
    go(page, "Regels wijzigen")
    text = main(page).get_by_label("Het bestand van de pilot")
    text.fill(text.input_value().replace("{ months = 24 }", "{ months = veel }", 1))
    press(page, "Toon voor wie het anders wordt")
    expect(main(page)).to_contain_text("Dit bestand kan nog niet gebruikt worden")
    expect(main(page)).to_contain_text(re.compile("[Rr]egel \\d+"))


def test_an_exception_needs_a_reason_and_the_old_outcome_stays(
    sign_in: SignIn,
) -> None:
    page = sign_in("Willem")
    open_person(page, LISTED)
    choose_new(page, "Past deze persoon?")
    expect(main(page)).to_contain_text("Nog niet op de wachtlijst")
    go(page, "Maak een uitzondering")
    criterion = "Heeft een niet-westerse migratieachtergrond"
    main(page).get_by_label("Criterium").select_option(criterion)
    main(page).get_by_role("radio", name="ja", exact=True).check()
    press(page, "Leg de uitzondering vast")
    expect(main(page).get_by_role("alert")).to_contain_text("Reden")
    reason = "Ouders zijn in een ander land geboren"
    main(page).get_by_role("combobox", name="Reden").select_option(reason)
    press(page, "Leg de uitzondering vast")
    expect_said(page, "De uitzondering is vastgelegd")
    said = table(page, "Alles wat erover is vastgelegd").get_by_role("row")
    of_it = said.filter(has_text=criterion)
    expect(of_it).to_have_count(2)
    expect(of_it.first).to_contain_text(reason)
    expect(of_it.last).to_contain_text("de lijst: België")


def test_who_was_screened_goes_onto_the_waiting_list(sign_in: SignIn) -> None:
    page = sign_in("Willem")
    open_person(page, TO_SCREEN)
    choose_new(page, "Past deze persoon?")
    expect(main(page)).to_contain_text("De screening is nog niet af")
    go(page, "Vul de screening in")
    for question in main(page).get_by_role("group").all():
        question.get_by_role("radio", name="ja", exact=True).check()
    press(page, "Opslaan")
    press(page, "Zet op de wachtlijst")
    expect_said(page, f"{TO_SCREEN} staat op de wachtlijst")
    go_in_menu(page, "Wachtlijst")
    expect(main(page).get_by_role("link", name=TO_SCREEN)).to_be_visible()


def test_whoever_waits_longest_comes_first_and_a_referral_comes_last(
    sign_in: SignIn,
) -> None:
    page = sign_in("Willem")
    go_in_menu(page, "Wachtlijst")
    go(page, "Iemand aanmelden")
    main(page).get_by_label("Achternaam").fill("Verwezen")
    main(page).get_by_label("Voornaam").fill("Wilma")
    main(page).get_by_label("Telefoon").fill("06 12345688")
    main(page).get_by_role("radio", name="Derden").check()
    main(page).get_by_label("Wie meldde aan").fill("STIP Dukenburg")
    press(page, "Meld aan")
    expect(main(page).get_by_role("alert")).to_contain_text("Waarom denkt u")
    main(page).get_by_label("Waarom denkt u").fill("Zoekt mensen om mee te praten")
    press(page, "Meld aan")
    expect_said(page, "Wilma Verwezen is aangemeld")
    row = table(page, "Aanmeldingen").get_by_role("row", name="Wilma Verwezen")
    expect(row).to_contain_text("STIP Dukenburg")

    go_in_menu(page, "Wachtlijst")
    go(page, "Iedereen die wacht")
    lines = main(page).get_by_role("list", name="Wachtlijst").locator("> li")
    texts = lines.all_inner_texts()
    days = [int(text.split()[0]) for text in texts]
    assert days == sorted(days, reverse=True)
    assert "Wilma Verwezen" in texts[-1]
    open_overviews(page)
    waiting = content(download(page, "Als CSV-bestand")).splitlines()
    assert len(waiting) == len(texts) + 1


def test_letters_are_made_printed_and_noted_as_sent(sign_in: SignIn) -> None:
    page = sign_in("Willem")
    acts = Acts(page)
    with acts.within("de brieven van een ronde afdrukken"):
        go_in_menu(page, "Wachtlijst")
        go(page, "Uitnodigingen")
        press(page, "Maak deze brieven")
        together = download(page, "Druk alles af als één PDF")
    letters = main(page).get_by_role("checkbox")
    made = letters.count()
    assert made > 1
    assert fetched(page, "Open").startswith(b"%PDF")
    assert together.suggested_filename.startswith("uitnodigingen-")
    for letter in letters.all():
        letter.uncheck()
    press(page, "Noteer als verstuurd")
    expect_said(page, "Vink de brieven aan")
    for letter in letters.all()[1:]:
        letter.uncheck()
    press(page, "Noteer als verstuurd")
    expect_said(page, "Er is één brief verstuurd")
    expect(letters).to_have_count(made - 1)


def test_all_people_of_a_coach_are_handed_over(sign_in: SignIn) -> None:
    page = sign_in("Willem")
    open_person(page, GUIDED)
    change(page, "Overdragen aan een andere coach")
    receiver = main(page).get_by_role("combobox", name="Nieuwe coach")
    choose_coach(receiver, NEW_COACH)
    press(page, "Overdragen")
    expect_said(page, f"Overgedragen aan {NEW_COACH}.")
    go_in_menu(page, "Mijn dag")
    acts = Acts(page)
    with acts.within("alle mensen van een coach overdragen"):
        every = re.compile(f"^Overdragen {NEW_COACH}")
        main(page).get_by_role("link", name=every).click()
        press(page, "Eerst bekijken")
        goes = table(page, "Wie gaat naar wie")
        expect(goes).to_contain_text(GUIDED)
        press(page, "Nu overdragen")
        expect_said(page, "overgedragen")
    expect(main(page)).to_contain_text(f"{NEW_COACH} is van niemand de coach")


def test_who_was_reached_adds_up_and_is_not_for_outside(sign_in: SignIn) -> None:
    page = sign_in("Willem")
    go_in_menu(page, "Wachtlijst")
    open_overviews(page)
    go(page, "Wie is bereikt")
    expect(main(page)).to_contain_text("niet publiceren")
    parts = [
        sum_of_column(page, name)
        for name in ("Geslacht", "Leeftijd", "Geboren in", "Jaren in de bijstand")
    ]
    assert len(set(parts)) == 1, parts
    adviser = sign_in("Bas")
    answer = adviser.goto(page.url)
    assert answer is not None
    assert answer.status == 403


def sum_of_column(page: Page, name: str) -> tuple[int, int]:
    rows = table(page, name).get_by_role("row").all()[1:]
    cells = [row.get_by_role("cell").all_inner_texts() for row in rows]
    return sum(int(one[0]) for one in cells), sum(int(one[1]) for one in cells)


def test_the_lot_falls_once_and_who_waits_is_left_alone(sign_in: SignIn) -> None:
    coach = sign_in("Youssef")
    for name in PAIRED:
        hold_intake(coach, name)
    page = sign_in("Willem")
    go_in_menu(page, "Wachtlijst")
    open_overviews(page)
    go(page, "Koppels")
    main(page).get_by_label("Een van de twee").select_option(PAIRED[0])
    main(page).get_by_label("De ander").select_option(PAIRED[1])
    press(page, "Koppel maken en loten")
    expect_said(page, "Er is geloot")
    expect(main(page)).to_contain_text("het klopt")
    assert recomputed(page) == first_of(page)
    waits = who_waits(page)

    open_person(page, waits)
    choose_new(page, "Contact")
    main(page).get_by_role("radio", name="Gesproken", exact=True).check()
    press(page, "Noteer")
    expect(main(page).get_by_role("alert")).to_contain_text("Reden om toch contact")
    why = "Belde zelf over de huur"
    main(page).get_by_label("Reden om toch contact").fill(why)
    press(page, "Noteer")
    start_is_refused(page)

    go_in_menu(page, "Wachtlijst")
    open_overviews(page)
    go(page, "Koppels")
    deviations = main(page).get_by_role("list", name="Afwijkingen van de opzet")
    newest = deviations.get_by_role("listitem").first
    expect(newest).to_contain_text(f"{waits}. {why}")


def hold_intake(coach: Page, name: str) -> None:
    open_person(coach, name)
    begin_intake(coach)
    consent(coach)
    address = coach.url.replace("/toestemming/", "/").replace("/vragenlijst/", "/")
    coach.goto(f"{address}afspraak/")
    check_page(coach)
    main(coach).get_by_role("radio").first.check()
    press(coach, "Rond de intake af")


def recomputed(page: Page) -> str:
    """Anybody can: the lines from the page, in a Python of one's own."""
    recipe = page.get_by_role("region", name="Reken het lot zelf na").inner_text()
    ran = subprocess.run(
        [sys.executable, "-I", "-c", recipe], capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()[-1].split()[-1]


def first_of(page: Page) -> str:
    row = main(page).get_by_role("row", name="Eerste")
    return row.get_by_role("cell").inner_text()


def who_waits(page: Page) -> str:
    two = main(page).get_by_role("list", name="De twee van het koppel")
    line = two.get_by_role("listitem").filter(has_text="wacht")
    return next(name for name in PAIRED if name in line.inner_text())


def start_is_refused(page: Page) -> None:
    choose_new(page, "Traject starten")
    expect(main(page)).to_contain_text("Het lot zei dat deze persoon wacht")
    press(page, "Start")
    alert = main(page).get_by_role("alert")
    expect(alert).to_contain_text("Waarom deze persoon toch start")


def test_the_lists_read_on_a_telephone(sign_in: SignIn) -> None:
    page = sign_in("Willem", viewport=TELEPHONE)
    check_page(page)
    go_in_menu(page, "Lijsten")
    go(page, "Lijst van")
    go_in_menu(page, "Wachtlijst")
    unfold_acts(page)
    open_overviews(page)
    go(page, "Wie is bereikt")
    go(page, "Wachtlijst")
    unfold_acts(page)
    open_overviews(page)
    go(page, "Koppels")
    go(page, "Lot 1")
