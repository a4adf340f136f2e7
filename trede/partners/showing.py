"""What the pages show of one person with partners."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trede.partners.models import (
    OnwardReferral,
    OnwardStep,
    Placement,
    PlacementMoment,
    SchemeUse,
)
from trede.partners.referring_onward import OPEN, State, next_states
from trede.people.models import Person
from trede.pilots.rules import Scheme

IN_A_PLACEMENT = ("by", "contact", "placement")
MARKS = {
    State.PROPOSED: "wait",
    State.APPLIED: "part",
    State.ACCEPTED: "open",
    State.STARTED: "done",
    State.NOT_STARTED: "none",
    State.ENDED: "none",
}
# These need no more than a day: one tap notes them.
TOLD_BY_PLACEMENT = frozenset((State.STARTED, State.ENDED))
ONE_TAP = frozenset((State.APPLIED, State.ACCEPTED))


@dataclass(frozen=True)
class Told:
    """Something that was noted of an onward referral or its placement."""

    on: date
    at: datetime
    title: str
    words: str
    by: str


@dataclass(frozen=True)
class Onward:
    """An onward referral with its steps and, where there is one, its placement."""

    referral: OnwardReferral
    steps: list[OnwardStep]
    placement: Placement | None
    moments: list[PlacementMoment]

    @property
    def mark(self) -> str:
        return MARKS[State(self.referral.state)]

    @property
    def since(self) -> date:
        return max(one.on for one in self.steps if one.state)

    @property
    def taps(self) -> list[State]:
        return [one for one in next_states(self.referral) if one in ONE_TAP]

    @property
    def pages(self) -> list[State]:
        """What asks for more than a tap; with a placement that is what ends."""
        if self.placement and self.placement.ended_on is None:
            return []
        return [one for one in next_states(self.referral) if one not in ONE_TAP]

    @property
    def may_be_placed(self) -> bool:
        ready = self.referral.state in (State.ACCEPTED, State.STARTED)
        return ready and self.placement is None

    @property
    def is_open(self) -> bool:
        return self.referral.state in OPEN

    @property
    def feedback(self) -> OnwardStep | None:
        told = [one for one in self.steps if not one.state]
        return told[-1] if told else None

    @property
    def history(self) -> list["Told"]:
        """What was noted, in the order of its days. What a placement tells is told
        once."""
        told = [_of_moment(one) for one in self.moments]
        known = TOLD_BY_PLACEMENT if self.placement else ()
        told += [_of_step(one) for one in self.steps if one.state not in known]
        return sorted(told, key=lambda one: (one.on, one.at))

    @property
    def may_be_taken_back(self) -> bool:
        return self.placement is None


def _of_step(step: OnwardStep) -> Told:
    title = step.get_state_display() or _("The partner told")
    if step.reason:
        title = f"{title} ({step.get_reason_display()})"
    return Told(step.on, step.at, capfirst(title), step.words, step.by.name)


def _of_moment(moment: PlacementMoment) -> Told:
    title = f"{capfirst(_('placement'))}: {moment.get_kind_display()}"
    more = [moment.get_outcome_display()] if moment.outcome else []
    if moment.contact:
        more.append(_("with %(name)s") % {"name": moment.contact.name})
    if moment.hours is not None:
        hours = number_format(moment.hours.normalize())
        more.append(_("%(hours)s hours a week") % {"hours": hours})
    if moment.trial_until_on:
        day = moment.trial_until_on.strftime("%d-%m-%Y")
        more.append(_("trial period until %(day)s") % {"day": day})
    if more:
        title = f"{title}, {', '.join(map(str, more))}"
    return Told(moment.on, moment.at, title, moment.words, moment.by.name)


def onwards_of(
    person: Person, moments: Iterable[PlacementMoment] | None = None
) -> list[Onward]:
    """Open ones first, newest first. Two queries, however many there are; one for who
    has fetched the moments of placements."""
    rows = OnwardStep.objects.standing().filter(onward__person=person)
    rows = rows.exclude(onward__state="").select_related(
        "by", "onward__organisation", "onward__place", "onward__placement"
    )
    steps: dict[int, list[OnwardStep]] = defaultdict(list)
    for step in rows.order_by("on", "pk"):
        steps[step.onward_id].append(step)
    referrals = [of_one[0].onward for of_one in steps.values()]
    if moments is None and any(map(_placed, referrals)):
        moments = placement_moments(person).select_related(*IN_A_PLACEMENT)
    of_each: dict[int, list[PlacementMoment]] = defaultdict(list)
    for moment in sorted(moments or (), key=attrgetter("on", "pk")):
        of_each[moment.placement.onward_id].append(moment)
    found = [
        Onward(one, steps[one.pk], _placed(one), of_each[one.pk]) for one in referrals
    ]
    return sorted(found, key=lambda one: (not one.is_open, -one.referral.pk))


def _placed(referral: OnwardReferral) -> Placement | None:
    return getattr(referral, "placement", None)


def placement_moments(person: Person) -> QuerySet[PlacementMoment]:
    rows = PlacementMoment.objects.filter(placement__onward__person=person)
    return rows.order_by()


@dataclass(frozen=True)
class SchemeShown:
    scheme: Scheme
    last: SchemeUse | None


def schemes_shown(
    schemes: tuple[Scheme, ...], known: dict[str, SchemeUse]
) -> list[SchemeShown]:
    return [SchemeShown(one, known.get(one.code)) for one in schemes]
