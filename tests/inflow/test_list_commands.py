"""`trede list check` and `trede list import`: keys and exit codes of the contract."""

import json
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.inflow.listmaking import AMINA, HASSAN, WRONG, as_list, make_pilot
from trede.commands.entry import run
from trede.inflow.models import Candidate, ListUpload
from trede.people.models import Person

pytestmark = pytest.mark.django_db
KEYS = {
    "format",
    "encoding",
    "header_row",
    "columns",
    "rows",
    "accepted",
    "rejected",
    "duplicates",
    "eligible",
    "ineligible",
    "undecided",
    "by_criterion",
}
Said = pytest.CaptureFixture[str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(as_list(AMINA, WRONG, HASSAN, AMINA))
    return path


def test_check_reports_and_writes_nothing(path: Path, capsys: Said) -> None:
    words = ["list", "check", str(path), "--pilot", "nijmegen", "--on", "2020-02-01"]
    assert run([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == KEYS
    rejected = {one["row"] for one in told["rejected"]}
    assert told["rows"] == told["accepted"] + len(rejected) + told["duplicates"] == 4
    assert told["accepted"] == told["eligible"] == 2
    assert set(told["rejected"][0]) == {"row", "column", "value", "reason"}
    assert run(words) == 0
    assert "123456789" in capsys.readouterr().out
    assert not Person.objects.exists()
    assert not ListUpload.objects.exists()


def test_import_reads_in_and_a_second_time_is_refused(
    cast: Cast, path: Path, capsys: Said
) -> None:
    pilot = make_pilot(cast.here)
    words = ["list", "import", str(path), "--pilot", pilot.code, "--on", "2020-02-01"]
    assert run([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= KEYS
    assert sum(told["read_in"].values()) == told["rows"] == 4
    assert Candidate.objects.count() == 2
    assert run(words) == 1
    assert capsys.readouterr().err
    assert Candidate.objects.count() == 2


@pytest.mark.parametrize("command", ["check", "import"])
def test_what_cannot_be_read_is_refused_in_words(
    command: str, cast: Cast, tmp_path: Path, capsys: Said
) -> None:
    code = make_pilot(cast.here).code
    broken = tmp_path / "list.pdf"
    broken.write_bytes(b"%PDF-1.7")
    assert run(["list", command, str(broken), "--pilot", code]) == 1
    assert "list.pdf" in capsys.readouterr().err
    assert run(["list", command, str(tmp_path / "none"), "--pilot", code]) == 1
    assert run(["list", command, str(broken), "--pilot", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["x.csv"], ["x", "--pilot", "y", "--on", "1/2"]])
def test_wrong_use_is_exit_code_two(words: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as problem:
        run(["list", "check", *words])
    assert problem.value.code == 2
