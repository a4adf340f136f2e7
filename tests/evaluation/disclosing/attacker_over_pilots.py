"""An attacker with everything that is printed of three to six pilots.

They know who takes part: how many people each pilot has, and which answers there are.
They have the whole analysis as the report gets it: of every pilot its line, its table
and how many are missing; of all pilots together the same, with the mean of pilots, its
interval and p, tau, I², the next pilot, the mean without each pilot in turn; the ends
of the scale, refusals and notes. For each small number they list the ways to spread
people over pairs of answers in which it is none, or many, that add up to all that is
printed; one of which a whole analysis prints the same leaves the number open.

A second attacker knows the rules as well. They ask which figures are *not* there, and
which other pilot went along with the first: only worlds told letter for letter alike
are possible to them. The norm does not hold against what that says (a hidden number is
rarely nothing), but no number may follow, nor that it is small, nor that all are alike.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tests.evaluation.attackers import spreads
from tests.evaluation.disclosing.study import (
    Pair,
    analysis_of,
    asked,
    people_with,
    released_of,
)
from trede.evaluation.change.outcomes import OutcomeType as ChangeType
from trede.evaluation.disclosing.reading import Json, count, entries, text
from trede.evaluation.running.configuration import Configuration, Outcome
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import People

Spread = tuple[int, ...]  # people per pair of answers
World = Mapping[str, Spread]  # pilot -> its people
Numbers = NDArray[np.int64]
Choices = Mapping[str, Numbers]  # pilot -> the ways to spread its people, a row each
Fact = tuple[str, str]  # pilot, "" for all of them together, and which people
Wanted = Literal["none", "many", "not all"]

# Up, twice yes, down, twice no; said yes or no and left.
BOTH: tuple[Pair, ...] = ((0, 1), (1, 1), (1, 0), (0, 0))
LEFT: tuple[Pair, ...] = ((0, None), (1, None))
THRESHOLD = 5
LOWEST = {"ladder": 1, "likert": 1}
MOST_TRIED = 400
# By these an entry of the analysis is found again in that of another world.
NAMES = ("outcome", "contrast", "group", "method", "what", "kind", "moment", "name")
LISTS = ("outcomes", "estimates", "instrument", "refused", "precision", "sensitivity")
# Adjusted with others that may be hidden; why something is not there.
UNTOLD = ("p_holm", "p_bh", "suppressed", "why", "refused")
# More than any sum of people: several sums make one number.
BEYOND = 1_000


@cache
def ways(people: int, places: int) -> Numbers:
    return np.array(list(spreads(people, places)))


@dataclass(frozen=True)
class Study:
    """One outcome of two answers, and which pairs of them there can be."""

    kind: ChangeType
    pairs: tuple[Pair, ...] = BOTH

    @cached_property
    def asked(self) -> Configuration:
        low = LOWEST.get(self.kind, 0)
        outcome = Outcome("a", self.kind, scale=(low, low + 1))
        return asked(outcome, design=Design.SEVERAL_PILOTS)

    def people(self, world: World) -> People:
        low = LOWEST.get(self.kind, 0)
        answers: list[Pair] = []
        pilots: list[str] = []
        for pilot, spread in world.items():
            for (a, b), n in zip(self.pairs, spread, strict=True):
                pair = (a if a is None else a + low, b if b is None else b + low)
                answers += [pair] * n
                pilots += [pilot] * n
        return people_with({"a": answers}, self.asked, pilot=pilots)

    def analysis(self, world: World) -> Json:
        return analysis_of(self.people(world), self.asked)

    def told(self, world: World) -> Json:
        return released_of(self.people(world), self.asked)[0]

    @cached_property
    def counts(self) -> dict[str, Numbers]:
        """By name which pairs a number of people adds up."""

        def of(inside: Callable[[Pair], bool]) -> Numbers:
            return np.array([inside(pair) for pair in self.pairs], int)

        found = {
            "pairs": of(lambda p: None not in p),
            "up": of(lambda p: p == (0, 1)),
            "same": of(lambda p: p[0] == p[1]),
            "down": of(lambda p: p == (1, 0)),
        }
        for answer in (0, 1):
            given = np.array([[one == answer for one in pair] for pair in self.pairs])
            found[f"before {answer}"] = given[:, 0] * found["pairs"]
            found[f"after {answer}"] = given[:, 1] * found["pairs"]
            found[f"all before {answer}"] = given[:, 0].astype(int)
            found[f"left {answer}"] = given[:, 0] * (1 - found["pairs"])
            found[f"{answer} twice"] = given.all(axis=1).astype(int)
        return found

    def facts(self, world: World) -> dict[Fact, int]:
        """How many people each count is, of each pilot and of all of them."""
        every = {**world, "": tuple(np.sum(list(world.values()), axis=0))}
        return {
            (pilot, name): int(inside @ np.array(spread))
            for pilot, spread in every.items()
            for name, inside in self.counts.items()
        }


def agrees(told: Json, full: Json) -> bool:
    """Whether a world with this analysis could have been told so."""
    return all(
        any(_same(one, other) for other in _alike(one, entries(full, section)))
        for section in LISTS
        for one in entries(told, section)
        if section == "refused" or _alike(one, entries(full, section)) or _shown(one)
    ) and all(_same(told[part], full[part]) for part in ("flow", "attrition"))


def _alike(entry: Json, others: list[Json]) -> list[Json]:
    names = _names(entry)
    return [one for one in others if _names(one) == names]


def _shown(entry: Json) -> bool:
    return not entry.get("suppressed")


def _names(entry: Json) -> tuple[str, ...]:
    return tuple(text(entry, name) for name in NAMES)


def _same(told: object, full: object) -> bool:
    """Whether a figure is told as it is, to as many digits as it is told. What is not
    told, and why, is anything."""
    if isinstance(told, dict) and isinstance(full, dict):
        blank = told.get("suppressed") or told.get("notes") == ["test_withheld"]
        return all(
            _same(value, full.get(key))
            for key, value in told.items()
            if key not in (*UNTOLD, "notes" if blank else "")
            and not (blank and value == [])
        )
    if isinstance(told, list) and isinstance(full, list):
        return len(told) == len(full) and all(map(_same, told, full))
    if isinstance(told, float) and isinstance(full, float):
        shown = (float(f"{full:.{digits}g}") for digits in (2, 3))
        return abs(told - full) < 1e-9 or (told in shown)
    return told is None or told == full


@dataclass(frozen=True)
class Attacker:
    """Who holds what is told of a study, and knows how many each pilot has.

    `seed`: in which order worlds are tried. One that is told alike settles the matter,
    whichever it is; some take long to judge.
    """

    study: Study
    told: Json
    sizes: Mapping[str, int]
    seed: int = 1

    @cached_property
    def draws(self) -> np.random.Generator:
        return np.random.default_rng(self.seed)

    @cached_property
    def own(self) -> Choices:
        """Of each pilot the spreads that agree with the counts told of it alone."""
        found = {}
        for pilot, people in self.sizes.items():
            every = ways(people, len(self.study.pairs))
            for weights, total in self._counted(pilot):
                every = every[every @ weights == total]
            found[pilot] = every
        return found

    def _counted(self, group: str) -> Iterator[tuple[Numbers, int]]:
        """Sums over pairs of answers that are told of a pilot, or of all of them."""
        for level in entries(self.told, "outcomes"):
            if level["group"] == group:
                yield from self._of_level(level)
        for line in entries(self.told, "estimates"):
            if text(line, "contrast").endswith(f"/{group}") and line["headline"]:
                yield from self._of_headline(line)

    def _of_level(self, level: Json) -> Iterator[tuple[Numbers, int]]:
        counts, low = self.study.counts, LOWEST.get(self.study.kind, 0)
        for name in ("up", "same", "down"):
            if level.get(name) is not None:
                yield counts[name], count(level, name)
        if level["n"] is None:
            return
        yield counts["pairs"], count(level, "n")
        for name in ("before", "after"):
            if level[f"mean_{name}"] is not None:
                mean = float(str(level[f"mean_{name}"])) - low
                yield counts[f"{name} 1"], round(mean * count(level, "n"))

    def _of_headline(self, line: Json) -> Iterator[tuple[Numbers, int]]:
        """Of two answers every headline of a pilot is the share up less that down."""
        counts = self.study.counts
        if line["n"] is not None:
            yield counts["pairs"], count(line, "n")
        if line["estimate"] is not None:
            net = float(str(line["estimate"])) * count(line, "n")
            yield counts["up"] - counts["down"], round(net)

    @cached_property
    def sums(self) -> tuple[Numbers, Numbers]:
        """The sums told of all pilots together: weights, a column each, and totals."""
        found = list(self._counted(""))
        for one in entries(self.told, "instrument"):
            if one["kind"] == "ceiling" and not one["suppressed"]:
                name = "all before 1" if one["moment"] == "t0" else "after 1"
                n = round(float(str(one["value"])) * int(str(one["n"])))
                found.insert(0, (self.study.counts[name], n))
        kept: list[tuple[Numbers, int]] = []
        for told in found:
            weights = np.array([w for w, _ in (*kept, told)])
            # What follows from the others is no news.
            if np.linalg.matrix_rank(weights) == len(weights):
                kept.append(told)
        weights = np.array([w for w, _ in kept], int).reshape(-1, len(self.study.pairs))
        return weights.T, np.array([n for _, n in kept], int)

    def joint(self, choices: Choices) -> Iterator[World]:
        """Worlds of these spreads that add up to what is told of all pilots: a few for
        each of those of the first pilot, in no order."""
        weights, totals = self.sums
        digits = BEYOND ** np.arange(len(totals))
        made = {pilot: found @ weights @ digits for pilot, found in choices.items()}
        reached = [np.zeros(1, int)]
        for pilot in reversed(list(choices)[1:]):
            reached.insert(
                0, np.unique(np.add.outer(reached[0], np.unique(made[pilot])))
            )

        def rest(names: list[str], left: int) -> Iterator[dict[str, Spread]]:
            if not names:
                yield {}
                return
            name, others = names[0], reached[len(choices) - len(names)]
            fits = np.flatnonzero(np.isin(left - made[name], others))
            for place in self.draws.permutation(fits):
                spread = tuple(choices[name][place].tolist())
                for more in islice(rest(names[1:], left - made[name][place]), 2):
                    yield {name: spread, **more}

        for world in rest(list(choices), int(totals @ digits)):
            yield {pilot: world[pilot] for pilot in self.sizes}

    def narrowed(
        self, truth: World, only: Fact | None = None
    ) -> list[tuple[Fact, Wanted]]:
        """What a small number may still be and is seen not to be; and who are seen to
        be all alike. Of one fact only, where that is asked."""
        assert agrees(self.told, self.study.analysis(truth)), "the truth is possible"
        unmet, facts = [], [self.study.facts(truth)]
        for fact, wanted in self._demands(facts[0]):
            if only not in (None, fact) or any(map(_meets(fact, wanted), facts)):
                continue
            for world in islice(self._worlds(fact, wanted), MOST_TRIED):
                found = self.study.facts(world)
                if not _meets(fact, wanted)(found):
                    continue
                if agrees(self.told, self.study.analysis(world)):
                    facts.append(found)
                    break
            else:
                unmet.append((fact, wanted))
        return unmet

    def _demands(self, truth: Mapping[Fact, int]) -> Iterator[tuple[Fact, Wanted]]:
        """What the norm asks. Which way people went, and from which answer to which, is
        no answer: of that nobody may be certain of anybody."""
        for (pilot, name), n in truth.items():
            if 0 < n < THRESHOLD:
                if self._within_reach(pilot, name)[0] == 0:
                    yield (pilot, name), "none"
                of_ways = name in ("up", "same", "down") or name.endswith("twice")
                if not of_ways and self._within_reach(pilot, name)[1] >= THRESHOLD:
                    yield (pilot, name), "many"
            of_answers = not name.startswith(("pairs", "left", "all"))
            if of_answers and n and n == truth[pilot, "pairs"]:
                yield (pilot, name), "not all"

    def _within_reach(self, pilot: str, name: str) -> tuple[int, int]:
        """How few and how many they can be when nothing is told."""
        people = [self.sizes[pilot]] if pilot else list(self.sizes.values())
        found = [
            ways(n, len(self.study.pairs)) @ self.study.counts[name] for n in people
        ]
        return sum(int(n.min()) for n in found), sum(int(n.max()) for n in found)

    def _worlds(self, fact: Fact, wanted: Wanted) -> Iterator[World]:
        pilot, name = fact
        if pilot:
            first = {pilot: self._otherwise(self.own[pilot], name, wanted)}
            return self.joint(first | {p: o for p, o in self.own.items() if p != pilot})
        if wanted != "none":
            return self.joint(self.own)
        return self.joint(
            {p: self._otherwise(o, name, wanted) for p, o in self.own.items()}
        )

    def _otherwise(self, found: Numbers, name: str, wanted: Wanted) -> Numbers:
        counted = found @ self.study.counts[name]
        pairs = found @ self.study.counts["pairs"]
        kept = {
            "none": counted == 0,
            "many": counted >= THRESHOLD,
            "not all": counted < pairs,
        }
        chosen: Numbers = found[kept[wanted]]
        return chosen

    def given_away(self, truth: World, tries: int) -> list[Fact]:
        """What follows for who knows the rules: that a small number is small, or that
        all are alike."""
        facts = [self.study.facts(truth)]
        said = json.dumps(self.told)
        unsure: dict[Fact, list[Wanted]] = {}
        for fact, wanted in self._demands(facts[0]):
            unsure.setdefault(fact, []).append(wanted)

        def left() -> list[Fact]:
            return [
                fact
                for fact, wanted in unsure.items()
                if not any(
                    _meets(fact, one)(found) for one in wanted for found in facts
                )
            ]

        for tried in range(tries):
            if not (open_still := left()):
                break
            fact = open_still[tried % len(open_still)]
            world = self._near(truth, fact, unsure[fact][tried % len(unsure[fact])])
            if world and json.dumps(self.study.told(world)) == said:
                facts.append(self.study.facts(world))
        return left()

    def _near(self, truth: World, fact: Fact, wanted: Wanted) -> World | None:
        """Another world in which at most two pilots differ, as little as may be."""
        pilot = fact[0] or str(self.draws.choice(list(truth)))
        partner = str(self.draws.choice([p for p in truth if p != pilot]))
        choices = {p: np.array([spread]) for p, spread in truth.items()}
        if self.draws.random() < 0.7:
            choices[partner] = self.own[partner]
        choices[pilot] = self.own[pilot]
        if fact[0]:
            choices[pilot] = self._otherwise(self.own[pilot], fact[1], wanted)
        distance = np.abs(choices[pilot] - np.array(truth[pilot])).sum(axis=1)
        some = distance + self.draws.random(len(distance)) * self.draws.choice(
            [1, 9, 60]
        )
        choices[pilot] = choices[pilot][np.argsort(some)[:3]]
        return next(self.joint(choices), None)


def _meets(fact: Fact, wanted: Wanted) -> Callable[[Mapping[Fact, int]], bool]:
    def met(found: Mapping[Fact, int]) -> bool:
        n = found[fact]
        if wanted == "not all":
            return n < found[fact[0], "pairs"]
        return n == 0 if wanted == "none" else n >= THRESHOLD

    return met


def attacker_of(
    study: Study, world: World, told: Json | None = None, *, seed: int = 1
) -> Attacker:
    sizes = {pilot: sum(spread) for pilot, spread in world.items()}
    return Attacker(study, told or study.told(world), sizes, seed)
