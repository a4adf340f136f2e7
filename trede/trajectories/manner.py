"""How somebody likes it best: how often, where, by what means, with what manner of
coach, and rather not.

The newest that stands holds, and the one before it stays beside it. Said in one line,
by whoever asks: the coach, the successor, the person.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.rules import ContactChannel, Rules
from trede.together import Part
from trede.trajectories.models import CoachProfile, Manner, Trajectory
from trede.trajectories.running import running, staff_of

LONGEST_AVOID = 300
# By what means between the talks: a talk is no such means.
BETWEEN = ("telephone", "message", "email", "letter", "video")
FIELDS = ("often", "place", "channel", "coach", "avoid")
# The place of a pilot file at which somebody meets who likes to go out.
WALK = "walk"


def note_manner(
    *,
    trajectory: Trajectory,
    often: str,
    place: str,
    channel: str,
    avoid: str,
    by: Actor,
    at: datetime,
    coach: str = "",
) -> Manner:
    """The same as what holds is what holds: a double click."""
    with transaction.atomic():
        now = running(trajectory)
        said = (often, place, channel, coach, " ".join(avoid.split()))
        _refuse_wrong(said, rules_of(now.pilot))
        present = holds(now)
        if present and said == tuple(getattr(present, key) for key in FIELDS):
            return present
        made = Manner.objects.create(
            trajectory=now,
            often=often,
            place=place,
            channel=channel,
            coach=coach,
            avoid=said[-1],
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        record("noted pace and manner", by=by, at=at, on=made, persons=[now.person_id])
    return made


def between(rules: Rules) -> list[ContactChannel]:
    return [one for one in rules.contact.channels if one.code in BETWEEN]


def holds(trajectory: Trajectory) -> Manner | None:
    """The newest, also from before somebody came back."""
    rows = Manner.objects.standing()
    return rows.filter(trajectory__candidate=trajectory.candidate_id).last()


def manners_of(people: Collection[Person]) -> Part[Manner]:
    rows = Manner.objects.standing().filter(trajectory__person__in=people)
    return Part(rows, "trajectory", without=["avoid"])


def liked(manners: Iterable[Manner]) -> dict[int, set[str]]:
    """By number of the person the manners of a coach that suit, as was said last."""
    found = {}
    for one in sorted(manners, key=lambda one: one.pk):
        outdoors = CoachProfile.Manner.OUTDOORS if one.place == WALK else ""
        found[one.trajectory.person_id] = {one.coach, outdoors} - {""}
    return found


def manner_told(manner: Manner, rules: Rules) -> str:
    """Short sentences; a code that the pilot file no longer has is shown as it is."""
    places = {one.code: one.label for one in rules.locations}
    ways: dict[str, str] = {one.code: one.label for one in rules.contact.channels}
    rather_not = _("rather not: %(what)s") % {"what": manner.avoid.rstrip(".")}
    said = (
        manner.get_often_display(),
        places.get(manner.place, manner.place),
        ways.get(manner.channel, manner.channel),
        _("coach: %(manner)s") % {"manner": manner.get_coach_display()}
        if manner.coach
        else "",
        rather_not if manner.avoid else "",
    )
    return " ".join(f"{capfirst(one)}." for one in said if one)


def _refuse_wrong(said: tuple[str, str, str, str, str], rules: Rules) -> None:
    often, place, channel, coach, avoid = said
    if not any(said):
        raise Refused(_("Fill in at least one of these."), "often")
    known = (
        ("often", often, Manner.Often.values),
        ("place", place, [one.code for one in rules.locations]),
        ("channel", channel, [one.code for one in between(rules)]),
        ("coach", coach, CoachProfile.Manner.values),
    )
    for field, code, codes in known:
        if code and code not in codes:
            raise Refused(_("Choose from the list."), field)
    if len(avoid) > LONGEST_AVOID:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.")
            % {"most": LONGEST_AVOID},
            "avoid",
        )
