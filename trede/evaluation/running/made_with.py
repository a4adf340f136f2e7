"""With what and of which data a run was made: enough to make it again to the digit.

The hash is of the data as they were read, not of the file: the same table from CSV,
SPSS or Parquet, or with its rows in another order, has the same one. The last digits of
a figure can hang on the versions of the libraries below ours.
"""

import platform
from collections.abc import Mapping
from datetime import date
from hashlib import sha256

import numpy as np
import scipy

from trede import __version__
from trede.evaluation.running.laying_out import People
from trede.evaluation.running.reaching import TargetList
from trede.evaluation.running.wrong_columns import as_words

Versions = Mapping[str, str]


def versions() -> Versions:
    """Of what computes, by name; of Trede itself too."""
    return {
        "Trede": __version__,
        "Python": platform.python_version(),
        "NumPy": np.__version__,
        "SciPy": scipy.__version__,
    }


def hash_of(people: People, everybody: TargetList | None = None) -> str:
    """SHA-256 of every column, by name, and every person, by theirs; then of the list
    of everybody who was to be reached, which has no names to lay it in an order by."""
    frame = people.frame
    words = frame.select(as_words(frame[name]) for name in sorted(frame.columns))
    found = sha256(words.write_csv().encode())
    if everybody:
        found.update("\n".join(sorted(everybody.as_csv().splitlines())).encode())
    return found.hexdigest()


def made_of(
    people: People, on: date, everybody: TargetList | None = None
) -> dict[str, object]:
    """As it stands in the JSON of the command line."""
    return {
        "on": on.isoformat(),
        "data_hash": hash_of(people, everybody),
        "versions": dict(versions()),
    }
