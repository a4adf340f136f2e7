"""Filling both demo pilots: the Nijmegen of 2020, and one that lives in the present."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from trede.accounts.acting import staff_actor
from trede.demo import living_rules, nijmegen
from trede.demo.agenda import Progress, moment
from trede.demo.living import fill_living
from trede.demo.nijmegen import fill_nijmegen
from trede.demo.town import Town, found_town
from trede.demo.treads import truth_of_nijmegen
from trede.pilots.models import Pilot
from trede.questionnaires import instruction

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
    instruct(town, today=today)
    if code == nijmegen.CODE:
        store_truth(seed)
        return fill_nijmegen(town, seed=seed, progress=progress)
    return fill_living(town, seed=seed, today=today, progress=progress)


def store_truth(seed: int) -> Path:
    """What is true of the simulated evaluation, in a file beside the database: an
    analysis of the demo can be held against it."""
    folder = Path(settings.VAR) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "nijmegen_truth.json"
    file.write_text(truth_of_nijmegen(seed) + "\n", encoding="utf-8")
    return file


def instruct(town: Town, *, today: date) -> None:
    """Before either pilot began every coach learned how to sit beside somebody who
    answers, but for one who is still to; not everybody practised as well."""
    lately = today - timedelta(days=living_rules.BEGAN + 2)
    *instructed, _still_to = (
        *((coach, date(2020, 1, 20)) for coach in town.pilot_coaches),
        *((coach, lately) for coach in town.coaches),
    )
    for place, (coach, day) in enumerate(instructed):
        by = staff_actor(coach)
        instruction.note_read(by=by, at=moment(day, 9, 10 * place))
        if place % 3 != 1:
            instruction.note_practised(by=by, at=moment(day, 13, 10 * place))
