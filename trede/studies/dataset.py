"""The dataset of a study up to a day: who is in it, and in which group.

Only people with a standing consent, only what was answered on or before the day.
Whoever stopped with the study is absent from every dataset made afterwards.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused
from trede.evaluation import dataset as science
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.questionnaires.definition import Score
from trede.questionnaires.models import Sitting
from trede.studies.baselines import sittings_that_count
from trede.studies.domains import domains_of
from trede.studies.journeys import PARTICIPANTS, standings
from trede.studies.models import Study
from trede.studies.pseudonyms import pseudonyms_of
from trede.studies.rows import (
    ABOUT,
    KEYS,
    MISSING,
    Item,
    items_of,
    read_rows,
    scores_of,
)
from trede.studies.small_steps import COLUMNS as STEPS
from trede.studies.small_steps import small_steps


@dataclass(frozen=True)
class Dataset:
    """`frame` has a row for each of `sittings`, in the order of pseudonym and wave."""

    frame: pl.DataFrame
    items: tuple[Item, ...]
    scores: tuple[Score, ...]
    sittings: tuple[Sitting, ...]
    rules: Rules

    @property
    def data_hash(self) -> str:
        """SHA-256 of the rows: the same data, the same hash, wherever it is made."""
        text = self.frame.write_csv()
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def steps(self) -> tuple[str, ...]:
        """The columns of small steps, where coaches keep those."""
        return tuple(name for name in STEPS if name in self.frame.columns)

    @property
    def simulated_waves(self) -> tuple[str, ...]:
        return tuple(sorted({one.wave for one in self.sittings if one.simulated}))


def build(study: Study, until: date) -> Dataset:
    """Build the dataset. Refused while nobody has answered anything."""
    rules = rules_of(study.pilot, until)
    with transaction.atomic():
        chosen = sittings_that_count(study.pilot, until)
        if not chosen:
            raise Refused(
                _(
                    "There are no answers yet of people who agreed to the study, up to"
                    " this date. Choose a later date."
                )
            )
        people = {person_id for person_id, _wave in chosen}
        codes = pseudonyms_of(study, people)
    places = sorted(chosen, key=lambda place: (codes[place[0]], place[1]))
    sittings = tuple(chosen[place] for place in places)
    standing = standings(study.pilot, rules, until)
    groups = {
        person_id: standing[person_id].group if person_id in standing else PARTICIPANTS
        for person_id in people
    }
    items, scores = items_of(sittings), scores_of(sittings)
    rows = read_rows(sittings, items, codes=codes, groups=groups, rules=rules)
    steps = small_steps(study.pilot, people, until)
    for row, (person_id, _wave) in zip(rows, places, strict=True):
        row |= {name: str(n) for name, n in steps.get(person_id, {}).items()}
    columns = [*KEYS, *ABOUT, *(STEPS if steps else ())]
    for item in items:
        columns += [item.code, item.code + MISSING]
    columns += [score.code for score in scores]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String))
    return Dataset(frame, items, scores, sittings, rules)


def checked(dataset: Dataset) -> science.Dataset:
    """The same rows as the science takes them, every value looked at."""
    scores = [score.code for score in dataset.scores]
    answers = dataset.frame.drop(*ABOUT, *dataset.steps, *scores)
    try:
        return science.read_dataset(answers, domains=domains_of(dataset.items))
    except science.DatasetError as problem:
        raise Refused(
            _("The answers cannot be counted. Tell the administrator: %(what)s")
            % {"what": str(problem)}
        ) from problem
