"""When people were asked: how many in which circumstances, and what changed then.

Whoever was asked before a lockdown and again in the middle of one may answer otherwise
for that. The data tell the circumstances of each measurement by a code
(`circumstance_t0`, `circumstance_t1`), or its day (`day_t0`) where the configuration
names dated periods. Told is the change of each primary outcome by the circumstances of
both moments, without a test: nobody was divided over them by lot.

Of fewer than ten people no change is told by itself. Such combinations stand together,
with the next in size while they are still too few.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.missing_people.periods import in_period
from trede.evaluation.norms import default_norms
from trede.evaluation.running.asking import Refused, belonging, one_kind, refusal
from trede.evaluation.running.configuration import Configuration, Contrast, Outcome
from trede.evaluation.running.dated_periods import CODE
from trede.evaluation.running.laying_out import People, Words

# The circumstances of the earlier and of the later moment.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AskedIn:
    """How many people were asked at a moment in these circumstances."""

    moment: str
    level: str
    n: int


@dataclass(frozen=True, slots=True)
class ChangeIn:
    """The mean change of who was asked in any of `pairs`; `ci` by t."""

    pairs: tuple[Pair, ...]
    n: int
    estimate: float
    ci: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ByCircumstance:
    """One primary outcome, by the circumstances of both its moments."""

    outcome: str
    contrast: str
    n: int
    n_missing: int
    levels: tuple[ChangeIn, ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Empty when the data do not tell, or when all were asked in the same ones."""

    asked: tuple[AskedIn, ...] = ()
    figures: tuple[ByCircumstance, ...] = ()
    refused: tuple[Refused, ...] = ()


def circumstances(people: People, configuration: Configuration) -> Circumstances:
    """By moment how many, and by both moments what changed."""
    pairs = asked_in_pairs(people, configuration.contrasts[0])
    if len({code for pair in pairs for code in pair if code}) < 2:
        return Circumstances()
    figures, refused = [], []
    for group in one_kind(people, configuration.design):
        for outcome in people.outcomes:
            if not outcome.primary or outcome.type == "time":
                continue
            for contrast in configuration.contrasts:
                if not people.measured_at(contrast, outcome.code):
                    continue
                name = group.of(contrast.code)
                try:
                    levels, missing = _by_pair(people, outcome, contrast, group.who)
                except CannotEstimate as no:
                    refused.append(refusal(outcome.code, name, no))
                    continue
                n = sum(level.n for level in levels)
                figures.append(
                    ByCircumstance(outcome.code, name, n, missing, tuple(levels))
                )
    asked = tuple(_asked(pairs, configuration.contrasts[0]))
    return Circumstances(asked, tuple(figures), tuple(refused))


def asked_in_pairs(people: People, contrast: Contrast) -> Counter[Pair]:
    """How many who belong were asked in which circumstances at both moments; "" is not
    asked, or not known."""
    belongs = belonging(people)
    then, now = (_codes(people, m)[belongs] for m in (contrast.before, contrast.after))
    return Counter(zip(then.tolist(), now.tolist(), strict=True))


def _codes(people: People, moment: str) -> Words:
    column = f"{CODE}_{moment}"
    if column not in people.frame.columns:
        return np.full(people.n, "")
    return people.labels(column)


def _asked(pairs: Counter[Pair], contrast: Contrast) -> Iterator[AskedIn]:
    for place, moment in enumerate((contrast.before, contrast.after)):
        found: Counter[str] = Counter()
        for pair, n in pairs.items():
            found[pair[place]] += n
        for code, n in sorted(found.items(), key=lambda one: (-one[1], one[0])):
            if code:
                yield AskedIn(moment, code, n)


def _by_pair(
    people: People, outcome: Outcome, contrast: Contrast, who: np.ndarray
) -> tuple[list[ChangeIn], int]:
    then, now = (_codes(people, m)[who] for m in (contrast.before, contrast.after))
    before = people.of(outcome.code, contrast.before)[who]
    change = people.of(outcome.code, contrast.after)[who] - before
    asked = (then != "") & (now != "")
    known = asked & ~np.isnan(change)
    each = np.array([f"{a}\n{b}" for a, b in zip(then, now, strict=True)])
    bands = _enough(Counter(each[known].tolist()))
    if len(bands) < 2:
        raise CannotEstimate("by_period", why="one_period", needed=None)
    levels = [_change(band, change[known & np.isin(each, band)]) for band in bands]
    return levels, int((asked & ~known).sum())


def _enough(counts: Counter[str]) -> list[tuple[str, ...]]:
    """Combinations that hold ten people or more, those of fewer together."""
    least = 2 * default_norms().threshold
    ordered = sorted(counts, key=lambda one: (-counts[one], one))
    alone = [one for one in ordered if counts[one] >= least]
    rest = ordered[len(alone) :]
    while rest and alone and sum(counts[one] for one in rest) < least:
        rest = [alone.pop(), *rest]
    return [*((one,) for one in alone), *([tuple(rest)] if rest else [])]


def _change(band: Sequence[str], change: Values) -> ChangeIn:
    found = in_period(None, None, change)
    ends = found.interval
    pairs = ((one.split("\n")[0], one.split("\n")[1]) for one in band)
    return ChangeIn(
        tuple(pairs),
        found.n,
        found.mean or 0.0,
        (ends.low, ends.high) if ends else None,
    )
