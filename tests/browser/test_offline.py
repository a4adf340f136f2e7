"""The line is cut while somebody answers: they go on, the browser is killed, and all of
it arrives once; what waits on the device cannot be read there."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from tests.browser.answering import give_an_answer, hand_over
from tests.browser.conftest import FLAGS, TELEPHONE
from tests.browser.looking import check_page, go, main, open_person

NAME = "Arul Kanavunathan"
READ_ALL = """async () => {
  const opened = await new Promise((done) => {
    const request = indexedDB.open("trede-waiting", 1);
    request.onsuccess = () => done(request.result);
  });
  if (!opened.objectStoreNames.contains("answers")) return [];
  const store = opened.transaction("answers").objectStore("answers");
  return new Promise((done) => {
    const request = store.getAll();
    request.onsuccess = () => done(request.result);
  });
}"""


@dataclass
class Tablet:
    """A browser with a disk of its own, that can be killed and opened again."""

    folder: Path
    site: str
    kind: BrowserType
    context: BrowserContext = field(init=False)

    def open(self) -> Page:
        self.context = self.kind.launch_persistent_context(
            self.folder,
            executable_path=shutil.which("chromium"),
            args=FLAGS,
            base_url=self.site,
            locale="nl-NL",
            viewport=TELEPHONE,
        )
        self.context.set_default_timeout(10_000)
        return self.page

    @property
    def page(self) -> Page:
        return self.context.pages[0]


@pytest.fixture
def tablet(site: str, chromium: Browser, tmp_path: Path) -> Iterator[Tablet]:
    tablet = Tablet(tmp_path, site, chromium.browser_type)
    tablet.open()
    yield tablet
    tablet.context.close()


def begin(page: Page) -> None:
    page.goto("/aanmelden/")
    page.get_by_role("button", name="Sanne").click()
    open_person(page, NAME)
    go(page, "Verder")
    go(page, "Naar de vragenlijst")
    hand_over(page, pin="4713")
    with page.expect_response(re.compile("/vooruit/")):
        main(page).get_by_role("button", name=re.compile("Begin|Verder")).click()
    page.wait_for_load_state("networkidle")


def heading(page: Page) -> str:
    return main(page).get_by_role("heading", level=1).inner_text()


def answer(page: Page) -> str:
    """Answers this question and waits for the next. The question that was answered."""
    before = heading(page)
    if main(page).locator("[data-week]").count():
        main(page).get_by_role("radio", name="Nee").check()
        kind = "hours"
    else:
        kind = give_an_answer(page)
    on = "Volgende" if kind != "textbox" else "Sla deze vraag over"
    main(page).get_by_role("button", name=on, exact=True).last.click()
    expect(main(page).get_by_role("heading", level=1)).not_to_have_text(before)
    return before


def said(page: Page, words: str) -> None:
    expect(main(page).get_by_text(words).filter(visible=True).first).to_be_visible()


def on_disk(folder: Path) -> bytes:
    databases = (folder / "Default" / "IndexedDB").rglob("*")
    return b"".join(one.read_bytes() for one in databases if one.is_file())


def test_four_answers_without_a_line_survive_a_killed_browser_and_arrive_once(
    tablet: Tablet,
) -> None:
    page = tablet.page
    begin(page)
    answer(page)
    start = re.sub(r"vraag/.*", "", page.url)
    tablet.context.set_offline(True)
    asked = [answer(page) for _ in range(4)]
    assert len(set(asked)) == 4
    said(page, "Er is nu geen internet")
    said(page, "Antwoorden die wachten: 4")
    check_page(page)
    waiting = page.evaluate(READ_ALL)
    assert len(waiting) == 4
    addresses = [one.get_attribute("action") for one in page.locator("form").all()]
    code = next(one for one in addresses if "/vraag/" in one).split("/")[-2]
    next_up = heading(page)
    tablet.context.close()

    for one in (str(waiting).encode(), on_disk(tablet.folder)):
        assert b"trede-waiting" in one or b"box" in one
        for secret in (b"refused", b"skipped", b'"fields"', b'"value"', code.encode()):
            assert secret not in one, secret

    page = tablet.open()
    with page.expect_response(re.compile("/nasturen/")) as sent:
        page.goto(start, wait_until="commit")
    assert len(sent.value.request.post_data_json["waiting"]) == 4
    main(page).get_by_role("button", name="Verder").click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(next_up)
    assert page.evaluate(READ_ALL) == []
    for question in reversed(asked):
        main(page).get_by_role("link", name="Terug").click()
        expect(main(page).get_by_role("heading", level=1)).to_have_text(question)


def test_when_the_line_is_back_the_page_says_so_and_goes_on(tablet: Tablet) -> None:
    page = tablet.page
    begin(page)
    tablet.context.set_offline(True)
    first, second = answer(page), answer(page)
    main(page).get_by_role("link", name="Terug").click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(second)
    main(page).get_by_role("link", name="Terug").click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(first)
    with page.expect_response(re.compile("/nasturen/")) as sent:
        tablet.context.set_offline(False)
    assert sent.value.json() == {"kept": 2, "refused": 0}
    said(page, "Er is weer internet")
    answer(page)
    assert page.evaluate(READ_ALL) == []


def test_a_double_tap_and_a_second_tab_answer_once(tablet: Tablet) -> None:
    page = tablet.page
    begin(page)
    other = tablet.context.new_page()
    other.goto(page.url)
    before = heading(page)
    if main(page).locator("[data-week]").count():
        main(page).get_by_role("radio", name="Nee").check()
    else:
        give_an_answer(page)
    posted: list[str] = []
    page.on("request", lambda one: posted.append(one.method))
    main(page).get_by_role("button", name="Volgende", exact=True).dblclick()
    expect(main(page).get_by_role("heading", level=1)).not_to_have_text(before)
    assert posted.count("POST") == 1
    assert heading(other) == before
    assert answer(other) == before
    assert heading(other) == heading(page)


def test_the_next_question_gets_the_focus_the_title_and_the_address(
    tablet: Tablet,
) -> None:
    page = tablet.page
    begin(page)
    address = page.url
    first = answer(page)
    expect(main(page).get_by_role("heading", level=1)).to_be_focused()
    assert page.title().startswith(heading(page))
    assert page.url != address
    page.go_back()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(first)
    expect(page).to_have_url(address)
    page.reload()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(first)


def test_who_stops_without_a_line_leaves_nothing_to_see_behind(tablet: Tablet) -> None:
    page = tablet.page
    begin(page)
    answer(page)
    tablet.context.set_offline(True)
    second = answer(page)
    page.get_by_role("button", name="Stoppen en bewaren").click()
    stopped = main(page).get_by_role("heading", level=1)
    expect(stopped).to_have_text("U kunt later verdergaan, bij dezelfde vraag.")
    page.go_back()
    expect(stopped).not_to_have_text(second)
    expect(main(page).get_by_role("radio")).to_have_count(0)
    with page.expect_response(re.compile("/nasturen/")):
        tablet.context.set_offline(False)
    expect(stopped).to_have_text("Uw antwoorden zijn bewaard")
    assert page.evaluate(READ_ALL) == []
