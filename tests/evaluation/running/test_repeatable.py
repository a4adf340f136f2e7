"""The same data and seed give the same analysis, to the last digit."""

import json
import subprocess
import sys

import polars as pl

from tests.evaluation.running.figures import (
    WHOLE,
    beside_survey,
    compared,
    pilot,
    run,
    told,
)
from trede.environment import ROOT
from trede.evaluation.running.as_json import as_json

ASIDE = '[[outcome]]\ncode = "aside"\ntype = "hours"\n'


def written(found):
    return json.dumps(found, allow_nan=False)


def test_twice_is_the_same_to_the_digit():
    assert written(as_json(run(pilot()))) == written(told())


def test_in_another_process_too():
    here = (
        "import json; from tests.evaluation.running.figures import told;"
        "print(json.dumps(told(), allow_nan=False))"
    )
    there = subprocess.run(
        [sys.executable, "-c", here],
        capture_output=True,
        check=True,
        cwd=ROOT,
        text=True,
    )
    assert there.stdout.strip() == written(told())


def test_the_order_of_the_rows_changes_nothing_at_all():
    shuffled = pilot().sample(fraction=1, shuffle=True, seed=4)
    assert written(as_json(run(shuffled))) == written(told())
    survey = compared().sample(fraction=1, shuffle=True, seed=5)
    text = WHOLE.replace("pre_post", "control_group")
    assert written(as_json(run(survey, text))) == written(as_json(beside_survey()))


def test_one_row_per_wave_gives_what_one_row_per_person_gives():
    fixed = [c for c in pilot().columns if c[-3:] not in ("_t0", "_t1")]
    moving = [c[:-3] for c in pilot().columns if c.endswith("_t0")]
    waves = [
        pilot().select(
            *fixed,
            pl.lit(wave).alias("wave"),
            *(pl.col(f"{code}_{wave}").alias(code) for code in moving),
        )
        for wave in ("t0", "t1")
    ]
    assert written(as_json(run(pl.concat(waves)))) == written(told())


def test_another_outcome_changes_no_draw_of_those_that_were_there():
    frame = pilot().with_columns(aside_t0="hours_t1", aside_t1="hours_t0")
    more = as_json(run(frame, WHOLE.replace("[[scale]]", ASIDE + "[[scale]]")))

    def without(found, key):
        return [
            {k: v for k, v in one.items() if k not in ("p_holm", "p_bh")}
            for one in found[key]
            if one["outcome"] != "aside"
        ]

    for key in ("estimates", "sensitivity", "subgroups", "precision", "outcomes"):
        assert without(more, key) == without(told(), key)
    assert more["ladder"] == told()["ladder"]
    assert more["attrition"] == told()["attrition"]


def test_another_seed_changes_what_was_drawn_and_nothing_else():
    other = as_json(run(pilot(), WHOLE.replace("seed = 3", "seed = 4")))

    def by_way(found):
        return {
            one["way"]: one["estimate"]
            for one in found["sensitivity"]
            if one["outcome"] == "satisfied"
        }

    mine, theirs = by_way(told()), by_way(other)
    assert mine["mi"] != theirs["mi"]
    assert mine["complete_cases"] == theirs["complete_cases"]
    assert other["outcomes"] == told()["outcomes"]
    assert other["seed"] == 4


def test_who_does_not_belong_changes_no_figure():
    belong = pilot().filter(pl.col("status") != "ineligible")
    found, mine = as_json(run(belong)), dict(told())
    assert found.pop("flow") != mine.pop("flow")
    assert written(found) == written(mine)


def test_every_entry_has_a_place_for_why_it_is_withheld():
    found = told()
    for key in ("outcomes", "estimates", "times", "sensitivity", "instrument"):
        assert found[key] and all(one["suppressed"] is None for one in found[key])
    for key in ("ladder", "attrition", "flow"):
        assert found[key]["suppressed"] is None
