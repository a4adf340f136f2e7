"""The token of a personal link stays out of the log, whatever is said about it."""

import io
import logging
import sys
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from tests.cast import Cast
from tests.contact.making import a_person, a_pilot
from trede.contact.links import make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of the settings would write."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    name = settings.LOGGING["handlers"]["console"]["formatter"]
    handler.setFormatter(import_string(settings.LOGGING["formatters"][name]["()"])())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def token(cast: Cast) -> str:
    return make_link(
        person=a_person(cast),
        pilot=a_pilot(cast),
        purpose="leave",
        days=30,
        by=cast.by("sanne"),
        at=timezone.now() - timedelta(hours=1),
    )


@pytest.mark.parametrize("rest", ["nergens/", "onderzoek/nergens/", "x"])
def test_an_address_that_does_not_exist_tells_no_token(log, token, rest):
    assert Client().get(f"/traject/stoppen/{token}/{rest}").status_code == 404
    assert "Not Found: /traject/stoppen/[…]/" in log.getvalue()
    assert token not in log.getvalue()


def test_a_link_for_another_page_and_a_form_without_its_key_tell_no_token(log, token):
    Client().post(f"/traject/stoppen/{token}/", {"x": str(uuid4())})
    Client(enforce_csrf_checks=True).post(f"/traject/stoppen/{token}/onderzoek/")
    Client().get(f"/mijn-plan/{token}/")
    assert log.getvalue()
    assert token not in log.getvalue()


def test_what_goes_wrong_with_a_token_in_its_message_tells_no_token(log, token):
    try:
        raise ValueError(token)
    except ValueError:
        logging.getLogger("trede").error("Broke on %s", token, exc_info=sys.exc_info())
    assert "ValueError: […]" in log.getvalue()
    assert token not in log.getvalue()


def test_an_ordinary_line_stays_as_it_is(log):
    assert Client().get("/kandidaat/17/stoppen-met-onderzoek/").status_code == 404
    assert "Not Found: /kandidaat/17/stoppen-met-onderzoek/" in log.getvalue()
