"""From the list to the last measurement: how many are left, and why the others are not.

Whoever proves not to belong after all (ineligible) did not drop out: nobody can leave
what was never meant for them. Sources print one figure in which they are mixed with
those who stopped and those who no longer answered. Both figures stand here side by
side: *mixed*, of everybody who began, and *net*, of those who belong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from trede.evaluation.comparison.groups import Who
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.proportions import Share, share

CountsAs = Literal["completed", "dropout", "ineligible", "other"]

# Who left without anybody knowing why did leave.
UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Step:
    """People at one step of the way.

    `n` reached it, `lost` of the step before did not, `joined` reached it without the
    step before. `of_first` and `of_previous` are None when there nobody was.
    """

    code: str
    n: int
    lost: int
    joined: int
    of_first: Share | None
    of_previous: Share | None


@dataclass(frozen=True, slots=True)
class Exit:
    """One reason for leaving: `n` people, and on which side of the figures they are."""

    reason: str
    counts_as: CountsAs
    n: int


@dataclass(frozen=True, slots=True)
class Dropouts:
    """Who left.

    `mixed`: everybody who left for whatever reason but completion, of all who began.
    `net`: who dropped out, of all who belong (who left for another reason, such as
    moving, belongs but did not drop out); None when nobody belongs. `exits` most
    frequent first.
    """

    began: int
    stayed: int
    dropped: int
    ineligible: int
    otherwise: int
    mixed: Share
    net: Share | None
    exits: tuple[Exit, ...]


def flow(steps: Mapping[str, Who]) -> tuple[Step, ...]:
    """The numbers of a flow diagram.

    Args:
        steps: code -> shape (people,), True for who reached it, in order; the first is
            usually everybody on the list.

    Raises:
        ValueError: steps of different people.
        CannotEstimate: `flow`, `no_steps`.
    """
    if not steps:
        raise CannotEstimate("flow", why="no_steps", has=0, needed=1)
    reached = {code: np.asarray(who, np.bool_) for code, who in steps.items()}
    shapes = {who.shape for who in reached.values()}
    if len(shapes) > 1:
        raise ValueError(f"not the same people: shapes {sorted(shapes)}")
    first = before = next(iter(reached.values()))
    found = []
    for code, who in reached.items():
        found.append(
            Step(
                code=code,
                n=int(who.sum()),
                lost=int((before & ~who).sum()),
                joined=int((who & ~before).sum()),
                of_first=share(int((who & first).sum()), int(first.sum())),
                of_previous=share(int((who & before).sum()), int(before.sum())),
            )
        )
        before = who
    return tuple(found)


def dropouts(
    reasons: Sequence[str | None], counts_as: Mapping[str, CountsAs]
) -> Dropouts:
    """Who left and why, with the mixed figure and the net one.

    Args:
        reasons: per person who began, the code of the reason for leaving; None for who
            stayed, "" for who left for a reason that nobody knows (a dropout).
        counts_as: reason -> its side. `completed` is no exit at all: finished early.

    Raises:
        CannotEstimate: `dropouts`, `nobody_began`.
        ValueError: a reason without a side, or a side that does not exist.
    """
    if not reasons:
        raise CannotEstimate("dropouts", why="nobody_began", has=0, needed=1)
    sides: dict[str, CountsAs] = {UNKNOWN: "dropout", **counts_as}
    strange = {r for r in reasons if r is not None and r not in sides}
    if strange or not set(sides.values()) <= set(get_args(CountsAs)):
        raise ValueError(f"reasons without a side: {sorted(strange)}; sides: {sides}")
    exits = _exits(reasons, sides)
    n = {side: 0 for side in get_args(CountsAs)}
    for one in exits:
        n[one.counts_as] += one.n
    began = len(reasons)
    gone = n["dropout"] + n["ineligible"] + n["other"]
    mixed = share(gone, began)
    if mixed is None:
        raise ValueError("a share of nobody")
    return Dropouts(
        began=began,
        stayed=began - gone,
        dropped=n["dropout"],
        ineligible=n["ineligible"],
        otherwise=n["other"],
        mixed=mixed,
        net=share(n["dropout"], began - n["ineligible"]),
        exits=exits,
    )


def _exits(
    reasons: Sequence[str | None], sides: Mapping[str, CountsAs]
) -> tuple[Exit, ...]:
    given = [reason for reason in reasons if reason is not None]
    exits = (Exit(reason, side, given.count(reason)) for reason, side in sides.items())
    return tuple(sorted((e for e in exits if e.n), key=lambda e: (-e.n, e.reason)))
