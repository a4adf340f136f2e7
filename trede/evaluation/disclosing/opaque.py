"""Figures that nobody can compute back from, until there are two of them.

A mean of imputed answers, a reliability, a curve: by themselves they tell nothing of a
single person. Two editions with one person between them do: the difference is that
person. So each is laid before disclosure control as a number that may be printed again
as long as it is the same number, or as long as many people came or went.

What is kept of it for a later edition is how many people it rests on and a fingerprint,
not the figure.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from zlib import crc32

from trede.evaluation.disclosing.blocks import Block
from trede.evaluation.disclosing.depths import told_by
from trede.evaluation.disclosing.pairs import wave_of
from trede.evaluation.disclosing.pieces import ENDS_OF_SCALE, PREFIX
from trede.evaluation.disclosing.reading import (
    Json,
    attrition_key,
    by_circumstance_key,
    count,
    entries,
    exits_key,
    instrument_key,
    line_key,
    lines,
    part,
    sensitivity_key,
    subgroup_key,
    text,
    time_key,
)
from trede.evaluation.results import Claim, Figure, Reveal
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.withholding import EVERYBODY

# Of whom it is not said how many they are. Whether they are too few was asked before.
UNKNOWN = 1_000


def opaque_claims(
    analysis: Json,
    configuration: Configuration,
    ruled: frozenset[str],
    blocks: Mapping[tuple[str, str], Block],
) -> tuple[Claim, ...]:
    """What is no sum of counts, as claims that only earlier editions can forbid. The
    time to a first rise tells how many went up as well, and no more of the treads."""
    rises = {one.code: one.rise_on for one in configuration.outcomes if one.rise_on}
    waves = {one.code: wave_of(one) for one in configuration.contrasts}
    first = next(iter(waves.values()))
    made = []
    for key, entry in _entries(analysis):
        if key in ruled:
            continue
        wave = waves.get(text(entry, "contrast").partition("/")[0], first)
        figure = Figure(
            "mean",
            _ways(rises.get(text(entry, "outcome"), ""), _group(entry), blocks),
            contributors=_people(entry),
            magnitude=_fingerprint(entry),
        )
        about = f"{wave}/{EVERYBODY}"
        made.append(Claim(PREFIX + key, None, None, figure, population=about))
    return tuple(made)


def _entries(analysis: Json) -> Iterator[tuple[str, Json]]:
    keyed: tuple[tuple[list[Json], Callable[[Json], str]], ...] = (
        (entries(analysis, "sensitivity"), sensitivity_key),
        (entries(analysis, "subgroups"), subgroup_key),
        (entries(analysis, "by_circumstance"), by_circumstance_key),
        (entries(analysis, "times"), time_key),
        (entries(analysis, "exits"), exits_key),
        (entries(part(analysis, "attrition"), "covariates"), attrition_key),
    )
    for found, key_of in keyed:
        for entry in found:
            yield key_of(entry), entry
    yield from _of_models(analysis)
    for entry in entries(analysis, "instrument"):
        if text(entry, "kind") not in ENDS_OF_SCALE:
            yield instrument_key(entry), entry
    for domain in entries(part(analysis, "ladder"), "small_steps"):
        yield f"ladder|small_steps|{text(domain, 'domain')}", domain


def _of_models(analysis: Json) -> Iterator[tuple[str, Json]]:
    for line in lines(analysis):
        if text(line, "type") == "time":
            yield line_key(line), line
    balance = part(analysis, "balance")
    if balance is not None:
        yield "balance", balance


def _group(entry: Json) -> str:
    return text(entry, "group") or text(entry, "contrast").partition("/")[2]


def _ways(
    outcome: str, group: str, blocks: Mapping[tuple[str, str], Block]
) -> tuple[Reveal, ...]:
    """How many of a group went up, down or nowhere, in every difference."""
    return tuple(
        reveal
        for block in blocks.values()
        if block.outcome.code == outcome and block.group == group and block.joint
        for cuts in (block.sides if block.compared else (block.cuts,))
        for reveal in told_by(("pairs", "direction"), block.joint, cuts)
    )


def _people(entry: Json) -> int:
    """How many people an entry rests on; of two sides those of both."""
    sides = [part(entry, side) or {} for side in ("stayed", "left")]
    return count(entry, "n") or sum(count(side, "n") for side in sides) or UNKNOWN


def _fingerprint(entry: Json) -> int:
    """The same for the same numbers, and 1 at least: nothing at all is a figure too."""
    return 1 + crc32(json.dumps(entry, sort_keys=True).encode())
