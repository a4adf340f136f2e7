"""What may be told of who left beside who stayed.

Nobody leaves a study in crowds. Of nine people who left, every share is a handful and
every mean can be guessed at, and a reader who knows the tables of everybody finds those
who left by subtraction. So a comparison is told only when both sides hold enough
people, and of a variable with categories only when each holds enough on both sides.

Beside tables no variable is told: those count the groups as they are, the two sides
here as they left, and whoever is in the one and not in the other is one of a few.
"""

from collections.abc import Iterator

from trede.evaluation.disclosing.reading import (
    Json,
    attrition_key,
    count,
    entries,
    part,
)
from trede.evaluation.norms import Norms


def attrition_ruled_out(
    analysis: Json, norms: Norms, *, beside_tables: bool
) -> Iterator[tuple[str, str]]:
    """The rows that go, and the numbers of people themselves."""
    attrition = part(analysis, "attrition")
    if attrition is None:
        return
    least = 2 * norms.threshold
    sides = (count(attrition, "n_stayed"), count(attrition, "n_left"))
    groups = [
        number
        for group in entries(attrition, "groups")
        for number in (count(group, "left"), count(group, "n") - count(group, "left"))
    ]
    if any(map(norms.sensitive, (*sides, *groups))):
        yield "attrition|sizes", "small"
    for row in entries(attrition, "covariates"):
        reason = "few" if min(sides) < least else _of_row(row, norms)
        if reason or beside_tables:
            yield attrition_key(row), reason or "complement"


def _of_row(row: Json, norms: Norms) -> str | None:
    for side in (part(row, "stayed") or {}, part(row, "left") or {}):
        n = count(side, "n")
        if n < 2 * norms.threshold or norms.sensitive(count(side, "n_missing")):
            return "few"
        numbers = [count(kind, "n") for kind in entries(side, "shares")]
        if any(map(norms.sensitive, numbers)):
            return "small"
        if n in numbers:
            return "everybody"
    return None
