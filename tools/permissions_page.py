"""Write docs/permissions.md: who may open which door, made from the table in the code.

`--check` fails when the page is older than the table.
"""

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "permissions.md"
HEAD = """# Who may open which door

Made by `tools/permissions_page.py` from the table in `trede/accounts/permissions/`;
a test walks every address below as every role, with things of one's own, of a colleague
and of another municipality.

* **own**: a coach's own people and those nobody is responsible for yet; a referrer's
  own referrals. Things of a colleague are not found.
* **all**: everything of one's own municipality. Nothing of another is ever found.
* **everybody**: all who have signed in. **link**: who holds the token in the address,
  or the sign-in page itself.
* A cell that is empty stays shut, and the attempt is in the audit trail.
"""


def addresses(
    patterns: list[URLPattern | URLResolver], space: str = "", before: str = "/"
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern.url_patterns, space + inner, route)
        else:
            yield f"{space}{pattern.name}", route


def page() -> str:
    # Importable once Django is set up, by `main` or by the tests.
    table = import_module("trede.accounts.permissions")
    role_ = import_module("trede.accounts.models").Role
    doors, reach_, roles = table.DOORS, table.Reach, list(role_)
    said = {reach_.NOBODY: "", reach_.OWN: "own", reach_.MUNICIPALITY: "all"}
    columns = ["Address", "Method", "Why", *(role.value for role in roles)]
    parts, app = [HEAD], ""
    for name, route in addresses(get_resolver().url_patterns):
        door, of = doors[name], name.rpartition(":")[0] or "accounts"
        if of != app:
            app = of
            titles = [title.replace("_", " ") for title in columns]
            parts.append(f"\n## {app}\n\n{row(titles)}{row(['---'] * len(columns))}")
        reach = [said[door.reach.get(role, reach_.NOBODY)] for role in roles]
        if door.link:
            reach = ["link"] * len(reach)
        elif len(door.reach) == len(roles) and set(reach) == {"all"}:
            reach = ["everybody"] * len(reach)
        parts.append(row([f"`{route}`", door.method, door.purpose, *reach]))
    return "".join(parts)


def row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    fresh = page()
    if "--check" not in sys.argv:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(fresh, encoding="utf-8")
        return 0
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != fresh:
        print("docs/permissions.md is older than the table: run", sys.argv[0])
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
