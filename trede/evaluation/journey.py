"""The way from the list to the evaluation, as figures that can be attacked.

A flow diagram prints numbers of people like any table: how many reached a step, how
many went no further and why, how many were measured at each wave. They are all sums
over one distribution (everybody on the list is in exactly one place), and some of them
are the bases of the tables. So they belong to what an attacker knows, and pass through
the same disclosure control.

A *place* is as fine as anything printed asks: the last step somebody reached, why they
went no further, which waves they were measured at. Its name is the caller's.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from trede.evaluation.claims import FLOW
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


@dataclass(frozen=True)
class Places:
    """Where everybody on the list ended.

    Args:
        counts: people per place.
        told: code of a printed number -> the places it counts together.
        guarded: name -> places of which nobody may learn the number when it is small.
        groups: group of the tables -> the places that hold exactly its people.
    """

    counts: Mapping[str, int]
    told: Mapping[str, Collection[str]]
    guarded: Mapping[str, Collection[str]]
    groups: Mapping[str, Collection[str]] = field(default_factory=dict)


def journey_claims(places: Places, *, wave: str = "T0") -> tuple[Claim, ...]:
    """One claim for each printed number of people, in the order of `told`.

    Args:
        places: where everybody is; a place that is named but holds nobody counts 0.
        wave: the wave at which the tables' groups were counted.

    Returns:
        Claims with `n` and no percentage. The groups' sizes are tied to those of the
        claims `participants` and `dropouts`, so give both to `protect` together.
    """
    key = f"{wave}/{FLOW}:journey"
    names = tuple(sorted(places.counts))
    support = Support(key, FLOW, key, names, tuple(places.counts[n] for n in names))

    def form(chosen: Collection[str], weight: int = 1) -> Form:
        """The number of people in some places; of none it is no form at all."""
        weights = tuple((name, weight) for name in names if name in chosen)
        return (Part(key, weights),) if weights else ()

    basis = Basis(
        (support,),
        tuple(
            Relation((Part(f"{wave}/{FLOW}", ((group, 1),)), *form(chosen, -1)), 0, 0)
            for group, chosen in places.groups.items()
        ),
        tuple(
            Guard(form(chosen), "small", f"journey|{name}")
            for name, chosen in places.guarded.items()
            if form(chosen)
        ),
    )
    made = []
    for code, chosen in places.told.items():
        n = sum(places.counts[name] for name in names if name in chosen)
        reveals = (Reveal(form(chosen), n),) if form(chosen) else ()
        made.append(Claim(code, n, None, Figure("count", reveals), basis))
    return tuple(made)
