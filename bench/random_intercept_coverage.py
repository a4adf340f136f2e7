"""How often the interval of a random intercept holds the truth, beside the one by CR2.

`python -m bench.random_intercept_coverage [pilots]` draws that many pilots (1,000
unless told otherwise) per setting, as `coaches_coverage.py` does, and fits the model
change = mean + coach + person by REML, with Satterthwaite's degrees of freedom as
lmerTest computes them (from the curvature of the likelihood; where the coach's part is
0 only that of the persons is left). Printed are the share of 95% intervals that hold
the true mean change, how wide the interval of the model is beside that by CR2, in how
many pilots the likelihood finds no likeness at all, and the share of intervals of the
model that hold the truth in those. ADR 13 rests on it.
"""

import sys
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import stdtrit

from bench.coaches_coverage import PEOPLE, RESEMBLANCE, SHAPES, caseloads, changes
from trede.evaluation.comparison.groups import Codes
from trede.evaluation.estimate import Values
from trede.evaluation.missing_people.weighted_change import robust_mean

COACHES = (4, 5, 8, 13)
NO_LIKENESS, MOST_LIKENESS = 1e-6, 20.0


@dataclass(frozen=True)
class Sums:
    """What the likelihood knows of the data: people and mean by coach, and the spread
    within coaches."""

    sizes: Values
    means: Values
    within: float

    @property
    def n(self) -> float:
        return float(self.sizes.sum())


def sums_of(change: Values, codes: Codes) -> Sums:
    sizes = np.bincount(codes).astype(np.float64)
    means = np.bincount(codes, change) / sizes
    return Sums(sizes, means, float(((change - means[codes]) ** 2).sum()))


def deviance(person: float, coach: float, known: Sums) -> float:
    """-2 times the restricted log likelihood, by the two variances."""
    spread = person + known.sizes * coach
    weights = known.sizes / spread
    mean = (weights * known.means).sum() / weights.sum()
    return float(
        (known.n - len(known.sizes)) * np.log(person)
        + np.log(spread).sum()
        + np.log(weights.sum())
        + known.within / person
        + (weights * (known.means - mean) ** 2).sum()
    )


def person_variance(ratio: float, known: Sums) -> float:
    """The best one, when that of coaches is so many times as large."""
    weights = known.sizes / (1 + known.sizes * ratio)
    mean = (weights * known.means).sum() / weights.sum()
    between = (weights * (known.means - mean) ** 2).sum()
    return float((known.within + between) / (known.n - 1))


def fitted(known: Sums) -> tuple[float, float]:
    """The variance of persons and of coaches; the second may be 0."""

    def lost(ratio: float) -> float:
        person = person_variance(ratio, known)
        return deviance(person, ratio * person, known)

    found = minimize_scalar(lost, bounds=(0, MOST_LIKENESS), options={"xatol": 1e-8})
    ratio = float(found.x)
    if ratio < NO_LIKENESS or lost(0.0) <= float(found.fun):
        return person_variance(0.0, known), 0.0
    person = person_variance(ratio, known)
    return person, ratio * person


def variance_of_mean(person: float, coach: float, known: Sums) -> float:
    return float(1 / (known.sizes / (person + known.sizes * coach)).sum())


def degrees(person: float, coach: float, known: Sums) -> float:
    """Satterthwaite's: 2 V² / (g' C g), C the covariance of both variances."""
    if not coach:
        return known.n - 1
    at = np.array([person, coach])
    steps = np.diag(1e-3 * at)

    def lost(place: Values) -> float:
        return deviance(float(place[0]), float(place[1]), known)

    curve = np.empty((2, 2))
    for i, one in enumerate(steps):
        for j, other in enumerate(steps):
            ends = lost(at + one + other) - lost(at + one - other)
            ends += lost(at - one - other) - lost(at - one + other)
            curve[i, j] = ends / (4 * one[i] * other[j])
    weights = known.sizes / (person + known.sizes * coach)
    value = variance_of_mean(person, coach, known)
    slope = value**2 * np.array([(weights**2 / known.sizes).sum(), (weights**2).sum()])
    spread = float(slope @ (2 * np.linalg.inv(curve)) @ slope)
    return 2 * value**2 / spread if spread > 0 else known.n - 1


@dataclass(frozen=True)
class Interval:
    mean: float
    half: float

    @property
    def holds(self) -> bool:
        return abs(self.mean) <= self.half


def by_model(known: Sums) -> tuple[Interval, bool]:
    """The interval of the mean, and whether the likelihood found no likeness."""
    person, coach = fitted(known)
    weights = known.sizes / (person + known.sizes * coach)
    mean = float((weights * known.means).sum() / weights.sum())
    error = np.sqrt(variance_of_mean(person, coach, known))
    df = degrees(person, coach, known)
    return Interval(mean, float(stdtrit(df, 0.975) * error)), coach == 0


def by_cr2(change: Values, codes: Codes) -> Interval:
    found = robust_mean(change, None, codes.astype(np.str_))
    return Interval(found.value, float(stdtrit(found.df, 0.975) * found.variance**0.5))


def checked(rng: np.random.Generator) -> None:
    """With equal caseloads the model is that of the means by coach: its degrees of
    freedom are coaches - 1, its error theirs."""
    codes = caseloads(6, "equal")
    while True:
        known = sums_of(changes(rng, codes, 0.3), codes)
        person, coach = fitted(known)
        if coach:
            break
    error = np.sqrt(variance_of_mean(person, coach, known))
    assert abs(error - known.means.std(ddof=1) / np.sqrt(6)) < 1e-5
    assert abs(degrees(person, coach, known) - 5) < 0.01


def main() -> None:
    pilots = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    rng = np.random.default_rng(20261123)
    checked(rng)
    print(f"{pilots} pilots of {PEOPLE} people each")
    print(
        "coaches caseloads      icc  model    CR2  width  no likeness found  model then"
    )
    for shape in SHAPES:
        for coaches in COACHES:
            codes = caseloads(coaches, shape)
            for icc in RESEMBLANCE:
                models, errors, none = [], [], []
                for _ in range(pilots):
                    change = changes(rng, codes, icc)
                    model, found_none = by_model(sums_of(change, codes))
                    models.append(model)
                    none.append(found_none)
                    errors.append(by_cr2(change, codes))
                then = [one.holds for one, no in zip(models, none, strict=True) if no]
                width = np.median([one.half for one in models])
                width /= np.median([one.half for one in errors])
                print(
                    f"{coaches:7} {shape:13} {icc:5.2f}"
                    f" {np.mean([one.holds for one in models]):6.1%}"
                    f" {np.mean([one.holds for one in errors]):6.1%}"
                    f" {width:6.2f} {np.mean(none):18.1%} {np.mean(then):11.1%}"
                )


if __name__ == "__main__":
    main()
