"""How often an interval by coach holds the truth, beside the one without coaches.

`python bench/coaches_coverage.py [pilots]` draws that many pilots (1,000 unless told
otherwise) per setting, of sixty people whose changes resemble each other within a
caseload, and prints the share of intervals that hold the true mean change (95% is
meant), how much wider the one by coach is, and how often the wild bootstrap finds p at
most .05 where nothing changed (5% is meant). ADR 11 rests on it.
"""

import sys
from dataclasses import dataclass

import numpy as np

from trede.evaluation.change.mean_change import paired_t
from trede.evaluation.change.pairs import complete_pairs
from trede.evaluation.comparison.groups import ENOUGH_TO_TELL, Codes
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.telling import FEW_CLUSTERS
from trede.evaluation.comparison.wild_bootstrap import SignDraws
from trede.evaluation.estimate import Estimate, Values
from trede.evaluation.missing_people.weighted_change import robust_mean, told_mean

PEOPLE = 60
COACHES = (3, 4, 5, 6, 8, 10, 13)
RESEMBLANCE = (0.0, 0.05, 0.1)
SHAPES = ("equal", "by rank", "one has half")


@dataclass
class Held:
    """Shares of pilots, and the widths by coach beside those without."""

    without: float
    by_coach: float
    wider: float
    wild: float | None


def caseloads(coaches: int, shape: str) -> Codes:
    """Who has which coach, shape (people,)."""
    parts = np.ones(coaches)
    if shape == "by rank":
        parts = 1 / np.arange(1, coaches + 1)
    if shape == "one has half":
        parts[0] = coaches - 1
    ends = np.rint(np.cumsum(parts) / parts.sum() * PEOPLE).astype(int)
    return np.repeat(np.arange(coaches), np.diff(ends, prepend=0)).astype(np.int64)


def changes(rng: np.random.Generator, codes: Codes, icc: float) -> Values:
    own = rng.normal(size=codes.max() + 1)[codes]
    alone = rng.normal(size=len(codes))
    return np.asarray(np.sqrt(icc) * own + np.sqrt(1 - icc) * alone)


def holds(found: Estimate) -> bool:
    limits = found.interval
    return limits is not None and limits.low <= 0 <= limits.high


def width(found: Estimate) -> float:
    limits = found.interval
    return limits.high - limits.low if limits else float("nan")


def held(rng: np.random.Generator, codes: Codes, icc: float, pilots: int) -> Held:
    plain, coached, wild = [], [], []
    tells = ENOUGH_TO_TELL <= codes.max() + 1 < FEW_CLUSTERS
    for _ in range(pilots):
        change = changes(rng, codes, icc)
        pairs = complete_pairs(np.zeros(len(change)), change, what="bench")
        plain.append(paired_t(pairs))
        mean = robust_mean(pairs.change, None, codes.astype(np.str_))
        coached.append(told_mean("by_coach", mean, pairs.n, 0))
        if tells:
            fit = least_squares(np.ones((pairs.n, 1)), pairs.change)
            wild.append(SignDraws(fit, pairs.change, codes, 0).p(0.0) <= 0.05)
    return Held(
        float(np.mean([holds(one) for one in plain])),
        float(np.mean([holds(one) for one in coached])),
        float(np.median([width(one) for one in coached]))
        / float(np.median([width(one) for one in plain])),
        float(np.mean(wild)) if tells else None,
    )


def main() -> None:
    pilots = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    rng = np.random.default_rng(20261122)
    print(f"{pilots} pilots of {PEOPLE} people each")
    print("coaches caseloads      df   icc  without  by coach  wider  wild p <= .05")
    for shape in SHAPES:
        for coaches in COACHES:
            codes = caseloads(coaches, shape)
            df = robust_mean(np.arange(60.0), None, codes.astype(np.str_)).df
            for icc in RESEMBLANCE:
                one = held(rng, codes, icc, pilots)
                wild = "" if one.wild is None else f"{one.wild:13.1%}"
                print(
                    f"{coaches:7} {shape:13} {df:4.1f} {icc:5.2f} {one.without:8.1%}"
                    f" {one.by_coach:9.1%} {one.wider:6.2f} {wild}"
                )


if __name__ == "__main__":
    main()
