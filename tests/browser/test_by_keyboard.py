"""Everything can be reached, seen and pressed without a mouse."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SignIn
from tests.browser.looking import expect_said, go, go_in_menu, main, press

MOST = 80  # presses of Tab; who needs more has lost the way
FOCUS_IS_SEEN = """element => {
    const marked = [element, element.nextElementSibling, element.parentElement];
    return marked.filter(Boolean).some(one => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== 'none';
    });
}"""


def tab_to(page: Page, name: str | re.Pattern[str]) -> None:
    """Press Tab until something of this name has the focus, seen at each stop."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if not focused.count():  # past the last, in the browser's own bar
            continue
        assert focused.evaluate(FOCUS_IS_SEEN), focused.evaluate("e => e.outerHTML")
        if re.search(name, said_of(focused.evaluate(SAID))):
            return
    raise AssertionError(f"{name} was not reached with {MOST} presses of Tab")


def enter(page: Page) -> None:
    """On a button or a link that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


SAID = """element => [element.getAttribute('aria-label'), element.innerText,
    element.value, ...[...(element.labels || [])].map(label => label.innerText)]"""


def said_of(words: list[str | None]) -> str:
    return " ".join(word.strip() for word in words if word)


def test_the_first_stop_skips_the_menu(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_have_text("Naar de inhoud")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(main(page)).to_be_focused()


def test_a_call_is_noted_and_taken_back(sign_in: SignIn) -> None:
    page = sign_in("Youssef")
    go_in_menu(page, "Wachtlijst")
    tab_to(page, "^Geen gehoor")
    enter(page)
    expect_said(page, "geen gehoor")
    tab_to(page, "Ongedaan maken")
    enter(page)
    expect_said(page, "Teruggedraaid")


def test_the_menus_open_and_close(sign_in: SignIn) -> None:
    page = sign_in("Sanne")
    tab_to(page, "Sanne de Graaf")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Afmelden")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Afmelden")).to_be_hidden()
    expect(page.locator(":focus")).to_contain_text("Sanne de Graaf")


def test_the_questions_are_answered_without_a_mouse(sign_in: SignIn) -> None:
    """Somebody who cannot hold a mouse: five answers, back, and stopping."""
    page = sign_in("Sanne")
    go_in_menu(page, "Zoeken")
    main(page).get_by_role("searchbox").fill("Kanavumoorthy")
    press(page, "Zoeken")
    go(page, "Arul Kanavumoorthy")
    go(page, "Verder")
    consent_by_keyboard(page)
    tab_to(page, "^Zet de vragenlijst klaar")
    enter(page)
    tab_to(page, "Geef het apparaat")
    enter(page)
    tab_to(page, "^Pincode")
    page.keyboard.type("4714")
    tab_to(page, "^Dezelfde pincode")
    page.keyboard.type("4714")
    tab_to(page, "Geef het nu")
    enter(page)
    tab_to(page, "^(Begin|Verder)")
    enter(page)
    answered = [answer(page) for _ in range(5)]
    assert len(set(answered)) == 5
    tab_to(page, "^Terug")
    enter(page)
    expect(heading(page)).to_have_text(answered[-1])
    tab_to(page, "^Stoppen en bewaren")
    enter(page)
    expect(main(page)).to_contain_text("Uw antwoorden zijn bewaard")


def consent_by_keyboard(page: Page) -> None:
    """Who cannot draw a signature types the name."""
    for group in page.get_by_role("radiogroup").or_(page.locator("fieldset")).all():
        first = group.get_by_role("radio").first
        if first.count():
            first.focus()
            page.keyboard.press("Space")
    for declared in main(page).get_by_role("checkbox").all():
        declared.focus()
        page.keyboard.press("Space")
    tab_to(page, "Naam van de persoon")
    page.keyboard.type("Arul Kanavumoorthy")
    tab_to(page, "^Bewaar deze keuzes")
    enter(page)
    expect(main(page)).to_contain_text("onderzoek: ja")
    tab_to(page, "^Volgende stap")
    enter(page)


def tab_to_choice(page: Page) -> None:
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.locator(":focus:is([type=radio], [type=checkbox])").count():
            return
    raise AssertionError(f"No answer was reached: {main(page).inner_text()}")


def heading(page: Page) -> Locator:
    return main(page).get_by_role("heading", level=1)


def answer(page: Page) -> str:
    """With the space bar the first answer is chosen; what is typed is passed over."""
    asked = heading(page).inner_text()
    choices = main(page).locator("input[type=radio], input[type=checkbox]")
    if choices.count():
        tab_to_choice(page)
        page.keyboard.press("Space")
        expect(main(page).locator("input:checked")).not_to_have_count(0)
        tab_to(page, "^Volgende")
    else:
        tab_to(page, "Sla deze vraag over")
    enter(page)
    expect(heading(page)).not_to_have_text(asked)
    return asked


def test_many_are_left_in_peace_at_once_without_a_mouse(sign_in: SignIn) -> None:
    """A coordinator: from the list to the step, two people less, a look, and back."""
    page = sign_in("Willem")
    go_in_menu(page, "Wachtlijst")
    tab_to(page, "^Iedereen die wacht")
    enter(page)
    tab_to(page, "^Meer mensen tegelijk")
    page.keyboard.press("Enter")
    tab_to(page, "^Met rust laten")
    enter(page)
    tab_to_choice(page)
    page.keyboard.press("Space")  # the reason
    boxes = main(page).locator("input[name=kies]:checked")
    n = boxes.count()
    assert n > 3
    for _less in range(2):
        tab_to_choice(page)
        page.keyboard.press("Space")
    expect(boxes).to_have_count(n - 2)
    tab_to(page, "^Eerst bekijken")
    enter(page)
    tab_to(page, "^Doe dit voor")
    told = page.locator(":focus").inner_text()
    gone = int(re.findall(r"\d+", told)[0])
    assert 0 < gone <= n - 2
    enter(page)
    tab_to(page, "Ongedaan maken")
    enter(page)
    expect_said(page, f"Teruggedraaid voor {gone} ")
