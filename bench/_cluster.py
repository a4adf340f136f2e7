"""A PostgreSQL of one's own, with its usual care for the disk; and Trede on it."""

import os
import pwd
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

from trede.commands.secret_making import make_secrets

ROOT = Path(__file__).parents[1]
SERVER = Path("/usr/lib/postgresql/15/bin")


def free_port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def postgresql(kept: Path | None = None) -> Iterator[str]:
    """In a folder that goes afterwards; or in `kept`, with what is there already."""
    with tempfile.TemporaryDirectory() as folder:
        place, port = kept or Path(folder), free_port()
        place.mkdir(exist_ok=True)
        os.chown(place, *_postgres())
        options = f"-p {port} -c listen_addresses=127.0.0.1"
        options += f" -c unix_socket_directories={place}"
        start = f"{SERVER}/pg_ctl -D {place}/data -w -l {place}/log -o '{options}'"
        new = not (place / "data").exists()
        if new:
            _run(f"{SERVER}/initdb -D {place}/data -A trust -E UTF8 --locale=C.UTF-8")
        _run(f"{start} start")
        try:
            if new:
                _run(f"createdb -h 127.0.0.1 -p {port} trede")
            yield f"postgresql://postgres@127.0.0.1:{port}/trede"
        finally:
            how = "fast" if kept else "immediate"
            _run(f"{SERVER}/pg_ctl -D {place}/data -m {how} stop")


def _run(command: str) -> None:
    run = ["su", "postgres", "-c", command]
    subprocess.run(run, check=True, stdout=subprocess.DEVNULL)


def _postgres() -> tuple[int, int]:
    found = pwd.getpwnam("postgres")
    return found.pw_uid, found.pw_gid


def environment(folder: Path, database: str) -> dict[str, str]:
    """With secrets of its own, made once for a folder."""
    make_secrets(folder / "trede.env")
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "trede.settings",
        "TREDE_DATABASE": database,
        "TREDE_VAR": str(folder),
        "TREDE_HTTPS": "no",
        "PYTHONPATH": str(ROOT),
    }


def python(env: dict[str, str], *what: str, said: str = "") -> str:
    done = subprocess.run(
        [sys.executable, *what],
        cwd=ROOT,
        env=env,
        input=said,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def in_django(env: dict[str, str], module: str, *asked: str) -> str:
    """A module of the bench, run after Django was set up."""
    start = "import django, runpy; django.setup();"
    start += f" runpy.run_module('bench.{module}', run_name='__main__')"
    return python(env, "-c", start, *asked)


@contextmanager
def served(env: dict[str, str]) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "bench._served", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/niets/", timeout=5)
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)
