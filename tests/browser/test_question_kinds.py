"""Every kind of question in a browser: by touch, by keyboard, at 320 px, in Arabic,
without JavaScript; and words are read aloud where there is a voice."""

import shutil
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import assert_fits, check_page, main
from tests.browser.own_sittings import Maker
from tests.browser.speaking import PRETEND_A_MICROPHONE, speak

SMALL = {"width": 320, "height": 640}
KINDS = [
    "single",
    "multiple",
    "yes_no",
    "agreement",
    "mark",
    "number",
    "year",
    "date",
    "country",
    "hours",
    "text",
    "story",
]
HAS_VOICE = shutil.which("espeak-ng") is not None

Asked = Callable[..., Page]


@pytest.fixture
def asked(opened: Callable[..., Page], site: str, make: Maker) -> Asked:
    """Opens the question of a kind, on a device with a fresh sitting."""

    def open_kind(kind: str, *, language: str = "nl", **options: object) -> Page:
        device = make.handed(language=language, every_kind=True)
        page = opened(**options)
        device.be(page.context, site)
        page.goto(device.question(kind))
        return page

    return open_kind


def go_to(page: Page, kind: str) -> None:
    device = page.url.split("/vragenlijst/")[1].split("/")[0]
    page.goto(f"/vragenlijst/{device}/vraag/{kind}/")


def next_question(page: Page) -> None:
    before = page.url
    main(page).get_by_role("button", name="Volgende", exact=True).last.click()
    expect(page).not_to_have_url(before)


def back_to(page: Page, kind: str) -> None:
    next_question(page)
    go_to(page, kind)


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_every_kind_is_accessible_and_fits_at_320(asked: Asked, language: str) -> None:
    page = asked(KINDS[0], language=language, viewport=SMALL)
    for kind in KINDS:
        go_to(page, kind)
        if kind == "hours":
            main(page).get_by_role("radio").first.check()
        check_page(page)


def test_targets_are_as_large_as_a_thumb(asked: Asked) -> None:
    page = asked("single", viewport=SMALL)
    for kind in KINDS:
        go_to(page, kind)
        if kind == "hours":
            main(page).get_by_role("radio").first.check()
        targets = main(page).locator(
            "label:has(input), select:visible, .say, form button:not(.unseen),"
            "input[type=text], [role=combobox], summary"
        )
        for target in targets.all():
            box = target.bounding_box()
            if box is not None and box["width"]:
                small = (kind, target.inner_text(), box)
                assert box["height"] >= 44, small
                assert box["width"] >= 40, small


def test_what_is_chosen_shows_in_colours_of_ones_own(asked: Asked) -> None:
    """With forced colours a drawing of ours is gone: the answer itself is marked."""
    page = asked("single", viewport=SMALL, forced_colors="active")
    for kind in ("single", "multiple", "agreement", "mark"):
        go_to(page, kind)
        answers = main(page).locator(".choice")
        answers.nth(1).locator("input").check(force=True)
        grounds = [
            answer.evaluate("one => getComputedStyle(one).backgroundColor")
            for answer in answers.all()
        ]
        assert grounds.count(grounds[1]) == 1, (kind, grounds)
    check_page(page)


def test_an_answer_that_goes_with_no_other_takes_the_others_away(asked: Asked) -> None:
    page = asked("multiple", viewport=SMALL)
    boxes = main(page).get_by_role("checkbox")
    expect(main(page).get_by_text("Of alleen dit:")).to_be_visible()
    boxes.nth(0).check()
    boxes.nth(1).check()
    boxes.last.check()
    for place in (0, 1):
        expect(boxes.nth(place)).not_to_be_checked()
    boxes.nth(1).check()
    expect(boxes.last).not_to_be_checked()


def test_the_week_is_filled_by_touch_and_is_there_again(asked: Asked) -> None:
    page = asked("hours", viewport=SMALL, has_touch=True)
    main(page).get_by_text("Ja", exact=True).tap()
    more = main(page).get_by_role("button", name="maandag: een uur meer")
    for _ in range(3):
        more.tap()
    main(page).get_by_role("button", name="donderdag: een uur meer").tap()
    main(page).get_by_role("button", name="maandag: een uur minder").tap()
    expect(main(page).locator("[data-day-said]")).to_have_text("maandag, 2 uur")
    expect(main(page).locator("[data-total] strong")).to_have_text("3")
    back_to(page, "hours")
    expect(main(page).get_by_label("maandag", exact=True)).to_have_value("2")
    expect(main(page).get_by_label("donderdag", exact=True)).to_have_value("1")
    expect(main(page).locator("[data-total] strong")).to_have_text("3")


def test_the_week_is_filled_by_keyboard(asked: Asked) -> None:
    page = asked("hours")
    main(page).get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    for _ in range(3):
        if page.evaluate("document.activeElement.id") == "a_day_0":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(main(page).get_by_label("dinsdag", exact=True)).to_be_focused()
    expect(main(page).locator("[data-total] strong")).to_have_text("1")


def test_who_says_no_after_all_is_not_asked_for_hours(asked: Asked) -> None:
    page = asked("hours")
    main(page).get_by_role("radio").first.check()
    main(page).get_by_label("maandag", exact=True).select_option("3")
    main(page).get_by_role("radio").nth(1).check()
    expect(main(page).get_by_label("maandag", exact=True)).to_be_hidden()
    back_to(page, "hours")
    expect(main(page).get_by_role("radio").nth(1)).to_be_checked()


