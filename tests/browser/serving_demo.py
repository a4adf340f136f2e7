"""Serves the living demo pilot: what `trede run` does, with one pilot of the two.

Run as a program of its own, so that the journeys meet the platform as a newcomer does:
over HTTP, with its own secrets, database and hashed static files.
"""

import os
import sys
from datetime import date
from pathlib import Path

import django
from django.core.management import call_command

from trede.commands.entry import run
from trede.commands.secret_making import make_secrets
from trede.commands.serving import Server


def serve(folder: Path, port: int) -> None:
    make_secrets(folder / "trede.env")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "trede.settings",
        "TREDE_DEMO": "yes",
        "TREDE_HTTPS": "no",
        "TREDE_VAR": str(folder),
    }
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if run(["demo", "--pilot", "samen-meedoen"]):
        sys.exit(f"The demo of {date.today():%d-%m-%Y} was not filled.")
    Server("127.0.0.1", port).run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
