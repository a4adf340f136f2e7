"""Who fits a person best as a coach, and whether one more still fits.

Who has room goes first; then who speaks the person's language, then who comes in the
person's quarter, then who has the least to do. Above the number that the pilot allows
only the coordinator puts another one, with a reason that is kept.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.formats import localize
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.languages import written_as
from trede.people.models import Person
from trede.pilots.rules import Limits
from trede.trajectories.models import CoachProfile, Trajectory, TrajectoryQuerySet
from trede.trajectories.profile import SPOKEN
from trede.trajectories.weighing import WHOLE, Caseload, caseloads


def guided_by(staff: Staff, on: date) -> TrajectoryQuerySet:
    """The trajectories that this coach guides on a day."""
    running = Trajectory.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=on), started_on__lte=on
    )
    responsible = Q(person__responsibilities__ended_on=None) | Q(
        person__responsibilities__ended_on__gt=on
    )
    return running.filter(
        responsible,
        person__responsibilities__staff=staff,
        person__responsibilities__started_on__lte=on,
    ).distinct()


@dataclass(frozen=True)
class Fit:
    """A coach beside a person; `weighs`: what this one adds, in hundredths."""

    coach: Staff
    load: Caseload
    profile: CoachProfile
    person: Person
    weighs: int
    most: int

    @property
    def full(self) -> bool:
        return self.load.hundredths + self.weighs > WHOLE * self.most

    @property
    def speaks(self) -> bool:
        return written_as(self.person.language) in self.profile.languages

    @property
    def own_quarter(self) -> bool:
        return self.person.quarter in self.profile.quarters

    @property
    def in_quarter(self) -> int:
        """How many people the coach guides in the person's quarter already."""
        return self.load.quarters[self.person.quarter] if self.person.quarter else 0

    @property
    def order(self) -> tuple[bool, bool, bool, int, str, int]:
        comes_there = self.own_quarter or self.in_quarter > 0
        suits = (self.full, not self.speaks, not comes_there)
        return *suits, self.load.hundredths, self.coach.name, self.coach.pk

    @property
    def words(self) -> str:
        told = [f"{self.coach.name}: {guides(self.load, self.most)}"]
        if self.speaks:
            told.append(speaks(written_as(self.person.language)))
        if self.own_quarter:
            told.append(_("has this quarter"))
        if self.in_quarter:
            told.append(_("%(n)d in the quarter") % {"n": self.in_quarter})
        return ", ".join([*told, *manners(self.profile)])


def guides(load: Caseload, most: int) -> str:
    """The weight is said where it is another number than that of the people."""
    told = {"n": load.guides, "weight": localize(load.weight), "most": most}
    if not most:
        return _("guides %(n)d") % told
    if load.hundredths == WHOLE * load.guides:
        return _("guides %(n)d of %(most)d") % told
    return _("guides %(n)d, weighs %(weight)s of %(most)d") % told


def speaks(*languages: str) -> str:
    known = [str(SPOKEN[one]) for one in languages if one in SPOKEN]
    return _("speaks %(language)s") % {"language": ", ".join(known)} if known else ""


def manners(profile: CoachProfile) -> list[str]:
    return [str(CoachProfile.Manner(one).label) for one in profile.manners]


def profiles_of(coaches: Collection[Staff]) -> dict[int, CoachProfile]:
    """Of each; an empty one of who wrote nothing down."""
    rows = CoachProfile.objects.filter(staff__in=[one.pk for one in coaches])
    empty = {one.pk: CoachProfile(staff=one) for one in coaches}
    return empty | {one.staff_id: one for one in rows}


@dataclass(frozen=True)
class Team:
    """Coaches to choose from, with what each has to do and brings along."""

    coaches: Collection[Staff]
    loads: Mapping[int, Caseload]
    profiles: Mapping[int, CoachProfile]

    def fits(self, person: Person, *, weighs: int, most: int) -> list[Fit]:
        """The best first."""
        found = (
            Fit(one, self.loads[one.pk], self.profiles[one.pk], person, weighs, most)
            for one in self.coaches
        )
        return sorted(found, key=lambda one: one.order)


def team_of(coaches: Collection[Staff], on: date, *, but: Person | None = None) -> Team:
    return Team(coaches, caseloads(coaches, on, but=but), profiles_of(coaches))


def fitting_coaches(
    *, person: Person, coaches: Collection[Staff], limits: Limits, on: date
) -> list[Fit]:
    """The best first. The person's own coach counts without this person."""
    team = team_of(coaches, on, but=person)
    return team.fits(person, weighs=WHOLE, most=limits.caseload_to)


def refuse_full(
    *,
    coach: Staff,
    person: Person,
    limits: Limits,
    on: date,
    reason: str,
    by: Actor,
    weighs: int = WHOLE,
) -> None:
    load = caseloads([coach], on, but=person)[coach.pk]
    if load.hundredths + weighs <= WHOLE * limits.caseload_to:
        return
    told = {"name": coach.name, "caseload": guides(load, limits.caseload_to)}
    if by.staff is None or not by.staff.has(Role.COORDINATOR):
        raise Refused(
            _(
                "%(name)s %(caseload)s: one more is above the most that this pilot"
                " allows. Choose another coach, or ask the coordinator."
            )
            % told,
            "coach",
        )
    if not reason.strip():
        raise Refused(
            _(
                "%(name)s %(caseload)s: one more is above the most that this pilot"
                " allows. Write why one more is right."
            )
            % told,
            "limit_reason",
        )
