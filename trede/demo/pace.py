"""How long an invented person takes over each question, and where they ask what is
meant.

Real people's times are not known to us: these are invented, so that the screens of the
researcher have something to show. Hours of a week take longest and are asked about
most, as coaches said of the pilot.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zlib import crc32

import numpy as np

from trede.questionnaires.definition import Kind, PartKind, Question
from trede.questionnaires.models import Answer, Sitting, SittingMoment
from trede.questionnaires.publishing import written_of

# Seconds that half of the people need; a choice needs fewer than a number.
SECONDS: Mapping[Kind, float] = {
    Kind.HOURS: 26,
    Kind.TEXT: 45,
    Kind.MULTIPLE: 18,
    Kind.NUMBER: 16,
    Kind.YEAR: 14,
    Kind.COUNTRY: 18,
}
A_CHOICE = 11.0
# Of a hundred people who may ask, so many do at such a question.
ASK: Mapping[Kind, float] = {Kind.HOURS: 0.14, Kind.MULTIPLE: 0.08}
ASK_ELSE = 0.03
CHECKING = timedelta(seconds=50)


def spread_out(sitting: Sitting, began_at: datetime) -> datetime:
    """Give every answer a moment of its own; the moment at which somebody is done."""
    part = written_of(sitting.questionnaire).part(PartKind.CORE)
    questions = part.questions if part else ()
    rows = {row.question: row for row in sitting.answers.filter(part="core")}
    told = "".join(f"{code}={row.value};" for code, row in sorted(rows.items()))
    rng = np.random.default_rng(crc32(told.encode()))
    tempo = float(rng.lognormal(0, 0.35))
    now, given, asked = began_at, list[Answer](), list[SittingMoment]()
    for question in questions:
        row = rows.get(question.code)
        if row is None:
            continue
        if _asks(sitting, question, rng):
            asked.append(_explanation(sitting, question, now))
        usual = SECONDS.get(question.kind, A_CHOICE)
        seconds = usual * tempo * float(rng.lognormal(0, 0.4))
        now += timedelta(seconds=seconds)
        row.at = now
        given.append(row)
    Answer.objects.bulk_update(given, ["at"])
    SittingMoment.objects.bulk_create(asked)
    return now + CHECKING


def _asks(sitting: Sitting, question: Question, rng: np.random.Generator) -> bool:
    chance = ASK.get(question.kind, ASK_ELSE)
    return bool(rng.random() < chance) and sitting.mode == Sitting.Mode.EXPLAINED


def _explanation(sitting: Sitting, question: Question, at: datetime) -> SittingMoment:
    return SittingMoment(
        sitting=sitting,
        kind=SittingMoment.Kind.EXPLANATION,
        question=question.code,
        at=at,
    )
