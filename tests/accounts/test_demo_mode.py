"""The demo: all may look round, where nothing is real and nobody else can come."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.test import Client
from pytest_django import Settings

from tests.cast import AT, Cast
from trede.accounts import demo_mode, employing
from trede.accounts.acting import SYSTEM
from trede.accounts.employing import Details
from trede.accounts.models import Municipality, Role, Staff
from trede.audit.models import Line

HOST = "127.0.0.1:8000"
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = LOOPBACK


@pytest.fixture
def invented(db: None) -> Staff:
    town = Municipality.objects.create(
        code="verzonnen", name="Verzonnen", fictitious=True
    )
    staff, _password = employing.employ(
        town,
        Details("Sanne de Graaf", "Sanne@verzonnen.example"),
        [Role.COACH],
        by=SYSTEM,
        at=AT,
        in_cast=True,
    )
    return staff


def choose(client: Client, staff_id: object, **more: str) -> int:
    answer = client.post(
        "/aanmelden/demo/", {"staff": staff_id}, headers={"host": HOST}, **more
    )
    return answer.status_code


def is_in(client: Client) -> bool:
    return client.get("/", headers={"host": HOST}).status_code == 200


def test_one_click_and_one_is_somebody_of_the_cast(
    demo: None, invented: Staff, client: Client
) -> None:
    page = client.get("/aanmelden/", headers={"host": HOST}).content.decode()
    assert "Sanne de Graaf" in page
    choose(client, invented.pk)
    assert is_in(client)
    line = Line.objects.first()
    assert line is not None
    assert (line.actor, line.action) == (invented.actor, "signed in")


def test_the_cast_needs_no_password_and_no_second_step(
    demo: None, invented: Staff, client: Client
) -> None:
    invented.municipality.second_step_roles = [Role.COACH.value]
    invented.municipality.save()
    choose(client, invented.pk)
    assert is_in(client)


@pytest.mark.parametrize("change", ["ended", "not in cast"])
def test_nobody_else_can_be_chosen(
    change: str, demo: None, invented: Staff, client: Client
) -> None:
    if change == "ended":
        Staff.objects.update(is_active=False, ended_at=AT)
    else:
        Staff.objects.update(in_cast=False)
    choose(client, invented.pk)
    assert not is_in(client)


@pytest.mark.parametrize("nonsense", ["", "0", "-1", "abc", "9" * 30, "²"])
def test_nonsense_chooses_nobody(
    nonsense: str, demo: None, invented: Staff, client: Client
) -> None:
    assert choose(client, nonsense) == 302
    assert not is_in(client)


def test_without_demo_mode_even_the_cast_needs_a_password(
    invented: Staff, client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    choose(client, invented.pk)
    assert not is_in(client)


@pytest.mark.parametrize(
    "traces",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_X_REAL_IP": "192.0.2.7"},
    ],
)
def test_from_another_machine_every_page_is_shut(
    traces: dict[str, str], demo: None, invented: Staff, client: Client
) -> None:
    for page in ("/aanmelden/", "/"):
        answer = client.get(page, **{"HTTP_HOST": HOST, **traces})
        assert answer.status_code == 403
        assert b"127.0.0.1" in answer.content
        assert b"Sanne" not in answer.content


@pytest.mark.parametrize("host", ["trede.example", "127.0.0.1.evil.example", "["])
def test_under_another_name_nothing_opens(
    host: str, demo: None, invented: Staff, client: Client
) -> None:
    assert client.get("/aanmelden/", HTTP_HOST=host).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8000", "[::1]", "[::1]:8000"])
def test_every_name_of_this_machine_is_fine(
    host: str, demo: None, invented: Staff, client: Client
) -> None:
    remote = "::1" if host.startswith("[") else "127.0.0.1"
    answer = client.get("/aanmelden/", HTTP_HOST=host, REMOTE_ADDR=remote)
    assert answer.status_code == 200


def test_the_start_is_fine_over_a_fictitious_database(
    demo: None, invented: Staff
) -> None:
    demo_mode.check_start(LOOPBACK)


def test_the_start_is_refused_over_real_staff(demo: None, cast: Cast) -> None:
    with pytest.raises(ImproperlyConfigured, match="not fictitious"):
        demo_mode.check_start(LOOPBACK)


def test_the_start_is_refused_when_one_colleague_is_real(
    demo: None, invented: Staff
) -> None:
    Staff.objects.create(
        municipality=invented.municipality, email="real@example.test", name="Real"
    )
    with pytest.raises(ImproperlyConfigured, match="not fictitious"):
        demo_mode.check_start(LOOPBACK)


def test_a_later_app_can_object_to_the_start(
    demo: None, invented: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_mode, "_others", [])
    demo_mode.holds_others(lambda: True)
    with pytest.raises(ImproperlyConfigured, match="not fictitious"):
        demo_mode.check_start(LOOPBACK)


@pytest.mark.parametrize("host", ["trede.example", "0.0.0.0", "*", "10.0.0.1"])
def test_the_start_is_refused_on_an_address_that_others_reach(
    host: str, demo: None, invented: Staff
) -> None:
    with pytest.raises(ImproperlyConfigured, match="this machine"):
        demo_mode.check_start([*LOOPBACK, host])


def test_the_server_itself_does_not_start_over_real_staff(
    demo: None, cast: Cast
) -> None:
    with pytest.raises(ImproperlyConfigured, match="not fictitious"):
        get_wsgi_application()


def test_without_the_demo_any_start_is_fine(cast: Cast) -> None:
    demo_mode.check_start(["trede.example"])


def test_somebody_real_is_never_in_the_cast(cast: Cast) -> None:
    staff, _password = employing.employ(
        cast.here,
        Details("Echt", "echt@example.test"),
        [Role.COACH],
        by=cast.by("aad"),
        at=AT,
        in_cast=True,
    )
    assert not staff.in_cast
    assert not staff.fictitious
