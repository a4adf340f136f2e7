"""Every act that the code records has words on the privacy officer's screen."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.cast import AT, Cast
from trede.accounts import trail_words
from trede.accounts.acting import record
from trede.accounts.page_names import PAGES
from trede.accounts.permissions import DOORS
from trede.accounts.trail_acts import ACTIONS
from trede.accounts.trail_words import PURPOSES
from trede.audit.models import Line

CODE = Path(trail_words.__file__).parent.parent
BY_ADDRESS = ("looked at ", "refused ")


@cache
def calls() -> list[tuple[Path, ast.Call]]:
    """Each `record(...)` and `looked(...)` of the platform."""
    return [
        (path, node)
        for path in sorted(CODE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and name_of(node) in ("record", "looked")
    ]


def name_of(call: ast.Call) -> str:
    called = call.func
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


def texts(call: ast.Call, keyword: str) -> Iterator[str]:
    """The literal texts of an argument, of both branches of a choice too."""
    first = call.args[:1] if name_of(call) == "record" and keyword == "action" else []
    for argument in [*first, *(k.value for k in call.keywords if k.arg == keyword)]:
        branches = (
            [argument.body, argument.orelse]
            if isinstance(argument, ast.IfExp)
            else [argument]
        )
        for branch in branches:
            if isinstance(branch, ast.Constant) and isinstance(branch.value, str):
                yield branch.value


def test_every_recorded_action_has_words() -> None:
    lacking = sorted(
        f"{path.relative_to(CODE)}: {text!r}"
        for path, call in calls()
        for text in texts(call, "action")
        if text and text not in ACTIONS and not text.startswith(BY_ADDRESS)
    )
    assert not lacking, f"Add to ACTIONS in trede/accounts/trail_acts.py: {lacking}"


def test_every_page_has_a_name_of_its_own() -> None:
    pages = {
        name for name, door in DOORS.items() if door.method == "GET" and not door.link
    }
    assert pages == set(PAGES), "Change PAGES in trede/accounts/page_names.py"
    assert len({str(name) for name in PAGES.values()}) == len(PAGES)


def test_a_look_is_said_with_the_name_of_the_page() -> None:
    said = trail_words.what(Line(action="looked at inflow:waiting"), {})
    assert said in ("looked at the waiting list", "bekeek de wachtlijst")


def test_every_purpose_has_words() -> None:
    recorded = {text for _path, call in calls() for text in texts(call, "purpose")}
    lacking = (recorded | {door.purpose for door in DOORS.values()}) - set(PURPOSES)
    assert not lacking, f"Add to PURPOSES in trede/accounts/trail_words.py: {lacking}"


def test_a_changed_field_is_named_as_on_the_screen(cast: Cast) -> None:
    record("changed", by=cast.by("aad"), at=AT, on=cast.sanne, fields=["telephone"])
    line = Line.objects.first()
    assert line is not None
    assert trail_words.details(line) in ("telefoon", "telephone")


def test_a_field_without_words_keeps_its_own_name(cast: Cast) -> None:
    record("changed", by=cast.by("aad"), at=AT, fields=["criteria.age"])
    line = Line.objects.first()
    assert line is not None
    assert trail_words.details(line) == "criteria.age"


def test_who_and_whose_are_said_in_words(cast: Cast) -> None:
    staff = {cast.sanne.pk: cast.sanne}
    known = Line(actor=cast.sanne.actor)
    assert trail_words.who(known, staff) == "Sanne"
    for actor in ("staff:99999", "person:7", "system", "stranger"):
        said = trail_words.who(Line(actor=actor), staff)
        assert said
        assert said != actor
    line = record_about(cast, range(1, 40))
    assert trail_words.whose(line, staff).startswith("1, 2, 3")
    assert "39" not in trail_words.whose(line, staff)


def record_about(cast: Cast, persons: range) -> Line:
    record("looked at people:person", by=cast.by("sanne"), at=AT, persons=persons)
    line = Line.objects.first()
    assert line is not None
    return line
