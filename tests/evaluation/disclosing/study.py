"""A study of one or a few outcomes, written down as pairs of answers."""

import json
from collections.abc import Mapping, Sequence

import polars as pl

from trede.evaluation.disclosing.judging import Judged, lay_before
from trede.evaluation.disclosing.reading import Json
from trede.evaluation.disclosure import Released, protect
from trede.evaluation.editions import Earlier
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import (
    COLUMNS,
    Configuration,
    Outcome,
)
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import People, lay_out

Pair = tuple[float | None, float | None]


def asked(
    *outcomes: Outcome,
    design: Design = Design.PRE_POST,
    covariates: tuple[str, ...] = (),
) -> Configuration:
    return Configuration(
        design,
        columns={name: name for name in COLUMNS},
        outcomes=outcomes,
        covariates=covariates,
    )


def people_with(
    pairs: Mapping[str, Sequence[Pair]],
    configuration: Configuration,
    **columns: Sequence[object],
) -> People:
    frame: dict[str, Sequence[object]] = dict(columns)
    for code, given in pairs.items():
        frame[f"{code}_t0"] = [before for before, _ in given]
        frame[f"{code}_t1"] = [after for _, after in given]
    n = len(next(iter(frame.values())))
    frame.setdefault("person", [f"p{number}" for number in range(n)])
    return lay_out(pl.DataFrame(frame, strict=False), configuration)


def analysis_of(people: People, configuration: Configuration) -> Json:
    found: Json = json.loads(json.dumps(as_json(analyse(people, configuration))))
    return found


def released_of(
    people: People,
    configuration: Configuration,
    *earlier: Earlier,
) -> tuple[Json, Judged, Released]:
    judged = lay_before(people, configuration, analysis_of(people, configuration))
    released = protect((), judged.claims, earlier=earlier)
    return judged.public(released), judged, released


def times(n: int, pair: Pair) -> list[Pair]:
    return [pair] * n


def entry(analysis: Json, section: str, **named: object) -> Json:
    found = analysis[section]
    assert isinstance(found, list)
    (one,) = [e for e in found if all(e.get(k) == v for k, v in named.items())]
    return dict(one)
