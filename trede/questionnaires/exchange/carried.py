"""What came over from a questionnaire that was made in other software, and what not.

A researcher must be able to trust that nothing fell away unseen: whatever a file asks
or does that has no counterpart here is listed with the question it belongs to, in the
words of the file, with the reason and what happens instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from trede.questionnaires.definition import Questionnaire

# Real instruments stay well below a tenth of this; ten times more fills the memory.
LARGEST_FILE = 20_000_000
# Our own files; the longest that comes along, in all languages, is a third of one.
LARGEST_TEXT = 2_000_000


class FileRefused(Exception):
    """The file cannot be read at all; the message says why and what to do."""


@dataclass(frozen=True)
class NotCarried:
    """Something of one question (or of the whole file: no code) that stayed behind."""

    question: str
    what: str
    why: str


@dataclass(frozen=True)
class Imported:
    """An instrument as its own software counts it, and as it will be asked here.

    The counts are those of the file in its base language; `by_type` uses the file's
    own names of types. `carried` counts the file's questions that are asked here, also
    when a detail of them is listed. There is no questionnaire when none are.
    """

    format: str
    version: str
    title: str
    languages: tuple[str, ...]
    groups: int
    questions: int
    subquestions: int
    answers: int
    by_type: Mapping[str, int]
    carried: int
    not_carried: tuple[NotCarried, ...]
    questionnaire: Questionnaire | None
