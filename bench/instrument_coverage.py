"""How often the intervals of alpha and omega hold the truth, by hand.

Four items of five categories that measure one thing unequally; the truth is that of a
million people.
"""

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.instrument.alpha import alpha_of, cronbach_alpha, resampled_alpha
from trede.evaluation.instrument.omega import omega_of, omega_total
from trede.evaluation.instrument.scales import complete_scale

LOADINGS = np.array([0.9, 0.7, 0.6, 0.4])
STUDIES, RESAMPLES = 400, 999


def drawn(rng: np.random.Generator, n: int) -> Values:
    thing = rng.normal(size=(n, 1))
    own = rng.normal(size=(n, len(LOADINGS)))
    answers = LOADINGS * thing + np.sqrt(1 - LOADINGS**2) * own
    return np.clip(np.rint(3 + 1.2 * answers), 1, 5)


def main() -> None:
    rng = np.random.default_rng(5)
    everybody = np.cov(drawn(rng, 1_000_000), rowvar=False)[None]
    truth = {
        "alpha": float(alpha_of(everybody)[0]),
        "omega": float(omega_of(everybody)[0]),
    }
    print({name: round(value, 4) for name, value in truth.items()})
    for n in (23, 53, 150):
        held = {"alpha feldt": 0, "alpha bca": 0, "omega bca": 0}
        refused = 0
        for _ in range(STUDIES):
            answers = drawn(rng, n)
            items = {str(k): column for k, column in enumerate(answers.T)}
            scale = complete_scale(items, what="bench")
            one = {
                "alpha feldt": lambda s=scale: cronbach_alpha(s),
                "alpha bca": lambda s=scale: resampled_alpha(s, rng, RESAMPLES),
                "omega bca": lambda s=scale: omega_total(s, rng, RESAMPLES),
            }
            for name, estimate in one.items():
                try:
                    limits = estimate().interval
                except CannotEstimate:
                    # Alpha is never refused here.
                    refused += 1
                    continue
                held[name] += limits.low <= truth[name.split()[0]] <= limits.high
        given = {name: STUDIES - refused * (name == "omega bca") for name in held}
        shares = {name: round(held[name] / given[name], 3) for name in held}
        print(f"n = {n}: {shares} of those given; omega refused {refused} of {STUDIES}")


if __name__ == "__main__":
    main()
