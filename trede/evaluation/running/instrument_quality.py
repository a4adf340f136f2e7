"""How well the questions did their work, before anybody believes a change in them.

| kind | of | says |
|---|---|---|
| alpha, alpha_bca, omega | a scale, per moment | how far its items hang together |
| item_rest, alpha_without | an item of a scale | does it go with the others |
| nonresponse | an outcome, per moment | who was measured and did not answer it |
| floor, ceiling | an outcome with ends | who cannot fall, who cannot rise |
| by_mode, by_language, by_helper | an outcome | how far from the usual asking |

Where a column `<outcome>_<moment>_missing` tells why an answer is missing (refused,
dont_know, skipped or not_asked), each reason is counted apart.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from trede.evaluation.attempts import Attempted
from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.instrument.alpha import item_rest
from trede.evaluation.instrument.answering import floor_and_ceiling, item_nonresponse
from trede.evaluation.instrument.reliability import reliability
from trede.evaluation.instrument.sittings import SMALLEST, differences_by
from trede.evaluation.running.asking import (
    Refused,
    Who,
    belonging,
    generator,
    refusal,
)
from trede.evaluation.running.configuration import (
    ASKED_BY,
    Configuration,
    Outcome,
    Scale,
)
from trede.evaluation.running.laying_out import People

KINDS = {
    "cronbach_alpha": "alpha",
    "cronbach_alpha_bca": "alpha_bca",
    "omega_total_minres": "omega",
    "item_nonresponse": "nonresponse",
}
SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Quality:
    """One figure about a scale, an item of it, or an outcome.

    `level` and `reference` name two ways of asking; `size` is the difference between
    them in standard deviations.
    """

    scale: str | None
    outcome: str | None
    kind: str
    moment: str
    n: int
    n_missing: int
    value: float
    ci: tuple[float, float] | None
    p: float | None
    method: str
    notes: tuple[str, ...]
    level: str | None = None
    reference: str | None = None
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything about the questions, and what could not be said of them."""

    figures: tuple[Quality, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class _About:
    """What a figure is about, and where it stands."""

    moment: str
    scale: str | None = None
    outcome: str | None = None


def checked(people: People, configuration: Configuration) -> Checked:
    """Every scale and every outcome at every moment at which it was asked."""
    figures: list[Quality] = []
    refused: list[Refused] = []
    for about, attempt in _attempts(people, configuration):
        try:
            found = attempt()
        except CannotEstimate as no:
            name = about.scale or about.outcome or ""
            refused.append(refusal(name, about.moment, no))
        else:
            figures += found.figures
            refused += found.refused
    refused += _too_few(people, configuration)
    return Checked(tuple(figures), tuple(refused))


Attempt = tuple[_About, Callable[[], Checked]]


def _attempts(people: People, configuration: Configuration) -> Iterator[Attempt]:
    for moment in _moments(configuration):
        who = belonging(people) & people.answered_at(moment)
        for scale in configuration.scales:
            items = _items(people, scale, moment, who)
            if items:
                about = _About(moment, scale=scale.code)
                draws = partial(generator, configuration, scale.code, moment)
                yield about, partial(_reliability, about, items, draws)
                yield about, partial(_item_rest, about, items)
        for outcome in people.outcomes:
            is_score = outcome.code in people.scores
            if people.asked_at(outcome.code, moment) and who.any() and not is_score:
                yield from _of_outcome(people, outcome, moment, who)


def _moments(configuration: Configuration) -> Iterable[str]:
    return dict.fromkeys(
        m for one in configuration.contrasts for m in (one.before, one.after)
    )


def _too_few(people: People, configuration: Configuration) -> Iterator[Refused]:
    """Ways of asking of which too few people were asked to say anything."""
    for moment in _moments(configuration):
        who = belonging(people) & people.answered_at(moment)
        for way in ASKED_BY:
            asked = people.asked_by(way, moment)
            counts = Counter(asked[who].tolist()) if asked is not None else Counter()
            known = {level: n for level, n in counts.items() if level}
            for level in sorted(known) if len(known) > 1 else ():
                n = known[level]
                if n < SMALLEST:
                    what = f"by_{way}:{level}"
                    yield Refused("", moment, what, "few_people", n, SMALLEST)


def _of_outcome(
    people: People, outcome: Outcome, moment: str, who: Who
) -> Iterator[Attempt]:
    about = _About(moment, outcome=outcome.code)
    values = people.of(outcome.code, moment)[who]
    yield about, partial(_nonresponse, people, about, values, who)
    ends = outcome.scale
    if ends and outcome.type != "binary":
        yield about, partial(_ends, about, values, ends)
    for way in ASKED_BY:
        asked = people.asked_by(way, moment)
        if asked is not None:
            yield about, partial(_by_asking, about, way, values, asked[who])


def _items(
    people: People, scale: Scale, moment: str, who: Who
) -> dict[str, Values] | None:
    """The items, all pointing the same way; None when one was not asked then."""
    ends = {one.code: one.scale for one in people.outcomes}
    found = {}
    for code in scale.outcomes:
        if not people.asked_at(code, moment):
            return None
        values, limits = people.of(code, moment)[who], ends.get(code)
        turned = code in scale.reversed and limits is not None
        found[code] = sum(limits) - values if turned and limits else values
    return found


def _reliability(
    about: _About, items: Mapping[str, Values], draws: Callable[[], np.random.Generator]
) -> Checked:
    return _qualities(about, reliability(items, draws()))


def _item_rest(about: _About, items: Mapping[str, Values]) -> Checked:
    found, told = [], item_rest(items)
    for code, estimate in told.estimates.items():
        item = _About(about.moment, about.scale, code)
        found.append(_quality(item, "item_rest", estimate))
        for size in estimate.sizes:
            without = Estimate(size.name, size.value, estimate.n, estimate.n_missing)
            found.append(_quality(item, size.name, without))
    refused = (refusal(c, about.moment, no) for c, no in told.refused.items())
    return Checked(tuple(found), tuple(refused))


def _nonresponse(people: People, about: _About, values: Values, who: Who) -> Checked:
    reasons = people.missing_reasons(about.outcome or "", about.moment)
    if reasons is None:
        silent = [SKIPPED if np.isnan(one) else None for one in values]
        headline, *_by_reason = item_nonresponse(silent).estimates
        return Checked((_quality(about, "nonresponse", headline),))
    told = zip(values, reasons[who].tolist(), strict=True)
    because = [(str(why) or SKIPPED) if np.isnan(one) else None for one, why in told]
    return _qualities(about, item_nonresponse(because))


def _ends(about: _About, values: Values, ends: tuple[float, float]) -> Checked:
    low, high = ends
    return _qualities(about, floor_and_ceiling(values, low=low, high=high))


def _by_asking(about: _About, way: str, values: Values, asked: np.ndarray) -> Checked:
    if len(set(asked.tolist()) - {""}) < 2:
        return Checked()
    found = differences_by(values, asked.tolist())
    return Checked(
        tuple(
            _quality(about, f"by_{way}", estimate, level, found.reference)
            for level, estimate in found.differences.items()
        )
    )


def _qualities(about: _About, found: Attempted) -> Checked:
    names = ((KINDS.get(one.method, one.method), one) for one in found.estimates)
    return Checked(
        tuple(_quality(about, kind, one) for kind, one in names),
        tuple(
            refusal(about.scale or about.outcome or "", about.moment, no)
            for no in found.refused
        ),
    )


def _quality(
    about: _About,
    kind: str,
    estimate: Estimate,
    level: str | None = None,
    reference: str | None = None,
) -> Quality:
    limits = estimate.interval
    return Quality(
        scale=about.scale,
        outcome=about.outcome,
        kind=kind,
        moment=about.moment,
        n=estimate.n,
        n_missing=estimate.n_missing,
        value=estimate.value,
        ci=(limits.low, limits.high) if limits else None,
        p=estimate.p,
        method=estimate.method,
        notes=estimate.notes,
        level=level,
        reference=reference,
        size=estimate.sizes[0].value if level and estimate.sizes else None,
    )
