"""An analysis as the JSON that the command line promises.

Full precision and nothing rounded; what is not there is null. The first entry of an
outcome in a contrast is its headline. JSON has no infinity: an end that is nowhere (the
odds when nobody went down) is the text "inf" or "-inf". Every entry has a place for the
reason why it is withheld (`suppressed`), empty here: that is decided afterwards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from math import isinf, isnan

import numpy as np

from trede.evaluation.estimate import Interval, Size
from trede.evaluation.running.analysing import Analysis
from trede.evaluation.running.attrition import Attrition
from trede.evaluation.running.lines import Line
from trede.evaluation.running.reaching import Reached
from trede.evaluation.running.treads import Ladder
from trede.evaluation.running.weighing import Balance

Json = dict[str, object]


def as_json(analysis: Analysis) -> Json:
    """The analysis with plain keys; the contract stands in the command line's page."""
    asked = analysis.configuration
    ladder, gone = analysis.climbed.ladder, analysis.attrition
    return {
        "design": str(asked.design),
        "language": analysis.word,
        "estimand": asked.estimand,
        "seed": asked.seed,
        "flow": _flow(analysis),
        "outcomes": _entries(analysis.levels),
        "estimates": [_line(line) for line in analysis.lines],
        "times": _entries(analysis.curves),
        "exits": _entries(analysis.exits.figures),
        "ladder": _ladder(ladder) if ladder else None,
        "sensitivity": _entries(analysis.supposed.figures),
        "attrition": _attrition(gone) if gone else None,
        "reached": _reached(analysis.reached) if analysis.reached else None,
        "instrument": _entries(analysis.checked.figures),
        "subgroups": _entries(analysis.divided.figures),
        "asked_in": _entries(analysis.circumstances.asked),
        "by_circumstance": _entries(analysis.circumstances.figures),
        "precision": _entries(analysis.seen.figures),
        "refused": [asdict(refused) for refused in analysis.refused],
        "balance": _balance(analysis.balance) if analysis.balance else None,
        "types_guessed": list(analysis.guessed),
        "amendments": [
            {"on": one.on.isoformat(), "reason": one.reason} for one in asked.amendments
        ],
    }


def _flow(analysis: Analysis) -> Json:
    statuses: Mapping[str, int] = analysis.statuses
    return {
        "people": analysis.people,
        "status": dict(statuses) or None,
        "measured": [asdict(one) for one in analysis.measured],
        "suppressed": None,
    }


def _entries(found: Iterable[object]) -> list[Json]:
    return [_entry(one) for one in found]


def _entry(found: object) -> Json:
    return {**_fields(found), "suppressed": None}


def _fields(found: object) -> Json:
    if not is_dataclass(found) or isinstance(found, type):
        raise TypeError(f"{found!r} has no fields")
    return {key: plain(value) for key, value in asdict(found).items()}


def plain(value: object) -> object:
    """A value as JSON knows it: null for NaN, "inf" for infinity, lists."""
    if isinstance(value, (float, np.floating)):
        return None if isnan(value) else _number(float(value))
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def _ladder(ladder: Ladder) -> Json:
    lines = [_line(line) for line in ladder.lines]
    fields = _entry(ladder)
    del fields["lines"]
    return {**fields, "estimates": lines}


def _attrition(gone: Attrition) -> Json:
    return {
        **_entry(gone),
        "groups": _entries(gone.groups),
        "covariates": _entries(gone.covariates),
    }


def _reached(found: Reached) -> Json:
    return {**_entry(found), "characteristics": _entries(found.characteristics)}


def _balance(balance: Balance) -> Json:
    differences = zip(balance.covariates, balance.before, balance.after, strict=True)
    return {
        "covariates": [
            {"name": name, "smd": plain(before), "smd_weighted": plain(after)}
            for name, before, after in differences
        ],
        "effective_n": balance.effective,
        "largest_weight": balance.largest,
        "n_missing": balance.n_missing,
        "method": balance.method,
        "notes": list(balance.notes),
        "suppressed": None,
    }


def _line(line: Line) -> Json:
    estimate = line.estimate
    size = estimate.sizes[0] if estimate.sizes else None
    return {
        "outcome": line.outcome.code,
        "type": line.outcome.type,
        "question": line.outcome.question,
        "primary": line.outcome.primary,
        "family": line.outcome.corrected_with,
        "contrast": line.contrast,
        "headline": line.headline,
        "n": estimate.n,
        "n_missing": estimate.n_missing,
        "estimate": _number(estimate.value),
        "ci": _ends(estimate.interval),
        "ci_method": estimate.interval.method if estimate.interval else None,
        "p": estimate.p,
        "p_holm": line.p_holm,
        "p_bh": line.p_bh,
        "size": _size(size) if size else None,
        "sizes": [_size(one) for one in estimate.sizes],
        "method": estimate.method,
        "se": estimate.se,
        "df": estimate.df,
        "notes": list(estimate.notes),
        "suppressed": None,
    }


def _size(size: Size) -> Json:
    ends = _ends(size.interval)
    return {"name": size.name, "value": _number(size.value), "ci": ends}


def _ends(interval: Interval | None) -> list[float | str] | None:
    return [_number(interval.low), _number(interval.high)] if interval else None


def _number(value: float) -> float | str:
    return str(value) if isinf(value) else value
