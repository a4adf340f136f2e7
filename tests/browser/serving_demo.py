"""Serves the living demo pilot: what `trede run` does, with one pilot of the two.

Run as a program of its own, so that the journeys meet the platform as a newcomer does:
over HTTP, with its own secrets, database and hashed static files.
"""

import os
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import call_command

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
    fill = [sys.executable, "-m", "trede", "demo", "--pilot", "samen-meedoen"]
    subprocess.run(fill, check=True)
    Server("127.0.0.1", port).run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
