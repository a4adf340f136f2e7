"""When somebody was last spoken to, is next met, and was last judged on the ladder."""

from datetime import date, datetime, time

from django.db.models import DateField, DateTimeField, OuterRef, Subquery
from django.utils import timezone

from trede.contact.models import Appointment, ContactMoment, Outcome
from trede.trajectories.models import LadderAssessment, TrajectoryQuerySet

State = Appointment.State
# With which a trajectory is told: last spoken, next appointment, last tread.
LAST = {
    "contact_at": DateTimeField(),
    "meets_at": DateTimeField(),
    "ladder_on": DateField(),
}


def with_last(rows: TrajectoryQuerySet, at: datetime) -> TrajectoryQuerySet:
    """With the last time spoken, the next appointment, and the last tread."""
    about = {"person": OuterRef("person"), "pilot": OuterRef("pilot")}
    spoken = ContactMoment.objects.standing().filter(**about, outcome=Outcome.SPOKE)
    meets = Appointment.objects.filter(
        **about, state=State.PLANNED, starts_at__gte=midnight(timezone.localdate(at))
    )
    ladder = LadderAssessment.objects.standing().filter(trajectory=OuterRef("pk"))
    last_tread = ladder.order_by("-reference_on", "-pk").values("reference_on")
    return rows.annotate(
        contact_at=Subquery(spoken.order_by("-at").values("at")[:1]),
        meets_at=Subquery(meets.order_by("starts_at").values("starts_at")[:1]),
        ladder_on=Subquery(last_tread[:1]),
    )


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
