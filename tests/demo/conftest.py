"""Each demo pilot, played once for all tests that look at it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from trede.demo.living import fill_living
from trede.demo.nijmegen import fill_nijmegen
from trede.demo.town import found_town
from trede.pilots.models import Pilot

# A Monday, a Sunday after the change of the clock, and a leap day.
DAYS = (date(2026, 11, 23), date(2027, 3, 28), date(2028, 2, 29))


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Which day it is makes no difference to a database: on a second one, one day."""
    if config.getoption("only_database"):
        others = [item for item in items if _on_another_day(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


def _on_another_day(item: pytest.Item) -> bool:
    call = getattr(item, "callspec", None)
    return call is not None and call.params.get("living") in DAYS[1:]


@dataclass(frozen=True)
class Living:
    """The pilot that is going on, and the day on which one looks."""

    pilot: Pilot
    today: date


@contextmanager
def played(
    fill: Callable[[], Pilot], head: Path, unblocked: DjangoDbBlocker
) -> Iterator[Pilot]:
    """What is filled lives for one file of tests; nothing of it stays."""
    before, settings.AUDIT_HEAD = settings.AUDIT_HEAD, head
    with unblocked.unblock(), transaction.atomic():
        yield fill()
        transaction.set_rollback(True)
    settings.AUDIT_HEAD = before


@pytest.fixture(scope="module")
def nijmegen(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Pilot]:
    head = tmp_path_factory.mktemp("nijmegen") / "head"
    with played(
        lambda: fill_nijmegen(found_town(), seed=2020, public=False),
        head,
        django_db_blocker,
    ) as pilot:
        yield pilot


@pytest.fixture(scope="module", params=DAYS, ids=str)
def living(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Living]:
    today = request.param
    head = tmp_path_factory.mktemp("living") / "head"
    with played(
        lambda: fill_living(found_town(), seed=7, today=today), head, django_db_blocker
    ) as pilot:
        yield Living(pilot, today)
