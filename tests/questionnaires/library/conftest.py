"""Who looks into the library: a researcher who works on it, a coach who reads."""

import pytest
from django.test import Client

from tests.cast import AT, Cast
from trede.accounts.models import Staff
from trede.questionnaires.library.catalogue import Entry, find
from trede.questionnaires.publishing import publish
from trede.questionnaires.shipped_files import shipped

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(staff: Staff) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(staff, BACKEND)
    return client


@pytest.fixture
def researcher(cast: Cast) -> Client:
    return signed_in(cast.ilse)


@pytest.fixture
def coach(cast: Cast) -> Client:
    return signed_in(cast.sanne)


@pytest.fixture
def short(cast: Cast) -> Entry:
    """The short form, stored, with the words of each language that come with Trede."""
    stored = publish(shipped("short"), by=cast.by("ilse"), at=AT)
    entry = find("short", stored.version, cast.here.pk)
    assert entry is not None
    return entry
