"""An attacker with the tables and the analysis, who lists every group that could be.

The tables count each group at the intake and afterwards; the analysis counts whoever
gave both answers. In between stand those who left, those who came later and those who
left and were asked again. Nothing small may be learnt of any of them, group by group.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.evaluation.attackers import spreads
from tests.evaluation.disclosing.study import (
    analysis_of,
    asked,
    people_with,
)
from tests.evaluation.disclosing.test_brute_force import Game
from tests.evaluation.people import Person, dataset, person
from trede.evaluation.disclosing.judging import lay_before
from trede.evaluation.disclosing.reading import Json, entries
from trede.evaluation.disclosure import protect
from trede.evaluation.results import Table
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.specification import Counts, each
from trede.evaluation.tables import build_tables

WORDS = {0: "no", 1: "yes", None: "?refused"}
ANSWERS = {word: answer for answer, word in WORDS.items()}
Answer = int | None
Answers = tuple[Answer, Answer]
Place = tuple[str, Answer, Answer]
Found = Mapping[str, Sequence[Answers]]  # group -> everybody's answers
DEBTS = asked(Outcome("debts", "binary"))
# Four counts of pairs as one number.
DIGITS = np.array([1, 100, 100**2, 100**3])
KINDS = {
    "both": tuple(product((0, 1), (0, 1))),
    "left": ((0, None), (1, None)),
    "came": ((None, 0), (None, 1)),
}


@dataclass(frozen=True)
class Report:
    """Everything that is printed, and how many people of which kind there are."""

    tables: tuple[Table, ...]
    analysis: Json
    found: Found

    @property
    def sizes(self) -> dict[tuple[str, str], int]:
        """How many of each group gave both answers, left or came: no secret."""
        return {
            (group, kind): sum(pair in cells for pair in pairs)
            for group, pairs in self.found.items()
            for kind, cells in KINDS.items()
        }

    def worlds(self) -> tuple[list[Place], NDArray[np.int64]]:
        """Every way to spread these over the answers, a row each."""
        places: list[Place] = []
        found = np.zeros((1, 0), dtype=np.int64)
        for (group, kind), n in self.sizes.items():
            cells = KINDS[kind]
            places += [(group, *cell) for cell in cells]
            more = np.array(list(spreads(n, len(cells))))
            found = np.hstack(
                [np.repeat(found, len(more), axis=0), np.tile(more, (len(found), 1))]
            )
        return places, found

    def possible(
        self, places: list[Place], every: NDArray[np.int64]
    ) -> NDArray[np.bool_]:
        """Those that agree with each cell of the tables and with the analysis."""
        fits = np.ones(len(every), bool)
        for table in self.tables:
            moment = 1 if table.wave == "T0" else 2
            for row, cell in table.cells():
                if (told := cell.value("n")) is not None:
                    inside = [
                        place[0] == cell.group and place[moment] == ANSWERS[row]
                        for place in places
                    ]
                    fits &= every @ np.array(inside, int) == told
        both = sum(n for (_, kind), n in self.sizes.items() if kind == "both")
        told_of = [{**e, "outcome": "a"} for e in entries(self.analysis, "outcomes")]
        public = {**self.analysis, "outcomes": told_of}
        game = Game("binary", (0, 1), public, both)
        allowed = [world @ DIGITS for world in game.possible() if game.fits(world)]
        weights = [
            DIGITS[KINDS["both"].index(place[1:])] if place[1:] in KINDS["both"] else 0
            for place in places
        ]
        return fits & np.isin(every @ np.array(weights, int), allowed)

    def narrowed(self) -> list[str]:
        """The small counts of which the attacker learns too much."""
        places, every = self.worlds()
        possible = every[self.possible(places, every)]
        truth = np.array(
            [
                sum(pair == place[1:] for pair in self.found[place[0]])
                for place in places
            ]
        )
        assert (possible == truth).all(axis=1).any(), "the truth must be possible"
        return [
            name
            for name, inside in counts(places)
            if 0 < truth @ inside < 5
            and not (
                (possible @ inside == 0).any()
                and (possible @ inside).max() >= min(5, (every @ inside).max())
            )
        ]


def counts(places: list[Place]) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """What nobody may learn of a group, and of all of them together."""
    for group in ("participants", "dropouts", "everybody"):
        for answer in (0, 1):
            for kind, cells in KINDS.items():
                for name, moment in (("before", 0), ("after", 1)):
                    inside = [
                        group in (place[0], "everybody")
                        and place[1:] in cells
                        and place[1:][moment] == answer
                        for place in places
                    ]
                    yield f"{group} {kind} {name} {answer}", np.array(inside, int)


def report(found: Found, *told: tuple[str, str]) -> Report:
    """A report with a table of debts at each wave and group that is told."""
    rows: list[Person] = []
    pairs: list[Answers] = []
    persons: list[str] = []
    for group, given in found.items():
        for answers in given:
            number = f"p{len(persons)}"
            waves = zip(("T0", "T1"), answers, strict=True)
            rows += [
                {**person(group, wave, debts=WORDS[one]), "person": number}
                for wave, one in waves
                if one is not None
            ]
            persons.append(number)
            pairs.append(answers)
    people = people_with({"debts": pairs}, DEBTS, person=persons)
    data = dataset(rows)
    judged = lay_before(people, DEBTS, analysis_of(people, DEBTS), dataset=data)
    tables = build_tables(
        data,
        [
            Counts(
                f"debts_{n}", "background", wave, (group,), "debts", each("yes", "no")
            )
            for n, (wave, group) in enumerate(told)
        ],
    )
    released = protect(tables, judged.claims)
    return Report(released.tables, judged.public(released), found)


def times(**numbers: int) -> list[Answers]:
    """`times(yn=3, y_=2)`: three went from yes to no, two said yes and left."""
    answer = {"y": 1, "n": 0, "_": None}
    return [
        (answer[name[0]], answer[name[1]])
        for name, n in numbers.items()
        for _ in range(n)
    ]


def test_who_left_is_hidden_group_by_group() -> None:
    """Of all who left six had debts and seven had none; of the participants among them
    two had, and the table counts participants."""
    found = {
        "participants": times(nn=5, ny=5, yn=5, yy=5, y_=2, n_=3),
        "dropouts": times(y_=4, n_=4),
    }
    assert report(found, ("T0", "participants")).narrowed() == []


def test_who_left_and_was_asked_again_is_hidden() -> None:
    """No participant is missing afterwards, so that the analysis less the table is the
    dropouts who were asked again."""
    found = {
        "participants": times(nn=5, ny=5, yn=5, yy=5),
        "dropouts": times(nn=1, yy=2, y_=5, n_=1),
    }
    assert report(found, ("T0", "participants")).narrowed() == []


def test_who_came_later_is_hidden() -> None:
    """The table of afterwards counts three whom the analysis does not."""
    found = {
        "participants": [
            *times(nn=5, ny=5, yn=5, yy=5),
            (None, 1),
            (None, 0),
            (None, 0),
        ]
    }
    assert (
        report(found, ("T0", "participants"), ("T1", "participants")).narrowed() == []
    )


@pytest.mark.parametrize("seed", [0, 1, 3, 7])
def test_tables_and_analysis_together_narrow_no_small_count(seed: int) -> None:
    rng = np.random.default_rng(seed)

    def some(n: int, kind: str) -> list[Answers]:
        cells = KINDS[kind]
        shares = rng.dirichlet(np.full(len(cells), 2.0))
        return [cells[c] for c in rng.choice(len(cells), n, p=shares)]

    found = {"participants": [*some(8 + seed // 2, "both"), *some(5, "left")]}
    if seed % 2:
        found["participants"] += some(5, "came")
    else:
        found["dropouts"] = [*some(3, "both"), *some(6, "left")]
    told = [("T0", "participants"), ("T0", "dropouts"), ("T1", "participants")]
    assert report(found, *(one for one in told if one[1] in found)).narrowed() == []
