"""Every estimator has a page with its formula, source, suppositions, and when to doubt.

Every section says all four, so that nobody has to guess whether "supposes" was
forgotten or there is nothing to suppose; those that estimate nothing go by their names.
"""

import re
from pathlib import Path

import pytest

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"
# What a section says, and how: `*Formula.* ...`.
SAYS = {
    "formula": r"\*Formulas?\.\*",
    "source": r"\*Sources?[.:]\*",
    "supposes": r"\*Supposes\*",
    "when not to trust it": r"\*Do not (trust|read)\b[^*]*\*",
}
# Pages about files, words and rules: nothing is estimated there.
OF_OTHER_THINGS = {
    *("dataset-and-codebook", "descriptive-tables", "disclosure-control"),
    *("effect_report", "instruments", "lot", "response-and-burden", "running"),
    *("uitwisseling", "xlsform"),
}
# Of a page of estimators the sections in which nothing is estimated.
OF_NO_ESTIMATOR = re.compile(
    r"What (is refused|Trede refuses|it finds)|How (it was checked|well it does)"
    r"|How often it is right|The file of a pilot|Only like with like"
)
PAGES = sorted(one.stem for one in METHODS.glob("*.md"))
OF_ESTIMATORS = [name for name in PAGES if name not in OF_OTHER_THINGS]


def sections_of(page: str) -> dict[str, str]:
    """By their heading; a page without headings is one."""
    text = (METHODS / f"{page}.md").read_text(encoding="utf-8")
    text = re.sub(r"(?ms)^```.*?^```", "", text)
    _before, *sections = re.split(r"(?m)^## ", text)
    found = {part.split("\n", 1)[0]: part for part in sections}
    return found or {page: text}


def said_in(section: str) -> set[str]:
    return {what for what, mark in SAYS.items() if re.search(mark, section)}


@pytest.mark.parametrize("page", OF_ESTIMATORS)
def test_an_estimator_is_told_with_all_four(page: str) -> None:
    told = {head: said_in(part) for head, part in sections_of(page).items()}
    assert any(told.values()), f"{page}.md has no estimator"
    estimators = {h: s for h, s in told.items() if not OF_NO_ESTIMATOR.match(h)}
    lacking = {head: set(SAYS) - said for head, said in estimators.items()}
    assert not {head: lacks for head, lacks in lacking.items() if lacks}


@pytest.mark.parametrize("page", sorted(OF_OTHER_THINGS))
def test_what_estimates_nothing_has_no_formula(page: str) -> None:
    """Else it belongs with the estimators."""
    for head, part in sections_of(page).items():
        assert "formula" not in said_in(part), head


def test_every_room_of_the_science_has_its_page() -> None:
    science = METHODS.parents[1] / "trede" / "evaluation"
    rooms = {path.parent.name for path in science.glob("*/__init__.py")}
    called = {"instrument": "instrument_quality", "disclosing": "disclosure-control"}
    assert {called.get(room, room) for room in rooms} <= set(PAGES)
