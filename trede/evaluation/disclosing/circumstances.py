"""How many were asked in which circumstances, laid before disclosure control.

Everybody who belongs is in one pair of circumstances: of the earlier moment and of the
later. What is printed at each moment is a sum of pairs; so is how many were measured at
both, and how many a change is told of. No pair of one to four people may follow.
"""

from collections.abc import Collection, Iterator

from trede.evaluation.claims import FLOW
from trede.evaluation.disclosing.pieces import PREFIX
from trede.evaluation.disclosing.reading import Json, asked_in_key, entries, text
from trede.evaluation.results import (
    Basis,
    Claim,
    Figure,
    Form,
    Guard,
    Part,
    Relation,
    Reveal,
    Support,
)
from trede.evaluation.running.circumstances import Pair, asked_in_pairs
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.laying_out import People

SUPPORT = f"T0/{FLOW}:circumstances"


def asked_in_claims(
    people: People, configuration: Configuration, analysis: Json
) -> Iterator[Claim]:
    """One for each number of people asked at a moment in some circumstances."""
    asked = entries(analysis, "asked_in")
    if not asked:
        return
    first = configuration.contrasts[0]
    pairs = asked_in_pairs(people, first)
    names = {pair: "|".join(pair) for pair in sorted(pairs)}
    support = Support(
        SUPPORT,
        FLOW,
        SUPPORT,
        tuple(names.values()),
        tuple(pairs[pair] for pair in names),
    )

    def form(chosen: Collection[Pair]) -> Form:
        return (Part(SUPPORT, tuple((names[pair], 1) for pair in sorted(chosen))),)

    known = [
        {pair for pair in pairs if all(pair)},
        {pair for pair in pairs if pair[0]},
        {pair for pair in pairs if pair[1]},
        *({pair for pair in pairs if pair in told} for told in _told(analysis)),
    ]
    basis = Basis(
        (support,),
        tuple(
            Relation(form(chosen), *[sum(pairs[one] for one in chosen)] * 2)
            for chosen in known
            if chosen
        ),
        tuple(
            Guard(form({pair}), "small", f"circumstances|{name}")
            for pair, name in names.items()
        ),
    )
    for one in asked:
        place = 0 if text(one, "moment") == first.before else 1
        chosen = {pair for pair in pairs if pair[place] == text(one, "level")}
        n = sum(pairs[pair] for pair in chosen)
        figure = Figure("count", (Reveal(form(chosen), n),))
        yield Claim(PREFIX + asked_in_key(one), n, None, figure, basis)


def _told(analysis: Json) -> Iterator[set[Pair]]:
    """The pairs of which a change is told together."""
    for entry in entries(analysis, "by_circumstance"):
        for level in entries(entry, "levels"):
            told = level["pairs"]
            if isinstance(told, list):
                yield {(str(then), str(now)) for then, now in told}
