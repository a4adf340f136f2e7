"""Scale scores: several items of one questionnaire in one number.

Decides which items make a score and what it is when some are missing. The rule stands
with the questionnaire, so that every analysis of its answers uses the same one.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from trede.questionnaires.answering import Answer
from trede.questionnaires.composing import Composer
from trede.questionnaires.definition import (
    Combine,
    Kind,
    Question,
    Questionnaire,
    Score,
)
from trede.questionnaires.tables import Table, nearest

_KEYS = ("title", "items", "reversed", "combine", "at_least")
SCORABLE = (Kind.LABELLED_SCALE, Kind.SCALE_0_10)


def score_of(
    questionnaire: Questionnaire, score: Score, answers: Mapping[str, Answer]
) -> float | None:
    """The score in the unit of its items; None with too few answered items."""
    counted = [
        _counted(questionnaire.question(code), answer.value, code in score.reversed)
        for code in score.items
        if (answer := answers.get(code)) and isinstance(answer.value, int)
    ]
    if len(counted) < score.at_least:
        return None
    mean = sum(counted) / len(counted)
    return mean if score.combine is Combine.MEAN else mean * len(score.items)


def bounds_of(question: Question) -> tuple[int, int]:
    """The lowest and highest value of an item on a scale."""
    if question.kind is Kind.SCALE_0_10:
        return question.at_least or 0, question.at_most or 10
    values = [value for value in question.values if isinstance(value, int)]
    return min(values), max(values)


def _counted(question: Question, value: int, is_reversed: bool) -> int:
    least, most = bounds_of(question)
    return least + most - value if is_reversed else value


def read_scores(root: Table, composer: Composer) -> Iterator[Score]:
    holder = root.table("score")
    for code in holder.data:
        table = holder.table(code)
        table.only(_KEYS)
        table.check_code(None, code)
        items = table.list_of_words("items")
        yield Score(
            code=code,
            title=composer.text(table, "title"),
            items=items,
            reversed=table.list_of_words("reversed") if "reversed" in table else (),
            combine=_combine(table),
            at_least=table.number("at_least", len(items)),
        )


def _combine(table: Table) -> Combine:
    word = table.words("combine")
    if word in set(Combine):
        return Combine(word)
    table.blame(
        "combine",
        _("“%(word)s” is not a way to combine items.") % {"word": word},
        nearest(word, list(Combine)),
    )
    return Combine.MEAN


def check_scores(root: Table, questionnaire: Questionnaire) -> None:
    """Every item is there and on a scale, and what is reversed is an item."""
    known = {q.code: q for q in questionnaire.questions if q.kind in SCORABLE}
    holder = root.table("score")
    for score in questionnaire.scores:
        table = holder.table(score.code)
        if questionnaire.asks(score.code):
            # Both would be the name of one column.
            table.blame(
                None,
                _("“%(code)s” is the code of a question.") % {"code": score.code},
                _("Give the score a code that no question has."),
            )
        for item in (item for item in score.items if item not in known):
            table.blame(
                "items",
                _("“%(code)s” is not a question on a scale.") % {"code": item},
                nearest(item, known),
            )
        for item in (item for item in score.reversed if item not in score.items):
            table.blame(
                "reversed",
                _("“%(code)s” is not an item of this score.") % {"code": item},
                nearest(item, score.items),
            )
        if not 1 <= score.at_least <= len(score.items):
            table.blame(
                "at_least",
                _("A score cannot need so many answers."),
                _("Write a number from 1 to the number of items."),
            )
