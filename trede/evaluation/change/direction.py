"""Who went up, who stayed, who went down.

For an item of five categories or a ladder the plainest account of a change: of every
hundred people so many went up and so many down. The *net share up* is the difference.
It needs no numbers for categories, only their order.

The interval of the net share is Tango's score interval (1998) for two shares of the
same people: also with a few people, or when nobody went down, it stays within -1 and 1
and has about the level that it says. The test is the sign test: of those who moved,
did as many go up as down? It is exact (binomial).

Sources: Tango, Statistics in Medicine 17, 1998 (interval); Dixon and Mood, Journal of
the American Statistical Association 41, 1946 (sign test); Wilson, Journal of the
American Statistical Association 22, 1927 (shares one by one).
"""

from math import sqrt

from scipy.special import bdtr, ndtri

from trede.evaluation.change.pairs import ENOUGH_TO_TELL, Pairs, complete_pairs
from trede.evaluation.estimate import LEVEL, Estimate, Interval, Values
from trede.evaluation.proportions import share

Z = float(ndtri((1 + LEVEL) / 2))
# Halvings of -1 to 1: far below the last digit of a double.
HALVINGS = 64


def net_share_up(before: Values, after: Values) -> Estimate:
    """The share that went up minus the share that went down, from -1 to 1.

    Args:
        before, after: shape (people,), larger is higher; NaN is missing, incomplete
            pairs are counted.

    Returns:
        `sign_test_exact`: value and Tango's interval over all pairs, two-sided exact p
        over those who moved; no p (note `nothing_moves`) when nobody did. Note
        `cannot_reach_05` when fewer than six moved.

    Raises:
        CannotEstimate: `net_share_up`, `few_pairs`.
    """
    return net_direction(complete_pairs(before, after, what="net_share_up"))


def net_direction(pairs: Pairs) -> Estimate:
    """The same of complete pairs."""
    up, down, n = *moves(pairs), pairs.n
    return Estimate(
        "sign_test_exact",
        (up - down) / n,
        n,
        pairs.n_missing,
        interval=tango(up, down, n),
        p=even_odds(up, down) if up + down else None,
        notes=(*pairs.notes, *notes_on_moves(up + down)),
    )


def shares_by_direction(before: Values, after: Values) -> tuple[Estimate, ...]:
    """The shares that went up, stayed and went down, each with Wilson's interval.

    Returns:
        `share_up`, `share_same`, `share_down`: values from 0 to 1, adding up to 1.

    Raises:
        CannotEstimate: `shares_by_direction`, `few_pairs`.
    """
    return directions(complete_pairs(before, after, what="shares_by_direction"))


def directions(pairs: Pairs) -> tuple[Estimate, ...]:
    """The same of complete pairs."""
    up, down = moves(pairs)
    return tuple(
        share_estimate(f"share_{name}", count, pairs)
        for name, count in (("up", up), ("same", pairs.n - up - down), ("down", down))
    )


def share_estimate(method: str, count: int, pairs: Pairs) -> Estimate:
    """So many of the complete pairs, as a share from 0 to 1 with Wilson's interval."""
    found = share(count, pairs.n)
    if found is None:
        raise ValueError("a share of nobody")
    limits = Interval(found.low, found.high, "wilson")
    n, n_missing = pairs.n, pairs.n_missing
    return Estimate(
        method, found.value, n, n_missing, interval=limits, notes=pairs.notes
    )


def moves(pairs: Pairs) -> tuple[int, int]:
    """How many went up, and how many down."""
    return int((pairs.change > 0).sum()), int((pairs.change < 0).sum())


def even_odds(one: int, other: int) -> float:
    """Two-sided exact p that each of `one` + `other` was as likely as not.

    Twice the smaller tail of the binomial distribution with chance 1/2, at most 1.
    """
    return min(1.0, 2 * float(bdtr(min(one, other), one + other, 0.5)))


def notes_on_moves(moved: int) -> tuple[str, ...]:
    """What a reader must know when few moved."""
    if not moved:
        return ("nothing_moves",)
    return ("cannot_reach_05",) if moved < ENOUGH_TO_TELL else ()


def tango(up: int, down: int, n: int) -> Interval:
    """The differences of shares that the score test does not reject.

    Args:
        up, down: people who went up, and down.
        n: all people, those who stayed included.
    """
    return Interval(-_limit(down, up, n), _limit(up, down, n), "tango_score")


def _limit(up: int, down: int, n: int) -> float:
    """The upper limit: the largest difference at which the score is at least -z."""
    low, high = (up - down) / n, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _score(up, down, n, middle) > -Z:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _score(up: int, down: int, n: int, difference: float) -> float:
    """Tango's z for one supposed difference, with the share that goes down that is
    most likely under it (the positive root of his quadratic equation)."""
    gap = up - down - n * difference
    linear = -up - down + (2 * n - up + down) * difference
    constant = -down * difference * (1 - difference)
    root = (sqrt(max(0.0, linear**2 - 8 * n * constant)) - linear) / (4 * n)
    variance = n * (2 * root + difference * (1 - difference))
    if variance <= 0:
        return 0.0 if gap == 0 else gap * float("inf")
    return gap / sqrt(variance)
