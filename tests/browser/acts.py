"""How many acts a task takes: every press of the mouse or finger, every key that is not
typing, and two for choosing from a list that unfolds. Counted by the browser itself.

The limits stand in `docs/handleiding/tien-taken.md`, and are read from there.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page

TABLE = Path(__file__).parents[2] / "docs" / "handleiding" / "tien-taken.md"
ROW = re.compile(r"^\| (?P<task>[^|]+?) \|[^|]+\| (?P<most>\d+) \|", re.MULTILINE)
MOST = {row["task"]: int(row["most"]) for row in ROW.finditer(TABLE.read_text())}

# A key is an act where it does something; letters, and what moves through them, type.
COUNT = """
(() => {
  const act = (n) => window.tredeAct && window.tredeAct(n);
  const types = (e) => e.target.matches &&
    e.target.matches("textarea, input:not([type=radio]):not([type=checkbox])");
  addEventListener("pointerdown", (e) => e.isTrusted && act(1), true);
  addEventListener("change", (e) => e.target.matches("select") && act(2), true);
  addEventListener("keydown", (e) => {
    const acts = ["Enter", "Tab", "Escape"].includes(e.key) || !types(e);
    if (e.isTrusted && acts) act(1);
  }, true);
})();
"""


class Acts:
    """Counts in one window, from the next page that it opens."""

    def __init__(self, page: Page) -> None:
        self._total = 0
        page.expose_function("tredeAct", self._add)
        page.add_init_script(COUNT)
        page.reload()

    def _add(self, n: int) -> None:
        self._total += n

    @contextmanager
    def within(self, task: str) -> Iterator[None]:
        """What is done here takes no more acts than the table says, and not none: a
        counter that counts nothing would let everything pass."""
        before = self._total
        yield
        count = self._total - before
        assert 1 <= count <= MOST[task], f"{task}: {count} of at most {MOST[task]}"


def typed(field: Locator, words: str) -> None:
    """As a person does: go to the field, unless one is there, and type."""
    if not field.evaluate("one => one === document.activeElement"):
        field.click()
    field.fill(words)
