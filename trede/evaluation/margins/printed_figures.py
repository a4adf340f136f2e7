"""Can this printed figure exist? Means and percentages of whole answers.

Whoever counts 53 people can print 9.4% or 11.3%, nothing between. And whoever adds 53
whole answers finds a multiple of 1/53: a mean of 1.39 is no such multiple, so it was
printed wrong, or the base is not 53. Both checks need nothing but the print.

A figure counts as possible when some whole number rounds to it, halves either way.
With many people every figure is possible; then the check says nothing (`tells`).

Sources: Brown and Heathers, Social Psychological and Personality Science 8, 2017
(means, GRIM); Anaya, PeerJ Preprints 4, 2016 (more items, larger steps).
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Finding:
    """What whole numbers can stand behind a printed figure.

    `whole` are the counts (of a percentage) or sums (of a mean, in steps) that round to
    what is printed, in order; `nearest` the figures on either side that can exist, as
    they would be printed, when none does. `tells` is False when every figure with so
    many decimals is possible.
    """

    printed: Decimal
    of: int
    whole: tuple[int, ...]
    nearest: tuple[Decimal, ...]
    tells: bool

    @property
    def possible(self) -> bool:
        return bool(self.whole)

    @property
    def only(self) -> int | None:
        """The one whole number behind the figure, when there is just one."""
        return self.whole[0] if len(self.whole) == 1 else None


def check_percentage(printed: str, of: int) -> Finding:
    """The counts out of `of` that give a printed percentage.

    Args:
        printed: as it stands there, such as "9.4" or "10": trailing zeros count, since
            they tell to how many decimals was rounded.
        of: people that the percentage is over, at least 1.

    Raises:
        ValueError: no number, below 0, above 100, or a base below 1.
    """
    value = _read(printed, of)
    if value > 100:
        raise ValueError(f"{printed} is no percentage")
    return _finding(value, Fraction(100, of), of, highest=of)


def check_mean(
    printed: str, people: int, *, items: int = 1, step: Fraction = Fraction(1)
) -> Finding:
    """The sums of whole answers that give a printed mean (GRIM).

    Args:
        printed: as it stands there, such as "1.40".
        people: who answered, at least 1.
        items: how many items the mean is taken over, all answered by everybody.
        step: between two neighbouring answers; `Fraction(1, 2)` for halves.

    Returns:
        `whole` are sums in steps: for whole answers simply the sum.

    Raises:
        ValueError: no number, below 0 (shift the scale first), a base below 1 or a
            step that is not above 0.
    """
    if step <= 0:
        raise ValueError(f"a step of {step} leads nowhere")
    of = people * items
    return _finding(_read(printed, of), step / of, of, highest=None)


def bases(printed: tuple[str, ...], among: range) -> tuple[int, ...]:
    """The numbers of people out of which all these percentages can come, and that the
    counts behind them add up to: what base was really used for a distribution.

    Raises:
        ValueError: as `check_percentage`.
    """
    return tuple(of for of in among if _adds_up(printed, of))


def _adds_up(printed: tuple[str, ...], of: int) -> bool:
    found = [check_percentage(one, of).whole for one in printed]
    if not all(found):
        return False
    return sum(one[0] for one in found) <= of <= sum(one[-1] for one in found)


def _read(printed: str, of: int) -> Decimal:
    if of < 1:
        raise ValueError("a figure of nobody")
    try:
        value = Decimal(printed)
    except ArithmeticError:
        raise ValueError(f"{printed!r} is no number") from None
    if not value.is_finite() or value < 0:
        raise ValueError(f"{printed!r} is no figure that can be checked")
    return value


def _finding(value: Decimal, grain: Fraction, of: int, highest: int | None) -> Finding:
    """Whole multiples of `grain` within half a unit of the last printed decimal."""
    unit = Fraction(1, 10 ** decimals(value))
    exact = Fraction(value)
    low, high = ceil((exact - unit / 2) / grain), floor((exact + unit / 2) / grain)
    low, high = max(low, 0), high if highest is None else min(high, highest)
    whole = tuple(range(low, high + 1))
    around = () if whole else (floor(exact / grain), ceil(exact / grain))
    nearest = tuple(_printed(n * grain, decimals(value)) for n in around)
    return Finding(value, of, whole, nearest, tells=grain > unit)


def decimals(value: Decimal) -> int:
    """How many decimals are printed."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _printed(exact: Fraction, places: int) -> Decimal:
    """Rounded half up, as a report prints it."""
    scaled = floor(exact * 10**places + Fraction(1, 2))
    return Decimal(scaled).scaleb(-places)
