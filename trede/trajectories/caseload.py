"""Who fits a person best as a coach, and whether one more still fits.

Who has room goes first; then who speaks the person's language; then who has fewer
people than the pilot wants a coach to have; then whom manner and quarter speak for;
then who has the least to do. Above the number that the pilot allows only the
coordinator puts another one, with a reason that is kept.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.accounts.acting import Actor
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.languages import written_as
from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.pilots.rules import Limits
from trede.together import Part, ask
from trede.trajectories.manner import liked, manners_of
from trede.trajectories.models import CoachProfile, Trajectory, TrajectoryQuerySet
from trede.trajectories.profile import SPOKEN
from trede.trajectories.weighing import (
    WHOLE,
    Caseload,
    caseloads,
    pauses_of_who_runs,
    pilots_here,
)


def guided_by(staff: Staff, on: date) -> TrajectoryQuerySet:
    """The trajectories that this coach guides on a day; nobody is guided any more of
    whom nothing is left."""
    running = Trajectory.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=on),
        started_on__lte=on,
        person__erased_at=None,
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
    """A coach beside a person; `weighs`: what this one adds, in hundredths; `likes`:
    the manners of a coach that suit the person."""

    coach: Staff
    load: Caseload
    profile: CoachProfile
    person: Person
    likes: Collection[str]
    weighs: int
    limits: Limits | None

    @property
    def most(self) -> int:
        return self.limits.caseload_to if self.limits else 0

    @property
    def suiting(self) -> list[str]:
        return [one for one in self.profile.manners if one in self.likes]

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

    def order(self, more: int = 0) -> tuple[bool, bool, bool, int, int, str, int]:
        """The best is the least. `more`: what was put to this coach meanwhile."""
        load = self.load.hundredths + more
        wanted = self.limits.caseload_from if self.limits else 0
        comes_there = self.own_quarter or self.in_quarter > 0
        return (
            load + self.weighs > WHOLE * self.most,
            not self.speaks,
            load >= WHOLE * wanted,
            -bool(self.suiting) - comes_there,
            load,
            self.coach.name,
            self.coach.pk,
        )

    @property
    def words(self) -> str:
        """What speaks for it first, and how much there is to do in its place."""
        told = [
            *self._by_language_and_manner,
            guides(self.load, self.most),
            *self._by_quarter,
            *_named(one for one in self.profile.manners if one not in self.likes),
        ]
        return f"{self.coach.name}: {', '.join(told)}"

    @property
    def why(self) -> str:
        """What speaks for this coach beside room; empty where nothing does."""
        return ", ".join([*self._by_language_and_manner, *self._by_quarter])

    @property
    def _by_language_and_manner(self) -> list[str]:
        language = speaks(written_as(self.person.language)) if self.speaks else ""
        return [*filter(None, [language]), *_named(self.suiting)]

    @property
    def _by_quarter(self) -> list[str]:
        there = ngettext(
            "guides %(n)d person in this quarter already",
            "guides %(n)d people in this quarter already",
            self.in_quarter,
        ) % {"n": self.in_quarter}
        return [
            *([_("has this quarter")] if self.own_quarter else []),
            *([there] if self.in_quarter else []),
        ]


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


def _named(manners: Iterable[str]) -> list[str]:
    return [str(CoachProfile.Manner(one).label) for one in manners]


def profile_of(staff: Staff) -> CoachProfile:
    """An empty one of who wrote nothing down."""
    known = CoachProfile.objects.filter(staff=staff).first()
    return known or CoachProfile(staff=staff)


@dataclass(frozen=True)
class Team:
    """Coaches to choose from, with what each has to do and brings along; and what the
    people who need one like."""

    coaches: Collection[Staff]
    loads: Mapping[int, Caseload]
    profiles: Mapping[int, CoachProfile]
    liked: Mapping[int, Collection[str]]

    def fits(self, person: Person, *, weighs: int, limits: Limits | None) -> list[Fit]:
        """The best first."""
        likes = self.liked.get(person.pk, ())
        found = (
            Fit(
                coach=one,
                load=self.loads[one.pk],
                profile=self.profiles[one.pk],
                person=person,
                likes=likes,
                weighs=weighs,
                limits=limits,
            )
            for one in self.coaches
        )
        return sorted(found, key=Fit.order)


def team_for(
    people: Collection[Person],
    coaches: Collection[Staff],
    on: date,
    *,
    but: Person | None = None,
    pilots: Collection[Pilot] = (),
) -> Team:
    """`pilots` as of `caseloads`."""
    keys = [one.pk for one in coaches]
    written = Part(CoachProfile.objects.filter(staff__in=keys))
    manners, pilots = manners_of(people), pilots or pilots_here(coaches)
    paused = Part(pauses_of_who_runs(pilots, on))
    ask(written, manners, paused)
    profiles = {one.pk: CoachProfile(staff=one) for one in coaches}
    profiles |= {one.staff_id: one for one in written.found}
    loads = caseloads(
        coaches, on, but=but, pilots=pilots, pauses=paused.found, quarters=True
    )
    return Team(coaches, loads, profiles, liked(manners.found))


def fitting_coaches(
    *, person: Person, coaches: Collection[Staff], limits: Limits, on: date
) -> list[Fit]:
    """The best first. The person's own coach counts without this person."""
    team = team_for([person], coaches, on, but=person)
    return team.fits(person, weighs=WHOLE, limits=limits)


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
