"""Somebody answers the questions on the coach's device, as a person would."""

from playwright.sync_api import Page, expect

from tests.browser.looking import check_page, go, main, press


def hand_over(page: Page, *, pin: str) -> None:
    go(page, "Geef het apparaat")
    for field in main(page).get_by_role("textbox").all():
        field.fill(pin)
    press(page, "Geef het nu")


def take_back(page: Page, *, pin: str) -> None:
    page.get_by_role("link", name="Voor de coach").first.click()
    main(page).get_by_role("textbox").fill(pin)
    press(page, "Neem het apparaat terug")


def begin(page: Page, name: str = "Begin") -> None:
    """On from the welcome; the button that reads it aloud has those words too."""
    main(page).get_by_role("button", name=name, exact=True).click()
    expect(main(page).locator("form#answer")).to_be_visible()
    page.wait_for_load_state("networkidle")


def answer_until(page: Page, questions: int = 200) -> None:
    """So many questions, or to the page on which one checks the answers."""
    looked_at: set[str] = set()
    for _ in range(questions):
        if page.url.endswith("/nakijken/"):
            break
        before = page.url
        expect(main(page).locator("form#answer")).to_be_visible()
        kind = give_an_answer(page)
        if kind not in looked_at:
            looked_at.add(kind)
            check_page(page)
        on = "Volgende" if kind != "textbox" else "Sla deze vraag over"
        main(page).get_by_role("button", name=on, exact=True).last.click()
        expect(page).not_to_have_url(before)


def hand_in(page: Page) -> None:
    """The page sends first, and goes to the thanks when that has arrived."""
    main(page).get_by_role("button", name="Ik ben klaar").first.click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text("Dank u wel")
    check_page(page)


def answer_one(page: Page) -> str:
    """In whatever language: answers this question or skips it, and waits for the next.
    The words of the question."""
    heading = main(page).get_by_role("heading", level=1)
    asked = heading.inner_text()
    if give_an_answer(page) == "textbox":
        main(page).locator("[name=missing][value=skipped]").click()
    else:
        main(page).locator(".ask__go").get_by_role("button").click()
    expect(heading).not_to_have_text(asked)
    return asked


def give_an_answer(page: Page) -> str:
    """The first answer that there is to choose; what must be typed is passed over."""
    if main(page).get_by_role("radio").count():
        if main(page).locator("[data-week]").count():
            # A week is filled in elsewhere; here nobody does this activity.
            main(page).get_by_role("radio").last.check()
            return "hours"
        main(page).get_by_role("radio").first.check()
        return "radio"
    if main(page).get_by_role("checkbox").count():
        main(page).get_by_role("checkbox").first.check()
        return "checkbox"
    return "textbox"
