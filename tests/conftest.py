"""What every test may count on: the cast, and messages in English; and who runs what.

Rules are compared in English, the language that they are written in; a page speaks
Dutch, because its middleware asks for the language of the member of staff.
"""

import gc
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests.cast import Cast, make_cast
from trede.audit import append_only

# What is collected before the first test stays until the last: looking for rubbish in
# it again and again costs a fifth of the time that collecting takes.
gc.disable()

# Two busy cores make drawing slow now and then; that says nothing about the code. What
# is drawn is the same each time, so that a build says the same of the same code twice;
# `--hypothesis-profile=searching` draws anew, to find what nobody thought of.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("patient", _PATIENT, derandomize=True)
settings.register_profile("searching", _PATIENT, derandomize=False)
settings.load_profile("patient")


# What takes half a minute begins first, so that the two workers end together.
LONG = ("tests/demo/test_living", "tests/demo/test_nijmegen", "tests/doors/")
# The files that one fixture serves go to one worker, as one of the long ones.
TOGETHER = "tests/reports/"


class ByFile(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        together = nodeid.startswith(TOGETHER)
        return TOGETHER if together else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(
    config: pytest.Config, log: Producer
) -> LoadFileScheduling | None:
    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    words = "only what asks for the database: the rest says the same on every one"
    parser.addoption("--only-database", action="store_true", help=words)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith((*LONG, TOGETHER)))
    if config.getoption("only_database"):
        others = [item for item in items if not _asks_for_the_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if _asks_for_the_database(item)]


def _asks_for_the_database(item: pytest.Item) -> bool:
    asked = set(getattr(item, "fixturenames", ()))
    marked = item.get_closest_marker("django_db") is not None
    return marked or not asked.isdisjoint(("db", "transactional_db", "django_db_setup"))


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A test that commits empties its tables afterwards, the audit trail too."""
    with django_db_blocker.unblock():
        append_only.release(connection)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
