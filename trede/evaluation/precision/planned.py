"""The shape of every answer about precision, and what it is not for.

Power belongs to a plan. Worked out afterwards from the change that was found it is the
p-value once more, in other clothes: whoever finds p = .05 finds a "power" of one half.
It is refused by name; the interval tells what the study could and could not see.

Source: Hoenig and Heisey, The American Statistician 55, 2001.
"""

from dataclasses import dataclass
from math import ceil
from typing import NoReturn

from trede.evaluation.estimate import CannotEstimate, Estimate

POWER = 0.8
# With three pairs no interval says anything.
FEWEST = 4


@dataclass(frozen=True, slots=True)
class Precision:
    """What so many people can show.

    `value` is what `method` names: a change in standard deviations of the changes, a
    difference of two shares, or half the width of an interval. `n` are people with
    every answer needed; `effective_n` what they are worth when people of one coach
    resemble each other; `asked` how many to begin with, so that `n` are left. `power`
    is None where nothing is tested.
    """

    method: str
    value: float
    n: int
    effective_n: float
    asked: int
    power: float | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What takes away people, or part of what they are worth.

    `design_effect` as `design_effect` gives it, at least 1; `response` the share that
    gives every answer needed, above 0 to 1; `df` the degrees of freedom of an interval
    that counts with coaches, None when as many as there are people.
    """

    design_effect: float = 1.0
    response: float = 1.0
    df: float | None = None

    def __post_init__(self) -> None:
        if self.design_effect < 1 or not 0 < self.response <= 1:
            raise ValueError(f"no loss: {self}")
        if self.df is not None and self.df <= 0:
            raise ValueError(f"no degrees of freedom: {self}")

    def left(self, df: float) -> float:
        """The fewest of these degrees of freedom and its own."""
        return df if self.df is None else min(df, self.df)

    def worth(self, n: int) -> float:
        return n / self.design_effect

    def asked(self, n: int) -> int:
        """People to ask for n answers; rounding may not add one."""
        return ceil(n / self.response - 1e-9)


NO_LOSS = Loss()


def post_hoc_power(estimate: Estimate) -> NoReturn:
    """Always refused, whatever the estimate.

    Raises:
        CannotEstimate: `post_hoc_power`, `restates_p`; `has` is the p.
    """
    raise CannotEstimate(
        "post_hoc_power", why="restates_p", has=estimate.p, needed=None
    )


def refuse_few(what: str, worth: float) -> None:
    """Refuse what fewer than four people should show."""
    if worth < FEWEST:
        raise CannotEstimate(what, why="few_people", has=worth, needed=FEWEST)


def refuse_no_power(power: float) -> None:
    if not 0.05 < power < 1:
        raise ValueError(f"a power of {power} lies not between .05 and 1")
