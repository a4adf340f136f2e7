"""The secrets of one machine: made once, readable by nobody else, never in a log."""

import base64
import os
import secrets
from pathlib import Path


def use_throwaway_secrets() -> None:
    """For a command that opens nothing that is stored: secrets of this process only,
    where the machine has none."""
    for name, value in _new_secrets().items():
        if f"{name}_FILE" not in os.environ:
            os.environ.setdefault(name, value)


def make_secrets(path: Path) -> bool:
    """Write the file with secrets unless it is there; whether it was made now."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        "# Secrets of this Trede. Keep a copy in a safe place: without the field keys",
        "# the names in the database cannot be read again by anybody.",
        *(f"{name}={value}" for name, value in _new_secrets().items()),
    ]
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")
    return True


def _new_secrets() -> dict[str, str]:
    keys = ("INDEX", "AUDIT", "PSEUDONYM", "LOT")
    return {
        "TREDE_SECRET_KEY": secrets.token_urlsafe(50),
        "TREDE_FIELD_KEYS": f"1:{new_key()}",
        **{f"TREDE_{name}_KEY": new_key() for name in keys},
    }


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
