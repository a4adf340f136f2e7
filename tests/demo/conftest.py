"""The Nijmegen demo, played once for all tests that look at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from trede.demo.nijmegen import fill_nijmegen
from trede.demo.town import found_town
from trede.pilots.models import Pilot


@pytest.fixture(scope="module")
def nijmegen(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Pilot]:
    head, settings.AUDIT_HEAD = settings.AUDIT_HEAD, _folder(tmp_path_factory) / "head"
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill_nijmegen(found_town(), seed=2020)
        transaction.set_rollback(True)
    settings.AUDIT_HEAD = head


def _folder(factory: pytest.TempPathFactory) -> Path:
    return factory.mktemp("nijmegen")
