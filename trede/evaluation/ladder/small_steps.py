"""Steps too small for the ladder: daring to telephone, a first coffee among people.

A tread is coarse. Somebody may have taken three steps that mattered and still stand
where they stood. So coaches keep small steps per life domain, and this tells per domain
what share of people took at least one, beside what the ladder shows: of those who
*stayed on their tread*, how many took a step all the same?

These are steps that a coach wrote down. A domain that nobody looked at has none, and a
caseload in which everything is written down has more. They are no measure to compare
coaches by.

Source: Wilson, Journal of the American Statistical Association 22, 1927 (intervals);
the domains are the names of the thirteen of the self-sufficiency matrix (ZRM).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.change.pairs import FEWEST
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval, Values
from trede.evaluation.ladder.transitions import refuse_no_tread
from trede.evaluation.proportions import share

DOMAINS = (
    "finances",
    "work_and_education",
    "use_of_time",
    "housing",
    "domestic_relations",
    "mental_health",
    "physical_health",
    "substance_use",
    "basic_activities",
    "instrumental_activities",
    "social_network",
    "participation",
    "justice",
)

Who = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class DomainSteps:
    """One domain: the share that took a step there, and how many steps there were.

    `share` is None when of fewer than four people anything is known.
    """

    domain: str
    steps: int
    share: Estimate | None


@dataclass(frozen=True, slots=True)
class SmallSteps:
    """Steps of a group, domain by domain in the order given, and in any of them.

    `domains_per_person`: entry d is how many people took steps in exactly d domains;
    as `anywhere`, of those only of whom all domains are known. `anywhere` is None when
    that is fewer than four people.
    """

    by_domain: tuple[DomainSteps, ...]
    anywhere: Estimate | None
    domains_per_person: tuple[int, ...]


def small_steps(steps: Values, domains: Sequence[str] = DOMAINS) -> SmallSteps:
    """The share of people with at least one step, per domain and anywhere.

    Args:
        steps: shape (people, domains), how many steps, or 1 for any and 0 for none; NaN
            where nothing is known of a person in a domain.
        domains: codes of the columns.

    Anywhere counts people of whom all domains are known, and the others as missing. A
    step in one domain would settle it for a person with gaps, no step would not: to
    count those with gaps who took one, and not those who did not, gives too much.

    Raises:
        ValueError: the columns are not those of `domains`, or a number is infinite.
        CannotEstimate: `small_steps`, `negative`, `not_whole`, or `few_people` when
            no share at all can be told.
    """
    table = _checked(steps, domains)
    by_domain = tuple(
        DomainSteps(
            name,
            int(np.nansum(column)),
            _share(f"share_with_step_{name}", _any_step(column[:, None])),
        )
        for name, column in zip(domains, table.T, strict=True)
    )
    anywhere = _share("share_with_step", _any_step(table))
    if anywhere is None and all(one.share is None for one in by_domain):
        has = int((~np.isnan(table)).any(axis=1).sum())
        raise CannotEstimate("small_steps", why="few_people", has=has, needed=FEWEST)
    whole = table[~np.isnan(table).any(axis=1)]
    spread = np.bincount((whole > 0).sum(axis=1), minlength=len(domains) + 1)
    return SmallSteps(by_domain, anywhere, tuple(spread.tolist()))


def steps_beside_the_ladder(
    before: Values, after: Values, steps: Values, *, treads: int
) -> tuple[Estimate, ...]:
    """The share with at least one small step, of who rose, stayed, and fell.

    Args:
        before, after: shape (people,), treads from 1; NaN is missing.
        steps: shape (people, domains), as `small_steps`.

    Returns:
        `share_with_step_of_who_rose`, `..._stayed`, `..._fell`; one is left out when it
        would rest on fewer than four people. `n_missing` counts of that group those of
        whom it is not known.

    Raises:
        ValueError: the arrays are not of the same people.
        CannotEstimate: as `small_steps`; `transitions`, `not_a_tread`.
    """
    table = np.asarray(steps, np.float64)
    table = _checked(table, [""] * (table.shape[1] if table.ndim == 2 else 0))
    change = np.asarray(after, np.float64) - np.asarray(before, np.float64)
    if change.shape != (len(table),):
        raise ValueError(f"not the same people: {change.shape} and {table.shape}")
    for values in (before, after):
        refuse_no_tread(np.asarray(values, np.float64), treads)
    took = _any_step(table)
    found = (
        _share(f"share_with_step_of_who_{way}", took[who])
        for way, who in (
            ("rose", change > 0),
            ("stayed", change == 0),
            ("fell", change < 0),
        )
    )
    return tuple(one for one in found if one is not None)


def _checked(steps: Values, domains: Sequence[str]) -> Values:
    table = np.asarray(steps, np.float64)
    if table.ndim != 2 or table.shape[1] != len(domains) or np.isinf(table).any():
        raise ValueError(f"no steps in {len(domains)} domains: shape {table.shape}")
    known = table[~np.isnan(table)]
    for why, wrong in (
        ("negative", known[known < 0]),
        ("not_whole", known[known != np.rint(known)]),
    ):
        if len(wrong):
            has = float(wrong[0])
            raise CannotEstimate("small_steps", why=why, has=has, needed=None)
    return table


def _any_step(table: Values) -> Values:
    """Per person 1 when there was a step, 0 when there was none, NaN with a gap."""
    some = (table > 0).any(axis=1).astype(np.float64)
    return np.where(np.isnan(table).any(axis=1), np.nan, some)


def _share(method: str, took: Values) -> Estimate | None:
    known = took[~np.isnan(took)]
    found = share(int(known.sum()), len(known))
    if found is None or found.of < FEWEST:
        return None
    limits = Interval(found.low, found.high, "wilson")
    n_missing = len(took) - found.of
    return Estimate(method, found.value, found.of, n_missing, interval=limits)
