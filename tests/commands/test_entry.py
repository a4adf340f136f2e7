"""The command line's front door: 0 done, 1 refused with the reason, 2 wrong use."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from trede.accounts.models import Municipality
from trede.commands import entry
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot, PilotFile
from trede.pilots.reading import read_rules

SHIPPED = Path(read_rules.__code__.co_filename).parent / "approaches" / "nijmegen.toml"


def test_without_a_command_it_lists_them_and_says_that_this_is_wrong_use(capsys):
    assert entry.run([]) == 2
    shown = capsys.readouterr().err
    assert all(" ".join(command.words) in shown for command in entry.COMMANDS)


@pytest.mark.parametrize("asked", ["--help", "-h", "help"])
def test_who_asks_for_help_gets_it_and_did_nothing_wrong(asked, capsys):
    assert entry.run([asked]) == 0
    shown = capsys.readouterr()
    assert all(" ".join(command.words) in shown.out for command in entry.COMMANDS)
    assert not shown.err


def test_a_command_that_is_not_there_is_wrong_use():
    assert entry.run(["fly"]) == 2


@pytest.mark.parametrize(
    ("command", "option", "values"),
    [
        (["evaluate", "x.csv"], "--out", ("a.pdf", "b.pdf")),
        (["evaluate", "x.csv"], "--config", ("a.toml", "b.toml")),
        (["synthesise", "x.json"], "--out", ("a.json", "b.json")),
        (["plan"], "--people", ("40", "60")),
        (["report", "nijmegen"], "--out", ("a.pdf", "b.pdf")),
    ],
)
def test_an_option_said_twice_loses_nothing_silently(command, option, values, capsys):
    asked = [word for value in values for word in (option, value)]
    with pytest.raises(SystemExit) as stop:
        entry.run([*command, *asked])
    assert stop.value.code == 2
    told = capsys.readouterr()
    assert f"{option} stands there twice. Give it once" in told.err
    assert not told.out


def test_an_option_that_is_not_there_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as stop:
        entry.run(["pilot", "check", str(SHIPPED), "--fast"])
    assert stop.value.code == 2


@pytest.mark.django_db
def test_every_command_declares_its_options_and_says_what_it_does(capsys):
    for command in entry.COMMANDS:
        with pytest.raises(SystemExit) as stop:
            entry.run([*command.words, "--help"])
        assert stop.value.code == 0
        assert command.does in capsys.readouterr().out


def test_a_pilot_file_that_is_right_is_said_to_be(capsys):
    assert entry.run(["pilot", "check", str(SHIPPED), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["code"] == "nijmegen"
    assert said["waves"] == ["T0", "T0b", "T1", "T2"]


def test_a_mistake_in_a_pilot_file_is_named_with_its_line(tmp_path: Path, capsys):
    text = SHIPPED.read_text(encoding="utf-8")
    line = text.splitlines().index("aim = 150") + 1
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace("aim = 150", 'aim = "many"'), encoding="utf-8")
    assert entry.run(["pilot", "check", str(wrong)]) == 1
    assert f"wrong.toml, line {line}, pilot.aim" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused_in_words(capsys):
    assert entry.run(["pilot", "check", "nowhere.toml"]) == 1
    assert "There is no file nowhere.toml" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_pilot_is_loaded_once_and_exported_as_it_was(capsys):
    assert entry.run(["pilot", "load", str(SHIPPED)]) == 0
    assert entry.run(["pilot", "load", str(SHIPPED)]) == 0
    assert PilotFile.objects.count() == Municipality.objects.count() == 1
    capsys.readouterr()
    assert entry.run(["pilot", "export", "nijmegen"]) == 0
    assert read_rules(capsys.readouterr().out) == rules_of(Pilot.objects.get())


@pytest.mark.django_db
def test_a_pilot_that_is_not_there_is_refused_with_the_ones_that_are(capsys):
    assert entry.run(["pilot", "export", "atlantis"]) == 1
    assert "The pilots here: none yet" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_a_whole_audit_trail_verifies(capsys, settings, tmp_path: Path):
    settings.AUDIT_HEAD = tmp_path / "head"
    entry.run(["pilot", "load", str(SHIPPED)])
    capsys.readouterr()
    assert entry.run(["audit", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["whole"] is True


def test_the_module_runs_from_the_shell():
    done = subprocess.run(
        [sys.executable, "-m", "trede", "pilot", "check", str(SHIPPED)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "nijmegen.toml is right" in done.stdout


@pytest.mark.parametrize(
    "asked", [("plan", "--people", "50"), ("pilot", "check", str(SHIPPED)), ("--help",)]
)
def test_who_reads_only_the_beginning_hears_no_complaint(asked: tuple[str, ...]):
    """As `| head` does: whoever reads is gone before the last line is written."""
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "trede", *asked],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As on a machine on which nothing was ever set up."""
    return subprocess.run(
        [sys.executable, "-m", "trede", *arguments],
        env={"PATH": "", "TREDE_VAR": str(folder)},
        cwd=Path(entry.__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_is_looked_at_without_secrets_and_without_a_database(tmp_path: Path):
    looked = run_in(tmp_path, "pilot", "check", str(SHIPPED))
    assert looked.returncode == 0, looked.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_stored_is_not_opened_without_its_secrets(tmp_path: Path):
    refused = run_in(tmp_path, "audit", "verify")
    assert refused.returncode == 1
    assert refused.stderr.startswith("TREDE_SECRET_KEY is not set. Run `make run`")
    assert "Traceback" not in refused.stderr
