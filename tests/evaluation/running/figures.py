"""One pilot of sixty people with a bit of everything, analysed once."""

from functools import cache

import numpy as np
import polars as pl

from trede.evaluation.running.analysing import Analysis, analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import read_configuration
from trede.evaluation.running.handing_over import HandedOver, handed_over
from trede.evaluation.running.laying_out import People, lay_out

N = 60
TOP = """
design = "pre_post"
seed = 3
horizon = 200
pilot = "arnhem"
population = "who belong to the study"
covariates = ["age", "sex"]
subgroups = ["sex", "town"]
small_steps = ["steps_finances", "steps_housing"]
potential = "expected"
"""
OUTCOMES = """
[[outcome]]
code = "satisfied"
type = "score"
scale = [0, 10]
question = "well-being"
primary = true
definition = "How satisfied are you with your life?"
[[outcome]]
code = "tread"
type = "ladder"
question = "participation"
primary = true
definition = "Where does the person stand on the ladder?"
[[outcome]]
code = "reads"
type = "likert"
[[outcome]]
code = "phones"
type = "likert"
[[outcome]]
code = "writes"
type = "likert"
[[outcome]]
code = "works"
type = "binary"
definition = "Do you have paid work?"
[[outcome]]
code = "hours"
type = "hours"
[[outcome]]
code = "step"
type = "time"
[[scale]]
code = "language"
outcomes = ["reads", "phones", "writes"]
reversed = ["phones"]
"""
WHOLE = TOP + OUTCOMES


@cache
def pilot() -> pl.DataFrame:
    """Four people do not belong, eight dropped out, a few skipped a question."""
    rng = np.random.default_rng(12)
    status = np.repeat(["ineligible", "dropout", "stayed"], [4, 8, N - 12])
    trait, gone = rng.normal(size=N), status != "stayed"
    columns: dict[str, object] = {
        "person": [f"p{number:02}" for number in range(N)],
        "status": status,
        "age": rng.integers(28, 60, N),
        "sex": rng.choice(["woman", "man"], N),
        "town": ["north"] * 5 + ["south"] * (N - 5),
        "mode_t0": ["telephone"] * 8 + ["paper"] * 22 + ["screen"] * 30,
        "mode_t1": ["paper"] * N,
        "steps_finances": rng.poisson(0.7, N),
        "steps_housing": rng.poisson(0.3, N),
        "step_days": np.minimum(rng.integers(20, 500, N), 300),
    }
    columns["step_event"] = (np.array(columns["step_days"]) < 300).astype(int)
    satisfied, tread = rng.integers(2, 9, N), rng.integers(1, 5, N)
    columns["expected"] = tread + 1
    hours = rng.integers(0, 2, N) * rng.integers(4, 30, N)
    starts = {
        "satisfied": (satisfied, satisfied + rng.integers(-1, 3, N)),
        "tread": (tread, tread + rng.integers(0, 3, N)),
        "works": (rng.integers(0, 2, N), rng.integers(0, 2, N)),
        "hours": (hours, hours + rng.integers(0, 2, N) * 4),
    }
    for code, way in (("reads", 1), ("phones", -1), ("writes", 1)):
        two = (3 + way * trait + rng.normal(0, 0.6, N) for _wave in range(2))
        starts[code] = tuple(np.clip(np.rint(one), 1, 5) for one in two)
    for code, (before, after) in starts.items():
        columns[f"{code}_t0"] = np.where(rng.random(N) < 0.05, np.nan, before)
        columns[f"{code}_t1"] = np.where(gone, np.nan, after)
    return pl.DataFrame(columns).with_columns(pl.col(pl.Float64).fill_nan(None))


def laid_out(frame: pl.DataFrame, text: str = WHOLE) -> People:
    return lay_out(frame, read_configuration(text))


def run(frame: pl.DataFrame, text: str = WHOLE) -> Analysis:
    return analyse(laid_out(frame, text), read_configuration(text))


@cache
def whole() -> Analysis:
    return run(pilot())


@cache
def told() -> dict:
    return as_json(whole())


def both(code: str, moments: tuple[str, str] = ("t0", "t1")):
    """The answers of who belong, in the order of people, as the estimators take it."""
    belong = pilot().filter(pl.col("status") != "ineligible")
    return tuple(
        belong[f"{code}_{moment}"].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for moment in moments
    )


def of_those(column: str):
    """A column of who belong."""
    return pilot().filter(pl.col("status") != "ineligible")[column].to_numpy()


@cache
def compared() -> pl.DataFrame:
    """The pilot beside sixty people of a survey who changed by chance only."""
    rng = np.random.default_rng(13)
    others = pilot().with_columns(
        pl.concat_str(pl.lit("s"), "person").alias("person"),
        pl.lit("stayed").alias("status"),
        (pl.col("age") - 3).alias("age"),
        *(
            pl.col(f"{code}_t0").gather(rng.permutation(N)).alias(f"{code}_t1")
            for code in ("satisfied", "tread", "reads", "phones", "writes", "works")
        ),
        pl.col("hours_t0").alias("hours_t1"),
    )
    return pl.concat(
        [
            pilot().with_columns(arm=pl.lit(1)),
            others.with_columns(arm=pl.lit(0)),
        ],
        how="vertical_relaxed",
    )


@cache
def beside_survey() -> Analysis:
    return run(compared(), WHOLE.replace("pre_post", "control_group"))


def all_handed_over(analysis: Analysis, threshold: int = 5) -> HandedOver:
    """As if nothing had to be hidden from the public."""
    return handed_over(analysis, threshold, as_json(analysis))
