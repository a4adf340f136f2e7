"""The reference group's figures that are printed beside Nijmegen's own.

They were published in the interim report of 29 April 2021 (tables of sections 3.2 and
3.3) and come from an earlier experiment with social assistance in the same city: 339
people, 338 of them for the household's finances. Items, year and selection differ
and people may overlap: this is never a control group. The finances column adds to
96.3, as printed.

Comparing: only proportions can be tested against these figures, since no standard
deviations were published.
"""

from collections.abc import Iterator, Mapping

from trede.evaluation.specification import Reference

Key = tuple[str, str, str | None, str | None]

_DISTRIBUTIONS: Mapping[tuple[str, str], tuple[float, ...]] = {
    ("contact", "contact_neighbours"): (64.3, 8.0, 5.0, 4.4, 4.7, 13.6),
    ("contact", "contact_friends"): (83.2, 4.1, 1.8, 3.5, 1.8, 5.6),
    ("contact", "contact_family"): (70.8, 5.0, 6.5, 5.6, 3.8, 8.3),
    ("self_reliance", "solves_difficulties"): (3.6, 24.0, 24.9, 40.2, 7.4),
    ("self_reliance", "overcomes_setbacks"): (0.6, 9.8, 23.4, 51.8, 14.5),
    ("health", "health_general"): (7.4, 31.9, 49.6, 6.5, 4.7),
    ("views_on_benefit", "view_obligations_right"): (0.9, 6.5, 15.9, 54.9, 21.8),
    ("views_on_benefit", "view_own_way_better"): (1.5, 14.7, 16.8, 45.4, 21.5),
    ("views_on_benefit", "view_help_motivates"): (7.7, 29.5, 21.5, 36.0, 5.3),
    ("views_on_benefit", "view_unpaid_in_return"): (5.9, 19.5, 11.2, 43.4, 20.1),
    ("capability_find_work", "find_paid_job"): (4.4, 22.7, 22.4, 38.9, 11.5),
}
_FINANCES = {
    "saves": 2.0,
    "little_left": 9.4,
    "gets_by": 54.3,
    "uses_savings": 8.2,
    "debts_grow": 17.6,
    "unknown": 4.8,
}
_WEEK = {"informal_care": (15, 13), "volunteering": (26, 9), "course": (11, 8)}
_LIFE = {"meaningful": (7.05, 43.7, 6.5), "satisfied": (6.22, 23.0, 17.1)}
_VALUES = {
    "income": (4.39, 2.54),
    "contribution": (4.38, 3.87),
    "contacts": (4.46, 3.88),
}
_TABLES = (
    "contact",
    "week",
    "self_reliance",
    "health",
    "life",
    "capability_value",
    "views_on_benefit",
    "capability_find_work",
)


def _figures() -> Iterator[tuple[Key, Mapping[str, float]]]:
    """Every printed figure under its place: (table, row, item, measure).

    Rows of a distribution are the points of its scale from 1. What the source left
    empty (debts that shrink, most of the week) is not here, so that no cell appears for
    it.
    """
    for (table, item), percents in _DISTRIBUTIONS.items():
        for point, percent in enumerate(percents, start=1):
            yield (table, str(point), item, None), {"percent": percent}
    for row, percent in _FINANCES.items():
        yield ("financial_situation", row, None, None), {"percent": percent}
    for row, (named, hours) in _WEEK.items():
        yield ("week", row, None, "now"), {"percent": named, "mean": hours}
    for row, (mean, high, low) in _LIFE.items():
        shares = {"mean": mean, "percent_ge_8": high, "percent_le_4": low}
        yield ("life", row, None, None), shares
    for row, means in _VALUES.items():
        for measure, mean in zip(("important", "achieved"), means, strict=True):
            yield ("capability_value", row, None, measure), {"mean": mean}


NIJMEGEN_2021 = Reference(
    base={"financial_situation": 338, **dict.fromkeys(_TABLES, 339)},
    figures=dict(_figures()),
)
