"""The same data from CSV, SPSS and Parquet: the same figures and the same report.

Each keeps numbers in its own way: as text, as broken numbers, as whole ones.
"""

import json
import platform
from datetime import datetime
from importlib.metadata import version

import numpy as np
import polars as pl
import pyreadstat
import pytest

from trede import __version__
from trede.commands.entry import run

ENDINGS = (".csv", ".sav", ".parquet")
ASKED = """
design = "several_pilots"
covariates = ["age", "woman", "district"]
subgroups = ["woman"]
[[outcome]]
code = "satisfied"
type = "score"
scale = [0, 10]
primary = true
[[outcome]]
code = "works"
type = "binary"
"""
ONE_GROUP = ASKED.replace("several_pilots", "pre_post")
BESIDE = ASKED.replace("several_pilots", "control_group")


def data():
    """Whole numbers, broken ones and words, and cells of each that are empty."""
    rng = np.random.default_rng(6)
    n = 120
    before = rng.integers(2, 8, n)
    after = [
        None if rng.random() < 0.1 else int(b + rng.integers(-1, 3)) for b in before
    ]
    return pl.DataFrame(
        {
            "person": range(1, n + 1),
            "arm": [number % 2 for number in range(n)],
            "pilot": [number % 3 + 1 for number in range(n)],
            "cluster": [number % 12 for number in range(n)],
            "mode": [number % 2 + 1 for number in range(n)],
            "woman": [None if number % 40 == 7 else number % 2 for number in range(n)],
            "age": rng.normal(45, 8, n).round(1),
            "district": rng.choice(["North", "South"], n),
            "satisfied_t0": before,
            "satisfied_t1": after,
            "works_t0": rng.integers(0, 2, n),
            "works_t1": rng.integers(0, 2, n),
        }
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder, frame = tmp_path_factory.mktemp("kinds"), data()
    frame.write_csv(folder / "data.csv")
    frame.write_parquet(folder / "data.parquet")
    pyreadstat.write_sav(frame, str(folder / "data.sav"))
    return folder


def told(files, ending, asked, out):
    (files / "run.toml").write_text(asked)
    config = ["--config", str(files / "run.toml")]
    data, path = files / f"data{ending}", files / out
    assert run(["evaluate", str(data), *config, "--out", str(path)]) == 0
    return path.read_text().replace(data.name, "data")


@pytest.mark.parametrize("asked", [ASKED, ONE_GROUP, BESIDE])
def test_every_kind_of_file_gives_the_same_figures_to_the_last_digit(files, asked):
    one, *others = (told(files, ending, asked, "out.json") for ending in ENDINGS)
    assert others == [one, one]


def test_a_name_that_is_a_number_has_no_comma(files):
    found = told(files, ".sav", ASKED, "out.json")
    assert '"difference_1/1"' in found and "1.0" not in found.split('"')


def test_every_kind_of_file_gives_the_same_report(files):
    one, *others = (told(files, ending, ONE_GROUP, "out.html") for ending in ENDINGS)
    assert others == [one, one]


def test_the_figures_say_how_to_make_them_again(files):
    found = json.loads(told(files, ".csv", ONE_GROUP, "out.json"))
    made = found["made"]
    assert found["seed"] == 1 and len(made["data_hash"]) == 64
    assert made["versions"] == {
        "Trede": __version__,
        "Python": platform.python_version(),
        "NumPy": version("numpy"),
        "SciPy": version("scipy"),
    }
    assert made["on"] == datetime.now().astimezone().date().isoformat()
    page = told(files, ".csv", ONE_GROUP, "out.html")
    for part in (made["data_hash"], *(f"{n} {v}" for n, v in made["versions"].items())):
        assert part in page
    public = ["--view", "public", "--out", str(files / "public.json")]
    config = ["--config", str(files / "run.toml")]
    assert run(["evaluate", str(files / "data.csv"), *config, *public]) == 0
    assert json.loads((files / "public.json").read_text())["made"] == made


def test_one_other_answer_is_other_data_and_another_order_is_not(files):
    shuffled = data().sample(fraction=1, shuffle=True, seed=3)
    other = data().with_columns(works_t1=1 - pl.col("works_t1"))
    hashes = []
    for number, frame in enumerate((data(), shuffled, other)):
        frame.write_csv(files / f"{number}.csv")
        asked = ["--config", str(files / "run.toml"), "--out", str(files / "o.json")]
        assert run(["evaluate", str(files / f"{number}.csv"), *asked]) == 0
        found = json.loads((files / "o.json").read_text())
        hashes.append(found["made"]["data_hash"])
    assert hashes[0] == hashes[1] != hashes[2]
