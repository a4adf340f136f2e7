"""The science on any file, by somebody who has no database and no municipality."""

import json
import subprocess
import sys

import pytest

from trede.commands.entry import run
from trede.environment import ROOT

WIDE = "person,satisfied_t0,satisfied_t1\n" + "".join(
    f"p{number},{number % 7},{min(10, number % 7 + number % 3)}\n"
    for number in range(24)
)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "data.csv").write_text(WIDE)
    (tmp_path / "run.toml").write_text(
        'design = "pre_post"\n[[outcome]]\ncode = "satisfied"\ntype = "score"\n'
        "primary = true\n"
    )
    (tmp_path / "misspelt.csv").write_text(WIDE.replace("fied_t1", "feid_t1"))
    again = "".join(
        f"{line},{number}{end}\n"
        for line, number, end in zip(
            WIDE.splitlines(),
            ["trust_t0,trsut_t1", *range(24)],
            ["", *(f",{number}" for number in range(24))],
            strict=True,
        )
    )
    (tmp_path / "one_of_two.csv").write_text(again)
    (tmp_path / "persoon.csv").write_text(WIDE.replace("person", "persoon"))
    run_toml = (tmp_path / "run.toml").read_text()
    misspelt = run_toml.replace("satisfied", "satified")
    (tmp_path / "misspelt.toml").write_text(misspelt)
    covariate = run_toml.replace("[[", 'covariates = ["satisfeid_t0"]\n[[')
    (tmp_path / "covariate.toml").write_text(covariate)
    (tmp_path / "no.toml").write_text("design = pre_post\n")
    return tmp_path


def test_a_file_and_a_design_are_enough(files, capsys):
    assert run(["evaluate", str(files / "data.csv"), "--design", "pre_post"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["design"], told["language"]) == ("pre_post", "change")
    headline = told["estimates"][0]
    assert headline["outcome"] == "satisfied" and headline["n"] == 24
    assert headline["estimate"] == pytest.approx(1.0)
    assert told["types_guessed"] == ["satisfied"]


def test_a_configuration_says_the_type_and_the_file_is_written(files, capsys):
    out = files / "found.json"
    asked = ["--config", str(files / "run.toml"), "--out", str(out)]
    assert run(["evaluate", str(files / "data.csv"), *asked]) == 0
    told = json.loads(out.read_text())
    assert told["types_guessed"] == [] and told["estimates"][0]["primary"] is True
    assert "is written" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["data.csv"], '"design" must be one of'),
        (["data.csv", "--design", "waiting_list"], 'needs the column "arm"'),
        (["gone.csv", "--design", "pre_post"], "there is no such file"),
        (["misspelt.csv", "--design", "pre_post"], "columns are: person, satisfied_t0"),
        (["one_of_two.csv", "--design", "pre_post"], 'Is "trsut_t1" that one?'),
        (["persoon.csv", "--design", "pre_post"], 'Call the right one "person"'),
        (["data.csv", "--config", "misspelt.toml"], 'Is "satisfied" meant?'),
        (["data.csv", "--config", "covariate.toml"], 'Is "satisfied_t0" meant?'),
        (["data.csv", "--config", "no.toml"], "Words stand between quotation marks"),
        (
            ["data.csv", "--design", "pre_post", "--out", "gone/x.pdf"],
            "There is no folder gone. Make it first.",
        ),
        (["data.csv", "--config", "gone.toml"], "cannot be read as text"),
        (["data.csv", "--design", "pre_post", "--out", "x.docx"], "written is .json"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(
    files, arguments, words, capsys, monkeypatch
):
    monkeypatch.chdir(files)
    assert run(["evaluate", *arguments]) == 1
    told = capsys.readouterr()
    assert words in told.err and not told.out


@pytest.mark.parametrize(
    ("out", "why"),
    [("x.json", "why not stands in it"), ("x.html", "say --view researcher")],
)
def test_where_nothing_could_be_estimated_that_is_said(files, capsys, out, why):
    of_three = "".join(WIDE.splitlines(keepends=True)[:4])
    (files / "three.csv").write_text(of_three)
    asked = ["--design", "pre_post", "--out", str(files / out)]
    assert run(["evaluate", str(files / "three.csv"), *asked]) == 0
    assert f"Nothing could be estimated; {why}" in capsys.readouterr().out
    assert run(["evaluate", str(files / "data.csv"), *asked]) == 0
    assert "Nothing" not in capsys.readouterr().out


def test_no_database_and_no_settings_are_asked_for(files):
    # In a process of its own: here Django is set up already.
    script = (
        "import sys; from trede.commands.entry import run;"
        "status = run(['evaluate', 'data.csv', '--design', 'pre_post']);"
        "assert 'django.db.models' not in sys.modules; sys.exit(status)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=files,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stderr
