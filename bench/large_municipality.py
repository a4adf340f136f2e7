"""A municipality so large that nobody has it: people, coaches and what happened.

    PYTHONPATH=. .venv/bin/python bench/large_municipality.py FOLDER [people]

Fills a PostgreSQL of its own in the folder, which is kept for `bench/desk.py`. Of
400,000 people there are 300 coaches and five million things that happened: the
timelines of a hundred thousand who closed, of twelve trajectories for every coach, and
of all who wait or never came. Seeded: as many people give the same story. What stands
encrypted is encrypted, and everybody can be searched for. It does not go through the
rules: those are as quick as one coach, and not as quick as COPY.
"""

import sys
from pathlib import Path

from bench._cluster import environment, in_django, postgresql

PEOPLE = 400_000


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    people = int(sys.argv[2]) if len(sys.argv) > 2 else PEOPLE
    folder.mkdir(parents=True, exist_ok=True)
    with postgresql(folder / "database") as database:
        print(in_django(environment(folder, database), "_large_people", str(people)))


if __name__ == "__main__":
    main()
