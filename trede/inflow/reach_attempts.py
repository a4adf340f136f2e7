"""What it took to reach people: by which channel, and at what time of the day.

Counted are the attempts before the guidance that staff made, not the people: whoever
was called three times counts three times. A letter has no hour at which it is read.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractHour
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from trede.contact.models import Channel, ContactMoment, Initiative, Occasion
from trede.inflow.reach import Label, ReachPart, ReachRow
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

# Hours of the day: from, and up to but not including.
PARTS_OF_THE_DAY = ((0, 9), (9, 11), (11, 13), (13, 15), (15, 17), (17, 24))
WRITTEN = (Channel.LETTER, Channel.EMAIL, Channel.MESSAGE)


def attempts(*, pilot: Pilot, on: date) -> tuple[ReachPart, ...]:
    """As it stood at the end of a day; what nobody tried is left out."""
    rules = rules_of(pilot, on)
    reached = {one.code for one in rules.contact.outcomes if one.reached}
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    rows = ContactMoment.objects.standing().filter(
        pilot=pilot,
        occasion=Occasion.INVITATION,
        initiative=Initiative.STAFF,
        at__lt=end,
    )
    channels = [(code, label, (code,)) for code, label in Channel.choices]
    hours = [
        (str(low), f"{low}–{high}", tuple(range(low, high)))
        for low, high in PARTS_OF_THE_DAY
    ]
    timed = rows.exclude(channel__in=WRITTEN).annotate(hour=ExtractHour("at"))
    return (
        _part("channel", _("By way of"), _counted(rows, "channel"), channels, reached),
        _part("hour", _("Time of the day"), _counted(timed, "hour"), hours, reached),
    )


Counted = Counter[tuple[object, str]]


def _counted(rows: QuerySet[ContactMoment], what: str) -> Counted:
    grouped = rows.order_by(what).values_list(what, "outcome").annotate(n=Count("pk"))
    return Counter({(key, outcome): n for key, outcome, n in grouped})


def _part(
    code: str,
    label: Label,
    counted: Counted,
    options: Iterable[tuple[str, Label, tuple[object, ...]]],
    reached: Collection[str],
) -> ReachPart:
    rows = []
    for key, name, those in options:
        found = {k: n for k, n in counted.items() if k[0] in those}
        hit = sum(n for (_key, outcome), n in found.items() if outcome in reached)
        rows.append(ReachRow(key, name, sum(found.values()), hit))
    return ReachPart(code, label, tuple(row for row in rows if row.n))
