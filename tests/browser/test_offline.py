"""The line is cut while somebody answers: they go on, the browser is killed, and all of
it arrives once; what waits on the device cannot be read there."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    Error,
    Page,
    expect,
)

from tests.browser.answering import answer_one, give_an_answer
from tests.browser.conftest import FLAGS
from tests.browser.cut_off import Asked, Begin, begin_on
from tests.browser.looking import TELEPHONE, check_page, main
from tests.browser.own_sittings import Maker


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
        return self.context.pages[0]

    def kill(self) -> None:
        """As the system does when it needs the memory: nothing is tidied up."""
        pid = int((self.folder / "SingletonLock").readlink().name.rsplit("-", 1)[1])
        os.kill(pid, signal.SIGKILL)
        # That it is gone may be known here already, or only when it is closed.
        with suppress(Error):
            self.context.close()

    def on_disk(self) -> bytes:
        databases = (self.folder / "Default" / "IndexedDB").rglob("*")
        return b"".join(one.read_bytes() for one in databases if one.is_file())


@pytest.fixture
def tablet(site: str, chromium: Browser, tmp_path: Path) -> Iterator[Tablet]:
    tablet = Tablet(tmp_path, site, chromium.browser_type)
    tablet.open()
    yield tablet
    tablet.context.close()


def test_four_answers_without_a_line_survive_a_killed_browser_and_arrive_once(
    tablet: Tablet, make: Maker, site: str
) -> None:
    handed = make.handed()
    handed.be(tablet.context, site)
    asked = begin_on(tablet.context.pages[0], handed, make)
    answer_one(asked.page)
    asked.cut_the_line()
    answered = [answer_one(asked.page) for _ in range(4)]
    assert len(set(answered)) == 4
    asked.expect_said("Er is nu geen internet")
    asked.expect_said("Antwoorden die wachten: 4")
    check_page(asked.page)
    waiting = asked.waiting()
    assert len(waiting) == 4
    address = asked.page.locator("form#answer").get_attribute("action") or ""
    code = address.split("/")[-2]
    next_up = asked.heading
    # Killed in the middle of a fifth: that one is there whole, or not at all.
    give_an_answer(asked.page)
    asked.page.evaluate("document.querySelector('.ask__go button').click()")
    tablet.kill()

    for one in (str(waiting).encode(), tablet.on_disk()):
        assert b"trede-waiting" in one or b"box" in one
        for secret in (b"refused", b"skipped", b'"fields"', b'"value"', code.encode()):
            assert secret not in one, secret

    page = tablet.open()
    # Chromium writes cookies down after half a minute only: longer than this took.
    handed.be(tablet.context, site)
    with page.expect_response(re.compile("/nasturen/"), timeout=25_000) as sent:
        page.goto(handed.start, wait_until="commit")
    arrived = len(sent.value.request.post_data_json["waiting"])
    assert arrived in (4, 5)
    asked = Asked(page, handed, make)
    main(page).get_by_role("button", name="Verder").click()
    expect(main(page).locator("form#answer")).to_be_visible()
    assert (asked.heading == next_up) is (arrived == 4)
    assert asked.waiting() == []
    assert len(asked.kept()) == 1 + arrived
    if arrived == 5:
        answered.append(next_up)
    for question in reversed(answered):
        main(page).get_by_role("link", name="Terug").click()
        expect(main(page).get_by_role("heading", level=1)).to_have_text(question)


def test_when_the_line_is_back_the_page_says_so_and_goes_on(begin: Begin) -> None:
    asked = begin()
    page = asked.page
    asked.cut_the_line()
    first, second = answer_one(page), answer_one(page)
    main(page).get_by_role("link", name="Terug").click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(second)
    main(page).get_by_role("link", name="Terug").click()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(first)
    with page.expect_response(re.compile("/nasturen/"), timeout=25_000) as sent:
        asked.mend_the_line()
    assert sent.value.json() == {"kept": 2, "refused": 0}
    asked.expect_said("Er is weer internet")
    page.reload()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(first)
    expect(main(page).locator("input:checked")).to_have_count(1)
    answer_one(page)
    assert asked.waiting() == []


def test_a_double_tap_and_a_second_tab_answer_once(begin: Begin) -> None:
    asked = begin()
    page = asked.page
    other = page.context.new_page()
    other.goto(page.url)
    before = asked.heading
    give_an_answer(page)
    posted: list[str] = []
    page.on("request", lambda one: posted.append(one.method))
    main(page).get_by_role("button", name="Volgende", exact=True).dblclick()
    expect(main(page).get_by_role("heading", level=1)).not_to_have_text(before)
    assert posted.count("POST") == 1
    assert answer_one(other) == before
    expect(main(other).get_by_role("heading", level=1)).to_have_text(asked.heading)
    assert len(asked.kept()) == 1


def test_the_next_question_gets_the_focus_the_title_and_the_address(
    begin: Begin,
) -> None:
    asked = begin()
    page = asked.page
    address = page.url
    first = answer_one(page)
    expect(main(page).get_by_role("heading", level=1)).to_be_focused()
    assert page.title().startswith(asked.heading)
    assert page.url != address
    page.go_back()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(first)
    expect(page).to_have_url(address)
    page.reload()
    expect(main(page).get_by_role("heading", level=1)).to_have_text(first)


def test_who_stops_without_a_line_leaves_nothing_to_see_behind(begin: Begin) -> None:
    asked = begin()
    page = asked.page
    answer_one(page)
    asked.cut_the_line()
    second = answer_one(page)
    page.get_by_role("button", name="Stoppen en bewaren").click()
    stopped = main(page).get_by_role("heading", level=1)
    expect(stopped).to_have_text("U kunt later verdergaan, bij dezelfde vraag.")
    page.go_back()
    expect(stopped).not_to_have_text(second)
    expect(main(page).get_by_role("radio")).to_have_count(0)
    # A page that was just trying in vain tries again ten seconds later.
    with page.expect_response(re.compile("/nasturen/"), timeout=25_000):
        asked.mend_the_line()
    expect(stopped).to_have_text("Uw antwoorden zijn bewaard")
    assert asked.waiting() == []
