"""Reaching people in the demo: referrals, calls, letters, and what people say.

Some are called three times and get a letter; some say yes at once; some would rather
not, or rest. Of many on the list nothing more is known by the date of the report.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from trede.accounts.acting import staff_actor
from trede.accounts.models import Staff
from trede.contact.recording import record_contact
from trede.demo.agenda import moment
from trede.demo.calendar import Member, working_days
from trede.demo.guiding import Guide
from trede.inflow.declining import decline
from trede.inflow.models import Candidate, CriterionOutcome
from trede.inflow.referring import refer
from trede.inflow.resting import let_rest
from trede.inflow.screening import screen, verdict
from trede.inflow.selecting import note_selection
from trede.inflow.waiting import put_on_waiting_list

MET, NOT_MET = CriterionOutcome.Outcome.MET, CriterionOutcome.Outcome.NOT_MET
SCREENED = ("on_benefit", "background_verified", "health", "behaviour", "not_elsewhere")
CHANNELS = ("werkbedrijf", "client_manager", "third_party")
# Calls went on when people could not be visited; the halt of spring stopped them too.
CALLING = (
    (date(2020, 2, 6), date(2020, 3, 13)),
    (date(2020, 6, 2), date(2021, 1, 15)),
)
HOURS = (10, 14, 18)
DECLINED = (
    "enough_to_do",
    "health",
    "fear_or_shame",
    "language",
    "distance",
    "unknown",
)


class Inviting:
    def __init__(self, guide: Guide, coaches: Sequence[Staff], referrer: Staff) -> None:
        self.guide, self.coaches, self.referrer = guide, coaches, referrer
        self.days = [day for span in CALLING for day in working_days(*span)]

    def plan_member(self, candidate: Candidate, coach: Staff, member: Member) -> None:
        """Who will have an intake: screened, at times referred, called, said yes."""
        day = _before(member.intake_on, 5)
        put = self.guide.agenda.put
        if member.number % 3 == 0:
            put(moment(day, 8), partial(self.refer, candidate))
        put(moment(day, 9), partial(self.screen, candidate, coach, {}))
        put(moment(day, 10), partial(self.call, candidate, coach, "no_answer"))
        agreed = moment(_before(member.intake_on, 2), 14)
        put(agreed, partial(self.call, candidate, coach, "spoke"))
        put(agreed + timedelta(hours=1), partial(self.select, candidate, coach))

    def plan_others(self, candidates: Sequence[Candidate]) -> None:
        """The rest of the list, in the order of the list: as far as coaches got."""
        rng = self.guide.rng
        first = [one for one in candidates if verdict(one).standing != "ineligible"]
        for place, candidate in enumerate(first):
            coach = self.coaches[place % len(self.coaches)]
            day = self.days[place * (len(self.days) - 30) // len(first)]
            unfit = {str(rng.choice(SCREENED)): NOT_MET} if rng.random() < 0.22 else {}
            at = moment(day, 9)
            self.guide.agenda.put(at, partial(self.screen, candidate, coach, unfit))
            if not unfit and rng.random() < 0.85:
                self._plan_calls(candidate, coach, self.days.index(day))

    def _plan_calls(self, candidate: Candidate, coach: Staff, first: int) -> None:
        rng = self.guide.rng
        tries = int(rng.choice([1, 2, 3, 4], p=[0.35, 0.25, 0.15, 0.25]))
        for number in range(min(tries, 3)):
            reached = number == tries - 1
            at = moment(self.days[first + 1 + 4 * number], HOURS[number])
            outcome = "spoke" if reached else "no_answer"
            self.guide.agenda.put(at, partial(self.call, candidate, coach, outcome))
        last = self.days[first + 14]
        what = self.answer_to_invitation if tries < 4 else self.leave_in_peace
        self.guide.agenda.put(moment(last, 15), partial(what, candidate, coach))

    # The acts -----------------------------------------------------------------

    def refer(self, candidate: Candidate, at: datetime) -> None:
        channel = str(self.guide.rng.choice(CHANNELS))
        refer(
            pilot=candidate.pilot,
            person=candidate.person,
            channel=channel,
            reason=self.guide.pick("referrals"),
            referrer=self.referrer,
            by=staff_actor(self.referrer),
            at=at,
            submission=self.guide.submission(),
        )

    def screen(
        self,
        candidate: Candidate,
        coach: Staff,
        unfit: dict[str, CriterionOutcome.Outcome],
        at: datetime,
    ) -> None:
        outcomes = dict.fromkeys(SCREENED, MET) | unfit
        by = staff_actor(coach)
        screen(candidate=candidate, outcomes=outcomes, by=by, at=at)
        if not unfit:
            candidate.refresh_from_db()
            put_on_waiting_list(candidate=candidate, by=by, at=at)

    def call(
        self, candidate: Candidate, coach: Staff, outcome: str, at: datetime
    ) -> None:
        record_contact(
            person=candidate.person,
            pilot=candidate.pilot,
            channel="telephone",
            outcome=outcome,
            occasion="invitation",
            by=staff_actor(coach),
            at=at,
            submission=self.guide.submission(),
        )

    def select(self, candidate: Candidate, coach: Staff, at: datetime) -> None:
        note_selection(
            candidate=candidate,
            motivation=int(self.guide.rng.integers(2, 6)),
            reason=self.guide.pick("chosen_because"),
            by=staff_actor(coach),
            at=at,
        )

    def answer_to_invitation(
        self, candidate: Candidate, coach: Staff, at: datetime
    ) -> None:
        candidate.refresh_from_db()
        by, luck = staff_actor(coach), self.guide.rng.random()
        if luck < 0.5:
            reason = str(self.guide.rng.choice(DECLINED))
            decline(candidate=candidate, reason=reason, by=by, at=at)
        elif luck < 0.8:
            self._rest(candidate, coach, at)

    def leave_in_peace(self, candidate: Candidate, coach: Staff, at: datetime) -> None:
        candidate.refresh_from_db()
        self._rest(candidate, coach, at)

    def _rest(self, candidate: Candidate, coach: Staff, at: datetime) -> None:
        let_rest(
            candidate=candidate,
            until=at.date() + timedelta(days=182),
            reason="health",
            by=staff_actor(coach),
            at=at,
        )


def _before(day: date, days: int) -> date:
    """So many working days earlier."""
    return working_days(day - timedelta(days=2 * days + 7), day)[-1 - days]
