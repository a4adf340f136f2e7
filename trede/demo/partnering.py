"""The partners of the invented town, and who of the living demo pilot goes there.

Nobody is drawn: by their number people go to one place or another, so that the rest of
the demo stays what it was. Each step lies in the past, through the rule of a screen.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from importlib.resources import files
from typing import Any

from trede.accounts.acting import Actor, staff_actor
from trede.accounts.models import Staff
from trede.demo.agenda import Agenda
from trede.demo.town import Town
from trede.inflow.models import Candidate
from trede.partners import around, directory, placing, referring_onward
from trede.partners.models import ActivityPlace, OnwardReferral, Organisation
from trede.partners.referring_onward import State

PARTNERS: Sequence[Mapping[str, Any]] = tomllib.loads(
    files("trede.demo").joinpath("partners_of_town.toml").read_text(encoding="utf-8")
)["partners"]
FACTS = ("name", "kind", "quarter", "about", "access", "languages", "telephone")
# So many are not confirmed again: they come up for checking.
LEFT_TO_CHECK = 4
# Where people go, in turn, and what becomes of it.
GOES_TO = ("Taalcafé", "Taalcoach aan huis", "Kookgroep", "Wandelgroep")
PLACED_AT = "Koffie schenken"
WHY_NOT = ("no_room", "too_far")


def knows_partners(town: Town, at: datetime) -> None:
    """The coaches put them in the directory; the same again is none."""
    if Organisation.objects.filter(municipality=town.municipality).exists():
        return
    for turn, told in enumerate(PARTNERS):
        by = staff_actor(town.coaches[turn % 2])
        organisation = directory.add(
            municipality=town.municipality,
            facts={name: told[name] for name in FACTS},
            by=by,
            at=at,
        )
        _fill(organisation, told, by, at)


def _fill(
    organisation: Organisation, told: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    if told["contact"]:
        name, role = told["contact"]
        directory.keep_contact(
            organisation=organisation,
            contact=None,
            facts={"name": name, "role": role, "telephone": told["telephone"]},
            by=by,
            at=at,
        )
    for what, kind, for_whom, days, room, language in told["places"]:
        facts = {
            "what": what,
            "activity_type": kind,
            "for_whom": for_whom,
            "days": days,
            "language": language,
        }
        directory.keep_place(
            organisation=organisation,
            place=None,
            facts=facts,
            capacity=room,
            by=by,
            at=at,
        )


def confirms_partners(town: Town, at: datetime) -> None:
    known = Organisation.objects.filter(municipality=town.municipality).order_by("pk")
    for turn, one in enumerate(known[LEFT_TO_CHECK:]):
        by = staff_actor(town.coaches[turn % 2])
        directory.confirm(organisation=one, by=by, at=at)


@dataclass(frozen=True)
class Onward:
    """Somebody goes to a partner, from the first proposal on."""

    agenda: Agenda
    today: date
    candidate: Candidate
    coach: Staff
    # With a placement: the day until which it is on trial.
    trial_until: date | None = None

    def propose(self, at: datetime) -> None:
        person, turn = self.candidate.person, self.candidate.pk
        what = PLACED_AT if self.trial_until else GOES_TO[turn % len(GOES_TO)]
        place = ActivityPlace.objects.select_related("organisation").get(
            organisation__municipality=person.municipality_id, what=what
        )
        onward = referring_onward.propose(
            person=person,
            organisation=place.organisation,
            place=place,
            by=self._by,
            at=at,
        )
        self._later(at, 7, partial(self._move, onward, State.APPLIED))
        if turn % 5 == 1 and not self.trial_until:
            self._later(at, 14, partial(self._is_not_to_be, onward))
            return
        self._later(at, 14, partial(self._move, onward, State.ACCEPTED))
        begins = self._placed if self.trial_until else self._begins
        self._later(at, 21, partial(begins, onward))
        self._later(at, 35, partial(self._hears, onward))

    def knows_of_schemes(self, at: datetime) -> None:
        uses = self.candidate.pk % 3 == 0
        found = {"meedoen": around.Stands(knew=True, uses=uses, wants=not uses)}
        around.note_schemes(
            person=self.candidate.person,
            pilot=self.candidate.pilot,
            found=found,
            by=self._by,
            at=at,
        )
        around.add_professional(
            person=self.candidate.person,
            kind="social_team" if uses else "gp",
            name="Sociaal Team Zuid, Anja Mol"
            if uses
            else "Huisartsenpraktijk De Beek",
            telephone="024 000 0115",
            by=self._by,
            at=at,
        )

    @property
    def _by(self) -> Actor:
        return staff_actor(self.coach)

    def _later(self, at: datetime, days: int, act: Callable[[datetime], None]) -> None:
        """What has not come yet does not happen."""
        moment = at + timedelta(days=days)
        if moment.date() < self.today:
            self.agenda.put(moment, act)

    def _move(self, onward: OnwardReferral, state: State, at: datetime) -> None:
        referring_onward.move(
            onward=onward, state=state, on=at.date(), by=self._by, at=at
        )

    def _is_not_to_be(self, onward: OnwardReferral, at: datetime) -> None:
        referring_onward.move(
            onward=onward,
            state=State.NOT_STARTED,
            on=at.date(),
            reason=WHY_NOT[self.candidate.pk % len(WHY_NOT)],
            by=self._by,
            at=at,
        )

    def _begins(self, onward: OnwardReferral, at: datetime) -> None:
        referring_onward.move(
            onward=onward,
            state=State.STARTED,
            on=at.date(),
            went_along=OnwardReferral.WentAlong.COACH,
            by=self._by,
            at=at,
        )

    def _placed(self, onward: OnwardReferral, at: datetime) -> None:
        placing.place(
            onward=onward,
            started_on=at.date(),
            hours=Decimal(4),
            wished_hours=Decimal(8),
            trial_until_on=self.trial_until,
            compensation="Reiskosten",
            went_along=OnwardReferral.WentAlong.COACH,
            by=self._by,
            at=at,
        )

    def _hears(self, onward: OnwardReferral, at: datetime) -> None:
        referring_onward.give_feedback(
            onward=onward,
            on=at.date(),
            words="Komt trouw en kent al mensen bij naam.",
            by=self._by,
            at=at,
        )
