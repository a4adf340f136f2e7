"""The fictitious data of the examples give back the truth that lies beside them."""

import csv
import importlib.util
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from tests.evaluation.running.figures import all_handed_over
from trede.commands.evaluate import configured, laid_out
from trede.evaluation.estimate import Estimate
from trede.evaluation.running.analysing import Analysis, analyse
from trede.evaluation.synthesis.likeness import by_measure
from trede.evaluation.synthesis.outcomes import synthesise

DATA = Path(__file__).parents[3] / "docs" / "examples" / "data"
PILOTS = ("nijmegen_like", "enschede_like", "arnhem_like")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    path = DATA / "make_fictitious_data.py"
    found = importlib.util.spec_from_file_location("make_fictitious_data", path)
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@cache
def analysed(data: str) -> Analysis:
    """The headlines, without what takes long: who is missing, subgroups."""
    asked = configured(DATA / f"{data}.toml", None)
    outcomes = tuple(replace(one, primary=False) for one in asked.outcomes)
    configuration = replace(asked, outcomes=outcomes, subgroups=())
    return analyse(laid_out(DATA / f"{data}.csv", configuration), configuration)


def headlines(data: str) -> dict[str, Estimate]:
    return {
        line.outcome.code: line.estimate
        for line in analysed(data).lines
        if line.contrast == "difference_1" and line.headline
    }


def truth(name: str) -> dict:
    return json.loads((DATA / f"{name}_truth.json").read_text())


def held(estimate: Estimate, true: float) -> bool:
    limits = estimate.interval
    return limits is not None and limits.low <= true <= limits.high


def right(code: str) -> str:
    """Under which name the truth of a headline stands."""
    return "answering_net_share_up" if code == "health" else "answering"


def effects_in_units(data: str) -> dict[str, Estimate]:
    """The headlines; of an odds ratio the difference in treads or answers beside it."""
    found = headlines(data)
    beside = {
        line.outcome.code: line.estimate
        for line in analysed(data).lines
        if line.contrast == "difference_1" and line.estimate.method == "ancova_hc3"
    }
    return {
        code: beside[code] if one.method.startswith("proportional_odds") else one
        for code, one in found.items()
    }


def test_every_effect_beside_the_survey_is_in_its_interval():
    found = effects_in_units("fictitious_control_group")
    effects = truth("fictitious_control_group")["effect"]
    assert all(held(found[code], one["answering"]) for code, one in effects.items())


def changes_missed() -> dict[tuple[str, str], bool]:
    """By pilot and outcome: whether the interval misses the true change."""
    missed = {}
    for pilot in PILOTS:
        found = headlines(f"fictitious_{pilot}")
        for code, one in truth("fictitious_three_pilots")["change"][pilot].items():
            missed[pilot, code] = not held(found[code], one[right(code)])
    return missed


def test_of_the_changes_of_three_pilots_sixteen_of_eighteen_are_in_theirs():
    missed = changes_missed()
    assert len(missed) == 18
    assert [where for where, is_missed in missed.items() if is_missed] == [
        ("enschede_like", "satisfied"),
        ("arnhem_like", "hours"),
    ]


def test_the_page_beside_the_data_says_how_many_hold_the_truth():
    changes = changes_missed()
    every = len(changes) + len(truth("fictitious_control_group")["effect"])
    told = " ".join((DATA / "README.md").read_text(encoding="utf-8").split())
    assert f"Of the {every} effects and changes" in told
    assert (
        f"the 95% intervals of {every - sum(changes.values())} hold the truth" in told
    )


def test_the_synthesis_holds_the_mean_of_the_three_true_changes():
    summaries = [
        one
        for pilot in PILOTS
        for one in all_handed_over(
            analysed(f"fictitious_{pilot}"), threshold=5
        ).summaries
    ]
    changes = truth("fictitious_three_pilots")["change"]
    groups = by_measure(summaries)
    assert len(groups) == 6
    for group in groups:
        code, found = group[0].measure.outcome, synthesise(group)
        true = [changes[pilot][code][right(code)] for pilot in PILOTS]
        assert held(found.estimates[0], sum(true) / 3)


def test_the_files_are_what_the_seed_gives(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(maker, "HERE", tmp_path)
    monkeypatch.setattr(maker, "MANY", 100)
    maker.control_group()
    maker.three_pilots()
    maker.export()
    for path in (*tmp_path.glob("*.csv"), *tmp_path.glob("*.toml")):
        assert path.read_bytes() == (DATA / path.name).read_bytes()


def test_everything_that_is_made_up_says_so():
    names = [path.name for path in DATA.glob("*.*") if path.suffix in (".csv", ".json")]
    assert len(names) == 8  # six of people, two of truth
    assert all(name.startswith("fictitious_") for name in names)


def test_nobody_who_left_has_a_second_answer():
    for path in DATA.glob("*.csv"):
        if path.stem == "fictitious_export":
            continue
        with path.open(newline="", encoding="utf-8") as file:
            people = list(csv.DictReader(file))
        left = [one for one in people if one["status"] == "dropout"]
        assert left
        assert not any(one[key] for one in left for key in one if key.endswith("_t1"))


def test_of_everybody_who_left_a_pilot_it_is_known_when_and_why():
    for pilot in PILOTS:
        path = DATA / f"fictitious_{pilot}.csv"
        with path.open(newline="", encoding="utf-8") as file:
            people = list(csv.DictReader(file))
        kinds = {
            status: {one["exit_kind"] for one in people if one["status"] == status}
            for status in ("stayed", "dropout")
        }
        assert kinds == {"stayed": {"", "completed"}, "dropout": {"dropout", "other"}}


@pytest.mark.parametrize("pilot", PILOTS)
def test_the_ways_out_of_a_pilot_make_everybody_who_left(pilot: str):
    found = analysed(f"fictitious_{pilot}")
    (ended,) = found.exits.figures
    (followed,) = [one for one in found.curves if one.outcome == "exit"]
    assert ended.outcome == "exit" and len(ended.ways) > 1
    assert sum(way.n for way in ended.ways) == followed.events > 0
    gone = 1 - followed.curve.surviving[-1]
    assert sum(way.estimate for way in ended.ways) == pytest.approx(gone)
