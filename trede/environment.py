"""What the operator sets from outside: variables of the environment, or files.

Every variable may also be given as `NAME_FILE`, the path of a file that holds
the value, so that secrets need not stand in a process list. A value that makes no
sense stops the start with a sentence that says what to do; nothing is guessed.
"""

import base64
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent


def load_file(path: Path) -> None:
    """Read NAME=value lines; a variable that is already set keeps its value."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, found, value = line.partition("=")
        if found and not line.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def text(name: str, default: str | None = None) -> str:
    from_file = os.environ.get(f"{name}_FILE")
    if from_file:
        return Path(from_file).read_text(encoding="utf-8").strip()
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Run `make run` once, which makes a file with"
            " secrets for this machine, or set it yourself (docs/beheer)."
        )
    return value


def switch(name: str, default: bool) -> bool:
    value = text(name, "yes" if default else "no").lower()
    if value not in ("yes", "no"):
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value == "yes"


def words(name: str, default: str) -> list[str]:
    return [word for word in text(name, default).replace(",", " ").split() if word]


def key(name: str) -> bytes:
    """One secret of 32 bytes, in base64."""
    return _decoded(name, text(name))


def numbered_keys(name: str) -> dict[int, bytes]:
    """Field keys as `1:base64,2:base64`; the highest number writes, all read."""
    keys = {}
    for part in words(name, text(name)):
        number, _, secret = part.partition(":")
        if not number.isdigit() or not 1 <= int(number) <= 255:
            raise ImproperlyConfigured(
                f"{name} must look like 1:key,2:key with numbers from 1 to 255."
            )
        keys[int(number)] = _decoded(name, secret)
    return keys


def _decoded(name: str, value: str) -> bytes:
    try:
        secret = base64.b64decode(value, validate=True)
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} is not valid base64.") from problem
    if len(secret) != 32:
        raise ImproperlyConfigured(f"{name} must be 32 bytes, not {len(secret)}.")
    return secret


def database(url: str) -> dict[str, object]:
    """A database from its address: sqlite:///path or postgresql://user:pw@host/name."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path))
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {
                "pool": {"min_size": 2, "max_size": 8},
                # From the first time on, for who asks for it (`planned_once`).
                "prepare_threshold": 0,
                # Compiling a question of many parts takes it seconds, and asking it a
                # few milliseconds: a page asks for little. So does a second process
                # that helps: starting it takes longer than it saves.
                "options": " ".join(
                    (
                        "-c jit=off",
                        "-c max_parallel_workers_per_gather=0",
                        # What is `planned_once` is not planned anew each time.
                        "-c plan_cache_mode=force_generic_plan",
                    )
                ),
            },
        }
    raise ImproperlyConfigured(
        "TREDE_DATABASE must begin with sqlite:/// or postgresql://."
    )


def _sqlite(path: str) -> dict[str, object]:
    # IMMEDIATE: a transaction that reads first and writes later would otherwise
    # fail as soon as two people save at the same time.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening the file, and tidying it up when the last one leaves, costs more than
        # a whole page does.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


@dataclass(frozen=True)
class Mail:
    """Where e-mail goes; `kind` is a backend of Django's."""

    kind: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


# Scheme: port, STARTTLS, TLS from the first byte.
_MAIL = {
    "smtp": (25, False, False),
    "smtp+tls": (587, True, False),
    "smtps": (465, False, True),
}


def mail(name: str) -> Mail:
    """A mail server from its address: smtp+tls://user:password@host:587. Without one,
    e-mail is written to a folder."""
    url = text(name, "")
    if not url:
        return Mail("filebased")
    parts = urlsplit(url)
    if parts.scheme not in _MAIL or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} must be like smtp://host, smtp+tls://user:password@host:587 or"
            " smtps://user:password@host."
        )
    port, starttls, tls = _MAIL[parts.scheme]
    return Mail(
        "smtp",
        parts.hostname,
        parts.port or port,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        starttls,
        tls,
    )
