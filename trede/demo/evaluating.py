"""Simulated answers at the evaluation (T1), with a truth that is known.

The interim report of 2021 withheld these figures, so nothing here reproduces anything:
`truth.toml` says what happens to people, and `true_changes` works out exactly what an
analysis should find. Every screen with these answers says that they are simulated.
"""

import json
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from statistics import NormalDist, fmean
from types import MappingProxyType

import numpy as np

from trede.demo.answers import IntakeAnswers
from trede.demo.margins import FIGURES, FOLDER, NOT_ASKED, YES, Answer, Missing
from trede.demo.words import AT_EVALUATION, draw_words

# Of the thirty who were still guided at the interim report: our choice.
EVALUATED_LATER = 20
NO = Answer("no")
REFUSED = Answer(missing=Missing.REFUSED)


@dataclass(frozen=True, slots=True)
class Moves:
    """The chance of every move on a scale; `turned` where lower goes with better."""

    low: int
    high: int
    chances: tuple[tuple[int, float], ...]
    turned: bool

    def after(self, before: int, luck: float) -> int:
        """Where somebody ends whose luck is at this place between 0 and 1."""
        below = list(accumulate(chance for _, chance in self.chances))
        place = min(bisect_right(below, luck), len(below) - 1)
        move = self.chances[place][0]
        return min(max(before + move, self.low), self.high)

    def expected(self, before: int) -> float:
        """The mean place after one of these moves, the ends of the scale counted in."""
        return sum(
            chance * min(max(before + move, self.low), self.high)
            for move, chance in self.chances
        )


@dataclass(frozen=True, slots=True)
class Turnover:
    """The chance that something begins where it was not, and lasts where it was."""

    begins: float
    lasts: float
    hours: tuple[int, int] = (0, 0)

    def chance(self, *, had_it: bool) -> float:
        return self.lasts if had_it else self.begins


@dataclass(frozen=True, slots=True)
class Truth:
    """What the demo makes happen to people between intake and evaluation."""

    steps: Mapping[str, Moves]
    yes: Mapping[str, Turnover]
    hours: Mapping[str, Turnover]
    looking_back: Mapping[str, tuple[tuple[Answer, ...], tuple[float, ...]]]
    refused: float
    together: float
    debt_help: float


@dataclass(frozen=True, slots=True)
class TrueChange:
    """Among these people: the mean or share at the intake, and the true one at T1."""

    code: str
    measure: str
    n: int
    at_intake: float
    at_evaluation: float

    @property
    def change(self) -> float:
        return self.at_evaluation - self.at_intake


@dataclass(frozen=True, slots=True)
class EvaluationAnswers:
    """One person's simulated answers at the evaluation, by code."""

    number: int
    answers: Mapping[str, Answer]


def _read_truth() -> Truth:
    data = tomllib.loads((FOLDER / "truth.toml").read_text(encoding="utf-8"))
    profiles = {
        name: tuple(sorted((int(move), chance) for move, chance in chances.items()))
        for name, chances in data["profiles"].items()
    }
    return Truth(
        steps={
            code: Moves(
                low=entry["scale"][0],
                high=entry["scale"][1],
                chances=profiles[profile],
                turned=entry["turned"],
            )
            for entry in data["steps"]
            for code, profile in entry["codes"].items()
        },
        yes={code: Turnover(**entry) for code, entry in data["yes"].items()},
        hours={
            code: Turnover(entry["begins"], entry["lasts"], tuple(entry["hours"]))
            for code, entry in data["hours"].items()
        },
        looking_back={
            code: (tuple(map(Answer, entry["values"])), tuple(entry["chances"]))
            for code, entry in data["looking_back"].items()
        },
        **data["chances"],
    )


TRUTH = _read_truth()


def choose_evaluated(intake: Iterable[IntakeAnswers], seed: int) -> tuple[int, ...]:
    """The numbers of the participants whose evaluation has been held."""
    rng = np.random.default_rng([seed, 23])
    numbers = [person.number for person in intake if person.group == "participants"]
    chosen = rng.choice(numbers, size=FIGURES.people.evaluated, replace=False)
    return tuple(sorted(chosen.tolist()))


def choose_evaluated_later(
    intake: Iterable[IntakeAnswers], evaluated: Iterable[int], seed: int
) -> tuple[int, ...]:
    """Who of the others holds the evaluation in the end; some never do."""
    done = set(evaluated)
    rng = np.random.default_rng([seed, 43])
    numbers = [p.number for p in intake if p.group == "participants"]
    others = [number for number in numbers if number not in done]
    number = min(EVALUATED_LATER, len(others))
    return tuple(sorted(rng.choice(others, size=number, replace=False).tolist()))


