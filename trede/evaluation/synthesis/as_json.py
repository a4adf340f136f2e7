"""A synthesis as JSON, in the words of `trede evaluate`.

Full precision and nothing rounded; what is not there is null. The first of `estimates`
is the headline; `language` says what its value may be called.
"""

from collections.abc import Sequence
from dataclasses import asdict

from trede.evaluation.estimate import CannotEstimate, Estimate, Interval
from trede.evaluation.synthesis.heterogeneity import Heterogeneity
from trede.evaluation.synthesis.leave_one_out import LeftOut
from trede.evaluation.synthesis.likeness import UnlikeMeasures
from trede.evaluation.synthesis.outcomes import Row, Synthesis
from trede.evaluation.synthesis.random_effects import Prediction
from trede.evaluation.synthesis.summaries import Summary

Json = dict[str, object]


def as_json(found: Synthesis) -> Json:
    """One measure."""
    measure = found.measure
    return {
        **asdict(measure),
        "label": label_of([row.summary for row in found.rows]),
        "definition_hash": measure.definition_hash,
        "language": measure.vocabulary,
        "k": len(found.rows),
        "estimates": [_estimate(one) for one in found.estimates],
        "prediction": _prediction(found.prediction),
        "heterogeneity": _heterogeneity(found.heterogeneity),
        "studies": [_row(row) for row in found.rows],
        "leave_one_out": [_left_out(one, found.rows) for one in found.left_out],
        "refused": [refusal_as_json(one) for one in found.refused],
    }


def label_of(summaries: Sequence[Summary]) -> str:
    """Of the first pilot that handed one over; "" when none did."""
    labels = (one.measure.label for one in summaries)
    return next((label for label in labels if label), "")


def refusal_as_json(refusal: CannotEstimate) -> Json:
    """What was refused and why; of unlike measures also who differs in what."""
    told: Json = {
        "what": refusal.what,
        "why": refusal.why,
        "has": refusal.has,
        "needed": refusal.needed,
    }
    if isinstance(refusal, UnlikeMeasures):
        told["differences"] = [asdict(one) for one in refusal.differences]
    return told


def _estimate(estimate: Estimate) -> Json:
    limits = estimate.interval
    return {
        "method": estimate.method,
        "n": estimate.n,
        "n_missing": estimate.n_missing,
        "estimate": estimate.value,
        "ci": _ends(limits) if limits else None,
        "ci_method": limits.method if limits else None,
        "p": estimate.p,
        "se": estimate.se,
        "df": estimate.df,
        "notes": list(estimate.notes),
    }


def _prediction(found: Prediction | None) -> Json | None:
    if found is None:
        return None
    limits = found.interval
    return {"interval": _ends(limits), "df": found.df, "method": limits.method}


def _heterogeneity(found: Heterogeneity) -> Json:
    return {
        "q": found.q,
        "df": found.df,
        "p": found.p,
        "tau2": found.tau2,
        "tau2_ci": _ends(found.tau2_interval),
        "tau": found.tau,
        "tau_ci": _ends(found.tau_interval),
        "i2": found.i2,
        "i2_ci": _ends(found.i2_interval),
        "ci_method": found.tau2_interval.method,
        "notes": list(found.notes),
    }


def _row(row: Row) -> Json:
    one = row.summary
    return {
        "pilot": one.pilot,
        "population": one.population,
        "design": one.design,
        "method": one.method,
        "n": one.n,
        "n_missing": one.n_missing,
        "estimate": one.value,
        "se": one.se,
        "error_from": one.error_from,
        "ci": _ends(row.interval),
        "weight": row.weight,
        "weight_fixed": row.weight_fixed,
    }


def _left_out(one: LeftOut, rows: tuple[Row, ...]) -> Json:
    return {
        "without": rows[one.place].summary.pilot,
        **_estimate(one.estimate),
        "heterogeneity": _heterogeneity(one.heterogeneity),
    }


def _ends(interval: Interval) -> list[float]:
    return [interval.low, interval.high]
