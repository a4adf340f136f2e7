"""More than anybody needs to send is refused before it is read, and says so."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from trede.accounts.models import Municipality, Staff
from trede.accounts.sending import MEGABYTE

CADDYFILE = Path(settings.ROOT) / "deploy" / "Caddyfile"


def send(client: Client, size: int) -> HttpResponse:
    """As far as the head goes: nothing of the body is there to be read."""
    return client.post("/aanmelden/", {}, CONTENT_LENGTH=str(size))


@pytest.mark.parametrize("cookie", ["", "made up"])
def test_a_stranger_sends_no_more_than_a_spoken_answer(
    db: None, client: Client, cookie: str
) -> None:
    if cookie:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    refused = send(client, 5 * MEGABYTE + 1)
    assert refused.status_code == 413
    assert "meer dan 5 megabyte" in refused.content.decode()


def test_who_is_signed_in_sends_files(db: None, client: Client) -> None:
    town = Municipality.objects.create(code="b", name="Boschoord")
    client.force_login(Staff.objects.create(municipality=town, email="c@b.nl"))
    goes_on = client.get("/", CONTENT_LENGTH=str(5 * MEGABYTE + 1))
    assert goes_on.status_code != 413
    refused = send(client, 60 * MEGABYTE + 1)
    assert refused.status_code == 413
    assert "meer dan 60 megabyte" in refused.content.decode()


@pytest.mark.parametrize("said", ["", "-1", "x", str(5 * MEGABYTE)])
def test_what_is_not_too_large_goes_on(db: None, client: Client, said: str) -> None:
    assert client.get("/aanmelden/", CONTENT_LENGTH=said).status_code == 200


def test_the_web_server_in_front_lets_through_what_is_refused_here() -> None:
    (lets_through,) = re.findall(r"max_size (\d+)MiB", CADDYFILE.read_text())
    assert int(lets_through) * MEGABYTE > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
