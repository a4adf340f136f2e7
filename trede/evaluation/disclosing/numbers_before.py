"""Numbers of people that an earlier edition told too: a reader subtracts.

If three more dropped out since, and three more proved not to belong, these three did
not belong. What differs by so few is withheld, with everything it could be read from.
That there are so many people more, or fewer, cannot be hidden; why, or when they were
asked, can.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from trede.evaluation.disclosing.reading import (
    Json,
    asked_in_key,
    count,
    entries,
    part,
    text,
)
from trede.evaluation.norms import Norms

REACHED, ASKED_IN, STATUS = "reached", "asked_in", "status"
# By level how many; of a level that was withheld there is none.
Told = Mapping[str, int]


def kept_for_next(told: Json) -> Json:
    """Of an analysis as the public sees it, what the next edition is held against."""
    flow = part(told, "flow") or {}
    return {
        REACHED: told.get(REACHED),
        ASKED_IN: told.get(ASKED_IN),
        STATUS: flow.get(STATUS),
    }


def numbers_before_ruled_out(
    analysis: Json, norms: Norms, before: Sequence[Json]
) -> Iterator[tuple[str, str]]:
    """Who was asked in which circumstances, and the statuses, where few differ."""
    reason = "difference_earlier"
    for moment in sorted({text(one, "moment") for one in entries(analysis, ASKED_IN)}):
        now = _asked_in(analysis, moment)
        then = (_asked_in(past, moment) for past in before)
        if norms.few_apart(_differences(now, then)):
            for one in entries(analysis, ASKED_IN):
                if text(one, "moment") == moment:
                    yield asked_in_key(one), reason
    now = _statuses(part(analysis, "flow") or {})
    if norms.few_apart(_differences(now, map(_statuses, before))):
        yield "flow|status", reason


def _asked_in(told: Json, moment: str) -> Told:
    return {
        text(one, "level"): count(one, "n")
        for one in entries(told, ASKED_IN)
        if text(one, "moment") == moment and not one.get("suppressed")
    }


def _statuses(told: Json) -> Told:
    status = part(told, STATUS) or {}
    return {name: count(status, name) for name in status}


def _differences(now: Told, before: Iterable[Told]) -> Iterator[int]:
    """A level that nobody had then, or has now, holds 0."""
    for then in before:
        if then:
            yield from (now.get(one, 0) - then.get(one, 0) for one in (*now, *then))
