"""Who is guided, paused, handed over or has closed, in the living demo pilot."""

from datetime import datetime, timedelta
from functools import partial

from trede.accounts.acting import person_actor, staff_actor
from trede.accounts.models import Staff
from trede.contact import appointments
from trede.contact.recording import record_contact
from trede.demo.agenda import moment
from trede.demo.diary import first_free
from trede.demo.evaluating import simulate_evaluation
from trede.demo.guiding import ABOUT, WORDS
from trede.demo.living_waiting import Waiting
from trede.demo.partnering import Onward
from trede.inflow import allocation
from trede.inflow.models import Candidate
from trede.trajectories import handing_over, pausing, planning
from trede.trajectories.leaving import stop_with_study
from trede.trajectories.models import Step

# How the steps end, two at most, of a goal that was reached.
AN_HOUR = 60
ENDED = (Step.State.DONE, Step.State.DROPPED)


class Guided(Waiting):
    """The states of a trajectory and after it."""

    def running(
        self, candidate: Candidate, coach: Staff, days: int, *, meets: bool = False
    ) -> None:
        self._intake(candidate, coach, days)
        self.put(self.ago(days, 10), partial(self._start, candidate, coach, meets))
        self._goes_to_a_partner(candidate, coach, days)

    def _goes_to_a_partner(
        self, candidate: Candidate, coach: Staff, days: int, *, placed: bool = False
    ) -> None:
        until = self.today + timedelta(days=6) if placed else None
        onward = Onward(self.agenda, self.today, candidate, coach, until)
        if days > 10:
            self.put(self.ago(days - 10, 15), onward.propose)
        if days > 10 and not placed:
            self.put(self.ago(days - 7, 11), onward.knows_of_schemes)

    def _start(
        self, candidate: Candidate, coach: Staff, meets: bool, at: datetime
    ) -> None:
        self.guide.begin(
            self._fresh(candidate),
            coach,
            at,
            deviation_reason="Er was geen tweede kandidaat voor een paar.",
        )
        if meets:
            self._meet_today(candidate, coach)

    def _meet_today(self, candidate: Candidate, coach: Staff) -> None:
        hour = 9 + candidate.pk % 8
        appointments.plan(
            person=candidate.person,
            pilot=self.pilot,
            staff=coach,
            starts_at=first_free(coach, moment(self.today, hour), AN_HOUR),
            minutes=AN_HOUR,
            location="city_office",
            about=ABOUT,
            by=staff_actor(coach),
            at=self.ago(7, 16),
        )

    def in_trajectory(self, candidate: Candidate, coach: Staff) -> None:
        self.running(candidate, coach, 30 + candidate.pk % 90, meets=True)

    def nearly_six_months(self, candidate: Candidate, coach: Staff) -> None:
        self.running(candidate, coach, 165)
        self._goes_to_a_partner(candidate, coach, 60, placed=True)

    def started_this_week(self, candidate: Candidate, coach: Staff) -> None:
        self.running(candidate, coach, 3)

    def paused(self, candidate: Candidate, coach: Staff) -> None:
        self.running(candidate, coach, 80)

        def act(at: datetime) -> None:
            pausing.pause(
                trajectory=candidate.trajectories.get(),
                from_on=at.date(),
                until_on=None,
                reason="family",
                by=staff_actor(coach),
                at=at,
            )

        self.put(self.ago(13, 15), act)

    def handed_over(self, candidate: Candidate, coach: Staff) -> None:
        self.running(candidate, self.youssef, 100)

        def act(at: datetime) -> None:
            handing_over.hand_over(
                trajectory=candidate.trajectories.get(),
                receiver=self.sanne,
                on=at.date(),
                reason="hours",
                note=WORDS["hand_over"],
                by=staff_actor(self.town.coordinator),
                at=at,
            )

        self.put(self.ago(2, 16), act)

    def _close(self, candidate: Candidate, coach: Staff, at: datetime) -> None:
        trajectory = candidate.trajectories.get()
        by = staff_actor(coach)
        for goal in trajectory.goals.filter(ended_at=None):
            for step, state in zip(goal.steps.order_by("pk"), ENDED, strict=False):
                planning.move_step(step=step, state=state, by=by, at=at)
            planning.end_goal(goal=goal, reached=True, by=by, at=at)
        self.guide.close(trajectory, "placed", at, tread=3)

    def _evaluate(self, candidate: Candidate, at: datetime) -> None:
        """Simulated from this person's answers at the intake, and marked so."""
        before = self._before(candidate)
        (after,) = simulate_evaluation(
            self.intake, self.seed, evaluated=[before.number]
        )
        self.guide.evaluate(candidate.trajectories.get(), after.answers, at)

    def evaluation_due(self, candidate: Candidate, coach: Staff) -> None:
        self.running(candidate, coach, 150)
        self.put(self.ago(4, 11), partial(self._close, candidate, coach))

    def evaluation_waits(self, candidate: Candidate, coach: Staff) -> None:
        """Closed three weeks ago: a first reminder went, the second comes."""
        self.running(candidate, coach, 170)
        self.put(self.ago(21, 11), partial(self._close, candidate, coach))

    def evaluation_missed(self, candidate: Candidate, coach: Staff) -> None:
        self.running(candidate, coach, 210)
        self.put(self.ago(60, 11), partial(self._close, candidate, coach))

    def closed_and_called_back(self, candidate: Candidate, coach: Staff) -> None:
        self.running(candidate, coach, 240)
        self.put(self.ago(70, 11), partial(self._close, candidate, coach))
        self.put(self.ago(70, 13), partial(self._evaluate, candidate))

        def call_back(at: datetime) -> None:
            record_contact(
                person=candidate.person,
                pilot=self.pilot,
                channel="telephone",
                outcome="spoke",
                occasion="after_care",
                initiative="person",
                note="Belde zelf. Het gaat goed bij de kookgroep.",
                by=staff_actor(coach),
                at=at,
                submission=self.guide.submission(),
            )

        self.put(self.ago(20, 14), call_back)

    def stopped_with_study(self, candidate: Candidate, coach: Staff) -> None:
        self.running(candidate, coach, 60)

        def act(at: datetime) -> None:
            person = candidate.person
            by = person_actor(person.pk, person.municipality_id)
            stop_with_study(person=person, pilot=self.pilot, by=by, at=at)

        self.put(self.ago(8, 20), act)

    # A pair -----------------------------------------------------------------------

    def plan_pair(self, one: Candidate, other: Candidate) -> None:
        for candidate in (one, other):
            self._intake(candidate, self.sanne, 25)
        self.put(self.ago(27, 16), partial(self._pair_up, one, other))

    def _pair_up(self, one: Candidate, other: Candidate, at: datetime) -> None:
        by = staff_actor(self.town.coordinator)
        pair = allocation.register_pair(
            pilot=self.pilot,
            one=self._fresh(one),
            other=self._fresh(other),
            by=by,
            at=at,
        )
        drawn = allocation.draw(pair=pair, by=by, at=at + timedelta(minutes=5))
        first = one if drawn.first_id == one.pk else other
        act = partial(self._start_by_lot, first)
        self.put(self.ago(24, 10), act)

    def _start_by_lot(self, candidate: Candidate, at: datetime) -> None:
        self.guide.begin(self._fresh(candidate), self.sanne, at)
