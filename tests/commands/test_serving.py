"""`trede run` makes its secrets once, and serves a demo on this machine only."""

import stat
from argparse import Namespace
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import AT
from trede.audit.trail import record
from trede.commands import serving
from trede.commands.entry import CannotDo
from trede.commands.secret_making import make_secrets


def options(host: str, no_demo: bool = False) -> Namespace:
    return Namespace(host=host, port=8000, no_demo=no_demo)


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path):
    path = tmp_path / "var" / "trede.env"
    assert make_secrets(path) is True
    first = path.read_text()
    assert make_secrets(path) is False
    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_machines_do_not_share_a_secret(tmp_path: Path):
    files = [tmp_path / "one", tmp_path / "other"]
    for path in files:
        make_secrets(path)
    values = [
        {line.split("=", 1)[1] for line in path.read_text().splitlines() if "=" in line}
        for path in files
    ]
    assert not values[0] & values[1]
    assert len(values[0]) == 6


@pytest.mark.django_db
def test_new_secrets_do_not_go_with_a_database_of_other_secrets(
    tmp_path: Path, settings: Settings
):
    """A backup that was put back without its secrets."""
    made = tmp_path / "trede.env"
    make_secrets(made)
    serving.refuse_new_secrets_for_old_data(made)
    write_a_line()
    serving.refuse_new_secrets_for_old_data(made)
    assert made.exists()
    settings.AUDIT_KEY = b"made anew on another machine 123"
    with pytest.raises(CannotDo, match="other secrets"):
        serving.refuse_new_secrets_for_old_data(made)
    assert not made.exists()


def write_a_line() -> None:
    record(
        actor="system", action="began", purpose="administration", at=AT, persons=[7, 3]
    )


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "trede.example", "::"])
def test_a_demo_is_not_served_to_others(host: str):
    with pytest.raises(CannotDo, match="without a password"):
        serving.carry_out(options(host))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_this_machine_may_have_a_demo(host: str):
    assert serving.is_loopback(host)
