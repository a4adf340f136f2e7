"""Answering: 8 people at once, and one, each in sittings of 40 questions.

Every answer is saved by itself; its reply holds the next question. Shown: a whole page,
as after a reload; apart from the answers, by as many people. Printed for SQLite and
PostgreSQL, with the load of the machine, and beside it what a view of Django that does
nothing costs on the same server in the same minute; and before the rounds, how long the
first visitors of a server just started waited.

    PYTHONPATH=. .venv/bin/python bench/questionnaires.py [sqlite|postgresql] [rounds]

PostgreSQL runs in a cluster of its own, with its usual care for the disk.
"""

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench._cluster import ROOT, environment, in_django, postgresql, python, served

QUESTIONS, PEOPLE = 40, 8
SITTINGS = 48  # for 8 people; one person alone does a sixth of it


def measure(name: str, database: str, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        address = database or f"sqlite:///{folder}/bench.sqlite3"
        env = environment(Path(folder), address)
        python(env, "-m", "django", "collectstatic", "--noinput")
        number = rounds * (SITTINGS + SITTINGS // 6) + 2 * PEOPLE
        plan = json.loads(in_django(env, "_sittings_prepared", str(number)))
        plan["questions"] = QUESTIONS
        with served(env) as port:
            warm = take(plan, 2 * PEOPLE)
            first = load(env, warm, "answers", port, PEOPLE)
            print(f"{name}, just started: {PEOPLE} first visitors,", waited(first))
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


def waited(first: dict) -> str:
    times = first["times"]
    page, ahead = (max(times[what]) * 1000 for what in ("show", "ahead"))
    return f"at most {page:.0f} ms for a first page, {ahead:.0f} for what lies ahead"


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
