"""What may be told of how well the questions did.

Reliability and differences between ways of asking are models over many answers: they
ask for enough people in each way. The reasons for which an answer is missing are
counts: when one of an item is small all of them go, as together they are the number
who kept silent, which is told. Floors and ceilings are counts of answers and are
judged with those.

Beside tables none of these is told of an item. The tables count the participants, the
figures here everybody who was measured: who left stands in between, answer by answer.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.disclosing.reading import (
    Json,
    count,
    entries,
    instrument_key,
    text,
)
from trede.evaluation.norms import Norms
from trede.evaluation.running.asking import belonging
from trede.evaluation.running.laying_out import People

# One reason each: `nonresponse_refused`. That of all together is told.
BY_REASON = "nonresponse_"


def instrument_ruled_out(
    people: People, analysis: Json, norms: Norms, *, beside_tables: bool
) -> Iterator[tuple[str, str]]:
    """The figures about questions that rest on too few people, or that differ from a
    table by a few."""
    least = 2 * norms.threshold
    belongs = belonging(people)
    few_silent = _few_silent(analysis, norms)
    for entry in entries(analysis, "instrument"):
        kind, n = text(entry, "kind"), count(entry, "n")
        if n < least:
            yield instrument_key(entry), "few"
        elif beside_tables and counts_answers(kind):
            yield instrument_key(entry), "complement"
        elif kind.startswith(BY_REASON) and _asked_when(entry) in few_silent:
            yield instrument_key(entry), "small"
        elif kind.startswith("by_"):
            sides = _asked(people, entry, kind.removeprefix("by_"), belongs)
            if min(sides) < least:
                yield instrument_key(entry), "few"
        elif kind in ("floor", "ceiling") and _long(people, text(entry, "outcome")):
            yield instrument_key(entry), "extreme"


def counts_answers(kind: str) -> bool:
    """Whether a figure about a question is a share of people, item by item."""
    return kind in ("floor", "ceiling") or kind.startswith("nonresponse")


def _few_silent(analysis: Json, norms: Norms) -> set[tuple[str, str]]:
    """Items, each at a moment, of which a reason for silence is that of a few."""
    return {
        _asked_when(entry)
        for entry in entries(analysis, "instrument")
        if text(entry, "kind").startswith(BY_REASON) and norms.sensitive(_silent(entry))
    }


def _asked_when(entry: Json) -> tuple[str, str]:
    return text(entry, "outcome"), text(entry, "moment")


def _silent(entry: Json) -> int:
    share = entry.get("value")
    return round(share * count(entry, "n")) if isinstance(share, int | float) else 0


def _long(people: People, code: str) -> bool:
    """Whether the answers are too many to be counted one by one."""
    return any(o.code == code and o.type == "hours" for o in people.outcomes)


def _asked(
    people: People, entry: Json, way: str, belongs: NDArray[np.bool_]
) -> tuple[int, int]:
    """How many answered in each of the two ways that are compared."""
    moment = text(entry, "moment")
    asked = people.asked_by(way, moment)
    if asked is None:
        return 0, 0
    answered = belongs & ~np.isnan(people.of(text(entry, "outcome"), moment))
    level, reference = text(entry, "level"), text(entry, "reference")
    return (
        int((answered & (asked == level)).sum()),
        int((answered & (asked == reference)).sum()),
    )
