"""The hours of a week, told as seven days.

Nobody keeps the sum of a week in mind; a Monday one can remember. The sum is the
answer, and the seven days are kept beside it, so that going back shows the same week.
"""

import re
from collections.abc import Sequence

DAYS = 7
MOST = 24
_HOURS = re.compile(r"\d{1,2}")


def hours_of_days(days: Sequence[str]) -> tuple[int, ...] | None:
    """The hours of each day; none at all where no week was filled in, and None for
    what cannot be a week."""
    if not any(day.strip() for day in days):
        return ()
    tidy = [day.strip() or "0" for day in days]
    if len(tidy) != DAYS or not all(_HOURS.fullmatch(day) for day in tidy):
        return None
    hours = tuple(int(day) for day in tidy)
    return hours if max(hours) <= MOST else None


def as_detail(hours: Sequence[int]) -> str:
    return " ".join(str(one) for one in hours)
