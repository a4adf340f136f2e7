"""Without a line to the end: spoken, handed in, in Arabic, by keyboard, in two tabs,
and more than the platform takes at once."""

import re
from functools import partial

from playwright.sync_api import Page, Route, expect

from tests.browser.answering import answer_one
from tests.browser.cut_off import A_MOMENT, Asked, Begin
from tests.browser.looking import check_page, main
from tests.browser.speaking import PRETEND_A_MICROPHONE, speak
from tests.browser.test_by_keyboard import FOCUS_IS_SEEN

SMALL = {"width": 320, "height": 640}
MANY = 620


def next_one(page: Page) -> None:
    asked = main(page).get_by_role("heading", level=1)
    before = asked.inner_text()
    main(page).get_by_role("button", name="Volgende", exact=True).last.click()
    expect(asked).not_to_have_text(before)


def heading(page: Page, words: str) -> None:
    expect(main(page).get_by_role("heading", level=1)).to_have_text(words)


def test_the_last_answer_and_handing_in_wait_for_the_line(begin: Begin) -> None:
    asked = begin(every_kind=True, at="story")
    page = asked.page
    asked.cut_the_line()
    main(page).get_by_role("textbox").fill("Een tuin")
    next_one(page)
    heading(page, "Alle vragen zijn geweest")
    asked.expect_said("Laat deze pagina open")
    check_page(page)
    asked.mend_the_line()
    heading(page, "Kijk uw antwoorden na")
    expect(main(page)).to_contain_text("Een tuin")

    asked.cut_the_line()
    main(page).get_by_role("button", name="Ik ben klaar").first.click()
    asked.expect_said("Wij leveren uw antwoorden in als er weer internet is")
    heading(page, "Kijk uw antwoorden na")
    check_page(page)
    asked.mend_the_line()
    heading(page, "Dank u wel")
    assert ("story", "Een tuin") in asked.kept()


def test_an_answer_is_spoken_heard_again_and_arrives_once(begin: Begin) -> None:
    asked = begin(
        every_kind=True,
        at="text",
        script=PRETEND_A_MICROPHONE,
        permissions=["microphone"],
    )
    page = asked.page
    asked.cut_the_line()
    main(page).get_by_role("textbox").fill("Dorpsstraat")
    next_one(page)
    main(page).get_by_role("textbox").fill("Luister maar")
    speak(page)
    next_one(page)
    asked.expect_said("Antwoorden die wachten: 2")
    assert max(len(str(one["box"])) for one in asked.waiting()) > 1000
    page.go_back()
    expect(main(page).locator("[data-speak-listen]")).to_be_visible()
    expect(main(page).get_by_role("textbox")).to_have_value("Luister maar")
    check_page(page)
    in_between = "**/*"  # a server that was set up to let less through
    most = max(len(str(one["box"])) for one in asked.waiting())
    page.route(in_between, partial(lets_through, most=most))
    asked.mend_the_line()
    asked.expect_said("Antwoorden die wachten: 1")
    assert [code for code, _said in asked.kept()] == ["text"]
    page.unroute(in_between)
    page.reload()
    expect(main(page).locator("[data-speak-before] audio")).to_be_visible()
    assert asked.waiting() == []
    (_text, (question, said)) = asked.kept()
    assert question == "story"
    assert re.fullmatch(r"Luister maar [1-9]\d+ bytes", said)


def lets_through(route: Route, *, most: int) -> None:
    if len(route.request.post_data or "") > most:
        return route.fulfill(status=413)
    return route.continue_()


def test_what_was_spoken_and_is_too_large_is_said_and_words_can_be_typed(
    begin: Begin,
) -> None:
    asked = begin(every_kind=True, at="story")
    page = asked.page
    asked.cut_the_line()
    large = {"name": "a.ogg", "mimeType": "audio/ogg", "buffer": bytes(4_000_000)}
    main(page).locator("#a_spoken").set_input_files(large)
    main(page).get_by_role("button", name="Volgende", exact=True).last.click()
    asked.expect_said("Deze opname is te groot om op dit apparaat te bewaren")
    check_page(page)
    assert asked.waiting() == []
    main(page).get_by_role("button", name="Haal deze opname weg").click()
    main(page).get_by_role("textbox").fill("Een tuin")
    next_one(page)
    asked.expect_said("Antwoorden die wachten: 1")


