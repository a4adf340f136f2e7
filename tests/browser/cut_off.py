"""A page of questions on a device, and what waits on that device without a line."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import TELEPHONE, main
from tests.browser.own_sittings import Handed, Maker

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

# For what a page does after a reply came.
A_MOMENT = "new Promise((done) => setTimeout(done, 100))"


@dataclass(frozen=True)
class Asked:
    """Somebody on a page of questions, with all that lies ahead fetched."""

    page: Page
    handed: Handed
    make: Maker

    def cut_the_line(self) -> None:
        self.page.context.set_offline(True)

    def mend_the_line(self) -> None:
        self.page.context.set_offline(False)
        self.page.wait_for_function("navigator.onLine")

    @property
    def heading(self) -> str:
        return main(self.page).get_by_role("heading", level=1).inner_text()

    def waiting(self) -> list[dict[str, object]]:
        return self.page.evaluate(READ_ALL)

    def kept(self) -> list[tuple[str, str]]:
        return self.make.answers(self.handed.page)

    def expect_said(self, words: str) -> None:
        found = main(self.page).get_by_text(words).filter(visible=True)
        expect(found.first).to_be_visible()


Begin = Callable[..., Asked]


def begin_on(page: Page, handed: Handed, make: Maker, at: str = "") -> Asked:
    if at:
        page.goto(handed.question(at))
    else:
        page.goto(handed.start)
        main(page).get_by_role("button").last.click()
    expect(main(page).locator("form#answer")).to_be_visible()
    page.wait_for_load_state("networkidle")  # what lies ahead has been fetched
    return Asked(page, handed, make)


@pytest.fixture
def begin(opened: Callable[..., Page], site: str, make: Maker) -> Begin:
    """Hands a sitting of its own over and opens its first question, or one by code."""

    def hand_over_and_begin(
        *,
        language: str = "nl",
        every_kind: bool = False,
        at: str = "",
        script: str = "",
        **options: object,
    ) -> Asked:
        page = opened(**({"viewport": TELEPHONE} | options))
        if script:
            page.add_init_script(script)
        handed = make.handed(language=language, every_kind=every_kind)
        handed.be(page.context, site)
        return begin_on(page, handed, make, at)

    return hand_over_and_begin
