"""Synthetic answers that reproduce every published figure of the Nijmegen pilot.

Nobody's answers: only the margins are real. Another seed gives other people with the
same figures. The 53 who take part meet the published tables exactly; of the nine who
left only background and language are published, and the rest of their answers is
borrowed, subject by subject, from participants.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from trede.demo.drawing import shuffled
from trede.demo.margins import FIGURES, NOT_ASKED, SKIPPED, Answer, Group
from trede.demo.origins import Columns, draw_background
from trede.demo.situation import draw_situation
from trede.demo.words import AT_INTAKE, draw_words

INELIGIBLE = "ineligible"
NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class IntakeAnswers:
    """One person's answers at the intake, by code; `left` says why a dropout left."""

    number: int
    group: Group
    left: str | None
    answers: Mapping[str, Answer]


def _countries(code: str) -> tuple[str, ...]:
    (band,) = [band for band in FIGURES.birthplaces if band.code == code]
    return band.countries


# Not in the present definition of the background criterion.
EUROPE = _countries("region_4")


def _rows(columns: Columns) -> list[dict[str, Answer]]:
    people = zip(*columns.values(), strict=True)
    return [dict(zip(columns, answers, strict=True)) for answers in people]


def _borrow(
    person: dict[str, Answer],
    participants: Sequence[Mapping[str, Answer]],
    subjects: Mapping[str, Columns],
    rng: np.random.Generator,
) -> None:
    """Take every subject whole from one participant, so that it stays consistent."""
    alike = [
        donor
        for donor, other in enumerate(participants)
        if other["children_at_home"] == person["children_at_home"]
    ]
    for columns in subjects.values():
        donor = int(rng.choice(alike))
        person.update({code: column[donor] for code, column in columns.items()})


def _draw_dropouts(
    participants: Sequence[Mapping[str, Answer]],
    subjects: Mapping[str, Columns],
    rng: np.random.Generator,
) -> list[dict[str, Answer]]:
    dropouts = _rows(draw_background("dropouts", rng))
    for person in dropouts:
        if person["dutch_reading"].missing:
            unanswered = {code: SKIPPED for part in subjects.values() for code in part}
            person.update(unanswered | {"debt_help": NOT_ASKED})
        else:
            _borrow(person, participants, subjects, rng)
    return dropouts


def _why_they_left(
    dropouts: Sequence[Mapping[str, Answer]], rng: np.random.Generator
) -> list[str]:
    """The person from Europe proved ineligible; who broke off no longer answered."""
    reasons: dict[int, str] = {}
    left = dict(FIGURES.people.dropout_left)
    for who, person in enumerate(dropouts):
        if person["dutch_reading"].missing:
            reasons[who] = NO_ANSWER
        elif person["birthplace"].value in EUROPE:
            reasons[who] = INELIGIBLE
    for reason in reasons.values():
        left[reason] -= 1
    rest = iter(shuffled([r for r, n in left.items() for _ in range(n)], rng))
    return [reasons.get(who) or next(rest) for who in range(len(dropouts))]


def draw_intake(seed: int) -> tuple[IntakeAnswers, ...]:
    """The 62 people with an intake: 53 participants, then the nine who left."""
    rng = np.random.default_rng([seed, 2020])
    background = draw_background("participants", rng)
    subjects = draw_situation(background, rng)
    subjects["words"] = draw_words(AT_INTAKE, FIGURES.people.participants, rng)
    columns = background | {c: a for part in subjects.values() for c, a in part.items()}
    participants = _rows(columns)
    dropouts = _draw_dropouts(participants, subjects, rng)
    stayed: list[tuple[Group, str | None]] = [("participants", None)] * len(
        participants
    )
    left: list[tuple[Group, str | None]] = [
        ("dropouts", reason) for reason in _why_they_left(dropouts, rng)
    ]
    people = zip(stayed + left, participants + dropouts, strict=True)
    return tuple(
        IntakeAnswers(number, group, reason, MappingProxyType(answers))
        for number, ((group, reason), answers) in enumerate(people, 1)
    )
