"""Which pieces go whatever else is printed, without any calculation.

Some figures are no sums of counts that can be listed: a mean of imputed answers, an
interval of a weighted model, hours, days. Nobody can compute back from those, as long
as many people are in them on every side; so that is what is asked of them.

| reason | the piece |
|---|---|
| small_group | rests on fewer people than the norm's smallest group |
| few | rests, on one of its sides, on fewer than twice the threshold |
| complement | leaves so few outside it, or its groups leave a few together |
| complement | is a score of which a few answered only some of the items |
| everybody | of everybody the same is true |
| dominance | is a sum of hours that one person dominates |
| extreme | is the value or the day of one person |
| small | counts 1 to threshold - 1 people |
| dependent | is another view of a piece that goes |
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from trede.evaluation.change.hours import usable_hours
from trede.evaluation.disclosing.blocks import Block
from trede.evaluation.disclosing.dependent import ARMS
from trede.evaluation.disclosing.exits import exits_ruled_out
from trede.evaluation.disclosing.leaving import attrition_ruled_out
from trede.evaluation.disclosing.numbers_before import numbers_before_ruled_out
from trede.evaluation.disclosing.questions import instrument_ruled_out
from trede.evaluation.disclosing.reaching import reached_ruled_out
from trede.evaluation.disclosing.reading import (
    LEVEL_PIECES,
    Json,
    by_circumstance_key,
    count,
    entries,
    level_key,
    line_key,
    lines,
    part,
    precision_key,
    refused_key,
    sensitivity_key,
    subgroup_key,
    text,
    time_key,
)
from trede.evaluation.estimate import Values
from trede.evaluation.norms import Norms
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.counted_otherwise import (
    LEFT_OUT,
    LOWERED,
    WITH_UNKNOWN,
    cap_of,
)
from trede.evaluation.running.laying_out import People

Blocks = Mapping[tuple[str, str], Block]
Ruled = Iterator[tuple[str, str]]
# Why something could not be estimated: these tell of the design, not of the people.
OF_THE_DESIGN = {
    "cannot_weigh",
    "dependent",
    "few_clusters",
    "few_studies",
    "few_subgroups",
    "many_changes",
    "many_clusters",
    "many_people",
    "many_treads",
    "many_values",
    "no_clusters",
    "no_contrast",
    "no_covariates",
    "no_horizon",
    "no_scale",
    "not_a_change",
    "not_two_arms",
    "one_cluster_in_arm",
    "several_pilots",
    "under_norm",
    "unknown_kind",
    "unknown_type",
    "weights",
}


def ruled_out(
    people: People,
    configuration: Configuration,
    analysis: Json,
    blocks: Blocks,
    norms: Norms,
    *,
    beside_tables: bool = False,
    before: Sequence[Json] = (),
) -> dict[str, str]:
    """Every piece that goes by rule, with its reason; the first that holds."""
    found: dict[str, str] = {}
    for ruled in (
        _flow(analysis, norms),
        _lines(analysis, blocks, norms),
        _levels(analysis, blocks, norms),
        _precision(analysis, blocks, norms),
        _sensitivity(analysis, blocks, norms),
        _subgroups(analysis, blocks, norms),
        _times(analysis, norms),
        exits_ruled_out(people, configuration, analysis, norms),
        _ladder(analysis, norms),
        attrition_ruled_out(analysis, norms, beside_tables=beside_tables),
        reached_ruled_out(analysis, norms, before=before),
        numbers_before_ruled_out(analysis, norms, before),
        instrument_ruled_out(people, analysis, norms, beside_tables=beside_tables),
        _balance(analysis, blocks, norms),
        _refusals(analysis),
    ):
        for key, reason in ruled:
            found.setdefault(key, reason)
    return found


def enough(norms: Norms) -> int:
    """How many people must be on each side of what cannot be computed back."""
    return 2 * norms.threshold


def _flow(analysis: Json, norms: Norms) -> Ruled:
    flow = part(analysis, "flow") or {}
    status = part(flow, "status") or {}
    if any(norms.sensitive(count(status, name)) for name in status):
        yield "flow|status", "small"
    for one in entries(flow, "measured"):
        both = count(one, "both")
        sides = (both, count(one, "before") - both, count(one, "after") - both)
        if any(map(norms.sensitive, (*sides, count(one, "neither")))):
            yield f"flow|measured|{text(one, 'contrast')}", "small"


def _lines(analysis: Json, blocks: Blocks, norms: Norms) -> Ruled:
    for line in lines(analysis):
        block = blocks.get((text(line, "outcome"), text(line, "contrast")))
        if block is None:
            if count(line, "n") < enough(norms):
                yield line_key(line), "few"
            continue
        reason = (
            _of_block(block, norms)
            or _of_hours(line, block, norms)
            or _of_unknown(line, _sides(block, blocks), norms)
            or _of_capped(line, _sides(block, blocks), norms)
        )
        if reason:
            yield line_key(line), reason


def _sides(block: Block, blocks: Blocks) -> list[Block]:
    """The groups that a block holds against each other; of one group that group."""
    if not block.compared:
        return [block]
    code, contrast = block.outcome.code, block.moments.code
    return [blocks[code, f"{contrast}/{arm}"] for arm in ARMS]


def _of_unknown(line: Json, sides: list[Block], norms: Norms) -> str | None:
    """Who did not know, counted along: beside the figure without them it tells how many
    of them said yes at the other moment, and how many no."""
    if WITH_UNKNOWN not in text(line, "method"):
        return None
    few = (norms.sensitive(n) for side in sides for n in side.unknown)
    return "small" if any(few) else None


def _of_capped(line: Json, sides: list[Block], norms: Norms) -> str | None:
    """Hours left out or lowered: beside the figure with all of them it tells how many
    people gave so many, and by how much they are beyond."""
    method = text(line, "method")
    if not method.startswith((LEFT_OUT, LOWERED)):
        return None
    for side in sides:
        cap = cap_of(side.outcome, method)
        given = (side.before, side.after)
        counted = [usable_hours(one, cap) for one in given]
        beyond = [a - np.nan_to_num(b) for a, b in zip(given, counted, strict=True)]
        touched = int(np.logical_or(*(one > 0 for one in beyond)).sum())
        if norms.sensitive(touched) or side.n - touched < enough(norms):
            return "small"
        if any(one.any() and _dominated(one, norms) for one in beyond):
            return "dominance"
    return None


def _of_block(block: Block, norms: Norms) -> str | None:
    """Whether nothing at all may be said of a block."""
    if block.n < norms.smallest_group:
        return "small_group"
    if norms.sensitive(block.irregular):
        return "complement"
    if block.compared and min(block.arm_sizes, default=0) < enough(norms):
        return "few"
    if not block.compared and not np.ptp(block.after - block.before):
        return "everybody"
    return None


def _of_hours(line: Json, block: Block, norms: Norms) -> str | None:
    """Of hours, and of scores with so many points that they are not counted."""
    if block.outcome.type != "hours" and block.joint is not None:
        return None
    method = text(line, "method")
    if method.startswith("share_with_any"):
        return None
    if block.n < enough(norms):
        return "few"
    told = [block.before, block.after]
    if "_of_any" in method and not block.compared:
        told = [one[one > 0] for one in told]
        if count(line, "n") < enough(norms):
            return "few"
    if method == "median_change":
        return None if _common(line, block, norms) else "extreme"
    if any(_dominated(one, norms) for one in told):
        return "dominance"
    return None


def _common(line: Json, block: Block, norms: Norms) -> bool:
    """Whether a median and both its ends are what enough people share."""
    change = block.after - block.before
    limits = line.get("ci")
    values = [line.get("estimate"), *(limits if isinstance(limits, list) else ())]
    return all(
        int((change == value).sum()) >= norms.threshold
        for value in values
        if isinstance(value, int | float)
    )


def _dominated(values: Values, norms: Norms) -> bool:
    """The p%-rule; see norms.toml."""
    if len(values) < 2 or not values.sum():
        return True
    ordered = np.sort(np.abs(values))
    return float(ordered[:-2].sum()) < norms.p_percent / 100 * float(ordered[-1])


def _levels(analysis: Json, blocks: Blocks, norms: Norms) -> Ruled:
    for level in entries(analysis, "outcomes"):
        group, contrast = text(level, "group"), text(level, "contrast")
        name = f"{contrast}/{group}" if group else contrast
        block = blocks.get((text(level, "outcome"), name))
        if block is None or block.n < norms.smallest_group:
            yield from ((level_key(level, p), "small_group") for p in LEVEL_PIECES)
            continue
        if norms.sensitive(block.irregular):
            yield from ((level_key(level, p), "complement") for p in LEVEL_PIECES)
            continue
        of_hours = block.outcome.type == "hours"
        if block.joint is not None and not of_hours:
            continue
        sums = (block.before, block.after)
        if block.n < enough(norms) or any(_dominated(one, norms) for one in sums):
            yield level_key(level, "moments"), "dominance"
        moved = np.sign(block.after - block.before)
        if any(norms.sensitive(int((moved == way).sum())) for way in (-1, 0, 1)):
            yield level_key(level, "direction"), "small"
        for piece in ("distribution", "cells"):
            yield level_key(level, piece), "few"


def _precision(analysis: Json, blocks: Blocks, norms: Norms) -> Ruled:
    for entry in entries(analysis, "precision"):
        block = blocks.get((text(entry, "outcome"), text(entry, "contrast")))
        reason = _of_block(block, norms) if block else "few"
        if reason or (block is not None and block.n < enough(norms)):
            yield precision_key(entry), reason or "few"


def _sensitivity(analysis: Json, blocks: Blocks, norms: Norms) -> Ruled:
    for entry in entries(analysis, "sensitivity"):
        block = blocks.get((text(entry, "outcome"), text(entry, "contrast")))
        reason = _of_block(block, norms) if block else "few"
        if reason is None and block is not None and block.n < enough(norms):
            reason = "few"
        if reason is None and text(entry, "way") == "lee":
            reason = of_trimmed(analysis, entry, block, norms)
        if reason:
            yield sensitivity_key(entry), reason


def of_trimmed(
    analysis: Json, entry: Json, block: Block | None, norms: Norms
) -> str | None:
    """Lee's bounds leave out the highest or lowest answers of the group of which more
    answered: those who answered above the other group's share. Of a few people the
    bounds tell the answers themselves."""
    sides = [
        (count(level, "n"), count(level, "n") + count(level, "n_missing"))
        for level in entries(analysis, "outcomes")
        if text(level, "outcome") == text(entry, "outcome")
        and text(level, "contrast") == text(entry, "contrast")
    ]
    if block is None or len(sides) != 2 or not all(of for _, of in sides):
        return "extreme"
    (fewer, among), (more, of) = sorted(sides, key=lambda side: side[0] / side[1])
    left_out = more - fewer * of / among
    return "extreme" if left_out < norms.threshold else None


def _subgroups(analysis: Json, blocks: Blocks, norms: Norms) -> Ruled:
    """People divided by what they are, or by the circumstances in which they were
    asked."""
    for entry in entries(analysis, "subgroups"):
        if reason := _divided(entry, blocks, norms):
            yield subgroup_key(entry), reason
    for entry in entries(analysis, "by_circumstance"):
        if reason := _divided(entry, blocks, norms):
            yield by_circumstance_key(entry), reason


def _divided(entry: Json, blocks: Blocks, norms: Norms) -> str | None:
    sizes = [count(level, "n") for level in entries(entry, "levels")]
    block = blocks.get((text(entry, "outcome"), text(entry, "contrast")))
    left = count(entry, "n") - sum(sizes)
    if not sizes or min(sizes) < enough(norms) or entries(entry, "refused"):
        return "few"
    if norms.sensitive(left):
        return "complement"
    if block is None:
        return "few"
    if reason := _of_block(block, norms):
        return reason
    # The interval of a share tells how many went each way in every level.
    shares = block.outcome.type in ("binary", "hours") or block.joint is None
    return "small" if shares else None


def _times(analysis: Json, norms: Norms) -> Ruled:
    for entry in entries(analysis, "times"):
        n, events = count(entry, "n"), count(entry, "events")
        if n < enough(norms) or min(events, n - events) < norms.threshold:
            yield time_key(entry), "few"
    small = {
        (text(entry, "outcome"), text(entry, "group"))
        for entry in entries(analysis, "times")
        if min(count(entry, "events"), count(entry, "n") - count(entry, "events"))
        < norms.threshold
    }
    for line in lines(analysis):
        group = text(line, "contrast").partition("/")[2]
        if text(line, "type") != "time":
            continue
        groups = {g for o, g in small if o == text(line, "outcome")}
        if group in groups or (not group and groups):
            yield line_key(line), "few"
        elif text(line, "method") == "median_days":
            yield line_key(line), "extreme"
        elif text(line, "method") == "kaplan_meier" and line["estimate"] in (0, 1):
            yield line_key(line), "everybody"


def _ladder(analysis: Json, norms: Norms) -> Ruled:
    ladder = part(analysis, "ladder")
    for entry in entries(ladder, "small_steps"):
        share = entry.get("share")
        n = count(entry, "n")
        took = round(share * n) if isinstance(share, int | float) else 0
        key = f"ladder|small_steps|{text(entry, 'domain')}"
        if any(map(norms.sensitive, (took, n - took))) or n < enough(norms):
            yield key, "small"
        elif took in (0, n):
            yield key, "everybody"


def _balance(analysis: Json, blocks: Blocks, norms: Norms) -> Ruled:
    sizes = [min(b.arm_sizes, default=0) for b in blocks.values() if b.compared]
    if analysis.get("balance") and min(sizes, default=0) < enough(norms):
        yield "balance", "few"


def _refusals(analysis: Json) -> Ruled:
    for entry in entries(analysis, "refused"):
        if text(entry, "why") not in OF_THE_DESIGN:
            yield refused_key(entry), "small"
