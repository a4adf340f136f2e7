"""One step for as many people at once as a coordinator may choose, on a large database.

    PYTHONPATH=. .venv/bin/python bench/same_step.py FOLDER

The folder is what `bench/large_municipality.py` filled. It is all taken
back at the end. Shown: how long it takes, and how many queries each person costs.
"""

import sys
from pathlib import Path

from bench._cluster import environment, in_django, postgresql, python


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    with postgresql(folder / "database") as database:
        env = environment(folder, database)
        python(env, "-m", "django", "migrate", "--verbosity=0")
        print(in_django(env, "_same_step_taken"), end="")


if __name__ == "__main__":
    main()
