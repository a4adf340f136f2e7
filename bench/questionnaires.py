"""Answering: 8 people at once, and one, each in sittings of 40 questions.

Every answer is saved by itself; its reply holds the next question. Shown: a whole page,
as after a reload; apart from the answers, by as many people. Printed for SQLite and
PostgreSQL, with the load of the machine, and beside it what a view of Django that does
nothing costs on the same server in the same minute.

    PYTHONPATH=. .venv/bin/python bench/questionnaires.py [sqlite|postgresql] [rounds]

PostgreSQL runs in a cluster of its own, with its usual care for the disk.
"""

import json
import os
import pwd
import statistics
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
QUESTIONS, PEOPLE = 40, 8
SITTINGS = 48  # for 8 people; one person alone does a sixth of it
PREPARE = (
    "import django, runpy; django.setup();"
    " runpy.run_module('bench._sittings_prepared', run_name='__main__')"
)
SERVER = Path("/usr/lib/postgresql/15/bin")


def free_port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def postgresql() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        place, port = Path(folder), free_port()
        os.chown(place, *_postgres())
        run = ["su", "postgres", "-c"]
        options = f"-p {port} -c listen_addresses=127.0.0.1"
        options += f" -c unix_socket_directories={place}"
        init = f"{SERVER}/initdb -D {place}/data -A trust -E UTF8 --locale=C.UTF-8"
        start = (
            f"{SERVER}/pg_ctl -D {place}/data -w -l {place}/log -o '{options}' start"
        )
        for command in (init, start, f"createdb -h 127.0.0.1 -p {port} trede"):
            subprocess.run([*run, command], check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/trede"
        finally:
            stop = f"{SERVER}/pg_ctl -D {place}/data -m immediate stop"
            subprocess.run([*run, stop], check=True, stdout=subprocess.DEVNULL)


def _postgres() -> tuple[int, int]:
    found = pwd.getpwnam("postgres")
    return found.pw_uid, found.pw_gid


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


def measure(name: str, database: str, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        make_secrets(Path(folder) / "trede.env")
        address = database or f"sqlite:///{folder}/bench.sqlite3"
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "trede.settings",
            "TREDE_DATABASE": address,
            "TREDE_VAR": folder,
            "TREDE_HTTPS": "no",
            "PYTHONPATH": str(ROOT),
        }
        call(env, "collectstatic", "--noinput", module="django")
        number = rounds * (SITTINGS + SITTINGS // 6) + 2 * PEOPLE
        plan = json.loads(python(env, "-c", PREPARE, str(number)))
        plan["questions"] = QUESTIONS
        with served(env) as port:
            warm = take(plan, 2 * PEOPLE)
            load(env, warm, "answers", port, PEOPLE)
            for number in range(rounds):
                one_round(env, plan, port, f"{name} {number + 1}")


def one_round(env: dict[str, str], plan: dict, port: int, name: str) -> None:
    for people, sittings in ((PEOPLE, SITTINGS), (1, SITTINGS // 6)):
        taken = take(plan, sittings)
        answered = load(env, taken, "answers", port, people)
        looked = load(env, taken, "pages", port, people)
        bare = load(env, plan, "nothing", port, people)
        saved, shown = answered["times"]["save"], looked["times"]["show"]
        answers = len(saved) / answered["seconds"]
        pages = len(shown) / looked["seconds"]
        nothing = len(bare["times"]["nothing"]) / bare["seconds"]
        print(
            f"{name:<14}{people} at once: {answers:4.0f} answers/s,"
            f" save {spread(saved)} ms; {pages:4.0f} pages/s, show {spread(shown)} ms;"
            f" a view that does nothing {nothing:5.0f}/s:"
            f" {nothing / answers:4.1f} times as many; load {os.getloadavg()[0]:.1f}",
            flush=True,
        )


def spread(times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=20)
    return f"p50 {cuts[9] * 1000:5.1f} p95 {cuts[18] * 1000:5.1f}"


def take(plan: dict, sittings: int) -> dict:
    taken = plan["sittings"][:sittings]
    del plan["sittings"][:sittings]
    return plan | {"sittings": taken}


def load(env: dict[str, str], plan: dict, what: str, port: int, people: int) -> dict:
    asked = [str(ROOT / "bench/_people_answering.py"), what, str(port), str(people)]
    return json.loads(python(env, *asked, said=json.dumps(plan)))


def call(env: dict[str, str], *command: str, module: str) -> None:
    python(env, "-m", module, *command)


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


def main() -> None:
    which = sys.argv[1] if len(sys.argv) > 1 else "both"
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    if which in ("both", "sqlite"):
        measure("SQLite", "", rounds)
    if which in ("both", "postgresql"):
        with postgresql() as database:
            measure("PostgreSQL", database, rounds)


if __name__ == "__main__":
    main()
