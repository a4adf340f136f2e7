"""The pages of a person in each language: by axe, in each script, at 320 px."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import answer_one
from tests.browser.conftest import TELEPHONE, SignIn
from tests.browser.looking import check_page, main
from tests.browser.own_sittings import Maker
from trede.languages import LANGUAGES, language_of

SMALL = {"width": 320, "height": 640}
# The first letters of the file that a script needs, as the style sheet names them.
SCRIPTS = {"ar": "U+600-6FF", "ti": "U+1200-139F"}


@pytest.fixture
def device(opened: Callable[..., Page], site: str, make: Maker) -> Page:
    page = opened(viewport=SMALL)
    handed = make.handed()
    handed.be(page.context, site)
    page.goto(handed.start)
    return page


def choose(page: Page, code: str) -> None:
    language = language_of(code)
    button = page.get_by_role("button", name=language.own_name, exact=True)
    # On the welcome they stand in view; further on behind the button of the bar.
    if not button.is_visible():
        page.locator(".ask__language").click()
    # The page may be in this language already: the next one has to come all the same.
    with page.expect_event("load"):
        button.click()
    expect(page.locator("html")).to_have_attribute("lang", code)
    expect(page.locator("html")).to_have_attribute("dir", language.direction)


def test_every_language_is_without_faults_on_a_small_screen(device: Page) -> None:
    page = device
    for language in LANGUAGES:
        choose(page, language.code)
        check_page(page)


# A question of each kind that the intake has; the other kinds: test_question_kinds.
OF_EACH_KIND = (
    "contact_friends",
    "satisfied",
    "debts",
    "birth_year",
    "birthplace",
    "hours_now_volunteering",
    "wish_next",
)


@pytest.mark.parametrize("place", range(len(LANGUAGES)))
def test_kinds_of_questions_are_without_faults_in_every_language(
    opened: Callable[..., Page], site: str, make: Maker, place: int
) -> None:
    """Three kinds in each language, so that each kind is seen in four or more. Not the
    colours, which are those of every other language."""
    code = LANGUAGES[place].code
    page = opened(viewport=SMALL)
    device = make.handed(language=code)
    device.be(page.context, site)
    for step in (0, 2, 4):
        question = OF_EACH_KIND[(place + step) % len(OF_EACH_KIND)]
        page.goto(device.question(question))
        assert question in page.url
        expect(page.locator("html")).to_have_attribute("lang", code)
        if main(page).locator("[data-week]").count():
            main(page).get_by_role("radio").first.check()
        check_page(page, colours=False)


def test_the_check_and_the_thanks_are_without_faults_in_every_language(
    opened: Callable[..., Page], site: str, make: Maker
) -> None:
    page = opened(viewport=SMALL)
    device = make.handed()
    device.be(page.context, site)
    page.goto(f"{device.start}nakijken/")
    for language in LANGUAGES:
        choose(page, language.code)
        page.goto(f"{device.start}nakijken/")
        check_page(page, colours=False)
    main(page).get_by_role("button").last.click()
    for language in LANGUAGES:
        page.get_by_role("link", name=language.own_name, exact=True).click()
        expect(page.locator("html")).to_have_attribute("lang", language.code)
        check_page(page, colours=False)


@pytest.mark.parametrize("code", ["ar", "ti"])
def test_somebody_answers_in_another_script(device: Page, code: str) -> None:
    page = device
    page.set_viewport_size(TELEPHONE)
    choose(page, code)
    main(page).get_by_role("button").last.click()
    for _ in range(4):
        answer_one(page)
        expect(page.locator("html")).to_have_attribute("lang", code)
        check_page(page)
    assert own_font_is_used(page, SCRIPTS[code])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_was_chosen_stands_there_still_in_another_language(
    opened: Callable[..., Page], site: str, make: Maker, *, scripts: bool
) -> None:
    """And is not kept: it was not sent."""
    page = opened(viewport=SMALL, java_script_enabled=scripts)
    device = make.handed()
    device.be(page.context, site)
    page.goto(device.question("satisfied"))
    main(page).get_by_role("radio").nth(6).check()
    choose(page, "ar")
    assert "/vraag/satisfied/" in page.url
    expect(main(page).get_by_role("radio").nth(6)).to_be_checked()
    assert make.answers(device.page) == []


def test_the_letters_are_those_of_the_theme(device: Page, sign_in: SignIn) -> None:
    assert named_and_used(device) == ["Noto Sans", "Noto Sans"]
    assert named_and_used(sign_in("Sanne")) == ["Noto Sans", "Noto Sans"]


def named_and_used(page: Page) -> list[str]:
    """The first typeface that the theme names, and the one of the page where its file
    was fetched."""
    return page.evaluate(
        """async () => {
          await document.fonts.ready;
          const style = getComputedStyle(document.body);
          const theme = style.getPropertyValue("--basis-text-font-family-default");
          const first = (names) => names.split(",")[0].replaceAll(/['"]/g, "").trim();
          const [named, used] = [first(theme), first(style.fontFamily)];
          const files = [...document.fonts].filter((one) => one.status === "loaded");
          const there = files.some((one) => first(one.family) === used);
          const drawn = there && document.fonts.check(`16px "${used}"`);
          return [named, drawn ? used : ""];
        }"""
    )


def own_font_is_used(page: Page, letters: str) -> bool:
    """Whether the file for these letters was fetched, so that no box stands there."""
    used = page.evaluate(
        "() => [...document.fonts].filter(one => one.status === 'loaded')"
        ".map(one => one.unicodeRange.toUpperCase())"
    )
    return any(letters in ranges for ranges in used)
