"""What goes with a headline that goes.

A withheld change must not stand on the page by another name. With the headline of an
outcome in a group go all its other methods, its subgroups and suppositions, where
people stood before and after, and its curve. Of hours the share with any is another
matter, and stays; so do bands of answers, of which each border was proved.

Nor may it be the difference of what is left. Two arms and their comparison: of the
comparison the arms can be told, and of both arms the comparison; so an arm takes the
comparison along, and a comparison both arms. Pilots and all of them together: one that
goes takes the smallest other pilot along, and all of them together: that figure is made
of those of the pilots, and tells nothing more as long as every one of them is shown.
The score of a scale is the mean of its items: one that goes takes the score along.
"""

from collections.abc import Collection, Iterator, Mapping, Set

from trede.evaluation.disclosing.reading import (
    LEVEL_PIECES,
    Json,
    block_name,
    by_circumstance_key,
    count,
    entries,
    exits_key,
    instrument_key,
    level_key,
    line_key,
    lines,
    part,
    precision_key,
    sensitivity_key,
    subgroup_key,
    text,
    time_key,
)
from trede.evaluation.running.design import Design
from trede.evaluation.withholding import WITHHELD

ARMS = ("treated", "comparison")
# The contrast of a time: it is followed, not measured twice.
FOLLOWED = "follow_up"
ENDS = ("floor", "ceiling")
OF_ALL_PILOTS, NO_ERROR = "random_effects", "no_error"
# An outcome in a group: `satisfied`, `difference_1/treated`.
Gone = Set[tuple[str, str]]


def follows(
    analysis: Json,
    hidden: Mapping[str, str],
    scores: Mapping[str, Collection[str]] | None = None,
) -> dict[str, str]:
    """Everything that goes, with its reason: `hidden`, and what follows from it.

    Args:
        scores: outcome -> the outcomes of which it is made.
    """
    gone = {
        (text(line, "outcome"), text(line, "contrast"))
        for line in lines(analysis)
        if line.get("headline") and line_key(line) in hidden
    }
    gone |= {
        (text(one, "outcome"), text(one, "contrast"))
        for one in refused_of_all(analysis)
    }
    gone |= refused_pilots(analysis)
    gone |= {
        (score, contrast)
        for score, items in (scores or {}).items()
        for code, contrast in gone
        if code in items
    }
    gone |= set(_differences(analysis, gone))
    others = (
        *_lines_of(analysis, gone),
        *_views_of(analysis, gone),
        *_levels_of(analysis, gone),
        *_ends_of(analysis, gone),
        *_curves_of(analysis, gone),
    )
    others = (*others, *_ways_of(analysis, {*others, *hidden}))
    return dict.fromkeys(others, "dependent") | dict(hidden)


def refused_of_all(analysis: Json) -> list[Json]:
    """Pilots that had too few figures for one of all of them: that tells in which of
    them everybody changed alike. How few pilots there are tells nobody anything."""
    return [
        one
        for one in entries(analysis, "refused")
        if text(one, "what") == OF_ALL_PILOTS and one.get("why") in (NO_ERROR, WITHHELD)
    ]


def refused_pilots(analysis: Json) -> Gone:
    """Pilots that have no figure at all of an outcome: too few answered both times."""
    told = {(text(one, "outcome"), text(one, "contrast")) for one in lines(analysis)}
    several = text(analysis, "design") == str(Design.SEVERAL_PILOTS)
    return {
        (text(one, "outcome"), text(one, "contrast"))
        for one in entries(analysis, "refused")
        if several and "/" in text(one, "contrast")
    } - told


def _differences(analysis: Json, gone: Gone) -> Iterator[tuple[str, str]]:
    """Headlines that would tell the difference."""
    families: dict[tuple[str, str], dict[str, int]] = {}
    for line in lines(analysis):
        if line.get("headline"):
            whole, _, group = text(line, "contrast").partition("/")
            family = families.setdefault((text(line, "outcome"), whole), {})
            family[group] = count(line, "n")
    for code, contrast in refused_pilots(analysis):
        whole, _, group = contrast.partition("/")
        families.setdefault((code, whole), {})[group] = 0
    for (code, whole), sizes in families.items():
        untold = {g for g in sizes if (code, f"{whole}/{g}" if g else whole) in gone}
        for group in _taken_along(untold, sizes):
            yield code, f"{whole}/{group}" if group else whole


def _taken_along(untold: Set[str], sizes: Mapping[str, int]) -> Set[str]:
    """Which groups go with those that do; "" is all of them together."""
    if not untold:
        return set()
    if sizes.keys() & set(ARMS):
        return set(sizes) if untold == {""} else {""}
    others = [group for group in sizes if group and group not in untold]
    pilots = sizes.keys() - {""}
    together = {""} & sizes.keys() - untold if pilots else set()
    # Also where all of them are withheld already: that no other pilot went would tell
    # that in this one everybody changed alike.
    if len(untold - {""}) > 1 or not others:
        return together
    return together | {min(others, key=lambda group: (sizes[group], group))}


def _lines_of(analysis: Json, gone: Gone) -> Iterator[str]:
    for line in lines(analysis):
        another = text(line, "method").startswith("share_with_any")
        if (text(line, "outcome"), text(line, "contrast")) in gone and not another:
            yield line_key(line)


def _views_of(analysis: Json, gone: Gone) -> Iterator[str]:
    """The same change supposing something, part by part, or in other words."""
    for section, key_of in (
        ("sensitivity", sensitivity_key),
        ("subgroups", subgroup_key),
        ("by_circumstance", by_circumstance_key),
        ("precision", precision_key),
    ):
        for entry in entries(analysis, section):
            if (text(entry, "outcome"), block_name(entry)) in gone:
                yield key_of(entry)


def _levels_of(analysis: Json, gone: Gone) -> Iterator[str]:
    """Where people stood before and after: the change is the difference."""
    for level in entries(analysis, "outcomes"):
        if (text(level, "outcome"), block_name(level)) in gone:
            of_hours = text(level, "type") == "hours"
            kept = ("sizes", "shares") if of_hours else ("sizes",)
            yield from (level_key(level, p) for p in LEVEL_PIECES if p not in kept)
    ladder = part(analysis, "ladder")
    if ladder and (text(ladder, "outcome"), block_name(ladder)) in gone:
        yield from (level_key(ladder, end) for end in ("cells", *ENDS))


def _ends_of(analysis: Json, gone: Gone) -> Iterator[str]:
    """How many of everybody stand at either end of the scale: of a short one that is
    where people stood before and after."""
    whole = {code for code, name in gone if "/" not in name}
    for entry in entries(analysis, "instrument"):
        if text(entry, "outcome") in whole and text(entry, "kind") in ENDS:
            yield instrument_key(entry)


def _curves_of(analysis: Json, gone: Gone) -> Iterator[str]:
    """A curve tells on its last day what its headline would."""
    for entry in entries(analysis, "times"):
        group = text(entry, "group")
        name = f"{FOLLOWED}/{group}" if group else FOLLOWED
        if (text(entry, "outcome"), name) in gone:
            yield time_key(entry)


def _ways_of(analysis: Json, hidden: Set[str]) -> Iterator[str]:
    """The shares of all ways together are the last point of the curve."""
    for entry in entries(analysis, "exits"):
        if time_key(entry) in hidden:
            yield exits_key(entry)
