"""Reading the norm of disclosure control from its file.

The values live in `norms.toml`, each with its reason; this module only gives them a
type and refuses a norm that would protect nothing.

A norm file may be given by a pilot, for example with a threshold of 10. Unknown keys
are refused by name: a misspelt threshold would otherwise leave the default in place.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Norms:
    """The norm; see `norms.toml` for what each value means and why.

    Args:
        threshold: counts of 1 to one less than this are sensitive (people).
        lowest, highest: what must both stay possible for a sensitive count (people).
        withhold_everybody: whether 100% is treated like a small remainder.
        contributors: people behind a mean, at least.
        p_percent: of the p%-rule, in percent of the largest contribution.
        smallest_group: groups under this many people are not described.
        weight_...: what it costs to withhold a figure (no unit; only ratios matter).

    Raises ValueError when the values contradict each other.
    """

    threshold: int = 5
    lowest: int = 0
    highest: int = 5
    withhold_everybody: bool = True
    contributors: int = 5
    p_percent: float = 10.0
    smallest_group: int = 5
    weight_count: float = 1.0
    weight_share: float = 1.0
    weight_mean: float = 1.5
    weight_claim: float = 2.5

    def __post_init__(self) -> None:
        """Refuse a norm that contradicts itself or protects nobody."""
        if self.threshold < 2:
            raise ValueError("a threshold under 2 protects nobody: set 2 or more")
        if not 0 <= self.lowest < self.highest:
            raise ValueError("the protection interval must run from 0 or more upward")
        if self.highest < self.threshold:
            raise ValueError("the protection interval must reach the threshold")
        weights = (self.weight_count, self.weight_mean, self.weight_claim)
        if min(weights) <= 0 or self.weight_share < 0:
            raise ValueError("withholding a figure must cost something")

    def sensitive(self, count: int) -> bool:
        """Whether a count of people is too small to be known."""
        return 0 < count < self.threshold

    def few_apart(self, differences: Iterable[int]) -> bool:
        """Whether two editions differ by a few people in something that both tell."""
        return any(self.sensitive(abs(people)) for people in differences)


def read_norms(text: str) -> Norms:
    """Read a norm from TOML text; what it leaves out keeps its default."""
    data = tomllib.loads(text)
    places = {
        "threshold": ("counts", "threshold"),
        "lowest": ("protection", "lowest"),
        "highest": ("protection", "highest"),
        "withhold_everybody": ("everybody", "withhold"),
        "contributors": ("means", "contributors"),
        "p_percent": ("means", "p_percent"),
        "smallest_group": ("groups", "smallest"),
        "weight_count": ("weights", "count"),
        "weight_share": ("weights", "share"),
        "weight_mean": ("weights", "mean"),
        "weight_claim": ("weights", "claim"),
    }
    known = set(places.values())
    for section, values in data.items():
        for key in values:
            if (section, key) not in known:
                raise ValueError(f"unknown norm {section}.{key}")
    found = {
        name: data[section][key]
        for name, (section, key) in places.items()
        if key in data.get(section, {})
    }
    return Norms(**found)


@cache
def default_norms() -> Norms:
    """The norm that is shipped."""
    file = resources.files("trede.evaluation").joinpath("norms.toml")
    return read_norms(file.read_text(encoding="utf-8"))
