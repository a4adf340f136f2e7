"""What happened at a question and the analysis needs: once for each question."""

from datetime import datetime

from trede.questionnaires.models import Sitting, SittingMoment


def note(
    *, sitting: Sitting, kind: SittingMoment.Kind, question: str, at: datetime
) -> None:
    """That it happened counts, not how often."""
    there = SittingMoment.objects.filter(sitting=sitting, kind=kind, question=question)
    if not there.exists():
        SittingMoment.objects.create(
            sitting=sitting, kind=kind, question=question, at=at
        )
