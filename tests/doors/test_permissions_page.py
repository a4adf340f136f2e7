"""docs/permissions.md says what the table says."""

from tools import permissions_page


def test_the_page_is_as_new_as_the_table() -> None:
    kept = permissions_page.PAGE.read_text(encoding="utf-8")
    assert kept == permissions_page.page(), (
        "docs/permissions.md is older than trede/accounts/permissions/:"
        " run .venv/bin/python tools/permissions_page.py"
    )


def test_every_door_stands_on_the_page_with_its_reach() -> None:
    page = permissions_page.page()
    line = next(line for line in page.splitlines() if "`/logboek/`" in line)
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert cells == ["`/logboek/`", "GET", "accountability", *[""] * 5, "all", ""]
