"""Who was signed out over a form finds it again, unsent, and nobody else does."""

from datetime import timedelta

import pytest
from django.conf import settings as live
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from trede.accounts.models import Staff, Team

BACKEND = live.AUTHENTICATION_BACKENDS[1]
TEAMS, UNSENT = "/teams/", "/niet-verstuurd/"
TYPED = {"name": "Team aan de Waal"}
FROM_TEAMS = {"referer": f"http://testserver{TEAMS}"}


def sign_in(client: Client, staff: Staff) -> None:
    """What the sign-in page does: the same browser, with the session it has."""
    key = client.session.session_key
    client.force_login(staff, BACKEND)
    assert client.session.session_key != key


def end_session(client: Client) -> None:
    past = timezone.now() - timedelta(minutes=1)
    Session.objects.filter(pk=client.session.session_key).update(expire_date=past)


@pytest.fixture
def signed_out(cast: Cast) -> Client:
    """Ada sent the form for a new team after her session was over."""
    client = Client()
    client.force_login(cast.aad, BACKEND)
    end_session(client)
    answer = client.post(TEAMS, TYPED, headers=FROM_TEAMS)
    assert answer.headers["Location"] == f"/aanmelden/?next={UNSENT}"
    return client


def test_what_was_typed_is_shown_again_and_nothing_was_done(
    signed_out: Client, cast: Cast
) -> None:
    sign_in(signed_out, cast.aad)
    assert b"Team aan de Waal" in signed_out.get(UNSENT).content
    assert not Team.objects.filter(**TYPED).exists()


def test_one_press_sends_it_once(signed_out: Client, cast: Cast) -> None:
    sign_in(signed_out, cast.aad)
    answer = signed_out.post(UNSENT, TYPED)
    assert (answer.status_code, answer.headers["Location"]) == (307, TEAMS)
    signed_out.post(UNSENT, TYPED, follow=True)
    assert not Team.objects.filter(**TYPED).exists(), "the second press sends nothing"
    signed_out.post(TEAMS, TYPED)
    assert Team.objects.filter(**TYPED).count() == 1


def test_the_browser_sends_it_on_with_its_fields(
    signed_out: Client, cast: Cast
) -> None:
    sign_in(signed_out, cast.aad)
    signed_out.post(UNSENT, TYPED, follow=True)
    assert Team.objects.filter(**TYPED).count() == 1


def test_a_colleague_who_signs_in_neither_sees_nor_sends_it(
    signed_out: Client, cast: Cast
) -> None:
    sign_in(signed_out, cast.willem)
    answer = signed_out.get(UNSENT, follow=True)
    assert b"Team aan de Waal" not in answer.content
    sign_in(signed_out, cast.aad)
    assert signed_out.get(UNSENT).headers["Location"] == "/"


def test_it_can_be_thrown_away(signed_out: Client, cast: Cast) -> None:
    sign_in(signed_out, cast.aad)
    assert signed_out.post(f"{UNSENT}weg/").headers["Location"] == TEAMS
    assert signed_out.get(UNSENT).headers["Location"] == "/"


def test_it_lies_encrypted_in_the_session(signed_out: Client) -> None:
    kept = signed_out.session["unsent_form"]
    assert "Waal" not in kept
    assert "teams" not in kept


def test_a_form_of_an_unknown_sender_a_password_and_a_file_are_not_kept(
    cast: Cast,
) -> None:
    stranger, secret, heavy = Client(), Client(), Client()
    stranger.post(TEAMS, TYPED)
    for client in (secret, heavy):
        client.force_login(cast.aad, BACKEND)
        end_session(client)
    secret.post("/mijn-account/wachtwoord/", {"old": "een twee", "new": "drie vier"})
    heavy.post(TEAMS, TYPED | {"file": SimpleUploadedFile("a.txt", b"a")})
    for client in (stranger, secret, heavy):
        assert "unsent_form" not in client.session
        assert b"notice--note" in client.get("/aanmelden/").content


def test_a_token_that_changed_on_another_page_loses_nothing(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.aad, BACKEND)
    answer = client.post(TEAMS, TYPED, headers=FROM_TEAMS)
    assert answer.headers["Location"] == UNSENT
    assert b"Team aan de Waal" in client.get(UNSENT).content
    assert not Team.objects.filter(**TYPED).exists()
