"""The questionnaires that come with Trede.

They stand in `shipped/`, one file each; what they have in common stands in
`shipped/bank/`.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from trede.pilots.mistakes import Complaint
from trede.pilots.rules import Rules
from trede.pilots.sections import refer_to_known
from trede.questionnaires.definition import Questionnaire
from trede.questionnaires.reading import read_file

SHIPPED = Path(__file__).parent / "shipped"


def shipped_codes() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def questionnaires_exist(value: object, rules: Rules) -> Iterator[Complaint]:
    """For the pilot file: each wave asks a questionnaire that is there."""
    named = [
        ((place, "questionnaire"), wave.questionnaire)
        for place, wave in enumerate(rules.waves)
    ]
    return refer_to_known(named, shipped_codes(), what=_("a questionnaire of Trede"))


@cache
def shipped(code: str) -> Questionnaire:
    """One of the shipped questionnaires; KeyError when there is none by that code."""
    if code not in shipped_codes():
        raise KeyError(code)
    return read_file(SHIPPED / f"{code}.toml")
