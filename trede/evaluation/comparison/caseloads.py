"""Who share a coach, and whether coaches are many enough to lead (ADR 11)."""

from dataclasses import dataclass

import numpy as np

from trede.evaluation.comparison.groups import Codes, Labels, coded, named

IGNORED, THESE_ONLY = "clusters_ignored", "these_coaches_only"
# With fewer, coaches are no sample of anything.
FEWEST_COACHES = 5


@dataclass(frozen=True, slots=True)
class Caseloads:
    """Who of the people with both answers have which coach.

    `codes`: shape (n,); who has no coach is alone. `coaches`: how many have anybody.
    """

    codes: Codes
    coaches: int

    @property
    def count(self) -> int:
        """Coaches, and people without one."""
        return int(self.codes.max()) + 1

    @property
    def enough(self) -> bool:
        return self.coaches >= FEWEST_COACHES


def caseloads(cluster: Labels) -> Caseloads | None:
    """None when nobody shares a coach.

    Args:
        cluster: shape (n,), labels; who has none ("") belongs with nobody.
    """
    words = named(cluster)
    known = words[words != ""]
    coaches = len(np.unique(known))
    return None if coaches == len(known) else Caseloads(coded(cluster), coaches)
