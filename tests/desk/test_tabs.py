"""The tabs over the pages about one person: in the order of the journey, with lacks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from tests.cast import Cast, employ
from tests.desk.making import DAY, OUTDOORS, call, sign_in
from tests.trajectories.making import make_candidate, make_pilot, make_trajectory
from trede.accounts.models import Role, Staff
from trede.inflow.models import Stage
from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.trajectories.closing import close
from trede.trajectories.ladder import assess
from trede.trajectories.models import Trajectory
from trede.trajectories.pausing import pause

pytestmark = pytest.mark.django_db
ORDER = ["Overzicht", "Gegevens", "Huishouden", "Contact", "Toestemming en bestanden"]
AFTERWARDS = ["Partners", "Notities", "Dubbele dossiers"]


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


@pytest.fixture
def begun(cast: Cast, pilot: Pilot) -> Trajectory:
    """Five weeks ago, and nothing was done since."""
    return make_trajectory(cast, pilot, at=timezone.now() - 35 * DAY, name="Amrani")


def overview(person: Person) -> str:
    return f"/deelnemers/{person.pk}/"


def tabs(staff: Staff, address: str) -> dict[str, str]:
    shown = sign_in(staff).get(address).context["tabs"]
    return {str(one["label"]): one["missing"] for one in shown}


def marks(staff: Staff, address: str) -> dict[str, str]:
    return {tab: words for tab, words in tabs(staff, address).items() if words}


def test_the_tabs_stand_in_the_order_of_the_journey(cast, pilot, begun):
    assert [*tabs(cast.sanne, overview(begun.person))] == [*ORDER, "Plan", *AFTERWARDS]


def test_who_has_not_started_has_no_plan_yet(cast, pilot):
    waits = make_candidate(cast, pilot, stage=Stage.WAITING)
    assert [*tabs(cast.sanne, overview(waits.person))] == [*ORDER, *AFTERWARDS]


def test_a_tab_tells_how_much_is_missing_behind_it(cast, pilot, begun):
    address, by = overview(begun.person), cast.by("sanne")
    quiet = {"Contact": "1 ontbreekt"}
    assert marks(cast.sanne, address) == {"Plan": "1 ontbreekt", **quiet}
    yesterday = timezone.now() - DAY
    assess(
        trajectory=begun,
        answers=OUTDOORS,
        reference_on=timezone.localdate(yesterday),
        by=by,
        at=yesterday,
    )
    assert marks(cast.sanne, address) == quiet
    call(cast, begun.person, pilot, yesterday)
    assert marks(cast.sanne, address) == {}


def test_the_mark_is_said_in_words_within_the_link(cast, begun):
    said = sign_in(cast.sanne).get(overview(begun.person)).content.decode()
    nav = said.split('<nav class="tabs"')[1].split("</nav>")[0]
    words = [" ".join(strip_tags(link).split()) for link in nav.split("</a>")]
    assert "Plan 1 ontbreekt" in words


def test_every_page_about_somebody_has_the_same_tabs(cast, begun):
    person = begun.person
    pages = {
        "Overzicht": overview(person),
        "Gegevens": f"/personen/{person.pk}/",
        "Contact": f"/contact/persoon/{person.pk}/",
        "Plan": reverse("trajectories:trajectory", args=[begun.pk]),
        "Partners": f"/partners/van/{person.pk}/",
        "Notities": f"/personen/{person.pk}/notities/",
    }
    first = tabs(cast.sanne, pages["Overzicht"])
    for name, address in pages.items():
        shown = sign_in(cast.sanne).get(address).context["tabs"]
        assert tabs(cast.sanne, address) == first
        assert [one["url"] for one in shown if one["current"]] == [address], name


def test_what_is_missing_stands_on_the_overview_with_what_puts_it_right(cast, begun):
    today = timezone.localdate()
    pause(
        trajectory=begun,
        from_on=today,
        until_on=None,
        reason="family",
        by=cast.by("sanne"),
        at=timezone.now(),
    )
    client, address = sign_in(cast.sanne), overview(begun.person)
    said = client.get(address).content.decode()
    assert f"De pauze vanaf {today:%d-%m-%Y} heeft geen laatste dag." in said
    act = reverse("trajectories:resume", args=[begun.pk])
    act += f"?terug=%2Fdeelnemers%2F{begun.person_id}%2F"
    assert act in said
    assert f'href="{address}"' in client.get(act).content.decode()


def test_who_closed_lacks_the_evaluation_until_it_is_held(
    cast, begun, django_assert_max_num_queries
):
    close(
        trajectory=begun,
        on=timezone.localdate(),
        reason="goals_reached",
        note="",
        by=cast.by("sanne"),
        at=timezone.now(),
    )
    address = overview(begun.person)
    assert marks(cast.sanne, address) == {"Plan": "1 ontbreekt"}
    client = sign_in(cast.sanne)
    with django_assert_max_num_queries(15):
        client.get(address)


def test_somebody_else_who_lacks_something_puts_no_mark_here(cast, pilot, begun):
    other = make_trajectory(cast, pilot, at=timezone.now() - DAY, name="Bakker")
    assert marks(cast.sanne, overview(other.person)) == {"Plan": "1 ontbreekt"}


def test_who_does_not_guide_is_not_told_of_plan_or_lack(cast, begun):
    cast.sign_in_with_a_password()
    both = employ(cast.here, "both", Role.COACH, Role.PRIVACY_OFFICER)
    for staff in (cast.fatima, both):
        shown = tabs(staff, f"/personen/{begun.person_id}/")
        assert shown
        assert "Plan" not in shown
        assert set(shown.values()) == {""}


def test_a_trajectory_of_long_ago_has_its_plan_and_lacks_nothing(cast, pilot):
    long_ago = timezone.now() - timedelta(days=1200)
    old = make_trajectory(cast, pilot, at=long_ago)
    closed_at = long_ago + DAY * 100
    close(
        trajectory=old,
        on=timezone.localdate(closed_at),
        reason="goals_reached",
        note="",
        by=cast.by("sanne"),
        at=closed_at,
    )
    shown = tabs(cast.sanne, overview(old.person))
    assert "Plan" in shown
    assert set(shown.values()) == {""}
