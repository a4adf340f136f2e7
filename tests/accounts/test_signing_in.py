"""With a password: who comes in, who does not, and what the trail keeps of it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from tests.accounts.conftest import PASSWORD
from tests.cast import Cast
from trede.accounts import employing
from trede.accounts.models import Staff
from trede.accounts.signing_in import address_of
from trede.audit.models import Line

PAGE = "/aanmelden/"


def give(
    client: Client, email: str, password: str, **more: str
) -> tuple[int, str, str]:
    answer = client.post(PAGE, {"email": email, "password": password, **more})
    return (
        answer.status_code,
        answer.headers.get("Location", ""),
        answer.content.decode(),
    )


def last_door() -> Line:
    line = Line.objects.filter(kind=Line.Kind.DOOR).first()
    assert line is not None
    return line


def test_the_right_password_leads_to_my_day(client: Client, sanne: Staff) -> None:
    assert give(client, sanne.email, PASSWORD)[:2] == (302, "/")
    assert client.get("/").status_code == 200
    assert (last_door().actor, last_door().action) == (sanne.actor, "signed in")


def test_capitals_in_the_address_make_no_difference(
    client: Client, sanne: Staff
) -> None:
    assert give(client, sanne.email.upper(), PASSWORD)[0] == 302


def test_a_wrong_password_is_told_without_saying_which_of_the_two(
    client: Client, sanne: Staff
) -> None:
    known = give(client, sanne.email, "wrong")
    unknown = give(client, "who@example.test", "wrong")
    assert known[0] == unknown[0] == 200
    assert "sanne@" in known[2]
    assert known[2].count("field__error") == unknown[2].count("field__error")
    assert client.get("/").status_code == 302


def test_what_was_typed_is_not_kept_in_the_trail(client: Client, sanne: Staff) -> None:
    give(client, f"{PASSWORD.replace(' ', '')}@example.test", "wrong")
    line = last_door()
    assert (line.actor, line.action) == ("stranger", "failed to sign in")
    assert not any(
        PASSWORD.replace(" ", "") in str(value) for value in vars(line).values()
    )


def test_a_failure_of_somebody_known_is_filed_under_them(
    client: Client, sanne: Staff
) -> None:
    give(client, sanne.email, "wrong")
    assert (last_door().actor, last_door().municipality_id) == (
        sanne.actor,
        sanne.municipality_id,
    )


def test_after_five_failures_the_right_password_does_not_help(
    client: Client, sanne: Staff
) -> None:
    for _time in range(4):
        assert give(client, sanne.email, "wrong")[0] == 200
    assert give(client, sanne.email, "wrong")[0] == 429
    status, _to, page = give(client, sanne.email, PASSWORD)
    assert status == 429
    assert "088 000 00 24" in page
    assert client.get("/").status_code == 302


def test_other_spellings_of_the_address_count_together(
    client: Client, sanne: Staff
) -> None:
    spellings = (sanne.email, sanne.email.upper(), sanne.email.title())
    for number in range(5):
        give(client, spellings[number % 3], "wrong")
    assert give(client, sanne.email, PASSWORD)[0] == 429


def test_after_half_an_hour_one_may_try_again(client: Client, sanne: Staff) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _time in range(5):
            give(client, sanne.email, "wrong")
        clock.shift(timedelta(minutes=29))
        assert give(client, sanne.email, PASSWORD)[0] == 429
        clock.shift(timedelta(minutes=2))
        assert give(client, sanne.email, PASSWORD)[0] == 302


def test_a_colleague_is_not_locked_out_by_my_failures(
    client: Client, sanne: Staff, cast: Cast
) -> None:
    cast.willem.set_password(PASSWORD)
    cast.willem.save()
    for _time in range(5):
        give(client, sanne.email, "wrong")
    assert give(client, cast.willem.email, PASSWORD)[0] == 302


@pytest.mark.parametrize(
    ("direct", "told", "address"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "not an address", "127.0.0.1"),
        ("198.51.100.7", "203.0.113.9", "198.51.100.7"),
    ],
)
def test_only_the_web_server_in_front_of_us_tells_who_the_visitor_is(
    direct: str, told: str, address: str, settings: Settings, rf: RequestFactory
) -> None:
    settings.HTTPS = True
    request = rf.get("/", REMOTE_ADDR=direct, HTTP_X_FORWARDED_FOR=told)
    assert address_of(request) == address
    settings.HTTPS = False
    assert address_of(request) == direct


def test_somebody_elsewhere_cannot_lock_a_colleague_out(
    client: Client, sanne: Staff, settings: Settings
) -> None:
    settings.HTTPS = True
    for _time in range(5):
        give(Client(headers={"x-forwarded-for": "203.0.113.9"}), sanne.email, "wrong")
    at_work = Client(headers={"x-forwarded-for": "203.0.113.10"})
    assert give(at_work, sanne.email, PASSWORD)[0] == 302


def test_a_new_one_time_password_ends_the_lock_out(
    client: Client, sanne: Staff, cast: Cast
) -> None:
    for _time in range(5):
        give(client, sanne.email, "wrong")
    password = employing.reset_password(sanne, by=cast.by("aad"), at=timezone.now())
    assert give(client, sanne.email, password)[0] == 302


def test_a_one_time_password_opens_the_password_page_only(
    client: Client, sanne: Staff, cast: Cast
) -> None:
    password = employing.reset_password(sanne, by=cast.by("aad"), at=timezone.now())
    give(client, sanne.email, password)
    assert client.get("/").headers["Location"] == "/mijn-account/wachtwoord/"
    fresh = "drie kleine stappen vooruit"
    client.post("/mijn-account/wachtwoord/", {"old": password, "new": fresh})
    assert client.get("/").status_code == 200
    sanne.refresh_from_db()
    assert sanne.one_time_until is None
    assert sanne.check_password(fresh)


def test_a_one_time_password_is_good_for_three_days(
    client: Client, sanne: Staff, cast: Cast
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        password = employing.reset_password(sanne, by=cast.by("aad"), at=timezone.now())
        clock.shift(timedelta(days=3, minutes=1))
        assert give(client, sanne.email, password)[0] == 200
        assert last_door().action == "came with an expired password"
        assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wrong", "drie kleine stappen vooruit"),
        (PASSWORD, "kort"),
        (PASSWORD, "password1234"),
        (PASSWORD, PASSWORD),
        (PASSWORD, ""),
    ],
)
def test_a_poor_new_password_is_refused_and_changes_nothing(
    old: str, new: str, client: Client, sanne: Staff
) -> None:
    give(client, sanne.email, PASSWORD)
    answer = client.post("/mijn-account/wachtwoord/", {"old": old, "new": new})
    assert answer.status_code == 200
    assert b"aria-invalid" in answer.content
    sanne.refresh_from_db()
    assert sanne.check_password(PASSWORD)


def test_a_new_password_signs_me_out_everywhere_else(
    client: Client, sanne: Staff
) -> None:
    elsewhere = Client()
    give(client, sanne.email, PASSWORD)
    give(elsewhere, sanne.email, PASSWORD)
    client.post(
        "/mijn-account/wachtwoord/",
        {"old": PASSWORD, "new": "drie kleine stappen vooruit"},
    )
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("/mijn-account/", "/mijn-account/"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_one_comes_where_one_was_going_but_never_elsewhere(
    asked: str, to: str, client: Client, sanne: Staff
) -> None:
    assert give(client, sanne.email, PASSWORD, next=asked)[1] == to


def test_signing_out_is_a_button_and_is_noted(client: Client, sanne: Staff) -> None:
    give(client, sanne.email, PASSWORD)
    assert client.get("/afmelden/").status_code == 405
    client.post("/afmelden/")
    assert client.get("/").status_code == 302
    assert last_door().action == "signed out"


def test_who_was_sent_away_is_out_at_once(
    client: Client, sanne: Staff, cast: Cast
) -> None:
    give(client, sanne.email, PASSWORD)
    employing.end_employment(sanne, by=cast.by("aad"), at=timezone.now())
    assert client.get("/").status_code == 302
    assert give(client, sanne.email, PASSWORD)[0] == 200


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert client.get("/aanmelden/nieuw/").status_code in (302, 404)
    assert b"signup" not in client.get(PAGE).content


def test_staff_who_are_signed_in_need_not_sign_in_again(as_sanne: Client) -> None:
    assert as_sanne.get(f"{PAGE}?next=/mijn-account/").headers["Location"] == (
        "/mijn-account/"
    )


def test_without_the_demo_nobody_is_offered(
    client: Client, cast: Cast, settings: Settings
) -> None:
    page = client.get(PAGE).content.decode()
    assert "Sanne" not in page
    client.post("/aanmelden/demo/", {"staff": cast.sanne.pk})
    assert client.get("/").status_code == 302
