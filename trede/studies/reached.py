"""Everybody on the list of a pilot, as the science lays who was reached beside it.

Of a candidate goes along what the list told of them in broad levels (an age band, a
part of the world), and whether they were reached and measured; no pseudonym, so that no
row of it can be tied to answers. It is what the coordinator's page of who was reached
counts, of the same people as the flow diagram.
"""

from collections.abc import Collection, Mapping
from datetime import date

import numpy as np
import polars as pl

from trede.evaluation.running.reaching import TargetList
from trede.inflow.models import Candidate
from trede.inflow.reach import FIELDS, UNKNOWN, Feature, Listed, features
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.studies.flow import ANSWERED, Stop

REACHED, MEASURED = "reached", "measured"


def target_list(
    pilot: Pilot, rules: Rules, until: date, ends: Mapping[int, Stop]
) -> TargetList:
    """`ends`: how far everybody came by the day, as `flow.stops` found it."""
    rows = Candidate.objects.filter(pilot=pilot, person__merged_into=None)
    people, measured = [], []
    for person_id, *known in rows.values_list("person_id", *FIELDS):
        stop = ends.get(person_id)
        if stop is not None:
            people.append(Listed(*(*known, stop.reached(REACHED))))
            measured.append(stop.reached(ANSWERED))
    frame = pl.DataFrame(
        [
            *(
                _column(each, people)
                for each in features(rules, until, {one.quarter for one in people})
            ),
            pl.Series(REACHED, [one.reached for one in people], pl.Boolean()),
            pl.Series(MEASURED, measured, pl.Boolean()),
        ]
    )
    # In an order that has nothing to do with who came when.
    frame = frame.sort(frame.columns)
    return TargetList(
        np.array(frame[REACHED]),
        np.array(frame[MEASURED]),
        frame.drop(REACHED, MEASURED),
    )


def _column(feature: Feature, people: Collection[Listed]) -> pl.Series:
    known = [feature.coder(one) for one in people]
    levels = [code for code, _label in feature.options if code != UNKNOWN]
    kind = pl.Enum(levels) if feature.ordered else pl.String()
    told = [None if code == UNKNOWN else code for code in known]
    return pl.Series(feature.code, told, kind)
