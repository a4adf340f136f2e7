"""The Nijmegen demo: 529 invented people walk the pilot of 2020, through its own rules.

The list is read in, coaches screen and call, pairs are drawn, the halt comes, the
design changes, people leave, and the interim run is made. The figures of the report
come out as published, because the answers were drawn so (`answers.py`). What comes
after it is invented altogether: everybody closes, most are measured a second time, and
the final run is made of answers of which the truth is known (`truth.toml`).
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from importlib.resources import files

import numpy as np
from django.db import transaction

from trede.accounts.acting import person_actor, staff_actor
from trede.accounts.models import Staff
from trede.demo.agenda import Agenda, Progress, moment
from trede.demo.answers import IntakeAnswers, draw_intake
from trede.demo.calendar import (
    AMENDED_ON,
    FINAL_ON,
    HALT,
    LIST_ON,
    LOCKDOWN,
    UNTIL,
    Member,
    PairPlan,
    Plan,
    Single,
    late_end,
    plan_intakes,
)
from trede.demo.chapters import write_chapters
from trede.demo.evaluating import (
    choose_evaluated,
    choose_evaluated_later,
    simulate_evaluation,
)
from trede.demo.guiding import WORDS, Answers, Guide
from trede.demo.inviting import Inviting
from trede.demo.listing import as_csv
from trede.demo.people import Person as Drawn
from trede.demo.people import draw_people
from trede.demo.town import SINCE, Town
from trede.demo.treads import tread_after, tread_before, until_first_step
from trede.inflow import allocation, importing
from trede.inflow.declining import drop_out, found_ineligible
from trede.inflow.models import Candidate, CriterionOutcome
from trede.inflow.screening import override
from trede.pilots.loading import load_pilot, rules_of
from trede.pilots.models import Pilot
from trede.questionnaires.publishing import publish_shipped
from trede.reports.releasing import approve, release
from trede.studies.amending import amend, state_baselines
from trede.studies.founding import found_study
from trede.studies.models import Amendment, Study
from trede.studies.running import run_final, run_interim
from trede.trajectories import handing_over, pausing
from trede.trajectories.models import Trajectory

CODE = "nijmegen"
ABSENT = 2  # this coach is away for long from the first of September on
ABSENT_ON = date(2020, 9, 1)
CLOSED_BECAUSE = {
    "stopped": "own_wish",
    "no_answer": "no_contact",
    "ineligible": "ineligible",
}


def fill_nijmegen(
    town: Town, *, seed: int, progress: Progress | None = None, public: bool = True
) -> Pilot:
    """Play the whole pilot up to the final report; nothing when it is there. Without
    `public` nobody asks yet what of it may be shown, which takes longest."""
    there = Pilot.objects.filter(code=CODE).first()
    if there:
        return there
    # All or nothing: a demo that was broken off leaves no half pilot behind.
    with transaction.atomic():
        return Nijmegen(town, seed, public=public).play(progress)


class Nijmegen:
    def __init__(self, town: Town, seed: int, *, public: bool = True) -> None:
        self.town, self.seed, self.public = town, seed, public
        self.agenda = Agenda()
        self.rng = np.random.default_rng([seed, 529])
        self.guide = Guide(self.agenda, self.rng, UNTIL, FINAL_ON)
        self.intake = draw_intake(seed)
        self.people = draw_people(seed, self.intake)
        self.evaluated = choose_evaluated(self.intake, seed)
        self.after = self._after()
        self.candidates: dict[int, Candidate] = {}

    def _after(self) -> dict[int, Answers]:
        """Who answers later has other luck than who answered before."""
        later = choose_evaluated_later(self.intake, self.evaluated, self.seed)
        simulated = (
            *simulate_evaluation(self.intake, self.seed, evaluated=self.evaluated),
            *simulate_evaluation(self.intake, self.seed + 1, evaluated=later),
        )
        return {one.number: one.answers for one in simulated}

    def play(self, progress: Progress | None) -> Pilot:
        administrator = staff_actor(self.town.administrator)
        publish_shipped(by=administrator, at=SINCE)
        path = files("trede.pilots").joinpath("approaches", "nijmegen.toml")
        self.pilot = load_pilot(
            text=path.read_text(encoding="utf-8"),
            municipality=self.town.municipality,
            reason="De pilot begint.",
            by=administrator,
            at=moment(date(2020, 1, 6), 9),
        )
        coordinator = staff_actor(self.town.coordinator)
        allocation.seal_lots(
            pilot=self.pilot, by=coordinator, at=moment(date(2020, 1, 6), 10)
        )
        self.agenda.put(moment(LIST_ON, 9), self.read_list)
        self.agenda.put(moment(ABSENT_ON, 8), self.hand_everybody_over)
        self.agenda.put(moment(AMENDED_ON, 7), self.change_design)
        self.agenda.put(moment(UNTIL, 23, 30), self.report)
        self.agenda.put(moment(FINAL_ON, 23, 30), self.final_report)
        self.agenda.play(progress)
        return self.pilot

    # The list -----------------------------------------------------------------

    def read_list(self, at: datetime) -> None:
        by = staff_actor(self.town.coordinator)
        upload = importing.upload(
            pilot=self.pilot,
            name="doelgroepenlijst-2020-02.csv",
            content=as_csv(self.people),
            reference_on=LIST_ON,
            by=by,
            at=at,
        )
        importing.confirm(upload=upload, by=by, at=moment(LIST_ON, 10))
        by_bsn = {
            candidate.person.bsn: candidate
            for candidate in self.pilot.candidates.select_related("person", "pilot")
        }
        found = [by_bsn.get(drawn.identity.bsn) for drawn in self.people]
        self.candidates = {
            drawn.intake: candidate
            for drawn, candidate in zip(self.people, found, strict=True)
            if drawn.intake is not None and candidate is not None
        }
        self._make_exceptions(moment(date(2020, 2, 4), 9))
        others = [
            candidate
            for drawn, candidate in zip(self.people, found, strict=True)
            if drawn.intake is None and candidate is not None
        ]
        inviting = Inviting(self.guide, self.town.pilot_coaches, self.town.referrer)
        inviting.plan_others(others)
        self.plan_lives(inviting)

    def _make_exceptions(self, at: datetime) -> None:
        for drawn in self.people:
            for exception in drawn.overrides if drawn.intake else ():
                override(
                    candidate=self.candidates[self._number(drawn)],
                    criterion=exception.criterion,
                    outcome=CriterionOutcome.Outcome.MET,
                    reason=exception.reason,
                    by=staff_actor(self.town.coordinator),
                    at=at,
                )

    def _number(self, drawn: Drawn) -> int:
        return drawn.intake or 0

    # The sixty-two ------------------------------------------------------------

    def plan_lives(self, inviting: Inviting) -> None:
        left = {person.number: person.left for person in self.intake}
        plan: Plan = plan_intakes(left, self.evaluated, self.seed)
        for pair in plan.pairs:
            for member in pair.members:
                self._plan_intake(member, inviting)
            self.agenda.put(moment(pair.registered_on, 16), partial(self.pair_up, pair))
        for single in plan.singles:
            self._plan_intake(single.member, inviting)
            at = moment(single.starts_on, 10)
            self.agenda.put(at, partial(self.start_single, single))

    def _plan_intake(self, member: Member, inviting: Inviting) -> None:
        candidate = self.candidates[member.number]
        inviting.plan_member(candidate, self.coach(member, member.intake_on), member)
        hour = 10 if member.number % 2 else 13
        at = moment(member.intake_on, hour)
        self.agenda.put(at, partial(self.first_intake, member))

    def coach(self, member: Member, on: date) -> Staff:
        """The member's coach, or who stands in for the one who is away."""
        place = member.coach
        if place == ABSENT and on >= ABSENT_ON:
            others = [
                one for one in range(len(self.town.pilot_coaches)) if one != ABSENT
            ]
            place = others[member.number % len(others)]
        return self.town.pilot_coaches[place]

    def answers(self, number: int) -> Answers:
        return self._drawn(number).answers

    def _drawn(self, number: int) -> IntakeAnswers:
        return self.intake[number - 1]

    def first_intake(self, member: Member, at: datetime) -> None:
        self.guide.hold_intake(
            self._fresh(member),
            self.coach(member, at.date()),
            self.answers(member.number),
            at,
        )

    def _fresh(self, member: Member) -> Candidate:
        rows = Candidate.objects.select_related("person", "pilot")
        return rows.get(pk=self.candidates[member.number].pk)

    # Pairs --------------------------------------------------------------------

    def pair_up(self, plan: PairPlan, at: datetime) -> None:
        by = staff_actor(self.town.coordinator)
        one, other = (self._fresh(member) for member in plan.members)
        pair = allocation.register_pair(
            pilot=self.pilot, one=one, other=other, by=by, at=at
        )
        drawn = allocation.draw(pair=pair, by=by, at=moment(at.date(), 17))
        goes_first = 0 if drawn.first_id == one.pk else 1
        first, second = plan.members[goes_first], plan.members[1 - goes_first]
        self.agenda.put(
            moment(plan.first_starts_on, 10), partial(self.start_first, plan, first)
        )
        if second.left and plan.leaves_on:
            at = moment(plan.leaves_on, 14)
            self.agenda.put(at, partial(self.leave_while_waiting, second))
            return
        self.agenda.put(
            moment(plan.asked_again_on, 10), partial(self.ask_again, plan, second)
        )

    def start_first(self, plan: PairPlan, member: Member, at: datetime) -> None:
        trajectory = self._start(member, at)
        if plan.first_ends_on:
            self._plan_pause(trajectory, member, HALT)
            self._plan_end(trajectory, member, plan.leaves_on, plan.first_ends_on)
        else:
            self._plan_late_end(trajectory, member)

    def ask_again(self, plan: PairPlan, member: Member, at: datetime) -> None:
        """The repeated intake; after the amendment it is a renewed one."""
        self.guide.hold_intake(
            self._fresh(member),
            self.coach(member, at.date()),
            self.answers(member.number),
            at,
            repeated=True,
        )
        at = moment(plan.other_starts_on, 10)
        self.agenda.put(at, partial(self.start_other, plan, member))

    def start_other(self, plan: PairPlan, member: Member, at: datetime) -> None:
        trajectory = self._start(member, at)
        if plan.other_ends_on:
            self._plan_end(trajectory, member, None, plan.other_ends_on)
        else:
            self._plan_late_end(trajectory, member)

    def start_single(self, single: Single, at: datetime) -> None:
        self._plan_late_end(self._start(single.member, at), single.member)

    def _start(self, member: Member, at: datetime) -> Trajectory:
        coach = self.coach(member, at.date())
        tread = tread_before(member.number, self.seed)
        begun = self.guide.begin(self._fresh(member), coach, at, tread=tread)
        self.agenda.put(
            at + until_first_step(member.number, self.seed),
            partial(self.guide.first_step, begun),
        )
        return begun

    def _plan_pause(
        self, trajectory: Trajectory, member: Member, period: tuple[date, date]
    ) -> None:
        by = staff_actor(self.coach(member, period[0]))

        def pause(at: datetime) -> None:
            pausing.pause(
                trajectory=trajectory,
                from_on=period[0],
                until_on=period[1],
                reason="circumstances",
                by=by,
                at=at,
            )

        self.agenda.put(moment(period[0], 15), pause)

    def _plan_late_end(self, trajectory: Trajectory, member: Member) -> None:
        """After the interim report: the lockdown first, then the end."""
        self._plan_pause(trajectory, member, LOCKDOWN)
        ends_on = late_end(member.number, trajectory.started_on)
        self._plan_end(trajectory, member, None, ends_on)

    def _plan_end(
        self, trajectory: Trajectory, member: Member, leaves_on: date | None, on: date
    ) -> None:
        if member.left and leaves_on:
            reason = CLOSED_BECAUSE[member.left]
            self.agenda.put(
                moment(leaves_on, 14),
                lambda at: self.guide.close(trajectory, reason, at),
            )
            return
        self.agenda.put(moment(on, 11), partial(self.finish, trajectory, member))

    def finish(self, trajectory: Trajectory, member: Member, at: datetime) -> None:
        reasons: Sequence[str] = ("placed", "placed", "goals_reached", "time_is_up")
        tread = tread_after(member.number, self.seed)
        self.guide.close(trajectory, str(self.rng.choice(reasons)), at, tread)
        if member.number in self.after:
            after = self.after[member.number]
            self.guide.evaluate(trajectory, after, moment(at.date(), 13))

    def leave_while_waiting(self, member: Member, at: datetime) -> None:
        """Somebody who waited by lot leaves: waiting was too long, or did not fit."""
        candidate = self._fresh(member)
        by = staff_actor(self.coach(member, at.date()))
        reason = member.left or ""
        if reason == "stopped":
            person = candidate.person
            by = person_actor(person.pk, person.municipality_id)
        rule = found_ineligible if reason == "ineligible" else drop_out
        rule(candidate=candidate, reason=reason, by=by, at=at)

    # What happens to everybody --------------------------------------------------

    def hand_everybody_over(self, at: datetime) -> None:
        away = self.town.pilot_coaches[ABSENT]
        others = [one for one in self.town.pilot_coaches if one != away]
        running = Trajectory.objects.filter(
            closed_on=None,
            person__responsibilities__staff=away,
            person__responsibilities__ended_on=None,
        )
        for place, trajectory in enumerate(running.order_by("pk")):
            handing_over.hand_over(
                trajectory=trajectory,
                receiver=others[place % len(others)],
                on=at.date(),
                reason="absent",
                note=WORDS["hand_over"],
                by=staff_actor(self.town.coordinator),
                at=at,
            )

    def change_design(self, at: datetime) -> None:
        by = staff_actor(self.town.researcher)
        self.study: Study = found_study(pilot=self.pilot, by=by, at=at)
        (planned,) = rules_of(self.pilot, AMENDED_ON).amendments
        self.amendment: Amendment = amend(
            study=self.study,
            on=AMENDED_ON,
            after="pre_post",
            reason=planned.reason,
            by=by,
            at=at,
        )

    def report(self, at: datetime) -> None:
        by = staff_actor(self.town.researcher)
        state_baselines(amendment=self.amendment, by=by, at=at)
        run = run_interim(study=self.study, until=UNTIL, by=by, at=at)
        edition = release(run=run, by=by, at=moment(UNTIL, 23, 45))
        approve(edition=edition, by=by, at=moment(UNTIL, 23, 50))

    def final_report(self, at: datetime) -> None:
        """Made public as a concept: approving it is left to the researcher."""
        by = staff_actor(self.town.researcher)
        state_baselines(amendment=self.amendment, by=by, at=at)
        run = run_final(study=self.study, until=FINAL_ON, by=by, at=at)
        write_chapters(run=run, by=by, at=at)
        if self.public:
            release(run=run, by=by, at=moment(FINAL_ON, 23, 45))
