"""What is new since one last looked at somebody's file, on an earlier day."""

from datetime import datetime, timedelta

import pytest

from tests.cast import Cast
from tests.desk.making import Story, call, make_story, sign_in
from tests.trajectories.making import AFTER, make_pilot
from trede.accounts.acting import record
from trede.audit.models import Line
from trede.desk.since_last_visit import LOOKED, News, news_for
from trede.desk.timeline import Entry, Kind

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def story(cast: Cast) -> Story:
    return make_story(cast, make_pilot(cast))


def looks(cast: Cast, story: Story, at: datetime, action: str = LOOKED) -> None:
    kind = Line.Kind.READ
    record(action, by=cast.by("sanne"), at=at, persons=[story.person.pk], kind=kind)


def entry(title: str, at: datetime, by: str = "") -> Entry:
    return Entry(Kind.CONTACT, at.date(), at, "phone", title, by=by)


def news(cast: Cast, story: Story, at: datetime, *entries: Entry) -> News:
    return news_for(cast.by("sanne"), story.person, entries, at)


def test_what_came_after_the_last_look_is_new(cast: Cast, story: Story):
    looks(cast, story, AFTER)
    before, after = entry("old", AFTER - DAY), entry("fresh", AFTER + DAY)
    found = news(cast, story, AFTER + 3 * DAY, before, after)
    assert (found.since, found.entries) == (AFTER, {after})


def test_what_one_did_oneself_is_no_news(cast: Cast, story: Story):
    looks(cast, story, AFTER)
    own = entry("called", AFTER + DAY, by=cast.sanne.name)
    theirs = entry("called", AFTER + DAY, by=cast.willem.name)
    assert news(cast, story, AFTER + 2 * DAY, own, theirs).entries == {theirs}


def test_a_look_of_today_leaves_new_what_was_new_this_morning(cast, story):
    looks(cast, story, AFTER)
    looks(cast, story, AFTER + 2 * DAY)
    found = news(
        cast, story, AFTER + 2 * DAY + timedelta(hours=1), entry("x", AFTER + DAY)
    )
    assert found.since == AFTER
    assert len(found.entries) == 1


def test_a_list_a_colleague_and_another_persons_file_are_no_visit(cast, story):
    looks(cast, story, AFTER, action="looked at desk:home")
    record(
        LOOKED,
        by=cast.by("willem"),
        at=AFTER,
        persons=[story.person.pk],
        kind=Line.Kind.READ,
    )
    record(LOOKED, by=cast.by("sanne"), at=AFTER, persons=[0], kind=Line.Kind.READ)
    found = news(cast, story, AFTER + 2 * DAY, entry("x", AFTER + DAY))
    assert found == News(None)


def test_the_page_says_since_when(cast: Cast, story: Story):
    looks(cast, story, AFTER - 3 * DAY)
    call(cast, story.person, story.trajectory.pilot, AFTER)
    answer = sign_in(cast.willem).get(f"/deelnemers/{story.person.pk}/")
    assert "sinds u keek" not in answer.content.decode()
    said = sign_in(cast.sanne).get(f"/deelnemers/{story.person.pk}/").content.decode()
    assert f"iets nieuws sinds u keek op {AFTER - 3 * DAY:%d-%m-%Y}" in said
    assert "tag--new" in said
