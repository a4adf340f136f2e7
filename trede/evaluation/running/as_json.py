"""An analysis as the JSON that the command line promises.

Full precision and nothing rounded; what is not there is null. The first entry of an
outcome in a contrast is its headline. JSON has no infinity: an end that is nowhere (the
odds when nobody went down) is the text "inf" or "-inf".
"""

from collections.abc import Mapping
from dataclasses import asdict
from math import isinf, isnan

from trede.evaluation.estimate import Interval, Size
from trede.evaluation.running.analysing import Analysis, Balance, Line

Json = dict[str, object]


def as_json(analysis: Analysis) -> Json:
    """The analysis with plain keys; the contract stands in the command line's page."""
    asked = analysis.configuration
    return {
        "design": str(asked.design),
        "language": analysis.word,
        "estimand": asked.estimand,
        "seed": asked.seed,
        "flow": _flow(analysis),
        "estimates": [_line(line) for line in analysis.lines],
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
    }


def _balance(balance: Balance) -> Json:
    differences = zip(balance.covariates, balance.before, balance.after, strict=True)
    return {
        "covariates": [
            {"name": name, "smd": _known(before), "smd_weighted": _known(after)}
            for name, before, after in differences
        ],
        "effective_n": balance.effective,
        "largest_weight": balance.largest,
        "n_missing": balance.n_missing,
        "method": balance.method,
        "notes": list(balance.notes),
    }


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _line(line: Line) -> Json:
    estimate = line.estimate
    size = estimate.sizes[0] if estimate.sizes else None
    return {
        "outcome": line.outcome.code,
        "type": line.outcome.type,
        "question": line.outcome.question,
        "primary": line.outcome.primary,
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
    }


def _size(size: Size) -> Json:
    ends = _ends(size.interval)
    return {"name": size.name, "value": _number(size.value), "ci": ends}


def _ends(interval: Interval | None) -> list[float | str] | None:
    return [_number(interval.low), _number(interval.high)] if interval else None


def _number(value: float) -> float | str:
    return str(value) if isinf(value) else value