def test_in_arabic_on_a_small_screen_by_keyboard_alone(begin: Begin) -> None:
    asked = begin(language="ar", every_kind=True, at="yes_no", viewport=SMALL)
    page = asked.page
    asked.cut_the_line()
    for _ in range(3):
        before = asked.heading
        choose_by_keyboard(page)
        expect(main(page).get_by_role("heading", level=1)).not_to_have_text(before)
        expect(main(page).get_by_role("heading", level=1)).to_be_focused()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    asked.expect_said("لا يوجد إنترنت الآن")
    check_page(page)
    stop_by_keyboard(page)
    asked.expect_said("يمكنك أن تتابع لاحقًا")
    check_page(page)
    with page.expect_response(re.compile("/nasturen/"), timeout=25_000):
        asked.mend_the_line()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    kept = [question for question, _ in asked.kept()]
    assert kept == ["yes_no", "agreement", "mark"]


def choose_by_keyboard(page: Page) -> None:
    """The first answer, and on: with Tab, the space bar and Enter."""
    tab_to(page, "input[type=radio]")
    page.keyboard.press("Space")
    tab_to(page, ".ask__go button")
    page.keyboard.press("Enter")


def stop_by_keyboard(page: Page) -> None:
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.locator(":focus").evaluate("one => one.value === 'stop'"):
            break
    page.keyboard.press("Enter")


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate(FOCUS_IS_SEEN), focused.evaluate("e => e.outerHTML")
        if focused.evaluate("(one, wanted) => one.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} was not reached by Tab")


def test_of_two_tabs_without_a_line_the_later_act_counts_once(begin: Begin) -> None:
    asked = begin(every_kind=True, at="yes_no")
    other = Asked(page := asked.page.context.new_page(), asked.handed, asked.make)
    with page.expect_response(re.compile("/vooruit/")):
        page.goto(asked.page.url)
    page.wait_for_load_state("networkidle")
    asked.cut_the_line()
    for tab, answer in ((other, "Ja"), (asked, "Nee"), (other, None)):
        if answer:
            main(tab.page).get_by_role("radio", name=answer).check()
            next_one(tab.page)
        else:
            answer_one(tab.page)
    expect(main(page).get_by_text("Antwoorden die wachten: 3")).to_be_visible()
    asked.mend_the_line()
    asked.expect_said("Er is weer internet")
    expect(main(page).get_by_text("Er is weer internet")).to_be_visible()
    assert asked.kept() == [("yes_no", "yes"), ("yes_no", "no"), ("agreement", "1")]


def test_more_than_are_taken_at_once_go_in_pieces_each_kept_once(begin: Begin) -> None:
    """The reply to the second piece is lost, though the platform has kept it."""
    asked = begin(every_kind=True, at="number")
    page = asked.page
    ahead = page.request.get(f"{asked.handed.start}vooruit/").json()
    asked.cut_the_line()
    page.evaluate(ANSWER_MANY_TIMES, [ahead, MANY])
    sent: list[int] = []

    def lose_the_second_reply(route: Route) -> None:
        sent.append(len(route.request.post_data_json["waiting"]))
        if len(sent) == 2:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/nasturen/", lose_the_second_reply)
    with page.expect_event("requestfailed"):
        asked.mend_the_line()
    assert sent == [200, 200]
    with page.expect_request_finished(lambda one: len(sent) == 5):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    page.evaluate(A_MOMENT)
    assert sent == [200, 200, 200, 200, 20]
    assert asked.waiting() == []
    assert [said for _, said in asked.kept()] == [str(n % 20) for n in range(MANY)]


# As many as nobody gives by hand, sealed and kept as the page itself does.
ANSWER_MANY_TIMES = """async ([{ key, handle, now }, many]) => {
  const names = performance.getEntriesByType("resource").map((one) => one.name);
  const at = (name) => names.find((one) => one.includes(`/js/${name}`));
  const { keyOf, sealed } = await import(at("sealing"));
  const { keep } = await import(at("waiting"));
  const sealing = await keyOf(key);
  for (let n = 0; n < many; n++) {
    const name = crypto.randomUUID();
    const fields = { value: [String(n % 20)] };
    const content = { question: "number", fields, given_at: now + n };
    await keep({ name, handle, box: await sealed(sealing, name, content) });
  }
}"""
