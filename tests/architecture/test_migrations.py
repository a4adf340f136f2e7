"""Migrations are named, linear and reversible."""

import re

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL

OURS = "trede."


def our_migrations():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return [
        (key, migration)
        for key, migration in loader.disk_migrations.items()
        if migration.__module__.startswith(OURS)
    ]


def test_every_app_has_one_last_migration():
    assert MigrationLoader(None).detect_conflicts() == {}


def test_no_migration_has_a_name_made_by_a_machine():
    auto = [
        key for key, _ in our_migrations() if re.search(r"auto_\d|_and_more", key[1])
    ]
    assert auto == []


def test_every_migration_can_be_undone():
    stuck = [
        key
        for key, migration in our_migrations()
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]
    assert stuck == []
