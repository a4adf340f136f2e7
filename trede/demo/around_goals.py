"""What stands around the goals of the demo's people: what goes well, which small steps
they took, what is no longer in the way, and how they like it best.

Drawn from the number of the trajectory and from nothing else, so that whatever is drawn
elsewhere stays as it was.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import numpy as np

from trede.accounts.acting import Actor, staff_actor
from trede.demo.agenda import Agenda, moment
from trede.trajectories.barriers import barriers_of, note_barrier
from trede.trajectories.manner import note_manner
from trede.trajectories.models import CoachProfile, Manner, Trajectory
from trede.trajectories.small_steps import add_small_step, add_strength

Act = Callable[[Trajectory, Actor, datetime], object]
# What manner of a coach suits; not everybody has a preference.
LIKED = ("", *CoachProfile.Manner.values)


class AroundGoals:
    """`words`: of people of the demo, with the life domain of each."""

    def __init__(self, words: dict[str, list[list[str]]], trajectory: Trajectory):
        self.words, self.trajectory = words, trajectory
        self.rng = np.random.default_rng(trajectory.pk)

    def put_in(self, agenda: Agenda, at: datetime, until: date) -> None:
        """Three in four people; the rest were not asked yet. Nothing after `until`."""
        if self.rng.random() > 0.75:
            return
        acts: list[tuple[int, Act]] = [(7, self._likes), (15, self._is_good_at)]
        days = self.rng.choice(np.arange(20, 120), int(self.rng.integers(0, 5)))
        acts += [(int(day), self._took_a_small_step) for day in sorted(days)]
        if self.rng.random() < 0.5:
            acts.append((61, self._is_rid_of_a_barrier))
        for day, act in acts:
            on = at.date() + timedelta(days=day)
            if on <= until:
                agenda.put(moment(on, 15), partial(self._unless_closed, act))

    def _unless_closed(self, act: Act, at: datetime) -> None:
        rows = Trajectory.objects.select_related("person", "pilot", "candidate")
        now = rows.get(pk=self.trajectory.pk)
        if now.closed_on is None:
            coach = now.person.responsibilities.get(ended_on=None).staff
            act(now, staff_actor(coach), at)

    def _pick(self, kind: str) -> tuple[str, str]:
        known = self.words[kind]
        words, domain = known[int(self.rng.integers(len(known)))]
        return words, domain

    def _likes(self, trajectory: Trajectory, by: Actor, at: datetime) -> None:
        words, _domain = self._pick("rather_not")
        note_manner(
            trajectory=trajectory,
            often=str(self.rng.choice(Manner.Often.values)),
            place=str(self.rng.choice(["home", "walk", "community_centre"])),
            channel=str(self.rng.choice(["telephone", "message"])),
            coach=LIKED[self.trajectory.pk % len(LIKED)],
            avoid=words if self.rng.random() < 0.6 else "",
            by=by,
            at=at,
        )

    def _is_good_at(self, trajectory: Trajectory, by: Actor, at: datetime) -> None:
        words, domain = self._pick("strengths")
        add_strength(trajectory=trajectory, words=words, domain=domain, by=by, at=at)

    def _took_a_small_step(
        self, trajectory: Trajectory, by: Actor, at: datetime
    ) -> None:
        words, domain = self._pick("small_steps")
        add_small_step(
            trajectory=trajectory,
            words=words,
            domain=domain,
            on=at.date(),
            together=bool(self.rng.random() < 0.3),
            by=by,
            at=at,
        )

    def _is_rid_of_a_barrier(
        self, trajectory: Trajectory, by: Actor, at: datetime
    ) -> None:
        for barrier in barriers_of(trajectory)[:1]:
            note_barrier(
                trajectory=trajectory, code=barrier.code, is_there=False, by=by, at=at
            )