def _move_steps(
    before: Mapping[str, Answer], rng: np.random.Generator
) -> dict[str, Answer]:
    """One person's moves partly go together, without changing the chance of any."""
    own = rng.normal()
    shared, apart = TRUTH.together**0.5, (1 - TRUTH.together) ** 0.5
    after: dict[str, Answer] = {}
    for code, moves in TRUTH.steps.items():
        luck = NormalDist().cdf(shared * own + apart * rng.normal())
        if before[code].missing or rng.random() < TRUTH.refused:
            after[code] = before[code] if before[code].missing else REFUSED
        else:
            luck = 1 - luck if moves.turned else luck
            after[code] = Answer(moves.after(before[code].number, luck))
    return after


def _turn_over_yes(
    before: Mapping[str, Answer], rng: np.random.Generator
) -> dict[str, Answer]:
    after: dict[str, Answer] = {}
    for code, turnover in TRUTH.yes.items():
        happens = rng.random() < turnover.chance(had_it=before[code] == YES)
        answered = before[code].missing is None
        after[code] = (YES if happens else NO) if answered else before[code]
    return after


def _follow_debts(
    before: Mapping[str, Answer], debts: Answer, rng: np.random.Generator
) -> dict[str, Answer]:
    """Help with debts and the financial situation go along with the debts."""
    situation = before["financial_situation"]
    if debts != before["debts"]:
        situation = Answer("debts_grow" if debts == YES else "gets_by")
    helped = before["debt_help"] == YES or rng.random() < TRUTH.debt_help
    asked = debts == YES
    return {
        "debt_help": (YES if helped else NO) if asked else NOT_ASKED,
        "financial_situation": situation,
    }


def _turn_over_hours(
    before: Mapping[str, Answer], rng: np.random.Generator
) -> dict[str, Answer]:
    after: dict[str, Answer] = {}
    for code, turnover in TRUTH.hours.items():
        had_it = isinstance(before[code].value, int)
        happens = rng.random() < turnover.chance(had_it=had_it)
        low, high = turnover.hours
        if happens and had_it:
            after[code] = Answer(max(1, before[code].number + int(rng.integers(-2, 3))))
        elif happens:
            after[code] = Answer(int(rng.integers(low, high + 1)))
        else:
            after[code] = Answer("not") if had_it else before[code]
    return after


def _look_back(rng: np.random.Generator) -> dict[str, Answer]:
    answers = {
        code: given[int(rng.choice(len(given), p=chances))]
        for code, (given, chances) in TRUTH.looking_back.items()
    }
    if answers["other_organisations"] != YES:
        answers["other_organisations_help"] = NOT_ASKED
    return answers


def simulate_evaluation(
    intake: Sequence[IntakeAnswers],
    seed: int,
    *,
    evaluated: Sequence[int] | None = None,
) -> tuple[EvaluationAnswers, ...]:
    """Answers at T1 of those evaluated: chosen by the seed, or named by number."""
    chosen = choose_evaluated(intake, seed) if evaluated is None else evaluated
    before = {person.number: person.answers for person in intake}
    rng = np.random.default_rng([seed, 2021])
    words = draw_words(AT_EVALUATION, len(chosen), rng)
    simulated = []
    for place, number in enumerate(chosen):
        old = before[number]
        turned = _turn_over_yes(old, rng)
        answers = (
            _move_steps(old, rng)
            | turned
            | _follow_debts(old, turned["debts"], rng)
            | _turn_over_hours(old, rng)
            | _look_back(rng)
            | {code: column[place] for code, column in words.items()}
        )
        simulated.append(EvaluationAnswers(number, MappingProxyType(answers)))
    return tuple(simulated)


def true_changes(
    intake: Iterable[IntakeAnswers], evaluated: Iterable[int]
) -> tuple[TrueChange, ...]:
    """What is true of these people: exact expectations, not estimates."""
    chosen = set(evaluated)
    people = [person.answers for person in intake if person.number in chosen]
    changes = []
    for code, moves in TRUTH.steps.items():
        held = [a[code].number for a in people if not a[code].missing]
        after = fmean(map(moves.expected, held))
        changes.append(TrueChange(code, "mean", len(held), fmean(held), after))
    for code, turnover in {**TRUTH.yes, **TRUTH.hours}.items():
        # An hours question left open counts as not named, as in the published table.
        answers = [
            a[code] for a in people if code in TRUTH.hours or not a[code].missing
        ]
        had = [a == YES or isinstance(a.value, int) for a in answers]
        after = fmean(turnover.chance(had_it=had_it) for had_it in had)
        changes.append(TrueChange(code, "share", len(had), fmean(had), after))
    return tuple(changes)


def truth_as_json(
    intake: Sequence[IntakeAnswers],
    evaluated: Iterable[int],
    also: Iterable[TrueChange] = (),
) -> str:
    """The truth written out, to be kept beside the demo pilot."""
    changes = (*true_changes(intake, evaluated), *also)
    return json.dumps(
        {
            "simulated": True,
            "what": "true mean or share at the evaluation of those evaluated",
            "outcomes": [asdict(c) | {"change": c.change} for c in changes],
        },
        indent=2,
    )
