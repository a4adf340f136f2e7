"""Pairs by lot of whom one starts and the other waits: the checks on the headline.

The headline is the analysis of covariance on everybody who answered at T1, also those
whose partner did not, with errors by pair (`ancova`). Two checks use complete pairs
only. The difference in change: how much more did the first change than the partner? And
the lot itself: had it fallen the other way, first and waiting would have changed
places. p is the share of all 2^n ways in which the lots of n pairs could have fallen
whose mean difference is as far from 0. It supposes nothing but that lots were drawn.

The change of the waiting between T1 and T2 is a change within a group and is not here;
pooling it would compare them with people who already had their turn.

Sources: Fisher 1935; Imbens and Rubin, "Causal inference", 2015, chapters 5 and 10.
"""

from dataclasses import replace

from numpy.random import Generator

from trede.evaluation.change.mean_change import paired_t
from trede.evaluation.change.sign_flips import flipped
from trede.evaluation.comparison.groups import ENOUGH_TO_TELL, Groups, complete
from trede.evaluation.comparison.telling import smallest_p
from trede.evaluation.estimate import CannotEstimate, Estimate


def difference_in_change(groups: Groups) -> Estimate:
    """The mean over complete pairs of the first's change minus the partner's.

    Returns:
        `pair_difference_in_change`, t interval on pairs - 1; `n` and `n_missing` count
        pairs. Below six pairs without p (note `smallest_p_2_of_...`).

    Raises:
        CannotEstimate: `pairs`, `few_pairs` below four complete pairs.
    """
    pairs = complete(groups)
    found = paired_t(pairs)
    found = replace(found, method="pair_difference_in_change", sizes=())
    if pairs.n >= ENOUGH_TO_TELL:
        return found
    return replace(found, p=None, notes=(*found.notes, smallest_p(pairs.n)))


def randomisation_test(groups: Groups, rng: Generator) -> Estimate:
    """The same difference with the p of all ways in which the lots could have fallen.

    Args:
        rng: only used when the ways cannot be counted.

    Returns:
        `randomisation_exact`, or `randomisation_random` with (b + 1) / (m + 1); without
        interval. `n` counts pairs. Note `smallest_p_2_of_...` up to twelve pairs.

    Raises:
        CannotEstimate: `randomisation_test`, `few_pairs` below six complete pairs:
            no lot whatever would give p below .05; `nothing_moves`.
    """
    pairs = complete(groups)
    if pairs.n < ENOUGH_TO_TELL:
        raise CannotEstimate(
            "randomisation_test", why="few_pairs", has=pairs.n, needed=ENOUGH_TO_TELL
        )
    found = flipped(pairs, rng)
    notes = (smallest_p(pairs.n),) if pairs.n <= 2 * ENOUGH_TO_TELL else ()
    method = found.method.replace("sign_flip", "randomisation")
    return replace(found, method=method, notes=(*found.notes, *notes))
