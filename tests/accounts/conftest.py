import pytest
from django.test import Client

from tests.cast import Cast
from trede.accounts.models import Staff

PASSWORD = "traag lopen is ook lopen"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def sanne(cast: Cast) -> Staff:
    """Sanne, with a password of her own."""
    cast.sanne.set_password(PASSWORD)
    cast.sanne.save()
    return cast.sanne


@pytest.fixture
def as_sanne(cast: Cast) -> Client:
    return signed_in(cast.sanne)


@pytest.fixture
def as_aad(cast: Cast) -> Client:
    return signed_in(cast.aad)


@pytest.fixture
def as_fatima(cast: Cast) -> Client:
    return signed_in(cast.fatima)


def signed_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, BACKEND)
    return client
