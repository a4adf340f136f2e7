"""Who takes whom when many people of one coach go at once.

In the order in which colleagues are offered for one person (`caseload.py`), counting
what each was dealt before. Who adds nothing to that, such as somebody who waits, is
dealt out too, so that not all of them fall to one colleague.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from trede.accounts.models import Staff
from trede.people.models import Person
from trede.trajectories.caseload import Fit


def shared_out(
    people: Mapping[Person, Sequence[Fit]], *, already: Mapping[int, int]
) -> dict[Person, Staff]:
    """`people`: how the colleagues fit each; `already`: what was chosen for some of
    them, in hundredths. The same question has the same answer."""
    added, waits = Counter(already), Counter[int]()

    def order(fit: Fit) -> tuple[object, ...]:
        key = fit.coach.pk
        return 0 if fit.weighs else waits[key], *fit.order(added[key])

    found = {}
    known = {person: fits for person, fits in people.items() if fits}
    for person in sorted(known, key=lambda one: (not known[one][0].weighs, one.pk)):
        taker = min(known[person], key=order)
        (added if taker.weighs else waits)[taker.coach.pk] += taker.weighs or 1
        found[person] = taker.coach
    return found
