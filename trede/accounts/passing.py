"""What signing in leaves behind, and how long that stays.

A session that ended stays a week: a form that is sent after a weekend is still known to
be its owner's. A failed attempt counts for half an hour, and is forgotten after that.
"""

from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet

SESSION_STAYS = timedelta(days=7)


def over(at: datetime) -> list[QuerySet[Model]]:
    """What need not be kept any more."""
    half_an_hour = timedelta(hours=settings.AXES_COOLOFF_TIME)
    return [
        Session.objects.filter(expire_date__lte=at - SESSION_STAYS),
        AccessAttempt.objects.filter(attempt_time__lte=at - half_an_hour),
    ]
