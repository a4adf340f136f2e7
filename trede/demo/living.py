"""The living demo pilot: every state of the journey, dated relative to today.

This is what the cast meets on signing in: people to screen, to call and to invite, an
intake half done, somebody who waits by lot, a pause, six months nearly over, a closing
talk that is due. A second start of the demo on a later day leaves it as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from trede.accounts.acting import SYSTEM, staff_actor
from trede.demo.agenda import Progress
from trede.demo.listing import as_csv, list_of_today
from trede.demo.living_referred import Referred, State
from trede.demo.living_rules import BEGAN, CODE, living_rules
from trede.demo.partnering import confirms_partners, knows_partners
from trede.demo.people import Person, draw_people
from trede.demo.town import Town
from trede.inflow import allocation, importing
from trede.inflow.models import Candidate
from trede.inflow.screening import verdict
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.pilots.writing import write_rules
from trede.questionnaires.publishing import publish_shipped
from trede.studies import reminding
from trede.studies.founding import found_study
from trede.trajectories.models import CoachProfile
from trede.trajectories.profile import note_profile

SIZE = 90
SERIES = 1
# Who is on the first list, and who came on later ones: so many days ago, which places.
FIRST = (slice(0, 31), slice(57, SIZE))
LATER = ((200, slice(31, 41)), (120, slice(41, 57)))
REMINDED = 35  # so many days of daily runs
# Languages and manners of the two coaches of the cast.
BRING = (
    (("en",), (CoachProfile.Manner.CALM, CoachProfile.Manner.OUTDOORS)),
    (("ar", "en"), (CoachProfile.Manner.ACTIVE, CoachProfile.Manner.GROUP)),
)
NEW = 12  # who stands on the newest list for the first time

ByACoach = Callable[[Candidate], None]


def fill_living(
    town: Town, *, seed: int, today: date, progress: Progress | None = None
) -> Pilot:
    there = Pilot.objects.filter(code=CODE).first()
    if there:
        return there
    with transaction.atomic():
        return Living(town, seed, today).play(progress)


class Living(Referred):
    def play(self, progress: Progress | None) -> Pilot:
        by = staff_actor(self.town.administrator)
        publish_shipped(by=by, at=self.ago(BEGAN, 8))
        self.pilot = load_pilot(
            text=write_rules(living_rules(self.today)),
            municipality=self.town.municipality,
            reason="De pilot begint.",
            by=by,
            at=self.ago(BEGAN, 8),
        )
        coordinator = staff_actor(self.town.coordinator)
        allocation.seal_lots(pilot=self.pilot, by=coordinator, at=self.ago(BEGAN, 9))
        researcher = staff_actor(self.town.researcher)
        found_study(pilot=self.pilot, by=researcher, at=self.ago(BEGAN, 9))
        first = self.ago(BEGAN - 5, 9)
        drawn = draw_people(self.seed, (), on=first.date(), size=SIZE, series=SERIES)
        self.later_states = self._in_turn(self._later_states())
        self.listed = [one for places in FIRST for one in drawn[places]]
        self.agenda.put(first, partial(self.read_list, self.plan))
        for days, places in LATER:
            act = partial(self.read_longer_list, drawn[places])
            self.agenda.put(self.ago(days, 9), act)
        self.agenda.put(self.ago(BEGAN - 3, 9), partial(knows_partners, self.town))
        self.agenda.put(self.ago(BEGAN - 3, 8), self.coaches_tell_of_themselves)
        self.agenda.put(self.ago(40, 9), partial(confirms_partners, self.town))
        self.plan_referrals()
        self.agenda.put(self.ago(1, 16), self.upload_another_list)
        for days in range(1, REMINDED):
            self.agenda.put(self.ago(days, 7), self.remind)
        self.agenda.play(progress)
        return self.pilot

    def coaches_tell_of_themselves(self, at: datetime) -> None:
        """What each brings along, by which people are assigned."""
        for coach, (languages, manners) in zip(self.town.coaches, BRING, strict=True):
            note_profile(
                staff=coach,
                languages=languages,
                manners=manners,
                quarters=(),
                by=staff_actor(coach),
                at=at,
            )

    def read_longer_list(self, newcomers: Sequence[Person], at: datetime) -> None:
        """The same people once more, and some whose years were not over before."""
        self.listed += newcomers
        self.read_list(self.plan_later, at)

    def read_list(self, plan: Callable[[list[Candidate]], None], at: datetime) -> None:
        by = staff_actor(self.town.coordinator)
        upload = importing.upload(
            pilot=self.pilot,
            name=f"doelgroepenlijst-{at:%Y-%m}.csv",
            content=as_csv(self.listed),
            reference_on=at.date(),
            by=by,
            at=at,
        )
        importing.confirm(upload=upload, by=by, at=at + timedelta(hours=1))
        rows = self.pilot.candidates.select_related("person", "pilot")
        new = rows.filter(since_on=at.date(), referrals=None)
        plan([one for one in new if verdict(one).by_list == "eligible"])

    def remind(self, at: datetime) -> None:
        """The daily run. For invented people it writes to a folder."""
        reminding.remind(pilot=self.pilot, by=SYSTEM, at=at)

    def upload_another_list(self, at: datetime) -> None:
        """A newer list that somebody has still to look through."""
        day = at.date()
        newcomers = draw_people(self.seed, (), on=day, size=NEW, series=SERIES + 1)
        importing.upload(
            pilot=self.pilot,
            name="doelgroepenlijst-nieuw.csv",
            content=as_csv(list_of_today(self.listed, newcomers)),
            reference_on=day,
            by=staff_actor(self.town.coordinator),
            at=at,
        )

    # Who stands where -----------------------------------------------------------

    def plan(self, fitting: list[Candidate]) -> None:
        """Hand the people out, one state after the other; the rest stays listed."""
        states = list(self._in_turn(self._states()))
        for candidate, live in zip(fitting, states, strict=False):
            live(candidate)
        pair = fitting[len(states) : len(states) + 2]
        if len(pair) == 2:
            self.plan_pair(*pair)

    def plan_later(self, fitting: list[Candidate]) -> None:
        for candidate in fitting:
            live = next(self.later_states, None)
            if live is not None:
                live(candidate)

    def _in_turn(self, states: Sequence[tuple[int, State]]) -> Iterator[ByACoach]:
        for number, live in states:
            for place in range(number):
                coach = self.town.coaches[place % 2 if number > 2 else 0]
                yield partial(live, coach=coach)

    def _states(self) -> Sequence[tuple[int, State]]:
        return (
            (1, self.nearly_six_months),
            (6, self.in_trajectory),
            (1, self.paused),
            (1, self.handed_over),
            (1, self.started_this_week),
            (1, self.closed_and_called_back),
            (1, self.evaluation_due),
            (1, self.stopped_with_study),
            (4, self.intake_half_done),
            (1, self.may_start),
            (1, self.known_twice),
            (2, self.evaluation_waits),
            (1, self.evaluation_missed),
        )

    def _later_states(self) -> Sequence[tuple[int, State]]:
        return (
            (2, partial(self.called, calls=3)),
            (3, partial(self.called, calls=1)),
            (4, partial(self.called, calls=0)),
            (2, self.rests),
            (1, partial(self.called, calls=0)),
            (1, self.declined),
            (1, self.does_not_fit),
            (1, self.moved_away),
            (1, self.referred_on),
        )
