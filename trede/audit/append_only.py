"""The database itself refuses to change or remove a line of the trail.

A guard against mistakes and careless scripts, on both engines. Whoever owns the
database can take the guard away; that is what the chain and the head outside it are
for (`verifying.py`).
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_line", "audit_mention")
_REFUSAL = "the audit trail is append-only"
_SQLITE = """
CREATE TRIGGER {table}_no_{act} BEFORE {act} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()
"""


def guard(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in _guarding(connection.vendor):
            cursor.execute(statement)


def release(connection: BaseDatabaseWrapper) -> None:
    """Undo `guard`: for the migration's way back, and for tests that empty tables."""
    with connection.cursor() as cursor:
        for statement in _releasing(connection.vendor):
            cursor.execute(statement)


def _guarding(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [_FUNCTION, *(_POSTGRESQL.format(table=table) for table in TABLES)]
    return [
        _SQLITE.format(table=table, act=act, refusal=_REFUSAL)
        for table in TABLES
        for act in ("UPDATE", "DELETE")
    ]


def _releasing(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}" for table in TABLES
        ]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_{act}"
        for table in TABLES
        for act in ("UPDATE", "DELETE")
    ]
