"""Filling both demo pilots: the Nijmegen of 2020, and one that lives in the present."""

from datetime import date

from trede.demo import living_rules, nijmegen
from trede.demo.agenda import Progress
from trede.demo.living import fill_living
from trede.demo.nijmegen import fill_nijmegen
from trede.demo.town import found_town
from trede.pilots.models import Pilot

CODES = (living_rules.CODE, nijmegen.CODE)
SEED = 2020


def missing(codes: tuple[str, ...] = CODES) -> list[str]:
    there = set(Pilot.objects.filter(code__in=codes).values_list("code", flat=True))
    return [code for code in codes if code not in there]


def fill(
    code: str, *, seed: int, today: date, progress: Progress | None = None
) -> Pilot:
    """One demo pilot; the one that is there already is left as it is."""
    town = found_town()
    if code == nijmegen.CODE:
        return fill_nijmegen(town, seed=seed, progress=progress)
    return fill_living(town, seed=seed, today=today, progress=progress)
