"""How often the intervals of a synthesis hold the truth, and how fast one is made.

`python bench/synthesis_coverage.py [syntheses]` draws that many per setting (1,000
unless told otherwise). Printed per number of pilots and per tau (in points; a pilot of
fifty people has an error of about 0.28): the share of 95% intervals that hold the mean,
of the headline, the plain form, and the fixed effect, and the share of prediction
intervals that hold the true figure of a next pilot.
"""

import sys
import time
from itertools import product

import numpy as np

from trede.evaluation.estimate import Interval
from trede.evaluation.synthesis.heterogeneity import reml
from trede.evaluation.synthesis.random_effects import (
    hartung_knapp,
    prediction,
    random_effects,
)
from trede.evaluation.synthesis.studies import Studies, fixed_effect, studies

TRUTH = 0.5


def drawn(rng: np.random.Generator, k: int, tau: float) -> Studies:
    """Pilots of 20 to 120 people; errors are estimated from the people, as they are."""
    people = rng.integers(20, 120, k)
    true_errors = 2 / np.sqrt(people)
    errors = true_errors * np.sqrt(rng.chisquare(people - 1) / (people - 1))
    return studies(rng.normal(TRUTH, np.hypot(true_errors, tau)), errors)


def holds(interval: Interval | None, truth: float) -> bool:
    return interval is not None and interval.low <= truth <= interval.high


def setting(k: int, tau: float, times: int) -> str:
    rng, held = np.random.default_rng(1), np.zeros(4)
    for _ in range(times):
        found = drawn(rng, k, tau)
        tau2 = reml(found)
        headline = random_effects(found, tau2)
        following = rng.normal(TRUTH, tau)
        held += (
            holds(headline.interval, TRUTH),
            holds(hartung_knapp(found, tau2).interval, TRUTH),
            holds(fixed_effect(found).interval, TRUTH),
            holds(prediction(found, tau2, headline).interval, following),
        )
    return "  ".join(f"{share:6.1%}" for share in held / times)


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print("k   tau   headline plain   fixed   next pilot")
    start = time.perf_counter()
    for k, tau in product((3, 5, 8, 12), (0.0, 0.2, 0.5)):
        print(f"{k:<3} {tau:<5} {setting(k, tau, times)}")
    each = (time.perf_counter() - start) / (12 * times)
    print(f"{1000 * each:.2f} ms per synthesis")


if __name__ == "__main__":
    main()
