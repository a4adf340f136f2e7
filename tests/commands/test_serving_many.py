"""`trede run` answers everybody who asks at once, from its first minute on."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from socket import create_connection, socket
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.db import connection

from trede.commands import serving
from trede.environment import ROOT

AT_ONCE = 16


@pytest.fixture
def served(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """Its own process, on the tests' database."""
    port = free_port()
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "trede.settings",
        "TREDE_DATABASE": address_of_the_tests_database(),
        "TREDE_VAR": str(tmp_path),
    }
    run = [sys.executable, "-m", "trede", "run", "--no-demo", "--port", str(port)]
    with subprocess.Popen(run, cwd=ROOT, env=env) as server:
        try:
            wait_until_it_listens(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def address_of_the_tests_database() -> str:
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    who = f"{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}"
    return f"postgresql://{who}/{at['NAME']}"


def free_port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_until_it_listens(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("The server did not start.")


def status_of(address: str) -> int:
    try:
        with urlopen(address, timeout=20) as reply:
            return int(reply.status)
    except HTTPError as refused:
        return refused.code


def test_sixteen_who_ask_the_database_at_once_are_all_answered(served: str):
    """Its processes once shared the lines of the one they were split off from."""
    asks_the_database = f"{served}/vragenlijst/niemands-sleutel/"
    with ThreadPoolExecutor(AT_ONCE) as people:
        statuses = people.map(status_of, [asks_the_database] * 4 * AT_ONCE)
    assert set(statuses) == {404}


@pytest.mark.django_db(transaction=True)
def test_a_process_keeps_no_line_to_the_database_for_those_split_off_from_it():
    connection.ensure_connection()
    serving.let_go_of_the_database()
    assert connection.connection is None
    assert not getattr(connection, "_connection_pools", {})
    connection.ensure_connection()


def test_every_template_can_be_compiled():
    serving.compile_every_template()
