"""Which values a question of a questionnaire can have, as the science names them.

The codebook of the science knows the items of the shipped reports; what a pilot asks
beside those (how the talks were, whom one would tell) is read from its questionnaire.
"""

from collections.abc import Mapping

from trede.evaluation.codebook import Domain
from trede.questionnaires.definition import WITH_BOUNDS, Kind
from trede.studies.rows import SPOKEN, WRITTEN, Item

YES_NO = Domain("choice", ("yes", "no"))


def domains_of(items: tuple[Item, ...]) -> Mapping[str, Domain]:
    """A month has none: nothing counts it."""
    dated = {item.code for item in items if item.question.kind is Kind.DATE}
    return {item.code: domain_of(item) for item in items if item.code not in dated}


def domain_of(item: Item) -> Domain:
    question = item.question
    if item.is_choice or question.kind is Kind.YES_NO:
        return YES_NO
    if item.is_own_words:
        return Domain("choice", (WRITTEN, SPOKEN))
    if question.kind is Kind.COUNTRY:
        return Domain("country")
    if question.kind in WITH_BOUNDS:
        low, high = question.at_least or 0, question.at_most or 0
        if question.kind is Kind.HOURS:
            return Domain("hours", low=low, high=high)
        return Domain("whole", low=low, high=high)
    return Domain("choice", tuple(str(option.value) for option in question.options))
