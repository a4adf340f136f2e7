"""What may be told of how well the questions did.

Reliability and differences between ways of asking are models over many answers: they
ask for enough people in each way. The reasons for which an answer is missing are
counts, and go when they are small. Floors and ceilings are counts of answers and are
judged with those.
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


def instrument_ruled_out(
    people: People, analysis: Json, norms: Norms
) -> Iterator[tuple[str, str]]:
    """The figures about questions that rest on too few people."""
    least = 2 * norms.threshold
    belongs = belonging(people)
    for entry in entries(analysis, "instrument"):
        kind, n = text(entry, "kind"), count(entry, "n")
        if n < least:
            yield instrument_key(entry), "few"
        elif kind.startswith("nonresponse"):
            share = entry.get("value")
            silent = round(share * n) if isinstance(share, int | float) else 0
            if norms.sensitive(silent):
                yield instrument_key(entry), "small"
        elif kind.startswith("by_"):
            sides = _asked(people, entry, kind.removeprefix("by_"), belongs)
            if min(sides) < least:
                yield instrument_key(entry), "few"
        elif kind in ("floor", "ceiling") and _long(people, text(entry, "outcome")):
            yield instrument_key(entry), "extreme"


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
