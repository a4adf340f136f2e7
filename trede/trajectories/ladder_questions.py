"""The words in which a coach asks what the ladder's rule needs.

They are those of the shipped questionnaire, so that a coach, a form on paper and an
export ask the same. Only its words come from there: the rule knows no questionnaire,
and what a person answered in one is never read here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from trede.questionnaires.shipped_files import shipped
from trede.trajectories.ladder import Ladder


@dataclass(frozen=True)
class LadderQuestion:
    code: str
    words: str
    explanation: str


def questions_of(ladder: Ladder) -> Iterator[LadderQuestion]:
    """In the order of asking, in the language of the screen."""
    language = get_language() or ""
    for question in shipped(ladder.asks).questions:
        yield LadderQuestion(
            code=question.code,
            words=question.text.read_in(language),
            explanation=question.hint.read_in(language) if question.hint else "",
        )
