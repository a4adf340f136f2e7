"""People, households, coaches and candidates of `large_municipality.py`."""

import random
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from bench._large_story import Story, created, row
from trede.accounts.acting import SYSTEM
from trede.accounts.models import HeldRole, Municipality, Role, Staff, Team
from trede.inflow.models import Candidate, Stage
from trede.people.indexing import index
from trede.people.models import Household, Person
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.questionnaires.publishing import publish_shipped

PILOT = Path(__file__).parents[1] / "trede/pilots/approaches/nijmegen.toml"
PEOPLE, PEOPLE_A_COACH = 400_000, 1_333
GUIDED = 12  # trajectories of a coach that run now
A_SHARE = 4_000  # people made at a time
# Where everybody else stands, as a share.
STAGES = {
    Stage.LISTED: 0.38,
    Stage.WAITING: 0.10,
    Stage.RESTING: 0.04,
    Stage.CLOSED: 0.26,
    Stage.DECLINED: 0.10,
    Stage.INELIGIBLE: 0.08,
    Stage.GONE: 0.04,
}
GIVEN = "Amina Fatma Hoa José Chinedu Karima Mohammed Ayşe Samir Truus Yusuf Lemlem"
STEMS = "Mohan Yılma Idris Nguye Amran Voorb Haile Örnek Wahmi Mitha Tesfa Kurgu"
ENDINGS = "i er oğlu ati stra huizen man aoui ane soy mans ou a en is el in ek"
QUARTERS = "centrum oost oud_west nieuw_west midden zuid dukenburg lindenholt noord"
LANGUAGES = ("nl", "ar", "tr", "ti", "so", "en", "")


def fill(people: int) -> None:
    draw, now = random.Random(1), timezone.now()
    pilot = _pilot(now)
    coaches = _coaches(pilot, max(2, people // PEOPLE_A_COACH))
    story = Story(draw, pilot, now)
    total, begun = 0, time.perf_counter()
    for first in range(0, people, A_SHARE):
        count = min(A_SHARE, people - first)
        everybody = _people(draw, pilot, first, count, now)
        candidates = _candidates(draw, pilot, everybody, now)
        told = story.tell(candidates, _guiding(draw, candidates, coaches, first))
        total += told.entries
        if first // A_SHARE % 10 == 9 or first + count == people:
            seconds = time.perf_counter() - begun
            print(f"{first + count} people, {total} entries: {seconds:.0f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pilot(now: datetime) -> Pilot:
    town = Municipality.objects.create(code="groot", name="Grootstad")
    pilot = load_pilot(
        text=PILOT.read_text(encoding="utf-8"),
        municipality=town,
        reason="bench",
        by=SYSTEM,
        at=now,
        in_force_from=date(2020, 1, 1),
    )
    # A second step would stand between the measurement and its page.
    town.refresh_from_db()
    town.second_step_roles = []
    town.save()
    publish_shipped(by=SYSTEM, at=now)
    return pilot


def _coaches(pilot: Pilot, count: int) -> list[Staff]:
    town, at = pilot.municipality, pilot.files.get().loaded_at
    teams = [Team(municipality=town, name=f"Team {n}") for n in range(1 + count // 12)]
    Team.objects.bulk_create(teams)
    coaches = [
        Staff(
            municipality=town,
            team=teams[n // 12],
            email=f"coach{n}@groot.example",
            name=f"Coach {n}",
        )
        for n in range(count)
    ]
    lead = Staff(municipality=town, email="greet@groot.example", name="Greet")
    Staff.objects.bulk_create([*coaches, lead])
    HeldRole.objects.bulk_create(
        HeldRole(
            staff=one,
            role=Role.COORDINATOR if one is lead else Role.COACH,
            given_at=at,
        )
        for one in (*coaches, lead)
    )
    return coaches


def _people(
    draw: random.Random, pilot: Pilot, first: int, count: int, now: datetime
) -> list[Person]:
    """Some live together; telephone numbers begin with 06 0000, which nobody has."""
    town = pilot.municipality
    homes = Household.objects.bulk_create(
        Household(municipality=town) for _n in range(count // 10)
    )
    given, stems, ends = GIVEN.split(), STEMS.split(), ENDINGS.split()
    quarters = QUARTERS.split()
    people = [
        row(
            Person,
            municipality=town,
            household=homes[n // 2] if n // 2 < len(homes) else None,
            bsn=f"{first + n:09}",
            given_names=draw.choice(given),
            name_prefix=draw.choice(("", "", "van der", "el", "ben")),
            surname=draw.choice(stems) + draw.choice(ends),
            birth_date=f"{draw.randrange(1955, 1995)}-0{draw.randrange(1, 10)}-11",
            birth_year=draw.randrange(1955, 1995),
            street="Verzonnenstraat",
            house_number=str(draw.randrange(1, 400)),
            postcode=f"65{draw.randrange(10, 99)}AB",
            town="Grootstad",
            telephone=f"060{first + n:07}" if draw.random() < 0.8 else "",
            quarter=draw.choice(quarters),
            language=draw.choice(LANGUAGES),
            created_at=now,
        )
        for n in range(count)
    ]
    created(people)
    index(people)
    return people


def _candidates(
    draw: random.Random, pilot: Pilot, people: list[Person], now: datetime
) -> list[Candidate]:
    stages, shares = list(STAGES), list(STAGES.values())
    drawn = draw.choices(stages, shares, k=len(people))
    # So many in each share of people that every coach guides twelve.
    started = round(len(people) * GUIDED / PEOPLE_A_COACH)
    drawn[:started] = [Stage.STARTED] * started
    draw.shuffle(drawn)
    candidates: list[Candidate] = []
    for person, stage in zip(people, drawn, strict=True):
        long = stage != Stage.STARTED
        days = draw.randrange(30, 2000) if long else draw.randrange(20, 170)
        since = now - timedelta(days=days)
        resting = stage == Stage.RESTING
        candidates.append(
            row(
                Candidate,
                person=person,
                pilot=pilot,
                since_on=(since - timedelta(days=60)).date(),
                stage=stage,
                stage_since=since,
                rest_until=now.date() + timedelta(days=40) if resting else None,
            )
        )
    created(candidates)
    return candidates


def _guiding(
    draw: random.Random, candidates: list[Candidate], coaches: list[Staff], first: int
) -> dict[int, Staff]:
    """The coach of everybody who started, one after the other; of who closed, at
    random."""
    start = round(first * GUIDED / PEOPLE_A_COACH)
    turn = _in_turn(coaches, start)
    return {
        one.pk: next(turn) if one.stage == Stage.STARTED else draw.choice(coaches)
        for one in candidates
        if one.stage in (Stage.STARTED, Stage.CLOSED)
    }


def _in_turn(coaches: list[Staff], start: int) -> Iterator[Staff]:
    while True:
        yield coaches[start % len(coaches)]
        start += 1


def main() -> None:
    call_command("migrate", verbosity=0)
    fill(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)


if __name__ == "__main__":
    main()
