"""Which text of a chapter belongs to which edition.

An approved edition keeps the words that it was approved with, whatever is written
later; a concept and the researcher's view show the newest.
"""

from collections.abc import Mapping
from datetime import datetime

from trede.reports.models import ChapterText, Edition
from trede.studies.models import Study

Texts = Mapping[str, ChapterText]


def texts_of(study: Study, edition: Edition | None = None) -> Texts:
    """The version of each chapter; a chapter that nobody wrote is not in it."""
    return texts_until(study, edition.approved_at if edition else None)


def texts_until(study: Study, moment: datetime | None) -> Texts:
    rows = study.chapter_texts.select_related("written_by")
    if moment is not None:
        rows = rows.filter(written_at__lte=moment)
    # In the order of their numbers: the last one of a chapter stays.
    return {row.chapter: row for row in rows if row.text or row.number > 1}
