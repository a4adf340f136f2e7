"""The researcher of the demo writes the chapters of the final report.

The words are made up and say so; every number in them is that of the computation.
"""

import tomllib
from datetime import datetime
from pathlib import Path

from trede.accounts.acting import Actor
from trede.pilots.loading import rules_of
from trede.reports.book.figures import figures_to_name
from trede.reports.book.writing import write
from trede.reports.wording import Wording
from trede.studies.models import Run

WORDS = Path(__file__).parent / "chapters.toml"


def write_chapters(*, run: Run, by: Actor, at: datetime) -> None:
    known = figures_to_name(
        run.results, Wording(rules_of(run.study.pilot, run.until_on))
    )
    for chapter, text in tomllib.loads(WORDS.read_text(encoding="utf-8")).items():
        write(
            study=run.study,
            chapter=chapter,
            text=text,
            began_from=0,
            known=known,
            by=by,
            at=at,
        )
