import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, make_cast
from trede.audit import append_only


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A test that commits empties its tables afterwards, the audit trail too."""
    with django_db_blocker.unblock():
        append_only.release(connection)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