def test_a_country_is_found_by_typing_in_either_language(asked: Asked) -> None:
    page = asked("country", language="en")
    field = main(page).get_by_role("combobox")
    for typed, country in (("cote", "Côte d’Ivoire"), ("ivoor", "Côte d’Ivoire")):
        field.fill(typed)
        expect(main(page).get_by_role("option")).to_have_text([country])
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Côte d’Ivoire")
    expect(field).to_have_attribute("aria-expanded", "false")
    before = page.url
    main(page).get_by_role("button", name="Next", exact=True).last.click()
    expect(page).not_to_have_url(before)
    go_to(page, "country")
    expect(main(page).get_by_role("combobox")).to_have_value("Côte d’Ivoire")


def test_what_is_no_country_is_said_and_not_sent(asked: Asked) -> None:
    page = asked("country")
    field = main(page).get_by_role("combobox")
    field.fill("nergens")
    expect(main(page).get_by_text("Geen land gevonden")).to_be_visible()
    field.press("Escape")
    main(page).get_by_role("button", name="Volgende", exact=True).last.click()
    expect(main(page).locator("#error")).to_contain_text("Kies een antwoord")
    check_page(page)


def test_the_list_is_walked_and_closed_by_keyboard(asked: Asked) -> None:
    page = asked("country")
    field = main(page).get_by_role("combobox")
    field.press("ArrowDown")
    options = main(page).get_by_role("option")
    expect(field).to_have_attribute(
        "aria-activedescendant", options.nth(0).get_attribute("id") or "?"
    )
    check_page(page)
    field.press("Escape")
    expect(main(page).get_by_role("listbox")).to_be_hidden()


def test_a_date_is_given_in_three_fields(asked: Asked) -> None:
    page = asked("date", viewport=SMALL)
    main(page).get_by_label("Dag", exact=True).fill("31")
    main(page).get_by_label("Maand", exact=True).select_option(label="februari")
    main(page).get_by_label("Jaar", exact=True).fill("1999")
    main(page).get_by_role("button", name="Volgende", exact=True).last.click()
    expect(main(page).locator("#error")).to_contain_text("bestaat niet")
    check_page(page)
    main(page).get_by_label("Dag", exact=True).fill("28")
    back_to(page, "date")
    expect(main(page).get_by_label("Dag", exact=True)).to_have_value("28")


def test_every_kind_is_answered_without_javascript(asked: Asked) -> None:
    page = asked(KINDS[0], java_script_enabled=False, viewport=SMALL)
    for kind in KINDS:
        assert f"/vraag/{kind}/" in page.url
        answer_plainly(page, kind)
        assert_fits(page)
        main(page).get_by_role("button", name="Volgende", exact=True).last.click()
    assert page.url.endswith("/nakijken/")
    expect(main(page)).to_contain_text("Ja, 3 uur per week")
    expect(main(page)).to_contain_text("Ivoorkust")


def answer_plainly(page: Page, kind: str) -> None:
    if kind == "date":
        main(page).get_by_label("Dag", exact=True).fill("1")
        main(page).get_by_label("Maand", exact=True).select_option("2")
        main(page).get_by_label("Jaar", exact=True).fill("1999")
    elif kind == "country":
        main(page).get_by_role("combobox").select_option("CI")
    elif kind == "multiple":
        main(page).get_by_role("checkbox").first.check()
    elif kind in ("number", "year", "text", "story"):
        main(page).get_by_role("textbox").first.fill("3" if kind != "year" else "1975")
    else:
        main(page).get_by_role("radio").first.check(force=True)
    if kind == "hours":
        main(page).get_by_label("maandag", exact=True).select_option("3")


def test_what_is_read_aloud_is_marked_and_pressing_again_stops(asked: Asked) -> None:
    page = asked("single")
    listen = main(page).locator("[data-say=all]")
    if not HAS_VOICE:
        expect(listen).to_have_count(0)
        return
    listen.click()
    heading = main(page).get_by_role("heading", level=1)
    expect(listen).to_have_attribute("aria-pressed", "true")
    expect(heading).to_have_class("nl-heading nl-heading--level-1 is-read")
    check_page(page)
    expect(main(page).locator("#hint .is-read")).to_have_count(1)
    answer = main(page).get_by_role("button", name="Lees voor: Op school")
    answer.focus()
    page.keyboard.press("Space")
    expect(listen).to_have_attribute("aria-pressed", "false")
    expect(main(page).locator(".choice.is-read")).to_contain_text("Op school")
    page.keyboard.press("Space")
    expect(main(page).locator(".is-read")).to_have_count(0)


def test_a_sound_is_played_to_its_end_and_then_nothing_is_marked(
    asked: Asked,
) -> None:
    page = asked("yes_no")
    answers = main(page).locator(".choice [data-say]")
    if not HAS_VOICE:
        expect(answers).to_have_count(0)
        return
    answers.first.click()
    expect(main(page).locator(".choice.is-read")).to_have_count(1)
    expect(main(page).locator(".is-read")).to_have_count(0, timeout=8000)
    expect(main(page).locator("[data-silent]")).to_be_hidden()


def test_an_answer_is_spoken_heard_and_sent(asked: Asked) -> None:
    page = asked("story", permissions=["microphone"])
    page.evaluate(PRETEND_A_MICROPHONE)
    speak(page)
    check_page(page)
    # Another language would lose it: the browser asks, and one stays.
    page.once("dialog", lambda asked: asked.dismiss())
    page.locator(".ask__language").click()
    with page.expect_event("dialog") as asked_to_leave:
        page.get_by_role("button", name="English").click(no_wait_after=True)
    assert asked_to_leave.value.type == "beforeunload"
    expect(main(page).locator("[data-speak-listen]")).to_be_visible()
    next_question(page)
    expect(main(page)).to_contain_text("Ingesproken")
    go_to(page, "story")
    expect(main(page).locator("[data-speak-before] audio")).to_be_visible()
    check_page(page)
