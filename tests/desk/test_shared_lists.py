"""Lists to filter and to share: each filter gives its lines, and so does the file."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.cast import Cast
from tests.desk.making import DAY, call, sign_in
from tests.inflow.reaching_out import a_referral
from tests.partners.making import make_onward, make_partner, make_place, make_placement
from tests.trajectories.making import AFTER, make_pilot, make_trajectory
from trede.audit.models import Line
from trede.inflow.models import Candidate, Referral, Stage
from trede.inflow.referral_list import Asked, ReferralLines
from trede.inflow.referring import Status, status_of
from trede.partners.placing import end
from trede.pilots.models import Pilot
from trede.trajectories.handing_over import hand_over

pytestmark = pytest.mark.django_db
NOW = AFTER + 40 * DAY
PLACEMENTS, HANDED = "/partners/plaatsingen/", "/traject/overdrachten/"
REFERRALS = "/instroom/aanmeldingen/"
Fill = Callable[[Cast, Pilot], None]


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    made = make_pilot(cast)
    cast.sign_in_with_a_password()
    return made


def some_placements(cast: Cast, pilot: Pilot) -> None:
    spot = make_place(cast.greet, make_partner(cast.greet))
    for n, coach in enumerate((cast.sanne, cast.sanne, cast.willem)):
        person = make_trajectory(cast, pilot, coach=coach, name=f"Plek{n}").person
        onward = make_onward(coach, person, spot, "accepted", AFTER)
        until = (NOW + timedelta(days=200 * n)).date()
        placed = make_placement(coach, onward, until, AFTER)
        if n == 2:
            end(
                placement=placed,
                on=NOW.date(),
                reason="own_wish",
                words="",
                by=cast.by("willem"),
                at=NOW,
            )


def some_hand_overs(cast: Cast, pilot: Pilot) -> None:
    for n, reason in enumerate(("leaves", "hours", "hours")):
        hand_over(
            trajectory=make_trajectory(cast, pilot, name=f"Over{n}"),
            receiver=cast.willem,
            on=(AFTER + n * 19 * DAY).date(),
            reason=reason,
            note="",
            by=cast.by("greet"),
            at=NOW,
        )


def some_referrals(cast: Cast, pilot: Pilot) -> None:
    for n, stage in enumerate((None, Stage.STARTED, Stage.DECLINED, Stage.INTAKE)):
        made = a_referral(cast, pilot, f"Naam{n}", at=AFTER)
        if stage:
            Candidate.objects.filter(pk=made.candidate_id).update(stage=stage)
    sought = a_referral(cast, pilot, "Gezocht", at=AFTER)
    call(cast, sought.candidate.person, pilot, AFTER + DAY)


LISTS = [
    (PLACEMENTS, some_placements, ("states", "coaches")),
    (HANDED, some_hand_overs, ("reasons", "since")),
    (REFERRALS, some_referrals, ("statuses", "channels")),
]


def in_file(client: Client, url: str) -> list[str]:
    sign = "&" if "?" in url else "?"
    path, _query, asked = url.partition("?")
    answer = client.get(f"{path}bestand/?{asked}{sign.strip('?')}als=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return text.splitlines()[1:]


@pytest.mark.parametrize(("url", "fill", "chips"), LISTS)
def test_each_filter_gives_its_number_of_lines_and_the_file_the_same(
    cast, pilot, url, fill, chips
):
    fill(cast, pilot)
    client = sign_in(cast.greet)
    first = client.get(url).context
    numbers = set()
    for chip in (chip for name in chips for chip in first[name]):
        page = client.get(url + chip["url"]).context["page"]
        assert page.paginator.count == chip["count"], chip["label"]
        assert len(in_file(client, url + chip["url"])) == chip["count"]
        numbers.add(chip["count"])
    assert len(numbers) > 1


@pytest.mark.parametrize(("url", "fill", "_chips"), LISTS)
def test_a_list_is_the_municipalitys_own_and_its_file_the_coordinators(
    cast, pilot, url, fill, _chips
):
    fill(cast, pilot)
    make_pilot(cast, cast.elsewhere)
    cast.sign_in_with_a_password()
    assert list(sign_in(cast.greet).get(url).context["page"])
    answer = sign_in(cast.noor).get(url)
    assert answer.status_code == 403 or not list(answer.context["page"])
    for name in ("sanne", "rik", "ilse", "bas", "fatima", "aad"):
        client = sign_in(getattr(cast, name))
        assert client.get(f"{url}bestand/").status_code == 403


@pytest.mark.parametrize(("url", "fill", "_chips"), LISTS)
def test_nonsense_in_the_address_is_no_filter(cast, pilot, url, fill, _chips):
    fill(cast, pilot)
    client = sign_in(cast.greet)
    whole = client.get(url).context["page"].paginator.count
    for query in ("stand=x", "coach=²", "reden=x&sinds=x", "page=x"):
        assert client.get(f"{url}?{query}").context["page"].paginator.count == whole
    assert client.get(f"{url}?weg=x&coach=99999999").status_code == 200


@pytest.mark.parametrize(("url", "fill", "_chips"), LISTS)
def test_the_trail_names_who_went_along_in_the_file(cast, pilot, url, fill, _chips):
    fill(cast, pilot)
    rows = in_file(sign_in(cast.greet), url)
    line = Line.objects.order_by("-sequence")[0]
    assert line.action.endswith("_file")
    assert line.mentions.count() == len(rows) > 0


def test_a_coach_sees_the_placements_of_their_own_people(cast, pilot):
    some_placements(cast, pilot)
    for name, n in (("sanne", 2), ("willem", 0)):
        page = sign_in(getattr(cast, name)).get(PLACEMENTS).context["page"]
        assert page.paginator.count == n


def test_a_trial_period_that_is_over_comes_up_to_look_back_on(cast, pilot):
    some_placements(cast, pilot)
    page = sign_in(cast.greet).get(f"{PLACEMENTS}?stand=evalueren").context["page"]
    assert [one.onward.person.surname for one in page] == ["Plek0"]


def test_the_filter_of_referrals_says_what_the_line_says(cast, pilot):
    """What the database is asked and what a referrer reads are the same."""
    some_referrals(cast, pilot)
    known = set()
    for status in Status:
        shown = ReferralLines(Asked(status), Referral.objects.all(), {})
        for one in shown.rows:
            contacted = bool(getattr(one, "contacted", False))
            assert status_of(one, contacted=contacted) == status
            known.add(one.pk)
    assert len(known) == Referral.objects.count() == 5


def some_who_wait(cast: Cast, pilot: Pilot) -> None:
    for n in range(3):
        a_referral(cast, pilot, f"Wacht{n}", at=AFTER)


FILES = [
    *((url, fill) for url, fill, _chips in LISTS),
    ("/instroom/wachtlijst/", some_who_wait),
    ("/deelnemers/", some_who_wait),
]


@pytest.mark.parametrize(("url", "fill"), FILES)
def test_a_file_holds_as_many_lines_as_a_list_and_says_what_is_left_off(
    cast, pilot, url, fill, monkeypatch
):
    """A part of a list is not taken for everybody, in either kind of file."""
    fill(cast, pilot)
    client, wie = sign_in(cast.greet), "?wie="
    whole = in_file(client, url + wie)
    assert len(whole) > 1
    assert "Er zijn er meer." not in whole[-1]
    monkeypatch.setattr("trede.inflow.long_lists.MOST", 1)
    cut = in_file(client, url + wie)
    assert cut[0] == whole[0]
    assert len(cut) == 2
    assert cut[1].startswith("Er zijn er meer. Kies een filter")
    assert Line.objects.order_by("-sequence")[0].mentions.count() == 1
    content = client.get(f"{url}bestand/{wie}").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows, about = (book.get_sheet_by_index(n).to_python() for n in range(2))
    assert len(rows) == 3
    assert str(rows[2][0]).startswith("Er zijn er meer.")
    assert ["Rijen", 1] in about
