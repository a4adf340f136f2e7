"""What may be told of the ways in which people left.

How many left by a way up to the horizon stands beside how many stayed or left in all
(`status`, and the reasons in the flow of a study, whenever somebody left). So each way
divides those who stayed and those who left in parts, and so do those who had not left
by the horizon: no part may be one to four people. The shares themselves rest on days.
"""

from collections.abc import Iterator

import numpy as np

from trede.evaluation.disclosing.reading import (
    Json,
    count,
    entries,
    exits_key,
    text,
)
from trede.evaluation.norms import Norms
from trede.evaluation.running.asking import Who, one_kind
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.exits import Kinds, left_by
from trede.evaluation.running.laying_out import People


def exits_ruled_out(
    people: People, configuration: Configuration, analysis: Json, norms: Norms
) -> Iterator[tuple[str, str]]:
    """The figures that go, with the reason."""
    found = entries(analysis, "exits")
    if not found:
        return
    who = {group.name: group.who for group in one_kind(people, configuration.design)}
    outcomes = {one.code: one for one in people.outcomes}
    for entry in found:
        outcome = outcomes[text(entry, "outcome")]
        chosen, n = who[text(entry, "group")], count(entry, "n")
        ways = [
            left_by(people, outcome, _kinds(way), count(entry, "horizon")) & chosen
            for way in entries(entry, "ways")
        ]
        gone = sum(int(way.sum()) for way in ways)
        if not ways or n < 2 * norms.threshold or n - gone < norms.threshold:
            yield exits_key(entry), "few"
        elif any(int(way.sum()) < norms.threshold for way in ways):
            yield exits_key(entry), "small"
        elif any(map(norms.sensitive, _parts(people, chosen, ways))):
            yield exits_key(entry), "complement"


def _kinds(way: Json) -> Kinds:
    kinds = way["kinds"]
    return tuple(map(str, kinds)) if isinstance(kinds, list | tuple) else ()


def _parts(people: People, chosen: Who, ways: list[Who]) -> Iterator[int]:
    """By whether people stayed: who left by each way, and who had not left."""
    status = people.labels("status") if people.has("status") else np.zeros(people.n)
    still = chosen & ~np.logical_or.reduce(ways)
    for one in np.unique(status[chosen]):
        for part in (*ways, still):
            yield int((part & (status == one)).sum())
