"""The desk of a large municipality, through the served app: one client, and eight.

    PYTHONPATH=. .venv/bin/python bench/desk.py FOLDER

The folder is what `bench/large_municipality.py` filled. Shown for each page: how long
one request takes, alone and with eight at once, and how many queries it needs. The aim:
p95 under 150 ms and at most 15 queries; searching under 100 ms. How many people are
where counts everybody, and comes after the first page of a coordinator.

Measured on 24 November 2026 with 400,000 people, 300 coaches and 5 million entries on
two cores with nothing else at work, p95 of one client: Mijn dag 114 ms, first page of
a coordinator 99, a person 59, the heaviest file 53, lists of people 59 and 70,
waiting lists 103 and 106, who is due for a letter 119, letters of a round 40, what is
missing 60 and 125, who did not come 96; searching by three letters 42, a whole name
60 and 93, BSN 20, telephone 25. How many are where took 230. At most 14 queries.
"""

import http.client
import json
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain, cycle, islice
from pathlib import Path
from urllib.parse import urlencode

from bench._cluster import environment, in_django, postgresql, python, served

TIMES, AT_ONCE, EACH, WARM_UP = 30, 8, 6, 12
TOKEN = "b" * 32


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    with postgresql(folder / "database") as database:
        env = environment(folder, database)
        python(env, "-m", "django", "migrate", "--verbosity=0")
        python(env, "-m", "django", "collectstatic", "--noinput")
        plan = json.loads(in_django(env, "_desk_pages"))
        print(f"{plan['people']} people, {plan['coaches']} coaches", flush=True)
        with served(env) as port:
            for page in plan["pages"]:
                alone, together = (
                    times(port, page["asked"]),
                    at_once(port, page["asked"]),
                )
                print(
                    f"{page['name']:<40}{spread(alone)} ms,"
                    f" eight at once {spread(together)} ms,"
                    f" {page['queries']:>3} queries,"
                    f" {page['slowest']:5.1f} ms the slowest of them;"
                    f" load {os.getloadavg()[0]:.1f}",
                    flush=True,
                )


def times(port: int, asked: list[dict], n: int = TIMES) -> list[float]:
    """Some of these pages to warm up every process, and then so many in turn."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    for one in islice(cycle(asked), WARM_UP):
        answer(line, one)
    told = []
    for number in range(n):
        begun = time.perf_counter()
        answer(line, asked[number % len(asked)])
        told.append(time.perf_counter() - begun)
    return told


def at_once(port: int, asked: list[dict]) -> list[float]:
    """By clients that each begin elsewhere among these pages."""
    shifted = [
        asked[n % len(asked) :] + asked[: n % len(asked)] for n in range(AT_ONCE)
    ]
    with ThreadPoolExecutor(AT_ONCE) as clients:
        return list(
            chain.from_iterable(clients.map(partial(times, port, n=EACH), shifted))
        )


def answer(line: http.client.HTTPConnection, one: dict) -> None:
    headers = {"Cookie": f"sessionid={one['session']}; csrftoken={TOKEN}"}
    if one["said"]:
        body = urlencode({"q": one["said"], "csrfmiddlewaretoken": TOKEN})
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request("POST", one["path"], body, headers)
    else:
        line.request("GET", one["path"], headers=headers)
    reply = line.getresponse()
    page = reply.read()
    if reply.status != 200:
        raise SystemExit(f"{one['path']}: {reply.status} {page[:300]!r}")


def spread(told: list[float]) -> str:
    cuts = statistics.quantiles(told, n=20)
    return f"p50 {cuts[9] * 1000:6.1f} p95 {cuts[18] * 1000:6.1f}"


if __name__ == "__main__":
    main()
