"""The code of six digits: good for half a minute, and once."""

from base64 import b32decode
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from hypothesis import strategies as st
from pytest_django import Settings

from tests.accounts.conftest import PASSWORD, signed_in
from tests.cast import AT, Cast
from trede.accounts import employing, second_step
from trede.accounts.models import RecoveryCode, Role, SecondStep, Staff
from trede.accounts.refusing import Refused

SALT = "5a" * 32


def code_at(salt: str, moment: float) -> str:
    """What an authenticator app would show, from the secret that was typed over."""
    secret = b32decode(second_step.secret_words(salt).replace(" ", ""))
    return TOTP(secret, 6, hashes.SHA1(), 30).generate(moment).decode()


def now(salt: str) -> str:
    return code_at(salt, timezone.now().timestamp())


@pytest.fixture
def codes(sanne: Staff, cast: Cast) -> list[str]:
    """Sanne's recovery codes; her second step was set up long ago."""
    return second_step.set_up(
        staff=sanne,
        salt=SALT,
        code=code_at(SALT, AT.timestamp()),
        by=cast.by("sanne"),
        at=AT,
    )


def give_password(client: Client, staff: Staff) -> str:
    answer = client.post("/aanmelden/", {"email": staff.email, "password": PASSWORD})
    return answer.headers.get("Location", "")


def give_code(client: Client, code: str) -> int:
    return client.post("/aanmelden/code/", {"code": code}).status_code


def test_the_password_alone_does_not_open(
    client: Client, sanne: Staff, codes: list[str]
) -> None:
    assert give_password(client, sanne) == "/aanmelden/code/"
    assert client.get("/").status_code == 302


def test_password_and_code_open(client: Client, sanne: Staff, codes: list[str]) -> None:
    give_password(client, sanne)
    assert give_code(client, now(SALT)) == 302
    assert client.get("/").status_code == 200


def test_the_code_page_without_a_password_leads_back(client: Client, db: None) -> None:
    assert client.get("/aanmelden/code/").headers["Location"] == "/aanmelden/"


