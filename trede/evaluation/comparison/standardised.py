"""What a model of odds or ratios says in shares and hours: standardisation.

The model predicts for every person, with their own start, the mean with and without
taking part; the average of the differences is the effect in the units of the outcome.
Its error follows from that of the coefficients (delta method); the people are taken as
they are.

Sources: Lane and Nelder, Biometrics 38, 1982; Rosenblum and van der Laan, International
Journal of Biostatistics 6, 2010 (right even when the model is not, if by lot).
"""

import numpy as np

from trede.evaluation.comparison.ancova import ARM
from trede.evaluation.comparison.mean_models import Link, means_of
from trede.evaluation.estimate import Values


def standardised_difference(
    design: Values, coefficients: Values, link: Link, weights: Values | None
) -> tuple[float, Values]:
    """The average difference between arm 1 and arm 0, and its slope to coefficients.

    Args:
        design: shape (n, k), with the arm in column 1 and no interactions with it.

    Returns:
        The difference, and shape (k,).
    """
    values, slopes = [], []
    for arm in (1, 0):
        there = design.copy()
        there[:, ARM] = arm
        mean, spread = means_of(there @ coefficients, link)
        values.append(float(np.average(mean, weights=weights)))
        slopes.append(np.average(spread[:, None] * there, axis=0, weights=weights))
    return values[0] - values[1], np.asarray(slopes[0] - slopes[1], np.float64)
