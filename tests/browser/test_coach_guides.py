"""The coach guides: from the outcome of the intake to after-care."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from tests.browser.answering import answer_until, begin, hand_in, hand_over, take_back
from tests.browser.conftest import SignIn
from tests.browser.looking import (
    check_page,
    choose_new,
    expect_said,
    fetched,
    go,
    go_in_menu,
    main,
    open_person,
    press,
)

ABDELLAH = "Abdellah ait Namoudane"
BASSAM = "Bassam Fadi al-Hikayiyya"
GOAL = "Ik wil weer onder de mensen zijn."
TODAY = datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def said_wrong(page: Page, words: str) -> None:
    """The page says what to do, above the form and at the field."""
    expect(main(page).get_by_role("alert").first).to_contain_text(words)
    check_page(page)


def open_plan(page: Page) -> None:
    open_person(page, ABDELLAH)
    go(page, "Plan en klok")


def change(page: Page, act: str) -> None:
    main(page).locator("summary").first.click()
    go(page, act)


def test_from_the_outcome_of_the_intake_to_after_care(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    end_intake(page)
    start(page)
    plan(page)
    call_in_one_tap(page)
    step_on_the_ladder(page)
    pause_and_go_on(page)
    give_to(page, "Youssef Amari")

    page = sign_in("Youssef")
    check_page(page)
    handed = page.get_by_role("list", name="Aan u overgedragen")
    go(page, ABDELLAH, within=handed)
    expect(main(page)).to_contain_text("Sanne de Graaf droeg over aan Youssef Amari")
    expect(main(page)).to_contain_text("Belt liever na twaalf uur.")
    expect(main(page)).to_contain_text(GOAL)
    close(page)
    evaluate(page)
    give_after_care(page)


def end_intake(page: Page) -> None:
    open_person(page, ABDELLAH)
    go(page, "Verder")
    expect(main(page).get_by_role("heading", level=1)).to_have_text("Gesprek")
    main(page).get_by_label("Notitie").fill("Wil graag iets doen met koken.")
    press(page, "Bewaar en ga verder")
    press(page, "Rond de intake af")
    said_wrong(page, "Hoe gaat het verder?")
    main(page).get_by_role("radio", name="Begint met het traject").check()
    press(page, "Rond de intake af")


def start(page: Page) -> None:
    """Who has no partner for the lot starts with a reason, which the study is told."""
    open_person(page, ABDELLAH)
    go(page, "Starten")
    expect(main(page)).to_contain_text("Dit wijkt af van het onderzoek")
    main(page).get_by_label("Waarom deze persoon toch start").fill(
        "Er was geen tweede kandidaat."
    )
    first_day = main(page).get_by_label("Eerste dag")
    first_day.fill((TODAY - timedelta(days=300)).isoformat())
    press(page, "Starten")
    said_wrong(page, "vóór de intake")
    expect(main(page).get_by_label("Waarom deze persoon toch start")).to_have_value(
        "Er was geen tweede kandidaat."
    )
    first_day.fill(TODAY.isoformat())
    press(page, "Starten")
    expect_said(page, "Het traject is gestart.")
    expect(main(page)).to_contain_text("Begint op")


def plan(page: Page) -> None:
    go(page, "Nieuw doel")
    words = main(page).get_by_label("Het doel, in de eigen woorden")
    untouched = background(words)
    words.fill("   ")
    assert background(words) == untouched  # red is for what was refused
    press(page, "Bewaren")
    said_wrong(page, "Schrijf het in een paar woorden op.")
    words.fill(GOAL)
    press(page, "Bewaren")
    expect(main(page)).to_contain_text(GOAL)
    go(page, "Nieuwe stap")
    main(page).get_by_label("Wat te doen").fill("Samen naar de kookgroep")
    main(page).get_by_label("De coach gaat mee").check()
    press(page, "Bewaren")
    step = main(page).get_by_role("form", name="Samen naar de kookgroep")
    press(page, "Mee bezig", within=step)
    expect_said(page, "De stap is bijgehouden.")


def background(field: Locator) -> str:
    return str(field.evaluate("one => getComputedStyle(one).backgroundColor"))


def call_in_one_tap(page: Page) -> None:
    open_person(page, ABDELLAH)
    timeline = page.get_by_role("list", name="Wat er gebeurde")
    calls = timeline.get_by_role("listitem").filter(has_text="Gesproken, telefoon")
    expect(calls).to_have_count(1)
    press(page, "Sprak")
    expect_said(page, f"{ABDELLAH}: gesproken")
    expect(calls).to_have_count(2)
    press(page, "Ongedaan maken", within=page.get_by_role("status"))
    expect(calls).to_have_count(1)
    press(page, "Sprak")
    choose_new(page, "Contact")
    main(page).get_by_role("radio", name="Wandeling").check()
    main(page).get_by_role("radio", name="Gesproken", exact=True).check()
    main(page).get_by_label("Notitie").fill("Langs de kookgroep gelopen.")
    press(page, "Noteer")
    expect(timeline).to_contain_text("Langs de kookgroep gelopen.")


def step_on_the_ladder(page: Page) -> None:
    choose_new(page, "De ladder")
    questions = main(page).get_by_role("group")
    expect(questions.first).to_contain_text("betaald werk")
    press(page, "Trede vastleggen")
    said_wrong(page, "Beantwoord ook deze vraag")
    for question in ("betaald werk", "werk zonder loon", "club, cursus of les"):
        answer(page, question, "Nee")
    answer(page, "buiten uw huis", "Ja")
    expect(main(page)).to_contain_text("Volgens deze antwoorden is het trede 2")
    main(page).get_by_text("Een andere dag, of een andere trede").click()
    other = main(page).get_by_label("Een andere trede dan uit de antwoorden komt")
    other.select_option(label="3 Deelname aan georganiseerde activiteiten")
    press(page, "Trede vastleggen")
    said_wrong(page, "Schrijf op waarom u een andere kiest")
    expect(other).to_have_value("3")
    other.select_option(index=0)
    press(page, "Trede vastleggen")
    expect_said(page, "Vastgelegd: trede 2.")


def answer(page: Page, question: str, said: str) -> None:
    group = main(page).get_by_role("group").filter(has_text=question).first
    group.get_by_role("radio", name=said, exact=True).check()


def pause_and_go_on(page: Page) -> None:
    change(page, "Pauze")
    main(page).get_by_role("radio", name="Zorg voor kinderen of familie").check()
    press(page, "Pauze")
    expect_said(page, "De klok staat stil.")
    expect(main(page)).to_contain_text("Pauze sinds")
    page.goto(page.url + "pauze/")
    main(page).get_by_role("radio", name="Deelnemer is ziek").check()
    press(page, "Pauze")
    said_wrong(page, "Er is al een pauze")
    expect(main(page).get_by_role("radio", name="Deelnemer is ziek")).to_be_checked()
    go(page, "Terug")
    change(page, "Verder na de pauze")
    press(page, "Verder")
    said_wrong(page, "De pauze begon op")
    go(page, "Terug")
    press(page, "Terugdraaien")
    expect_said(page, "De pauze is teruggedraaid")
    expect(main(page)).not_to_contain_text("Pauze sinds")


def give_to(page: Page, coach: str) -> None:
    change(page, "Overdragen aan een andere coach")
    note = main(page).get_by_label("Voor de nieuwe coach")
    note.fill("Belt liever na twaalf uur.")
    receiver = main(page).get_by_role("combobox", name="Nieuwe coach")
    choose_coach(receiver, "Sanne de Graaf")
    press(page, "Overdragen")
    said_wrong(page, "Sanne de Graaf is al de coach")
    expect(note).to_have_value("Belt liever na twaalf uur.")
    choose_coach(receiver, coach)
    press(page, "Overdragen")
    expect_said(page, f"Overgedragen aan {coach}.")
    expect(main(page)).not_to_contain_text(ABDELLAH)


def choose_coach(receiver: Locator, name: str) -> None:
    """Behind the name stands why: how many people this coach guides."""
    option = receiver.locator("option").filter(has_text=name)
    receiver.select_option(value=option.get_attribute("value"))


def close(page: Page) -> None:
    choose_new(page, "Traject afronden")
    last_day = main(page).get_by_label("Laatste dag")
    last_day.fill((TODAY - timedelta(days=3)).isoformat())
    main(page).get_by_role("radio", name="Heeft een plek gevonden").check()
    main(page).get_by_label("Notitie").fill("Kookt nu elke dinsdag mee.")
    press(page, "Afronden")
    said_wrong(page, "Het traject begon op")
    expect(main(page).get_by_label("Notitie")).to_have_value(
        "Kookt nu elke dinsdag mee."
    )
    expect(main(page).get_by_role("radio", name="Heeft een plek")).to_be_checked()
    last_day.fill(TODAY.isoformat())
    press(page, "Afronden")
    expect_said(page, "Het traject is afgerond.")
    expect(main(page)).to_contain_text("Heeft een plek gevonden.")
    expect(main(page)).to_contain_text("Eindigt op")


def evaluate(page: Page) -> None:
    open_person(page, ABDELLAH)
    go(page, "Vragenlijst voor de evaluatie")
    press(page, "Klaarzetten")
    hand_over(page, pin="4713")
    begin(page)
    answer_until(page)
    hand_in(page)
    expect(main(page).get_by_role("heading", level=1)).to_have_text("Dank u wel")
    take_back(page, pin="4713")
    expect(main(page)).to_contain_text("klaar")


def give_after_care(page: Page) -> None:
    open_person(page, ABDELLAH)
    expect(main(page)).to_contain_text("Nazorg: vraag rond")
    go(page, "Contact noteren")
    main(page).get_by_role("radio", name="Gesproken", exact=True).check()
    main(page).get_by_text("Eerder, ergens anders").click()
    expect(main(page).get_by_label("Aanleiding")).to_have_value("after_care")
    main(page).get_by_role("radio", name="de persoon").check()
    press(page, "Noteer")
    path = page.get_by_role("list", name="Waar deze persoon is")
    expect(path.locator("[aria-current]")).to_contain_text("Nazorg")


def test_a_pause_moves_the_end_of_the_months(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    open_person(page, "Hạnh Nguyễn Mẫu")
    go(page, "Plan en klok")
    change(page, "Verder na de pauze")
    press(page, "Verder")
    expect_said(page, "De klok loopt weer.")
    last_day = f"{TODAY - timedelta(days=1):%d-%m-%Y}"
    expect(main(page)).to_contain_text(f"tot en met {last_day}.")
    expect(main(page)).to_contain_text("Het traject loopt tot")
    go(page, "Overzicht")
    expect(main(page)).to_contain_text("dagen pauze tellen niet mee.")


def test_an_invitation_is_made_opened_and_sent(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    open_person(page, BASSAM)
    main(page).get_by_text("Nieuw", exact=True).first.click()
    press(page, "Maak de uitnodiging")
    expect_said(page, "De brief ligt klaar")
    assert fetched(page, "Open de brief").startswith(b"%PDF")
    go_in_menu(page, "Wachtlijst")
    go(page, "Uitnodigingen")
    ready = main(page).get_by_role("group", name="Welke zijn op de post gedaan?")
    for letter in ready.get_by_role("checkbox").all():
        letter.uncheck()
    press(page, "Noteer als verstuurd")
    expect_said(page, "Vink de brieven aan")
    ready.get_by_role("checkbox", name=BASSAM).check()
    press(page, "Noteer als verstuurd")
    expect(ready.get_by_role("checkbox", name=BASSAM)).to_have_count(0)
    open_person(page, BASSAM)
    expect(page.get_by_role("list", name="Wat er gebeurde")).to_contain_text("brief")
