"""How the guidance was carried out, in numbers of acts: contacts, pauses, hand-overs.

Counted are acts and not people: talks by their channel, letters, pauses, hand-overs,
goals and steps, trajectories begun and closed. Nothing is counted per coach. For the
public every number is rounded to tens, and one behind which few people stand is left
out: together with the numbers of another day it would tell of somebody else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from trede.contact.models import Channel, ContactMoment, Initiative, Letter, Outcome
from trede.pilots.models import Pilot
from trede.trajectories.models import Closing, Goal, HandOver, Pause, Step, Trajectory

Json = dict[str, object]
ROUNDED_TO = 10
# So many people must stand behind a number of acts before the public reads it.
PEOPLE = 10


@dataclass(frozen=True)
class Acts:
    """`people`: how many different people they were about."""

    code: str
    n: int
    people: int


def carried_out(pilot: Pilot, until: date) -> list[Json]:
    """Every kind of act up to and with that day, also when there was none."""
    return [asdict(acts) for acts in _counted(pilot, until)]


def carried_out_for_public(counted: Iterable[Json]) -> list[Json]:
    return [
        {"code": one["code"], "n": _for_public(int(str(one["n"])), one["people"])}
        for one in counted
    ]


def _for_public(n: int, people: object) -> int | None:
    if not n:
        return 0
    if int(str(people)) < PEOPLE:
        return None
    return round(n / ROUNDED_TO) * ROUNDED_TO


def _counted(pilot: Pilot, until: date) -> Iterator[Acts]:
    end = timezone.make_aware(datetime.combine(until + timedelta(days=1), time()))
    yield from _contacts(pilot, end)
    letters = Letter.objects.filter(pilot=pilot, sent_on__lte=until)
    yield _acts("letters", letters, "person_id")
    begun = Trajectory.objects.filter(pilot=pilot, started_on__lte=until)
    yield _acts("trajectories", begun, "person_id")
    parts: tuple[tuple[str, QuerySet[Any]], ...] = (
        ("pauses", Pause.objects.standing().filter(from_on__lte=until)),
        ("hand_overs", HandOver.objects.filter(on__lte=until)),
        ("goals", Goal.objects.kept().filter(set_at__lt=end)),
        (
            "closings",
            Closing.objects.filter(reversed_at=None, on__lte=until),
        ),
    )
    for code, rows in parts:
        yield _acts(code, rows.filter(trajectory__pilot=pilot), "trajectory__person_id")
    steps = Step.objects.standing().filter(
        goal__trajectory__pilot=pilot, made_at__lt=end
    )
    owner = "goal__trajectory__person_id"
    yield _acts("steps", steps, owner)
    yield _acts("steps_together", steps.filter(together=True), owner)


def _contacts(pilot: Pilot, end: datetime) -> Iterator[Acts]:
    rows = ContactMoment.objects.standing().filter(pilot=pilot, at__lt=end)
    yield _acts("contacts", rows, "person_id")
    spoken = rows.filter(outcome=Outcome.SPOKE)
    yield _acts("spoken", spoken, "person_id")
    for channel in Channel.values:
        found = spoken.filter(channel=channel)
        yield _acts(f"spoken.{channel}", found, "person_id")
    asked = spoken.filter(initiative=Initiative.PERSON)
    yield _acts("asked_by_person", asked, "person_id")


def _acts(code: str, rows: QuerySet[Any], owner: str) -> Acts:
    # `order_by` without names: the order of a model would split the counting.
    counted = Counter(rows.order_by().values_list(owner, flat=True))
    return Acts(code, sum(counted.values()), len(counted))