def test_one_has_five_minutes_for_the_code(
    client: Client, sanne: Staff, codes: list[str]
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        give_password(client, sanne)
        clock.shift(timedelta(minutes=5, seconds=1))
        assert client.get("/aanmelden/code/").status_code == 302
        give_code(client, now(SALT))
        assert client.get("/").status_code == 302


def test_a_password_that_changed_meanwhile_ends_the_wait_for_the_code(
    client: Client, sanne: Staff, codes: list[str], cast: Cast
) -> None:
    give_password(client, sanne)
    employing.reset_password(sanne, by=cast.by("aad"), at=timezone.now())
    give_code(client, now(SALT))
    assert client.get("/").status_code == 302


def test_wrong_codes_count_with_wrong_passwords(
    client: Client, sanne: Staff, codes: list[str]
) -> None:
    client.post("/aanmelden/", {"email": sanne.email, "password": "wrong"})
    give_password(client, sanne)
    for _time in range(3):
        assert give_code(client, "000000") == 200
    assert give_code(client, "000000") == 429
    assert give_code(client, now(SALT)) == 429
    assert client.get("/").status_code == 302


def test_a_code_counts_once(sanne: Staff, codes: list[str]) -> None:
    later = AT + timedelta(hours=1)
    code = code_at(SALT, later.timestamp())
    assert second_step.passes(staff=sanne, code=code, at=later)
    assert not second_step.passes(staff=sanne, code=code, at=later)


def test_the_code_of_the_set_up_does_not_sign_in_too(
    sanne: Staff, codes: list[str]
) -> None:
    code = code_at(SALT, AT.timestamp())
    assert not second_step.passes(staff=sanne, code=code, at=AT)


@pace(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(off=st.integers(-300, 300))
def test_a_code_is_good_for_its_half_minute_and_the_two_beside_it(
    off: int, sanne: Staff, codes: list[str]
) -> None:
    SecondStep.objects.update(last_used=0)
    moment = AT + timedelta(days=1)
    shown = moment + timedelta(seconds=off)
    distance = int(shown.timestamp()) // 30 - int(moment.timestamp()) // 30
    code = code_at(SALT, shown.timestamp())
    passed = second_step.passes(staff=sanne, code=code, at=moment)
    assert passed == (abs(distance) <= 1)


@pytest.mark.parametrize(
    "typed", ["", "12345", "abcdef", "１２３４５６", "0" * 20, "\x00"]
)
def test_nonsense_is_no_code(typed: str, sanne: Staff, codes: list[str]) -> None:
    assert not second_step.passes(staff=sanne, code=typed, at=AT)


def test_spaces_in_a_code_do_not_matter(sanne: Staff, codes: list[str]) -> None:
    later = AT + timedelta(hours=1)
    code = code_at(SALT, later.timestamp())
    assert second_step.passes(staff=sanne, code=f" {code[:3]} {code[3:]}", at=later)


def test_each_recovery_code_opens_once(sanne: Staff, codes: list[str]) -> None:
    assert len(set(codes)) == 8
    for code in codes:
        assert second_step.passes(staff=sanne, code=code.upper(), at=AT)
        assert not second_step.passes(staff=sanne, code=code, at=AT)
    assert second_step.codes_left(sanne) == 0


def test_a_recovery_code_is_good_for_its_owner_only(
    sanne: Staff, codes: list[str], cast: Cast
) -> None:
    second_step.set_up(
        staff=cast.willem,
        salt="6b" * 32,
        code=code_at("6b" * 32, AT.timestamp()),
        by=cast.by("willem"),
        at=AT,
    )
    assert not second_step.passes(staff=cast.willem, code=codes[0], at=AT)


def test_new_recovery_codes_end_the_old_ones(
    sanne: Staff, codes: list[str], cast: Cast
) -> None:
    fresh = second_step.renew_recovery_codes(staff=sanne, by=cast.by("sanne"), at=AT)
    assert not second_step.passes(staff=sanne, code=codes[0], at=AT)
    assert second_step.passes(staff=sanne, code=fresh[0], at=AT)


def test_the_database_holds_neither_the_secret_nor_a_recovery_code(
    sanne: Staff, codes: list[str]
) -> None:
    secret = second_step.secret_words(SALT).replace(" ", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_secondstep")
        kept = str(cursor.fetchall())
        cursor.execute("SELECT * FROM accounts_recoverycode")
        kept += str(cursor.fetchall())
    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_a_changed_secret_key_keeps_second_steps_working_while_the_old_is_there(
    sanne: Staff, codes: list[str], settings: Settings
) -> None:
    later = AT + timedelta(hours=1)
    code = code_at(SALT, later.timestamp())
    settings.SECRET_KEY, old = "another" * 10, settings.SECRET_KEY
    assert not second_step.passes(staff=sanne, code=code, at=later)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert second_step.passes(staff=sanne, code=code, at=later)
    assert second_step.passes(staff=sanne, code=codes[0], at=later)


def test_setting_up_needs_a_right_code(sanne: Staff, cast: Cast) -> None:
    with pytest.raises(Refused):
        second_step.set_up(
            staff=sanne, salt=SALT, code="000000", by=cast.by("sanne"), at=AT
        )
    assert not second_step.is_set_up(sanne)


def test_a_role_that_needs_a_second_step_opens_nothing_else_until_it_is_there(
    cast: Cast,
) -> None:
    demand(cast, Role.COACH)
    client = signed_in(cast.sanne)
    page = "/mijn-account/tweede-stap/"
    assert client.get("/").headers["Location"] == page
    shown = client.get(page)
    assert b"data:image/svg+xml;base64," in shown.content
    code = now(client.session["second_step_salt"])
    assert client.post(page, {"code": "000000"}).status_code == 200
    answer = client.post(page, {"code": code})
    assert answer.content.decode().count("<code>") == 8
    assert client.get("/").status_code == 200
    assert RecoveryCode.objects.filter(staff=cast.sanne).count() == 8


def test_other_roles_are_not_asked(cast: Cast) -> None:
    demand(cast, Role.PRIVACY_OFFICER)
    assert signed_in(cast.sanne).get("/").status_code == 200
    assert signed_in(cast.fatima).get("/").status_code == 302


def demand(cast: Cast, role: Role) -> None:
    employing.set_house_rules(
        cast.here,
        help_telephone="024 000 0000",
        second_step_roles=[role],
        by=cast.by("aad"),
        at=AT,
    )


def test_taking_it_away_needs_the_password(
    sanne: Staff, codes: list[str], cast: Cast
) -> None:
    client, page = signed_in(sanne), "/mijn-account/tweede-stap/weg/"
    client.post(page, {"password": "wrong"})
    assert second_step.is_set_up(sanne)
    client.post(page, {"password": PASSWORD})
    assert not second_step.is_set_up(sanne)
    assert second_step.codes_left(sanne) == 0


def test_who_must_have_it_cannot_take_it_away(
    sanne: Staff, codes: list[str], cast: Cast
) -> None:
    demand(cast, Role.COACH)
    page = "/mijn-account/tweede-stap/weg/"
    signed_in(sanne).post(page, {"password": PASSWORD})
    assert second_step.is_set_up(sanne)


def test_an_administrator_takes_it_away_when_the_telephone_is_lost(
    sanne: Staff, codes: list[str], as_aad: Client
) -> None:
    as_aad.post(f"/medewerkers/{sanne.pk}/tweede-stap/")
    assert not second_step.is_set_up(sanne)
