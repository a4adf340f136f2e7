"""Reading the fields of one object, and saying of each what is wrong with it.

Every mistake goes on one list with the place where it is; a value that cannot be used
is replaced by one that can, so that reading goes on and finds the other mistakes too.
"""

from collections.abc import Collection, Mapping, Sequence
from math import isfinite
from typing import TypeGuard, TypeVar

Fields = Mapping[str, object]
Word = TypeVar("Word", bound=str)

LONGEST_WORDS = 4_000
# No outcome of people comes near it, and powers of it are still numbers.
LARGEST = 1e12


class Reader:
    """The fields of one object.

    Args:
        where: the words before each mistake, such as `summaries 2: `.
        problems: the list on which mistakes are put.
    """

    def __init__(self, content: object, where: str, problems: list[str]) -> None:
        self.where, self.problems = where, problems
        self.fields: Fields = {}
        if isinstance(content, dict):
            self.fields = content
        else:
            self.wrong("an object is needed: {...}")

    def wrong(self, words: str) -> None:
        self.problems.append(f"{self.where}{words}.")

    def refuse_keys(
        self, known: Collection[str], *, may_be_there: Collection[str] = ()
    ) -> None:
        """Name the keys that are missing and those that nobody knows."""
        for key in known:
            if key not in self.fields:
                self.wrong(f'"{key}" is missing')
        for key in self.fields:
            if key not in known and key not in may_be_there:
                self.wrong(f'"{key}" is not known here')

    def word(self, key: str) -> str:
        value = self.fields.get(key, "?")
        if isinstance(value, str) and value.strip() and len(value) <= LONGEST_WORDS:
            return value
        self.wrong(f'"{key}" must be a text of 1 to {LONGEST_WORDS} characters')
        return "?"

    def choice(self, key: str, known: Sequence[Word]) -> Word:
        value = self.fields.get(key, known[0])
        for one in known:
            if value == one:
                return one
        self.wrong(f'"{key}" must be one of: {", ".join(known)}')
        return known[0]

    def number(self, key: str, *, above: float | None = None) -> float:
        value = self.fields.get(key, 1)
        if is_number(value) and (above is None or value > above):
            return float(value)
        more = "" if above is None else f" above {above:g}"
        self.wrong(f'"{key}" must be a number{more}')
        return 1.0

    def whole(self, key: str, least: int) -> int:
        value = self.fields.get(key, least)
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        self.wrong(f'"{key}" must be a whole number of {least} or more')
        return least

    def scale(self, key: str) -> tuple[float, float] | None:
        match self.fields.get(key):
            case None:
                return None
            case [low, high] if is_number(low) and is_number(high) and low < high:
                return float(low), float(high)
        self.wrong(f'"{key}" must be [lowest, highest], or null where there is no end')
        return None


def is_number(value: object) -> TypeGuard[int | float]:
    """A number that is finite and not beyond all measure; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return abs(value) < LARGEST and isfinite(value)
