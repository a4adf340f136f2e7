"""Small datasets that a reader can check by hand.

`people(group, code=[...])` makes one person per answer. An answer written as
`"?refused"` is no answer, with that reason.
"""

from collections.abc import Iterable, Sequence
from itertools import count

import polars as pl

from trede.evaluation.dataset import MISSING, Dataset, read_dataset

Answer = str | int
Person = dict[str, str | None]
_numbers = count(1)


def person(group: str, wave: str = "T0", **answers: Answer) -> Person:
    made: Person = {"person": f"p{next(_numbers)}", "group": group, "wave": wave}
    for code, answer in answers.items():
        missing = isinstance(answer, str) and answer.startswith("?")
        made[code] = None if missing else str(answer)
        made[code + MISSING] = str(answer)[1:] if missing else None
    return made


def people(group: str, **columns: Sequence[Answer]) -> list[Person]:
    rows = zip(*columns.values(), strict=True)
    return [person(group, **dict(zip(columns, row, strict=True))) for row in rows]


def times(**answers: int) -> list[str]:
    """`times(man=2, woman=1)` is man, man, woman; `_` stands for `?`."""
    return [
        a.replace("no_answer", "?skipped") for a, n in answers.items() for _ in range(n)
    ]


def frame(*groups: Iterable[Person]) -> pl.DataFrame:
    rows = [row for group in groups for row in group]
    return pl.DataFrame(rows, infer_schema_length=None)


def dataset(*groups: Iterable[Person]) -> Dataset:
    return read_dataset(frame(*groups))
