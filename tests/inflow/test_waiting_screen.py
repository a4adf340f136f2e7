"""The waiting list on the screen: order, filters that count, one tap, and undo."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from tests.cast import AT, Cast, make_cast
from tests.contact.making import a_pilot
from tests.inflow.reaching_out import a_candidate, browser, tap
from trede.audit.models import Line
from trede.contact.models import ContactMoment
from trede.inflow.models import Stage
from trede.inflow.resting import let_rest
from trede.inflow.waiting import wait_from_now, waiting_list
from trede.inflow.waiting_lines import A_DAYS_WORK
from trede.pilots.models import Pilot

LIST = "/instroom/wachtlijst/"
TODAY = AT.date()


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    pilot = a_pilot(cast)
    cast.sign_in_with_a_password()
    return pilot


def shown(client: Any, query: str = "") -> list[str]:
    """The names on the page, in order."""
    page = client.get(LIST + query)
    assert page.status_code == 200, page
    return [line.candidate.person.surname for line in page.context["lines"]]


def chips(client: Any, query: str = "") -> dict[str, int | str]:
    page = client.get(LIST + query)
    return {chip["url"]: chip["count"] for chip in page.context["chips"]}


def counts(client: Any, who: str) -> list[int | str]:
    """Due today, everybody, due for a letter, left in peace."""
    return list(chips(client, f"?wie={who}").values())


def test_whoever_waits_longest_comes_first(cast, pilot):
    a_candidate(cast, pilot, "Kort", since=date(2020, 2, 1))
    a_candidate(cast, pilot, "Lang", since=date(2019, 2, 1))
    client = browser(cast.sanne)
    assert shown(client) == ["Lang", "Kort"]
    days = [line.days for line in client.get(LIST).context["lines"]]
    assert days == [374, 9]


def test_one_tap_notes_the_call_and_the_row_stays_with_undo(cast, pilot):
    candidate = a_candidate(cast, pilot)
    client = browser(cast.sanne)
    url = f"/instroom/kandidaat/{candidate.pk}/gebeld/"
    after = client.post(url, tap(candidate), HTTP_REFERER=f"http://testserver{LIST}")
    assert after.url.endswith(LIST)
    moment = ContactMoment.objects.get()
    assert (moment.channel, moment.outcome, moment.by) == (
        "telephone",
        "no_answer",
        cast.sanne,
    )
    page = client.get(LIST).content.decode()
    assert "Safi" in page
    assert f"/contact/moment/{moment.pk}/terugdraaien/" in page


def test_undo_puts_the_three_buttons_back(cast, pilot):
    candidate = a_candidate(cast, pilot)
    client = browser(cast.sanne)
    client.post(f"/instroom/kandidaat/{candidate.pk}/gebeld/", tap(candidate))
    moment = ContactMoment.objects.get()
    client.post(f"/contact/moment/{moment.pk}/terugdraaien/")
    line = client.get(LIST).context["lines"][0]
    assert (line.done, line.attempt.calls) == (None, 0)


def test_a_double_tap_is_one_call(cast, pilot):
    candidate = a_candidate(cast, pilot)
    client, once = browser(cast.sanne), tap(candidate)
    for _twice in range(2):
        client.post(f"/instroom/kandidaat/{candidate.pk}/gebeld/", once)
    assert ContactMoment.objects.count() == 1


def test_two_coaches_do_not_note_the_same_call_twice(cast, pilot):
    candidate = a_candidate(cast, pilot)
    seen = (AT - timedelta(seconds=30)).isoformat()
    url = f"/instroom/kandidaat/{candidate.pk}/gebeld/"
    browser(cast.sanne).post(url, tap(candidate, seen_until=seen))
    second = browser(cast.willem)
    second.post(url, tap(candidate, seen_until=seen))
    assert ContactMoment.objects.count() == 1
    assert "Sanne" in second.get(LIST).content.decode()


def test_a_note_can_go_with_the_tap(cast, pilot):
    candidate = a_candidate(cast, pilot)
    given = tap(candidate, "spoke", note="Belt liever na vieren")
    browser(cast.sanne).post(f"/instroom/kandidaat/{candidate.pk}/gebeld/", given)
    assert ContactMoment.objects.get().note == "Belt liever na vieren"


def test_a_tap_without_an_outcome_says_what_to_do(cast, pilot):
    candidate = a_candidate(cast, pilot)
    client = browser(cast.sanne)
    client.post(f"/instroom/kandidaat/{candidate.pk}/gebeld/", {"outcome": "flew"})
    assert ContactMoment.objects.count() == 0


def test_who_was_called_yesterday_is_not_due_today(cast, pilot):
    called, fresh = (
        a_candidate(cast, pilot, "Gebeld"),
        a_candidate(cast, pilot, "Nieuw"),
    )
    with time_machine.travel(AT - timedelta(days=1), tick=False):
        url = f"/instroom/kandidaat/{called.pk}/gebeld/"
        browser(cast.sanne).post(url, tap(called))
    client = browser(cast.sanne)
    assert shown(client) == ["Nieuw"]
    assert shown(client, "?wie=") == ["Gebeld", "Nieuw"]
    assert fresh.stage == Stage.WAITING


def test_the_number_on_every_filter_is_the_number_of_lines(cast, pilot):
    for number in range(7):
        candidate = a_candidate(
            cast,
            pilot,
            f"Naam{number}",
            quarter=("oost", "zuid")[number % 2],
            language=("ar", "ti", "")[number % 3],
            telephone="" if number == 5 else "06 12345678",
        )
        if number == 3:
            let_rest(
                candidate=candidate,
                until=TODAY + timedelta(days=30),
                reason="health",
                by=cast.by("sanne"),
                at=AT,
            )
    client = browser(cast.sanne)
    first = client.get(LIST)
    others = [*first.context["quarters"], *first.context["languages"]]
    for chip in [*first.context["chips"], *others]:
        page = client.get(LIST + chip["url"])
        assert len(page.context["lines"]) == chip["count"], chip["url"]
        assert page.context["page"].paginator.count == chip["count"]


def test_coach_and_how_long_somebody_waits_are_filters_that_count(cast, pilot):
    for number, coach in enumerate(("sanne", "willem", "", "sanne")):
        since = TODAY - (40 + 120 * number) * timedelta(days=1)
        name = f"Naam{number}"
        a_candidate(cast, pilot, name, coach=coach, since=since, quarter="oost")
    client = browser(cast.greet)
    first = client.get(f"{LIST}?wijk=oost")
    chips = [*first.context["coaches"], *first.context["since"]]
    told = {chip["label"]: chip["count"] for chip in chips}
    assert list(told.values()) == [1, 2, 1, 3, 2, 1]
    for chip in chips:
        answer = client.get(f"{LIST}bestand/{chip['url']}&als=csv")
        rows = b"".join(answer.streaming_content).decode().splitlines()[1:]
        assert len(rows) == len(shown(client, chip["url"])) == chip["count"]
    both = f"?coach={cast.sanne.pk}&sinds=92"
    assert shown(client, both) == ["Naam3"]
    assert shown(client, "?coach=x&sinds=1") == ["Naam3", "Naam2", "Naam1", "Naam0"]
    assert browser(cast.sanne).get(LIST).context["coaches"] == []


def test_a_coach_cannot_ask_for_the_people_of_a_colleague(cast, pilot):
    a_candidate(cast, pilot, "Van Willem", coach="willem")
    assert shown(browser(cast.sanne), f"?coach={cast.willem.pk}") == []


def test_a_long_list_counts_its_lines_and_no_choice_of_a_filter(
    cast, pilot, monkeypatch
):
    monkeypatch.setattr("trede.inflow.waiting_lines.MOST", 2)
    for number in range(4):
        a_candidate(cast, pilot, f"Naam{number}", quarter=("oost", "zuid")[number > 0])
    client = browser(cast.greet)
    page = client.get(LIST)
    assert page.context["page"].paginator.count == 2
    assert "Er zijn er meer." in page.content.decode()
    assert "Er zijn er meer." not in client.get(f"{LIST}?wie=rust").content.decode()
    assert {one["count"] for one in page.context["quarters"]} == {None}
    assert shown(client, "?wijk=oost") == ["Naam0"]


def test_work_is_counted_to_a_hundred_chosen_or_not(cast, pilot):
    due, letter, everybody = ("vandaag", "brief", "")
    for number in range(A_DAYS_WORK):
        a_candidate(cast, pilot, f"Naam{number}", telephone="", quarter="oost")
    client = browser(cast.greet)
    assert counts(client, everybody)[:3] == [100, 100, 100]
    a_candidate(cast, pilot, "Nog een", telephone="")
    assert counts(client, everybody)[:3] == ["100+", 101, "100+"]
    words = client.get(LIST).content.decode()
    assert '<span aria-hidden="true">100+</span>' in words  # read aloud in words
    assert '<span class="unseen"> 100 of meer</span>' in words
    # What is chosen says the same as before it was chosen; its list goes on.
    assert counts(client, due)[:3] == ["100+", 101, "100+"]
    assert counts(client, letter)[:3] == ["100+", 101, "100+"]
    assert client.get(f"{LIST}?wie={due}").context["page"].paginator.count == 101
    assert counts(client, f"{everybody}&wijk=oost")[:3] == [100, 100, 100]


def test_a_list_of_work_is_read_as_far_as_a_team_gets_in_a_week(
    cast, pilot, monkeypatch
):
    monkeypatch.setattr("trede.inflow.waiting_lines.A_WEEKS_WORK", 2)
    for number in range(3):
        a_candidate(cast, pilot, f"Naam{number}", telephone="", quarter="oost")
    client = browser(cast.greet)
    read = {
        who: client.get(f"{LIST}?wie={who}").context for who in ("vandaag", "brief", "")
    }
    lines = {who: one["page"].paginator.count for who, one in read.items()}
    assert lines == {"vandaag": 2, "brief": 2, "": 3}
    assert {who: one["whole"] for who, one in read.items()} == {
        "vandaag": False,
        "brief": False,
        "": True,
    }


def test_a_limit_that_was_other_is_forgotten(cast, pilot, monkeypatch):
    """What is put into SQL once is not kept for another limit."""
    for number in range(4):
        a_candidate(cast, pilot, f"Naam{number}")
    client = browser(cast.greet)
    with monkeypatch.context() as other:
        other.setattr("trede.inflow.waiting_lines.MOST", 2)
        assert counts(client, "rust")[1] == "2+"
    assert counts(client, "rust")[1] == 4


def test_each_coach_is_told_the_number_of_what_they_see(cast, pilot):
    for number in range(3):
        a_candidate(cast, pilot, f"Naam{number}", coach=("sanne", "willem")[number > 0])
    told = [counts(browser(one), "rust") for one in (cast.sanne, cast.willem)]
    assert told == [[1, 1, 0, 0], [2, 2, 0, 0]]


def test_resting_people_come_back_by_themselves(cast, pilot):
    candidate = a_candidate(cast, pilot)
    until = TODAY + timedelta(days=30)
    let_rest(
        candidate=candidate, until=until, reason="health", by=cast.by("sanne"), at=AT
    )
    client = browser(cast.sanne)
    assert shown(client) == []
    assert shown(client, "?wie=rust") == ["Safi"]
    with time_machine.travel(AT + timedelta(days=30), tick=False):
        client = browser(cast.sanne)
        assert shown(client) == ["Safi"]
        client.post(f"/instroom/kandidaat/{candidate.pk}/gebeld/", tap(candidate))
    candidate.refresh_from_db()
    assert candidate.stage == Stage.WAITING


def test_a_colleagues_person_is_not_on_my_list_and_a_stranger_sees_nobody(cast, pilot):
    a_candidate(cast, pilot, "Van Willem", coach="willem")
    mine = a_candidate(cast, pilot, "Van Sanne", coach="sanne")
    assert shown(browser(cast.sanne)) == ["Van Sanne"]
    assert shown(browser(cast.greet)) == ["Van Willem", "Van Sanne"]
    url = f"/instroom/kandidaat/{mine.pk}/gebeld/"
    assert browser(cast.willem).post(url, tap(mine)).status_code == 404
    assert browser(cast.noor).post(url, tap(mine)).status_code == 404
    assert browser(cast.rik).post(url, tap(mine)).status_code == 403
    assert ContactMoment.objects.count() == 0


def test_looking_at_the_list_is_one_line_with_everybody_on_the_page(cast, pilot):
    people = {a_candidate(cast, pilot, f"Naam{n}").person_id for n in range(3)}
    browser(cast.sanne).get(LIST)
    line = Line.objects.first()
    assert line is not None
    assert line.action == "looked at inflow:waiting"
    assert set(line.mentions.values_list("person_id", flat=True)) == people


def test_a_page_takes_as_many_queries_for_fifty_as_for_two(cast, pilot):
    def wait(numbers: range) -> None:
        for number in numbers:
            candidate = a_candidate(cast, pilot, f"Naam{number}", quarter="oost")
            if number % 3 == 0:
                own = f"/instroom/kandidaat/{candidate.pk}/gebeld/"
                browser(cast.sanne).post(own, tap(candidate))

    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as seen:
            page = client.get(LIST)
        return len(page.context["lines"]), len(seen)

    client = browser(cast.sanne)
    wait(range(2))
    client.get(LIST)  # what is looked up once and remembered is remembered now
    few, for_two = queries()
    wait(range(2, 50))
    many, for_fifty = queries()
    assert (few, many) == (2, 25)
    assert for_fifty == for_two


def test_the_file_holds_the_lines_of_the_filter_and_runs_no_formula(cast, pilot):
    a_candidate(cast, pilot, "=cmd()", quarter="oost", given_names="")
    a_candidate(cast, pilot, "Elders", quarter="zuid")
    answer = browser(cast.greet).get(f"{LIST}bestand/?wijk=oost&als=csv")
    text = b"".join(answer.streaming_content).decode()
    assert "'=cmd()" in text
    assert "Elders" not in text
    assert browser(cast.sanne).get(f"{LIST}bestand/").status_code == 403


def test_who_comes_back_waits_from_that_day_on(cast, pilot):
    candidate = a_candidate(cast, pilot, since=date(2018, 1, 1), stage=Stage.DECLINED)
    wait_from_now(candidate=candidate, by=cast.by("sanne"), at=AT)
    assert candidate.since_on == timezone.localdate(AT)


class TheOrder(TestCase):
    """Longest-waiting first is a law."""

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.lists(some.dates(date(2015, 1, 1), TODAY), min_size=1, max_size=8))
    def test_the_days_never_grow_down_the_list(self, days: list[date]) -> None:
        cast = make_cast()
        pilot = a_pilot(cast)
        for day in days:
            a_candidate(cast, pilot, since=day)
        rows = waiting_list(pilot=pilot, on=TODAY)
        waits = [(TODAY - one.since_on).days for one in rows]
        assert waits == sorted(waits, reverse=True)
        assert len(waits) == len(days)


def test_nobody_is_on_the_list_twice_or_after_leaving_it(cast, pilot):
    for stage in Stage:
        a_candidate(cast, pilot, f"Naam {stage}", stage=stage)
    rows = waiting_list(pilot=pilot, on=TODAY)
    assert [one.stage for one in rows] == [Stage.WAITING]


def test_an_empty_list_says_what_will_be_here(cast, pilot):
    page = browser(cast.sanne).get(LIST)
    assert page.context["lines"] == []
    assert 'class="empty' in page.content.decode()


def test_before_a_pilot_is_loaded_the_page_says_so(cast):
    answer = browser(cast.sanne).get(LIST, follow=True)
    assert "pilot" in answer.content.decode()
