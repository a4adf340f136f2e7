"""Whether text stands out from what is behind it: axe measures each look once.

That is two thirds of what looking at a page costs, and it hangs on nothing but the look
of a text: its colour, size and weight, and what lies behind it. A look that axe found
good is not measured again on another page, nor further down on the same one; what it
could not decide, it is asked again.
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
Fault = dict[str, Any]

# The looks that axe found good, in any window: of this process of tests.
_good: set[str] = set()

_MEASURE = """async (good) => {
  const known = new Set(good);
  const behind = new Map([[null, ""]]);
  const ground = (element) => {
    if (!behind.has(element)) {
      const style = getComputedStyle(element);
      const lies = style.position !== "static" || style.float !== "none";
      const own = [
        style.backgroundColor === "rgba(0, 0, 0, 0)" ? "" : style.backgroundColor,
        style.backgroundImage === "none" ? "" : style.backgroundImage,
        style.opacity === "1" ? "" : style.opacity,
        style.filter === "none" ? "" : style.filter,
        style.mixBlendMode === "normal" ? "" : style.mixBlendMode,
        lies ? `${element.tagName}.${element.getAttribute("class")}` : "",
      ].filter(Boolean).join();
      const under = ground(element.parentElement);
      behind.set(element, own ? `${under}>${own}` : under);
    }
    return behind.get(element);
  };
  const look = (element) => {
    const style = getComputedStyle(element);
    const letters = [style.color, style.fontSize, style.fontWeight, style.textShadow];
    const can = element.disabled || element.ariaDisabled || "";
    return `${letters.join()}|${element.tagName}${can}|${ground(element)}`;
  };
  const says = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
  const fresh = [...document.body.querySelectorAll("*")].filter(
    (one) => says(one) && one.checkVisibility() && !known.has(look(one)),
  );
  if (!fresh.length) return { good: [], faults: [] };
  const { passes, violations } = await axe.run(
    { include: fresh },
    { runOnly: ["color-contrast"], resultTypes: ["passes", "violations"],
      elementRef: true, selectors: false },
  );
  const passed = passes.flatMap((rule) => rule.nodes.map(({ element }) => element));
  const faults = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
  }));
  return { good: [...new Set(passed.map(look))], faults };
}"""


def contrast_faults(page: Page) -> list[Fault]:
    """Of a page that axe was put in."""
    found = page.evaluate(_MEASURE, sorted(_good))
    _good.update(found["good"])
    return found["faults"]
