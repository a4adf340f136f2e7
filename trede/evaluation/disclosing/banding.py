"""Which neighbouring answers are told together, where single ones are too few.

Of fifty people nearly every distribution over eleven answers holds a handful
somewhere. Told in bands, such as 0-4, 5, 6-7, 8-10, it still shows who stands where.
The bands are the same before and after, so that both can be laid side by side.

1. Proposed is the finest joining of neighbours of which every band holds nobody or
   enough people, before and after, and none holds everybody. Of joinings with as many
   bands the one with the most even widths, then the one that joins lowest: so the
   counts decide through the norm only, never by which of two is larger.
2. Each border between two bands is a piece of its own: how many answered up to there,
   before and after. Disclosure control weighs it beside everything else that is
   printed, when that is settled: no other figure goes for the sake of a border. One
   that goes, or is not soon shown to be safe, joins the bands on both its sides.
3. Where no border stays the distribution is withheld whole.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from trede.evaluation.disclosing.blocks import Block
from trede.evaluation.disclosing.depths import paired
from trede.evaluation.disclosing.pairs import Joint
from trede.evaluation.disclosing.reading import (
    Json,
    block_name,
    entries,
    level_key,
    text,
)
from trede.evaluation.estimate import Values
from trede.evaluation.norms import Norms
from trede.evaluation.results import Claim, Figure, Reveal
from trede.evaluation.withholding import EVERYBODY

Counts = tuple[int, ...]
Band = tuple[int, int]


@dataclass(frozen=True)
class Joining:
    """The bands proposed for one distribution: `borders` are the highest answers of
    all bands but the last. The counts run parallel to the scale."""

    block: Block
    joint: Joint
    before: Counts
    after: Counts
    borders: Counts

    def bands(self, borders: Iterable[int]) -> tuple[Band, ...]:
        """From the lowest answer of each band to the highest."""
        ends = [*borders, self.joint.scale[-1]]
        starts = [self.joint.scale[0], *(end + 1 for end in ends[:-1])]
        return tuple(zip(starts, ends, strict=True))

    def told(self, border: int) -> tuple[Reveal, ...]:
        """What a border tells."""
        return tuple(
            self.joint.reveal(weight, self.block.cuts)
            for weight in (
                paired(lambda _a, _b: 1),
                paired(lambda a, _b: int(a <= border)),
                paired(lambda _a, b: int(b <= border)),
            )
        )


def joinings_of(
    analysis: Json,
    blocks: Mapping[tuple[str, str], Block],
    ruled: Collection[str],
    norms: Norms,
) -> dict[str, Joining]:
    """The bands proposed, by the name of the distribution they stand for.

    Args:
        ruled: pieces of which nothing is told, whatever else is printed.
    """
    found = {}
    for level in entries(analysis, "outcomes"):
        key = level_key(level, "distribution")
        block = blocks.get((text(level, "outcome"), block_name(level)))
        if block is None or key in ruled or not level.get("values"):
            continue
        joint = block.joint
        if joint is None or block.outcome.type == "hours":
            continue
        before, after = (
            _counts(given, joint.scale) for given in (block.before, block.after)
        )
        borders = tuple(joint.scale[at - 1] for at in finest(before, after, norms))
        if len(joint.scale) > 2 and borders:
            found[key] = Joining(block, joint, before, after, borders)
    return found


def _counts(given: Values, scale: Counts) -> Counts:
    return tuple(int(np.sum(given == answer)) for answer in scale)


def finest(before: Counts, after: Counts, norms: Norms) -> Counts:
    """Where the bands of the finest joining begin, but for the first; () when nothing
    but all answers together would do."""
    best: dict[int, Counts] = {0: (0,)}
    for end in range(1, len(before) + 1):
        made = [
            (*best[start], end)
            for start in best
            if all(_holds(wave, start, end, norms) for wave in (before, after))
        ]
        if made:
            best[end] = min(made, key=_preference)
    return best.get(len(before), (0,))[1:-1]


def _holds(wave: Counts, start: int, end: int, norms: Norms) -> bool:
    """Whether a band may be told."""
    people = sum(wave[start:end])
    return not norms.sensitive(people) and people < sum(wave)


def _preference(ends: Counts) -> tuple[int, int, Counts]:
    """Many bands, of even widths, joined at the low end."""
    widths = [b - a for a, b in pairwise(ends)]
    return -len(ends), sum(width**2 for width in widths), tuple(-end for end in ends)


def border_claims(joinings: Mapping[str, Joining], prefix: str) -> Iterator[Claim]:
    """The borders as claims, to be judged with everything else."""
    for key, joining in joinings.items():
        about = f"{joining.block.wave}/{EVERYBODY}"
        for border in joining.borders:
            figure = Figure("count", joining.told(border), last=True)
            code = prefix + border_key(key, border)
            yield Claim(code, None, None, figure, population=about)


def border_key(key: str, border: int) -> str:
    """The name of one border of a distribution."""
    return f"{key}|up_to_{border}"


def with_bands(
    told: Json, joinings: Mapping[str, Joining], hidden: Collection[str]
) -> Json:
    """The analysis with bands in the place of distributions that are withheld."""
    for level in entries(told, "outcomes"):
        key = level_key(level, "distribution")
        borders = _left(key, joinings, hidden)
        if borders:
            joining = joinings[key]
            bands = joining.bands(borders)
            level["bands"] = [list(band) for band in bands]
            for field, wave in (("before", joining.before), ("after", joining.after)):
                level[field] = [_within(band, joining, wave) for band in bands]
    return told


def _left(
    key: str, joinings: Mapping[str, Joining], hidden: Collection[str]
) -> list[int]:
    """The borders that are told of a distribution that is not told by itself."""
    if key not in joinings or key not in hidden:
        return []
    found = joinings[key]
    left = [one for one in found.borders if border_key(key, one) not in hidden]
    # With nothing joined it would be the very distribution that is withheld.
    return left if len(left) < len(found.joint.scale) - 1 else []


def _within(band: Band, joining: Joining, wave: Counts) -> int:
    counted = zip(joining.joint.scale, wave, strict=True)
    return sum(n for answer, n in counted if band[0] <= answer <= band[1])


def reasons_with_bands(
    hidden: Mapping[str, str], joinings: Mapping[str, Joining]
) -> dict[str, str]:
    """The decisions by distribution: told in bands it is joined, and its borders are
    not listed one by one."""
    borders = {
        border_key(key, border)
        for key, joining in joinings.items()
        for border in joining.borders
    }
    return {
        key: "joined" if _left(key, joinings, hidden) else reason
        for key, reason in hidden.items()
        if key not in borders
    }
