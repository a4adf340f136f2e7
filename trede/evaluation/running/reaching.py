"""Who was reached beside everybody on the list: of whom can these figures not speak?

A list holds few things of many people, most of whom never agreed to anything. So
answers stand here as levels that hold enough people, on either side: a level of too few
is put together with its neighbour (the next age; or, where there is no order, the next
in size) before anything is counted. Who was reached and is in the figures of the study
as well is counted there too, so that who was reached and is not there must be enough
people as well: a reader subtracts the one from the other.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.balance import difference_of_shares
from trede.evaluation.missing_people.leavers import Variable, compare_sides
from trede.evaluation.norms import Norms, default_norms
from trede.evaluation.running.asking import Refused, Who, generator, refusal
from trede.evaluation.running.configuration import Configuration

Codes = NDArray[np.int64]
UNKNOWN = ""


@dataclass(frozen=True)
class TargetList:
    """Everybody who was to be reached, a row each.

    `reached` and `measured` (is in the figures of the study) are shape (people,). The
    columns of `known` hold levels as text, in the order of a `pl.Enum` where they have
    one; null is not known, a level of its own.
    """

    reached: Who
    measured: Who
    known: pl.DataFrame

    def as_csv(self) -> str:
        """All of it, as text."""
        return self.known.with_columns(
            reached=pl.Series(self.reached), measured=pl.Series(self.measured)
        ).write_csv()


@dataclass(frozen=True, slots=True)
class Level:
    """People of whom the list says one of `names`; `smd` is the standardised difference
    between the share among who was reached and that of the whole list."""

    names: tuple[str, ...]
    listed: int
    reached: int
    smd: float | None
    ci: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One thing that the list holds; `distance` is over all its levels together."""

    name: str
    levels: tuple[Level, ...]
    distance: float | None


@dataclass(frozen=True, slots=True)
class Reached:
    """`measured` of who was reached are in the figures of the study."""

    listed: int
    reached: int
    measured: int
    characteristics: tuple[Characteristic, ...]
    refused: tuple[Refused, ...]


def reached_of(everybody: TargetList, configuration: Configuration) -> Reached:
    """Who was reached, beside the whole list."""
    rows, refused = [], []
    for column in everybody.known.get_columns():
        try:
            rows.append(_characteristic(column, everybody, configuration))
        except CannotEstimate as no:
            refused.append(refusal(column.name, "", no))
    return Reached(
        listed=len(everybody.reached),
        reached=int(everybody.reached.sum()),
        measured=int((everybody.reached & everybody.measured).sum()),
        characteristics=tuple(rows),
        refused=tuple(refused),
    )


def _characteristic(
    column: pl.Series, everybody: TargetList, configuration: Configuration
) -> Characteristic:
    bands = _bands(column, everybody, default_norms())
    codes = _codes(column, [band.names for band in bands])
    draws = generator(configuration, "reached", column.name)
    variable = Variable(column.name, "category", codes.astype(np.float64))
    reached = everybody.reached
    (found,) = compare_sides([variable], reached, draws, reference="everyone")
    if found.difference is None:
        raise found.refused[0]
    levels = (_level(band, codes == code, reached) for code, band in enumerate(bands))
    return Characteristic(column.name, tuple(levels), found.difference.value)


def _level(band: "_Band", here: Who, reached: Who) -> Level:
    is_so = here.astype(np.float64)
    apart = difference_of_shares(is_so[reached], is_so[~reached], everyone=True)
    ends = apart.interval
    return Level(
        band.names,
        band.listed,
        band.reached,
        apart.value,
        (ends.low, ends.high) if ends else None,
    )


@dataclass(frozen=True, slots=True)
class _Band:
    """Levels that stand together; of who was reached some are `not_measured`."""

    names: tuple[str, ...]
    listed: int
    reached: int
    not_measured: int

    @staticmethod
    def of(name: str, here: Who, everybody: TargetList) -> "_Band":
        reached = here & everybody.reached
        elsewhere = reached & ~everybody.measured
        return _Band((name,), int(here.sum()), int(reached.sum()), int(elsewhere.sum()))

    def __add__(self, other: "_Band") -> "_Band":
        return _Band(
            self.names + other.names,
            self.listed + other.listed,
            self.reached + other.reached,
            self.not_measured + other.not_measured,
        )

    def holds_few(self, norms: Norms) -> bool:
        least = min(self.reached, self.listed - self.reached)
        return least < norms.threshold or norms.sensitive(self.not_measured)


def _bands(column: pl.Series, everybody: TargetList, norms: Norms) -> list[_Band]:
    """Every level, those of too few together with a neighbour."""
    names = _in_order(column)
    codes = _codes(column, [(name,) for name in names])
    bands = [
        _Band.of(name, codes == code, everybody) for code, name in enumerate(names)
    ]
    while len(bands) > 1:
        few = [place for place, band in enumerate(bands) if band.holds_few(norms)]
        if not few:
            break
        beside = (p for p in (few[0] - 1, few[0] + 1) if 0 <= p < len(bands))
        smallest = min(beside, key=lambda place: bands[place].listed)
        first = min(few[0], smallest)
        bands[first : first + 2] = [bands[first] + bands[first + 1]]
    return bands


def _in_order(column: pl.Series) -> list[str]:
    """The levels that there are: as ordered, or else from few people to many."""
    people = Counter(map(_name, column.to_list()))
    if isinstance(column.dtype, pl.Enum):
        ordered = [*column.dtype.categories.to_list(), UNKNOWN]
        return [name for name in ordered if people[name]]
    return sorted(people, key=lambda name: (people[name], name))


def _codes(column: pl.Series, bands: Sequence[tuple[str, ...]]) -> Codes:
    place = {name: code for code, names in enumerate(bands) for name in names}
    return np.array([place[_name(value)] for value in column.to_list()], np.int64)


def _name(value: object) -> str:
    return UNKNOWN if value is None else str(value)
