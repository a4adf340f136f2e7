"""What happened at a question and the analysis needs: once for each question.

Explanation is noted by the page itself when somebody opens it, by whoever types in a
form at each question, and by the coach afterwards for a whole section: a coach who
does not look along cannot name the question.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from trede.questionnaires.models import Sitting, SittingMoment

Kind = SittingMoment.Kind
# Before the code of a section, so that it is never taken for that of a question.
_SECTION = "section:"


def note(
    *, sitting: Sitting, kind: SittingMoment.Kind, question: str, at: datetime
) -> None:
    """That it happened counts, not how often."""
    there = SittingMoment.objects.filter(sitting=sitting, kind=kind, question=question)
    if not there.exists():
        SittingMoment.objects.create(
            sitting=sitting, kind=kind, question=question, at=at
        )


def note_explanation(*, sitting: Sitting, question: str, at: datetime) -> None:
    note(sitting=sitting, kind=Kind.EXPLANATION, question=question, at=at)


def note_typed(
    *, sitting: Sitting, explained: Mapping[str, bool], at: datetime
) -> None:
    """By whoever types in: a tick can be taken away again."""
    for question, was_asked in explained.items():
        if was_asked:
            note_explanation(sitting=sitting, question=question, at=at)
        else:
            _explanations_at(sitting).filter(question=question).delete()


def note_sections(*, sitting: Sitting, sections: frozenset[str], at: datetime) -> None:
    """By the coach, afterwards: these sections and no others."""
    codes = [f"{_SECTION}{code}" for code in sections]
    with transaction.atomic():
        said = _explanations_at(sitting).filter(question__startswith=_SECTION)
        said.exclude(question__in=codes).delete()
        for code in codes:
            note_explanation(sitting=sitting, question=code, at=at)


def explanations(sitting: Sitting) -> Mapping[str, datetime]:
    """The questions at which explanation was asked, and when first."""
    rows = _explanations_at(sitting).exclude(question__startswith=_SECTION)
    return dict(rows.order_by("-at").values_list("question", "at"))


def explained_sections(sitting: Sitting) -> frozenset[str]:
    """The sections in which the coach says that something was explained."""
    rows = _explanations_at(sitting).filter(question__startswith=_SECTION)
    codes = rows.values_list("question", flat=True)
    return frozenset(code.removeprefix(_SECTION) for code in codes)


def _explanations_at(sitting: Sitting) -> QuerySet[SittingMoment]:
    return SittingMoment.objects.filter(sitting=sitting, kind=Kind.EXPLANATION)
