"""More than anybody needs to send is refused before it is read, and says so."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from trede.accounts.sending import MEGABYTE

CADDYFILE = Path(settings.ROOT) / "deploy" / "Caddyfile"


def send(client: Client, size: int) -> HttpResponse:
    """As far as the head goes: nothing of the body is there to be read."""
    return client.post("/aanmelden/", {}, CONTENT_LENGTH=str(size))


@pytest.mark.parametrize(("signed_in", "most"), [(False, 5), (True, 60)])
def test_what_is_too_large_is_refused_in_plain_words(
    db: None, client: Client, most: int, *, signed_in: bool
) -> None:
    if signed_in:
        client.cookies[settings.SESSION_COOKIE_NAME] = "whoever"
    refused = send(client, most * MEGABYTE + 1)
    assert refused.status_code == 413
    assert f"meer dan {most} megabyte" in refused.content.decode()


@pytest.mark.parametrize("said", ["", "-1", "x", str(5 * MEGABYTE)])
def test_what_is_not_too_large_goes_on(db: None, client: Client, said: str) -> None:
    assert client.get("/aanmelden/", CONTENT_LENGTH=said).status_code == 200


def test_the_web_server_in_front_lets_through_what_is_refused_here() -> None:
    (lets_through,) = re.findall(r"max_size (\d+)MiB", CADDYFILE.read_text())
    assert int(lets_through) * MEGABYTE > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
