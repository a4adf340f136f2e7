"""Who was brought in by a referrer or by a partner, in the living demo pilot."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from trede.accounts.acting import staff_actor
from trede.accounts.models import Staff
from trede.demo.living_guided import Guided
from trede.demo.people import Person, draw_people
from trede.inflow.models import Candidate
from trede.inflow.referring import refer
from trede.people.details import PersonDetails

SERIES = 3
State = Callable[..., None]  # of a candidate, by a coach
PARTNER = "Wijkcentrum De Schakel"


class Referred(Guided):
    """One who started, one who said no, some who wait, and one of yesterday."""

    def plan_referrals(self) -> None:
        states: tuple[tuple[int, str, State | None], ...] = (
            (118, "client_manager", partial(self.running, days=55, meets=True)),
            (97, "werkbedrijf", self.declined),
            (44, "client_manager", partial(self.tried, days=40)),
            (30, "third_party", partial(self.tried, days=21)),
            (9, "client_manager", None),
            (2, "werkbedrijf", None),
        )
        on = self.today
        drawn = draw_people(self.seed, (), on=on, size=len(states), series=SERIES)
        for person, (days, channel, live) in zip(drawn, states, strict=True):
            act = partial(self._refer, person, channel, live)
            self.put(self.ago(days, 11), act)

    def tried(self, candidate: Candidate, coach: Staff, days: int) -> None:
        self.waiting(candidate, coach, days)
        act = partial(self.inviting.call, candidate, coach, "no_answer")
        self.put(self.ago(days - 15, 14), act)

    def _refer(
        self, person: Person, channel: str, live: State | None, at: datetime
    ) -> None:
        partner = channel == "third_party"
        by = self.sanne if partner else self.town.referrer
        referral = refer(
            pilot=self.pilot,
            details=_as_told(person),
            channel=channel,
            reason=self.guide.pick("referrals"),
            referrer=None if partner else by,
            referrer_name=PARTNER if partner else "",
            by=staff_actor(by),
            at=at,
            submission=self.guide.submission(),
        )
        if live:
            live(referral.candidate, coach=self.sanne)


def _as_told(person: Person) -> PersonDetails:
    """What a referrer knows of somebody: no BSN, no address."""
    who = person.identity
    return PersonDetails(
        given_names=who.given_names,
        name_prefix=who.prefix,
        surname=who.surname,
        birth_date=person.birth.earliest_on.isoformat(),
        sex=person.sex,
        birth_country=person.birth_country,
        telephone=who.telephone,
        quarter=who.quarter,
        language=who.language,
    )
