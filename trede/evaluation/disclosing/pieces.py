"""Which pieces of an analysis are functions of answers that can be counted.

Each becomes a claim with everything that can be worked out from it (`depths`), and
goes to disclosure control together with all tables. What rests on more than counts
(weights, drawn values, times) is for `ruling`.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from trede.evaluation.change.hours import usable_hours
from trede.evaluation.disclosing.blocks import Block, Ground
from trede.evaluation.disclosing.depths import (
    OF_TABLES,
    Depth,
    after_is,
    before_is,
    depths_of,
    paired,
    told_by,
)
from trede.evaluation.disclosing.pairs import Answer, Cut, Joint, Weight
from trede.evaluation.disclosing.reading import (
    Json,
    entries,
    instrument_key,
    level_key,
    line_key,
    lines,
    part,
    precision_key,
    test_key,
    text,
)
from trede.evaluation.results import Claim, Figure, Reveal
from trede.evaluation.running.counted_otherwise import (
    LEFT_OUT,
    LOWERED,
    SHARE_FROM,
    WITH_UNKNOWN,
    cap_of,
)
from trede.evaluation.withholding import EVERYBODY

PREFIX = "analysis."
# What a piece is worth to a reader, against other claims in a report.
WORTH = {
    "primary": 8.0,
    "headline": 4.0,
    "sizes": 6.0,
    "moments": 3.0,
    "shares": 3.0,
    "test": 2.0,
    "direction": 2.0,
    "distribution": 1.5,
}
LEVELS: dict[str, tuple[Depth, ...]] = {
    "sizes": ("pairs",),
    "distribution": ("pairs", "margins"),
    "cells": OF_TABLES,
    "moments": ("pairs", "spreads"),
    "shares": ("pairs", "levels"),
    "direction": ("pairs", "direction"),
}
# Beside these the shares of two arms are what is compared, not sums of squares.
OF_SHARES = ("binary", "hours")
# Of a figure about a question the place in its scale; of silence there is none.
ENDS_OF_SCALE = {"floor": 0, "ceiling": -1, "nonresponse": None}
Told = tuple[str, tuple[Reveal, ...], float]


def claims_of(
    analysis: Json, ground: Ground, ruled: frozenset[str]
) -> tuple[Claim, ...]:
    """The pieces that counting can judge, as claims; the first carries the ground.

    Args:
        ruled: pieces that are withheld whatever else is printed.
    """
    found: dict[str, tuple[tuple[Reveal, ...], float]] = {}
    for key, reveals, worth in _told(analysis, ground):
        if key not in ruled and reveals:
            before, most = found.get(key, ((), 0.0))
            every = tuple(dict.fromkeys((*before, *reveals)))
            found[key] = every, max(worth, most)
    made = [
        _claim(key, Figure("count", reveals, worth=worth), _wave(key, reveals))
        for key, (reveals, worth) in found.items()
    ]
    made += [
        _claim(key, figure, wave)
        for key, figure, wave in _sums(analysis, ground)
        if key not in ruled and key not in found
    ]
    if ground.basis.supports:
        made.append(Claim(f"{PREFIX}ground", None, None, None, ground.basis))
    return tuple(made)


def _claim(key: str, figure: Figure, wave: str) -> Claim:
    about = f"{wave}/{EVERYBODY}" if wave else ""
    return Claim(PREFIX + key, None, None, figure, population=about)


def _wave(key: str, reveals: tuple[Reveal, ...]) -> str:
    """Whose coming and going changes a piece. That there is one person less is known,
    so that numbers of people alone are left to be weighed with all others."""
    if key.endswith("|sizes"):
        return ""
    return reveals[0].form[0].support.split("/", 1)[0]


def _sums(analysis: Json, ground: Ground) -> Iterator[tuple[str, Figure, str]]:
    """Means of hours and of long scores: sums, of which a later edition must not tell
    the difference."""
    yield from _sums_of_lines(analysis, ground)
    for level in entries(analysis, "outcomes"):
        block = _block(level, ground)
        for piece in ("moments", "direction"):
            if block is not None and _is_sum(block):
                yield level_key(level, piece), _sum(block, WORTH[piece]), block.wave
    for entry in entries(analysis, "precision"):
        block = _block(entry, ground)
        if block is not None and _is_sum(block):
            yield precision_key(entry), _sum(block, 1.0), block.wave


def _sums_of_lines(analysis: Json, ground: Ground) -> Iterator[tuple[str, Figure, str]]:
    for line in lines(analysis):
        block = ground.blocks.get((text(line, "outcome"), text(line, "contrast")))
        if block is None or not _is_sum(block) or _of_any(line):
            continue
        figure = _sum(_as_counted(line, block), _worth(line))
        if block.joint is not None:
            counted = _of_line(line, block, block.joint)
            figure = replace(figure, reveals=counted)
        yield line_key(line), figure, block.wave


def _as_counted(line: Json, block: Block) -> Block:
    """With the hours that a check counts in the place of those that were given."""
    method = text(line, "method")
    if not method.startswith((LEFT_OUT, LOWERED)):
        return block
    cap = cap_of(block.outcome, method)
    before, after = usable_hours(block.before, cap), usable_hours(block.after, cap)
    both = ~np.isnan(before) & ~np.isnan(after)
    return replace(block, before=before[both], after=after[both])


def _is_sum(block: Block) -> bool:
    return block.joint is None or block.outcome.type == "hours"


def _of_any(line: Json) -> bool:
    """Of hours the share with any: counts like those of any yes or no."""
    return text(line, "method").startswith("share_with_any")


def _sum(block: Block, worth: float) -> Figure:
    """Both sums in one number: it only serves to see that either is another."""
    hundredths = 100 * float(block.before.sum() + 2 * block.after.sum())
    # Nobody with any hours is told by the counts; a sum of nothing betrays no more.
    magnitude = max(round(abs(hundredths)), 1)
    told = told_by(("pairs",), block.joint, block.cuts) if block.joint else ()
    return Figure("mean", told, contributors=block.n, magnitude=magnitude, worth=worth)


def _told(analysis: Json, ground: Ground) -> Iterator[Told]:
    for line in lines(analysis):
        block = ground.blocks.get((text(line, "outcome"), text(line, "contrast")))
        if block is None or block.joint is None:
            continue
        if block.outcome.type == "hours" and not _of_any(line):
            continue
        told, test = _of_line(line, block, block.joint), test_key(line)
        if test and not block.compared:
            yield test, told, WORTH["test"]
            told = told_by(("pairs", "moments"), block.joint, block.cuts)
        yield line_key(line), told, _worth(line)
    for level in entries(analysis, "outcomes"):
        yield from _of_level(level, ground)
    for entry in entries(analysis, "precision"):
        yield from _of_precision(entry, ground)
    for entry in entries(analysis, "instrument"):
        yield from _of_ends(entry, ground)
    yield from _of_ladder(analysis, ground)


def _worth(line: Json) -> float:
    if not line.get("headline"):
        return 1.0
    return WORTH["primary" if line.get("primary") else "headline"]


def _of_line(line: Json, block: Block, joint: Joint) -> tuple[Reveal, ...]:
    method, kind = text(line, "method"), block.outcome.type
    if method.startswith((SHARE_FROM, WITH_UNKNOWN)):
        return _of_agreement(block, joint)
    if block.compared:
        return _of_sides(block, joint)
    if method.startswith("share_at_"):
        return _at_end(method, joint, block.cuts)
    if kind != "hours":
        return told_by(depths_of(method), joint, block.cuts)
    if method.startswith("share_with_any"):
        return told_by(OF_TABLES, joint, block.cuts)
    return _those_with_any(method, joint, block.cuts)


def _of_sides(block: Block, joint: Joint) -> tuple[Reveal, ...]:
    """What a model of two arms is made of: sums and squares of each arm."""
    shares = block.outcome.type in OF_SHARES
    depths: tuple[Depth, ...] = ("pairs", "levels" if shares else "moments")
    return tuple(
        reveal for side in block.sides for reveal in told_by(depths, joint, side)
    )


def _of_agreement(block: Block, joint: Joint) -> tuple[Reveal, ...]:
    """Answers as yes or no, twice: all four numbers of people, in each arm. Who did not
    know is not among those, and counted by rule (`ruling`)."""
    yes_from = block.outcome.yes_from
    if yes_from is None:
        return told_by(OF_TABLES, joint, block.cuts)

    def told(cuts: tuple[Cut, ...], first: bool, second: bool) -> Reveal:
        return joint.reveal(
            paired(lambda a, b: (a >= yes_from, b >= yes_from) == (first, second)),
            cuts,
        )

    either = (False, True)
    return tuple(
        told(cuts, first, second)
        for cuts in (block.sides if block.compared else (block.cuts,))
        for first in either
        for second in either
    )


def _at_end(method: str, joint: Joint, cuts: tuple[Cut, ...]) -> tuple[Reveal, ...]:
    end = joint.scale[0 if "floor" in method else -1]
    weight = after_is(end) if method.endswith("_now") else before_is(end)
    return (*told_by(("pairs",), joint, cuts), joint.reveal(weight, cuts))


def _those_with_any(
    method: str, joint: Joint, cuts: tuple[Cut, ...]
) -> tuple[Reveal, ...]:
    """Hours themselves are no counts; how many they are a mean of is one."""
    told = told_by(("pairs",), joint, cuts)
    if method == "mean_change_of_any":
        return (*told, joint.reveal(paired(lambda a, b: a * b), cuts))
    if method.endswith("_before"):
        return (*told, joint.reveal(before_is(1), cuts))
    return (*told, joint.reveal(after_is(1), cuts)) if "_of_any" in method else told


def _of_level(level: Json, ground: Ground) -> Iterator[Told]:
    block = _block(level, ground)
    if block is None or block.joint is None:
        return
    for piece, depths in LEVELS.items():
        if block.outcome.type == "hours" and piece in ("moments", "direction"):
            continue
        told = told_by(depths, block.joint, block.cuts)
        yield level_key(level, piece), told, WORTH.get(piece, 1.0)


def _block(entry: Json, ground: Ground) -> Block | None:
    group, contrast = text(entry, "group"), text(entry, "contrast")
    name = f"{contrast}/{group}" if group else contrast
    return ground.blocks.get((text(entry, "outcome"), name))


def _of_precision(entry: Json, ground: Ground) -> Iterator[Told]:
    block = _block(entry, ground)
    if block is None or block.joint is None or block.outcome.type == "hours":
        return
    if block.compared:
        told = _of_sides(block, block.joint)
    elif block.outcome.type == "binary":
        moved = block.joint.reveal(paired(lambda a, b: int(a != b)), block.cuts)
        told = (*told_by(("pairs",), block.joint, block.cuts), moved)
    else:
        told = told_by(("pairs", "moments"), block.joint, block.cuts)
    yield precision_key(entry), told, 1.0


def _of_ends(entry: Json, ground: Ground) -> Iterator[Told]:
    """The lowest or highest answer at a moment, of all who answered then; or only how
    many those were."""
    kind = text(entry, "kind")
    if kind not in ENDS_OF_SCALE:
        return
    for block in ground.blocks.values():
        if block.outcome.code != text(entry, "outcome") or block.group:
            continue
        if block.joint is None or block.outcome.type == "hours":
            continue
        moments = (block.joint.contrast.before, block.joint.contrast.after)
        if text(entry, "moment") not in moments:
            continue
        second = text(entry, "moment") == moments[1]
        place = ENDS_OF_SCALE[kind]
        answers = [None] if place is None else [None, block.joint.scale[place]]
        told = tuple(
            block.joint.reveal(_at_moment(second, one), block.cuts) for one in answers
        )
        yield instrument_key(entry), told, 1.0


def _at_moment(second: bool, answer: Answer) -> Weight:
    """Who gave this answer at one of both moments; any answer for None."""

    def weight(before: Answer, after: Answer) -> int:
        given = after if second else before
        return int(given is not None if answer is None else given == answer)

    return weight


def _of_ladder(analysis: Json, ground: Ground) -> Iterator[Told]:
    ladder = part(analysis, "ladder")
    block = _block(ladder, ground) if ladder else None
    if ladder is None or block is None or block.joint is None:
        return
    joint, cuts = block.joint, block.cuts
    yield level_key(ladder, "cells"), told_by(OF_TABLES, joint, cuts), 1.0
    pairs = told_by(("pairs",), joint, cuts)
    for name, place in (("floor", 0), ("ceiling", -1)):
        end = joint.scale[place]
        ends = (joint.reveal(before_is(end), cuts), joint.reveal(after_is(end), cuts))
        yield level_key(ladder, name), (*pairs, *ends), 1.0
