"""The published pilot, computed and released once for all tests that only look."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, make_cast
from tests.studies.making import LATER, UNTIL, Pilot62, make_pilot62
from trede.accounts.models import Municipality
from trede.reports.models import Edition
from trede.reports.releasing import release
from trede.studies.models import Run
from trede.studies.running import run_interim


@dataclass(frozen=True)
class Published:
    cast: Cast
    pilot62: Pilot62
    run: Run
    edition: Edition


@pytest.fixture(scope="package")
def released(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Published]:
    """Lives for the files of this folder; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        pilot62 = make_pilot62(cast, listed=40)
        Municipality.objects.update(second_step_roles=[])
        by = cast.by("ilse")
        run = run_interim(study=pilot62.study, until=UNTIL, by=by, at=LATER)
        edition = release(run=run, by=by, at=LATER)
        yield Published(cast, pilot62, run, edition)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def published(released: Published, django_db_blocker: DjangoDbBlocker) -> Published:
    """As it is stored, whatever another file of tests did with the same objects."""
    with django_db_blocker.unblock():
        released.run.refresh_from_db()
        released.edition.refresh_from_db()
    return released
