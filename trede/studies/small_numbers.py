"""Small numbers of people stay hidden, also from who subtracts.

For pages inside the building, where a whole is printed with its parts. What is made
public goes through disclosure control (`protecting.py`), which knows much more.
"""

from collections.abc import Mapping

from trede.evaluation.norms import default_norms


def too_few(n: int) -> bool:
    """Whether so many people are too few to say anything of."""
    return n < default_norms().smallest_group


def guarded(parts: Mapping[str, int]) -> dict[str, int | None]:
    """Parts of a whole that is printed beside them; None where a number is hidden. What
    is hidden comes to so many people that subtracting tells of nobody."""
    sensitive = default_norms().sensitive
    hidden = {name for name, n in parts.items() if sensitive(n)}
    largest_last = sorted(parts, key=lambda name: (parts[name], name))
    for name in largest_last:
        together = sum(parts[one] for one in hidden)
        if not hidden or (len(hidden) > 1 and not sensitive(together)):
            break
        if parts[name]:
            hidden.add(name)
    return {name: None if name in hidden else n for name, n in parts.items()}


def rough(n: int) -> str:
    """A number as it may be shown; “1–4” where there are few."""
    norms = default_norms()
    return f"1–{norms.threshold - 1}" if norms.sensitive(n) else str(n)
