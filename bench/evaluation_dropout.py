"""What dropout does to figures of pilots of which the truth is known.

`python bench/evaluation_dropout.py [pilots]` draws that many pilots (300 unless told
otherwise) per setting. Who is in need improves less and leaves more often. Printed per
account: the mean error, and the share of intervals that hold the truth (95% is meant);
then the time of everything that is told about one outcome.

Pilots in which too few are left for any account are not counted.

Settings: `at random` leaving depends on need, which is known; `scale` the same with
whole answers from 0 to 10; `hidden` leaving depends on the change itself, which nobody
knows: weights and filled-in answers must then be wrong, bounds not.
"""

import sys
import time
from collections import defaultdict
from typing import Literal, NamedTuple

import numpy as np
from numpy.random import Generator

from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.missing_people.imputed import Asked, complete, imputed_change
from trede.evaluation.missing_people.outcomes import side_by_side

Leaving = Literal["at random", "scale", "hidden"]
CHANGE, EFFECT = 0.5, 0.6
SIZES = (40, 60, 120, 400)
# Without ends the scale is long enough for everybody, so that bounds can be shown.
SCALES = {"at random": None, "scale": (0.0, 10.0), "hidden": (-15.0, 25.0)}


class Pilot(NamedTuple):
    before: Values
    after: Values
    need: Values
    arm: Values


def pilot(rng: Generator, n: int, leaving: Leaving) -> Pilot:
    need, arm = rng.normal(size=n), np.tile([0.0, 1.0], n // 2)
    before, noise = 5 - need + rng.normal(size=n), rng.normal(size=n)
    change = CHANGE - 0.8 * need + EFFECT * arm + noise
    after = before + change
    if leaving == "scale":
        before, after = (np.clip(np.rint(one), 0, 10) for one in (before, after))
    pull = 1.2 * (change - CHANGE if leaving == "hidden" else need)
    gone = rng.random(n) < 1 / (1 + np.exp(0.8 - pull))
    return Pilot(before, np.where(gone, np.nan, after), need, arm)


def truth(leaving: Leaving) -> tuple[float, float]:
    """Change and effect; on the scale of whole answers out of a million people."""
    if leaving != "scale":
        return CHANGE + EFFECT / 2, EFFECT
    rng, n = np.random.default_rng(1), 1_000_000
    need, arm = rng.normal(size=n), np.tile([0.0, 1.0], n // 2)
    before = 5 - need + rng.normal(size=n)
    after = before + CHANGE - 0.8 * need + EFFECT * arm + rng.normal(size=n)
    change = np.clip(np.rint(after), 0, 10) - np.clip(np.rint(before), 0, 10)
    by_arm = [float(change[arm == side].mean()) for side in (0, 1)]
    return (by_arm[0] + by_arm[1]) / 2, by_arm[1] - by_arm[0]


def accounts(
    case: Pilot, rng: Generator, scale: tuple[float, float] | None
) -> list[tuple[str, int, float, float, float]]:
    """Name, 0 for change or 1 for effect, value, and the limits of the interval."""
    known = {"need": case.need}
    found = []
    for kind, arm in enumerate((None, case.arm)):
        laid = side_by_side(case.before, case.after, known, rng, scale=scale, arm=arm)
        for one in laid.estimates:
            if one.interval:
                limits = one.interval.low, one.interval.high
                found.append((one.method, kind, one.value, *limits))
        for bound in laid.bounds:
            limits = bound.interval.low, bound.interval.high
            found.append((bound.method, kind, (bound.low + bound.high) / 2, *limits))
    asked = Asked(case.before, case.after, known)
    matched = imputed_change(asked, complete(asked, rng, way="pmm"))
    if matched.interval:
        limits = matched.interval.low, matched.interval.high
        found.append(("mi_mean_change pmm", 0, matched.value, *limits))
    return found


def measure(leaving: Leaving, n: int, pilots: int) -> None:
    rng, true = np.random.default_rng(20), truth(leaving)
    errors, held = defaultdict(list), defaultdict(list)
    for _ in range(pilots):
        case = pilot(rng, n, leaving)
        try:
            found = accounts(case, rng, SCALES[leaving])
        except CannotEstimate:
            continue
        for name, kind, value, low, high in found:
            errors[name].append(value - true[kind])
            held[name].append(low <= true[kind] <= high)
    for name in errors:
        error, share = np.mean(errors[name]), np.mean(held[name])
        print(f"{leaving:10} {n:4} {name:28} {error:+8.3f} {share:8.3f}", flush=True)


def main(pilots: int) -> None:
    print(f"{'leaving':10} {'n':>4} {'account':28} {'error':>8} {'holds':>8}")
    settings: tuple[Leaving, ...] = ("at random", "scale", "hidden")
    for leaving in settings:
        for n in SIZES:
            measure(leaving, n, pilots)
    case, times = pilot(np.random.default_rng(1), 150, "scale"), []
    for _ in range(5):
        start = time.perf_counter()
        accounts(case, np.random.default_rng(1), (0, 10))
        times.append(time.perf_counter() - start)
    print(f"change and effect of 150 people: {min(times) * 1e3:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
