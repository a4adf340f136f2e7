"""The questionnaires that come with Trede.

They stand in `shipped/`, one file each; what they have in common stands in
`shipped/bank/`.
"""

from functools import cache
from pathlib import Path

from trede.questionnaires.definition import Questionnaire
from trede.questionnaires.reading import read_file

SHIPPED = Path(__file__).parent / "shipped"


def shipped_codes() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


@cache
def shipped(code: str) -> Questionnaire:
    """One of the shipped questionnaires; KeyError when there is none by that code."""
    if code not in shipped_codes():
        raise KeyError(code)
    return read_file(SHIPPED / f"{code}.toml")
