"""How recognisable backgrounds are made unrecognisable before they are counted.

Ages become bands and countries become numbered places or regions. Which bands and
which places is the pilot's decision; the science only applies it, and refuses bands
that overlap or leave somebody out.

Masking and withholding are two things. A label such as "country 4" keeps a reader
from recognising the country, but not from counting: a masked row with one person is
withheld like any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

OLDEST = 120
HOME = "NL"
BORN_HERE = "born_here"
ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Band:
    """Ages from `low` up to and including `high`, in whole years."""

    code: str
    low: int
    high: int

    @property
    def ages(self) -> tuple[str, ...]:
        """The ages of this band as the text values of a dataset."""
        return tuple(str(age) for age in range(self.low, self.high + 1))


@dataclass(frozen=True)
class Masking:
    """A pilot's choice of bands and places.

    Example: `Masking(2020, (Band("age_1", 28, 34), Band("age_2", 35, 120)), (),
    {"NL": "NL", "TR": "country_1", "PL": "region_1", "RO": "region_1"})`.

    Args:
        year: the year in which age is reckoned (age = year - birth year).
        age_bands: in the order of the rows; ages outside every band are an error.
        migration_bands: the same for the age at migration.
        places: country code -> code of the row it is shown in; the order of first
            appearance is the order of the rows. A country that is not named is
            counted under `elsewhere`.
    """

    year: int
    age_bands: tuple[Band, ...]
    migration_bands: tuple[Band, ...]
    places: Mapping[str, str]

    def __post_init__(self) -> None:
        """Refuse bands that would count somebody twice."""
        for bands in (self.age_bands, self.migration_bands):
            _refuse_overlap(bands)

    def countries(self, place: str) -> tuple[str, ...]:
        """The countries shown under one place, sorted."""
        return tuple(sorted(c for c, p in self.places.items() if p == place))

    @property
    def place_order(self) -> tuple[str, ...]:
        """The places in the order of their rows."""
        return tuple(dict.fromkeys(self.places.values()))


def _refuse_overlap(bands: tuple[Band, ...]) -> None:
    """An age may lie in one band only, and a band within a human life."""
    taken: dict[str, str] = {}
    for band in bands:
        if not 0 <= band.low <= band.high <= OLDEST:
            raise ValueError(
                f"band {band.code} runs from {band.low} to {band.high}: "
                f"give ages between 0 and {OLDEST}, the lower one first"
            )
        for age in band.ages:
            if age in taken:
                raise ValueError(
                    f"age {age} lies in band {taken[age]} and in band {band.code}"
                )
            taken[age] = band.code
