"""The week: hours per activity, now and wished.

Three answers are kept apart: named with hours, not named, and no answer. The
percentage is of the whole group, however many did not answer; the mean is over those
who named the activity, with impossible answers left out (who cares for children "168
hours" read another question).

Source of the rule: the interim report of 29 April 2021 left out answers of 90 hours
and more for care of children. For other activities every answer up to 168 counts.
"""

from collections.abc import Iterator

from trede.evaluation.counting import (
    MISSING_VALUES,
    Counted,
    basis_of,
    count_values,
    population_key,
    support_key,
)
from trede.evaluation.dataset import Dataset, Tally
from trede.evaluation.results import Basis, Cell, Figure, Number, Support
from trede.evaluation.specification import Category, Hours

NAMED = Category("named", ("named", "left_out"))
LEFT_OUT = Category("left_out", ("left_out",))
NOT_NAMED = Category("not", ("not",))
NO_LIMIT = 169
# From how many hours an answer is not used: who says so read another question.
LEFT_OUT_FROM = {"children": 90}


def hours_cells(
    dataset: Dataset, spec: Hours, groups: tuple[str, ...]
) -> Iterator[tuple[str, Cell, Basis]]:
    """Every cell of a week table: (activity, cell, what lies under it).

    Args:
        dataset: with codes `hours_now_<activity>` and `hours_wish_<activity>`, values
            `not` (not named) or whole hours a week, 0 to 168.
        spec: the activities, and from how many hours an answer is not used.
        groups: the groups that have people.

    Yields:
        Group by group. `percent` (0 to 100) is of everybody in the group; `mean` in
        hours a week over those who named the activity with a usable answer, and
        absent where nobody did. Missing answers are in neither.
    """
    for group in groups:
        for activity in spec.activities:
            limit = spec.left_out.get(activity, NO_LIMIT)
            for measure in ("now", "wish"):
                code = f"hours_{measure}_{activity}"
                tally = dataset.tally(code, wave=spec.wave, group=group)
                hours = _usable(tally, limit)
                counted = _classes(tally, spec.wave, group, code, len(hours))
                guards = counted.guards((NAMED, LEFT_OUT, NOT_NAMED), f"{group}|{code}")
                cell = _cell(counted, group, measure, hours)
                yield activity, cell, basis_of(counted, guards)


def hour_classes(dataset: Dataset, *, code: str, wave: str, group: str) -> Counted:
    """The classes as the week table of a report counts them."""
    tally = dataset.tally(code, wave=wave, group=group)
    usable = _usable(tally, left_out_from(code))
    return _classes(tally, wave, group, code, len(usable))


def left_out_from(code: str) -> int:
    """From how many hours an answer is not used, of `hours_now_<activity>`."""
    return LEFT_OUT_FROM.get(code.split("_", 2)[-1], NO_LIMIT)


def _usable(tally: Tally, limit: int) -> list[int]:
    """The hours that count in the mean, one entry per person."""
    return [
        int(value)
        for value, people in tally.values.items()
        if value != "not" and int(value) < limit
        for _ in range(people)
    ]


def _classes(tally: Tally, wave: str, group: str, code: str, usable: int) -> Counted:
    """Everybody in three classes (named, named but not usable, not named) and four
    reasons for silence. Hours themselves are no distribution here: their sum is treated
    as a quantity with the p%-rule."""
    not_named = tally.values.get("not", 0)
    named = sum(tally.values.values()) - not_named
    missing = [tally.missing.get(v.removeprefix("missing:"), 0) for v in MISSING_VALUES]
    return Counted(
        Support(
            support_key(wave, group, code),
            population_key(wave, group),
            f"{wave}/{code}",
            ("named", "left_out", "not", *MISSING_VALUES),
            (usable, named - usable, not_named, *missing),
        )
    )


def _cell(counted: Counted, group: str, measure: str, hours: list[int]) -> Cell:
    """One cell: the share that names the activity, the mean of its usable hours."""
    n, reveal = counted.count(NAMED.values)
    values = count_values(n, counted.people, show=("percent",))
    figures = [Figure("count", (reveal,))]
    if hours:
        values = {**values, "mean": sum(hours) / len(hours)}
        _, known = counted.count(("named",))
        figures.append(
            Figure(
                "mean",
                (known,),
                contributors=len(hours),
                magnitude=sum(hours),
                largest=tuple(sorted(hours, reverse=True)[:2]),
            )
        )
    typed: dict[str, Number | None] = dict(values)
    return Cell(group, None, measure, typed, tuple(figures))
