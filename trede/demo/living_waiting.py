"""Who waits, is called, rests or is in intake, in the living demo pilot."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import numpy as np

from trede.accounts.acting import person_actor, staff_actor
from trede.accounts.models import Staff
from trede.demo.agenda import Agenda, moment
from trede.demo.answers import IntakeAnswers, draw_intake
from trede.demo.guiding import Guide, stored
from trede.demo.inviting import Inviting
from trede.demo.pace import spread_out
from trede.demo.town import Town
from trede.inflow import intake as intakes
from trede.inflow.declining import decline, found_ineligible
from trede.inflow.models import Candidate, CriterionOutcome, Intake
from trede.people.details import PersonDetails
from trede.people.registering import register_person
from trede.pilots.models import Pilot
from trede.questionnaires import sittings
from trede.questionnaires.answers import give_answers
from trede.questionnaires.models import Sitting

NOT_MET = CriterionOutcome.Outcome.NOT_MET


class Waiting:
    """The states before a trajectory, and the intake in all its steps."""

    pilot: Pilot

    def __init__(self, town: Town, seed: int, today: date) -> None:
        self.town, self.seed, self.today = town, seed, today
        self.agenda = Agenda()
        rng = np.random.default_rng([seed, 60])
        yesterday = today - timedelta(days=1)
        self.guide = Guide(self.agenda, rng, yesterday, yesterday)
        self.sanne, self.youssef = town.coaches
        self.inviting = Inviting(self.guide, town.coaches, town.referrer)
        self.intake = draw_intake(seed + 1)

    def ago(self, days: int, hour: int = 10) -> datetime:
        """A working day, at least so many days ago."""
        day = self.today - timedelta(days=days)
        return moment(day - timedelta(days=max(0, day.weekday() - 4)), hour)

    def put(self, at: datetime, act: Callable[[datetime], None]) -> None:
        self.agenda.put(at, act)

    def waiting(self, candidate: Candidate, coach: Staff, days: int) -> None:
        self.put(self.ago(days, 9), partial(self.inviting.screen, candidate, coach, {}))

    def called(self, candidate: Candidate, coach: Staff, *, calls: int) -> None:
        days = 60 + candidate.pk % 40
        self.waiting(candidate, coach, days)
        for number in range(calls):
            at = self.ago(12 - 4 * number, (10, 14, 18)[number])
            act = partial(self.inviting.call, candidate, coach, "no_answer")
            self.put(at, act)

    def rests(self, candidate: Candidate, coach: Staff) -> None:
        self.waiting(candidate, coach, 90)
        act = partial(self.inviting.leave_in_peace, candidate, coach)
        self.put(self.ago(80, 15), act)

    def declined(self, candidate: Candidate, coach: Staff) -> None:
        self.waiting(candidate, coach, 90)
        self.put(
            self.ago(41, 14), partial(self.inviting.call, candidate, coach, "spoke")
        )
        self.put(self.ago(40, 15), partial(self._decline, candidate, coach))

    def _decline(self, candidate: Candidate, coach: Staff, at: datetime) -> None:
        by = staff_actor(coach)
        decline(candidate=candidate, reason="enough_to_do", by=by, at=at)

    def does_not_fit(self, candidate: Candidate, coach: Staff) -> None:
        unfit = {"health": NOT_MET}
        act = partial(self.inviting.screen, candidate, coach, unfit)
        self.put(self.ago(50, 9), act)
        self.put(self.ago(50, 10), partial(self._found_ineligible, candidate, coach))

    def _found_ineligible(
        self, candidate: Candidate, coach: Staff, at: datetime
    ) -> None:
        by = staff_actor(coach)
        found_ineligible(candidate=candidate, reason="ineligible", by=by, at=at)

    def known_twice(self, candidate: Candidate, coach: Staff) -> None:
        """Written down a second time without a BSN: to be compared and merged."""
        person = candidate.person
        details = PersonDetails(
            given_names=person.given_names,
            name_prefix=person.name_prefix,
            surname=person.surname,
            birth_date=person.birth_date,
            sex=person.sex,
        )

        def act(at: datetime) -> None:
            register_person(
                municipality=self.town.municipality,
                details=details,
                by=staff_actor(coach),
                at=at,
            )

        self.put(self.ago(3, 11), act)

    def moved_away(self, candidate: Candidate, coach: Staff) -> None:
        """Not on the list any more, for a reason that is nobody's choice."""
        self.waiting(candidate, coach, 90)
        self.put(self.ago(33, 14), partial(self._gone, candidate, coach))

    def _gone(self, candidate: Candidate, coach: Staff, at: datetime) -> None:
        by = staff_actor(coach)
        found_ineligible(candidate=candidate, reason="moved", by=by, at=at)

    # Intake ---------------------------------------------------------------------

    def intake_half_done(self, candidate: Candidate, coach: Staff) -> None:
        """One after each step: informed, signed and busy, answered, talked."""
        self.waiting(candidate, coach, 70)
        self.put(
            self.ago(9, 14), partial(self.inviting.call, candidate, coach, "spoke")
        )
        done = candidate.pk % 3
        self.put(self.ago(2, 11), partial(self._half_intake, candidate, coach, done))

    def _half_intake(
        self, candidate: Candidate, coach: Staff, done: int, at: datetime
    ) -> None:
        by = staff_actor(coach)
        held = intakes.begin(
            candidate=self._fresh(candidate),
            coach=coach,
            location="city_office",
            by=by,
            at=at,
        )
        intakes.inform(intake=held, by=by, at=at + timedelta(minutes=10))
        if done == 0:
            return
        self.guide.sign(held, candidate, coach, at + timedelta(minutes=15))
        sitting = intakes.open_questionnaire(
            intake=held,
            mode=Sitting.Mode.ALONE,
            language="nl",
            by=by,
            at=at + timedelta(minutes=20),
        )
        later = at + timedelta(minutes=22)
        answers = self._before(candidate).answers
        if done == 1:
            self._stop_half_way(sitting, coach, later)
        else:
            self.guide.answer(sitting, coach, answers, later)

    def _stop_half_way(self, sitting: Sitting, coach: Staff, at: datetime) -> None:
        person = person_actor(sitting.person_id, sitting.person.municipality_id)
        given = stored(sitting, self.intake[0].answers)
        first, there = dict(list(given.items())[:12]), list(given)[12]
        sittings.begin(sitting=sitting, by=staff_actor(coach), at=at)
        give_answers(sitting=sitting, answers=first, by=person, at=at)
        over_at = spread_out(sitting, at)
        sittings.stop(sitting=sitting, by=person, at=over_at, question=there)

    def referred_on(self, candidate: Candidate, coach: Staff) -> None:
        """Told in the talk what fits better than a trajectory."""
        self.waiting(candidate, coach, 80)
        spoke = partial(self.inviting.call, candidate, coach, "spoke")
        self.put(self.ago(30, 14), spoke)
        self.put(self.ago(26, 10), partial(self._refer_on, candidate, coach))

    def _refer_on(self, candidate: Candidate, coach: Staff, at: datetime) -> None:
        by = staff_actor(coach)
        held = intakes.begin(
            candidate=self._fresh(candidate),
            coach=coach,
            location="city_office",
            by=by,
            at=at,
        )
        intakes.inform(intake=held, by=by, at=at + timedelta(minutes=10))
        intakes.end(
            intake=held,
            outcome=Intake.Outcome.REFERRED_ON,
            remark="Werkbedrijf: wil en kan nu betaald werk zoeken.",
            by=by,
            at=at + timedelta(minutes=40),
        )

    def _fresh(self, candidate: Candidate) -> Candidate:
        rows = Candidate.objects.select_related("person", "pilot")
        return rows.get(pk=candidate.pk)

    def _intake(self, candidate: Candidate, coach: Staff, days: int) -> None:
        """Called, invited and asked; the trajectory may start."""
        self.waiting(candidate, coach, days + 30)
        spoke = partial(self.inviting.call, candidate, coach, "spoke")
        self.put(self.ago(days + 12, 14), spoke)
        self.put(
            self.ago(days + 10, 15), partial(self.inviting.select, candidate, coach)
        )
        self.put(self.ago(days + 5, 10), partial(self._hold, candidate, coach))

    def _hold(self, candidate: Candidate, coach: Staff, at: datetime) -> None:
        answers = self._before(candidate).answers
        self.guide.hold_intake(self._fresh(candidate), coach, answers, at)

    def _before(self, candidate: Candidate) -> IntakeAnswers:
        return self.intake[candidate.pk % len(self.intake)]

    def may_start(self, candidate: Candidate, coach: Staff) -> None:
        self._intake(candidate, coach, 6)
